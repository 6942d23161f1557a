package fluxion.conformance.reference;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.api.IndexException;
import fluxion.api.MemoryException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.ScatterMode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Each primitive on cases small enough to compute by hand. */
final class ReferenceBackendTest {
  private static final double NAN = Double.NaN;
  private static final double INF = Double.POSITIVE_INFINITY;
  private static final Scalar[] NONE = {};

  private final Backend backend =
      new ReferenceBackendProvider().open(ReferenceBackendProvider.DEVICE);

  private Operand of(DType dtype, long[] sizes, double... values) {
    Buffer doubles = backend.allocate(DType.FLOAT64, values.length);
    backend.upload(values, 0, doubles, 0, values.length);
    Operand result = empty(dtype, sizes);
    backend.copy(new Operand(doubles, result.shape(), result.strides(), 0), result);
    return result;
  }

  private Operand vector(DType dtype, double... values) {
    return of(dtype, new long[] {values.length}, values);
  }

  private Operand empty(DType dtype, long... sizes) {
    Shape shape = Shape.of(sizes);
    return new Operand(backend.allocate(dtype, shape.numel()), shape, shape.contiguousStrides(), 0);
  }

  private double[] values(Operand operand) {
    Operand copy = empty(DType.FLOAT64, operand.shape().toArray());
    backend.copy(operand, copy);
    double[] values = new double[(int) copy.numel()];
    backend.download(copy.buffer(), 0, values, 0, values.length);
    return values;
  }

  private double[] map(Expr formula, Operand... inputs) {
    Operand output = empty(formula.type(), inputs[0].shape().toArray());
    backend.launch(backend.compile(Kernel.of(formula)), new Operand[] {output}, inputs, NONE);
    return values(output);
  }

  private static void refused(
      Class<? extends FluxionException> type, String words, Executable call) {
    String message = String.valueOf(assertThrows(type, call).getMessage());
    assertTrue(message.contains(words), message);
  }

  @Test
  void every_dtype_computes_and_is_stored() {
    for (DType dtype : DType.values()) {
      assertTrue(backend.properties().computeTypes().contains(dtype));
      assertTrue(backend.properties().storageTypes().contains(dtype));
      assertArrayEquals(new double[] {0, 1, 1}, values(vector(dtype, 0, 1, 1)), dtype.toString());
    }
  }

  @Test
  void memory_is_zero_and_arrays_come_back() {
    Buffer buffer = backend.allocate(DType.BFLOAT16, 4);
    short[] bits = new short[4];
    backend.download(buffer, 0, bits, 0, 4);
    assertArrayEquals(new short[4], bits);
    backend.upload(new short[] {9, 0x3FC0, (short) 0xFF80, 0x7FC1, 9}, 1, buffer, 1, 3);
    backend.download(buffer, 1, bits, 0, 3);
    assertArrayEquals(new short[] {0x3FC0, (short) 0xFF80, 0x7FC1, 0}, bits);
    assertEquals(1.5, Float.intBitsToFloat(bits[0] << 16));
    long before = backend.memory().allocatedBytes();
    backend.allocate(DType.INT32, 10);
    assertEquals(40, backend.memory().allocatedBytes() - before);
  }

  @Test
  void casts_cut_wrap_saturate_and_round_to_even() {
    Operand x = vector(DType.FLOAT64, 2.9, -2.9, 300, 1e30, NAN, -0.0, 2049, 0x1.01p0);
    assertArrayEquals(
        new double[] {2, -2, 44, -1, 0, 0, 1, 1}, values(cast(x, DType.INT8)), "int8");
    assertArrayEquals(
        new double[] {2, 254, 44, 255, 0, 0, 1, 1}, values(cast(x, DType.UINT8)), "uint8");
    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 0, 1, 1}, values(cast(x, DType.BOOL)), "bool");
    assertArrayEquals(
        new double[] {2.900390625, -2.900390625, 300, INF, NAN, -0.0, 2048, 0x1.01p0},
        values(cast(x, DType.FLOAT16)),
        "float16");
    assertArrayEquals(
        new double[] {2.90625, -2.90625, 300, 0x1.94p99, NAN, -0.0, 2048, 1},
        values(cast(x, DType.BFLOAT16)),
        "bfloat16");
    Operand large = empty(DType.INT64, 1);
    backend.fill(large, Scalar.of((1L << 60) + (1L << 36) + 1)); // just above a tie
    assertEquals(0x1p60 + 0x1p37, values(cast(large, DType.FLOAT32))[0]);
    backend.fill(large, Scalar.of(-1e30));
    assertEquals(Long.MIN_VALUE, values(large)[0]);
  }

  private Operand cast(Operand operand, DType dtype) {
    Operand result = empty(dtype, operand.shape().toArray());
    backend.copy(operand, result);
    return result;
  }

  @Test
  void strides_may_be_negative_zero_and_transposed() {
    Operand base = vector(DType.INT32, 0, 1, 2, 3, 4, 5);
    Operand odd = new Operand(base.buffer(), Shape.of(2, 2, 2), new long[] {-1, 0, -3}, 5);
    assertArrayEquals(new double[] {5, 2, 5, 2, 4, 1, 4, 1}, values(odd));
    Operand scalar = new Operand(base.buffer(), Shape.SCALAR, new long[0], 4);
    assertArrayEquals(new double[] {4}, values(scalar));
  }

  @Test
  void kernels_round_each_node_and_may_overwrite_their_inputs() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Operand input = vector(DType.FLOAT32, 16777216, 0.1f);
    assertArrayEquals(new double[] {0, 1}, map(x.add(1).sub(x), input), 1e-6);
    Kernel two = Kernel.of(x.mul(2.0), x.add(Expr.index(0).cast(DType.FLOAT32)));
    Operand other = empty(DType.FLOAT32, 2);
    backend.launch(backend.compile(two), new Operand[] {input, other}, new Operand[] {input}, NONE);
    assertArrayEquals(new double[] {33554432, 0.2f}, values(input));
    assertArrayEquals(new double[] {16777216, 1.1f}, values(other), 1e-7);
  }

  @Test
  void integers_wrap_and_divide_as_stated() {
    Expr x = Expr.input(0, DType.INT8);
    Expr y = Expr.input(1, DType.INT8);
    Operand a = vector(DType.INT8, 100, -128, -7, 7, -2);
    Operand b = vector(DType.INT8, 100, -1, 2, 0, 7);
    assertArrayEquals(new double[] {-56, 127, -5, 7, 5}, map(x.add(y), a, b));
    assertArrayEquals(new double[] {1, -128, -3, 0, 0}, map(x.div(y), a, b));
    assertArrayEquals(new double[] {0, 0, 1, 0, 5}, map(x.remainder(y), a, b));
    assertArrayEquals(new double[] {0, 0, -1, 0, -2}, map(x.fmod(y), a, b));
    assertArrayEquals(new double[] {0, 0, 49, 1, -128}, map(x.pow(y), a, b));
    assertArrayEquals(new double[] {100, -128, 7, 7, 2}, map(x.abs(), a));
    assertArrayEquals(new double[] {0, -1, -2, 7, -1}, map(x.shr(y), a, b));
    assertArrayEquals(new double[] {0, 0, -28, 7, 0}, map(x.shl(y), a, b));
  }

  @Test
  void sums_are_exact_and_rounded_once() {
    double[] terms = {1e16, 1, -1e16, 1, 1e308, 1e308, -1e308, -1e308, 0x1p-1070};
    assertEquals(2, fold(Reduction.Kind.SUM, DType.FLOAT64, terms));
    assertEquals(0x1p24 + 2, fold(Reduction.Kind.SUM, DType.FLOAT32, 0x1p24, 0.5, 0.5, 0.5));
    assertEquals(NAN, fold(Reduction.Kind.SUM, DType.FLOAT64, INF, -INF));
    assertEquals(0.0, fold(Reduction.Kind.SUM, DType.FLOAT64, -0.0, -0.0));
    assertEquals(-56, fold(Reduction.Kind.SUM, DType.INT8, 100, 100));
    assertEquals(1, fold(Reduction.Kind.PROD, DType.FLOAT64, 0x1p900, 0x1p900, 0x1p-900, 0x1p-900));
    assertEquals(-0.0, fold(Reduction.Kind.PROD, DType.FLOAT64, -2, 0));
    assertEquals(NAN, fold(Reduction.Kind.PROD, DType.FLOAT32, INF, 0));
    assertEquals(0, fold(Reduction.Kind.SUM, DType.FLOAT64));
    assertEquals(1, fold(Reduction.Kind.PROD, DType.INT64));
  }

  @Test
  void extremes_and_truth_start_from_their_neutral_elements() {
    assertEquals(NAN, fold(Reduction.Kind.MAX, DType.FLOAT32, 1, NAN, 3));
    assertEquals(3, fold(Reduction.Kind.MAX, DType.FLOAT32, 1, 3));
    assertEquals(0.0, fold(Reduction.Kind.MAX, DType.FLOAT64, -0.0, 0.0));
    assertEquals(-0.0, fold(Reduction.Kind.MIN, DType.FLOAT64, 0.0, -0.0));
    assertEquals(INF, fold(Reduction.Kind.MIN, DType.FLOAT64));
    assertEquals(255, fold(Reduction.Kind.MIN, DType.UINT8));
    assertEquals(-128, fold(Reduction.Kind.MAX, DType.INT8));
    assertEquals(1, fold(Reduction.Kind.ALL, DType.BOOL));
    assertEquals(0, fold(Reduction.Kind.ALL, DType.BOOL, 1, 0, 1));
    assertEquals(1, fold(Reduction.Kind.ANY, DType.BOOL, 0, 1));
    assertEquals(0, fold(Reduction.Kind.ANY, DType.BOOL));
  }

  private double fold(Reduction.Kind kind, DType dtype, double... terms) {
    Operand output = empty(dtype, 1);
    backend.reduce(
        backend.compile(Reduction.of(kind, dtype, dtype, dtype)),
        new Operand[] {vector(dtype, terms)},
        new boolean[] {true},
        output,
        NONE);
    return values(output)[0];
  }

  @Test
  void a_reduction_maps_before_and_after_along_the_chosen_dimensions() {
    Expr x = Expr.input(0, DType.FLOAT64);
    Reduction norm =
        new Reduction(
            Reduction.Kind.SUM,
            Kernel.of(x.mul(x).add(Expr.index(1).cast(DType.FLOAT64))),
            DType.FLOAT64,
            Kernel.of(x.sqrt().mul(Expr.scalar(0, DType.FLOAT64))));
    Operand input = of(DType.FLOAT64, new long[] {2, 2}, 3, 4, 0, 1);
    Operand rows = empty(DType.FLOAT64, 2, 1);
    backend.reduce(
        backend.compile(norm),
        new Operand[] {input},
        new boolean[] {false, true},
        rows,
        new Scalar[] {Scalar.of(10.0)});
    assertArrayEquals(new double[] {10 * Math.sqrt(26), 10 * Math.sqrt(2)}, values(rows));
    Operand each = empty(DType.FLOAT64, 2, 2);
    backend.reduce(
        backend.compile(norm),
        new Operand[] {input},
        new boolean[2],
        each,
        new Scalar[] {Scalar.of(1L)});
    assertArrayEquals(new double[] {3, Math.sqrt(17), 0, Math.sqrt(2)}, values(each));
  }

  @Test
  void the_first_extreme_counts_and_nan_before_all() {
    Operand input = of(DType.FLOAT32, new long[] {2, 3}, 1, 3, 3, NAN, 5, NAN);
    Operand best = empty(DType.FLOAT32, 2, 1);
    Operand where = empty(DType.INT64, 2, 1);
    backend.argReduce(true, input, 1, best, where);
    assertArrayEquals(new double[] {3, NAN}, values(best));
    assertArrayEquals(new double[] {1, 0}, values(where));
    Operand zeros = vector(DType.FLOAT64, 0.0, -0.0);
    Operand first = empty(DType.INT64, 1);
    backend.argReduce(false, zeros, 0, null, first);
    assertArrayEquals(new double[] {0}, values(first));
  }

  @Test
  void scans_run_both_ways() {
    Operand x = vector(DType.INT32, 1, 2, 3);
    assertArrayEquals(new double[] {1, 3, 6}, scan(ScanKind.SUM, x, false, DType.INT64, null));
    assertArrayEquals(new double[] {6, 5, 3}, scan(ScanKind.SUM, x, true, DType.FLOAT32, null));
    assertArrayEquals(new double[] {1, 2, 6}, scan(ScanKind.PROD, x, false, DType.INT32, null));
    Operand y = vector(DType.FLOAT32, 1, 2, 2, NAN, 5);
    Operand where = empty(DType.INT64, 5);
    assertArrayEquals(
        new double[] {1, 2, 2, NAN, NAN}, scan(ScanKind.MAX, y, false, DType.FLOAT32, where));
    assertArrayEquals(new double[] {0, 1, 2, 3, 3}, values(where));
    assertArrayEquals(
        new double[] {NAN, NAN, NAN, NAN, 5}, scan(ScanKind.MIN, y, true, DType.FLOAT32, where));
    assertArrayEquals(new double[] {3, 3, 3, 3, 4}, values(where));
  }

  private double[] scan(ScanKind kind, Operand x, boolean reversed, DType dtype, Operand indices) {
    Operand output = empty(dtype, x.shape().toArray());
    backend.scan(kind, x, 0, reversed, output, indices);
    return values(output);
  }

  @Test
  void matrices_multiply_in_batches_with_an_epilogue() {
    Operand a = of(DType.FLOAT32, new long[] {2, 2, 1}, 1, 2, 3, 4);
    Operand b = of(DType.FLOAT32, new long[] {2, 1, 2}, 5, 6, 7, 8);
    Operand product = empty(DType.FLOAT32, 2, 2, 2);
    backend.matmul(a, b, product, null);
    assertArrayEquals(new double[] {5, 6, 10, 12, 21, 24, 28, 32}, values(product));
    Expr sum = Expr.input(0, DType.FLOAT32).add(Expr.input(1, DType.FLOAT32));
    CompiledKernel bias = backend.compile(Kernel.of(sum.mul(Expr.scalar(0, DType.FLOAT32))));
    Operand ones = new Operand(vector(DType.FLOAT32, 1).buffer(), product.shape(), new long[3], 0);
    backend.matmul(
        a,
        b,
        product,
        new MatmulEpilogue(bias, new Operand[] {ones}, new Scalar[] {Scalar.of(10.0)}));
    assertArrayEquals(new double[] {60, 70, 110, 130, 220, 250, 290, 330}, values(product));
    Operand none = empty(DType.FLOAT64, 1, 0);
    Operand zero = of(DType.FLOAT64, new long[] {1, 1}, 7);
    backend.matmul(none, empty(DType.FLOAT64, 0, 1), zero, null);
    assertArrayEquals(new double[] {0}, values(zero));
  }

  @Test
  void products_of_matrices_are_exact_wrap_and_take_truth_values() {
    Operand row = of(DType.FLOAT64, new long[] {1, 3}, 1e200, 1, -1e200);
    Operand column = of(DType.FLOAT64, new long[] {3, 1}, 1e200, 3, 1e200);
    Operand one = empty(DType.FLOAT64, 1, 1);
    backend.matmul(row, column, one, null);
    assertArrayEquals(new double[] {3}, values(one));
    Operand bytes = of(DType.UINT8, new long[] {1, 2}, 200, 100);
    Operand other = of(DType.UINT8, new long[] {2, 1}, 2, 1);
    Operand byteResult = empty(DType.UINT8, 1, 1);
    backend.matmul(bytes, other, byteResult, null);
    assertArrayEquals(new double[] {500 - 256}, values(byteResult));
    Operand truth = of(DType.BOOL, new long[] {2, 2}, 1, 1, 0, 0);
    Operand result = empty(DType.BOOL, 2, 2);
    backend.matmul(truth, truth, result, null);
    assertArrayEquals(new double[] {1, 1, 0, 0}, values(result));
  }

  @Test
  void gathering_picks_along_a_dimension_or_by_tuples() {
    Operand x = of(DType.INT16, new long[] {2, 2}, 1, 2, 3, 4);
    Operand index = of(DType.INT64, new long[] {2, 1}, 1, 0);
    Operand picked = empty(DType.INT16, 2, 1);
    backend.gather(x, 1, index, picked);
    assertArrayEquals(new double[] {2, 3}, values(picked));
    Operand rows = vector(DType.INT64, 1, 1, 0);
    Operand some = empty(DType.INT16, 3, 2);
    backend.indexedGather(x, new Operand[] {rows}, some);
    assertArrayEquals(new double[] {3, 4, 3, 4, 1, 2}, values(some));
    Operand both = empty(DType.INT16, 3);
    backend.indexedGather(x, new Operand[] {rows, vector(DType.INT64, 0, 1, 1)}, both);
    assertArrayEquals(new double[] {3, 4, 2}, values(both));
  }

  @Test
  void scattering_combines_duplicates_in_order() {
    Operand index = vector(DType.INT64, 1, 1, 2);
    assertArrayEquals(new double[] {1, 6, 7}, scatter(ScatterMode.SET, index, 5, 6, 7));
    assertArrayEquals(new double[] {1, 13, 10}, scatter(ScatterMode.ADD, index, 5, 6, 7));
    assertArrayEquals(new double[] {1, 60, 21}, scatter(ScatterMode.MUL, index, 5, 6, 7));
    assertArrayEquals(new double[] {1, 2, NAN}, scatter(ScatterMode.MIN, index, 5, 6, NAN));
    assertArrayEquals(new double[] {1, 6, 7}, scatter(ScatterMode.MAX, index, 5, 6, 7));
    // in float32, each addition is rounded: the order shows
    assertArrayEquals(
        new double[] {1, 0, 3}, scatter(ScatterMode.ADD, vector(DType.INT64, 1, 1), 1e20, -1e20));
    Operand target = of(DType.FLOAT32, new long[] {2, 2}, 1, 2, 3, 4);
    backend.indexedScatter(
        ScatterMode.ADD,
        target,
        new Operand[] {vector(DType.INT64, 1, 1)},
        of(DType.FLOAT32, new long[] {2, 2}, 10, 20, 100, 200));
    assertArrayEquals(new double[] {1, 2, 113, 224}, values(target));
  }

  private double[] scatter(ScatterMode mode, Operand index, double... values) {
    Operand target = vector(DType.FLOAT32, 1, 2, 3);
    backend.scatter(mode, target, 0, index, vector(DType.FLOAT32, values));
    return values(target);
  }

  @Test
  void an_index_out_of_range_is_refused_before_anything_is_written() {
    Operand target = vector(DType.FLOAT32, 1, 2, 3);
    Operand source = vector(DType.FLOAT32, 7, 8);
    for (double wrong : new double[] {3, -1}) {
      Operand index = vector(DType.INT64, 0, wrong);
      String words = "index " + (long) wrong + " is out of bounds for dimension 0 with size 3";
      refused(
          IndexException.class,
          words,
          () -> backend.scatter(ScatterMode.SET, target, 0, index, source));
      refused(
          IndexException.class,
          words,
          () -> backend.indexedScatter(ScatterMode.SET, target, new Operand[] {index}, source));
      refused(IndexException.class, words, () -> backend.gather(target, 0, index, source));
      refused(
          IndexException.class,
          words,
          () -> backend.indexedGather(target, new Operand[] {index}, source));
    }
    assertArrayEquals(new double[] {1, 2, 3}, values(target));
    assertArrayEquals(new double[] {7, 8}, values(source));
  }

  @Test
  void sorting_is_stable_with_nan_last() {
    Operand x = vector(DType.FLOAT64, 2, NAN, -0.0, 1, 0.0, 2);
    Operand sorted = empty(DType.FLOAT64, 6);
    Operand where = empty(DType.INT64, 6);
    backend.sort(x, 0, false, sorted, where);
    assertArrayEquals(new double[] {-0.0, 0.0, 1, 2, 2, NAN}, values(sorted));
    assertArrayEquals(new double[] {2, 4, 3, 0, 5, 1}, values(where));
    backend.sort(x, 0, true, x, where);
    assertArrayEquals(new double[] {NAN, 2, 2, 1, -0.0, 0.0}, values(x));
    assertArrayEquals(new double[] {1, 0, 5, 3, 2, 4}, values(where));
  }

  @Test
  void compacting_finds_what_is_true() {
    Operand where = vector(DType.INT64, 9, 9, 9, 9);
    Operand mask = of(DType.BOOL, new long[] {2, 2}, 0, 1, 1, 0);
    assertEquals(2, backend.compact(mask, where));
    assertArrayEquals(new double[] {1, 2, 9, 9}, values(where));
  }

  @Test
  void nothing_is_done_for_operands_without_elements() {
    Operand none = empty(DType.FLOAT32, 0, 3);
    backend.fill(none, Scalar.of(1.0));
    backend.sort(none, 1, false, none, empty(DType.INT64, 0, 3));
    backend.scan(ScanKind.SUM, none, 0, false, none, null);
    assertArrayEquals(new double[0], values(none));
  }

  @Test
  void memory_of_others_and_freed_memory_are_refused() {
    Backend other = new ReferenceBackendProvider().open(ReferenceBackendProvider.DEVICE);
    Operand foreign = new Operand(other.allocate(DType.FLOAT32, 1), Shape.of(1), new long[] {1}, 0);
    refused(DeviceException.class, "expected a buffer of this device", () -> values(foreign));
    Operand mine = vector(DType.FLOAT32, 1);
    backend.free(mine.buffer());
    backend.free(mine.buffer());
    refused(
        MemoryException.class,
        "a buffer of 1 float32 elements is used after it was freed",
        () -> values(mine));
    Kernel kernel = Kernel.of(Expr.input(0, DType.FLOAT32));
    CompiledKernel theirs = () -> kernel;
    refused(
        DeviceException.class,
        "expected a kernel that the device 'reference' compiled",
        () -> backend.launch(theirs, new Operand[0], new Operand[0], NONE));
  }

  @Test
  void wrong_arrays_ranges_and_sizes_are_refused() {
    Buffer buffer = backend.allocate(DType.FLOAT16, 3);
    refused(
        DTypeException.class,
        "cannot upload float16 with a float[]; use a short[]",
        () -> backend.upload(new float[3], 0, buffer, 0, 3));
    refused(
        IndexException.class,
        "cannot download 3 elements from element 1 of the buffer on: it has 3",
        () -> backend.download(buffer, 1, new short[3], 0, 3));
    refused(
        IndexException.class,
        "of the array on: it has 2",
        () -> backend.upload(new short[2], 0, buffer, 0, 3));
    refused(
        IndexException.class,
        "leaves its buffer of 3 elements",
        () -> values(new Operand(buffer, Shape.of(2), new long[] {3}, 0)));
    refused(
        ArgumentException.class, "a buffer of -1 elements", () -> backend.allocate(DType.BOOL, -1));
    refused(
        DeviceException.class, "split the tensor", () -> backend.allocate(DType.BOOL, 1L << 40));
  }

  @Test
  void a_closed_device_and_an_unknown_one_are_refused() {
    Operand x = vector(DType.FLOAT32, 1);
    backend.close();
    refused(DeviceException.class, "used after it was closed", () -> values(x));
    refused(DeviceException.class, "used after it was closed", backend::synchronize);
    backend.free(x.buffer());
    refused(
        DeviceException.class,
        "there is no device 'gpu' in the Fluxion reference backend; the only one is 'reference'",
        () -> new ReferenceBackendProvider().open(Device.of("gpu")));
  }
}
