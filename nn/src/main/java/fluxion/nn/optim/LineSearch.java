package fluxion.nn.optim;

import fluxion.api.Tensor;

/**
 * A search along a direction for a step at which the strong Wolfe conditions hold (Nocedal and
 * Wright, Numerical Optimization, algorithms 3.5 and 3.6), with PyTorch's choices where the book
 * leaves them open.
 */
final class LineSearch {
  private static final double ENOUGH_DESCENT = 1e-4;
  private static final double ENOUGH_FLATTENING = 0.9;
  private static final int MOST_STEPS = 25;

  /** A step in the direction, with the loss, the gradient and the slope there. */
  record Point(double step, double loss, Tensor gradient, double slope) {}

  /** Evaluates the loss at a step in the direction. */
  @FunctionalInterface
  interface Objective {
    Point at(double step);
  }

  private final Objective objective;
  private final Point start;
  private final double largest;
  private final double leastChange;
  private int evaluations;

  /** A search from a point, of a direction whose largest element has so much size. */
  LineSearch(Objective objective, Point start, double largest, double leastChange) {
    this.objective = objective;
    this.start = start;
    this.largest = largest;
    this.leastChange = leastChange;
  }

  /** How often the loss was evaluated. */
  int evaluations() {
    return evaluations;
  }

  /** The point that was found, or the lowest one if the search was given up. */
  Point search(double firstStep) {
    Point before = start;
    Point now = evaluate(firstStep);
    int steps = 0;
    while (steps < MOST_STEPS) {
      if (tooHigh(now) || (steps > 1 && now.loss() >= before.loss())) {
        return zoom(before, now, steps);
      }
      if (flat(now)) {
        return now;
      }
      if (now.slope() >= 0) {
        return zoom(before, now, steps);
      }
      double least = now.step() + 0.01 * (now.step() - before.step());
      double next = cubicMinimum(before, now, least, now.step() * 10);
      before = now;
      now = evaluate(next);
      steps++;
    }
    return start.loss() <= now.loss() ? start : now;
  }

  /** Narrows an interval that holds a good step. */
  private Point zoom(Point one, Point other, int steps) {
    Point low = one.loss() <= other.loss() ? one : other;
    Point high = low == one ? other : one;
    boolean stuck = false;
    for (int i = steps; i < MOST_STEPS; i++) {
      if (Math.abs(high.step() - low.step()) * largest < leastChange) {
        return low;
      }
      double from = Math.min(low.step(), high.step());
      double to = Math.max(low.step(), high.step());
      double step = cubicMinimum(low, high, from, to);
      double margin = 0.1 * (to - from);
      if (Math.min(to - step, step - from) < margin) {
        // The second time in a row, or at a bound, it moves away from the bound.
        if (stuck || step >= to || step <= from) {
          step = Math.abs(step - to) < Math.abs(step - from) ? to - margin : from + margin;
          stuck = false;
        } else {
          stuck = true;
        }
      } else {
        stuck = false;
      }
      Point now = evaluate(step);
      if (tooHigh(now) || now.loss() >= low.loss()) {
        high = now;
        if (high.loss() < low.loss()) {
          high = low;
          low = now;
        }
      } else {
        if (flat(now)) {
          return now;
        }
        if (now.slope() * (high.step() - low.step()) >= 0) {
          high = low;
        }
        low = now;
      }
    }
    return low;
  }

  private Point evaluate(double step) {
    evaluations++;
    return objective.at(step);
  }

  private boolean tooHigh(Point point) {
    return point.loss() > start.loss() + ENOUGH_DESCENT * point.step() * start.slope();
  }

  private boolean flat(Point point) {
    return Math.abs(point.slope()) <= -ENOUGH_FLATTENING * start.slope();
  }

  /**
   * The minimum, between bounds, of the cubic polynomial with the losses and slopes of two points;
   * the middle of the bounds where it has none.
   */
  static double cubicMinimum(Point a, Point b, double from, double to) {
    Point left = a.step() <= b.step() ? a : b;
    Point right = left == a ? b : a;
    double d1 =
        left.slope()
            + right.slope()
            - 3 * (left.loss() - right.loss()) / (left.step() - right.step());
    double square = d1 * d1 - left.slope() * right.slope();
    if (!(square >= 0)) {
      return (from + to) / 2;
    }
    double d2 = Math.sqrt(square);
    double part = (right.slope() + d2 - d1) / (right.slope() - left.slope() + 2 * d2);
    double minimum = right.step() - (right.step() - left.step()) * part;
    return Math.min(Math.max(minimum, from), to);
  }
}
