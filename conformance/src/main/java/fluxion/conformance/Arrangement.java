package fluxion.conformance;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.ViewFunction;
import java.util.Arrays;
import java.util.Locale;

/**
 * The ways in which a kit's tensors lie in memory. What lies between their elements is NaN, or a
 * large integer, so that reading it shows.
 */
enum Arrangement {
  /** One element after another. */
  CONTIGUOUS,
  /** The dimensions in reversed order. */
  TRANSPOSED,
  /** Every second element, with a gap after each row. */
  STRIDED,
  /** One element after another, from the eighth on. */
  OFFSET,
  /** The first slice of the first dimension, repeated with stride 0. */
  EXPANDED;

  private record Placed(Layout layout) implements ViewFunction {
    @Override
    public Layout layout(Layout input) {
      return layout;
    }
  }

  /** The name as it stands in a sentence. */
  String words() {
    return this == OFFSET ? "at an offset" : name().toLowerCase(Locale.ROOT);
  }

  /** Whether a tensor of this shape lies differently from a contiguous one. */
  boolean changes(Shape shape) {
    return switch (this) {
      case CONTIGUOUS -> true;
      case TRANSPOSED -> shape.dim() > 1 && shape.numel() > 1;
      case STRIDED -> shape.dim() > 0 && shape.numel() > 1;
      case OFFSET -> true;
      case EXPANDED -> shape.dim() > 0 && shape.size(0) > 1;
    };
  }

  /**
   * A leaf with the values of a tensor (of its first slice, if expanded) that lies this way; it
   * requires a gradient where the tensor does.
   */
  Tensor of(Tensor tensor) {
    Shape shape = tensor.shape();
    boolean plain = this == CONTIGUOUS || !changes(shape) || shape.numel() == 0;
    Tensor placed = plain ? flat(tensor) : place(tensor, layout(shape));
    return tensor.requiresGrad() ? placed.requiresGrad_() : placed;
  }

  private Layout layout(Shape shape) {
    return Layout.of(shape, strides(shape), this == OFFSET ? 7 : 0);
  }

  private long[] strides(Shape shape) {
    long[] strides = shape.contiguousStrides();
    switch (this) {
      case CONTIGUOUS, OFFSET -> {}
      case TRANSPOSED -> {
        long step = 1;
        for (int d = 0; d < strides.length; d++) {
          strides[d] = step;
          step *= Math.max(shape.size(d), 1);
        }
      }
      case STRIDED -> {
        long step = 2;
        for (int d = strides.length - 1; d >= 0; d--) {
          strides[d] = step;
          // after the last dimension two places stay free, so that rows do not follow each other
          step *= Math.max(shape.size(d), 1) + (d == strides.length - 1 ? 2 : 0);
        }
      }
      case EXPANDED -> strides[0] = 0;
    }
    return strides;
  }

  private static Tensor flat(Tensor tensor) {
    TensorOptions options = TensorOptions.of(tensor.dtype());
    Object values =
        switch (tensor.dtype().category()) {
          case FLOATING -> tensor.toDoubleArray();
          case INTEGRAL -> tensor.toLongArray();
          case BOOL -> tensor.toBooleanArray();
        };
    return Tensors.tensor(values, tensor.shape(), options);
  }

  private static Tensor place(Tensor tensor, Layout layout) {
    int size = Math.toIntExact(layout.bound());
    DType dtype = tensor.dtype();
    Object memory =
        switch (dtype.category()) {
          case FLOATING -> {
            double[] values = tensor.toDoubleArray();
            double[] placed = new double[size];
            Arrays.fill(placed, Double.NaN);
            each(layout, (from, to) -> placed[to] = values[from]);
            yield placed;
          }
          case INTEGRAL -> {
            long[] values = tensor.toLongArray();
            long[] placed = new long[size];
            Arrays.fill(placed, 101);
            each(layout, (from, to) -> placed[to] = values[from]);
            yield placed;
          }
          case BOOL -> {
            boolean[] values = tensor.toBooleanArray();
            boolean[] placed = new boolean[size];
            each(layout, (from, to) -> placed[to] = values[from]);
            yield placed;
          }
        };
    Tensor base = Tensors.tensor(memory, Shape.of(size), TensorOptions.of(dtype));
    return Functions.view(new Placed(layout), base);
  }

  @FunctionalInterface
  private interface Move {
    void apply(int from, int to);
  }

  /** Backwards, so that the first of those that share a place stays there. */
  private static void each(Layout layout, Move move) {
    Shape shape = layout.shape();
    for (int from = Math.toIntExact(shape.numel()) - 1; from >= 0; from--) {
      long to = layout.offset();
      long rest = from;
      for (int d = shape.dim() - 1; d >= 0; d--) {
        to += rest % shape.size(d) * layout.stride(d);
        rest /= shape.size(d);
      }
      move.apply(from, Math.toIntExact(to));
    }
  }
}
