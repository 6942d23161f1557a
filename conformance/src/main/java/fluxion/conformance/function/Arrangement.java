package fluxion.conformance.function;

import fluxion.api.DType;
import fluxion.api.Device;
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
public enum Arrangement {
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

  /** {@return the name as it stands in a sentence} */
  public String words() {
    return this == OFFSET ? "at an offset" : name().toLowerCase(Locale.ROOT);
  }

  /**
   * {@return whether a tensor of a shape lies differently from a contiguous one}
   *
   * @param shape the shape
   */
  public boolean changes(Shape shape) {
    return switch (this) {
      case CONTIGUOUS -> true;
      case TRANSPOSED -> shape.dim() > 1 && shape.numel() > 1;
      case STRIDED -> shape.dim() > 0 && shape.numel() > 1;
      case OFFSET -> true;
      case EXPANDED -> shape.dim() > 0 && shape.size(0) > 1;
    };
  }

  /**
   * {@return a leaf with the values of a tensor (of its first slice, if expanded) that lies this
   * way, on the tensor's device; it requires a gradient where the tensor does}
   *
   * @param tensor the tensor
   */
  public Tensor of(Tensor tensor) {
    return of(tensor, tensor.dtype(), tensor.device());
  }

  /**
   * {@return a leaf with the values of a tensor, of another dtype and on another device}
   *
   * @param tensor the tensor
   * @param dtype the dtype of the result
   * @param device the device of the result
   */
  public Tensor of(Tensor tensor, DType dtype, Device device) {
    Shape shape = tensor.shape();
    TensorOptions options = TensorOptions.of(dtype).device(device);
    boolean plain = this == CONTIGUOUS || !changes(shape) || shape.numel() == 0;
    Tensor placed = plain ? flat(tensor, options) : place(tensor, layout(shape), options);
    return tensor.requiresGrad() && dtype.isFloatingPoint() ? placed.requiresGrad_() : placed;
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

  private static Tensor flat(Tensor tensor, TensorOptions options) {
    Object values =
        switch (tensor.dtype().category()) {
          case FLOATING -> tensor.toDoubleArray();
          case INTEGRAL -> tensor.toLongArray();
          case BOOL -> tensor.toBooleanArray();
        };
    return Tensors.tensor(values, tensor.shape(), options);
  }

  private static Tensor place(Tensor tensor, Layout layout, TensorOptions options) {
    int size = Math.toIntExact(layout.bound());
    Object memory =
        switch (tensor.dtype().category()) {
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
    Tensor base = Tensors.tensor(memory, Shape.of(size), options);
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
