package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call of optimiser steps, beyond {@link NnCall.SgdStep}; {@link OptimizerSteps} has
 * the steps themselves.
 *
 * <p>A step changes the parameter and its state in place and in one pass, and records nothing.
 * State is of the parameter's shape, dtype and device. 16-bit floats are computed in float32 and
 * rounded once, when they are stored. The numbers are runtime scalars: a changed learning rate
 * compiles nothing.
 *
 * <p>Below g stands for {@code ±grad + weightDecay · p}, the sign being minus to maximise. Steps
 * are counted from 1.
 */
public final class OptimizerCall {
  private OptimizerCall() {}

  /** A step of Adam or AdamW. */
  @FunctionalInterface
  public interface Adam {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * m = beta1 · m + (1 − beta1) · g
     * v = beta2 · v + (1 − beta2) · g²
     * p = p − lr / (1 − beta1^step) · m / (√v / √(1 − beta2^step) + eps)
     * }</pre>
     *
     * <p>With decoupled weight decay (AdamW) g is the gradient alone, and p is multiplied by {@code
     * 1 − lr · weightDecay} first. With {@code maxExpAvgSq} (AMSGrad) the largest v so far stands
     * in for v.
     *
     * @param self p
     * @param grad its gradient
     * @param expAvg m
     * @param expAvgSq v
     * @param maxExpAvgSq the largest v so far, or null without AMSGrad
     * @param lr the learning rate
     * @param step the number of the step
     * @param beta1 what m keeps a step
     * @param beta2 what v keeps a step
     * @param eps what is added to the denominator
     * @param weightDecay the factor with which p is added to its gradient, or shrunk
     * @param decoupledWeightDecay whether p is shrunk
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor expAvg,
        Tensor expAvgSq,
        @Nullable Tensor maxExpAvgSq,
        double lr,
        long step,
        double beta1,
        double beta2,
        double eps,
        double weightDecay,
        boolean decoupledWeightDecay,
        boolean maximize);
  }

  /** A step of Adamax. */
  @FunctionalInterface
  public interface Adamax {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * m = beta1 · m + (1 − beta1) · g
     * u = max(beta2 · u, |g| + eps)
     * p = p − lr / (1 − beta1^step) · m / u
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param expAvg m
     * @param expInf u
     * @param lr the learning rate
     * @param step the number of the step
     * @param beta1 what m keeps a step
     * @param beta2 what u keeps a step
     * @param eps what is added to the size of the gradient
     * @param weightDecay the factor with which p is added to its gradient
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor expAvg,
        Tensor expInf,
        double lr,
        long step,
        double beta1,
        double beta2,
        double eps,
        double weightDecay,
        boolean maximize);
  }

  /** A step of NAdam. */
  @FunctionalInterface
  public interface NAdam {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * m = beta1 · m + (1 − beta1) · g
     * v = beta2 · v + (1 − beta2) · g²
     * d = √(v / (1 − beta2^step)) + eps
     * p = p − lr · (1 − mu) / (1 − muProduct) · g / d − lr · muNext / (1 − muProductNext) · m / d
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param expAvg m
     * @param expAvgSq v
     * @param lr the learning rate
     * @param step the number of the step
     * @param mu the momentum of this step
     * @param muNext the momentum of the next step
     * @param muProduct the product of the momenta up to this step
     * @param muProductNext what stands for the product up to the next step
     * @param beta1 what m keeps a step
     * @param beta2 what v keeps a step
     * @param eps what is added to the denominator
     * @param weightDecay the factor with which p is added to its gradient, or shrunk
     * @param decoupledWeightDecay whether p is multiplied by {@code 1 − lr · weightDecay} instead
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor expAvg,
        Tensor expAvgSq,
        double lr,
        long step,
        double mu,
        double muNext,
        double muProduct,
        double muProductNext,
        double beta1,
        double beta2,
        double eps,
        double weightDecay,
        boolean decoupledWeightDecay,
        boolean maximize);
  }

  /** A step of RAdam. */
  @FunctionalInterface
  public interface RAdam {
    /**
     * Makes the step: with ρ∞ = 2 / (1 − beta2) − 1 and ρ = ρ∞ − 2 · step · beta2^step / (1 −
     * beta2^step)
     *
     * <pre>{@code
     * m = beta1 · m + (1 − beta1) · g
     * v = beta2 · v + (1 − beta2) · g²
     * p = p − lr · m / (1 − beta1^step) · (ρ > 5 ? r · √(1 − beta2^step) / (√v + eps) : 1)
     * r = √((ρ − 4) (ρ − 2) ρ∞ / ((ρ∞ − 4) (ρ∞ − 2) ρ))
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param expAvg m
     * @param expAvgSq v
     * @param lr the learning rate
     * @param step the number of the step
     * @param beta1 what m keeps a step
     * @param beta2 what v keeps a step
     * @param eps what is added to the denominator
     * @param weightDecay the factor with which p is added to its gradient, or shrunk
     * @param decoupledWeightDecay whether p is multiplied by {@code 1 − lr · weightDecay} instead
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor expAvg,
        Tensor expAvgSq,
        double lr,
        long step,
        double beta1,
        double beta2,
        double eps,
        double weightDecay,
        boolean decoupledWeightDecay,
        boolean maximize);
  }

  /** A step of RMSprop. */
  @FunctionalInterface
  public interface RMSprop {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * v = alpha · v + (1 − alpha) · g²
     * a = alpha · a + (1 − alpha) · g                     (with gradAvg: centred)
     * d = √(v − a²) + eps                                 (√v + eps if not centred)
     * b = momentum · b + g / d,  p = p − lr · b           (p = p − lr · g / d without momentum)
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param squareAvg v
     * @param momentumBuffer b, or null without momentum
     * @param gradAvg a, or null if not centred
     * @param lr the learning rate
     * @param alpha what the averages keep a step
     * @param eps what is added to the denominator
     * @param weightDecay the factor with which p is added to its gradient
     * @param momentum the factor of b
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor squareAvg,
        @Nullable Tensor momentumBuffer,
        @Nullable Tensor gradAvg,
        double lr,
        double alpha,
        double eps,
        double weightDecay,
        double momentum,
        boolean maximize);
  }

  /** A step of Adagrad. */
  @FunctionalInterface
  public interface Adagrad {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * s = s + g²
     * p = p − lr / (1 + (step − 1) · lrDecay) · g / (√s + eps)
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param stateSum s
     * @param lr the learning rate
     * @param step the number of the step
     * @param lrDecay how the learning rate falls
     * @param weightDecay the factor with which p is added to its gradient
     * @param eps what is added to the denominator
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor stateSum,
        double lr,
        long step,
        double lrDecay,
        double weightDecay,
        double eps,
        boolean maximize);
  }

  /** A step of Adadelta. */
  @FunctionalInterface
  public interface Adadelta {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * v = rho · v + (1 − rho) · g²
     * d = √(u + eps) / √(v + eps) · g
     * u = rho · u + (1 − rho) · d²
     * p = p − lr · d
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param squareAvg v
     * @param accDelta u
     * @param lr the learning rate
     * @param rho what the averages keep a step
     * @param eps what is added under the roots
     * @param weightDecay the factor with which p is added to its gradient
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor squareAvg,
        Tensor accDelta,
        double lr,
        double rho,
        double eps,
        double weightDecay,
        boolean maximize);
  }

  /** A step of averaged stochastic gradient descent. */
  @FunctionalInterface
  public interface Asgd {
    /**
     * Makes the step:
     *
     * <pre>{@code
     * p = (1 − lambd · eta) · p − eta · g
     * a = a + mu · (p − a)          (a = p where mu is 1)
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param ax a
     * @param eta the learning rate of this step
     * @param mu the weight of this step in the average
     * @param lambd how fast p decays
     * @param weightDecay the factor with which p is added to its gradient
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor ax,
        double eta,
        double mu,
        double lambd,
        double weightDecay,
        boolean maximize);
  }

  /** A step of resilient backpropagation. */
  @FunctionalInterface
  public interface Rprop {
    /**
     * Makes the step: where the gradient keeps its sign, the element's step grows; where it turns,
     * the step shrinks and the element stays:
     *
     * <pre>{@code
     * s = clamp(s · (g · prev > 0 ? etaplus : g · prev < 0 ? etaminus : 1), min, max)
     * prev = g · prev < 0 ? 0 : g
     * p = p − sign(prev) · s
     * }</pre>
     *
     * @param self p
     * @param grad its gradient
     * @param prev the gradient of the step before
     * @param stepSize s
     * @param etaminus the factor of a step that shrinks
     * @param etaplus the factor of a step that grows
     * @param stepSizeMin the least step
     * @param stepSizeMax the largest step
     * @param maximize whether to ascend
     * @return the parameter
     */
    Tensor apply(
        Tensor self,
        Tensor grad,
        Tensor prev,
        Tensor stepSize,
        double etaminus,
        double etaplus,
        double stepSizeMin,
        double stepSizeMax,
        boolean maximize);
  }
}
