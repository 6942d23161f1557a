package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.Reduction.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Holds long reductions, with vectors and pieces, to the specification, bit by bit. */
class FoldBitsTest {
  private static final List<DType> DTYPES = List.of(DType.values());

  private static final Scalar[] NONE = {};
  private static final DType[] FLOATS = {DType.FLOAT32, DType.FLOAT64};
  private final CpuBackend backend = new CpuBackend();

  private double[] reduce(Reduction reduction, Operand input, boolean... reduced) {
    long[] sizes = input.shape().toArray();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = reduced[d] ? 1 : sizes[d];
    }
    DType dtype = reduction.after().output(0).type();
    Operand output = Samples.zeros(dtype, Layout.SPACED, sizes);
    backend.reduce(backend.compile(reduction), new Operand[] {input}, reduced, output, NONE);
    return Samples.values(output);
  }

  private static Reduction plain(Kind kind, DType dtype) {
    return Reduction.of(kind, dtype, dtype, dtype);
  }

  /** Values near 1 and of both signs, so that neither sums nor products lose themselves. */
  private static double[] values(Kind kind, DType dtype, int n, long seed) {
    double[] values = Samples.normal(n, seed);
    if (kind == Kind.PROD) {
      Arrays.setAll(values, i -> 1 + values[i] / 1000);
    }
    return Samples.round(dtype, values);
  }

  @Test
  void lengths_around_the_borders_of_lanes_and_blocks_have_the_specified_bits() {
    int[] lengths = {0, 1, 15, 16, 17, 31, 32, 33, 63, 100, 16_383, 16_385, 65_535, 65_537, 81_951};
    for (DType dtype : FLOATS) {
      for (Kind kind : Kind.values()) {
        for (int n : lengths) {
          Operand x = Samples.of(dtype, values(kind, dtype, n, n), n);
          assertArrayEquals(
              PlainFold.reduce(kind, dtype, x, new boolean[] {true}),
              reduce(plain(kind, dtype), x, true),
              kind + " of " + n + " " + dtype);
        }
      }
    }
  }

  @Test
  void blocks_that_are_folded_at_once_though_they_lie_apart_have_the_specified_bits() {
    // threads share more than 128 blocks, so that some take eight and more
    int n = 139 * 16_384 + 77;
    for (DType dtype : FLOATS) {
      for (Kind kind : List.of(Kind.SUM, Kind.MIN, Kind.MAX)) {
        Operand x = Samples.of(dtype, values(kind, dtype, n, 12), n);
        assertArrayEquals(
            PlainFold.reduce(kind, dtype, x, new boolean[] {true}),
            reduce(plain(kind, dtype), x, true),
            kind + " of " + dtype);
      }
    }
  }

  @Test
  void sequences_that_begin_anywhere_in_a_line_of_the_cache_have_the_specified_bits() {
    int n = 2 * 65_536 + 5;
    for (DType dtype : FLOATS) {
      Operand all = Samples.of(dtype, Samples.normal(n + 33, 4), n + 33);
      for (int offset = 0; offset <= 33; offset++) {
        Operand x = Samples.view(all, offset, new long[] {n}, new long[] {1});
        assertArrayEquals(
            PlainFold.reduce(Kind.SUM, dtype, x, new boolean[] {true}),
            reduce(plain(Kind.SUM, dtype), x, true),
            dtype + " from " + offset);
      }
    }
  }

  @Test
  void lines_and_columns_around_the_borders_have_the_specified_bits() {
    long[][] shapes = {{3, 33_000}, {33_000, 3}, {257, 300}, {2100, 33}, {70, 1000}};
    for (DType dtype : FLOATS) {
      for (Kind kind : new Kind[] {Kind.SUM, Kind.MAX}) {
        for (long[] sizes : shapes) {
          double[] values = values(kind, dtype, (int) (sizes[0] * sizes[1]), 5);
          for (Layout layout : new Layout[] {Layout.CONTIGUOUS, Layout.TRANSPOSED}) {
            Operand x = Samples.of(dtype, layout, values, sizes);
            for (boolean rows : new boolean[] {true, false}) {
              assertArrayEquals(
                  PlainFold.reduce(kind, dtype, x, new boolean[] {rows, !rows}),
                  reduce(plain(kind, dtype), x, rows, !rows),
                  kind + " of " + Arrays.toString(sizes) + " " + dtype + " " + layout);
            }
          }
        }
      }
    }
  }

  @Test
  void infinities_nan_denormals_and_signed_zeros_take_part_wherever_they_stand() {
    double[] odd = {
      Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, -0.0, 0.0, Float.MIN_VALUE
    };
    for (DType dtype : FLOATS) {
      for (Kind kind : Kind.values()) {
        for (int n : new int[] {20, 70_000}) {
          for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            double[] values = new double[n];
            Arrays.fill(values, seed % 2 == 0 ? -0.0 : Float.MIN_VALUE);
            for (int i = 0; i < seed; i++) {
              values[random.nextInt(n)] = odd[random.nextInt(odd.length)];
            }
            Operand x = Samples.of(dtype, values, n);
            assertBits(
                PlainFold.reduce(kind, dtype, x, new boolean[] {true}),
                reduce(plain(kind, dtype), x, true),
                kind + " of " + n + " " + dtype + ", seed " + seed);
          }
        }
      }
    }
  }

  private static void assertBits(double[] expected, double[] actual, String message) {
    for (int i = 0; i < expected.length; i++) {
      assertEquals(
          Double.doubleToLongBits(expected[i]), Double.doubleToLongBits(actual[i]), message);
    }
  }

  @Test
  void any_strides_have_the_bits_of_a_contiguous_copy() {
    Random random = new Random(11);
    for (int round = 0; round < 60; round++) {
      int dims = 1 + random.nextInt(4);
      long[] sizes = new long[dims];
      int most = round % 4 == 0 ? 41 : 9;
      for (int d = 0; d < dims; d++) {
        sizes[d] = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(most);
      }
      DType dtype = DTYPES.get(random.nextInt(DTYPES.size()));
      Operand view = randomView(random, dtype, sizes);
      Operand copy = Samples.of(dtype, Samples.values(view), sizes);
      boolean[] reduced = new boolean[dims];
      for (int d = 0; d < dims; d++) {
        reduced[d] = random.nextBoolean();
      }
      for (Kind kind : Kind.values()) {
        String message = kind + " of " + dtype + " " + view.layout() + Arrays.toString(reduced);
        double[] results = reduce(plain(kind, dtype), view, reduced);
        assertBits(reduce(plain(kind, dtype), copy, reduced), results, message);
        if (dtype == DType.FLOAT32 || dtype == DType.FLOAT64) {
          assertBits(PlainFold.reduce(kind, dtype, copy, reduced), results, message);
        }
      }
    }
  }

  private static Operand randomView(Random random, DType dtype, long[] sizes) {
    long[] strides = new long[sizes.length];
    long offset = random.nextInt(5);
    long length = 1;
    for (int left = sizes.length, d = random.nextInt(left); left > 0; left--) {
      long stride = random.nextInt(6) == 0 ? 0 : length * (1 + random.nextInt(2));
      boolean negative = random.nextInt(3) == 0;
      strides[d] = negative ? -stride : stride;
      offset += negative ? stride * Math.max(sizes[d] - 1, 0) : 0;
      length += stride * Math.max(sizes[d] - 1, 0);
      d = (d + 1) % sizes.length;
    }
    Operand memory =
        Samples.of(dtype, values(Kind.SUM, dtype, (int) length + 5, length), length + 5);
    return Samples.view(memory, offset, sizes, strides);
  }

  @Test
  void mapped_elements_are_folded_like_stored_ones() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Random random = new Random(3);
    long[][] shapes = {{40_000}, {5000, 7}, {7, 5000}, {20, 30, 50}, {3, 20_000}, {300, 100}};
    for (long[] sizes : shapes) {
      for (int round = 0; round < 6; round++) {
        Operand view = randomView(random, DType.FLOAT32, sizes);
        double[] squares = Samples.values(view);
        Arrays.setAll(squares, i -> (float) (squares[i] * squares[i]));
        Operand stored = Samples.of(DType.FLOAT32, squares, sizes);
        boolean[] reduced = new boolean[sizes.length];
        for (int d = 0; d < sizes.length; d++) {
          reduced[d] = random.nextInt(3) != 0;
        }
        Reduction mapped =
            new Reduction(Kind.SUM, Kernel.of(x.mul(x)), DType.FLOAT32, Kernel.of(x));
        assertBits(
            reduce(plain(Kind.SUM, DType.FLOAT32), stored, reduced),
            reduce(mapped, view, reduced),
            view.layout() + " over " + Arrays.toString(reduced));
      }
    }
  }

  @Test
  void integers_and_truth_values_are_folded_over_long_sequences() {
    int n = 70_001;
    for (DType dtype : Samples.INTEGERS) {
      Operand x = Samples.of(dtype, Samples.small(n, 1), n);
      long expected = Arrays.stream(Samples.integers(x)).sum();
      Reduction sum = Reduction.of(Kind.SUM, dtype, DType.INT64, DType.INT64);
      assertArrayEquals(new double[] {expected}, reduce(sum, x, true));
    }
    double[] mask = new double[n];
    for (int at : new int[] {0, 40_000, n - 1}) {
      mask[at] = 1;
      Operand x = Samples.of(DType.BOOL, mask, n);
      assertArrayEquals(new double[] {1}, reduce(plain(Kind.ANY, DType.BOOL), x, true));
      assertArrayEquals(new double[] {0}, reduce(plain(Kind.ALL, DType.BOOL), x, true));
      mask[at] = 0;
    }
  }

  @Test
  void a_mean_of_few_elements_is_divided_like_one_of_many() {
    Expr total = Expr.input(0, DType.FLOAT32);
    Reduction mean =
        new Reduction(
            Kind.SUM,
            Kernel.of(total),
            DType.FLOAT32,
            Kernel.of(total.div(Expr.scalar(0, DType.FLOAT32))));
    Operand x = Samples.of(DType.FLOAT32, new double[] {1, 2, 7, 1, 2, 8}, 2, 3);
    Scalar[] count = {Scalar.of(3.0)};
    Operand each = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 1);
    backend.reduce(
        backend.compile(mean), new Operand[] {x}, new boolean[] {false, true}, each, count);
    for (int row = 0; row < 2; row++) {
      Operand line = Samples.view(x, 3L * row, new long[] {3}, 1);
      Operand one = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 1);
      backend.reduce(backend.compile(mean), new Operand[] {line}, new boolean[] {true}, one, count);
      assertEquals(Samples.values(each)[row], Samples.values(one)[0]);
    }
  }

  @Test
  void nothing_reduced_maps_each_element_even_in_place() {
    Operand x = Samples.of(DType.FLOAT32, Samples.normal(3000, 2), 60, 50);
    double[] expected = Samples.values(x);
    backend.reduce(
        backend.compile(plain(Kind.MAX, DType.FLOAT32)),
        new Operand[] {x},
        new boolean[] {false, false},
        x,
        NONE);
    assertArrayEquals(expected, Samples.values(x));
  }

  @Test
  void a_reduction_of_another_backend_is_refused() {
    Reduction sum = plain(Kind.SUM, DType.FLOAT32);
    Operand x = Samples.of(DType.FLOAT32, new double[] {1}, 1);
    DeviceException error =
        Assertions.assertThrows(
            DeviceException.class,
            () ->
                backend.reduce(
                    () -> sum, new Operand[] {x}, new boolean[] {true}, x, new Scalar[0]));
    Samples.assertMentions("expected a reduction compiled by the device 'cpu'", error);
  }
}
