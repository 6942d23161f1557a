package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Rules about the same bits every time, and about many threads at once. */
final class DeterminismRules {
  private static final int THREADS = 8;

  private DeterminismRules() {}

  @TestOf("B-701")
  static void b701_strides_do_not_change_the_bits(BackendSubject subject, Cases cases) {
    for (Programs program : Programs.ALL) {
      subject.each(
          cases,
          DTypes.FLOATS,
          ", " + program.words(),
          (bench, dtype, trial) -> {
            for (int[] size : new int[][] {{3, 5}, {37, 41}, {5, 1500}}) {
              Values given = Programs.matrix(trial.random(), dtype, size[0], size[1]);
              for (Placement placement : Placement.values()) {
                Values same = placement.of(given);
                Values expected = program.run(bench, bench.input(same));
                Expect.same(
                    program.words() + " of a matrix " + placement.words() + ", against contiguous,",
                    expected,
                    program.run(bench, bench.input(same, placement)));
              }
            }
          });
    }
  }

  @TestOf("B-702")
  static void b702_the_number_of_threads_does_not_change_the_bits(
      BackendSubject subject, Cases cases) {
    for (Programs program : Programs.ALL) {
      subject.each(
          cases,
          DTypes.FLOATS,
          ", " + program.words(),
          (bench, dtype, trial) -> {
            boolean few = program == Programs.FUNCTIONS && trial.settings().isQuick();
            int[][] sizes = {{66, 257}, {3, few ? 2001 : 20_001}};
            for (int[] size : sizes) {
              Window input = bench.input(Programs.matrix(trial.random(), dtype, size[0], size[1]));
              try {
                bench.backend().threads(1);
                Values one = program.run(bench, input);
                for (int threads : new int[] {2, 3, 8}) {
                  bench.backend().threads(threads);
                  Expect.same(
                      program.words() + " with threads(" + threads + "), against threads(1),",
                      one,
                      program.run(bench, input));
                }
              } finally {
                bench.backend().threads(BackendSubject.THREADS);
              }
            }
          });
    }
  }

  @TestOf("B-703")
  static void b703_each_run_gives_the_same_bits(BackendSubject subject, Cases cases) {
    for (Programs program : Programs.ALL) {
      subject.each(
          cases,
          DTypes.FLOATS,
          ", " + program.words(),
          (bench, dtype, trial) -> {
            // long enough for a device that compiles what is hot
            int runs = trial.settings().isQuick() ? 25 : 200;
            Window input = bench.input(Programs.matrix(trial.random(), dtype, 61, 83));
            Values first = program.run(bench, input);
            for (int run = 2; run <= runs; run++) {
              Expect.same(
                  program.words() + " at run " + run + ", against run 1,",
                  first,
                  program.run(bench, input));
            }
          });
    }
  }

  @TestOf("B-704")
  static void b704_the_place_of_an_element_does_not_change_its_bits(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          Expr x = Expr.input(0, dtype);
          List<Expr> functions =
              List.of(x.exp(), x.log(), x.tanh(), x.sin(), x.erf(), x.sigmoid(), x.div(3.0));
          CompiledKernel compiled = bench.compile(Kernel.of(functions));
          Values all = Values.floats(dtype, Shape.of(4000), i -> (i - 700) / 150.0);
          List<Values> expected = launch(bench, compiled, all);
          for (int n : new int[] {1, 2, 3, 5, 7, 8, 13, 16, 31, 33, 70, 1001}) {
            for (int start : new int[] {0, 1, 3, 699}) {
              Values part = Values.floats(dtype, Shape.of(n), i -> all.real(start + i));
              List<Values> found = launch(bench, compiled, part);
              for (int k = 0; k < found.size(); k++) {
                Values wanted = new Values(dtype, part.shape());
                for (int i = 0; i < n; i++) {
                  wanted.put(i, expected.get(k), start + i);
                }
                Expect.same(
                    "%s of %d elements, against the same among 4000,"
                        .formatted(functions.get(k), n),
                    wanted,
                    found.get(k));
              }
            }
          }
        });
  }

  private static List<Values> launch(Bench bench, CompiledKernel compiled, Values given) {
    Window[] outputs = new Window[compiled.kernel().outputs().size()];
    for (int k = 0; k < outputs.length; k++) {
      outputs[k] = bench.output(compiled.kernel().output(k).type(), given.shape());
    }
    bench
        .backend()
        .launch(
            compiled, Window.operands(outputs), Window.operands(bench.input(given)), new Scalar[0]);
    List<Values> results = new ArrayList<>();
    for (Window output : outputs) {
      results.add(output.read(bench));
    }
    return results;
  }

  @TestOf("B-705")
  static void b705_eight_threads_compute_at_once(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          int rounds = trial.settings().isQuick() ? 12 : 150;
          List<Values> given = new ArrayList<>();
          List<List<Values>> expected = new ArrayList<>();
          for (int t = 0; t < THREADS; t++) {
            Values matrix = Programs.matrix(trial.random().split(), dtype, 17 + t, 40 + 3 * t);
            given.add(matrix);
            List<Values> results = new ArrayList<>();
            for (Programs program : Programs.ALL) {
              results.add(program.run(bench, bench.input(matrix)));
            }
            expected.add(results);
          }
          atOnce(
              t -> {
                for (int round = 0; round < rounds; round++) {
                  // each thread and round with memory of its own, which comes and goes
                  try (Bench own = new Bench(bench.backend())) {
                    for (int p = 0; p < Programs.ALL.size(); p++) {
                      Programs program = Programs.ALL.get(p);
                      Expect.same(
                          "%s in thread %d of %d, against one thread alone,"
                              .formatted(program.words(), t, THREADS),
                          expected.get(t).get(p),
                          program.run(own, own.input(given.get(t))));
                    }
                  }
                }
              });
        });
  }

  @TestOf("B-706")
  static void b706_eight_threads_compile_and_launch_one_kernel(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.INT64),
        (bench, dtype, trial) -> {
          int rounds = trial.settings().isQuick() ? 20 : 300;
          Expr x = Expr.input(0, dtype);
          Window shared = bench.input(Values.whole(dtype, Shape.of(501), i -> i % 17));
          CompiledKernel compiled =
              bench.compile(Kernel.of(x.mul(Expr.scalar(0, dtype)).add(Expr.scalar(1, dtype))));
          atOnce(
              t -> {
                for (int round = 0; round < rounds; round++) {
                  int shift = round;
                  try (Bench own = new Bench(bench.backend())) {
                    Window output = own.output(dtype, shared.operand().shape());
                    own.backend()
                        .launch(
                            compiled,
                            Window.operands(output),
                            Window.operands(shared),
                            new Scalar[] {Scalar.of(t + 1), Scalar.of(round)});
                    Expect.same(
                        "x0 * s0 + s1 with s0 = %d and s1 = %d in thread %d of %d"
                            .formatted(t + 1, round, t, THREADS),
                        Values.whole(
                            dtype,
                            shared.operand().shape(),
                            i -> (long) (i % 17) * (t + 1) + shift),
                        output.read(own));
                    // a kernel that every thread compiles anew
                    Values seven = Values.whole(dtype, Shape.of(9), i -> 7);
                    Expect.same(
                        "x0 + a literal in thread " + t,
                        Values.whole(dtype, Shape.of(9), i -> 7 + shift),
                        own.pointwise(Kernel.of(x.add((long) round)), seven));
                  }
                }
              });
        });
  }

  /** What one of several threads does. */
  @FunctionalInterface
  private interface Work {
    void run(int thread);
  }

  private static void atOnce(Work work) throws InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
      CountDownLatch start = new CountDownLatch(1);
      List<Future<?>> ends = new ArrayList<>();
      for (int t = 0; t < THREADS; t++) {
        int thread = t;
        ends.add(
            threads.submit(
                () -> {
                  start.await();
                  work.run(thread);
                  return null;
                }));
      }
      start.countDown();
      AssertionError failure = null;
      for (Future<?> end : ends) {
        try {
          end.get();
        } catch (ExecutionException e) {
          failure =
              e.getCause() instanceof AssertionError wrong
                  ? wrong
                  : new AssertionError("with 8 threads at once it threw " + e.getCause(), e);
        }
      }
      if (failure != null) {
        throw failure;
      }
    }
  }
}
