package fluxion.benchmarks;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.training.GradientCollector;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The tutorial graph on DJL. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Graph {
  private final NDManager base = NDManager.newBaseManager();
  private final NDArray x = base.create(new float[] {1, 2, 3});

  /** Asks for gradients of the leaf. */
  public Graph() {
    x.setRequiresGradient(true);
  }

  /** The graph, forward and backward. */
  @Benchmark
  public void tutorial() {
    try (NDManager manager = base.newSubManager()) {
      x.tempAttach(manager);
      try (GradientCollector collector = Engine.getInstance().newGradientCollector()) {
        NDArray y = x.add(2);
        collector.backward(y.mul(y).mul(2).mean());
      }
    }
  }
}
