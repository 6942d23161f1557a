package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.nn.ResamplingCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Images at the places of a grid. */
final class GridSampling {
  /** Where a coordinate is a number; its slope is 0, so that a grid has a gradient of zeros. */
  private static final PointwiseFunction PRESENT =
      PointwiseFunction.unary(
              "grid_present",
              Promotion.PROMOTE,
              x -> Expr.select(x.isnan(), Expr.literal(x.type(), 0), Expr.literal(x.type(), 1)))
          .gradient(0, (x, s, out, g) -> Expr.literal(g.type(), 0));

  private static final PointwiseFunction INNER =
      PointwiseFunction.unary(
          "cubic_inner", Promotion.PROMOTE, x -> x.mul(1.25).sub(2.25).mul(x).mul(x).add(1));
  private static final PointwiseFunction OUTER =
      PointwiseFunction.unary(
          "cubic_outer",
          Promotion.PROMOTE,
          x -> x.mul(-0.75).add(3.75).mul(x).sub(6).mul(x).add(3));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("grid_sample")) {
        t.add(
            named("grid_sample")
                .overload(
                    "(Tensor self, Tensor grid, str mode='bilinear', str padding_mode='zeros',"
                        + " bool? align_corners=None)",
                    ResamplingCall.GridSample.class,
                    GridSampling::gridSample)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(1, 2, 3, 4), s.uniform(0.05, 0.2, 1, 2, 2, 2)),
                            sample(
                                s.tensor(1, 1, 3, 4),
                                s.uniform(-0.3, -0.15, 1, 1, 3, 2),
                                "bicubic",
                                "border",
                                true),
                            sample(
                                s.tensor(1, 1, 2, 3, 2),
                                s.uniform(0.1, 0.3, 1, 1, 1, 2, 3),
                                "bilinear",
                                "reflection",
                                false),
                            sample(
                                s.tensor(1, 1, 3, 4),
                                s.uniform(0.05, 0.2, 1, 1, 3, 2),
                                "nearest"))));
      }
      if (t.has("affine_grid")) {
        t.add(
            named("affine_grid")
                .overload(
                    "(Tensor theta, int[] size, bool? align_corners=None)",
                    ResamplingCall.AffineGrid.class,
                    GridSampling::affineGrid)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 2, 3), List.of(2L, 1L, 2L, 3L)),
                            sample(s.tensor(1, 3, 4), List.of(1L, 1L, 2L, 3L, 2L), true))));
      }
    }
  }

  private GridSampling() {}

  /** Elements that make up a result along one dimension: their places and their weights. */
  private record Tap(Tensor place, Tensor weight) {}

  private static Tensor gridSample(
      Tensor self, Tensor grid, String mode, String paddingMode, @Nullable Boolean alignCorners) {
    check(self, grid, mode, paddingMode);
    DType compute = self.dtype().computeType();
    if (self.dtype() != compute) {
      // Places between elements need more than 16 bits.
      return gridSample(self.to(compute), grid.to(compute), mode, paddingMode, alignCorners)
          .to(self.dtype());
    }
    int dims = self.dim() - 2;
    boolean corners = Boolean.TRUE.equals(alignCorners);
    long batch = self.size(0);
    long channels = self.size(1);
    long[] out = Arrays.copyOfRange(grid.shape().toArray(), 1, 1 + dims);
    long count = Windows.product(out);
    Tensor image = self.reshape(batch, channels, self.numel() / (batch * channels));
    List<List<Tap>> axes = new ArrayList<>();
    for (int d = 0; d < dims; d++) {
      // The grid's last dimension holds x first, which is the image's last.
      Tensor coordinate = grid.select(-1, dims - 1 - d).reshape(batch, count);
      axes.add(taps(coordinate, self.size(2 + d), mode, paddingMode, corners));
    }
    Tensor sum = null;
    int[] choice = new int[dims];
    boolean more = true;
    while (more) {
      Tensor part = part(self, image, axes, choice).reshape(batch, channels, count);
      sum = sum == null ? part : sum.add(part);
      more = false;
      for (int d = dims - 1; d >= 0 && !more; d--) {
        choice[d] = (choice[d] + 1) % axes.get(d).size();
        more = choice[d] != 0;
      }
    }
    return Objects.requireNonNull(sum).reshape(Windows.join(new long[] {batch, channels}, out));
  }

  /** The elements of one tap along each dimension, or 0 outside, times its weights. */
  private static Tensor part(Tensor self, Tensor image, List<List<Tap>> axes, int[] choice) {
    Tensor index = null;
    Tensor weight = null;
    Tensor inside = null;
    for (int d = 0; d < choice.length; d++) {
      Tap tap = axes.get(d).get(choice[d]);
      long size = self.size(2 + d);
      Tensor own = tap.place().ge(0).logicalAnd(tap.place().le((double) (size - 1)));
      Tensor place = tap.place().where(own, 0.0).to(DType.INT64);
      index = index == null ? place : index.mul(size).add(place);
      inside = inside == null ? own : inside.logicalAnd(own);
      weight = weight == null ? tap.weight() : weight.mul(tap.weight());
    }
    long[] sizes = {image.size(0), image.size(1), Objects.requireNonNull(index).size(1)};
    Tensor places = index.unsqueeze(1).expand(sizes);
    Tensor picked = Functions.apply(new PickAt(2), image, places);
    Tensor counted = picked.where(Objects.requireNonNull(inside).unsqueeze(1), 0.0);
    return counted.mul(Objects.requireNonNull(weight).unsqueeze(1));
  }

  private static List<Tap> taps(
      Tensor coordinate, long size, String mode, String paddingMode, boolean corners) {
    Tensor at =
        corners
            ? coordinate.add(1.0).div(2.0).mul((double) (size - 1))
            : coordinate.add(1.0).mul((double) size).sub(1.0).div(2.0);
    if (mode.equals("bicubic")) {
      Tensor left = at.detach().floor();
      Tensor t = at.sub(left);
      List<Tap> taps = new ArrayList<>();
      Tensor[] weights = {
        OUTER.call(t.add(1.0)), INNER.call(t), INNER.call(t.rsub(1.0)), OUTER.call(t.rsub(2.0))
      };
      for (int k = 0; k < 4; k++) {
        taps.add(
            new Tap(padded(left.add((double) (k - 1)), size, paddingMode, corners), weights[k]));
      }
      return taps;
    }
    Tensor inside = padded(at, size, paddingMode, corners);
    if (mode.equals("nearest")) {
      return List.of(new Tap(inside.detach().round(), PRESENT.call(inside)));
    }
    Tensor left = inside.detach().floor();
    Tensor share = inside.sub(left);
    return List.of(new Tap(left, share.rsub(1.0)), new Tap(left.add(1.0), share));
  }

  /** Coordinates brought into an image, where the mode does so; then NaN is taken for 0. */
  private static Tensor padded(Tensor at, long size, String paddingMode, boolean corners) {
    return switch (paddingMode) {
      case "border" -> clipped(at, size);
      case "reflection" -> {
        double low = corners ? 0 : -0.5;
        double span = corners ? size - 1 : size;
        Tensor reflected = span == 0 ? at.mul(0.0) : reflected(at, low, span);
        yield clipped(reflected, size);
      }
      default -> at;
    };
  }

  private static Tensor clipped(Tensor at, long size) {
    return at.clamp(0.0, (double) (size - 1)).maskedFill(at.detach().ne(at.detach()), 0.0);
  }

  private static Tensor reflected(Tensor at, double low, double span) {
    Tensor distance = at.sub(low).abs();
    Tensor flips = distance.detach().div(span).floor();
    Tensor extra = distance.sub(flips.mul(span));
    Tensor even = flips.div(2.0).floor().mul(2.0).eq(flips);
    return extra.add(low).where(even, extra.rsub(span + low));
  }

  private static void check(Tensor self, Tensor grid, String mode, String paddingMode) {
    if (!List.of("bilinear", "nearest", "bicubic").contains(mode)) {
      throw new ArgumentException(
          "nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but"
              + " got: '"
              + mode
              + "'");
    }
    if (!List.of("zeros", "border", "reflection").contains(paddingMode)) {
      throw new ArgumentException(
          "nn.functional.grid_sample(): expected padding_mode to be 'zeros', 'border', or"
              + " 'reflection', but got: '"
              + paddingMode
              + "'");
    }
    if (self.dtype() != grid.dtype()) {
      throw new DTypeException(
          "grid_sampler(): expected input and grid to have same dtype, but input has "
              + self.dtype()
              + " and grid has "
              + grid.dtype());
    }
    Refusals.requireFloat("grid_sample", self.dtype());
    if ((self.dim() != 4 && self.dim() != 5) || self.dim() != grid.dim()) {
      throw new ShapeException(
          "grid_sampler(): expected 4D or 5D input and grid with same number of dimensions, but got"
              + " input with sizes "
              + self.shape()
              + " and grid with sizes "
              + grid.shape());
    }
    if (self.size(0) != grid.size(0)) {
      throw new ShapeException(
          "grid_sampler(): expected grid and input to have same batch size, but got input with"
              + " sizes "
              + self.shape()
              + " and grid with sizes "
              + grid.shape());
    }
    if (grid.size(-1) != self.dim() - 2) {
      throw new ShapeException(
          "grid_sampler(): expected grid to have size "
              + (self.dim() - 2)
              + " in last dimension, but got grid with sizes "
              + grid.shape());
    }
    if (self.numel() == 0) {
      throw new ShapeException(
          "grid_sampler(): expected input to have non-empty dimensions, but input has sizes "
              + self.shape());
    }
    if (mode.equals("bicubic") && self.dim() != 4) {
      throw new ShapeException(
          "grid_sampler(): bicubic interpolation only supports 4D input, not " + self.dim() + "D");
    }
  }

  private static Tensor affineGrid(Tensor theta, long[] size, @Nullable Boolean alignCorners) {
    Refusals.requireFloat("affine_grid", theta.dtype());
    int dims = size.length - 2;
    if (dims != 2 && dims != 3) {
      throw new ArgumentException(
          "affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms,"
              + " respectively. Got size "
              + Arrays.toString(size)
              + ".");
    }
    for (long one : size) {
      if (one <= 0 || one > Integer.MAX_VALUE) {
        throw new ArgumentException(
            "Expected non-zero, positive output size. Got size " + Arrays.toString(size));
      }
    }
    if (theta.dim() != 3
        || theta.size(0) != size[0]
        || theta.size(1) != dims
        || theta.size(2) != dims + 1) {
      throw new ShapeException(
          "Expected a batch of "
              + dims
              + "D affine matrices of shape Nx"
              + dims
              + "x"
              + (dims + 1)
              + " for size "
              + Arrays.toString(size)
              + ". Got theta of "
              + theta.shape()
              + ".");
    }
    boolean corners = Boolean.TRUE.equals(alignCorners);
    TensorOptions options = TensorOptions.of(theta.dtype()).device(theta.device());
    long[] out = Arrays.copyOfRange(size, 2, size.length);
    Tensor[] columns = new Tensor[dims + 1];
    for (int d = 0; d < dims; d++) {
      long[] along = new long[dims];
      Arrays.fill(along, 1);
      along[d] = out[d];
      columns[dims - 1 - d] = centres(out[d], corners, options).reshape(along).expand(out);
    }
    columns[dims] = Tensors.ones(options, out);
    Tensor base = Tensors.stack(dims, columns).reshape(Windows.product(out), dims + 1);
    return base.matmul(theta.transpose(1, 2))
        .reshape(Windows.join(new long[] {size[0]}, out, new long[] {dims}));
  }

  private static Tensor centres(long count, boolean corners, TensorOptions options) {
    if (count <= 1) {
      return Tensors.zeros(options, count);
    }
    Tensor even = Tensors.linspace(-1, 1, Math.toIntExact(count), options);
    return corners ? even : even.mul((double) (count - 1) / count);
  }
}
