package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.PoolCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The means of as many windows as are wanted. */
public abstract sealed class AdaptiveAvgPool extends Layer
    permits AdaptiveAvgPool1d, AdaptiveAvgPool2d, AdaptiveAvgPool3d {
  private final List<@Nullable Long> shown;
  private final @Nullable Long[] outputSize;
  private final OpSite<PoolCall.AdaptiveAverage> operator;

  AdaptiveAvgPool(int dims, @Nullable Long[] outputSize) {
    this.shown = Arrays.asList(outputSize.clone());
    this.outputSize = outputSize.length == 1 ? new @Nullable Long[dims] : outputSize.clone();
    if (outputSize.length == 1) {
      Arrays.fill(this.outputSize, outputSize[0]);
    }
    this.operator = OpSite.of("adaptive_avg_pool" + dims + "d", PoolCall.AdaptiveAverage.class);
  }

  @Override
  public Tensor forward(Tensor input) {
    return operator.get().apply(input, outputSize);
  }

  @Override
  protected String extraText() {
    return "output_size=" + Texts.sizes(shown);
  }
}
