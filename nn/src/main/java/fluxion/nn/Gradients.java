package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The gradients of parameters: set to zero, and kept from growing too large. */
public final class Gradients {
  /** Keeps the factor finite where all gradients are zero. */
  private static final double LEAST_NORM = 1e-6;

  private Gradients() {}

  /**
   * Sets the gradients that there are to zero, in place, and takes them out of any graph.
   *
   * @param parameters the parameters; those without a gradient stay without
   */
  public static void zero(Collection<Tensor> parameters) {
    for (Tensor parameter : parameters) {
      Tensor gradient = parameter.grad();
      if (gradient != null) {
        if (gradient.gradFn() != null) {
          gradient.detach_();
        } else {
          gradient.requiresGrad_(false);
        }
        gradient.zero_();
      }
    }
  }

  /**
   * Scales gradients so that the Euclidean norm of all of them together is at most so much.
   *
   * @param parameters the parameters; those without a gradient do not count
   * @param maxNorm the largest norm
   * @return the norm that they had, a tensor of one element
   */
  public static Tensor clipNorm(Collection<Tensor> parameters, double maxNorm) {
    return clipNorm(parameters, maxNorm, 2, false);
  }

  /**
   * Scales gradients, in place, so that the norm of all of them together is at most so much, as
   * {@code clip_grad_norm_} does.
   *
   * <p>The norm is not waited for, unless it is to be checked.
   *
   * @param parameters the parameters; those without a gradient do not count
   * @param maxNorm the largest norm
   * @param normType the p of the norm; infinity for the largest absolute value
   * @param errorIfNonfinite whether a norm that is infinite or NaN is refused; otherwise gradients
   *     are scaled by it
   * @return the norm that they had, a tensor of one element
   * @throws ArgumentException if the norm is not finite and is to be checked
   */
  public static Tensor clipNorm(
      Collection<Tensor> parameters, double maxNorm, double normType, boolean errorIfNonfinite) {
    try (var _ = Autograd.noGrad()) {
      List<Tensor> gradients = of(parameters);
      if (gradients.isEmpty()) {
        return Tensors.tensor(0f);
      }
      Tensor first = gradients.getFirst();
      List<Tensor> norms = new ArrayList<>();
      for (Tensor gradient : gradients) {
        norms.add(gradient.norm(normType).to(first.device()));
      }
      Tensor norm = Tensors.stack(0, norms.toArray(new Tensor[0])).norm(normType);
      if (errorIfNonfinite && !Double.isFinite(norm.item())) {
        throw new ArgumentException(
            "The total norm of order "
                + Scalar.of(normType)
                + " for gradients from `parameters` is non-finite, so it cannot be clipped. To"
                + " disable this error and scale the gradients by the non-finite norm anyway, set"
                + " `error_if_nonfinite=False`");
      }
      Tensor factor = norm.add(LEAST_NORM).reciprocal().mul(maxNorm).clampMax(1.0);
      for (Tensor gradient : gradients) {
        gradient.mul_(factor.to(gradient.device()));
      }
      return norm;
    }
  }

  /**
   * Brings each element of the gradients, in place, to between two bounds, as {@code
   * clip_grad_value_} does.
   *
   * @param parameters the parameters; those without a gradient do not count
   * @param clipValue the upper bound; the lower one is its negative
   */
  public static void clipValue(Collection<Tensor> parameters, double clipValue) {
    try (var _ = Autograd.noGrad()) {
      of(parameters).forEach(gradient -> gradient.clamp_(-clipValue, clipValue));
    }
  }

  private static List<Tensor> of(Collection<Tensor> parameters) {
    List<Tensor> gradients = new ArrayList<>();
    for (Tensor parameter : parameters) {
      Tensor gradient = parameter.grad();
      if (gradient != null) {
        gradients.add(gradient.detach());
      }
    }
    return gradients;
  }
}
