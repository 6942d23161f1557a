package fluxion.api;

import java.math.BigDecimal;

/** Numbers as Python writes them, which PyTorch's texts show. */
final class PythonNumbers {
  private PythonNumbers() {}

  /** A float as Python prints it: {@code 0.01}, {@code 1e-05}, {@code inf}. */
  static String text(double value) {
    if (Double.isNaN(value)) {
      return "nan";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "inf" : "-inf";
    }
    double size = Math.abs(value);
    if (size == 0 || (size >= 1e-3 && size < 1e7)) {
      return Double.toString(value);
    }
    // Both languages take the fewest digits that read back; they differ in when to use an exponent.
    BigDecimal decimal = new BigDecimal(Double.toString(value)).stripTrailingZeros();
    if (size >= 1e-4 && size < 1e16) {
      String plain = decimal.toPlainString();
      return plain.contains(".") ? plain : plain + ".0";
    }
    String digits = decimal.unscaledValue().abs().toString();
    int exponent = digits.length() - 1 - decimal.scale();
    return (value < 0 ? "-" : "")
        + digits.charAt(0)
        + (digits.length() > 1 ? "." + digits.substring(1) : "")
        + "e"
        + (exponent < 0 ? "-" : "+")
        + (Math.abs(exponent) < 10 ? "0" : "")
        + Math.abs(exponent);
  }
}
