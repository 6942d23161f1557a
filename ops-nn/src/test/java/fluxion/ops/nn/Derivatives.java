package fluxion.ops.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.Autograd;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;

/** Compares first and second derivatives with central differences. */
final class Derivatives {
  private static final double STEP = 1e-5;

  private Derivatives() {}

  /** Checks a function of one float64 tensor at a point. */
  static void check(UnaryOperator<Tensor> function, Tensor at) {
    UnaryOperator<Tensor> value = x -> weighted(function.apply(x));
    compare(value, at);
    compare(x -> weighted(Autograd.grad(value.apply(x), x, true).sin()), at);
  }

  /** A sum in which every element counts differently, so that no error cancels. */
  private static Tensor weighted(Tensor tensor) {
    double[] weights = new double[(int) tensor.numel()];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = Math.cos(i + 1.0);
    }
    return tensor.mul(Tensors.tensor(weights, tensor.shape(), TensorOptions.DEFAULT)).sum();
  }

  private static void compare(UnaryOperator<Tensor> value, Tensor at) {
    Tensor x = at.detach().clone().requiresGrad_();
    Tensor output = value.apply(x);
    double[] derived =
        Autograd.grad(List.of(output), List.of(x), null, false, false, false)
            .get(0)
            .toDoubleArray();
    double[] numbers = at.toDoubleArray();
    double[] differences = new double[numbers.length];
    for (int i = 0; i < numbers.length; i++) {
      differences[i] =
          (at(value, numbers, i, STEP, at.shape()) - at(value, numbers, i, -STEP, at.shape()))
              / (2 * STEP);
    }
    assertArrayEquals(differences, derived, 1e-8);
  }

  private static double at(
      UnaryOperator<Tensor> value, double[] numbers, int i, double step, Shape shape) {
    double[] moved = numbers.clone();
    moved[i] += step;
    Tensor x = Tensors.tensor(moved, shape, TensorOptions.DEFAULT).requiresGrad_();
    return value.apply(x).item();
  }
}
