package fluxion.conformance;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Compares the gradients that backward passes give with finite differences.
 *
 * {@snippet :
 * GradCheck.gradcheck(x -> List.of(x.get(0).mul(x.get(1))), a, b);
 * GradCheck.gradgradcheck(x -> List.of(x.get(0).mul(x.get(1))), a, b);
 * }
 *
 * <p>Checked are the derivatives of every differentiable result with respect to every float64 input
 * that requires a gradient: all entries of the Jacobian where inputs and results have at most
 * {@value #SMALL} elements each, otherwise products with random directions. The backward pass sees
 * the inputs as they are given, strides and all; differences are taken on contiguous copies.
 *
 * <p>A derivative is taken as (8 (f(x+h) − f(x−h)) − (f(x+2h) − f(x−2h))) / 12h with h = 1e-4 (the
 * five-point formula, Abramowitz and Stegun 25.3.6 for p = 0). Its truncation error is h⁴ f⁗′ / 30,
 * about 1e-17 times the fifth derivative; its rounding error about 2e-12 times the size of f. So
 * the tolerance can be 1e-6 of the derivative and 1e-8 beside it, a thousand times tighter than
 * what a two-point difference with a step of 1e-6 allows. The point must be 2e-4 away from kinks
 * and poles.
 *
 * <p>Instances are immutable; the {@code with} methods give changed copies.
 */
public final class GradCheck {
  /** Up to how many elements of inputs, and of results, the whole Jacobian is compared at first. */
  public static final int SMALL = 64;

  /** The defaults: relative tolerance 1e-6, absolute 1e-8, eight random directions. */
  public static final GradCheck DEFAULT =
      new GradCheck("the function", new Settings(1e-6, 1e-8, 8, 20251L, 0, SMALL));

  /**
   * What can be chosen.
   *
   * @param relative the relative tolerance
   * @param absolute the absolute tolerance
   * @param directions how many random directions are tried
   * @param seed their seed
   * @param least the least size that the largest derivative must have
   * @param small up to how many elements the whole Jacobian is compared
   */
  record Settings(
      double relative, double absolute, int directions, long seed, double least, int small) {}

  private final String name;
  private final Settings settings;

  private GradCheck(String name, Settings settings) {
    this.name = name;
    this.settings = settings;
  }

  /**
   * {@return this check with a name for what is checked, used in messages}
   *
   * @param changed the name
   */
  public GradCheck withName(String changed) {
    return new GradCheck(changed, settings);
  }

  /**
   * {@return this check with other tolerances}
   *
   * @param relativeTolerance how far a derivative may be off, as a part of its finite difference
   * @param absoluteTolerance how far it may be off besides
   */
  public GradCheck withTolerance(double relativeTolerance, double absoluteTolerance) {
    return new GradCheck(
        name,
        new Settings(
            relativeTolerance,
            absoluteTolerance,
            settings.directions(),
            settings.seed(),
            settings.least(),
            settings.small()));
  }

  /**
   * {@return this check with another number of random directions, and another seed for them}
   *
   * @param count how many directions are tried where the Jacobian is large
   * @param randomSeed the seed of the directions and of the cotangents of {@link #checkSecond}
   */
  public GradCheck withDirections(int count, long randomSeed) {
    return new GradCheck(
        name,
        new Settings(
            settings.relative(),
            settings.absolute(),
            count,
            randomSeed,
            settings.least(),
            settings.small()));
  }

  /**
   * {@return this check with another size up to which the whole Jacobian is compared}
   *
   * @param elements how many elements inputs, and results, may have together; 0 for random
   *     directions only
   */
  public GradCheck withJacobianUpTo(int elements) {
    return new GradCheck(
        name,
        new Settings(
            settings.relative(),
            settings.absolute(),
            settings.directions(),
            settings.seed(),
            settings.least(),
            elements));
  }

  /**
   * {@return this check, refusing a point at which all derivatives with respect to some input are
   * too small for the tolerance to tell a wrong gradient from a right one}
   *
   * <p>Too small is below a thousand times the absolute tolerance.
   */
  public GradCheck refusingBlindPoints() {
    return new GradCheck(
        name,
        new Settings(
            settings.relative(),
            settings.absolute(),
            settings.directions(),
            settings.seed(),
            1000 * settings.absolute(),
            settings.small()));
  }

  /**
   * Checks first derivatives, with the defaults.
   *
   * @param function what is differentiated
   * @param inputs where; those that require gradients must be float64
   * @throws AssertionError if a derivative is wrong
   * @throws ArgumentException if no input, or an input that is not float64, requires a gradient
   */
  public static void gradcheck(TensorFunction function, Tensor... inputs) {
    DEFAULT.check(function, List.of(inputs));
  }

  /**
   * Checks the derivatives of the gradients, with the defaults.
   *
   * @param function what is differentiated twice
   * @param inputs where; those that require gradients must be float64
   * @throws AssertionError if a derivative is wrong
   * @throws ArgumentException if no input, or an input that is not float64, requires a gradient
   */
  public static void gradgradcheck(TensorFunction function, Tensor... inputs) {
    DEFAULT.checkSecond(function, List.of(inputs));
  }

  /**
   * Checks first derivatives.
   *
   * @param function what is differentiated
   * @param inputs where; those that require gradients must be float64
   * @throws AssertionError if a derivative is wrong
   * @throws ArgumentException if no input, or an input that is not float64, requires a gradient
   */
  public void check(TensorFunction function, List<Tensor> inputs) {
    new GradComparison(name, settings, function, inputs, false).run();
  }

  /**
   * Checks the derivatives of the gradients, with respect to the inputs and to random cotangents of
   * the results.
   *
   * @param function what is differentiated twice
   * @param inputs where; those that require gradients must be float64
   * @throws AssertionError if a derivative is wrong
   * @throws ArgumentException if no input, or an input that is not float64, requires a gradient
   */
  public void checkSecond(TensorFunction function, List<Tensor> inputs) {
    SplittableRandom random = new SplittableRandom(settings.seed());
    List<Tensor> extended = new ArrayList<>(inputs);
    for (Tensor output : differentiable(function.apply(inputs))) {
      double[] values = new double[Math.toIntExact(output.numel())];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextGaussian();
      }
      extended.add(Points.leaf(values, output.shape(), output.dtype(), true));
    }
    if (extended.size() == inputs.size()) {
      throw new AssertionError(name + ": no result requires a gradient");
    }
    int count = inputs.size();
    TensorFunction gradient =
        all -> gradients(function, all.subList(0, count), all.subList(count, all.size()));
    new GradComparison("the gradient of " + name, settings, gradient, extended, true).run();
  }

  private static List<Tensor> gradients(
      TensorFunction function, List<Tensor> inputs, List<Tensor> cotangents) {
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    List<@Nullable Tensor> found =
        Autograd.grad(differentiable(function.apply(inputs)), wanted, cotangents, true, true, true);
    List<Tensor> gradients = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Tensor gradient = found.get(i);
      gradients.add(gradient == null ? Tensors.zerosLike(wanted.get(i)) : gradient);
    }
    return gradients;
  }

  private static List<Tensor> differentiable(List<Tensor> outputs) {
    return outputs.stream().filter(Tensor::requiresGrad).toList();
  }
}
