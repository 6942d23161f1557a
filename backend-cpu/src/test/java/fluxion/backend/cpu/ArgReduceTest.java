package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ArgReduceTest {
  private final CpuBackend backend = new CpuBackend();

  @TestFactory
  List<DynamicTest> theFirstExtremeIsFoundInEveryDtypeDimensionAndLayout() {
    List<DynamicTest> tests = new ArrayList<>();
    for (DType dtype : DType.values()) {
      tests.add(DynamicTest.dynamicTest(dtype.toString(), () -> check(dtype)));
    }
    return tests;
  }

  private void check(DType dtype) {
    long[] sizes = {4, 300, 3};
    double[] values =
        Samples.round(
            dtype, dtype.isFloatingPoint() ? Samples.normal(3600, 6) : Samples.small(3600, 6));
    if (dtype.isFloatingPoint()) {
      values[1000] = Double.NaN;
      values[1600] = Double.NaN;
    }
    for (int dim = 0; dim < 3; dim++) {
      long[] kept = sizes.clone();
      kept[dim] = 1;
      int n = (int) sizes[dim];
      int step = dim == 0 ? 900 : dim == 1 ? 3 : 1;
      for (boolean max : new boolean[] {true, false}) {
        double[] extremes = new double[3600 / n];
        long[] places = new long[3600 / n];
        int line = 0;
        for (int i = 0; i < 3600; i++) {
          if (i / step % n != 0) {
            continue;
          }
          int best = 0;
          for (int j = 1; j < n; j++) {
            double x = values[i + j * step];
            double b = values[i + best * step];
            if (!Double.isNaN(b) && (Double.isNaN(x) || (max ? x > b : x < b))) {
              best = j;
            }
          }
          extremes[line] = values[i + best * step];
          places[line++] = best;
        }
        for (Layout layout : Layout.values()) {
          Operand out = Samples.zeros(dtype, layout, kept);
          Operand at = Samples.zeros(DType.INT64, layout, kept);
          Operand input = Samples.of(dtype, layout, values, sizes);
          backend.argReduce(max, input, dim, out, at);
          assertArrayEquals(extremes, Samples.values(out), layout + " along " + dim);
          assertArrayEquals(places, Samples.integers(at), layout + " along " + dim);
        }
      }
    }
  }

  @Test
  void theValuesMayBeLeftOut() {
    Operand x = Samples.of(DType.INT32, new double[] {1, 5, 5}, 3);
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1);
    backend.argReduce(true, x, 0, null, at);
    assertArrayEquals(new long[] {1}, Samples.integers(at));
  }

  @Test
  void zerosOfBothSignsAreEqual() {
    Operand x = Samples.of(DType.FLOAT32, new double[] {-0.0, 0.0}, 2);
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1);
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 1);
    backend.argReduce(true, x, 0, out, at);
    assertArrayEquals(new long[] {0}, Samples.integers(at));
    assertArrayEquals(new double[] {-0.0}, Samples.values(out));
  }

  @Test
  void scalarsAndEmptyOperandsAreSearched() {
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS);
    backend.argReduce(true, Samples.of(DType.FLOAT32, new double[] {3}), 0, null, at);
    assertArrayEquals(new long[] {0}, Samples.integers(at));
    backend.argReduce(
        true,
        Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 3),
        1,
        null,
        Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 0, 1));
  }
}
