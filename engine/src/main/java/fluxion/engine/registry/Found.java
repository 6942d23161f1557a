package fluxion.engine.registry;

import fluxion.api.Plugin;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One provider that was come upon, and what it offers. Two are the same only if they are identical.
 *
 * @param <T> what it offers
 * @param kind what it provides
 * @param name its name, or that of its class where it could not be asked
 * @param origin where it comes from
 * @param offers what it offers, by name; nothing if it is refused
 * @param refusal why it is not used, or the empty text
 * @param thrown what it failed with, or null
 */
record Found<T>(
    Plugin.Kind kind,
    String name,
    Origin origin,
    Map<String, T> offers,
    String refusal,
    @Nullable Throwable thrown) {

  /**
   * Where a provider comes from.
   *
   * @param module its module, or its class on the class path
   * @param version its module's version, or the empty text
   * @param source the layer or the registration that it was added with, or null for the engine's
   *     own
   * @param location where it lies
   */
  record Origin(String module, String version, @Nullable Object source, Location location) {
    /** The same, added with something else. */
    Origin with(@Nullable Object other) {
      return new Origin(module, version, other, location);
    }
  }

  /** A provider that is used. */
  static <T> Found<T> taken(Plugin.Kind kind, String name, Origin origin, Map<String, T> offers) {
    return new Found<>(kind, name, origin, offers, "", null);
  }

  /** A provider that is not used, and why. */
  static <T> Found<T> refused(
      Plugin.Kind kind, String name, Origin origin, String refusal, @Nullable Throwable thrown) {
    return new Found<>(kind, name, origin, Map.of(), refusal, thrown);
  }

  String module() {
    return origin.module();
  }

  @Nullable Object source() {
    return origin.source();
  }

  boolean isUsed() {
    return refusal.isEmpty();
  }

  /** The module, with its version where it has one. */
  String place() {
    return origin.version().isEmpty() ? origin.module() : origin.module() + " " + origin.version();
  }

  /**
   * What the API shows of it.
   *
   * @param clash what of its offers is nobody's because others offer it, too
   */
  Plugin describe(String clash) {
    return new Plugin(
        kind,
        name,
        origin.module(),
        origin.version(),
        origin.location().text(),
        List.copyOf(offers.keySet()),
        isUsed() ? clash : refusal);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
