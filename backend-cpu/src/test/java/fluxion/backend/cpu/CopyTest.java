package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class CopyTest {
  private final CpuBackend backend = new CpuBackend();

  @TestFactory
  List<DynamicTest> everyDtypeIsCopiedToEveryDtypeFromAndToEveryLayout() {
    List<DynamicTest> tests = new ArrayList<>();
    for (DType from : DType.values()) {
      for (DType to : DType.values()) {
        tests.add(
            DynamicTest.dynamicTest(from + " to " + to, () -> copiesBetweenAllLayouts(from, to)));
      }
    }
    return tests;
  }

  private void copiesBetweenAllLayouts(DType from, DType to) {
    long[] sizes = {3, 5, 7, 4};
    double[] values = Samples.round(from, Samples.small(420, 1));
    for (Layout in : Layout.values()) {
      for (Layout out : Layout.values()) {
        Operand source = Samples.of(from, in, values, sizes);
        Operand target = Samples.zeros(to, out, sizes);
        backend.copy(source, target);
        assertArrayEquals(Samples.round(to, values), Samples.values(target), in + " to " + out);
      }
    }
  }

  @Test
  void dimensionsAreExchangedInMatricesOfAnySize() {
    Random random = new Random(7);
    DType[] dtypes = DType.values();
    for (int trial = 0; trial < 60; trial++) {
      DType dtype = dtypes[trial % dtypes.length];
      long[] sizes = {1 + random.nextInt(3), 1 + random.nextInt(50), 1 + random.nextInt(50)};
      if (trial % 20 == 19) {
        sizes = new long[] {1 + random.nextInt(2), 300, 257}; // as many as threads share
      }
      double[] values = Samples.round(dtype, Samples.small((int) Shape.of(sizes).numel(), trial));
      int[] order = {random.nextInt(3), 0, 0};
      order[1] = (order[0] + 1 + random.nextInt(2)) % 3;
      order[2] = 3 - order[0] - order[1];
      long[] strides = new long[3];
      long step = trial % 4 == 3 ? 2 : 1;
      for (int d : order) {
        strides[d] = step;
        step *= sizes[d] + trial % 2;
      }
      Operand memory = Samples.zeros(dtype, Layout.CONTIGUOUS, step + 5);
      Operand permuted = Samples.view(memory, 5, sizes, strides);
      backend.copy(Samples.of(dtype, values, sizes), permuted);
      assertArrayEquals(values, Samples.values(permuted), dtype + " into " + permuted.layout());
      double sum = Arrays.stream(Samples.values(memory)).sum();
      assertEquals(Arrays.stream(values).sum(), sum, "beside the window");
      Operand back = Samples.zeros(dtype, Layout.CONTIGUOUS, sizes);
      backend.copy(permuted, back);
      assertArrayEquals(values, Samples.values(back), dtype + " from " + permuted.layout());
    }
  }

  @Test
  void onlyTheWindowIsWritten() {
    Operand target = Samples.zeros(DType.INT32, Layout.SPACED, 2, 3);
    backend.fill(target, Scalar.of(7));
    int[] array = (int[]) CpuBuffer.elements(target).array();
    assertEquals(6, Arrays.stream(array).filter(v -> v == 7).count());
    assertEquals(array.length - 6, Arrays.stream(array).filter(v -> v == 0).count());
  }

  @Test
  void anExpandedSourceIsRepeated() {
    Operand one = Samples.of(DType.FLOAT32, new double[] {1, 2, 3}, 3);
    Operand expanded = Samples.view(one, 0, new long[] {2, 3, 2}, 0, 1, 0);
    Operand target = Samples.zeros(DType.FLOAT32, Layout.TRANSPOSED, 2, 3, 2);
    backend.copy(expanded, target);
    assertArrayEquals(new double[] {1, 1, 2, 2, 3, 3, 1, 1, 2, 2, 3, 3}, Samples.values(target));
  }

  @Test
  void scalarsAndEmptyOperandsAreCopied() {
    Operand scalar = Samples.of(DType.FLOAT64, new double[] {2.5});
    Operand target = Samples.zeros(DType.INT8, Layout.SPACED);
    backend.copy(scalar, target);
    assertArrayEquals(new double[] {2}, Samples.values(target));
    backend.copy(
        Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 3),
        Samples.zeros(DType.INT32, Layout.TRANSPOSED, 0, 3));
    backend.fill(Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 4, 0), Scalar.of(1));
  }

  @Test
  void floatsAreCutTowardsZeroSaturateAtInt64AndWrapInNarrowerIntegers() {
    double[] values = {1.9, -1.9, 300.7, -1, 1e30, -1e30, Double.NaN, Double.POSITIVE_INFINITY};
    long max = Long.MAX_VALUE;
    long min = Long.MIN_VALUE;
    assertArrayEquals(new long[] {1, -1, 300, -1, max, min, 0, max}, cast(DType.INT64, values));
    assertArrayEquals(new long[] {1, -1, 300, -1, -1, 0, 0, -1}, cast(DType.INT32, values));
    assertArrayEquals(new long[] {1, -1, 300, -1, -1, 0, 0, -1}, cast(DType.INT16, values));
    assertArrayEquals(new long[] {1, -1, 44, -1, -1, 0, 0, -1}, cast(DType.INT8, values));
    assertArrayEquals(new long[] {1, 255, 44, 255, 255, 0, 0, 255}, cast(DType.UINT8, values));
  }

  private long[] cast(DType dtype, double... values) {
    Operand target = Samples.zeros(dtype, Layout.CONTIGUOUS, values.length);
    backend.copy(Samples.of(DType.FLOAT64, values, values.length), target);
    return Samples.integers(target);
  }

  @Test
  void everythingButZeroIsTrue() {
    assertArrayEquals(
        new long[] {0, 0, 1, 1, 1}, cast(DType.BOOL, 0.0, -0.0, 0.25, Double.NaN, -3));
    Operand target = Samples.zeros(DType.BOOL, Layout.CONTIGUOUS, 3);
    backend.copy(Samples.longs(0, 256, -1), target);
    assertArrayEquals(new long[] {0, 1, 1}, Samples.integers(target));
  }

  @Test
  void anInt64BecomesTheNearestFloat32InOneRounding() {
    // a float64 would lose the last bit, and the tie would then go the other way
    Operand source = Samples.longs((1L << 60) + (1L << 36) + 1, Long.MAX_VALUE);
    Operand target = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2);
    backend.copy(source, target);
    assertArrayEquals(new double[] {(1L << 60) + (1L << 37), 0x1p63}, Samples.values(target));
  }

  @Test
  void largeIntegersAreCopiedExactly() {
    Operand target = Samples.zeros(DType.INT64, Layout.REVERSED, 2);
    backend.copy(Samples.longs(Long.MAX_VALUE - 1, Long.MIN_VALUE + 1), target);
    assertArrayEquals(
        new long[] {Long.MAX_VALUE - 1, Long.MIN_VALUE + 1}, Samples.integers(target));
  }

  @Test
  void fillCastsItsValue() {
    for (DType dtype : DType.values()) {
      for (Layout layout : Layout.values()) {
        Operand target = Samples.zeros(dtype, layout, 20, 30);
        backend.fill(target, Scalar.of(3));
        double expected = dtype == DType.BOOL ? 1 : 3;
        double[] all = new double[600];
        Arrays.fill(all, expected);
        assertArrayEquals(all, Samples.values(target), dtype + " " + layout);
        backend.fill(target, Scalar.of(true));
        assertEquals(1.0, Samples.values(target)[599]);
      }
    }
    Operand bytes = Samples.zeros(DType.UINT8, Layout.CONTIGUOUS, 1);
    backend.fill(bytes, Scalar.of(-1.5));
    assertArrayEquals(new long[] {255}, Samples.integers(bytes));
    Operand longs = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1);
    backend.fill(longs, Scalar.of(Long.MAX_VALUE - 1));
    assertArrayEquals(new long[] {Long.MAX_VALUE - 1}, Samples.integers(longs));
  }

  @Test
  void negativeZeroNanAndInfinitiesSurviveEveryFloatDtype() {
    double[] values = {-0.0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY};
    for (DType from : Samples.FLOATS) {
      for (DType to : Samples.FLOATS) {
        Operand target = Samples.zeros(to, Layout.SPACED, 4);
        backend.copy(Samples.of(from, values, 4), target);
        assertArrayEquals(values, Samples.values(target), from + " to " + to);
      }
    }
  }
}
