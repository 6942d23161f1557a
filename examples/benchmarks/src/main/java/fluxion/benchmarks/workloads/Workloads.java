package fluxion.benchmarks.workloads;

import static java.util.Map.entry;

import java.util.Map;

/** What Fluxion can be timed at, by name. The runner's rows say what each name means. */
public final class Workloads {
  private static final int M = 1_000_000;

  /** All workloads. */
  public static final Map<String, Workload.Maker> ALL =
      Map.ofEntries(
          entry("tutorial", Differentiation::tutorial),
          entry("mlp-4-16-3", () -> Training.step(Networks.mlp(4, 16, 3), 3, 8, 4)),
          entry("sgemm-64", () -> Products.single(64)),
          entry("sgemm-256", () -> Products.single(256)),
          entry("sgemm-512", () -> Products.single(512)),
          entry("sgemm-1024", () -> Products.single(1024)),
          entry("sgemm-2048", () -> Products.single(2048)),
          entry("dgemm-512", () -> Products.twice(512)),
          entry("add-new-16M", () -> Pointwise.addNew(16 * M)),
          entry("add-scope-16M", () -> Pointwise.addInScope(16 * M)),
          entry("add-in-place-16M", () -> Pointwise.addInPlace(16 * M)),
          entry("add-scope-1M", () -> Pointwise.addInScope(M)),
          entry("sum-1M", () -> Reductions.sum(M)),
          entry("sum-16M", () -> Reductions.sum(16 * M)),
          entry("sum-columns-16M", () -> Reductions.columns(4000)),
          entry("tanh-1M", () -> Pointwise.tanh(M)),
          entry("exp-1M", () -> Pointwise.exp(M)),
          entry("exp-16M", () -> Pointwise.exp(16 * M)),
          entry("six-1M", () -> Pointwise.six(M)),
          entry("six-16M", () -> Pointwise.six(16 * M)),
          entry("softmax-1024", () -> Differentiation.softmax(1024)),
          entry("mlp-784", () -> Training.step(Networks.mlp(784, 512, 256, 10), 10, 64, 784)),
          entry("lenet", () -> Training.step(Networks.lenet(), 10, 32, 1, 28, 28)),
          entry("resnet18-inference", () -> Training.inference(Networks.resnet18(), 1, 3, 64, 64)),
          entry(
              "resnet18-gradient",
              () -> Training.gradient(Networks.resnet18(), 1000, 1, 3, 64, 64)),
          entry("resnet18-step", () -> Training.step(Networks.resnet18(), 1000, 8, 3, 224, 224)),
          entry("attention", () -> Differentiation.attention(8, 8, 512, 64)),
          entry("sgd-11M", () -> Training.update(Networks.resnet18())),
          entry("load-pth", () -> StateDicts.load(Networks.resnet18(), ".pth")),
          entry("load-safetensors", () -> StateDicts.load(Networks.resnet18(), ".safetensors")),
          entry("call-add", Call::add),
          entry("call-add-recorded", Call::addRecorded),
          entry("call-add-kernel", Call::addKernel),
          entry("call-matmul", Call::matmul),
          entry("call-matmul-recorded", Call::matmulRecorded),
          entry("call-matmul-kernel", Call::matmulKernel),
          entry("call-sum-rows", Call::sum),
          entry("call-sum-rows-recorded", Call::sumRecorded),
          entry("call-sum-rows-kernel", Call::sumKernel),
          entry("call-transpose", Call::transpose),
          entry("call-transpose-recorded", Call::transposeRecorded),
          entry("machine-fma", Machine::multiplyAdds),
          entry("machine-read", () -> Machine.read(16 * M)),
          entry("machine-add", () -> Machine.add(16 * M)));

  private Workloads() {}
}
