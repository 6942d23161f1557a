package fluxion.benchmarks;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What a row is to reach; what is not asked for is NaN.
 *
 * @param ratio the least that the best peer's figure is of Fluxion's
 * @param most the largest figure, in nanoseconds or bytes
 * @param share the least share of what the machine can do
 */
record Goal(double ratio, double most, double share) {
  static final Goal NONE = new Goal(Double.NaN, Double.NaN, Double.NaN);

  static Goal ratio(double least) {
    return new Goal(least, Double.NaN, Double.NaN);
  }

  static Goal most(double figure) {
    return new Goal(Double.NaN, figure, Double.NaN);
  }

  Goal andMost(double figure) {
    return new Goal(ratio, figure, share);
  }

  Goal andShare(double least) {
    return new Goal(ratio, most, least);
  }

  /** Whether figures reach it; a part of it that was not measured is not reached. */
  boolean isMet(double measuredRatio, double figure, double measuredShare) {
    return (Double.isNaN(ratio) || measuredRatio >= ratio)
        && (Double.isNaN(most) || figure <= most)
        && (Double.isNaN(share) || measuredShare >= share);
  }

  boolean isNone() {
    return Double.isNaN(ratio) && Double.isNaN(most) && Double.isNaN(share);
  }

  String text(Row.Kind kind) {
    List<String> parts = new ArrayList<>();
    if (!Double.isNaN(ratio)) {
      parts.add("≥ " + BigDecimal.valueOf(ratio).stripTrailingZeros().toPlainString() + " ×");
    }
    if (!Double.isNaN(most)) {
      parts.add("≤ " + Units.text(kind, most));
    }
    if (!Double.isNaN(share)) {
      parts.add(String.format(Locale.ROOT, "≥ %.0f %%", 100 * share));
    }
    return String.join(", ", parts);
  }
}
