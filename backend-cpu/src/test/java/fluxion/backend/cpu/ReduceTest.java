package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.Reduction.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class ReduceTest {
  private static final Scalar[] NONE = {};
  private final CpuBackend backend = new CpuBackend();

  // ---- an oracle: collect each result's elements, then fold them as the package specifies

  private static double[] oracle(Kind kind, DType dtype, Operand input, boolean[] reduced) {
    long[] kept = input.shape().toArray();
    for (int d = 0; d < kept.length; d++) {
      kept[d] = reduced[d] ? 1 : kept[d];
    }
    int results = (int) Arrays.stream(kept).reduce(1, (a, b) -> a * b);
    List<List<Double>> groups = new ArrayList<>();
    for (int r = 0; r < results; r++) {
      groups.add(new ArrayList<>());
    }
    double[] values = Samples.values(input);
    for (int i = 0; i < values.length; i++) {
      int rest = i;
      int result = 0;
      int step = 1;
      for (int d = kept.length - 1; d >= 0; d--) {
        int size = (int) input.shape().size(d);
        result += reduced[d] ? 0 : rest % size * step;
        step *= (int) kept[d];
        rest /= size;
      }
      groups.get(result).add(values[i]);
    }
    boolean lanes = reduced.length > 0 && reduced[reduced.length - 1];
    return groups.stream().mapToDouble(g -> fold(kind, dtype, g, lanes)).toArray();
  }

  private static double fold(Kind kind, DType dtype, List<Double> values, boolean inLanes) {
    int block = inLanes ? 16384 : 256;
    int width = !inLanes ? 1 : dtype == DType.FLOAT64 ? 16 : 32;
    List<Double> level = new ArrayList<>();
    for (int start = 0; start < values.size(); start += block) {
      List<Double> part = values.subList(start, Math.min(start + block, values.size()));
      double[] lanes = new double[width];
      Arrays.fill(lanes, neutral(kind, dtype));
      for (int i = 0; i < part.size(); i++) {
        lanes[i % width] = apply(kind, dtype, lanes[i % width], part.get(i));
      }
      for (int j = 1; j < width; j++) {
        lanes[0] = apply(kind, dtype, lanes[0], lanes[j]);
      }
      level.add(lanes[0]);
    }
    while (level.size() > 1) {
      List<Double> next = new ArrayList<>();
      for (int i = 0; i < level.size(); i += 2) {
        next.add(
            i + 1 < level.size()
                ? apply(kind, dtype, level.get(i), level.get(i + 1))
                : level.get(i));
      }
      level = next;
    }
    return level.isEmpty() ? neutral(kind, dtype) : level.get(0);
  }

  private static double neutral(Kind kind, DType dtype) {
    boolean floating = dtype.isFloatingPoint();
    int bits = 8 * dtype.bytes();
    boolean unsigned = dtype == DType.UINT8;
    return switch (kind) {
      case SUM, ANY -> 0;
      case PROD, ALL -> 1;
      case MIN -> floating ? Double.POSITIVE_INFINITY : unsigned ? 255 : Math.pow(2, bits - 1) - 1;
      case MAX -> floating ? Double.NEGATIVE_INFINITY : unsigned ? 0 : -Math.pow(2, bits - 1);
    };
  }

  private static double apply(Kind kind, DType dtype, double a, double b) {
    double exact =
        switch (kind) {
          case SUM -> a + b;
          case PROD -> a * b;
          case MIN -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.min(a, b);
          case MAX -> Double.isNaN(a) || Double.isNaN(b) ? Double.NaN : Math.max(a, b);
          case ALL -> a != 0 && b != 0 ? 1 : 0;
          case ANY -> a != 0 || b != 0 ? 1 : 0;
        };
    return Samples.round(dtype, exact);
  }

  private double[] reduce(Kind kind, DType dtype, Operand input, Layout out, boolean... reduced) {
    long[] sizes = input.shape().toArray();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = reduced[d] ? 1 : sizes[d];
    }
    Operand output = Samples.zeros(dtype, out, sizes);
    backend.reduce(
        backend.compile(Reduction.of(kind, input.dtype(), dtype, dtype)),
        new Operand[] {input},
        reduced,
        output,
        NONE);
    return Samples.values(output);
  }

  // ----

  @TestFactory
  List<DynamicTest> everyKindOverEverySetOfDimensionsHasTheSpecifiedBitsInEveryLayout() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Kind kind : Kind.values()) {
      for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64, DType.FLOAT16, DType.BFLOAT16)) {
        tests.add(
            DynamicTest.dynamicTest(
                kind + " of " + dtype,
                () -> checkAllDims(kind, dtype, Samples.normal(3 * 5 * 4 * 7, 8), 3, 5, 4, 7)));
      }
      for (DType dtype : Samples.INTEGERS) {
        if (kind != Kind.PROD) {
          tests.add(
              DynamicTest.dynamicTest(
                  kind + " of " + dtype,
                  () -> checkAllDims(kind, dtype, Samples.small(3 * 5 * 4 * 7, 8), 3, 5, 4, 7)));
        }
      }
    }
    return tests;
  }

  private void checkAllDims(Kind kind, DType dtype, double[] values, long... sizes) {
    double[] held = Samples.round(dtype, values);
    for (int set = 0; set < 1 << sizes.length; set++) {
      boolean[] reduced = new boolean[sizes.length];
      for (int d = 0; d < sizes.length; d++) {
        reduced[d] = (set >> d & 1) != 0;
      }
      double[] expected = oracle(kind, dtype, Samples.of(dtype, held, sizes), reduced);
      for (Layout layout : Layout.values()) {
        Operand input = Samples.of(dtype, layout, held, sizes);
        assertArrayEquals(
            expected,
            reduce(kind, dtype, input, layout, reduced),
            layout + " over " + Arrays.toString(reduced));
      }
    }
  }

  @Test
  void longReductionsAreCutIntoBlocksAndATree() {
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (int n : new int[] {1, 31, 33, 255, 257, 16384, 16385, 5 * 16384 + 77, 7 * 16384}) {
        Operand input = Samples.of(dtype, Layout.REVERSED, Samples.normal(n, n), n);
        assertArrayEquals(
            oracle(Kind.SUM, dtype, input, new boolean[] {true}),
            reduce(Kind.SUM, dtype, input, Layout.CONTIGUOUS, true),
            dtype + " " + n);
      }
    }
  }

  @Test
  void tallReductionsAreCutIntoBlocksOfRowsAndATree() {
    long[][] shapes = {{1500, 3}, {257, 300}, {3, 700, 1}, {256, 2}, {513, 257}};
    for (long[] sizes : shapes) {
      int n = (int) Arrays.stream(sizes).reduce(1, (a, b) -> a * b);
      boolean[] reduced = new boolean[sizes.length];
      reduced[sizes.length - 2] = true;
      for (Layout layout : Layout.values()) {
        Operand input = Samples.of(DType.FLOAT32, layout, Samples.normal(n, n), sizes);
        assertArrayEquals(
            oracle(Kind.SUM, DType.FLOAT32, input, reduced),
            reduce(Kind.SUM, DType.FLOAT32, input, layout, reduced),
            Arrays.toString(sizes) + layout);
      }
    }
  }

  @Test
  void integersWrapInTheAccumulator() {
    Operand bytes = Samples.of(DType.UINT8, new double[] {200, 100, 3}, 3);
    assertArrayEquals(
        new double[] {47}, reduce(Kind.SUM, DType.UINT8, bytes, Layout.CONTIGUOUS, true));
    assertArrayEquals(
        new double[] {303}, reduce(Kind.SUM, DType.INT64, bytes, Layout.CONTIGUOUS, true));
    Operand signed = Samples.of(DType.INT8, new double[] {100, 100}, 2);
    assertArrayEquals(
        new double[] {-56}, reduce(Kind.SUM, DType.INT8, signed, Layout.CONTIGUOUS, true));
    assertArrayEquals(
        new double[] {16}, reduce(Kind.PROD, DType.INT8, signed, Layout.CONTIGUOUS, true));
  }

  @Test
  void nanWinsInMinAndMaxWhereverItStands() {
    for (int at : new int[] {0, 1, 40, 99}) {
      double[] values = Samples.normal(100, 1);
      values[at] = Double.NaN;
      Operand input = Samples.of(DType.FLOAT32, values, 100);
      for (Kind kind : new Kind[] {Kind.MIN, Kind.MAX}) {
        assertArrayEquals(
            new double[] {Double.NaN}, reduce(kind, DType.FLOAT32, input, Layout.CONTIGUOUS, true));
      }
    }
  }

  @Test
  void nothingReducedGivesTheNeutralElement() {
    Operand empty = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 0, 3);
    assertArrayEquals(
        new double[6],
        reduce(Kind.SUM, DType.FLOAT32, empty, Layout.CONTIGUOUS, false, true, false));
    assertArrayEquals(
        new double[] {1}, reduce(Kind.PROD, DType.FLOAT32, empty, Layout.SPACED, true, true, true));
    assertArrayEquals(
        new double[] {1, 1}, reduce(Kind.ALL, DType.BOOL, empty, Layout.SPACED, false, true, true));
    assertEquals(
        0, reduce(Kind.SUM, DType.FLOAT32, empty, Layout.CONTIGUOUS, true, false, true).length);
  }

  @Test
  void aScalarIsReducedToItself() {
    Operand scalar = Samples.of(DType.FLOAT32, new double[] {-2.5});
    assertArrayEquals(
        new double[] {-2.5}, reduce(Kind.MAX, DType.FLOAT32, scalar, Layout.CONTIGUOUS));
  }

  @Test
  void truthValuesAreFolded() {
    Operand mask = Samples.of(DType.BOOL, Layout.TRANSPOSED, new double[] {1, 0, 1, 1}, 2, 2);
    assertArrayEquals(
        new double[] {0, 1}, reduce(Kind.ALL, DType.BOOL, mask, Layout.SPACED, false, true));
    assertArrayEquals(
        new double[] {1, 1}, reduce(Kind.ANY, DType.BOOL, mask, Layout.SPACED, true, false));
    assertArrayEquals(
        new double[] {3}, reduce(Kind.SUM, DType.INT64, mask, Layout.SPACED, true, true));
  }

  @Test
  void anExpandedInputHasTheBitsOfItsCopy() {
    Operand row = Samples.of(DType.FLOAT32, Samples.normal(50, 4), 50);
    Operand expanded = Samples.view(row, 0, new long[] {300, 50, 3}, 0, 1, 0);
    double[] values = Samples.values(expanded);
    Operand copy = Samples.of(DType.FLOAT32, values, 300, 50, 3);
    for (int set = 0; set < 8; set++) {
      boolean[] reduced = {(set & 1) != 0, (set & 2) != 0, (set & 4) != 0};
      assertArrayEquals(
          reduce(Kind.SUM, DType.FLOAT32, copy, Layout.CONTIGUOUS, reduced),
          reduce(Kind.SUM, DType.FLOAT32, expanded, Layout.SPACED, reduced));
    }
  }

  @Test
  void elementsAreMappedBeforeAndResultsAfter() {
    // the mean of squares of differences, with the count as a runtime scalar
    Expr difference = Expr.input(0, DType.FLOAT64).sub(Expr.input(1, DType.FLOAT64));
    Reduction reduction =
        new Reduction(
            Kind.SUM,
            Kernel.of(difference.mul(difference)),
            DType.FLOAT64,
            Kernel.of(
                Expr.input(0, DType.FLOAT64)
                    .div(Expr.scalar(0, DType.FLOAT64))
                    .cast(DType.FLOAT32)));
    Operand a = Samples.of(DType.FLOAT64, new double[] {1, 2, 3, 4, 5, 6}, 2, 3);
    Operand b = Samples.of(DType.FLOAT64, Layout.TRANSPOSED, new double[] {1, 1, 1, 1, 1, 1}, 2, 3);
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 1);
    backend.reduce(
        backend.compile(reduction),
        new Operand[] {a, b},
        new boolean[] {false, true},
        out,
        new Scalar[] {Scalar.of(3.0)});
    assertArrayEquals(new double[] {(float) (5 / 3.0), (float) (50 / 3.0)}, Samples.values(out));
  }

  @Test
  void indicesInTheMapAreThoseOfTheInput() {
    Reduction reduction =
        new Reduction(
            Kind.SUM,
            Kernel.of(Expr.index(1).mul(Expr.input(0, DType.INT64))),
            DType.INT64,
            Kernel.of(Expr.input(0, DType.INT64).add(Expr.index(0))));
    Operand ones = Samples.of(DType.INT64, new double[] {1, 1, 1, 1, 1, 1}, 3, 2);
    Operand out = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 3, 1);
    backend.reduce(
        backend.compile(reduction), new Operand[] {ones}, new boolean[] {false, true}, out, NONE);
    assertArrayEquals(new double[] {1, 2, 3}, Samples.values(out));
    Operand column = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1, 2);
    backend.reduce(
        backend.compile(reduction),
        new Operand[] {ones},
        new boolean[] {true, false},
        column,
        NONE);
    assertArrayEquals(new double[] {0, 3}, Samples.values(column));
  }

  @Test
  void aResultThatIgnoresTheFoldIsWritten() {
    Reduction reduction =
        new Reduction(
            Kind.SUM,
            Kernel.of(Expr.input(0, DType.INT64)),
            DType.INT64,
            Kernel.of(Expr.literal(DType.INT64, 9)));
    Operand out = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1);
    backend.reduce(
        backend.compile(reduction),
        new Operand[] {Samples.longs(1, 2)},
        new boolean[] {true},
        out,
        NONE);
    assertArrayEquals(new double[] {9}, Samples.values(out));
  }
}
