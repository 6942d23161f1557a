package fluxion.benchmarks.workloads;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** The shortest program: starts, takes one gradient, and prints it. */
public final class FirstGradient {
  private FirstGradient() {}

  /**
   * Takes the gradient of the tutorial's graph.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    Tensor x = torch.tensor(1f, 2f, 3f).set_requires_grad(true);
    Scalar two = new Scalar(2f);
    Tensor y = x.add(two);
    y.mul(y).mul(two).mean().backward();
    FloatPointer gradient = new FloatPointer(x.grad().data_ptr());
    System.out.println(
        "[" + gradient.get(0) + ", " + gradient.get(1) + ", " + gradient.get(2) + "]");
    System.exit(0);
  }
}
