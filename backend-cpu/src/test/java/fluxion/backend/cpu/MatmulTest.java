package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class MatmulTest {
  private final CpuBackend backend = new CpuBackend();

  private static double[] oracle(
      DType dtype, double[] a, double[] b, int batch, int m, int k, int n) {
    double[] c = new double[batch * m * n];
    for (int i = 0; i < c.length; i++) {
      int row = i / n;
      int column = i % n;
      int matrix = row / m;
      double sum = 0;
      for (int p = 0; p < k; p++) {
        double x = a[row * k + p];
        double y = b[(matrix * k + p) * n + column];
        sum =
            dtype == DType.FLOAT64
                ? Math.fma(x, y, sum)
                : dtype.isFloatingPoint()
                    ? Math.fma((float) x, (float) y, (float) sum)
                    : (long) sum + ((long) x) * ((long) y);
      }
      c[i] = Samples.round(dtype, sum);
    }
    return c;
  }

  @TestFactory
  List<DynamicTest> everyElementIsOneChainInEveryDtypeShapeAndLayout() {
    int[][] shapes = {
      {1, 1, 1, 1},
      {2, 3, 4, 5},
      {1, 7, 5, 1},
      {3, 1, 9, 2},
      {1, 6, 1, 3},
      {2, 17, 300, 19},
      {1, 5, 3, 1030},
      {1, 2, 131, 4}
    };
    List<DynamicTest> tests = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (int[] s : shapes) {
        tests.add(
            DynamicTest.dynamicTest(
                dtype + " " + Arrays.toString(s), () -> check(dtype, s[0], s[1], s[2], s[3])));
      }
    }
    return tests;
  }

  private void check(DType dtype, int batch, int m, int k, int n) {
    boolean floating = dtype.isFloatingPoint();
    double[] a = floating ? Samples.normal(batch * m * k, 1) : Samples.small(batch * m * k, 1);
    double[] b = floating ? Samples.normal(batch * k * n, 2) : Samples.small(batch * k * n, 2);
    a = Samples.round(dtype, a);
    b = Samples.round(dtype, b);
    double[] expected = oracle(dtype, a, b, batch, m, k, n);
    for (Layout left : Layout.values()) {
      for (Layout right : Layout.values()) {
        Operand out = Samples.zeros(dtype, left, batch, m, n);
        backend.matmul(
            Samples.of(dtype, left, a, batch, m, k),
            Samples.of(dtype, right, b, batch, k, n),
            out,
            null);
        assertArrayEquals(expected, Samples.values(out), left + " times " + right);
      }
    }
  }

  @Test
  void anExpandedMatrixIsUsedInEveryProductOfTheBatch() {
    double[] a = Samples.normal(3 * 4 * 5, 1);
    double[] b = Samples.normal(5 * 6, 2);
    double[] repeated = new double[90];
    Arrays.setAll(repeated, i -> b[i % 30]);
    for (long[] strides : new long[][] {{0, 6, 1}, {0, 1, 5}}) {
      Layout layout = strides[1] == 6 ? Layout.CONTIGUOUS : Layout.TRANSPOSED;
      Operand matrix = Samples.of(DType.FLOAT32, layout, b, 5, 6);
      Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 3, 4, 6);
      backend.matmul(
          Samples.of(DType.FLOAT32, a, 3, 4, 5),
          Samples.view(matrix, 0, new long[] {3, 5, 6}, strides),
          out,
          null);
      assertArrayEquals(oracle(DType.FLOAT32, a, repeated, 3, 4, 5, 6), Samples.values(out));
    }
  }

  @Test
  void a_batch_that_is_the_rows_of_one_matrix_gives_the_same_bits() {
    for (DType dtype : new DType[] {DType.FLOAT16, DType.FLOAT32, DType.FLOAT64}) {
      for (int m : new int[] {1, 7}) {
        double[] a = Samples.round(dtype, Samples.normal(20 * m * 30, 1));
        double[] b = Samples.round(dtype, Samples.normal(30 * 40, 2));
        double[] repeated = new double[20 * b.length];
        Arrays.setAll(repeated, i -> b[i % b.length]);
        double[] expected = oracle(dtype, a, repeated, 20, m, 30, 40);
        Operand matrix = Samples.of(dtype, b, 30, 40);
        Operand expanded = Samples.view(matrix, 0, new long[] {20, 30, 40}, 0, 40, 1);
        for (Layout layout : Layout.values()) {
          Operand out = Samples.zeros(dtype, Layout.CONTIGUOUS, 20, m, 40);
          backend.matmul(Samples.of(dtype, layout, a, 20, m, 30), expanded, out, null);
          assertArrayEquals(expected, Samples.values(out), dtype + " " + layout + " " + m);
        }
      }
    }
  }

  @Test
  void a_batch_divided_among_threads_gives_the_same_bits() {
    int threads = Workers.threads();
    try {
      double[] a = Samples.normal(90 * 30 * 32, 1);
      double[] b = Samples.normal(90 * 32 * 31, 2);
      double[] expected = oracle(DType.FLOAT32, a, b, 90, 30, 32, 31);
      for (int n : new int[] {1, 3}) {
        backend.threads(n);
        Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 90, 30, 31);
        backend.matmul(
            Samples.of(DType.FLOAT32, a, 90, 30, 32),
            Samples.of(DType.FLOAT32, b, 90, 32, 31),
            out,
            null);
        assertArrayEquals(expected, Samples.values(out), n + " threads");
      }
    } finally {
      Workers.threads(threads);
    }
  }

  @Test
  void integers_in_any_layout_and_expanded_are_multiplied() {
    for (DType dtype : new DType[] {DType.INT32, DType.INT64, DType.BOOL}) {
      double[] a = Samples.round(dtype, Samples.small(3 * 4 * 5, 1));
      double[] b = Samples.round(dtype, Samples.small(5 * 6, 2));
      double[] repeated = new double[90];
      Arrays.setAll(repeated, i -> b[i % 30]);
      double[] expected = oracle(dtype, a, repeated, 3, 4, 5, 6);
      for (long[] strides : new long[][] {{0, 6, 1}, {0, 1, 5}}) {
        Layout layout = strides[1] == 6 ? Layout.CONTIGUOUS : Layout.TRANSPOSED;
        Operand matrix = Samples.of(dtype, layout, b, 5, 6);
        Operand out = Samples.zeros(dtype, Layout.CONTIGUOUS, 3, 4, 6);
        backend.matmul(
            Samples.of(dtype, layout, a, 3, 4, 5),
            Samples.view(matrix, 0, new long[] {3, 5, 6}, strides),
            out,
            null);
        assertArrayEquals(expected, Samples.values(out), dtype + " " + layout);
      }
    }
  }

  @Test
  void withoutSummandsTheProductIsZero() {
    for (DType dtype : DType.values()) {
      for (int n : new int[] {2, 9}) {
        Operand out = Samples.zeros(dtype, Layout.CONTIGUOUS, 3, n);
        backend.fill(out, Scalar.of(1));
        backend.matmul(
            Samples.zeros(dtype, Layout.CONTIGUOUS, 3, 0),
            Samples.zeros(dtype, Layout.CONTIGUOUS, 0, n),
            out,
            null);
        assertArrayEquals(new double[3 * n], Samples.values(out), dtype.toString());
      }
    }
    backend.matmul(
        Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 2, 3),
        Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 3, 4),
        Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 2, 4),
        null);
  }

  @Test
  void nansAndInfinitiesSpreadThroughZeros() {
    Operand a = Samples.of(DType.FLOAT32, new double[] {0, 1, Double.POSITIVE_INFINITY, 0}, 2, 2);
    Operand b = Samples.of(DType.FLOAT32, new double[] {Double.NaN, 0, 2, -0.0}, 2, 2);
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 2);
    backend.matmul(a, b, out, null);
    assertArrayEquals(new double[] {Double.NaN, 0, Double.NaN, Double.NaN}, Samples.values(out));
  }

  @Test
  void integersWrapInTheirOwnDtype() {
    Operand a = Samples.of(DType.INT8, new double[] {100, 100}, 1, 2);
    Operand b = Samples.of(DType.INT8, new double[] {2, 1}, 2, 1);
    Operand out = Samples.zeros(DType.INT8, Layout.CONTIGUOUS, 1, 1);
    backend.matmul(a, b, out, null);
    assertArrayEquals(new double[] {44}, Samples.values(out));
    Operand large = Samples.view(Samples.longs(Long.MAX_VALUE), 0, new long[] {1, 1}, 0, 0);
    Operand two = Samples.view(Samples.longs(2), 0, new long[] {1, 1}, 0, 0);
    Operand product = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1, 1);
    backend.matmul(large, two, product, null);
    assertArrayEquals(new long[] {-2}, Samples.integers(product));
  }

  @Test
  void theOutputMayBeAnOperand() {
    double[] a = Samples.normal(64, 1);
    double[] b = Samples.normal(64, 2);
    Operand left = Samples.of(DType.FLOAT32, a, 8, 8);
    backend.matmul(left, Samples.of(DType.FLOAT32, b, 8, 8), left, null);
    assertArrayEquals(oracle(DType.FLOAT32, a, b, 1, 8, 8, 8), Samples.values(left));
  }

  @Test
  void anEpilogueMapsTheProductBeforeItIsStored() {
    Expr product = Expr.input(0, DType.FLOAT32);
    Expr bias = Expr.input(1, DType.FLOAT32);
    Expr formula = product.add(bias).mul(Expr.scalar(0, DType.FLOAT32)).cast(DType.FLOAT64);
    double[] a = Samples.normal(12, 1);
    double[] b = Samples.normal(20, 2);
    double[] bias5 = Samples.normal(5, 3);
    Operand expanded =
        Samples.view(Samples.of(DType.FLOAT32, bias5, 5), 0, new long[] {3, 5}, 0, 1);
    MatmulEpilogue epilogue =
        new MatmulEpilogue(
            backend.compile(Kernel.of(formula)),
            new Operand[] {expanded},
            new Scalar[] {Scalar.of(2)});
    double[] expected = oracle(DType.FLOAT32, a, b, 1, 3, 4, 5);
    Arrays.setAll(expected, i -> 2 * (float) (expected[i] + bias5[i % 5]));
    for (Layout layout : Layout.values()) {
      Operand out = Samples.zeros(DType.FLOAT64, layout, 3, 5);
      backend.matmul(
          Samples.of(DType.FLOAT32, a, 3, 4),
          Samples.of(DType.FLOAT32, layout, b, 4, 5),
          out,
          epilogue);
      assertArrayEquals(expected, Samples.values(out), layout.toString());
    }
  }

  @Test
  void an_epilogue_of_the_dtype_of_the_sums_may_read_what_the_output_held_before() {
    Expr formula = Expr.input(0, DType.FLOAT32).add(Expr.input(1, DType.FLOAT32));
    double[] a = Samples.normal(12, 1);
    double[] b = Samples.normal(20, 2);
    double[] before = Samples.normal(15, 3);
    double[] expected = oracle(DType.FLOAT32, a, b, 1, 3, 4, 5);
    Arrays.setAll(expected, i -> (float) (expected[i] + before[i]));
    for (Layout layout : Layout.values()) {
      Operand out = Samples.of(DType.FLOAT32, layout, before, 3, 5);
      for (Operand other : List.of(out, Samples.of(DType.FLOAT32, layout, before, 3, 5))) {
        backend.matmul(
            Samples.of(DType.FLOAT32, a, 3, 4),
            Samples.of(DType.FLOAT32, b, 4, 5),
            out,
            new MatmulEpilogue(
                backend.compile(Kernel.of(formula)), new Operand[] {other}, new Scalar[0]));
        assertArrayEquals(expected, Samples.values(out), layout.toString());
      }
    }
  }

  @Test
  void anEpilogueThatReadsSixteenBitsGetsTheRoundedProduct() {
    double[] a = Samples.round(DType.BFLOAT16, Samples.normal(12, 1));
    double[] b = Samples.round(DType.BFLOAT16, Samples.normal(12, 2));
    Kernel kernel = Kernel.of(Expr.input(0, DType.BFLOAT16).cast(DType.FLOAT32));
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 3, 3);
    backend.matmul(
        Samples.of(DType.BFLOAT16, a, 3, 4),
        Samples.of(DType.BFLOAT16, b, 4, 3),
        out,
        new MatmulEpilogue(backend.compile(kernel), new Operand[0], new Scalar[0]));
    assertArrayEquals(oracle(DType.BFLOAT16, a, b, 1, 3, 4, 3), Samples.values(out));
  }
}
