package fluxion.benchmarks;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** The tutorial graph, forward and backward: all overhead, as it has three elements. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Graph {
  private final Tensor x = Tensors.tensor(1f, 2f, 3f).requiresGrad_();

  /** {@code y = x + 2; z = y·y·2; z.mean().backward()}, the gradient dropped afterwards. */
  @Benchmark
  public Tensor tutorial() {
    Tensor y = x.add(2);
    y.mul(y).mul(2).mean().backward();
    Tensor gradient = x.grad();
    x.setGrad(null);
    return gradient;
  }
}
