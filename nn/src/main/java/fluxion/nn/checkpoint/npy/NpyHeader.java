package fluxion.nn.checkpoint.npy;

import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.nn.checkpoint.file.Refusal;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What the header of an array says: a dict of Python with three entries, of which only this form is
 * read.
 *
 * @param descr the type of the elements, as NumPy writes it
 * @param fortranOrder whether the first index runs fastest
 * @param shape the shape
 */
record NpyHeader(String descr, boolean fortranOrder, Shape shape) {
  private static final int MOST_DIMS = 64;

  /**
   * {@return a header}
   *
   * @param text its text
   * @param source the file, for messages
   */
  static NpyHeader parse(String text, String source) {
    return new Parser(text, source).header();
  }

  private static final class Parser {
    private final String text;
    private final String source;
    private int at;

    Parser(String text, String source) {
      this.text = text;
      this.source = source;
    }

    private FormatException expected(String what) {
      String found = at < text.length() ? "'" + text.charAt(at) + "'" : "the end";
      return Refusal.of(
          source,
          "at character %d of the header: expected %s, found %s".formatted(at, what, found));
    }

    private boolean skip(char c) {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\n')) {
        at++;
      }
      if (at < text.length() && text.charAt(at) == c) {
        at++;
        return true;
      }
      return false;
    }

    private void expect(char c) {
      if (!skip(c)) {
        throw expected("'" + c + "'");
      }
    }

    NpyHeader header() {
      @Nullable String descr = null;
      @Nullable Boolean fortranOrder = null;
      @Nullable Shape shape = null;
      expect('{');
      while (!skip('}')) {
        String key = string();
        expect(':');
        boolean second;
        switch (key) {
          case "descr" -> {
            second = descr != null;
            descr = descr();
          }
          case "fortran_order" -> {
            second = fortranOrder != null;
            fortranOrder = truth();
          }
          case "shape" -> {
            second = shape != null;
            shape = shape();
          }
          default -> throw expected("descr, fortran_order or shape, not " + key + ", before");
        }
        if (second) {
          throw expected("no second " + key + " before");
        }
        if (!skip(',')) {
          expect('}');
          break;
        }
      }
      if (skip('\0') || at < text.length()) {
        throw expected("the end");
      }
      if (descr == null || fortranOrder == null || shape == null) {
        throw Refusal.of(source, "the header lacks descr, fortran_order or shape");
      }
      return new NpyHeader(descr, fortranOrder, shape);
    }

    private String string() {
      char quote = skip('\'') ? '\'' : '"';
      if (quote == '"') {
        expect('"');
      }
      int end = text.indexOf(quote, at);
      if (end < 0) {
        throw expected("a string that ends");
      }
      String string = text.substring(at, end);
      at = end + 1;
      return string;
    }

    private String descr() {
      if (skip('[')) {
        throw Refusal.of(source, "the elements are records, for which there is no dtype");
      }
      return string();
    }

    private boolean truth() {
      skip('\0');
      for (String word : new String[] {"True", "False"}) {
        if (text.startsWith(word, at)) {
          at += word.length();
          return word.equals("True");
        }
      }
      throw expected("True or False");
    }

    private Shape shape() {
      long[] sizes = new long[MOST_DIMS];
      int count = 0;
      expect('(');
      while (!skip(')')) {
        if (count == MOST_DIMS) {
          throw expected("at most " + MOST_DIMS + " sizes");
        }
        sizes[count++] = number();
        if (!skip(',')) {
          if (count == 1) {
            throw expected("','"); // a number in parentheses is no tuple
          }
          expect(')');
          break;
        }
      }
      try {
        return Shape.of(Arrays.copyOf(sizes, count));
      } catch (ShapeException e) {
        throw Refusal.of(source, String.valueOf(e.getMessage()), e);
      }
    }

    /** A whole number from 0 on, which Python 2 may have marked as long. */
    private long number() {
      skip('\0');
      long value = 0;
      int start = at;
      while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
        int digit = text.charAt(at) - '0';
        if (value > (Long.MAX_VALUE - digit) / 10) {
          throw expected("a number of at most 63 bits");
        }
        value = value * 10 + digit;
        at++;
      }
      if (at == start) {
        throw expected("a whole number");
      }
      skip('L');
      return value;
    }
  }
}
