package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.PoolCall;

/** The p-norm of each window. */
public abstract sealed class LPPool extends Layer permits LPPool1d, LPPool2d, LPPool3d {
  private final double normType;
  private final PoolOptions options;
  private final OpSite<PoolCall.Power> operator;

  LPPool(int dims, double normType, PoolOptions options) {
    this.normType = normType;
    this.options = options;
    this.operator = OpSite.of("lp_pool" + dims + "d", PoolCall.Power.class);
  }

  @Override
  public Tensor forward(Tensor input) {
    return operator
        .get()
        .apply(
            input,
            normType,
            Sizes.array(options.kernelSize()),
            Sizes.array(options.steps()),
            options.ceilMode());
  }

  @Override
  protected String extraText() {
    return "norm_type="
        + Texts.shortest(normType)
        + ", kernel_size="
        + Texts.sizes(options.kernelSize())
        + ", stride="
        + (options.stride() == null ? "None" : Texts.sizes(options.stride()))
        + ", ceil_mode="
        + Texts.of(options.ceilMode());
  }
}
