package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import java.util.Arrays;
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
    Kernels kernels = KERNELS.of(input.dtype());
    int n = windows.dims().size();
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
      Kernel mean = KERNELS.of(g.dtype()).mean();
      Tensor wide = g.to(accumulator(g.dtype()));
      Tensor share = Primitives.pointwise(mean, new Tensor[] {wide, divisors})[0];
      int n = windows.dims().size();
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
