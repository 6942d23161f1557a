package fluxion.nn.spatial;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.nn.internal.Sizes;
import fluxion.nn.internal.Texts;
import fluxion.ops.nn.ResamplingCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings signals, images and volumes to another size. */
public final class Upsample extends Layer {
  private static final OpSite<ResamplingCall.Interpolate> OPERATOR =
      OpSite.of("interpolate", ResamplingCall.Interpolate.class);

  private final @Nullable List<Long> size;
  private final @Nullable List<Double> scale;
  private final String mode;
  private final @Nullable Boolean alignCorners;

  private Upsample(
      @Nullable List<Long> size,
      @Nullable List<Double> scale,
      String mode,
      @Nullable Boolean alignCorners) {
    this.size = size;
    this.scale = scale;
    this.mode = mode;
    this.alignCorners = alignCorners;
  }

  /**
   * {@return a layer that multiplies sizes}
   *
   * @param mode {@code nearest}, {@code linear}, {@code bilinear}, {@code bicubic}, {@code
   *     trilinear}, {@code area} or {@code nearest-exact}
   * @param factors one factor for all dimensions, or one for each
   */
  public static Upsample byFactor(String mode, double... factors) {
    return new Upsample(null, Arrays.stream(factors).boxed().toList(), mode, null);
  }

  /**
   * {@return a layer that gives a size}
   *
   * @param mode as of {@link #byFactor}
   * @param sizes one size for all dimensions, or one for each
   */
  public static Upsample toSize(String mode, long... sizes) {
    return new Upsample(Sizes.of(sizes), null, mode, null);
  }

  /**
   * {@return this layer, by another rule of what lies at the corners}
   *
   * @param aligned whether the centres of the corner elements stay where they are, for the linear
   *     and cubic modes
   */
  public Upsample alignCorners(boolean aligned) {
    return new Upsample(size, scale, mode, aligned);
  }

  @Override
  public Tensor forward(Tensor input) {
    double[] factors =
        scale == null ? null : scale.stream().mapToDouble(Double::doubleValue).toArray();
    int dims = Math.max(1, input.dim() - 2);
    long[] sizes = size == null ? null : Sizes.array(Sizes.each("size", size, dims));
    if (factors != null && factors.length == 1) {
      double one = factors[0];
      factors = new double[dims];
      Arrays.fill(factors, one);
    }
    return OPERATOR.get().apply(input, sizes, factors, mode, alignCorners, null, false);
  }

  @Override
  protected String extraText() {
    String what =
        scale == null
            ? "size=" + Texts.sizes(size == null ? List.of() : size)
            : "scale_factor=" + Texts.sizes(scale.stream().map(Texts::of).toList());
    return what + ", mode='" + mode + "'";
  }
}
