package fluxion.examples.transcript;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one line of JSON: an object whose values are texts or whole numbers. */
final class JsonLine {
  private final String text;
  private int at;

  private JsonLine(String text) {
    this.text = text;
  }

  static Map<String, String> parse(String text) {
    JsonLine line = new JsonLine(text.strip());
    Map<String, String> object = new LinkedHashMap<>();
    line.expect('{');
    while (line.peek() != '}') {
      String key = line.string();
      line.expect(':');
      object.put(key, line.peek() == '"' ? line.string() : line.number());
      if (line.peek() == ',') {
        line.expect(',');
      }
    }
    return object;
  }

  private char peek() {
    while (text.charAt(at) == ' ') {
      at++;
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw new IllegalArgumentException("expected " + wanted + " at " + at + " of " + text);
    }
    at++;
  }

  private String number() {
    int begin = at;
    while (Character.isDigit(text.charAt(at))) {
      at++;
    }
    return text.substring(begin, at);
  }

  private String string() {
    expect('"');
    StringBuilder value = new StringBuilder();
    while (text.charAt(at) != '"') {
      char c = text.charAt(at++);
      if (c != '\\') {
        value.append(c);
        continue;
      }
      char escaped = text.charAt(at++);
      switch (escaped) {
        case 'n' -> value.append('\n');
        case 't' -> value.append('\t');
        case 'u' -> {
          value.append((char) Integer.parseInt(text.substring(at, at + 4), 16));
          at += 4;
        }
        default -> value.append(escaped);
      }
    }
    at++;
    return value.toString();
  }
}
