package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The entries of saved state, of which everything that is wrong is gathered. */
final class SavedFields {
  private final String owner;
  private final Map<?, ?> dict;
  private final List<String> problems = new ArrayList<>();

  /**
   * Begins to read.
   *
   * @param owner whose state it should be, for messages
   * @param dict the state
   */
  SavedFields(Object owner, Map<?, ?> dict) {
    this.owner = owner.getClass().getSimpleName();
    this.dict = dict;
  }

  /** Notes that something is wrong. */
  void problem(String text) {
    problems.add(text);
  }

  private <T> @Nullable T read(
      String name, String expected, Function<@Nullable Object, @Nullable T> reader) {
    Object value = dict.get(name);
    T read = reader.apply(value);
    if (read == null) {
      problem(name + ": " + (dict.containsKey(name) ? "expected " + expected : "missing"));
    }
    return read;
  }

  /** An integer; 0 where that is wrong. */
  long integer(String name) {
    Long number = read(name, "an integer", value -> value instanceof Long found ? found : null);
    return number == null ? 0 : number;
  }

  /** A number; 0 where that is wrong. */
  double number(String name) {
    Number number = read(name, "a number", value -> value instanceof Number found ? found : null);
    return number == null ? 0 : number.doubleValue();
  }

  /** A text; empty where that is wrong. */
  String text(String name) {
    String text = read(name, "a text", value -> value instanceof String found ? found : null);
    return text == null ? "" : text;
  }

  /** A tensor, or null where that is wrong. */
  @Nullable Tensor tensor(String name) {
    return read(name, "a tensor", value -> value instanceof Tensor found ? found : null);
  }

  /** A map; empty where that is wrong. */
  Map<?, ?> map(String name) {
    Map<?, ?> map = read(name, "a map", value -> value instanceof Map<?, ?> found ? found : null);
    return map == null ? Map.of() : map;
  }

  /**
   * Refuses state in which something was wrong.
   *
   * @throws ArgumentException if there was
   */
  void check() {
    if (!problems.isEmpty()) {
      throw new ArgumentException(
          "loaded state dict does not fit " + owner + ":\n\t" + String.join("\n\t", problems));
    }
  }
}
