package fluxion.ops.nn.internal;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Primitives;
import fluxion.ops.nn.NnCall;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * One step of stochastic gradient descent, with PyTorch's order of operations, in one pass over
 * parameter, gradient and momentum buffer. All numbers are runtime scalars: a changed learning rate
 * compiles nothing.
 *
 * <p>16-bit floats are computed in float32; the buffer is rounded before the parameter moves by it.
 */
final class SgdStep {
  private static final String NAME = "sgd_step_";

  private static final int DECAY = 1;
  private static final int MOMENTUM = 2;
  private static final int FIRST = 4;
  private static final int NESTEROV = 8;

  /** A kernel for each combination of the bits above. */
  private static final List<PerDType<Kernel>> KERNELS =
      IntStream.range(0, 16)
          .mapToObj(variant -> new PerDType<>(dtype -> kernel(variant, dtype)))
          .toList();

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("sgd_step_")) {
        t.add(
            Operator.named(NAME)
                .overload(
                    "(Tensor self, Tensor grad, Tensor? momentum_buffer, float lr, *,"
                        + " float momentum=0.0, float dampening=0.0, float weight_decay=0.0,"
                        + " bool nesterov=False, bool maximize=False, bool is_first_step=False)",
                    NnCall.SgdStep.class,
                    SgdStep::step)
                .notDifferentiable());
      }
    }
  }

  private SgdStep() {}

  /**
   * The new parameter, and with momentum the new buffer, from parameter, gradient and, after the
   * first step, the buffer.
   */
  private static Kernel kernel(int variant, DType dtype) {
    DType compute = dtype.computeType();
    Expr p = Expr.input(0, dtype).cast(compute);
    Expr grad = Expr.input(1, dtype).cast(compute);
    Expr lr = Expr.scalar(0, compute);
    Expr sign = Expr.scalar(1, compute);
    Expr decay = Expr.scalar(2, compute);
    Expr momentum = Expr.scalar(3, compute);
    Expr undamped = Expr.scalar(4, compute);

    Expr d = grad.mul(sign);
    if ((variant & DECAY) != 0) {
      d = d.add(p.mul(decay));
    }
    if ((variant & MOMENTUM) == 0) {
      return Kernel.of(p.sub(d.mul(lr)).cast(dtype));
    }
    Expr buffer = d;
    if ((variant & FIRST) == 0) {
      Expr before = Expr.input(2, dtype).cast(compute);
      buffer = before.mul(momentum).add(d.mul(undamped));
    }
    Expr stored = buffer.cast(dtype);
    Expr rounded = stored.cast(compute);
    Expr update = (variant & NESTEROV) != 0 ? d.add(rounded.mul(momentum)) : rounded;
    return Kernel.of(p.sub(update.mul(lr)).cast(dtype), stored);
  }

  private static Tensor step(
      Tensor self,
      Tensor grad,
      @Nullable Tensor momentumBuffer,
      double lr,
      double momentum,
      double dampening,
      double weightDecay,
      boolean nesterov,
      boolean maximize,
      boolean firstStep) {
    checkTensors(self, grad, momentumBuffer);
    int variant = weightDecay != 0 ? DECAY : 0;
    Tensor[] outputs;
    Tensor[] inputs;
    if (momentumBuffer == null) {
      if (momentum != 0 || nesterov) {
        throw new ArgumentException(
            NAME + ": " + (nesterov ? "nesterov" : "momentum") + " needs a momentum buffer");
      }
      outputs = new Tensor[] {self};
      inputs = new Tensor[] {self, grad};
    } else {
      variant |= MOMENTUM | (nesterov ? NESTEROV : 0) | (firstStep ? FIRST : 0);
      outputs = new Tensor[] {self, momentumBuffer};
      inputs = firstStep ? new Tensor[] {self, grad} : new Tensor[] {self, grad, momentumBuffer};
    }
    Kernel kernel = KERNELS.get(variant).of(self.dtype());
    try (var _ = Autograd.noGrad()) {
      Primitives.pointwiseInto(
          NAME,
          kernel,
          outputs,
          inputs,
          Scalar.of(lr),
          Scalar.of(maximize ? -1.0 : 1.0),
          Scalar.of(weightDecay),
          Scalar.of(momentum),
          Scalar.of(1 - dampening));
    }
    return self;
  }

  private static void checkTensors(Tensor self, Tensor grad, @Nullable Tensor momentumBuffer) {
    StepKernels.requireFloat(NAME, self);
    StepKernels.requireLike(NAME, self, grad, "gradient");
    if (momentumBuffer != null) {
      StepKernels.requireLike(NAME, self, momentumBuffer, "momentum buffer");
    }
  }
}
