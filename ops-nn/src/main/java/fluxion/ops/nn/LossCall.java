package fluxion.ops.nn;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call of losses, beyond those of {@link NnCall}.
 *
 * <p>Where a loss has a reduction, it is {@code none}, {@code mean} or {@code sum}.
 */
public final class LossCall {
  private LossCall() {}

  /** A divergence from targets, which may be logarithms. */
  @FunctionalInterface
  public interface Divergence {
    /**
     * {@return the loss}
     *
     * @param self log-probabilities
     * @param target probabilities; shapes broadcast
     * @param reduction what becomes of the losses; also {@code batchmean}
     * @param logTarget whether the targets are logarithms of probabilities
     */
    Tensor apply(Tensor self, Tensor target, String reduction, boolean logTarget);
  }

  /** A loss against targets of the same kind, with an optional weight. */
  @FunctionalInterface
  public interface Weighted {
    /**
     * {@return the loss}
     *
     * @param self what was computed
     * @param target what it should be
     * @param weight a factor of the losses, or null
     * @param reduction what becomes of the losses
     */
    Tensor apply(Tensor self, Tensor target, @Nullable Tensor weight, String reduction);
  }

  /** A loss that asks for a margin. */
  @FunctionalInterface
  public interface Margin {
    /**
     * {@return the loss}
     *
     * @param self what was computed
     * @param target 1 or −1
     * @param margin the margin
     * @param reduction what becomes of the losses
     */
    Tensor apply(Tensor self, Tensor target, double margin, String reduction);
  }

  /** A loss of two tensors that asks for a margin between them. */
  @FunctionalInterface
  public interface PairMargin {
    /**
     * {@return the loss}
     *
     * @param input1 the first tensor
     * @param input2 the second
     * @param target 1 or −1
     * @param margin the margin
     * @param reduction what becomes of the losses
     */
    Tensor apply(Tensor input1, Tensor input2, Tensor target, double margin, String reduction);
  }

  /** A loss of the distances of anchors to positive and to negative examples. */
  @FunctionalInterface
  public interface Triplet {
    /**
     * {@return the loss}
     *
     * @param anchor the anchors
     * @param positive the positive examples
     * @param negative the negative examples
     * @param margin by how much the negative distance is to exceed the positive
     * @param p the order of the norm
     * @param eps what is added to each difference
     * @param swap whether the distance of the examples counts where it is smaller
     * @param reduction what becomes of the losses
     */
    Tensor apply(
        Tensor anchor,
        Tensor positive,
        Tensor negative,
        double margin,
        double p,
        double eps,
        boolean swap,
        String reduction);
  }

  /** A loss of three tensors, two of which are to be closer, by the Euclidean distance. */
  @FunctionalInterface
  public interface TripletDistance {
    /**
     * {@return the loss}
     *
     * @param anchor the anchors
     * @param positive the positive examples
     * @param negative the negative examples
     * @param margin by how much the negative distance is to exceed the positive
     * @param swap whether the distance of the examples counts where it is smaller
     * @param reduction what becomes of the losses
     */
    Tensor apply(
        Tensor anchor,
        Tensor positive,
        Tensor negative,
        double margin,
        boolean swap,
        String reduction);
  }

  /** A margin loss against the indices of classes. */
  @FunctionalInterface
  public interface MultiMargin {
    /**
     * {@return the loss}
     *
     * @param self scores, {@code [C]} or {@code [N, C]}
     * @param target int64 indices of classes
     * @param p the power, 1 or 2
     * @param margin the margin
     * @param weight a weight for each class, {@code [C]}, or null
     * @param reduction what becomes of the losses
     */
    Tensor apply(
        Tensor self,
        Tensor target,
        Scalar p,
        Scalar margin,
        @Nullable Tensor weight,
        String reduction);
  }

  /** The negative log-likelihood of a Poisson distribution. */
  @FunctionalInterface
  public interface Poisson {
    /**
     * {@return the loss}
     *
     * @param self the expectation or its logarithm
     * @param target what was counted
     * @param logInput whether {@code self} is a logarithm
     * @param full whether the Stirling term is added
     * @param eps what is added to an expectation whose logarithm is taken
     * @param reduction what becomes of the losses
     */
    Tensor apply(
        Tensor self, Tensor target, boolean logInput, boolean full, double eps, String reduction);
  }

  /** The negative log-likelihood of a normal distribution. */
  @FunctionalInterface
  public interface Gaussian {
    /**
     * {@return the loss}
     *
     * @param self the expectation
     * @param target what was observed
     * @param variance the variance, of the expectation's shape or without its last dimension
     * @param full whether the constant term is added
     * @param eps the least variance
     * @param reduction what becomes of the losses
     */
    Tensor apply(
        Tensor self, Tensor target, Tensor variance, boolean full, double eps, String reduction);
  }

  /** Connectionist temporal classification, with lengths in tensors. */
  @FunctionalInterface
  public interface Ctc {
    /**
     * {@return the loss}
     *
     * @param logProbs log-probabilities, {@code [T, N, C]} or {@code [T, C]}
     * @param targets int64 classes, {@code [N, S]} or all sequences in one dimension
     * @param inputLengths the number of steps of each sequence
     * @param targetLengths the number of classes of each target
     * @param blank the class that stands for none
     * @param reduction what becomes of the losses
     * @param zeroInfinity whether infinite losses, and their gradients, become 0
     */
    Tensor apply(
        Tensor logProbs,
        Tensor targets,
        Tensor inputLengths,
        Tensor targetLengths,
        long blank,
        String reduction,
        boolean zeroInfinity);
  }

  /** Connectionist temporal classification, with lengths as numbers. */
  @FunctionalInterface
  public interface CtcLengths {
    /**
     * {@return the loss}
     *
     * @param logProbs log-probabilities, {@code [T, N, C]} or {@code [T, C]}
     * @param targets int64 classes, {@code [N, S]} or all sequences in one dimension
     * @param inputLengths the number of steps of each sequence
     * @param targetLengths the number of classes of each target
     * @param blank the class that stands for none
     * @param reduction what becomes of the losses
     * @param zeroInfinity whether infinite losses, and their gradients, become 0
     */
    Tensor apply(
        Tensor logProbs,
        Tensor targets,
        long[] inputLengths,
        long[] targetLengths,
        long blank,
        String reduction,
        boolean zeroInfinity);
  }
}
