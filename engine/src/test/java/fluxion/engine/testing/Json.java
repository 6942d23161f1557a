package fluxion.engine.testing;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * A reader of JSON for test data.
 *
 * <p>Objects become {@link Map}s in the order of the text, arrays {@link List}s, strings {@link
 * String}s and truth values {@link Boolean}s. Numbers without fraction and exponent become {@link
 * Long}s, or {@link BigInteger}s where they do not fit; other numbers {@link Double}s. Null is
 * null.
 */
public final class Json {
  private final String text;
  private int at;

  private Json(String text) {
    this.text = text;
  }

  /**
   * {@return the value that a text stands for}
   *
   * @param text one JSON value, with nothing but space around it
   * @throws IllegalArgumentException if it is not
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
    try (BufferedReader reader = new BufferedReader(new StringReader(text))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.isBlank()) {
          values.add(object(parse(line)));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return values;
  }

  /**
   * {@return the text of a resource, decompressed if its name ends in {@code .gz}}
   *
   * @param beside a class in the resource's package
   * @param name the resource's name
   * @throws IllegalArgumentException if there is no such resource
   */
  public static String resource(Class<?> beside, String name) {
    try (InputStream raw = beside.getResourceAsStream(name)) {
      if (raw == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + beside.getName());
      }
      InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      try (InputStreamReader reader = new InputStreamReader(in, StandardCharsets.UTF_8)) {
        return reader.readAllAsString();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
    throw new IllegalArgumentException("expected an object, found " + value);
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
    throw new IllegalArgumentException("expected an array, found " + value);
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
    throw new IllegalArgumentException("expected a string, found " + value);
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
        throw new IllegalArgumentException("expected an integer, found " + list.get(i));
      }
      longs[i] = number;
    }
    return longs;
  }

  private @Nullable Object value() {
    space();
    char c = peek();
    return switch (c) {
      case '{' -> objectValue();
      case '[' -> arrayValue();
      case '"' -> stringValue();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
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

  private IllegalArgumentException error(String expected) {
    String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
    return new IllegalArgumentException(
        "at character " + at + ": expected " + expected + ", found " + found);
  }
}
