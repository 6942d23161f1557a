package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.stream.IntStream;

/** The elements of an operand, numbered in row-major order wherever they lie in memory. */
record Window(DType dtype, Object array, int[] places) {
  Window(Operand operand) {
    this(operand.dtype(), AcmeBuffer.array(operand.buffer()), places(operand.layout()));
  }

  /** Registers of the interpreter: floats are {@code double[]}, all else is {@code long[]}. */
  static Window of(Object registers) {
    int[] places = IntStream.range(0, Array.getLength(registers)).toArray();
    return new Window(registers instanceof long[] ? DType.INT64 : DType.FLOAT64, registers, places);
  }

  /** Memory for intermediate values, row-major. */
  static Operand temporary(DType dtype, Shape shape) {
    return Layout.contiguous(shape).operand(AcmeBuffer.allocate(dtype, shape.numel()));
  }

  /** The elements line after line along a dimension, which takes the place of the last one. */
  static Window lines(Operand operand, int dim) {
    return new Window(operand.layout().transpose(dim, -1).operand(operand.buffer()));
  }

  /** The length of these lines; a tensor without dimensions is a line of one element. */
  static int length(Operand operand, int dim) {
    return operand.shape().dim() == 0 ? 1 : (int) operand.shape().size(dim);
  }

  /** Where the elements of a layout lie: found dimension by dimension. */
  static int[] places(Layout layout) {
    Shape shape = layout.shape();
    int[] places = shape.numel() == 0 ? new int[0] : new int[] {(int) layout.offset()};
    for (int d = 0; d < shape.dim() && places.length > 0; d++) {
      int[] rows = places;
      int size = (int) shape.size(d);
      int step = (int) layout.stride(d);
      places = new int[rows.length * size];
      Arrays.setAll(places, i -> rows[i / size] + i % size * step);
    }
    return places;
  }

  int size() {
    return places.length;
  }

  Scalar get(int i) {
    return switch (dtype) {
      case BOOL -> Scalar.of(((byte[]) array)[places[i]] != 0);
      case INT64 -> Scalar.of(((long[]) array)[places[i]]);
      case FLOAT32 -> Scalar.of(((float[]) array)[places[i]]);
      default -> Scalar.of(((double[]) array)[places[i]]);
    };
  }

  /** Stores a value, cast: it is rounded to nearest even, cut to an integer, or compared with 0. */
  void set(int i, Scalar value) {
    boolean floats = value.isFloatingPoint();
    switch (dtype) {
      case BOOL -> ((byte[]) array)[places[i]] = (byte) (value.toBoolean() ? 1 : 0);
      case INT64 -> ((long[]) array)[places[i]] = value.toLong();
      case FLOAT32 ->
          ((float[]) array)[places[i]] = floats ? (float) value.toDouble() : value.toLong();
      default -> ((double[]) array)[places[i]] = value.toDouble();
    }
  }

  /** Stores n elements of another window. */
  void set(int i, Window from, int j, int n) {
    for (int k = 0; k < n; k++) {
      set(i + k, from.get(j + k));
    }
  }

  /** A copy, cast, for primitives that write before they have read all. */
  Window copy(DType target) {
    Window copy = new Window(temporary(target, Shape.of(size())));
    copy.set(0, this, 0, size());
    return copy;
  }

  /** Compares two elements, −0 equal to 0: the more extreme one is larger, and NaN always. */
  int compare(boolean max, int i, int j) {
    double x = get(i).toDouble() + 0.0;
    double y = get(j).toDouble() + 0.0;
    boolean floats = dtype.isFloatingPoint();
    int order = floats ? Double.compare(x, y) : Long.compare(get(i).toLong(), get(j).toLong());
    return max || Double.isNaN(x) || Double.isNaN(y) ? order : -order;
  }
}
