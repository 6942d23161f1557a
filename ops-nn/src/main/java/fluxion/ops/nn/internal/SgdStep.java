package fluxion.ops.nn.internal;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.nn.NnCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One step of stochastic gradient descent, with PyTorch's order of operations.
 *
 * <p>A plain step and a step with momentum touch each element of parameter, gradient and buffer
 * once; weight decay or looking ahead with momentum takes one temporary tensor each. All numbers
 * are runtime scalars: a changed learning rate compiles nothing.
 */
final class SgdStep {
  /** {@code p − lr · u}. */
  private static final PointwiseFunction DESCEND =
      PointwiseFunction.of("sgd_step", 2, 1, Promotion.SAME, (x, s) -> x[0].sub(x[1].mul(s[0])));

  /** {@code p − lr · (±g + weightDecay · p)}. */
  private static final PointwiseFunction DESCEND_WITH_DECAY =
      PointwiseFunction.of(
          "sgd_step",
          2,
          3,
          Promotion.SAME,
          (x, s) -> x[0].sub(x[1].mul(s[1]).add(x[0].mul(s[2])).mul(s[0])));

  /** {@code a · x + b · y}: gradient and parameter, buffer and gradient, gradient and buffer. */
  private static final PointwiseFunction COMBINE =
      PointwiseFunction.of(
          "sgd_step", 2, 2, Promotion.SAME, (x, s) -> x[0].mul(s[0]).add(x[1].mul(s[1])));

  /** The first content of a buffer, whatever was there. */
  private static final PointwiseFunction SET =
      PointwiseFunction.of("sgd_step", 2, 1, Promotion.SAME, (x, s) -> x[1].mul(s[0]));

  static final List<Operator> OPERATORS =
      List.of(
          Operator.named("sgd_step_")
              .overload(
                  "(Tensor self, Tensor grad, Tensor? momentum_buffer, float lr, *,"
                      + " float momentum=0.0, float dampening=0.0, float weight_decay=0.0,"
                      + " bool nesterov=False, bool maximize=False, bool is_first_step=False)",
                  NnCall.SgdStep.class,
                  SgdStep::step)
              .notDifferentiable());

  private SgdStep() {}

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
    double sign = maximize ? -1 : 1;
    try (var _ = Autograd.noGrad()) {
      if (momentumBuffer == null) {
        if (momentum != 0) {
          throw new ArgumentException("sgd_step_: momentum needs a momentum buffer");
        }
        return weightDecay == 0
            ? DESCEND.callInPlace(self, grad, Scalar.of(lr * sign))
            : DESCEND_WITH_DECAY.callInPlace(
                self, grad, Scalar.of(lr), Scalar.of(sign), Scalar.of(weightDecay));
      }
      Tensor direction = grad;
      if (weightDecay != 0) {
        direction = COMBINE.call(grad, self, Scalar.of(sign), Scalar.of(weightDecay));
        sign = 1;
      }
      if (firstStep) {
        SET.callInPlace(momentumBuffer, direction, Scalar.of(sign));
      } else {
        COMBINE.callInPlace(
            momentumBuffer, direction, Scalar.of(momentum), Scalar.of((1 - dampening) * sign));
      }
      Tensor update =
          nesterov
              ? COMBINE.call(direction, momentumBuffer, Scalar.of(sign), Scalar.of(momentum))
              : momentumBuffer;
      return DESCEND.callInPlace(self, update, Scalar.of(lr));
    }
  }
}
