package fluxion.engine.fallback;

import fluxion.api.ArgumentException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;

/** The primitives that another device can compute, by the names of their methods. */
enum Primitive {
  FILL("fill"),
  COPY("copy"),
  LAUNCH("launch"),
  REDUCE("reduce"),
  ARG_REDUCE("argReduce"),
  SCAN("scan"),
  MATMUL("matmul"),
  GATHER("gather"),
  INDEXED_GATHER("indexedGather"),
  SCATTER("scatter"),
  INDEXED_SCATTER("indexedScatter"),
  SORT("sort"),
  COMPACT("compact");

  private static final String ALL = "all";

  private final String method;

  Primitive(String method) {
    this.method = method;
  }

  /** {@return the name of the method} */
  String method() {
    return method;
  }

  /**
   * {@return the primitives that a property names}
   *
   * @param property the property's name, for messages
   * @param text its value: names with commas between them, or {@code all}
   * @throws ArgumentException if a name is no primitive's
   */
  static Set<Primitive> named(String property, String text) {
    Set<Primitive> named = EnumSet.noneOf(Primitive.class);
    for (String part : text.split(",", -1)) {
      String name = part.strip();
      if (name.equals(ALL)) {
        named.addAll(EnumSet.allOf(Primitive.class));
      } else if (!name.isEmpty()) {
        named.add(named(property, text, name));
      }
    }
    return named;
  }

  private static Primitive named(String property, String text, String name) {
    for (Primitive primitive : values()) {
      if (primitive.method.equals(name)) {
        return primitive;
      }
    }
    throw new ArgumentException(
        "-D%s=%s: there is no primitive '%s'; name some of %s, with commas, or %s"
            .formatted(
                property,
                text,
                name,
                Arrays.stream(values()).map(Primitive::method).collect(Collectors.joining(" ")),
                ALL));
  }
}
