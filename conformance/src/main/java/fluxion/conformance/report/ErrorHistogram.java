package fluxion.conformance.report;

import fluxion.api.DType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How often the results of one operator in one dtype were how far from the exact value, in units in
 * the last place.
 */
public final class ErrorHistogram {
  /** The upper bounds of the bins, inclusive; what is beyond, or no number, is in one bin more. */
  private static final double[] BOUNDS = {
    0, 0.25, 0.5, 0.75, 1, 1.5, 2, 3, 4, 8, 16, 64, 1024, 65536
  };

  private final String operator;
  private final DType dtype;
  private final long[] counts;
  private double worst;
  private double budget;

  /**
   * Makes an empty histogram.
   *
   * @param operator what was computed
   * @param dtype in which dtype
   */
  public ErrorHistogram(String operator, DType dtype) {
    this(operator, dtype, List.of(), 0, Double.NaN);
  }

  /**
   * Makes a histogram as it was counted elsewhere.
   *
   * @param operator what was computed
   * @param dtype in which dtype
   * @param counts how many results a bin, or none for an empty histogram
   * @param worst the largest distance; NaN where there was none
   * @param budget the largest distance that was allowed; NaN if that is not known
   */
  public ErrorHistogram(
      String operator, DType dtype, List<Long> counts, double worst, double budget) {
    this.operator = operator;
    this.dtype = dtype;
    this.counts = new long[BOUNDS.length + 1];
    for (int i = 0; i < Math.min(counts.size(), this.counts.length); i++) {
      this.counts[i] = counts.get(i);
    }
    this.worst = worst;
    this.budget = budget;
  }

  /**
   * Counts one result.
   *
   * @param ulps its distance from the exact value; NaN if there is none, such as from a NaN
   * @param allowed the distance that is allowed; NaN if that is not known
   */
  public void add(double ulps, double allowed) {
    int bin = BOUNDS.length;
    for (int i = BOUNDS.length - 1; i >= 0 && ulps <= BOUNDS[i]; i--) {
      bin = i;
    }
    counts[bin]++;
    worst = Math.max(worst, ulps);
    budget = larger(budget, allowed);
  }

  private static double larger(double a, double b) {
    return Double.isNaN(a) || b > a ? b : a;
  }

  /**
   * Counts all results of another histogram.
   *
   * @param other the other
   */
  public void addAll(ErrorHistogram other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    worst = Math.max(worst, other.worst);
    budget = larger(budget, other.budget);
  }

  /** {@return what was computed} */
  public String operator() {
    return operator;
  }

  /** {@return in which dtype} */
  public DType dtype() {
    return dtype;
  }

  /** {@return how many results a bin} */
  public List<Long> counts() {
    List<Long> list = new ArrayList<>();
    for (long count : counts) {
      list.add(count);
    }
    return list;
  }

  /** {@return the largest distance; NaN if some result had none} */
  public double worst() {
    return worst;
  }

  /** {@return the largest distance that was allowed; NaN if that is not known} */
  public double budget() {
    return budget;
  }

  /** {@return how many results were counted} */
  public long total() {
    return Arrays.stream(counts).sum();
  }

  /** {@return the bound of the bin in which a distance lies} */
  static double roundedUp(double ulps) {
    return Arrays.stream(BOUNDS)
        .filter(bound -> ulps <= bound)
        .findFirst()
        .orElse(bound(BOUNDS.length));
  }

  /** {@return the number of bins} */
  static int bins() {
    return BOUNDS.length + 1;
  }

  /** {@return a bin's upper bound; infinite for the last bin} */
  static double bound(int bin) {
    return bin < BOUNDS.length ? BOUNDS[bin] : Double.POSITIVE_INFINITY;
  }
}
