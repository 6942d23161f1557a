package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.ops.nn.ResamplingCall;

/** Brings {@code [N, C · r², H, W]} to {@code [N, C, H · r, W · r]}: Shi and others, 2016. */
public final class PixelShuffle extends Layer {
  private static final OpSite<ResamplingCall.Factor> OPERATOR =
      OpSite.of("pixel_shuffle", ResamplingCall.Factor.class);

  private final long factor;

  /**
   * Makes a layer.
   *
   * @param upscaleFactor the factor r
   */
  public PixelShuffle(long upscaleFactor) {
    this.factor = upscaleFactor;
  }

  @Override
  public Tensor forward(Tensor input) {
    return OPERATOR.get().apply(input, factor);
  }

  @Override
  protected String extraText() {
    return "upscale_factor=" + factor;
  }
}
