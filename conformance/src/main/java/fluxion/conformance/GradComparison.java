package fluxion.conformance;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** The comparison of backward passes with finite differences, for one function at one point. */
final class GradComparison {
  private final String what;
  private final GradCheck.Settings settings;
  private final List<Tensor> inputs;
  private final List<Integer> active = new ArrayList<>();
  private final Points points;
  private final List<Tensor> outputs;

  /** Which results are compared; with {@code all} also constant ones, against zero. */
  private final List<Integer> compared = new ArrayList<>();

  /**
   * Takes a function and a point.
   *
   * @param what how messages call the function
   * @param settings what was chosen
   * @param function the function
   * @param inputs the point
   * @param all whether results that require no gradient are compared, too, with zero
   */
  GradComparison(
      String what,
      GradCheck.Settings settings,
      TensorFunction function,
      List<Tensor> inputs,
      boolean all) {
    this.what = what;
    this.settings = settings;
    this.inputs = inputs;
    for (int i = 0; i < inputs.size(); i++) {
      Tensor input = inputs.get(i);
      if (input.requiresGrad()) {
        if (input.dtype() != DType.FLOAT64) {
          throw new ArgumentException(
              "gradients are checked in float64, but input " + i + " is " + input.dtype());
        }
        active.add(i);
      }
    }
    if (active.isEmpty()) {
      throw new ArgumentException("no input of " + what + " requires a gradient");
    }
    outputs = function.apply(inputs);
    for (int o = 0; o < outputs.size(); o++) {
      Tensor output = outputs.get(o);
      if (output.requiresGrad() || (all && output.dtype().isFloatingPoint())) {
        compared.add(o);
      }
    }
    if (compared.isEmpty()) {
      throw new AssertionError(what + ": no result requires a gradient, though an input does");
    }
    points = new Points(what, function, inputs, outputs);
  }

  void run() {
    long in = active.stream().mapToLong(i -> inputs.get(i).numel()).sum();
    long out = compared.stream().mapToLong(o -> outputs.get(o).numel()).sum();
    if (in <= settings.small() && out <= settings.small()) {
      compareJacobian();
    } else {
      compareDirections();
    }
  }

  private void compareJacobian() {
    // by result, one of its elements, input
    double[][][][] backward = new double[outputs.size()][][][];
    for (int o : compared) {
      backward[o] = new double[size(outputs.get(o))][][];
      for (int j = 0; j < backward[o].length; j++) {
        double[] unit = new double[backward[o].length];
        unit[j] = 1;
        backward[o][j] = pull(o, unit);
      }
    }
    for (int i : active) {
      Mismatch mismatch = new Mismatch();
      double largest = 0;
      double[] unit = new double[size(inputs.get(i))];
      for (int k = 0; k < unit.length; k++) {
        unit[k] = 1;
        double[][] slopes = points.slopes(i, unit);
        unit[k] = 0;
        for (int o : compared) {
          for (int j = 0; j < slopes[o].length; j++) {
            largest = Math.max(largest, Math.abs(slopes[o][j]));
            String place =
                "result " + o + at(outputs.get(o), j) + ", input " + i + at(inputs.get(i), k);
            mismatch.see(place, backward[o][j][i][k], slopes[o][j]);
          }
        }
      }
      mismatch.report(i);
      refuseBlind(i, unit.length, largest);
    }
  }

  private void compareDirections() {
    SplittableRandom random = new SplittableRandom(settings.seed());
    double[][][][] backward = new double[settings.directions()][outputs.size()][][];
    double[][][] weights = new double[settings.directions()][outputs.size()][];
    for (int d = 0; d < settings.directions(); d++) {
      for (int o : compared) {
        weights[d][o] = direction(random, size(outputs.get(o)));
        backward[d][o] = pull(o, weights[d][o]);
      }
    }
    for (int i : active) {
      Mismatch mismatch = new Mismatch();
      double largest = 0;
      for (int d = 0; d < settings.directions(); d++) {
        double[] u = direction(random, size(inputs.get(i)));
        double[][] slopes = points.slopes(i, u);
        for (int o : compared) {
          double numeric = dot(weights[d][o], slopes[o]);
          largest = Math.max(largest, Math.abs(numeric));
          String place = "result " + o + ", input " + i + ", random direction " + d;
          mismatch.see(place, dot(backward[d][o][i], u), numeric);
        }
      }
      mismatch.report(i);
      refuseBlind(i, size(inputs.get(i)), largest);
    }
  }

  /** The gradients of one result, by input; zeros where there is none. */
  private double[][] pull(int output, double[] cotangent) {
    double[][] pulled = new double[inputs.size()][];
    for (int i : active) {
      pulled[i] = new double[size(inputs.get(i))];
    }
    Tensor result = outputs.get(output);
    if (!result.requiresGrad()) {
      return pulled;
    }
    Tensor weight = Points.leaf(cotangent, result.shape(), result.dtype(), false);
    List<@Nullable Tensor> found =
        Autograd.grad(
            List.of(result),
            active.stream().map(inputs::get).toList(),
            List.of(weight),
            true,
            false,
            true);
    for (int a = 0; a < found.size(); a++) {
      Tensor gradient = found.get(a);
      int input = active.get(a);
      if (gradient != null) {
        if (!gradient.shape().equals(inputs.get(input).shape())) {
          throw new AssertionError(
              "%s: the gradient of input %d has shape %s, the input %s"
                  .formatted(what, input, gradient.shape(), inputs.get(input).shape()));
        }
        pulled[input] = gradient.toDoubleArray();
      }
    }
    return pulled;
  }

  private void refuseBlind(int input, int elements, double largest) {
    // written so that a NaN is refused too
    if (elements > 0 && settings.least() > 0 && !(largest >= settings.least())) {
      throw new AssertionError(
          "%s: at this point no derivative with respect to input %d exceeds %s; a wrong gradient"
                  .formatted(what, input, largest)
              + " could not be told from a right one. Choose another point.");
    }
  }

  /** Collects what differs with respect to one input. */
  private final class Mismatch {
    private int seen;
    private int wrong;
    private String first = "";

    void see(String place, double analytic, double numeric) {
      seen++;
      double allowed = settings.absolute() + settings.relative() * Math.abs(numeric);
      // written so that a NaN never passes
      if (!(Math.abs(analytic - numeric) <= allowed)) {
        wrong++;
        if (first.isEmpty()) {
          first =
              "%s: analytic %s, numeric %s (difference %.3g, allowed %.3g)"
                  .formatted(place, analytic, numeric, Math.abs(analytic - numeric), allowed);
        }
      }
    }

    void report(int input) {
      if (wrong > 0) {
        throw new AssertionError(
            "%s: the gradient of input %d is wrong in %d of %d compared values; the first is at %s"
                .formatted(what, input, wrong, seen, first));
      }
    }
  }

  private static int size(Tensor tensor) {
    return Math.toIntExact(tensor.numel());
  }

  /** A random vector of length 1. */
  private static double[] direction(SplittableRandom random, int size) {
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = random.nextGaussian();
    }
    double length = Math.sqrt(dot(values, values));
    for (int i = 0; i < size; i++) {
      values[i] /= length;
    }
    return values;
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  /** The place of an element: {@code [1, 2]}; of a scalar's {@code []}. */
  private static String at(Tensor tensor, int element) {
    long[] place = new long[tensor.dim()];
    long rest = element;
    for (int d = place.length - 1; d >= 0; d--) {
      place[d] = rest % tensor.size(d);
      rest /= tensor.size(d);
    }
    return Arrays.toString(place);
  }
}
