package fluxion.ops.basic;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** Forms of call of pointwise operators, beyond those of {@link fluxion.api.spi.Call}. */
public final class PointwiseCall {
  private PointwiseCall() {}

  /** A sum of a tensor and a scaled product or quotient of two others. */
  @FunctionalInterface
  public interface AddScaled {
    /**
     * {@return the result}
     *
     * @param self the summand
     * @param tensor1 a factor, or the dividend
     * @param tensor2 the other factor, or the divisor
     * @param value the factor of the product or quotient
     */
    Tensor apply(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value);
  }

  /** A point between two tensors, by a number. */
  @FunctionalInterface
  public interface Lerp {
    /**
     * {@return the result}
     *
     * @param self the start
     * @param end the end
     * @param weight how far from the start to the end
     */
    Tensor apply(Tensor self, Tensor end, Scalar weight);
  }

  /** A point between two tensors, by a third. */
  @FunctionalInterface
  public interface LerpTensor {
    /**
     * {@return the result}
     *
     * @param self the start
     * @param end the end
     * @param weight how far from the start to the end
     */
    Tensor apply(Tensor self, Tensor end, Tensor weight);
  }

  /** A logit with a margin. */
  @FunctionalInterface
  public interface Logit {
    /**
     * {@return the result}
     *
     * @param self the tensor of probabilities
     * @param eps how far they are kept from 0 and 1, or null
     */
    Tensor apply(Tensor self, @Nullable Double eps);
  }

  /** Replacements of what is no finite number. */
  @FunctionalInterface
  public interface NanToNum {
    /**
     * {@return the result}
     *
     * @param self the tensor
     * @param nan what NaN becomes; null means 0
     * @param posinf what +∞ becomes; null means the dtype's largest number
     * @param neginf what −∞ becomes; null means the dtype's least number
     */
    Tensor apply(
        Tensor self, @Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf);
  }

  /** A comparison within tolerances. */
  @FunctionalInterface
  public interface Close {
    /**
     * {@return the truth values}
     *
     * @param self the tensor
     * @param other the one that it is compared with
     * @param rtol the tolerance as a part of {@code other}
     * @param atol the absolute tolerance
     * @param equalNan whether a NaN equals a NaN
     */
    Tensor apply(Tensor self, Tensor other, double rtol, double atol, boolean equalNan);
  }

  /** A function that a number, given first, selects. */
  @FunctionalInterface
  public interface Ordered {
    /**
     * {@return the result}
     *
     * @param n the order
     * @param self the tensor
     */
    Tensor apply(int n, Tensor self);
  }
}
