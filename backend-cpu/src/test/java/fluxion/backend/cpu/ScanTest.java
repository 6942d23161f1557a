package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScanKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ScanTest {
  private final CpuBackend backend = new CpuBackend();

  @TestFactory
  List<DynamicTest> everyKindMatchesAPlainLoopOverDtypesDimensionsAndLayouts() {
    List<DynamicTest> tests = new ArrayList<>();
    for (ScanKind kind : ScanKind.values()) {
      for (DType dtype : DType.values()) {
        tests.add(DynamicTest.dynamicTest(kind + " of " + dtype, () -> check(kind, dtype)));
      }
    }
    return tests;
  }

  private void check(ScanKind kind, DType dtype) {
    long[] sizes = {3, 270, 2};
    double[] values =
        Samples.round(
            dtype, dtype.isFloatingPoint() ? Samples.special(1620, 9) : Samples.small(1620, 9));
    for (int dim = 0; dim < 3; dim++) {
      for (boolean reversed : new boolean[] {false, true}) {
        double[] expected = values.clone();
        long[] places = new long[values.length];
        oracle(kind, dtype, expected, places, sizes, dim, reversed);
        for (Layout layout : Layout.values()) {
          Operand out = Samples.zeros(dtype, layout, sizes);
          Operand at = Samples.zeros(DType.INT64, layout, sizes);
          boolean extreme = kind == ScanKind.MAX || kind == ScanKind.MIN;
          Operand input = Samples.of(dtype, layout, values, sizes);
          backend.scan(kind, input, dim, reversed, out, extreme ? at : null);
          assertArrayEquals(expected, Samples.values(out), layout + " along " + dim);
          if (extreme) {
            assertArrayEquals(places, Samples.integers(at), layout + " along " + dim);
          }
        }
      }
    }
  }

  private static void oracle(
      ScanKind kind,
      DType dtype,
      double[] x,
      long[] places,
      long[] sizes,
      int dim,
      boolean reversed) {
    int step = 1;
    for (int d = dim + 1; d < sizes.length; d++) {
      step *= (int) sizes[d];
    }
    int n = (int) sizes[dim];
    for (int i = 0; i < x.length; i++) {
      if (i / step % n != (reversed ? n - 1 : 0)) {
        continue;
      }
      double running = kind == ScanKind.PROD ? 1 : 0;
      long place = 0;
      for (int j = 0; j < n; j++) {
        int at = i + (reversed ? -j : j) * step;
        switch (kind) {
          case SUM -> running = Samples.round(dtype, running + x[at]);
          case PROD -> running = Samples.round(dtype, running * x[at]);
          case MAX, MIN -> {
            boolean better = kind == ScanKind.MAX ? x[at] >= running : x[at] <= running;
            if (j == 0 || Double.isNaN(x[at]) || better) {
              running = x[at];
              place = reversed ? n - 1 - j : j;
            }
          }
        }
        x[at] = running;
        places[at] = place;
      }
    }
  }

  @Test
  void theInputIsCastToTheAccumulator() {
    Operand bytes = Samples.of(DType.UINT8, new double[] {200, 200, 1}, 3);
    Operand sums = Samples.zeros(DType.INT64, Layout.REVERSED, 3);
    backend.scan(ScanKind.SUM, bytes, 0, false, sums, null);
    assertArrayEquals(new long[] {200, 400, 401}, Samples.integers(sums));
    Operand trues = Samples.of(DType.BOOL, new double[] {1, 0, 1}, 3);
    backend.scan(ScanKind.SUM, trues, 0, true, sums, null);
    assertArrayEquals(new long[] {2, 1, 1}, Samples.integers(sums));
  }

  @Test
  void theOutputMayBeTheInput() {
    Operand x = Samples.of(DType.FLOAT32, new double[] {1, 2, 3, 4}, 4);
    backend.scan(ScanKind.SUM, x, 0, true, x, null);
    assertArrayEquals(new double[] {10, 9, 7, 4}, Samples.values(x));
  }

  @Test
  void ofEqualValuesAndOfNansTheLastIsNamed() {
    double nan = Double.NaN;
    Operand x = Samples.of(DType.FLOAT64, new double[] {2, 2, 1, nan, 5, nan, 7}, 7);
    Operand out = Samples.zeros(DType.FLOAT64, Layout.CONTIGUOUS, 7);
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 7);
    backend.scan(ScanKind.MAX, x, 0, false, out, at);
    assertArrayEquals(new double[] {2, 2, 2, nan, nan, nan, nan}, Samples.values(out));
    assertArrayEquals(new long[] {0, 1, 1, 3, 3, 5, 5}, Samples.integers(at));
  }

  @Test
  void scalarsAndEmptyOperandsAreScanned() {
    Operand scalar = Samples.of(DType.FLOAT32, new double[] {3});
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS);
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS);
    backend.scan(ScanKind.MAX, scalar, 0, true, out, at);
    assertArrayEquals(new double[] {3}, Samples.values(out));
    Operand empty = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 0);
    backend.scan(ScanKind.SUM, empty, 0, false, empty, null);
    backend.scan(ScanKind.SUM, empty, 1, false, empty, null);
  }

  @Test
  void aRunningSumOfNegativeZeroIsZero() {
    Operand x = Samples.of(DType.FLOAT32, new double[] {-0.0, -0.0}, 2);
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2);
    backend.scan(ScanKind.SUM, x, 0, false, out, null);
    assertArrayEquals(new double[] {0.0, 0.0}, Samples.values(out));
  }
}
