package fluxion.nn.checkpoint.file;

import fluxion.api.FormatException;
import org.jspecify.annotations.Nullable;

/** Makes errors of one line, of a length that can be read, whatever names a file brings. */
public final class Refusal {
  private static final int LONGEST = 400;

  private Refusal() {}

  /**
   * {@return an error}
   *
   * @param source the file, or the part of it
   * @param what what is wrong with it
   */
  public static FormatException of(String source, String what) {
    return of(source, what, null);
  }

  /**
   * {@return an error}
   *
   * @param source the file, or the part of it
   * @param what what is wrong with it
   * @param cause what brought it about
   */
  public static FormatException of(String source, String what, @Nullable Throwable cause) {
    String message = readable(source + ": " + what);
    return cause == null ? new FormatException(message) : new FormatException(message, cause);
  }

  /** The text with what would not show, or break the line, written as escapes; and cut. */
  private static String readable(String text) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < text.length() && line.length() < LONGEST; i++) {
      char c = text.charAt(i);
      if (Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
        line.append("\\u%04x".formatted((int) c));
      } else {
        line.append(c);
      }
    }
    return line.length() < LONGEST ? line.toString() : line.append('…').toString();
  }
}
