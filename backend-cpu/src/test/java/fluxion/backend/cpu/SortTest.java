package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class SortTest {
  private final CpuBackend backend = new CpuBackend();

  @TestFactory
  List<DynamicTest> linesAreSortedStablyInEveryDtypeDimensionAndLayout() {
    List<DynamicTest> tests = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (boolean descending : new boolean[] {false, true}) {
        tests.add(
            DynamicTest.dynamicTest(
                dtype + (descending ? " down" : " up"), () -> check(dtype, descending)));
      }
    }
    return tests;
  }

  private void check(DType dtype, boolean descending) {
    long[] sizes = {3, 131, 5};
    int total = 3 * 131 * 5;
    double[] values =
        Samples.round(
            dtype, dtype.isFloatingPoint() ? Samples.special(total, 1) : Samples.small(total, 1));
    // −0 equals 0 in this order and NaN is the largest
    Comparator<Double> order = (a, b) -> Double.compare(a + 0.0, b + 0.0);
    for (int dim = 0; dim < 3; dim++) {
      int n = (int) sizes[dim];
      int step = dim == 0 ? 655 : dim == 1 ? 5 : 1;
      double[] sorted = new double[total];
      long[] places = new long[total];
      for (int i = 0; i < total; i++) {
        if (i / step % n != 0) {
          continue;
        }
        int start = i;
        Comparator<Double> wanted = descending ? order.reversed() : order;
        int[] permutation =
            IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparing(j -> values[start + j * step], wanted))
                .mapToInt(j -> j)
                .toArray();
        for (int j = 0; j < n; j++) {
          sorted[start + j * step] = values[start + permutation[j] * step];
          places[start + j * step] = permutation[j];
        }
      }
      for (Layout layout : Layout.values()) {
        Operand out = Samples.zeros(dtype, layout, sizes);
        Operand at = Samples.zeros(DType.INT64, layout, sizes);
        backend.sort(Samples.of(dtype, layout, values, sizes), dim, descending, out, at);
        assertArrayEquals(sorted, Samples.values(out), layout + " along " + dim);
        assertArrayEquals(places, Samples.integers(at), layout + " along " + dim);
      }
    }
  }

  @Test
  void everyLengthIsSorted() {
    for (int n = 0; n < 200; n++) {
      double[] values = Samples.small(n, n);
      Operand x = Samples.of(DType.INT32, values, n);
      backend.sort(x, 0, false, x, Samples.zeros(DType.INT64, Layout.CONTIGUOUS, n));
      double[] expected = values.clone();
      Arrays.sort(expected);
      assertArrayEquals(expected, Samples.values(x), "length " + n);
    }
  }

  @TestFactory
  List<DynamicTest> longLinesAreSortedStablyByDigits() {
    List<DynamicTest> tests = new ArrayList<>();
    for (DType dtype : DType.values()) {
      tests.add(DynamicTest.dynamicTest(dtype.toString(), () -> checkLong(dtype)));
    }
    return tests;
  }

  private void checkLong(DType dtype) {
    int n = 7001;
    double[] values =
        Samples.round(dtype, dtype.isFloatingPoint() ? Samples.special(n, 5) : Samples.small(n, 5));
    values[n / 2] = dtype == DType.UINT8 || dtype == DType.BOOL ? 1 : -3;
    Comparator<Double> order = (a, b) -> Double.compare(a + 0.0, b + 0.0);
    for (boolean descending : new boolean[] {false, true}) {
      long[] expected =
          IntStream.range(0, n)
              .boxed()
              .sorted(Comparator.comparing(i -> values[i], descending ? order.reversed() : order))
              .mapToLong(i -> i)
              .toArray();
      Operand out = Samples.zeros(dtype, Layout.REVERSED, n);
      Operand at = Samples.zeros(DType.INT64, Layout.SPACED, n);
      backend.sort(Samples.of(dtype, Layout.SPACED, values, n), 0, descending, out, at);
      assertArrayEquals(expected, Samples.integers(at));
      assertArrayEquals(
          Arrays.stream(expected).mapToDouble(i -> values[(int) i]).toArray(), Samples.values(out));
    }
  }

  @Test
  void nanComesLastAscendingAndFirstDescending() {
    double[] values = {1, Double.NaN, Double.POSITIVE_INFINITY, -1};
    Operand x = Samples.of(DType.FLOAT16, values, 4);
    Operand out = Samples.zeros(DType.FLOAT16, Layout.CONTIGUOUS, 4);
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 4);
    backend.sort(x, 0, false, out, at);
    assertArrayEquals(
        new double[] {-1, 1, Double.POSITIVE_INFINITY, Double.NaN}, Samples.values(out));
    backend.sort(x, 0, true, out, at);
    assertArrayEquals(
        new double[] {Double.NaN, Double.POSITIVE_INFINITY, 1, -1}, Samples.values(out));
    assertArrayEquals(new long[] {1, 2, 0, 3}, Samples.integers(at));
  }

  @Test
  void extremeIntegersAreSorted() {
    Operand x = Samples.longs(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE - 1);
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 4);
    backend.sort(x, 0, true, x, at);
    assertArrayEquals(
        new long[] {Long.MAX_VALUE, Long.MAX_VALUE - 1, 0, Long.MIN_VALUE}, Samples.integers(x));
  }

  @Test
  void scalarsAndEmptyOperandsAreSorted() {
    Operand x = Samples.of(DType.FLOAT32, new double[] {3});
    Operand at = Samples.zeros(DType.INT64, Layout.CONTIGUOUS);
    backend.sort(x, 0, false, x, at);
    assertArrayEquals(new double[] {3}, Samples.values(x));
    Operand empty = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 0);
    backend.sort(empty, 1, false, empty, Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 2, 0));
  }
}
