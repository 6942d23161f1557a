package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LaunchTest {
  private static final Scalar[] NONE = {};

  private static CpuKernel interpreted(Expr... outputs) {
    return CpuKernel.interpreted(Kernel.of(outputs));
  }

  @Test
  void large_launches_compute_every_element_of_every_layout() {
    long[] sizes = {3, 350, 257};
    int n = 3 * 350 * 257;
    double[] a = Samples.normal(n, 1);
    double[] b = Samples.normal(n, 2);
    double[] expected = new double[n];
    Arrays.setAll(expected, i -> (float) (a[i] - b[i]));
    CpuKernel kernel = interpreted(Expr.input(0, DType.FLOAT32).sub(Expr.input(1, DType.FLOAT32)));
    for (Layout layout : Layout.values()) {
      Operand out = Samples.zeros(DType.FLOAT32, Layout.TRANSPOSED, sizes);
      Operand[] inputs = {
        Samples.of(DType.FLOAT32, layout, a, sizes), Samples.of(DType.FLOAT32, b, sizes)
      };
      Pointwise.launch(kernel, new Operand[] {out}, inputs, NONE);
      assertArrayEquals(expected, Samples.values(out), layout.toString());
    }
  }

  @Test
  void long_rows_and_many_short_ones_are_cut_into_chunks() {
    CpuKernel kernel =
        interpreted(Expr.input(0, DType.INT64).mul(3).add(Expr.input(1, DType.INT64)));
    for (long[] sizes : new long[][] {{2, 300_001}, {200_003, 3}, {600_001}}) {
      int n = (int) Arrays.stream(sizes).reduce(1, (x, y) -> x * y);
      Operand x = Samples.longs(IntStream.range(0, n).asLongStream().toArray());
      Operand one = Samples.longs(7);
      Operand window =
          new Operand(
              x.buffer(),
              fluxion.api.Shape.of(sizes),
              fluxion.api.Shape.of(sizes).contiguousStrides(),
              0);
      Operand seven = Samples.view(one, 0, sizes, new long[sizes.length]);
      Pointwise.launch(kernel, new Operand[] {window}, new Operand[] {window, seven}, NONE);
      long[] expected = new long[n];
      Arrays.setAll(expected, i -> 3L * i + 7);
      assertArrayEquals(expected, Samples.integers(window));
    }
  }

  @Test
  void long_rows_that_begin_anywhere_are_computed_once_on_any_number_of_threads() {
    int n = (1 << 18) + 5;
    int threads = Workers.threads();
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT16}) {
      CpuKernel kernel = interpreted(Expr.input(0, dtype).add(Expr.literal(dtype, 1)));
      for (int offset : new int[] {0, 1, 12, 15}) {
        Operand all = Samples.zeros(dtype, Layout.CONTIGUOUS, n + 17);
        Operand x = Samples.view(all, offset, new long[] {n}, new long[] {1});
        for (int count = 1; count <= 2; count++) {
          Workers.threads(count);
          Pointwise.launch(kernel, new Operand[] {x}, new Operand[] {x}, NONE);
        }
        Workers.threads(threads);
        double[] expected = new double[n + 17];
        Arrays.fill(expected, offset, offset + n, 2);
        double[] found =
            dtype == DType.INT16
                ? Arrays.stream(Samples.integers(all)).asDoubleStream().toArray()
                : Samples.values(all);
        assertArrayEquals(expected, found, dtype + " from " + offset);
      }
    }
  }

  @Test
  void indices_beyond_the_counting_memory_go_on() {
    int n = 2 * IndexedLaunch.MOST + 77;
    Operand out = Samples.zeros(DType.INT64, Layout.REVERSED, n, 2);
    Pointwise.launch(
        interpreted(Expr.index(0).mul(10).add(Expr.index(1))),
        new Operand[] {out},
        new Operand[0],
        NONE);
    long[] expected = new long[2 * n];
    Arrays.setAll(expected, i -> i / 2 * 10L + i % 2);
    assertArrayEquals(expected, Samples.integers(out));
  }

  @Test
  void too_few_scalars_are_an_error() {
    for (Expr leaf :
        new Expr[] {Expr.scalar(1, DType.INT64), Expr.scalar(1, DType.INT64).add(Expr.index(0))}) {
      Operand[] out = {Samples.longs(0)};
      CpuKernel kernel = interpreted(leaf);
      Throwable error =
          assertThrows(
              ArgumentException.class,
              () -> Pointwise.launch(kernel, out, new Operand[0], new Scalar[] {Scalar.of(1)}));
      Samples.assertMentions("the kernel reads 2 scalars, given were 1", error);
    }
  }

  @Test
  void more_operands_than_bits_of_a_word_are_computed() {
    int count = 70;
    Expr sum = Expr.input(0, DType.INT32);
    Operand[] inputs = new Operand[count];
    for (int i = 0; i < count; i++) {
      sum = i == 0 ? sum : sum.add(Expr.input(i, DType.INT32));
      inputs[i] = Samples.of(DType.INT32, new double[] {i, 1, -i}, 3);
    }
    Operand[] out = {inputs[69]};
    Pointwise.launch(interpreted(sum), out, inputs, NONE);
    assertArrayEquals(new double[] {2415, 70, -2415}, Samples.values(out[0]));
  }

  @Test
  void many_threads_launch_one_kernel() throws Exception {
    CpuKernel kernel =
        interpreted(
            Expr.input(0, DType.FLOAT64)
                .mul(Expr.input(0, DType.FLOAT64))
                .add(Expr.scalar(0, DType.FLOAT64)));
    try (ExecutorService pool = Executors.newFixedThreadPool(32)) {
      Future<?>[] results = new Future<?>[32];
      for (int t = 0; t < results.length; t++) {
        double add = t;
        results[t] = pool.submit(() -> launchOften(kernel, add));
      }
      for (Future<?> result : results) {
        assertEquals(null, result.get());
      }
    }
  }

  private static void launchOften(CpuKernel kernel, double add) {
    for (int i = 0; i < 200; i++) {
      double[] values = Samples.normal(40, i);
      Operand[] x = {Samples.of(DType.FLOAT64, Layout.SPACED, values, 8, 5)};
      Operand[] out = {Samples.zeros(DType.FLOAT64, Layout.TRANSPOSED, 8, 5)};
      Pointwise.launch(kernel, out, x, new Scalar[] {Scalar.of(add)});
      assertArrayEquals(
          Arrays.stream(values).map(v -> v * v + add).toArray(), Samples.values(out[0]));
    }
  }
}
