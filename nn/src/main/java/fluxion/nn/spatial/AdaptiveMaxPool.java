package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.ValuesAndIndices;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.PoolCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The largest elements of as many windows as are wanted. */
public abstract sealed class AdaptiveMaxPool extends Layer
    permits AdaptiveMaxPool1d, AdaptiveMaxPool2d, AdaptiveMaxPool3d {
  private final List<@Nullable Long> shown;
  private final @Nullable Long[] outputSize;
  private final OpSite<PoolCall.AdaptiveMax> operator;

  AdaptiveMaxPool(int dims, @Nullable Long[] outputSize) {
    this.shown = Arrays.asList(outputSize.clone());
    this.outputSize = outputSize.length == 1 ? new @Nullable Long[dims] : outputSize.clone();
    if (outputSize.length == 1) {
      Arrays.fill(this.outputSize, outputSize[0]);
    }
    this.operator = OpSite.of("adaptive_max_pool" + dims + "d", PoolCall.AdaptiveMax.class);
  }

  @Override
  public Tensor forward(Tensor input) {
    return operator.get().apply(input, outputSize, false)[0];
  }

  /**
   * {@return the largest elements, and where they are: {@code return_indices=True}}
   *
   * @param input {@code [N, C, …]}
   */
  public ValuesAndIndices forwardWithIndices(Tensor input) {
    Tensor[] results = operator.get().apply(input, outputSize, true);
    return new ValuesAndIndices(results[0], results[1]);
  }

  @Override
  protected String extraText() {
    return "output_size=" + Texts.sizes(shown);
  }
}
