package fluxion.benchmarks;

import static fluxion.benchmarks.Setting.ONE;
import static fluxion.benchmarks.Setting.TWO;
import static fluxion.benchmarks.Setting.TWO_BUSY;

import fluxion.benchmarks.Row.Kind;
import fluxion.benchmarks.Row.Takers;
import fluxion.benchmarks.workloads.Machine;
import java.util.List;

/** The table: one line a row. */
final class Rows {
  static final String MULTIPLY_ADDS = "machine-fma";
  static final String READ = "machine-read";
  static final String ADD = "machine-add";

  private static final double M = 1e6;

  /** The parameters of ResNet-18. */
  private static final double RESNET18 = 11_689_512;

  /** All rows, in the order of the report. */
  static final List<Row> ALL =
      List.of(
          machine(MULTIPLY_ADDS, "the processor: float32 multiply-adds")
              .under(ONE, TWO)
              .does(Work.operations(Machine.OPERATIONS)),
          machine(READ, "the memory: reading 64 MB").under(ONE, TWO).does(Work.read(64 * M)),
          machine(ADD, "the memory: adding 64 MB to 64 MB")
              .under(ONE, TWO)
              .does(Work.moved(192 * M)),
          row("tutorial", "tutorial graph, forward + backward")
              .under(ONE)
              .reaches(Goal.ratio(30).andMost(2000)),
          row("mlp-4-16-3", "4-16-3 MLP, batch 8, step").under(ONE).reaches(Goal.ratio(12)),
          product("sgemm-64", 64),
          product("sgemm-256", 256),
          product("sgemm-512", 512),
          product("sgemm-1024", 1024)
              .under(ONE, TWO, TWO_BUSY)
              .reaches(Goal.ratio(1).andShare(0.8)),
          product("sgemm-2048", 2048),
          row("dgemm-512", "DGEMM 512")
              .under(ONE, TWO)
              .does(Work.wideOperations(2 * Math.pow(512, 3)))
              .reaches(Goal.ratio(1)),
          row("add-new-16M", "add, 16 M, new tensor")
              .does(Work.moved(192 * M))
              .reaches(Goal.ratio(3)),
          row("add-scope-16M", "add, 16 M, new tensor in a scope")
              .does(Work.moved(192 * M))
              .reaches(Goal.ratio(3)),
          row("add-in-place-16M", "add, 16 M, in place")
              .does(Work.moved(192 * M))
              .reaches(Goal.ratio(1).andShare(0.9)),
          row("add-scope-1M", "add, 1 M, new tensor in a scope")
              .does(Work.moved(12 * M))
              .reaches(Goal.ratio(1.5)),
          row("sum-1M", "sum, 1 M").does(Work.read(4 * M)).reaches(Goal.ratio(1)),
          row("sum-16M", "sum, 16 M").does(Work.read(64 * M)).reaches(Goal.ratio(1)),
          row("sum-columns-16M", "sums of columns, 4000²").does(Work.read(64 * M)),
          row("tanh-1M", "tanh, 1 M").does(Work.moved(8 * M)).reaches(Goal.ratio(2)),
          row("exp-1M", "exp, 1 M").does(Work.moved(8 * M)).reaches(Goal.ratio(1.3)),
          row("exp-16M", "exp, 16 M").does(Work.moved(128 * M)),
          row("six-1M", "six pointwise operations, 1 M")
              .does(Work.moved(12 * M))
              .reaches(Goal.ratio(6)),
          row("six-16M", "six pointwise operations, 16 M")
              .does(Work.moved(192 * M))
              .reaches(Goal.ratio(10)),
          row("softmax-1024", "softmax 1024², forward + backward").reaches(Goal.ratio(1.5)),
          row("attention", "attention 8×8×512×64, forward + backward").reaches(Goal.ratio(1.3)),
          row("mlp-784", "784-512-256-10 MLP, batch 64, step").reaches(Goal.ratio(1.3)),
          row("lenet", "LeNet-like CNN, batch 32, step").under(ONE).reaches(Goal.ratio(1.3)),
          row("resnet18-inference", "ResNet-18, 1×3×64×64, inference").reaches(Goal.ratio(1.2)),
          row("resnet18-gradient", "ResNet-18, 1×3×64×64, forward + backward")
              .under(ONE)
              .reaches(Goal.ratio(1.2)),
          row("resnet18-step", "ResNet-18, 8×3×224×224, step")
              .under(ONE, TWO, TWO_BUSY)
              .reaches(Goal.ratio(1.1)),
          row("resnet18-step-memory", "peak resident memory of that step")
              .measures(Kind.MEMORY)
              .by(Takers.PEERS)
              .reaches(Goal.ratio(1.33)),
          row("sgd-11M", "SGD with momentum, 11.7 M parameters").does(Work.moved(20 * RESNET18)),
          row("load-pth", "ResNet-18's state dict from .pth")
              .by(Takers.FLUXION)
              .does(Work.read(4 * RESNET18))
              .reaches(Goal.most(300e6)),
          row("load-safetensors", "ResNet-18's state dict from .safetensors")
              .by(Takers.FLUXION)
              .does(Work.read(4 * RESNET18))
              .reaches(Goal.most(300e6)),
          row("start", "start of a process to the first gradient")
              .measures(Kind.START)
              .under(ONE)
              .by(Takers.PEERS)
              .reaches(Goal.most(150e6)),
          row("start-image", "the same as an image with an AOT cache")
              .measures(Kind.IMAGE)
              .under(ONE)
              .by(Takers.FLUXION)
              .reaches(Goal.most(120e6)),
          row("jars", "jars on disk")
              .measures(Kind.DISK)
              .under(ONE)
              .by(Takers.PEERS)
              .reaches(Goal.most(3e6)),
          call("add", "x + y"),
          call("add-recorded", "x + y, recorded"),
          call("add-kernel", "x + y, the kernel alone"),
          call("matmul", "x · y"),
          call("matmul-recorded", "x · y, recorded"),
          call("matmul-kernel", "x · y, the kernel alone"),
          call("sum-rows", "sums of rows"),
          call("sum-rows-recorded", "sums of rows, recorded"),
          call("sum-rows-kernel", "sums of rows, the kernel alone"),
          call("transpose", "transpose, a view"),
          call("transpose-recorded", "transpose, recorded"));

  private Rows() {}

  static Row named(String name) {
    return ALL.stream().filter(row -> row.name().equals(name)).findFirst().orElseThrow();
  }

  private static Row row(String name, String title) {
    return Row.of(name, title);
  }

  private static Row machine(String name, String title) {
    return row(name, title).by(Takers.FLUXION);
  }

  private static Row product(String name, int n) {
    return row(name, "SGEMM " + n)
        .under(ONE, TWO)
        .does(Work.operations(2 * Math.pow(n, 3)))
        .reaches(Goal.ratio(1));
  }

  private static Row call(String name, String title) {
    return row("call-" + name, "4 × 4: " + title).under(ONE).by(Takers.FLUXION);
  }
}
