package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.accelerator.Convolution;
import java.util.List;
import java.util.function.ToLongFunction;

/**
 * Windows that slide over the last dimensions of a tensor.
 *
 * @param dims how they slide along each of them
 */
record Windows(List<Window> dims) {
  private static final PerDType<Kernel> SUM =
      new PerDType<>(
          dtype -> {
            DType compute = dtype.computeType();
            Expr there = Expr.input(0, compute);
            return Kernel.of(there.add(Expr.input(1, dtype).cast(compute)));
          });

  Windows {
    dims = List.copyOf(dims);
  }

  /** What is done with one element of all windows. */
  @FunctionalInterface
  interface Visitor {
    /**
     * Visits.
     *
     * @param k the element's place in the window
     * @param first the first window along each dimension where it lies in the tensor
     * @param end the bounds of these windows
     */
    void visit(long[] k, long[] first, long[] end);
  }

  private long[] each(ToLongFunction<Window> what) {
    return dims.stream().mapToLong(what).toArray();
  }

  /** How they slide, in an accelerator's words. */
  Convolution.Sliding sliding(long groups) {
    return new Convolution.Sliding(
        dims.stream()
            .map(w -> new Convolution.Along(w.stride(), w.padding(), w.dilation()))
            .toList(),
        groups);
  }

  /** The sizes of the tensor. */
  long[] size() {
    return each(Window::size);
  }

  /** The sizes of a window. */
  long[] kernel() {
    return each(Window::kernel);
  }

  /** The numbers of windows. */
  long[] output() {
    return each(Window::output);
  }

  /** Sizes one after another. */
  static long[] join(long[]... parts) {
    int count = 0;
    for (long[] part : parts) {
      count += part.length;
    }
    long[] joined = new long[count];
    int at = 0;
    for (long[] part : parts) {
      System.arraycopy(part, 0, joined, at, part.length);
      at += part.length;
    }
    return joined;
  }

  /** The product of sizes. */
  static long product(long[] sizes) {
    return Shape.of(sizes).numel();
  }

  /** The sizes of the dimensions before those over which the windows slide. */
  static long[] lead(Tensor x, int last) {
    return java.util.Arrays.copyOf(x.shape().toArray(), x.dim() - last);
  }

  /**
   * The windows of a tensor, {@code [lead…, kernel…, output…]}, seen in its own memory or, where
   * they reach beyond it, in a copy with zeros around it. For use in a forward.
   */
  Tensor of(Tensor x) {
    long[] lead = lead(x, dims.size());
    Tensor source = dims.stream().anyMatch(Window::isPadded) ? padded(x, lead) : x;
    return Primitives.alias(source, layout -> slide(layout, lead));
  }

  private Tensor padded(Tensor x, long[] lead) {
    long[] sizes = each(w -> Math.max(w.extent(), w.padding() + w.size()));
    Tensor result = Primitives.zeros(Shape.of(join(lead, sizes)), x.dtype(), x);
    Primitives.copy(
        x,
        Primitives.alias(
            result,
            layout -> {
              Layout inner = layout;
              for (int d = 0; d < dims.size(); d++) {
                Window w = dims.get(d);
                inner = inner.slice(lead.length + d, w.padding(), w.padding() + w.size(), 1);
              }
              return inner;
            }));
    return result;
  }

  private Layout slide(Layout layout, long[] lead) {
    int n = dims.size();
    long[] strides = new long[lead.length + 2 * n];
    for (int d = 0; d < lead.length; d++) {
      strides[d] = layout.stride(d);
    }
    for (int d = 0; d < n; d++) {
      long step = layout.stride(lead.length + d);
      strides[lead.length + d] = step * dims.get(d).dilation();
      strides[lead.length + n + d] = step * dims.get(d).stride();
    }
    return Layout.of(Shape.of(join(lead, kernel(), output())), strides, layout.offset());
  }

  /** Goes through the elements of a window in row-major order. */
  void eachElement(Visitor visitor) {
    long[] kernel = kernel();
    long count = product(kernel);
    int n = dims.size();
    for (long flat = 0; flat < count; flat++) {
      long[] k = new long[n];
      long[] first = new long[n];
      long[] end = new long[n];
      long rest = flat;
      boolean some = true;
      for (int d = n - 1; d >= 0; d--) {
        k[d] = rest % kernel[d];
        rest /= kernel[d];
        first[d] = dims.get(d).first(k[d]);
        end[d] = dims.get(d).end(k[d]);
        some &= first[d] < end[d];
      }
      if (some) {
        visitor.visit(k, first, end);
      }
    }
  }

  /** Where one element of some windows lies in the tensor. */
  Layout elements(Layout tensor, long[] k, long[] first, long[] end) {
    Layout result = tensor;
    int lead = tensor.shape().dim() - dims.size();
    for (int d = 0; d < dims.size(); d++) {
      Window w = dims.get(d);
      long from = w.position(first[d], k[d]);
      long to = w.position(end[d] - 1, k[d]) + 1;
      result = result.slice(lead + d, from, to, w.stride());
    }
    return result;
  }

  /** Some windows of a tensor that has an element for each. */
  Layout windows(Layout tensor, long[] first, long[] end) {
    Layout result = tensor;
    int lead = tensor.shape().dim() - dims.size();
    for (int d = 0; d < dims.size(); d++) {
      result = result.slice(lead + d, first[d], end[d], 1);
    }
    return result;
  }

  /**
   * A tensor into which the elements of its windows are added, the adjoint of {@link #of}. For use
   * in a forward.
   *
   * @param columns the windows, {@code [lead…, kernel…, output…]}, in any layout
   */
  Tensor fold(Tensor columns) {
    DType dtype = columns.dtype();
    int n = dims.size();
    long[] lead = lead(columns, 2 * n);
    Tensor result = Primitives.zeros(Shape.of(join(lead, size())), dtype.computeType(), columns);
    Kernel sum = SUM.of(dtype);
    eachElement(
        (k, first, end) -> {
          Tensor target = Primitives.alias(result, layout -> elements(layout, k, first, end));
          Tensor source =
              Primitives.alias(
                  columns,
                  layout -> {
                    Layout picked = layout;
                    for (long place : k) {
                      picked = picked.select(lead.length, place);
                    }
                    return windows(picked, first, end);
                  });
          Primitives.pointwiseInto(
              "fold", sum, new Tensor[] {target}, new Tensor[] {target, source});
        });
    return result.to(dtype);
  }
}
