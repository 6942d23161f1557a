package fluxion.nn.training.events;

import fluxion.api.ArgumentException;
import java.util.Arrays;

/**
 * Numbers counted in TensorBoard's buckets, whose bounds are 0 and plus and minus 1e-12 times the
 * powers of 1.1 up to 1e20. As {@code numpy.histogram} counts them: a bucket has its lower bound
 * and not its upper one, except the last; what lies beyond all, and NaN, is in none.
 */
public final class Histogram {
  private static final double[] BOUNDS = bounds();

  private final double least;
  private final double largest;
  private final long number;
  private final double sum;
  private final double sumOfSquares;
  private final double[] limits;
  private final double[] counts;

  private static double[] bounds() {
    double[] positive = new double[1000];
    int count = 0;
    for (double bound = 1e-12; bound < 1e20; bound *= 1.1) {
      positive[count++] = bound;
    }
    double[] bounds = new double[2 * count + 1];
    for (int i = 0; i < count; i++) {
      bounds[count + 1 + i] = positive[i];
      bounds[count - 1 - i] = -positive[i];
    }
    return bounds;
  }

  /**
   * Counts numbers.
   *
   * @param values the numbers
   * @throws ArgumentException if there is none, or none that a bucket has
   */
  public Histogram(double[] values) {
    if (values.length == 0) {
      throw new ArgumentException("The input has no element.");
    }
    long[] all = new long[BOUNDS.length - 1];
    double low = values[0];
    double high = values[0];
    double total = 0;
    double squares = 0;
    for (double value : values) {
      low = Math.min(low, value);
      high = Math.max(high, value);
      total += value;
      squares += value * value;
      int bucket = bucket(value);
      if (bucket >= 0) {
        all[bucket]++;
      }
    }
    int first = 0;
    while (first < all.length && all[first] == 0) {
      first++;
    }
    if (first == all.length) {
      throw new ArgumentException(
          "The histogram is empty: no value is a number from -1e20 to 1e20");
    }
    int last = all.length - 1;
    while (all[last] == 0) {
      last--;
    }
    least = low;
    largest = high;
    number = values.length;
    sum = total;
    sumOfSquares = squares;
    // an empty bucket before the first one tells where that begins
    limits = Arrays.copyOfRange(BOUNDS, first, last + 2);
    counts = new double[limits.length];
    for (int i = first; i <= last; i++) {
      counts[i - first + 1] = all[i];
    }
  }

  private static int bucket(double value) {
    if (!(value >= BOUNDS[0] && value <= BOUNDS[BOUNDS.length - 1])) {
      return -1;
    }
    // of -0 and 0 the search knows a difference; adding 0 takes it away
    int found = Arrays.binarySearch(BOUNDS, value + 0.0);
    int at = found >= 0 ? found : -found - 2;
    return Math.min(at, BOUNDS.length - 2);
  }

  /** {@return TensorFlow's {@code HistogramProto}} */
  public Message toMessage() {
    return new Message()
        .number(1, least)
        .number(2, largest)
        .number(3, (double) number)
        .number(4, sum)
        .number(5, sumOfSquares)
        .numbers(6, limits)
        .numbers(7, counts);
  }
}
