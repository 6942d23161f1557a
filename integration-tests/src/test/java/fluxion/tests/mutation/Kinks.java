package fluxion.tests.mutation;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;

/**
 * Gradients at kinks, ties and NaN, as the formulas in PyTorch's {@code derivatives.yaml} and
 * {@code FunctionsManual.cpp} have them.
 */
final class Kinks {
  private static final double NAN = Double.NaN;

  /** The product of selu's two constants, below 0. */
  private static final double SELU_SLOPE = 1.7580993408473768;

  private Kinks() {}

  static List<Trial> all() {
    double infinite = Double.POSITIVE_INFINITY;
    return List.of(
        Expected.gradient(
            "clamp", x -> Ops.call("clamp", x, -1, 1), of(-2, -1, 0, 1, 2), 0, 1, 1, 1, 0),
        // within, beyond and at bounds; equal bounds; bounds that cross
        Expected.gradients(
            "clamp between tensors",
            x -> Ops.call("clamp", x[0], x[1], x[2]),
            new double[][] {
              of(-5, -2, 0, 3, 4, 1, 1.5, 2, 3, 0, 2, 3, 5),
              of(-2, -2, -2, -2, -2, 1.5, 2, 2, 2, 3, 3, 3, 3),
              of(3, 3, 3, 3, 3, 3, 2, 2, 2, 2, 2, 2, 2)
            },
            0,
            1,
            1,
            1,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            1,
            0,
            0,
            0,
            1,
            1,
            1,
            1,
            1),
        Expected.gradients(
            "clamp_min by a tensor",
            x -> Ops.call("clamp_min", x[0], x[1]),
            new double[][] {of(0, 1, 2), of(1, 1, 1)},
            0,
            1,
            1,
            1,
            0,
            0),
        Expected.gradients(
            "clamp_max by a tensor",
            x -> Ops.call("clamp_max", x[0], x[1]),
            new double[][] {of(0, 1, 2), of(1, 1, 1)},
            1,
            1,
            0,
            0,
            0,
            1),
        Expected.gradient("relu6", x -> Ops.call("relu6", x), of(-1, 0, 3, 6, 7), 0, 0, 1, 0, 0),
        Expected.gradient(
            "hardtanh", x -> Ops.call("hardtanh", x, -1, 1), of(-2, -1, 0, 1, 2), 0, 0, 1, 0, 0),
        Expected.gradient("hardtanh", x -> Ops.call("hardtanh", x, 1, 1), of(0, 1, 2), 0, 0, 0),
        Expected.gradient(
            "softshrink", x -> Ops.call("softshrink", x, 1.0), of(-2, -1, 0, 1, 2), 1, 0, 0, 0, 1),
        Expected.gradient("elu", x -> Ops.call("elu", x, 2.0), of(0), 2),
        Expected.gradient("selu", x -> Ops.call("selu", x), of(0), SELU_SLOPE),
        norm("1", 1, of(0, -3), 0, -1),
        norm("2 of zeros", 2, of(0, 0), 0, 0),
        norm("2 of a unit vector", 2, of(0, -1), 0, -1),
        norm("3 of zeros", 3, of(0, 0), 0, 0),
        norm("3 of a unit vector", 3, of(0, -1), 0, -1),
        norm("1.5 of zeros", 1.5, of(0, 0), 0, 0),
        norm("1.5 of a unit vector", 1.5, of(0, -1), 0, -1),
        norm("2 with NaN", 2, of(0, NAN), NAN, NAN),
        norm("3 with NaN", 3, of(0, NAN), NAN, NAN),
        norm("1.5 with NaN", 1.5, of(0, NAN), NAN, NAN),
        norm("0.5 with a zero", 0.5, of(0, -1), 0, -1),
        norm("infinity with NaN", infinite, of(2, NAN, 1), 0, 0, 0),
        norm("infinity with two extremes", infinite, of(-2, 2, 1), -0.5, 0.5, 0));
  }

  private static double[] of(double... values) {
    return values;
  }

  private static Trial norm(String name, double p, double[] at, double... expected) {
    return Expected.gradient("norm " + name, (Tensor x) -> Ops.call("norm", x, p), at, expected);
  }
}
