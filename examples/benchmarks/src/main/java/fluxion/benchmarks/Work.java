package fluxion.benchmarks;

import java.util.Locale;

/**
 * How much work one run of a workload is, where that is known.
 *
 * @param amount operations or bytes
 * @param unit of the amount in a nanosecond
 * @param limit the row that measures how fast the machine could do it
 * @param part how much of that limit can be reached at most
 */
record Work(double amount, String unit, String limit, double part) {
  /** Nothing that is counted. */
  static final Work NONE = new Work(0, "", "", 1);

  /** Multiply-adds in float32, counted as two operations each. */
  static Work operations(double count) {
    return new Work(count, "GFLOP/s", Rows.MULTIPLY_ADDS, 1);
  }

  /** Multiply-adds in float64, of which half as many fit into a vector. */
  static Work wideOperations(double count) {
    return new Work(count, "GFLOP/s", Rows.MULTIPLY_ADDS, 0.5);
  }

  /** Bytes that are read, and nothing written. */
  static Work read(double bytes) {
    return new Work(bytes, "GB/s", Rows.READ, 1);
  }

  /** Bytes that are read and written. */
  static Work moved(double bytes) {
    return new Work(bytes, "GB/s", Rows.ADD, 1);
  }

  double rate(double nanos) {
    return amount / nanos;
  }

  String text(double nanos) {
    if (amount == 0) {
      return "";
    }
    double rate = rate(nanos);
    return String.format(Locale.ROOT, rate < 20 ? "%.1f %s" : "%.0f %s", rate, unit);
  }
}
