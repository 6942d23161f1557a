package fluxion.conformance.suite;

import java.util.regex.Pattern;

/** Patterns in which {@code *} stands for any text and {@code ?} for one character. */
final class Glob {
  private Glob() {}

  static boolean matches(String glob, String text) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < glob.length(); i++) {
      char c = glob.charAt(i);
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL).matcher(text).matches();
  }
}
