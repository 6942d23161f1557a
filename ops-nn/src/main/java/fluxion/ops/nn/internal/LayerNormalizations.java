package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.ops.nn.NormalizationCall;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Normalisations over trailing dimensions. */
final class LayerNormalizations {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("layer_norm")) {
        t.add(
            named("layer_norm")
                .overload(
                    "(Tensor input, int[] normalized_shape, Tensor? weight=None, Tensor? bias=None,"
                        + " float eps=1e-05)",
                    NormalizationCall.Layer.class,
                    LayerNormalizations::layerNorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 4), 4L, s.tensor(4), s.tensor(4)),
                            sample(s.tensor(3, 2, 3), List.of(2L, 3L), s.tensor(2, 3)),
                            sample(s.tensor(3, 4), 4L, null, s.tensor(4), 0.5))));
      }
      if (t.has("rms_norm")) {
        t.add(
            named("rms_norm")
                .overload(
                    "(Tensor input, int[] normalized_shape, Tensor? weight=None, float? eps=None)",
                    NormalizationCall.RootMeanSquare.class,
                    LayerNormalizations::rmsNorm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 4), 4L, s.tensor(4)),
                            sample(s.tensor(3, 2, 3), List.of(2L, 3L), null, 0.1))));
      }
    }
  }

  private LayerNormalizations() {}

  private static int checkTrailing(
      String name,
      Tensor input,
      long[] normalizedShape,
      @Nullable Tensor weight,
      @Nullable Tensor bias) {
    int count = normalizedShape.length;
    if (count == 0) {
      throw new ShapeException(
          "Expected normalized_shape to be at least 1-dimensional, i.e., containing at least one"
              + " element, but got normalized_shape = []");
    }
    int lead = input.dim() - count;
    boolean fits = lead >= 0;
    for (int d = 0; d < count && fits; d++) {
      fits = input.size(lead + d) == normalizedShape[d];
    }
    if (!fits) {
      String sizes = Extents.joined(", ", normalizedShape);
      throw new ShapeException(
          "Given normalized_shape=["
              + sizes
              + "], expected input with shape [*, "
              + sizes
              + "], but got input of size"
              + input.shape());
    }
    Shape shape = Shape.of(normalizedShape);
    checkTrailing("weight", weight, shape);
    checkTrailing("bias", bias, shape);
    Normalizations.checkFloats(name, input, weight, bias);
    return lead;
  }

  private static void checkTrailing(String name, @Nullable Tensor tensor, Shape shape) {
    if (tensor != null && !tensor.shape().equals(shape)) {
      throw new ShapeException(
          "Expected "
              + name
              + " to be of same shape as normalized_shape, but got "
              + name
              + " of shape "
              + tensor.shape()
              + " and normalized_shape = "
              + shape);
    }
  }

  private static Tensor layerNorm(
      Tensor input,
      long[] normalizedShape,
      @Nullable Tensor weight,
      @Nullable Tensor bias,
      double eps) {
    int lead = checkTrailing("layer_norm", input, normalizedShape, weight, bias);
    int[] dims = IntStream.range(lead, input.dim()).toArray();
    Tensor x =
        Functions.apply(
            new Standardize(Normalizations.boxed(dims), eps, "NativeLayerNormBackward0"), input);
    return Normalizations.affine(x, weight, bias, normalizedShape);
  }

  private static Tensor rmsNorm(
      Tensor input, long[] normalizedShape, @Nullable Tensor weight, @Nullable Double eps) {
    int lead = checkTrailing("rms_norm", input, normalizedShape, weight, null);
    int[] dims = IntStream.range(lead, input.dim()).toArray();
    Tensor x = input.to(input.dtype().computeType());
    Tensor square = x.square().mean(dims, true).add(eps == null ? epsilon(input.dtype()) : eps);
    Tensor scaled = x.mul(square.rsqrt()).to(input.dtype());
    return Normalizations.affine(scaled, weight, null, normalizedShape);
  }

  /** The distance of 1 to the next number. */
  private static double epsilon(DType dtype) {
    return switch (dtype) {
      case FLOAT64 -> Math.ulp(1.0);
      case FLOAT16 -> 0x1p-10;
      case BFLOAT16 -> 0x1p-7;
      default -> Math.ulp(1f);
    };
  }
}
