package fluxion.ops.nn.internal;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The kernels of an optimiser's step, one for each variant and dtype: parameter, gradient and state
 * are read, parameter and state are written, in one pass.
 *
 * <p>16-bit floats are computed in float32 and rounded when they are stored.
 */
final class StepKernels {
  /** The bit of variants in which the parameter is added to its gradient. */
  static final int DECAY = 1;

  /** The bit of variants in which the parameter is shrunk. */
  static final int DECOUPLED_DECAY = 2;

  /** The first bit that a step may use for itself. */
  static final int FIRST_OWN = 4;

  private static final int COMMON_SCALARS = 2;

  /** What a step computes. */
  @FunctionalInterface
  interface Formula {
    /**
     * The new parameter, then the new state.
     *
     * @param variant the bits of the variant
     * @param p the parameter, shrunk where the variant says so
     * @param g the gradient, with its sign and the coupled decay
     * @param state the state
     * @param s the step's own runtime scalars
     */
    List<Expr> apply(int variant, Expr p, Expr g, Expr[] state, Expr[] s);
  }

  /**
   * The common numbers of a step.
   *
   * @param maximize whether the gradient's sign is turned
   * @param weightDecay the weight decay
   * @param decoupled whether it shrinks the parameter instead of being added to the gradient
   * @param lr the learning rate, by which a decoupled decay is multiplied
   */
  record Common(boolean maximize, double weightDecay, boolean decoupled, double lr) {
    static Common of(boolean maximize, double weightDecay) {
      return new Common(maximize, weightDecay, false, 0);
    }

    private int bits() {
      return weightDecay == 0 ? 0 : decoupled ? DECOUPLED_DECAY : DECAY;
    }

    private Scalar[] scalars(double[] own) {
      Scalar[] all = new Scalar[COMMON_SCALARS + own.length];
      all[0] = Scalar.of(maximize ? -1.0 : 1.0);
      all[1] = Scalar.of(decoupled ? 1 - lr * weightDecay : weightDecay);
      for (int i = 0; i < own.length; i++) {
        all[COMMON_SCALARS + i] = Scalar.of(own[i]);
      }
      return all;
    }
  }

  /**
   * A tensor of a step's state.
   *
   * @param name its name in the signature
   * @param tensor the tensor
   */
  record State(String name, Tensor tensor) {}

  private final String name;
  private final int scalars;
  private final Formula formula;
  private final Map<Integer, PerDType<Kernel>> variants = new ConcurrentHashMap<>();

  /** The kernels of a step with so many scalars of its own. */
  StepKernels(String name, int scalars, Formula formula) {
    this.name = name;
    this.scalars = scalars;
    this.formula = formula;
  }

  /** Makes the step and gives the parameter. */
  Tensor step(
      int variant, Tensor self, Tensor grad, List<State> state, Common common, double... own) {
    requireFloat(name, self);
    requireLike(name, self, grad, "gradient");
    Tensor[] outputs = new Tensor[state.size() + 1];
    Tensor[] inputs = new Tensor[state.size() + 2];
    outputs[0] = self;
    inputs[0] = self;
    inputs[1] = grad;
    for (int i = 0; i < state.size(); i++) {
      Tensor tensor = state.get(i).tensor();
      requireLike(name, self, tensor, "state " + state.get(i).name());
      outputs[i + 1] = tensor;
      inputs[i + 2] = tensor;
    }
    int states = state.size();
    Kernel kernel =
        variants
            .computeIfAbsent(
                variant | common.bits(),
                bits -> new PerDType<>(dtype -> kernel(bits, states, dtype)))
            .of(self.dtype());
    try (var _ = Autograd.noGrad()) {
      Primitives.pointwiseInto(name, kernel, outputs, inputs, common.scalars(own));
    }
    return self;
  }

  private Kernel kernel(int variant, int states, DType dtype) {
    DType compute = dtype.computeType();
    Expr p = Expr.input(0, dtype).cast(compute);
    Expr g = Expr.input(1, dtype).cast(compute).mul(Expr.scalar(0, compute));
    Expr decay = Expr.scalar(1, compute);
    if ((variant & DECAY) != 0) {
      g = g.add(p.mul(decay));
    }
    if ((variant & DECOUPLED_DECAY) != 0) {
      p = p.mul(decay);
    }
    Expr[] state = new Expr[states];
    for (int i = 0; i < states; i++) {
      state[i] = Expr.input(i + 2, dtype).cast(compute);
    }
    Expr[] s = new Expr[scalars];
    for (int i = 0; i < scalars; i++) {
      s[i] = Expr.scalar(COMMON_SCALARS + i, compute);
    }
    return Kernel.of(
        formula.apply(variant, p, g, state, s).stream().map(result -> result.cast(dtype)).toList());
  }

  /** Refuses a parameter that is no float. */
  static void requireFloat(String name, Tensor self) {
    if (!self.dtype().isFloatingPoint()) {
      throw new DTypeException(
          name + ": expected a parameter of floating-point numbers, found " + self.dtype());
    }
  }

  /** Refuses a tensor that has not the parameter's shape and dtype. */
  static void requireLike(String name, Tensor self, Tensor other, String what) {
    if (!other.shape().equals(self.shape())) {
      throw new ShapeException(
          name
              + ": expected a "
              + what
              + " of the parameter's shape "
              + self.shape()
              + ", found "
              + other.shape());
    }
    if (other.dtype() != self.dtype()) {
      throw new DTypeException(
          name
              + ": expected a "
              + what
              + " of the parameter's dtype "
              + self.dtype()
              + ", found "
              + other.dtype());
    }
  }
}
