package fluxion.nn.spatial;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.PoolCall;
import java.util.List;

/** The mean of each window. */
public abstract sealed class AvgPool extends Layer permits AvgPool1d, AvgPool2d, AvgPool3d {
  private static final OpSite<PoolCall.Average1d> LINE =
      OpSite.of("avg_pool1d", PoolCall.Average1d.class);

  private final int dims;
  private final PoolOptions options;
  private final OpSite<PoolCall.Average> operator;

  AvgPool(int dims, PoolOptions options) {
    if (dims == 1 && options.divisorOverride() != null) {
      throw new ArgumentException("AvgPool1d has no divisor_override");
    }
    this.dims = dims;
    this.options = options;
    this.operator = OpSite.of("avg_pool" + dims + "d", PoolCall.Average.class);
  }

  @Override
  public Tensor forward(Tensor input) {
    long[] size = Sizes.array(options.kernelSize());
    long[] stride = Sizes.array(options.steps());
    long[] padding = Sizes.array(options.padding());
    boolean ceil = options.ceilMode();
    boolean all = options.countIncludePad();
    return dims == 1
        ? LINE.get().apply(input, size, stride, padding, ceil, all)
        : operator.get().apply(input, size, stride, padding, ceil, all, options.divisorOverride());
  }

  @Override
  protected String extraText() {
    return "kernel_size="
        + text(options.kernelSize())
        + ", stride="
        + text(options.steps())
        + ", padding="
        + text(options.padding());
  }

  /** PyTorch shows the sizes of one dimension as tuples here, other than those of maxima. */
  private String text(List<Long> sizes) {
    return dims == 1 ? Texts.tuple(sizes) : Texts.sizes(sizes);
  }
}
