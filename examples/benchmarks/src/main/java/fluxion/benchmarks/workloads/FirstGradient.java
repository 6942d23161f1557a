package fluxion.benchmarks.workloads;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.Arrays;

/** The shortest program: starts, takes one gradient, and prints it. */
public final class FirstGradient {
  private FirstGradient() {}

  /**
   * Takes the gradient of the tutorial's graph.
   *
   * @param args nothing
   */
  public static void main(String[] args) {
    Tensor x = Tensors.tensor(1f, 2f, 3f).requiresGrad_();
    Tensor y = x.add(2);
    y.mul(y).mul(2).mean().backward();
    System.out.println(Arrays.toString(x.grad().toFloatArray()));
  }
}
