package fluxion.engine.random;

import fluxion.api.ArgumentException;

/** Refuses parameters that a distribution cannot have, in PyTorch's words. */
final class ParameterChecks {
  private ParameterChecks() {}

  static void uniform(double from, double to, boolean finite) {
    if (!(from <= to)) {
      throw new ArgumentException(
          "uniform_ expects to return a [from, to) range, but found from=" + from + " > to=" + to);
    }
    if (!finite) {
      throw new ArgumentException(
          "uniform_ expects to-from to be at most the largest number of the dtype, but found to="
              + to
              + " and from="
              + from);
    }
  }

  static void normal(double std) {
    if (!(std >= 0)) {
      throw new ArgumentException("normal expects std >= 0.0, but found std " + std);
    }
  }

  static void exponential(double rate) {
    if (!(rate > 0)) {
      throw new ArgumentException("exponential_ expects lambda > 0.0, but found lambda=" + rate);
    }
  }

  static void bernoulli(double p) {
    if (!(p >= 0 && p <= 1)) {
      throw new ArgumentException("bernoulli_ expects p to be in [0, 1], but got p=" + p);
    }
  }

  static void integers(long low, long high) {
    if (low >= high) {
      throw new ArgumentException(
          "random_ expects 'from' to be less than 'to', but got from=" + low + " >= to=" + high);
    }
  }
}
