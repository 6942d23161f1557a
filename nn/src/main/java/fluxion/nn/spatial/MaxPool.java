package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.ValuesAndIndices;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.PoolCall;

/** The largest element of each window. */
public abstract sealed class MaxPool extends Layer permits MaxPool1d, MaxPool2d, MaxPool3d {
  private final PoolOptions options;
  private final OpSite<PoolCall.Max> operator;

  MaxPool(int dims, PoolOptions options) {
    this.options = options;
    this.operator = OpSite.of("max_pool" + dims + "d", PoolCall.Max.class);
  }

  private Tensor[] run(Tensor input, boolean indices) {
    return operator
        .get()
        .apply(
            input,
            Sizes.array(options.kernelSize()),
            Sizes.array(options.steps()),
            Sizes.array(options.padding()),
            Sizes.array(options.dilation()),
            options.ceilMode(),
            indices);
  }

  @Override
  public Tensor forward(Tensor input) {
    return run(input, false)[0];
  }

  /**
   * {@return the largest elements, and where they are: {@code return_indices=True}}
   *
   * @param input {@code [N, C, …]}
   */
  public ValuesAndIndices forwardWithIndices(Tensor input) {
    Tensor[] results = run(input, true);
    return new ValuesAndIndices(results[0], results[1]);
  }

  @Override
  protected String extraText() {
    return "kernel_size="
        + Texts.sizes(options.kernelSize())
        + ", stride="
        + Texts.sizes(options.steps())
        + ", padding="
        + Texts.sizes(options.padding())
        + ", dilation="
        + Texts.sizes(options.dilation())
        + ", ceil_mode="
        + Texts.of(options.ceilMode());
  }
}
