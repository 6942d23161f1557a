package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.accelerator.MaxPool2d;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The largest element of each window and its place in the flattened dimensions. One element of all
 * windows after another is compared with the largest so far, so that nothing is copied. The first
 * of equal ones wins, and each NaN wins over what was before.
 *
 * @param windows the windows
 */
record MaxPool(Windows windows) implements Function {
  private record Kind(DType dtype, int lead, int dims) {
    /**
     * Inputs are the largest so far, its place and an element; scalars are the steps of the place
     * along the dimensions and the place of the first.
     */
    Kernel kernel() {
      DType compute = dtype.computeType();
      Expr best = Expr.input(0, dtype).cast(compute);
      Expr place = Expr.input(1, DType.INT64);
      Expr element = Expr.input(2, dtype).cast(compute);
      Expr better = place.lt(0L).or(element.gt(best));
      if (dtype.isFloatingPoint()) {
        better = better.or(element.isnan());
      }
      Expr own = Expr.scalar(dims, DType.INT64);
      for (int d = 0; d < dims; d++) {
        own = own.add(Expr.index(lead + d).mul(Expr.scalar(d, DType.INT64)));
      }
      return Kernel.of(
          Expr.select(better, element, best).cast(dtype), Expr.select(better, own, place));
    }
  }

  private static final Map<Kind, Kernel> KERNELS = new ConcurrentHashMap<>();

  /** Sets places to a number; where it is -1, an element is larger than whatever was there. */
  private static final Kernel COPY = Kernel.of(Expr.input(0, DType.INT64));

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "MaxPool" + windows.dims().size() + "DWithIndicesBackward0";
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor input = Objects.requireNonNull(inputs[0]);
    ctx.markNonDifferentiable(1);
    ctx.saveOutput(1);
    int n = windows.dims().size();
    long[] lead = Windows.lead(input, n);
    Shape shape = Shape.of(Windows.join(lead, windows.output()));
    Tensor values = Primitives.unspecified(shape, input.dtype(), input);
    Tensor places = Primitives.unspecified(shape, DType.INT64, input);
    if (n == 2 && input.numel() > 0) {
      Optional<MaxPool2d> accelerator = Primitives.accelerator(MaxPool2d.class, input);
      if (accelerator.isPresent()
          && accelerator
              .get()
              .maxPool2d(
                  Primitives.operand(input),
                  slide(windows.dims().get(0)),
                  slide(windows.dims().get(1)),
                  Primitives.operand(values),
                  Primitives.operand(places))) {
        return new Tensor[] {values, places};
      }
    }
    decompose(input, lead, values, places);
    return new Tensor[] {values, places};
  }

  private static MaxPool2d.Slide slide(Window w) {
    return new MaxPool2d.Slide(w.kernel(), w.stride(), w.padding(), w.dilation());
  }

  /** By the primitives, where the device has no such pool of its own. */
  private void decompose(Tensor input, long[] lead, Tensor best, Tensor places) {
    int n = windows.dims().size();
    Tensor none = Primitives.full(Shape.of(), Scalar.of(-1L), DType.INT64, input);
    Primitives.pointwiseInto("max_pool", COPY, new Tensor[] {places}, new Tensor[] {none});
    Kernel kernel = KERNELS.computeIfAbsent(new Kind(input.dtype(), lead.length, n), Kind::kernel);
    long[] steps = Shape.of(windows.size()).contiguousStrides();
    windows.eachElement(
        (k, first, end) -> {
          Scalar[] scalars = new Scalar[n + 1];
          long start = 0;
          for (int d = 0; d < n; d++) {
            Window w = windows.dims().get(d);
            scalars[d] = Scalar.of(steps[d] * w.stride());
            start += steps[d] * w.position(first[d], k[d]);
          }
          scalars[n] = Scalar.of(start);
          Tensor value = Primitives.alias(best, layout -> windows.windows(layout, first, end));
          Tensor place = Primitives.alias(places, layout -> windows.windows(layout, first, end));
          Tensor element =
              Primitives.alias(input, layout -> windows.elements(layout, k, first, end));
          Primitives.pointwiseInto(
              "max_pool",
              kernel,
              new Tensor[] {value, place},
              new Tensor[] {value, place, element},
              scalars);
        });
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    int n = windows.dims().size();
    return new @Nullable Tensor[] {scattered(g, ctx.output(1), n, ctx.inputSpec(0).shape())};
  }

  /** Elements added at their places in the last dimensions, which these number as one. */
  static Tensor scattered(Tensor elements, Tensor places, int dims, Shape shape) {
    return placed(elements, places, dims, shape, true);
  }

  /** Elements added to or written at their places in the last dimensions. */
  static Tensor placed(Tensor elements, Tensor places, int dims, Shape shape, boolean add) {
    long[] lead = Windows.lead(elements, dims);
    long count = Shape.of(elements.shape().toArray()).numel() / Math.max(1, product(lead));
    long total = shape.numel() / Math.max(1, product(lead));
    long[] flat = Windows.join(lead, new long[] {count});
    Shape whole = Shape.of(Windows.join(lead, new long[] {total}));
    Tensor placed =
        Functions.apply(
            add ? new AddAt(lead.length, whole) : new PutAt(lead.length, whole),
            elements.reshape(flat),
            places.reshape(flat));
    return placed.reshape(shape.toArray());
  }

  private static long product(long[] sizes) {
    return Shape.of(sizes).numel();
  }
}
