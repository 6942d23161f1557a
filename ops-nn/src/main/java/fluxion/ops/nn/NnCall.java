package fluxion.ops.nn;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of this module's operators, beyond those of {@link fluxion.api.spi.Call}. */
public final class NnCall {
  private NnCall() {}

  /** An activation with two parameters. */
  @FunctionalInterface
  public interface TwoParameters {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param first the first parameter
     * @param second the second
     */
    Tensor apply(Tensor self, Scalar first, Scalar second);
  }

  /** An activation of which there are several by name. */
  @FunctionalInterface
  public interface Named {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param which the name
     */
    Tensor apply(Tensor self, String which);
  }

  /** A loss against targets of the same kind. */
  @FunctionalInterface
  public interface Loss {
    /**
     * {@return the loss}
     *
     * @param self what was computed
     * @param target what it should be; shapes broadcast
     * @param reduction {@code none}, {@code mean} or {@code sum}
     */
    Tensor apply(Tensor self, Tensor target, String reduction);
  }

  /** A loss against targets of the same kind, with a parameter. */
  @FunctionalInterface
  public interface ParameterLoss {
    /**
     * {@return the loss}
     *
     * @param self what was computed
     * @param target what it should be; shapes broadcast
     * @param reduction {@code none}, {@code mean} or {@code sum}
     * @param parameter the difference at which the loss changes its form
     */
    Tensor apply(Tensor self, Tensor target, String reduction, double parameter);
  }

  /** A loss against the indices of classes. */
  @FunctionalInterface
  public interface ClassLoss {
    /**
     * {@return the loss}
     *
     * @param input log-probabilities, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
     * @param target int64 indices of classes, of the input's shape without C
     * @param weight a weight for each class, {@code [C]}, or null
     * @param ignoreIndex the target that does not count
     * @param reduction {@code none}, {@code mean} or {@code sum}
     */
    Tensor apply(
        Tensor input, Tensor target, @Nullable Tensor weight, long ignoreIndex, String reduction);
  }

  /** Cross entropy against indices or probabilities of classes. */
  @FunctionalInterface
  public interface CrossEntropy {
    /**
     * {@return the loss}
     *
     * @param input logits, {@code [C]}, {@code [N, C]} or {@code [N, C, d1, …]}
     * @param target int64 indices of classes, or probabilities of the input's shape
     * @param weight a weight for each class, {@code [C]}, or null
     * @param ignoreIndex the index that does not count
     * @param reduction {@code none}, {@code mean} or {@code sum}
     * @param labelSmoothing which part of a target is spread evenly over all classes, 0 to 1
     */
    Tensor apply(
        Tensor input,
        Tensor target,
        @Nullable Tensor weight,
        long ignoreIndex,
        String reduction,
        double labelSmoothing);
  }

  /** A loss of logits against probabilities. */
  @FunctionalInterface
  public interface LogitsLoss {
    /**
     * {@return the loss}
     *
     * @param self logits
     * @param target probabilities, of the same shape
     * @param weight a factor of each loss, expanded to that shape, or null
     * @param posWeight a factor of the positive part, expanded to that shape, or null
     * @param reduction {@code none}, {@code mean} or {@code sum}
     */
    Tensor apply(
        Tensor self,
        Tensor target,
        @Nullable Tensor weight,
        @Nullable Tensor posWeight,
        String reduction);
  }

  /** One step of stochastic gradient descent. */
  @FunctionalInterface
  public interface SgdStep {
    /**
     * Changes a parameter, and its momentum buffer, in place.
     *
     * @param self the parameter
     * @param grad its gradient
     * @param momentumBuffer the buffer, of the parameter's shape, or null without momentum
     * @param lr the learning rate
     * @param momentum the factor of the buffer
     * @param dampening what the gradient's factor in the buffer lacks to 1
     * @param weightDecay the factor with which the parameter is added to its gradient
     * @param nesterov whether the step looks ahead along the momentum
     * @param maximize whether to ascend
     * @param firstStep whether the buffer holds nothing yet
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        @Nullable Tensor momentumBuffer,
        double lr,
        double momentum,
        double dampening,
        double weightDecay,
        boolean nesterov,
        boolean maximize,
        boolean firstStep);
  }
}
