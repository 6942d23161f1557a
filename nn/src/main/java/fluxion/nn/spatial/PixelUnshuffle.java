package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.ops.nn.ResamplingCall;

/** Brings {@code [N, C, H · r, W · r]} to {@code [N, C · r², H, W]}. */
public final class PixelUnshuffle extends Layer {
  private static final OpSite<ResamplingCall.Factor> OPERATOR =
      OpSite.of("pixel_unshuffle", ResamplingCall.Factor.class);

  private final long factor;

  /**
   * Makes a layer.
   *
   * @param downscaleFactor the factor r
   */
  public PixelUnshuffle(long downscaleFactor) {
    this.factor = downscaleFactor;
  }

  @Override
  public Tensor forward(Tensor input) {
    return OPERATOR.get().apply(input, factor);
  }

  @Override
  protected String extraText() {
    return "downscale_factor=" + factor;
  }
}
