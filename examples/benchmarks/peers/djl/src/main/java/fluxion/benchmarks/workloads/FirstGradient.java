package fluxion.benchmarks.workloads;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.training.GradientCollector;
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
    NDArray x = Base.leaf(new float[] {1, 2, 3}, 3);
    try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
      NDArray y = x.add(2);
      collector.backward(y.mul(y).mul(2).mean());
    }
    System.out.println(Arrays.toString(x.getGradient().toFloatArray()));
    System.exit(0);
  }
}
