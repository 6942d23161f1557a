package fluxion.conformance.faulty;

import fluxion.conformance.Suites;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.util.List;
import java.util.function.Supplier;

/**
 * One wrong implementation.
 *
 * @param name a short name, unique in the gallery, such as {@code missing-un-broadcast}
 * @param mistake what is wrong, in a sentence
 * @param rule the id of the rule that catches it
 * @param clue words that the rule's message must contain
 * @param plugin makes the wrong provider: a {@link BackendProvider} or a {@link FunctionProvider}
 */
public record Fault(String name, String mistake, String rule, String clue, Supplier<?> plugin) {

  /**
   * {@return the checks of the rule that catches it}
   *
   * @param settings how they are run
   */
  public List<Check> checks(Settings settings) {
    Settings one = settings.withRules(rule);
    return switch (plugin.get()) {
      case BackendProvider provider -> Suites.of(provider, one);
      case FunctionProvider provider -> Suites.of(provider, one);
      default -> throw new IllegalStateException(name + " makes no provider");
    };
  }
}
