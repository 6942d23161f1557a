package fluxion.benchmarks.workloads;

import static java.util.Map.entry;

import java.util.Map;

/** What DJL's PyTorch engine is timed at, by name. */
public final class Workloads {
  private static final int M = 1_000_000;

  /** All workloads. */
  public static final Map<String, Workload.Maker> ALL =
      Map.ofEntries(
          entry("tutorial", Differentiation::tutorial),
          entry("mlp-4-16-3", () -> Training.step(Network.mlp(16, 3), 3, 8, 4)),
          entry("sgemm-64", () -> Products.single(64)),
          entry("sgemm-256", () -> Products.single(256)),
          entry("sgemm-512", () -> Products.single(512)),
          entry("sgemm-1024", () -> Products.single(1024)),
          entry("sgemm-2048", () -> Products.single(2048)),
          entry("dgemm-512", () -> Products.twice(512)),
          entry("add-new-16M", () -> Pointwise.add(16 * M)),
          entry("add-scope-16M", () -> Pointwise.add(16 * M)),
          entry("add-in-place-16M", () -> Pointwise.addInPlace(16 * M)),
          entry("add-scope-1M", () -> Pointwise.add(M)),
          entry("sum-1M", () -> Reductions.sum(M)),
          entry("sum-16M", () -> Reductions.sum(16 * M)),
          entry("sum-columns-16M", () -> Reductions.columns(4000)),
          entry("tanh-1M", () -> Pointwise.tanh(M)),
          entry("exp-1M", () -> Pointwise.exp(M)),
          entry("exp-16M", () -> Pointwise.exp(16 * M)),
          entry("six-1M", () -> Pointwise.six(M)),
          entry("six-16M", () -> Pointwise.six(16 * M)),
          entry("softmax-1024", () -> Differentiation.softmax(1024)),
          entry("mlp-784", () -> Training.step(Network.mlp(512, 256, 10), 10, 64, 784)),
          entry("lenet", () -> Training.step(Network.lenet(), 10, 32, 1, 28, 28)),
          entry("resnet18-inference", () -> Training.inference(Network.resnet18(), 1, 3, 64, 64)),
          entry(
              "resnet18-gradient", () -> Training.gradient(Network.resnet18(), 1000, 1, 3, 64, 64)),
          entry("resnet18-step", () -> Training.step(Network.resnet18(), 1000, 8, 3, 224, 224)),
          entry("attention", () -> Differentiation.attention(8, 8, 512, 64)),
          entry("sgd-11M", () -> Training.update(Network.resnet18())));

  private Workloads() {}
}
