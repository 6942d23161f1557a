package fluxion.conformance.golden;

import fluxion.api.FormatException;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A strict reader of JSON: a name that stands twice in an object, and nesting deeper than {@value
 * #DEEPEST}, are refused.
 *
 * <p>Objects become {@link Map}s in the order of the text, arrays {@link List}s, strings {@link
 * String}s and truth values {@link Boolean}s. Numbers without fraction and exponent become {@link
 * Long}s, or {@link BigInteger}s where they do not fit; other numbers {@link Double}s. Null is
 * null.
 */
public final class Json {
  private static final int DEEPEST = 200;

  private final String text;
  private int at;
  private int depth;

  private Json(String text) {
    this.text = text;
  }

  /**
   * {@return the value that a text stands for}
   *
   * @param text one JSON value, with nothing but space around it
   * @throws FormatException if it is not
   */
  public static @Nullable Object parse(String text) {
    Json json = new Json(text);
    Object value = json.value();
    json.space();
    if (json.at != text.length()) {
      throw json.error("the end");
    }
    return value;
  }

  /**
   * {@return the values in a text that holds one on each line}
   *
   * @param text the lines; empty ones are passed over
   */
  public static List<Map<String, @Nullable Object>> lines(String text) {
    List<Map<String, @Nullable Object>> values = new ArrayList<>();
    text.lines().filter(line -> !line.isBlank()).forEach(line -> values.add(object(parse(line))));
    return values;
  }

  /**
   * {@return a value as the object that it must be}
   *
   * @param value what {@link #parse} returned, or a part of it
   */
  @SuppressWarnings("unchecked") // the reader makes no other maps
  public static Map<String, @Nullable Object> object(@Nullable Object value) {
    if (value instanceof Map<?, ?> map) {
      return (Map<String, @Nullable Object>) map;
    }
    throw new FormatException("expected an object, found " + value);
  }

  /**
   * {@return a value as the array that it must be}
   *
   * @param value what {@link #parse} returned, or a part of it
   */
  @SuppressWarnings("unchecked") // the reader makes no other lists
  public static List<@Nullable Object> array(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return (List<@Nullable Object>) list;
    }
    throw new FormatException("expected an array, found " + value);
  }

  /**
   * {@return a value as the string that it must be}
   *
   * @param value what {@link #parse} returned, or a part of it
   */
  public static String string(@Nullable Object value) {
    if (value instanceof String string) {
      return string;
    }
    throw new FormatException("expected a string, found " + value);
  }

  /**
   * {@return an array's integers}
   *
   * @param value what {@link #parse} returned, or a part of it
   */
  public static long[] longs(@Nullable Object value) {
    List<@Nullable Object> list = array(value);
    long[] longs = new long[list.size()];
    for (int i = 0; i < longs.length; i++) {
      if (!(list.get(i) instanceof Long number)) {
        throw new FormatException("expected an integer, found " + list.get(i));
      }
      longs[i] = number;
    }
    return longs;
  }

  private @Nullable Object value() {
    space();
    char c = peek();
    return switch (c) {
      case '{', '[' -> nested(c);
      case '"' -> stringValue();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Object nested(char c) {
    if (++depth > DEEPEST) {
      throw error("no deeper nesting");
    }
    Object value = c == '{' ? objectValue() : arrayValue();
    depth--;
    return value;
  }

  private Map<String, @Nullable Object> objectValue() {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    at++;
    space();
    if (peek() == '}') {
      at++;
      return object;
    }
    while (true) {
      space();
      if (peek() != '"') {
        throw error("a name in quotes");
      }
      String name = stringValue();
      space();
      expect(':');
      if (object.containsKey(name)) {
        throw error("no second \"" + name + "\"");
      }
      object.put(name, value());
      space();
      if (peek() == '}') {
        at++;
        return object;
      }
      expect(',');
    }
  }

  private List<@Nullable Object> arrayValue() {
    List<@Nullable Object> array = new ArrayList<>();
    at++;
    space();
    if (peek() == ']') {
      at++;
      return array;
    }
    while (true) {
      array.add(value());
      space();
      if (peek() == ']') {
        at++;
        return array;
      }
      expect(',');
    }
  }

  private String stringValue() {
    StringBuilder out = new StringBuilder();
    at++;
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return out.toString();
      }
      if (c < ' ') {
        at--;
        throw error("no control character in a string");
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  private char escaped() {
    char c = peek();
    at++;
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> unicode();
      default -> {
        at--;
        throw error("an escape");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0) {
        throw error("a hexadecimal digit");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }

  private @Nullable Object word(String word, @Nullable Object value) {
    if (!text.startsWith(word, at)) {
      throw error(word);
    }
    at += word.length();
    return value;
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    String number = text.substring(start, at);
    if (!number.matches("-?(0|[1-9][0-9]*)([.][0-9]+)?([eE][-+]?[0-9]+)?")) {
      at = start;
      throw error("a value");
    }
    if (number.matches("-?[0-9]+")) {
      BigInteger integer = new BigInteger(number);
      return integer.bitLength() < Long.SIZE ? (Object) integer.longValue() : integer;
    }
    return Double.valueOf(number);
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw error("more");
    }
    return text.charAt(at);
  }

  private void expect(char c) {
    if (peek() != c) {
      throw error("'" + c + "'");
    }
    at++;
  }

  private FormatException error(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new FormatException(
        "at character " + at + ": expected " + expected + ", found " + found);
  }
}
