package fluxion.nn;

import fluxion.api.Tensor;
import java.util.List;

/** The gradients of parameters. */
final class Gradients {
  private Gradients() {}

  /** Sets the gradients that there are to zero, in place, and takes them out of any graph. */
  static void zero(List<Tensor> parameters) {
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
}
