package fluxion.conformance.plugin;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.engine.spi.Registration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A plugin in the engine: found there as a service, or handed over for as long as this is open.
 *
 * @param plugin what the engine says of it
 * @param registration how it was handed over; null if the engine found it by itself
 */
record Admission(Plugin plugin, @Nullable Registration registration) implements AutoCloseable {
  /** Words of the engine's about a name that others offer, too. */
  private static final String CLASH = "offered also by";

  /** The subject in the engine. */
  static Admission of(PluginSubject subject) {
    Plugin found = find(subject);
    if (found != null) {
      return new Admission(found, null);
    }
    Registration registration = subject.candidate().register();
    try {
      Plugin handed = find(subject);
      if (handed == null) {
        throw new AssertionError(
            "the engine lists no plugin of "
                + subject.name()
                + " after it was handed one; it lists "
                + Plugins.list().stream().map(Plugin::module).toList());
      }
      return new Admission(handed, registration);
    } catch (Throwable e) {
      registration.close();
      throw e;
    }
  }

  private static @Nullable Plugin find(PluginSubject subject) {
    List<Plugin> same =
        Plugins.list().stream()
            .filter(plugin -> plugin.kind() == subject.candidate().kind())
            .filter(plugin -> plugin.module().equals(subject.home()))
            .toList();
    for (Plugin plugin : same) {
      if (plugin.name().equals(subject.candidate().type().getName())
          || plugin.name().equals(subject.nameOfProvider())) {
        return plugin;
      }
    }
    return null;
  }

  /** Why the engine does not use the plugin; the empty text if it does. */
  String refusal() {
    return plugin.offers().isEmpty() ? plugin.refusal() : "";
  }

  /** Which of the plugin's names others offer, too; the empty text if none. */
  String clash() {
    return plugin.refusal().contains(CLASH) ? plugin.refusal() : "";
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.close();
    }
  }
}
