package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.ops.nn.PoolCall;
import fluxion.ops.nn.ResamplingCall;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Images in other sizes, along one dimension after another. */
final class Interpolation {
  private static final List<OpSite<PoolCall.AdaptiveAverage>> AREA =
      List.of(
          OpSite.of("adaptive_avg_pool1d", PoolCall.AdaptiveAverage.class),
          OpSite.of("adaptive_avg_pool2d", PoolCall.AdaptiveAverage.class),
          OpSite.of("adaptive_avg_pool3d", PoolCall.AdaptiveAverage.class));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("interpolate")) {
        t.add(operator("interpolate"));
      }
      if (t.has("upsample")) {
        t.add(operator("upsample"));
      }
    }
  }

  private Interpolation() {}

  private static Operator operator(String name) {
    return named(name)
        .overload(
            "(Tensor self, int[]? size=None, float[]? scale_factor=None, str mode='nearest', bool?"
                + " align_corners=None, bool? recompute_scale_factor=None, bool antialias=False)",
            ResamplingCall.Interpolate.class,
            (self, size, scale, mode, corners, recompute, antialias) ->
                interpolate(name, self, size, scale, mode, corners, recompute, antialias))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(1, 2, 3), 5L),
                    sample(s.tensor(1, 2, 3), null, 1.5, "linear", false),
                    sample(s.tensor(1, 1, 2, 3), List.of(3L, 4L), null, "bilinear", true),
                    sample(s.tensor(1, 1, 3, 4), List.of(2L, 6L), null, "bicubic", false),
                    sample(s.tensor(1, 1, 2, 2, 3), 3L, null, "trilinear"),
                    sample(s.tensor(1, 1, 5, 6), 2L, null, "bilinear", false, null, true),
                    sample(s.tensor(1, 2, 2, 3), null, 1.7, "nearest-exact"),
                    sample(s.tensor(1, 2, 5, 3), 2L, null, "area")));
  }

  private static Tensor interpolate(
      String name,
      Tensor self,
      long @Nullable [] size,
      double @Nullable [] scaleFactor,
      String mode,
      @Nullable Boolean alignCorners,
      @Nullable Boolean recomputeScaleFactor,
      boolean antialias) {
    boolean smooth = checkMode(name, self, mode);
    if (!smooth && alignCorners != null) {
      throw new ArgumentException(
          "align_corners option can only be set with the interpolating modes: linear | bilinear |"
              + " bicubic | trilinear");
    }
    if (antialias && !(mode.equals("bilinear") || mode.equals("bicubic"))) {
      throw new ArgumentException(
          "Anti-alias option is only supported for bilinear and bicubic modes, not for mode "
              + mode);
    }
    int dims = self.dim() - 2;
    boolean recompute = Boolean.TRUE.equals(recomputeScaleFactor);
    checkSizes(self, dims, size, scaleFactor, recompute);
    long[] outputs = outputs(self, dims, size, scaleFactor);
    boolean scaled = scaleFactor != null && !recompute && !mode.equals("area");
    if (mode.equals("area")) {
      return AREA.get(dims - 1)
          .get()
          .apply(self, Arrays.stream(outputs).boxed().toArray(Long[]::new));
    }
    if (smooth) {
      Refusals.requireFloat("interpolate " + mode, self.dtype());
    }
    boolean corners = Boolean.TRUE.equals(alignCorners);
    Tensor x = self;
    for (int d = 0; d < dims; d++) {
      double factor = scaled ? factor(Objects.requireNonNull(scaleFactor), d) : 0;
      Axis axis = new Axis(self.size(2 + d), outputs[d], factor, corners);
      x =
          smooth
              ? axis.smooth(mode.equals("bicubic"), antialias).apply(x, 2 + d)
              : x.indexSelect(2 + d, places(axis.nearest(mode.equals("nearest-exact")), x));
    }
    return x;
  }

  private static Tensor places(long[] places, Tensor like) {
    TensorOptions options = TensorOptions.of(DType.INT64).device(like.device());
    return Tensors.tensor(places, Shape.of(places.length), options);
  }

  private static double factor(double[] scaleFactor, int dim) {
    return scaleFactor[scaleFactor.length == 1 ? 0 : dim];
  }

  /** Whether elements are averaged in a mode; refuses others and wrong numbers of dimensions. */
  private static boolean checkMode(String name, Tensor self, String mode) {
    int needed =
        switch (mode) {
          case "nearest", "nearest-exact", "area" -> self.dim();
          case "linear" -> 3;
          case "bilinear", "bicubic" -> 4;
          case "trilinear" -> 5;
          default -> -1;
        };
    if (needed < 0 || self.dim() < 3 || self.dim() > 5) {
      throw new ShapeException(
          name
              + ": Input Error: Only 3D, 4D and 5D input Tensors supported (got "
              + self.dim()
              + "D) for the modes: nearest | linear | bilinear | bicubic | trilinear | area |"
              + " nearest-exact (got "
              + mode
              + ")");
    }
    if (needed != self.dim()) {
      throw new ShapeException(
          "Got " + self.dim() + "D input, but " + mode + " mode needs " + needed + "D input");
    }
    return mode.endsWith("linear") || mode.equals("bicubic");
  }

  private static void checkSizes(
      Tensor self,
      int dims,
      long @Nullable [] size,
      double @Nullable [] scaleFactor,
      boolean recompute) {
    if (size != null && scaleFactor != null) {
      throw new ArgumentException("only one of size or scale_factor should be defined");
    }
    if (size == null && scaleFactor == null) {
      throw new ArgumentException("either size or scale_factor should be defined");
    }
    if (size != null && recompute) {
      throw new ArgumentException(
          "recompute_scale_factor is not meaningful with an explicit size.");
    }
    int given = size != null ? size.length : Objects.requireNonNull(scaleFactor).length;
    if (given != 1 && given != dims) {
      throw new ArgumentException(
          "Input and "
              + (size != null ? "output" : "scale_factor")
              + " must have the same number of spatial dimensions, but got input with spatial"
              + " dimensions of "
              + Arrays.toString(Arrays.copyOfRange(self.shape().toArray(), 2, self.dim()))
              + " and "
              + (size != null
                  ? "output size of " + Arrays.toString(size)
                  : "scale_factor of shape " + Arrays.toString(scaleFactor))
              + ". Please provide input tensor in (N, C, d1, d2, ...,dK) format and "
              + (size != null
                  ? "output size in (o1, o2, ...,oK) format."
                  : "scale_factor in (s1, s2, ...,sK) format."));
    }
    for (int d = 2; d < self.dim(); d++) {
      if (self.size(d) == 0 || self.size(1) == 0) {
        throw new ShapeException(
            "Non-empty "
                + self.dim()
                + "D data tensor expected but got a tensor with sizes "
                + self.shape());
      }
    }
  }

  private static long[] outputs(
      Tensor self, int dims, long @Nullable [] size, double @Nullable [] scaleFactor) {
    long[] outputs = new long[dims];
    for (int d = 0; d < dims; d++) {
      outputs[d] =
          size != null
              ? size[size.length == 1 ? 0 : d]
              : (long)
                  Math.floor(self.size(2 + d) * factor(Objects.requireNonNull(scaleFactor), d));
      if (outputs[d] <= 0 || outputs[d] > Integer.MAX_VALUE) {
        throw new ShapeException(
            "Input and output sizes should be greater than 0 and fit 32 bits, but got input (size "
                + self.size(2 + d)
                + ") output (size "
                + outputs[d]
                + ")");
      }
    }
    return outputs;
  }
}
