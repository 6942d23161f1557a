package fluxion.conformance.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Text of a page, put together from elements; everything that is not markup is escaped. */
final class Html {
  private final StringBuilder out = new StringBuilder();

  /** Adds markup as it is. */
  Html raw(String markup) {
    out.append(markup);
    return this;
  }

  /** Adds text; what is no character is replaced. */
  Html text(String text) {
    text.codePoints().forEach(this::character);
    return this;
  }

  private void character(int c) {
    switch (c) {
      case '<' -> out.append("&lt;");
      case '>' -> out.append("&gt;");
      case '&' -> out.append("&amp;");
      case '"' -> out.append("&quot;");
      case '\'' -> out.append("&#39;");
      case '\n', '\t' -> out.appendCodePoint(c);
      default -> {
        boolean surrogate = c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE;
        out.appendCodePoint(c < ' ' || surrogate ? 0xFFFD : c);
      }
    }
  }

  /** Adds an element that holds text alone; {@code attributes} are markup. */
  Html element(String name, String attributes, String text) {
    raw("<" + name + (attributes.isEmpty() ? "" : " " + attributes) + ">");
    return text(text).raw("</" + name + ">");
  }

  /** Adds an attribute. */
  Html attribute(String name, String value) {
    return raw(" " + name + "=\"").text(value).raw("\"");
  }

  /** A name for a style sheet: {@code NOT RUN} becomes {@code not-run}. */
  static String style(Object verdict) {
    return verdict.toString().toLowerCase(Locale.ROOT).replace(' ', '-');
  }

  /** A file that lies beside this class. */
  static String resource(String name) {
    try (InputStream in = Html.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("the kit lacks " + name);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return out.toString();
  }
}
