package fluxion.api;

import java.util.List;

/**
 * One provider that the engine found, taken or refused.
 *
 * @param kind what it provides
 * @param name the plugin's name; its class where it could not be made
 * @param module the module (or, on the class path, the class) that it comes from
 * @param version the module's version, or the empty text
 * @param offers the names of its operators or devices
 * @param refusal why it, or some of its names, was refused or has nothing to offer, or the empty
 *     text
 */
public record Plugin(
    Kind kind, String name, String module, String version, List<String> offers, String refusal) {
  /** What a plugin provides. */
  public enum Kind {
    /** The engine itself. */
    ENGINE,
    /** Operators. */
    OPERATORS,
    /** Devices. */
    BACKEND
  }

  /** Copies the list. */
  public Plugin {
    offers = List.copyOf(offers);
  }

  /** {@return whether nothing of the plugin was refused} */
  public boolean isFullyUsable() {
    return refusal.isEmpty();
  }
}
