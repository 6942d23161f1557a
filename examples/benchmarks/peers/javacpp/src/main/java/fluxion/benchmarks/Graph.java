package fluxion.benchmarks;

import java.util.concurrent.TimeUnit;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The tutorial graph on JavaCPP. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Graph {
  private final Tensor x = torch.tensor(1f, 2f, 3f).set_requires_grad(true);
  private final Scalar two = new Scalar(2f);

  /** The graph, forward and backward. */
  @Benchmark
  public void tutorial() {
    try (PointerScope scope = new PointerScope()) {
      Tensor y = x.add(two);
      y.mul(y).mul(two).mean().backward();
    }
  }
}
