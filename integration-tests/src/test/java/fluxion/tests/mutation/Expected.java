package fluxion.tests.mutation;

import static fluxion.api.Tensors.tensor;

import fluxion.api.Autograd;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.Function;
import java.util.function.LongBinaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Makes trials from expected elements. A found one may be off by 1e-14 of itself; -0 is not 0, and
 * NaN is NaN.
 */
final class Expected {
  private Expected() {}

  /** The elements of a result. */
  static Trial values(String name, Supplier<Tensor> call, double... expected) {
    return new Trial("values of " + name, () -> require(name, call.get(), expected));
  }

  /** An operator of two tensors at all pairs of some values. */
  static Trial pairs(String operator, double[] values, DoubleBinaryOperator expected) {
    return values(
        operator + " of all pairs",
        () -> Ops.call(operator, tensor(first(values)), tensor(second(values))),
        pairs(values, expected));
  }

  /** An operator of two tensors of integers at all pairs of some values. */
  static Trial integerPairs(
      String name, Function<Tensor[], Tensor> call, long[] x, long[] y, LongBinaryOperator f) {
    long[] left = new long[x.length * y.length];
    long[] right = new long[left.length];
    double[] expected = new double[left.length];
    for (int i = 0; i < left.length; i++) {
      left[i] = x[i / y.length];
      right[i] = y[i % y.length];
      expected[i] = f.applyAsLong(left[i], right[i]);
    }
    return values(name, () -> call.apply(new Tensor[] {tensor(left), tensor(right)}), expected);
  }

  /**
   * An operator of two truth values: its results for (no, no), (no, yes), (yes, no), (yes, yes).
   */
  static Trial truthTable(String name, Function<Tensor[], Tensor> call, double... expected) {
    return values(
        name + " of truth values",
        () ->
            call.apply(
                new Tensor[] {tensor(false, false, true, true), tensor(false, true, false, true)}),
        expected);
  }

  /** The gradient of the sum of a function's results. */
  static Trial gradient(
      String name, Function<Tensor, Tensor> function, double[] at, double... expected) {
    return gradients(name, x -> function.apply(x[0]), new double[][] {at}, expected);
  }

  /** The gradients of the sum of a function's results, one input's after the other's. */
  static Trial gradients(
      String name, Function<Tensor[], Tensor> function, double[][] at, double... expected) {
    return new Trial(
        "gradient of " + name,
        () -> {
          Tensor[] inputs =
              Arrays.stream(at).map(a -> tensor(a).requiresGrad_()).toArray(Tensor[]::new);
          Tensor result = function.apply(inputs).sum();
          List<@Nullable Tensor> found =
              Autograd.grad(List.of(result), List.of(inputs), null, false, false, true);
          int from = 0;
          for (int i = 0; i < inputs.length; i++) {
            Tensor gradient = found.get(i);
            if (gradient == null) {
              throw new AssertionError(name + " has no gradient of input " + i);
            }
            int to = from + at[i].length;
            require(name, gradient, Arrays.copyOfRange(expected, from, to));
            from = to;
          }
        });
  }

  private static void require(String name, Tensor found, double[] expected) {
    double[] values = found.toDoubleArray();
    boolean same = values.length == expected.length;
    for (int i = 0; same && i < values.length; i++) {
      double difference = Math.abs(values[i] - expected[i]);
      same =
          Double.compare(values[i], expected[i]) == 0
              || (expected[i] != 0 && difference <= 1e-14 * Math.abs(expected[i]));
    }
    if (!same) {
      throw new AssertionError(
          name + ": " + Arrays.toString(values) + " instead of " + Arrays.toString(expected));
    }
  }

  private static double[] first(double[] values) {
    double[] all = new double[values.length * values.length];
    Arrays.setAll(all, i -> values[i / values.length]);
    return all;
  }

  private static double[] second(double[] values) {
    double[] all = new double[values.length * values.length];
    Arrays.setAll(all, i -> values[i % values.length]);
    return all;
  }

  private static double[] pairs(double[] values, DoubleBinaryOperator f) {
    double[] x = first(values);
    double[] y = second(values);
    double[] all = new double[x.length];
    Arrays.setAll(all, i -> f.applyAsDouble(x[i], y[i]));
    return all;
  }
}
