package fluxion.nn.checkpoint.safetensors;

import fluxion.api.FormatException;
import fluxion.nn.checkpoint.file.Refusal;

/** Goes through the JSON of a header. It has no values but strings, integers, lists and objects. */
final class HeaderText {
  private final String text;
  private final String source;
  private int at;

  HeaderText(String text, String source) {
    this.text = text;
    this.source = source;
  }

  FormatException error(String what) {
    return Refusal.of(source, "at character " + at + " of the header: " + what);
  }

  private FormatException expected(String what) {
    return error(
        "expected "
            + what
            + ", found "
            + (at < text.length() ? "'" + text.charAt(at) + "'" : "the end"));
  }

  private void space() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  /** Whether the next character that is no space is this one, which is then passed over. */
  boolean skip(char c) {
    space();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  void expect(char c) {
    if (!skip(c)) {
      throw expected("'" + c + "'");
    }
  }

  void expectEnd() {
    space();
    if (at < text.length()) {
      throw expected("the end");
    }
  }

  /** A whole number from 0 on. */
  long number() {
    space();
    int start = at;
    long value = 0;
    while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
      int digit = text.charAt(at) - '0';
      if (value > (Long.MAX_VALUE - digit) / 10) {
        throw error("a number has more than 63 bits");
      }
      value = value * 10 + digit;
      at++;
    }
    if (at == start || (text.charAt(start) == '0' && at > start + 1)) {
      at = start;
      throw expected("a whole number");
    }
    return value;
  }

  String string() {
    expect('"');
    StringBuilder out = new StringBuilder();
    while (true) {
      if (at >= text.length()) {
        throw expected("'\"'");
      }
      char c = text.charAt(at);
      if (c < ' ') {
        throw error("a control character in a string");
      }
      at++;
      if (c == '"') {
        return checked(out.toString());
      }
      out.append(c == '\\' ? escaped() : c);
    }
  }

  /** Halves of a pair of surrogates alone are no text: they could not be written again. */
  private String checked(String string) {
    for (int i = 0; i < string.length(); i++) {
      char c = string.charAt(i);
      if (Character.isHighSurrogate(c)
          && i + 1 < string.length()
          && Character.isLowSurrogate(string.charAt(i + 1))) {
        i++;
      } else if (Character.isSurrogate(c)) {
        throw error("half of a surrogate pair in a string");
      }
    }
    return string;
  }

  private char escaped() {
    char c = at < text.length() ? text.charAt(at) : ' ';
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
        throw expected("an escape");
      }
    };
  }

  private char unicode() {
    int code = 0;
    for (int i = 0; i < 4; i++) {
      int digit = at < text.length() ? Character.digit(text.charAt(at), 16) : -1;
      if (digit < 0 || text.charAt(at) > 'f') {
        throw expected("a hexadecimal digit");
      }
      code = code * 16 + digit;
      at++;
    }
    return (char) code;
  }
}
