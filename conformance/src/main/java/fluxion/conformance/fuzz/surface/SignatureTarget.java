package fluxion.conformance.fuzz.surface;

import fluxion.api.FormatException;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.engine.spi.Signature;

/**
 * The text of signatures: it is refused as malformed, or says a signature that is written as it is
 * read.
 */
public final class SignatureTarget implements FuzzTarget {
  private static final String[] WORDS = {
    "Tensor",
    "Tensor?",
    "Tensor[]",
    "Scalar",
    "Scalar?",
    "int",
    "int[]",
    "int[]?",
    "float",
    "bool",
    "str",
    "str?",
    "ScalarType",
    "ScalarType?",
    " ",
    " ",
    " ",
    "self",
    "other",
    "dim",
    "=",
    "=None",
    "=1",
    "=[1, 2]",
    "='mean'",
    "=-0.5",
    "=True",
    ",",
    ", ",
    ", ",
    "(",
    ")",
    "*",
    "*, ",
    "[",
    "]",
    "?",
    "'",
    "op",
    "_",
    "",
    "\t",
    "\u00e9"
  };

  /** Makes the target. */
  public SignatureTarget() {}

  @Override
  public String name() {
    return "signatures";
  }

  @Override
  public String covers() {
    return "the text of operators' signatures, well formed and not, read and written";
  }

  @Override
  public void run(ByteSource source) {
    String text = text(source);
    Signature read;
    try {
      read = Signature.parse(text);
    } catch (FormatException _) {
      return;
    }
    String written = read.toString();
    Signature again;
    try {
      again = Signature.parse(written);
    } catch (FormatException e) {
      throw new Finding(
          "'" + text + "' is read, written as '" + written + "' and then refused", "", e);
    }
    if (!again.equals(read) || !again.toString().equals(written)) {
      throw new Finding(
          "'%s' is read as %s, written as '%s', and that is read as %s"
              .formatted(text, read.parameters(), written, again.parameters()),
          "");
    }
  }

  /** A text that mostly looks like a signature. */
  static String text(ByteSource source) {
    StringBuilder text = new StringBuilder();
    if (source.below(8) == 7) {
      int words = source.below(16);
      for (int i = 0; i < words; i++) {
        text.append(WORDS[source.below(WORDS.length)]);
      }
      return text.toString();
    }
    text.append("op(");
    int parameters = source.below(5);
    for (int i = 0; i < parameters; i++) {
      text.append(i == 0 ? "" : ", ");
      text.append(source.below(6) == 5 ? "*, " : "");
      text.append(WORDS[source.below(14)]).append(' ').append("abcdefgh".charAt(i));
      text.append(source.below(3) == 0 ? WORDS[20 + source.below(7)] : "");
      text.append(source.below(24) == 23 ? WORDS[source.below(WORDS.length)] : "");
    }
    return text.append(')').toString();
  }
}
