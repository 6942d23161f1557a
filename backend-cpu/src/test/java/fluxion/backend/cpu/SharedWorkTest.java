package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.ScatterMode;
import fluxion.engine.spi.accelerator.Softmax;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Work that threads share has the same bits however many there are. */
class SharedWorkTest {
  private static final Scalar[] NONE = {};
  private final CpuBackend backend = new CpuBackend();
  private final int threads = Workers.threads();

  @AfterEach
  void restore_the_number_of_threads() {
    Workers.threads(threads);
  }

  private static void check(String what, Supplier<Operand> work) {
    Workers.threads(1);
    double[] alone = Samples.values(work.get());
    for (int n = 2; n <= 4; n++) {
      Workers.threads(n);
      assertArrayEquals(alone, Samples.values(work.get()), what + " on " + n + " threads");
    }
  }

  private Operand reduce(Reduction reduction, Operand input, boolean... reduced) {
    long[] sizes = input.shape().toArray();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = reduced[d] ? 1 : sizes[d];
    }
    Operand output = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, sizes);
    backend.reduce(backend.compile(reduction), new Operand[] {input}, reduced, output, NONE);
    return output;
  }

  private static Operand normal(long... sizes) {
    int n = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
    return Samples.of(DType.FLOAT32, Samples.normal(n, n), sizes);
  }

  @Test
  void reductions() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Reduction sum = Reduction.of(Reduction.Kind.SUM, DType.FLOAT32, DType.FLOAT32, DType.FLOAT32);
    Reduction squares =
        new Reduction(Reduction.Kind.SUM, Kernel.of(x.mul(x)), DType.FLOAT32, Kernel.of(x));
    Operand line = normal(33 * 16_384 + 77);
    Operand tall = normal(3001, 100);
    Operand many = normal(400, 23, 37);
    for (Reduction reduction : new Reduction[] {sum, squares}) {
      check("a long line", () -> reduce(reduction, line, true));
      check("lines", () -> reduce(reduction, tall, false, true));
      check("columns", () -> reduce(reduction, tall, true, false));
      check("planes", () -> reduce(reduction, many, true, false, true));
      check("short lines", () -> reduce(reduction, many, false, true, false));
    }
  }

  @Test
  void lines() {
    Operand x = normal(300, 333);
    Softmax softmax = backend.accelerator(Softmax.class).orElseThrow();
    for (int dim = 0; dim < 2; dim++) {
      int along = dim;
      check("softmax", () -> result(out -> softmax.softmax(x, along, false, out)));
      check("cumsum", () -> result(out -> backend.scan(ScanKind.SUM, x, along, false, out, null)));
      check(
          "sort",
          () -> {
            Operand places = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 300, 333);
            result(out -> backend.sort(x, along, true, out, places));
            return places;
          });
      check(
          "argmax",
          () -> {
            Operand places =
                Samples.zeros(
                    DType.INT64, Layout.CONTIGUOUS, along == 0 ? 1 : 300, along == 1 ? 1 : 333);
            backend.argReduce(true, x, along, null, places);
            return places;
          });
    }
  }

  @Test
  void indexing() {
    Operand x = normal(1000, 80);
    Operand index = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 2000);
    long[] indices = (long[]) CpuBuffer.elements(index).array();
    Arrays.setAll(indices, i -> i * 7919 % 1000);
    Operand[] tuples = {index};
    check(
        "rows",
        () -> {
          Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2000, 80);
          backend.indexedGather(x, tuples, out);
          return out;
        });
    check(
        "rows added",
        () -> {
          Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 1000, 80);
          backend.indexedScatter(ScatterMode.ADD, out, tuples, normal(2000, 80));
          return out;
        });
    Operand spread = Samples.view(index, 0, new long[] {1000, 80}, 1, 12);
    check(
        "elements",
        () -> {
          Operand out = Samples.zeros(DType.FLOAT32, Layout.TRANSPOSED, 1000, 80);
          backend.gather(x, 0, spread, out);
          return out;
        });
  }

  private static Operand result(Consumer<Operand> work) {
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 300, 333);
    work.accept(out);
    return out;
  }

  @Test
  void softmax_of_many_lines_is_that_of_each() {
    Operand x = normal(100, 700);
    Softmax softmax = backend.accelerator(Softmax.class).orElseThrow();
    for (int dim = 0; dim < 2; dim++) {
      Operand all = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 100, 700);
      softmax.softmax(x, dim, true, all);
      for (int line = 0; line < 100; line += 33) {
        long[] sizes = {dim == 0 ? 100 : 700};
        int step = dim == 0 ? 700 : 1;
        Operand one = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, sizes);
        int offset = dim == 0 ? line : 700 * line;
        softmax.softmax(Samples.view(x, offset, sizes, step), 0, true, one);
        assertArrayEquals(
            Samples.values(Samples.view(all, offset, sizes, step)), Samples.values(one));
      }
    }
  }
}
