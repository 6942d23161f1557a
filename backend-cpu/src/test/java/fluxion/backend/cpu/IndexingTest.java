package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScatterMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

class IndexingTest {
  private static final long[] LARGE = {4, 6, 5};
  private static final long[] SMALL = {3, 5, 4};
  private static final int SMALL_COUNT = 60;

  private final CpuBackend backend = new CpuBackend();

  private static double[] sample(DType dtype, int n, long seed) {
    double[] values = dtype.isFloatingPoint() ? Samples.normal(n, seed) : Samples.small(n, seed);
    return Samples.round(dtype, values);
  }

  private static double[] indices(int n, int bound, long seed) {
    return new Random(seed).ints(n, 0, bound).asDoubleStream().toArray();
  }

  /** Where element i of the small shape lies in the large one, with one index replaced. */
  private static int large(int i, int dim, int index) {
    int[] at = {i / 20, i / 4 % 5, i % 4};
    at[dim] = index;
    return (at[0] * 6 + at[1]) * 5 + at[2];
  }

  private static double combine(ScatterMode mode, DType dtype, double there, double value) {
    double exact =
        switch (mode) {
          case SET -> value;
          case ADD -> there + value;
          case MUL -> there * value;
          case MIN -> Math.min(there, value);
          case MAX -> Math.max(there, value);
        };
    return Samples.round(dtype, exact);
  }

  @TestFactory
  List<DynamicTest> gatherAndScatterMatchPlainLoopsOverDtypesDimensionsAndLayouts() {
    List<DynamicTest> tests = new ArrayList<>();
    for (DType dtype : DType.values()) {
      tests.add(DynamicTest.dynamicTest("gather of " + dtype, () -> checkGather(dtype)));
      for (ScatterMode mode : ScatterMode.values()) {
        tests.add(
            DynamicTest.dynamicTest(
                "scatter " + mode + " of " + dtype, () -> checkScatter(mode, dtype)));
      }
    }
    return tests;
  }

  @Test
  void elementsAreAddedToContiguousLinesAsToOthers() {
    double[] index = indices(3 * 70, 50, 1);
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64, DType.INT64}) {
      double[] source = sample(dtype, 3 * 70, 2);
      Operand places = Samples.of(DType.INT64, index, 3, 70);
      Operand line = Samples.zeros(dtype, Layout.CONTIGUOUS, 3, 50);
      backend.scatter(ScatterMode.ADD, line, 1, places, Samples.of(dtype, source, 3, 70));
      Operand spaced = Samples.zeros(dtype, Layout.SPACED, 3, 50);
      backend.scatter(ScatterMode.ADD, spaced, 1, places, Samples.of(dtype, source, 3, 70));
      assertArrayEquals(Samples.values(spaced), Samples.values(line), dtype.toString());
      double[] before = Samples.values(line);
      CpuBuffer.elements(places).setDouble(209, 50);
      assertThrows(
          IndexException.class,
          () ->
              backend.scatter(ScatterMode.ADD, line, 1, places, Samples.of(dtype, source, 3, 70)));
      assertArrayEquals(before, Samples.values(line), "nothing is written");
    }
  }

  @Test
  void elementsOfAMatrixAreGatheredAtContiguousIndicesAsAtOthers() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.INT16, DType.BOOL}) {
      double[] values = sample(dtype, 8 * 5, 1);
      for (int dim = 0; dim < 2; dim++) {
        int d = dim;
        Operand index = Samples.of(DType.INT64, indices(6 * 3, dim == 0 ? 8 : 5, 2), 6, 3);
        for (Layout layout : Layout.values()) {
          Operand input = Samples.of(dtype, layout, values, 8, 5);
          Operand line = Samples.zeros(dtype, Layout.CONTIGUOUS, 6, 3);
          backend.gather(input, dim, index, line);
          Operand spaced = Samples.zeros(dtype, Layout.SPACED, 6, 3);
          backend.gather(input, dim, index, spaced);
          assertArrayEquals(Samples.values(spaced), Samples.values(line), layout + " " + dim);
        }
        Operand input = Samples.of(dtype, values, 8, 5);
        Operand out = Samples.of(dtype, sample(dtype, 6 * 3, 3), 6, 3);
        double[] before = Samples.values(out);
        CpuBuffer.elements(index).setDouble((int) index.offset() + 17, dim == 0 ? 8 : 5);
        assertThrows(IndexException.class, () -> backend.gather(input, d, index, out));
        assertArrayEquals(before, Samples.values(out), "nothing is written");
      }
    }
  }

  private void checkGather(DType dtype) {
    double[] input = sample(dtype, 120, 1);
    for (int dim = 0; dim < 3; dim++) {
      double[] index = indices(SMALL_COUNT, (int) LARGE[dim], 2);
      double[] expected = new double[SMALL_COUNT];
      int along = dim;
      Arrays.setAll(expected, i -> input[large(i, along, (int) index[i])]);
      for (Layout layout : Layout.values()) {
        for (Layout other : Layout.values()) {
          Operand out = Samples.zeros(dtype, other, SMALL);
          backend.gather(
              Samples.of(dtype, layout, input, LARGE),
              dim,
              Samples.of(DType.INT64, other, index, SMALL),
              out);
          assertArrayEquals(expected, Samples.values(out), layout + " " + other + " " + dim);
        }
      }
    }
  }

  private void checkScatter(ScatterMode mode, DType dtype) {
    double[] target = sample(dtype, 120, 1);
    double[] source = sample(dtype, SMALL_COUNT, 3);
    for (int dim = 0; dim < 3; dim++) {
      // few places, so that duplicates meet
      double[] index = indices(SMALL_COUNT, 2, 4);
      double[] expected = target.clone();
      for (int i = 0; i < SMALL_COUNT; i++) {
        int at = large(i, dim, (int) index[i]);
        expected[at] = combine(mode, dtype, expected[at], source[i]);
      }
      for (Layout layout : Layout.values()) {
        for (Layout other : Layout.values()) {
          Operand out = Samples.of(dtype, layout, target, LARGE);
          backend.scatter(
              mode,
              out,
              dim,
              Samples.of(DType.INT64, other, index, SMALL),
              Samples.of(dtype, other, source, SMALL));
          assertArrayEquals(expected, Samples.values(out), layout + " " + other + " " + dim);
        }
      }
    }
  }

  @TestFactory
  List<DynamicTest> indexedFormsMatchPlainLoopsForEveryNumberOfIndices() {
    List<DynamicTest> tests = new ArrayList<>();
    for (DType dtype : DType.values()) {
      for (int count = 0; count <= 3; count++) {
        int n = count;
        tests.add(DynamicTest.dynamicTest(dtype + " by " + count, () -> checkIndexed(dtype, n)));
      }
    }
    return tests;
  }

  private void checkIndexed(DType dtype, int count) {
    int[] rests = {120, 30, 5, 1};
    int rest = rests[count];
    int tuples = count == 0 ? 1 : 14;
    double[][] index = new double[count][];
    for (int d = 0; d < count; d++) {
      index[d] = indices(tuples, (int) LARGE[d], 10 + d);
    }
    long[] shape = count == 0 ? new long[0] : new long[] {7, 2};
    long[] gathered = Arrays.copyOf(shape, shape.length + 3 - count);
    System.arraycopy(LARGE, count, gathered, shape.length, 3 - count);
    int[] rows = new int[tuples];
    for (int t = 0; t < tuples; t++) {
      for (int d = 0; d < count; d++) {
        rows[t] += ((int) index[d][t]) * rests[d + 1];
      }
    }
    double[] there = sample(dtype, 120, 1);
    double[] values = sample(dtype, tuples * rest, 5);
    double[] expected = new double[tuples * rest];
    Arrays.setAll(expected, i -> there[rows[i / rest] + i % rest]);
    for (Layout layout : Layout.values()) {
      Operand[] indices = new Operand[count];
      for (int d = 0; d < count; d++) {
        indices[d] = Samples.of(DType.INT64, layout, index[d], shape);
      }
      Operand input = Samples.of(dtype, layout, there, LARGE);
      Operand out = Samples.zeros(dtype, layout, gathered);
      backend.indexedGather(input, indices, out);
      assertArrayEquals(expected, Samples.values(out), "gathered " + layout);
      for (ScatterMode mode : ScatterMode.values()) {
        double[] after = there.clone();
        for (int i = 0; i < values.length; i++) {
          int at = rows[i / rest] + i % rest;
          after[at] = combine(mode, dtype, after[at], values[i]);
        }
        Operand target = Samples.of(dtype, layout, there, LARGE);
        backend.indexedScatter(mode, target, indices, Samples.of(dtype, layout, values, gathered));
        assertArrayEquals(after, Samples.values(target), mode + " " + layout);
      }
    }
  }

  @Test
  void longRowsAreGatheredAndAdded() {
    double[] table = Samples.normal(5 * 700, 1);
    Operand input = Samples.of(DType.FLOAT32, table, 5, 700);
    Operand[] index = {Samples.longs(4, 0, 4)};
    Operand out = Samples.zeros(DType.FLOAT32, Layout.TRANSPOSED, 3, 700);
    backend.indexedGather(input, index, out);
    double[] picked = Samples.values(out);
    assertArrayEquals(Arrays.copyOfRange(table, 2800, 3500), Arrays.copyOf(picked, 700));
    Operand sums = Samples.zeros(DType.FLOAT32, Layout.SPACED, 5, 700);
    backend.indexedScatter(ScatterMode.ADD, sums, index, out);
    assertEquals((float) (2 * table[3499]), Samples.values(sums)[3499]);
    assertEquals(table[699], Samples.values(sums)[699]);
    assertEquals(0, Samples.values(sums)[1000]);
  }

  @Test
  void duplicatesCombineInIndexOrderRoundingEachTime() {
    Operand target = Samples.of(DType.FLOAT32, new double[] {1e8, 0}, 2);
    Operand source = Samples.of(DType.FLOAT32, new double[] {3, 3, -1e8, 5}, 4);
    backend.scatter(ScatterMode.ADD, target, 0, Samples.longs(0, 0, 0, 1), source);
    float expected = 1e8f + 3f + 3f - 1e8f;
    assertArrayEquals(new double[] {expected, 5}, Samples.values(target));
    backend.scatter(ScatterMode.SET, target, 0, Samples.longs(1, 1, 0, 1), source);
    assertArrayEquals(new double[] {-1e8, 5}, Samples.values(target));
  }

  @Test
  void nanWinsInMinAndMax() {
    for (ScatterMode mode : new ScatterMode[] {ScatterMode.MIN, ScatterMode.MAX}) {
      Operand target = Samples.of(DType.FLOAT32, new double[] {1, Double.NaN}, 2);
      Operand source = Samples.of(DType.FLOAT32, new double[] {Double.NaN, 2, 3}, 3);
      backend.scatter(mode, target, 0, Samples.longs(0, 0, 1), source);
      assertArrayEquals(new double[] {Double.NaN, Double.NaN}, Samples.values(target));
    }
  }

  @Test
  void anExpandedSourceIsAddedEverywhere() {
    Operand one = Samples.of(DType.FLOAT32, new double[] {1});
    Operand ones = Samples.view(one, 0, new long[] {4}, 0);
    Operand counts = Samples.zeros(DType.FLOAT32, Layout.REVERSED, 3);
    backend.scatter(ScatterMode.ADD, counts, 0, Samples.longs(2, 0, 2, 2), ones);
    assertArrayEquals(new double[] {1, 0, 3}, Samples.values(counts));
  }

  @Test
  void anIndexOutOfRangeIsNamedAndNothingIsWritten() {
    Operand x = Samples.of(DType.FLOAT32, new double[] {1, 2, 3}, 3);
    Operand bad = Samples.longs(0, 5);
    Operand out = Samples.of(DType.FLOAT32, new double[] {7, 8}, 2);
    String message = "index 5 is out of bounds for dimension 0 with size 3";
    refused(message, () -> backend.gather(x, 0, bad, out));
    refused(message, () -> backend.indexedGather(x, new Operand[] {bad}, out));
    for (ScatterMode mode : ScatterMode.values()) {
      refused(message, () -> backend.scatter(mode, x, 0, bad, out));
      refused(message, () -> backend.indexedScatter(mode, x, new Operand[] {bad}, out));
    }
    refused(
        "index -1 is out of bounds for dimension 0 with size 3",
        () -> backend.gather(x, 0, Samples.longs(0, -1), out));
    assertArrayEquals(new double[] {1, 2, 3}, Samples.values(x));
    assertArrayEquals(new double[] {7, 8}, Samples.values(out));
  }

  @Test
  void aLateIndexOfASecondOperandIsCheckedBeforeAnythingIsWritten() {
    long[] many = new long[1000];
    many[999] = 1L << 40;
    Operand[] indices = {Samples.longs(new long[1000]), Samples.longs(many)};
    Operand target = Samples.zeros(DType.INT32, Layout.CONTIGUOUS, 2, 4);
    Operand ones = Samples.zeros(DType.INT32, Layout.CONTIGUOUS, 1000);
    backend.fill(ones, Scalar.of(1));
    refused(
        "index 1099511627776 is out of bounds for dimension 1 with size 4",
        () -> backend.indexedScatter(ScatterMode.ADD, target, indices, ones));
    assertArrayEquals(new double[8], Samples.values(target));
  }

  private static void refused(String message, Executable call) {
    assertEquals(message, assertThrows(IndexException.class, call).getMessage());
  }

  @Test
  void anIndexIntoNothingIsOutOfRangeUnlessThereIsNone() {
    Operand nothing = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 3);
    Operand[] zero = {Samples.longs(0)};
    refused(
        "index 0 is out of bounds for dimension 0 with size 0",
        () ->
            backend.indexedGather(
                nothing, zero, Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 1, 3)));
    backend.indexedGather(
        nothing,
        new Operand[] {Samples.longs()},
        Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 0, 3));
    Operand flat = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 3, 0);
    Operand none = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 1, 0);
    backend.indexedGather(flat, zero, none);
    backend.indexedScatter(ScatterMode.ADD, flat, zero, none);
  }

  @Test
  void nothingIsGatheredIntoAWindowWithGapsAndWithoutElements() {
    Operand input = Samples.of(DType.FLOAT32, new double[] {1, 2, 3, 4}, 2, 2);
    Operand index = Samples.view(Samples.longs(0, 0, 0, 0), 0, new long[] {2, 0}, 3, 2);
    Operand output = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 0);
    backend.gather(input, 0, index, output);
    backend.indexedGather(input, new Operand[] {index, index}, output);
    assertEquals(0, Samples.values(output).length);
  }

  @Test
  void scalarsAreIndexedAsOneElement() {
    Operand scalar = Samples.of(DType.FLOAT32, new double[] {4});
    Operand zero = Samples.zeros(DType.INT64, Layout.CONTIGUOUS);
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS);
    backend.gather(scalar, 0, zero, out);
    assertArrayEquals(new double[] {4}, Samples.values(out));
    backend.scatter(ScatterMode.ADD, out, 0, zero, scalar);
    assertArrayEquals(new double[] {8}, Samples.values(out));
    Operand x = Samples.of(DType.FLOAT32, new double[] {1, 2, 3, 4}, 2, 2);
    Operand row = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2);
    Operand one = Samples.of(DType.INT64, new double[] {1});
    backend.indexedGather(x, new Operand[] {one}, row);
    assertArrayEquals(new double[] {3, 4}, Samples.values(row));
  }

  @Test
  void theOutputMayBeAnInput() {
    Operand x = Samples.longs(2, 0, 1, 1);
    backend.gather(x, 0, x, x);
    assertArrayEquals(new long[] {1, 2, 0, 0}, Samples.integers(x));
    Operand y = Samples.longs(2, 0, 1);
    backend.scatter(ScatterMode.SET, y, 0, y, Samples.longs(10, 20, 30));
    assertArrayEquals(new long[] {20, 30, 10}, Samples.integers(y));
  }

  @Test
  void largeIntegersArePickedExactly() {
    Operand out = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1);
    backend.gather(Samples.longs(0, Long.MAX_VALUE - 2), 0, Samples.longs(1), out);
    assertArrayEquals(new long[] {Long.MAX_VALUE - 2}, Samples.integers(out));
  }
}
