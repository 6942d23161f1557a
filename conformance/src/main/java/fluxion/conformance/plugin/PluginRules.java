package fluxion.conformance.plugin;

import fluxion.conformance.suite.Book;
import java.util.List;

/** The tests of the rules about plugins, one class a chapter of the specification. */
public final class PluginRules {
  /** The tests. */
  public static final Book<PluginSubject> BOOK =
      new Book<>(
          PluginSubject.class,
          List.of(
              DiscoveryRules.class,
              NameRules.class,
              AnswerRules.class,
              IsolationRules.class,
              ModuleRules.class,
              ManifestRules.class));

  private PluginRules() {}
}
