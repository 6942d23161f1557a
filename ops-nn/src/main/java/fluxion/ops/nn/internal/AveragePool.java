package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.AvgPool2d;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sum of each window, divided by a number of its own. The second input holds the divisors, in
 * the dtype in which sums are computed.
 *
 * @param windows the windows
 */
record AveragePool(Windows windows) implements Function {
  private record Kernels(Reduction sum, Kernel mean) {
    static Kernels of(DType dtype) {
      DType total = accumulator(dtype);
      return new Kernels(
          Reduction.of(Reduction.Kind.SUM, dtype, total, total),
          Kernel.of(Expr.input(0, total).div(Expr.input(1, total)).cast(dtype)));
    }
  }

  private static final PerDType<Kernels> KERNELS = new PerDType<>(Kernels::of);

  /**
   * What a device's own loops take; windows along one dimension slide over the rows of an image.
   */
  private record Planes(
      AvgPool2d loops, AvgPool2d.Slide rows, AvgPool2d.Slide columns, Operand divisors) {
    /** The windows, if a device may have loops for a tensor of images or of means. */
    static @Nullable Planes of(Windows windows, Tensor on, Tensor divisors) {
      List<Window> dims = windows.dims();
      AvgPool2d loops = dims.size() > 2 || on.numel() == 0 ? null : accelerator(on);
      if (loops == null) {
        return null;
      }
      Window last = dims.getLast();
      boolean image = dims.size() == 2;
      long rows = image ? dims.getFirst().output() : on.size(on.dim() - 2);
      Operand all = Primitives.operand(divisors);
      return new Planes(
          loops,
          image ? slide(dims.getFirst()) : new AvgPool2d.Slide(1, 1, 0),
          slide(last),
          all.layout().expand(Shape.of(rows, last.output())).operand(all.buffer()));
    }

    private static AvgPool2d.Slide slide(Window w) {
      return new AvgPool2d.Slide(w.kernel(), w.stride(), w.padding());
    }

    boolean means(Tensor images, Tensor means) {
      return loops.avgPool2d(
          Primitives.operand(images), rows, columns, divisors, Primitives.operand(means));
    }

    boolean gradient(Tensor g, Tensor target) {
      return loops.gradient(
          Primitives.operand(g), rows, columns, divisors, Primitives.operand(target));
    }
  }

  /** A device's own loops for the dtype of a tensor on it, or null. */
  static @Nullable AvgPool2d accelerator(Tensor on) {
    AvgPool2d loops = Primitives.accelerator(AvgPool2d.class, on).orElse(null);
    return loops != null && loops.takes(on.dtype()) ? loops : null;
  }

  /** The dtype of sums and divisors. */
  static DType accumulator(DType dtype) {
    return dtype.isFloatingPoint() ? dtype.computeType() : DType.INT64;
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "AvgPool" + windows.dims().size() + "DBackward0";
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor input = Objects.requireNonNull(inputs[0]);
    Tensor divisors = Objects.requireNonNull(inputs[1]);
    ctx.saveInput(1);
    int n = windows.dims().size();
    Planes planes = Planes.of(windows, input, divisors);
    if (planes != null) {
      Shape shape = Shape.of(Windows.join(Windows.lead(input, n), windows.output()));
      Tensor means = Primitives.unspecified(shape, input.dtype(), input);
      if (planes.means(input, means)) {
        return new Tensor[] {means};
      }
    }
    Kernels kernels = KERNELS.of(input.dtype());
    Tensor view = windows.of(input);
    boolean[] mask = new boolean[view.dim()];
    Arrays.fill(mask, view.dim() - 2 * n, view.dim() - n, true);
    Tensor sum = Primitives.reduce(kernels.sum(), new Tensor[] {view}, mask, false);
    return Primitives.pointwise(kernels.mean(), new Tensor[] {sum, divisors});
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    Tensor gradient = Functions.apply(new Spread(windows), g, ctx.input(1));
    return new @Nullable Tensor[] {gradient, null};
  }

  /**
   * What each window holds, divided by its number and added to all its elements: the adjoint.
   *
   * @param windows the windows
   */
  record Spread(Windows windows) implements Function {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public String name() {
      return "AvgPool" + windows.dims().size() + "DBackwardBackward0";
    }

    @Override
    public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
      Tensor g = Objects.requireNonNull(inputs[0]);
      Tensor divisors = Objects.requireNonNull(inputs[1]);
      ctx.saveInput(1);
      int n = windows.dims().size();
      Planes planes = Planes.of(windows, g, divisors);
      if (planes != null) {
        Shape shape = Shape.of(Windows.join(Windows.lead(g, n), windows.size()));
        Tensor target = Primitives.unspecified(shape, g.dtype(), g);
        if (planes.gradient(g, target)) {
          return new Tensor[] {target};
        }
      }
      Kernel mean = KERNELS.of(g.dtype()).mean();
      Tensor wide = g.to(accumulator(g.dtype()));
      Tensor share = Primitives.pointwise(mean, new Tensor[] {wide, divisors})[0];
      long[] lead = Windows.lead(share, n);
      long[] ones = new long[n];
      Arrays.fill(ones, 1);
      Tensor all =
          share
              .reshape(Windows.join(lead, ones, windows.output()))
              .expand(Windows.join(lead, windows.kernel(), windows.output()));
      return new Tensor[] {windows.fold(all)};
    }

    @Override
    public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
      Tensor g = Objects.requireNonNull(gradOutputs[0]);
      return new @Nullable Tensor[] {
        Functions.apply(new AveragePool(windows), g, ctx.input(1)), null
      };
    }
  }
}
