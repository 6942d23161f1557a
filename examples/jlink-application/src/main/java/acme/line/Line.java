package acme.line;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.Locale;

/** Fits a line to points by gradient descent. */
public final class Line {
  private Line() {}

  /**
   * Runs the application.
   *
   * @param args none
   */
  public static void main(String[] args) {
    System.out.println(fit());
  }

  /** {@return the line that was found: y = 3x − 1, but for rounding} */
  static String fit() {
    Tensor x = Tensors.linspace(-1, 1, 21);
    Tensor y = x.mul(3).sub(1);
    Tensor slope = Tensors.tensor(0f).requiresGrad_();
    Tensor offset = Tensors.tensor(0f).requiresGrad_();
    for (int step = 0; step < 200; step++) {
      x.mul(slope).add(offset).sub(y).pow(2).mean().backward();
      try (var off = Autograd.noGrad()) {
        slope.sub_(slope.grad().mul(0.3));
        offset.sub_(offset.grad().mul(0.3));
      }
      slope.grad().zero_();
      offset.grad().zero_();
    }
    return String.format(Locale.ROOT, "y = %.2f x %+.2f", slope.item(), offset.item());
  }
}
