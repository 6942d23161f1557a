package fluxion.ops.nn;

import fluxion.api.ArgumentException;
import java.util.Locale;

/** How the losses of single elements become the result of a loss. */
public enum LossReduction {
  /** They stay as they are. */
  NONE,
  /** Their mean; where elements have weights, divided by the sum of the weights that count. */
  MEAN,
  /** Their sum. */
  SUM;

  /** {@return the name by which operators take it: {@code none}, {@code mean} or {@code sum}} */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return the reduction with a name}
   *
   * @param text {@code none}, {@code mean} or {@code sum}
   * @throws ArgumentException if it is none of them
   */
  public static LossReduction of(String text) {
    return switch (text) {
      case "none" -> NONE;
      case "mean" -> MEAN;
      case "sum" -> SUM;
      default ->
          throw new ArgumentException(
              text + " is not a valid value for reduction; take 'none', 'mean' or 'sum'");
    };
  }
}
