package fluxion.ops.nn.internal;

/**
 * One dimension of an image that gets another size: which of the old elements make up a new one.
 * The arithmetic, rounding included, is that of PyTorch's kernels.
 *
 * @param size the old size
 * @param output the new size
 * @param factor by what the size was said to be multiplied; not positive if only sizes are known
 * @param alignCorners whether the first and the last elements' centres stay where they are
 */
record Axis(long size, long output, double factor, boolean alignCorners) {
  /** The parameters of the cubic polynomials: of plain interpolation and of smoothing. */
  private static final double PLAIN = -0.75;

  private static final double SMOOTH = -0.5;

  /** The distance of two new elements, in old ones. */
  private double scale() {
    if (alignCorners) {
      return output > 1 ? (double) (size - 1) / (output - 1) : 0;
    }
    return factor > 0 ? 1 / factor : (double) size / output;
  }

  /**
   * The old element that is nearest to each new one.
   *
   * @param exact whether centres are compared, else their left edges
   */
  long[] nearest(boolean exact) {
    float scale = factor > 0 ? (float) (1 / factor) : (float) size / output;
    long[] places = new long[Math.toIntExact(output)];
    for (int o = 0; o < places.length; o++) {
      long place;
      if (output == size && !exact) {
        place = o;
      } else if (output == 2 * size && !exact) {
        place = o / 2;
      } else {
        place = (long) Math.floor(exact ? (o + 0.5f) * scale : o * scale);
      }
      places[o] = Math.min(place, size - 1);
    }
    return places;
  }

  /**
   * The weights of old elements in each new one.
   *
   * @param cubic whether they come from a cubic polynomial, else from a straight line
   * @param antialias whether they stretch when the image shrinks
   */
  Taps.Plan smooth(boolean cubic, boolean antialias) {
    if (antialias) {
      return smoothed(cubic);
    }
    Taps.Plan plan = new Taps.Plan(size, Math.toIntExact(output), cubic ? 4 : 2);
    double scale = scale();
    for (int o = 0; o < output; o++) {
      double at = alignCorners ? scale * o : scale * (o + 0.5) - 0.5;
      if (cubic) {
        cubic(plan, o, at);
      } else {
        linear(plan, o, size == output ? o : Math.max(at, 0));
      }
    }
    return plan;
  }

  private void linear(Taps.Plan plan, int o, double at) {
    long left = Math.min((long) at, size - 1);
    double share = Math.clamp(at - (double) left, 0, 1);
    plan.set(o, 0, left, 1 - share);
    // An image of the same size is copied: both elements are the same one.
    plan.set(o, 1, size == output ? left : Math.min(left + 1, size - 1), share);
  }

  private void cubic(Taps.Plan plan, int o, double at) {
    double left = Math.floor(at);
    double t = at - left;
    double[] weights = {
      outer(t + 1, PLAIN), inner(t, PLAIN), inner(1 - t, PLAIN), outer(2 - t, PLAIN)
    };
    for (int k = 0; k < 4; k++) {
      plan.set(o, k, Math.clamp((long) left - 1 + k, 0, size - 1), weights[k]);
    }
  }

  /** The cubic kernel at distances up to 1. */
  static double inner(double x, double a) {
    return ((a + 2) * x - (a + 3)) * x * x + 1;
  }

  /** The cubic kernel at distances from 1 to 2. */
  static double outer(double x, double a) {
    return ((a * x - 5 * a) * x + 8 * a) * x - 4 * a;
  }

  private Taps.Plan smoothed(boolean cubic) {
    double scale = scale();
    double stretch = Math.max(scale, 1);
    double support = (cubic ? 2 : 1) * stretch;
    int count = (int) Math.min((long) Math.ceil(support) * 2 + 1, size);
    Taps.Plan plan = new Taps.Plan(size, Math.toIntExact(output), count);
    for (int o = 0; o < output; o++) {
      double center = scale * (o + 0.5);
      long first = Math.max((long) (center - support + 0.5), 0);
      int taps = (int) (Math.min((long) (center + support + 0.5), size) - first);
      double[] weights = new double[taps];
      double total = 0;
      for (int k = 0; k < taps; k++) {
        double x = Math.abs(((double) (k + first) - center + 0.5) / stretch);
        weights[k] = cubic ? kernel(x) : Math.max(0, 1 - x);
        total += weights[k];
      }
      for (int k = 0; k < count; k++) {
        if (k < taps) {
          plan.set(o, k, first + k, weights[k] / total);
        } else {
          plan.leave(o, k);
        }
      }
    }
    return plan;
  }

  private static double kernel(double x) {
    return x < 1 ? inner(x, SMOOTH) : x < 2 ? outer(x, SMOOTH) : 0;
  }
}
