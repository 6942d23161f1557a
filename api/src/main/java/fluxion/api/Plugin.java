package fluxion.api;

import java.util.List;

/**
 * One provider that the engine found, taken or refused, or a jar that was refused before anything
 * in it was asked.
 *
 * @param kind what it provides
 * @param name the plugin's name; its class where it could not be made; a jar's file name
 * @param module the module (or, on the class path, the class) that it comes from
 * @param version the module's version, or the empty text
 * @param location where the module or the class lies: a path, another place as a URI, or the empty
 *     text where that is not known
 * @param offers the names of its operators, devices or accelerators
 * @param refusal why it, or some of its names, was refused or has nothing to offer, or the empty
 *     text
 */
public record Plugin(
    Kind kind,
    String name,
    String module,
    String version,
    String location,
    List<String> offers,
    String refusal) {
  /** What a plugin provides. */
  public enum Kind {
    /** The engine itself. */
    ENGINE,
    /** Operators. */
    OPERATORS,
    /** Devices. */
    BACKEND,
    /** What runs whole operators on the device of another. */
    ACCELERATORS,
    /** Nothing: a jar of a directory that was refused as a whole. */
    JAR
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
