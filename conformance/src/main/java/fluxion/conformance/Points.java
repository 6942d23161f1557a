package fluxion.conformance;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.function.Arrangement;
import java.util.ArrayList;
import java.util.List;

/** A function around one point: its slopes, by finite differences. */
final class Points {
  private static final double STEP = 1e-4;

  private final String what;
  private final TensorFunction function;
  private final List<Tensor> inputs;
  private final List<Tensor> outputs;

  /**
   * Takes a point and the function's results there.
   *
   * @param what how messages call the function
   * @param function the function
   * @param inputs the point
   * @param outputs the results
   */
  Points(String what, TensorFunction function, List<Tensor> inputs, List<Tensor> outputs) {
    this.what = what;
    this.function = function;
    this.inputs = inputs;
    this.outputs = outputs;
  }

  /** A contiguous leaf of given values. */
  static Tensor leaf(double[] values, Shape shape, DType dtype, boolean requiresGrad) {
    return Tensors.tensor(values, shape, TensorOptions.of(dtype).requiresGrad(requiresGrad));
  }

  /** The change of each result, element by element, as one input moves in a direction. */
  double[][] slopes(int input, double[] direction) {
    double[] at = inputs.get(input).toDoubleArray();
    double[][] ahead = evaluate(input, at, direction, STEP);
    double[][] behind = evaluate(input, at, direction, -STEP);
    double[][] farAhead = evaluate(input, at, direction, 2 * STEP);
    double[][] farBehind = evaluate(input, at, direction, -2 * STEP);
    for (int o = 0; o < ahead.length; o++) {
      for (int j = 0; j < ahead[o].length; j++) {
        ahead[o][j] =
            (8 * (ahead[o][j] - behind[o][j]) - (farAhead[o][j] - farBehind[o][j])) / (12 * STEP);
      }
    }
    return ahead;
  }

  private double[][] evaluate(int input, double[] at, double[] direction, double step) {
    double[] moved = at.clone();
    for (int k = 0; k < moved.length; k++) {
      moved[k] += step * direction[k];
    }
    List<Tensor> arguments = new ArrayList<>();
    for (int i = 0; i < inputs.size(); i++) {
      Tensor given = inputs.get(i);
      if (i == input) {
        arguments.add(leaf(moved, given.shape(), given.dtype(), true));
      } else {
        arguments.add(Arrangement.CONTIGUOUS.of(given));
      }
    }
    List<Tensor> results = function.apply(arguments);
    if (results.size() != outputs.size()) {
      throw new AssertionError(
          "%s gave %d results, and %d for the same shapes"
              .formatted(what, outputs.size(), results.size()));
    }
    double[][] values = new double[results.size()][];
    for (int o = 0; o < values.length; o++) {
      Tensor result = results.get(o);
      if (!result.shape().equals(outputs.get(o).shape())) {
        throw new AssertionError(
            "%s gave a result %d of shape %s, and of shape %s for the same shapes"
                .formatted(what, o, outputs.get(o).shape(), result.shape()));
      }
      values[o] = result.toDoubleArray();
    }
    return values;
  }
}
