package fluxion.conformance.report;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes JSON: maps in their order, iterables, texts, truth values and numbers. A number that JSON
 * has no word for is written as a text.
 */
public final class JsonText {
  private final StringBuilder out = new StringBuilder();
  private final boolean indented;

  private JsonText(boolean indented) {
    this.indented = indented;
  }

  /**
   * {@return a value on one line}
   *
   * @param value the value
   */
  public static String line(@Nullable Object value) {
    JsonText text = new JsonText(false);
    text.value(value, 0);
    return text.out.toString();
  }

  /**
   * {@return a value with a line for each member, and a newline at the end}
   *
   * @param value the value
   */
  public static String lines(@Nullable Object value) {
    JsonText text = new JsonText(true);
    text.value(value, 0);
    return text.out.append('\n').toString();
  }

  private void value(@Nullable Object value, int depth) {
    switch (value) {
      case null -> out.append("null");
      case Map<?, ?> map -> object(map, depth);
      case Iterable<?> list -> array(list, depth);
      case Boolean truth -> out.append(truth);
      case Double number when !Double.isFinite(number) -> string(number.toString());
      case Number number -> out.append(number);
      default -> string(value.toString());
    }
  }

  private void object(Map<?, ?> map, int depth) {
    out.append('{');
    boolean first = true;
    for (Map.Entry<?, ?> member : map.entrySet()) {
      separate(first, depth + 1);
      string(String.valueOf(member.getKey()));
      out.append(indented ? ": " : ":");
      value(member.getValue(), depth + 1);
      first = false;
    }
    close(first, depth, '}');
  }

  private void array(Iterable<?> list, int depth) {
    out.append('[');
    boolean first = true;
    for (Object element : list) {
      separate(first, depth + 1);
      value(element, depth + 1);
      first = false;
    }
    close(first, depth, ']');
  }

  private void separate(boolean first, int depth) {
    out.append(first ? "" : ",");
    breakLine(depth);
  }

  private void close(boolean empty, int depth, char bracket) {
    if (!empty) {
      breakLine(depth);
    }
    out.append(bracket);
  }

  private void breakLine(int depth) {
    if (indented) {
      out.append('\n').repeat("  ", depth);
    }
  }

  private void string(String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          // lone surrogates are no characters, and would not survive an encoding
          if (c < ' ' || c > '~') {
            out.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }
}
