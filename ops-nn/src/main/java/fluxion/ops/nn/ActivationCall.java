package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of activations and of dropout. */
public final class ActivationCall {
  private ActivationCall() {}

  /** A softmax of logits with noise. */
  @FunctionalInterface
  public interface GumbelSoftmax {
    /**
     * {@return samples of a categorical distribution, or a relaxation of them}
     *
     * @param logits the logarithms of the probabilities, up to a summand
     * @param tau the temperature
     * @param hard whether the samples are one-hot, with the gradient of the soft ones
     * @param eps not used, as in PyTorch
     * @param dim the dimension of the classes
     * @param gumbels the noise, of the Gumbel distribution; null to draw it
     */
    Tensor apply(
        Tensor logits, double tau, boolean hard, double eps, int dim, @Nullable Tensor gumbels);
  }

  /** A leaky rectifier with a random slope. */
  @FunctionalInterface
  public interface RandomSlope {
    /**
     * {@return the result}
     *
     * @param self a floating-point tensor
     * @param lower the lower bound of the slope of negative elements
     * @param upper the upper bound
     * @param training whether each element has its own slope; else it is the mean of the bounds
     */
    Tensor apply(Tensor self, double lower, double upper, boolean training);
  }

  /** Elements dropped at random. */
  @FunctionalInterface
  public interface Dropout {
    /**
     * {@return the result}
     *
     * @param self a floating-point tensor
     * @param p the probability that an element, or a channel, is dropped
     * @param training whether anything is dropped
     */
    Tensor apply(Tensor self, double p, boolean training);
  }
}
