package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Activations that gate: by a slope of their own, by a second half, or by a ramp. */
final class Gates {
  private static final PointwiseFunction SOFTSIGN =
      PointwiseFunction.unary("softsign", INT_TO_FLOAT, x -> x.div(x.abs().add(1)))
          .node("DivBackward0");
  private static final PointwiseFunction HARDSIGMOID =
      PointwiseFunction.unary("hardsigmoid", PROMOTE, x -> x.add(3).max(0).min(6).div(6))
          .gradient(0, (x, s, out, g) -> onRamp(x[0], g))
          .checking(dtype -> Refusals.requireFloat("hardsigmoid", dtype));
  private static final PointwiseFunction GLU =
      PointwiseFunction.binary("glu", PROMOTE, (a, b) -> a.mul(b.sigmoid()))
          .checking(dtype -> Refusals.requireFloat("glu_cpu", dtype));
  private static final PointwiseFunction PRELU =
      PointwiseFunction.binary(
              "prelu", PROMOTE, (x, slope) -> Expr.select(x.gt(0), x, x.mul(slope)))
          .checking(dtype -> Refusals.requireFloat("prelu_cpu", dtype));

  /** The slope of the ramp; PyTorch rounds it to a float32 whatever the dtype. */
  private static final double SLOPE = 1f / 6f;

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("softsign")) {
        t.add(unary(SOFTSIGN).singularAt(SingularPoints.at(0)));
      }
      if (t.has("hardsigmoid")) {
        t.add(unary(HARDSIGMOID));
      }
      if (t.has("hardsigmoid_")) {
        t.add(Operator.unaryInPlace(HARDSIGMOID));
      }
      if (t.has("glu")) {
        t.add(
            named("glu")
                .overload("(Tensor self, int dim=-1)", Call.Dim.class, Gates::glu)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 4)),
                            sample(s.tensor(4, 3), 0L),
                            sample(s.tensor(2, 2, 3), -2L))));
      }
      if (t.has("prelu")) {
        t.add(
            named("prelu")
                .overload("(Tensor self, Tensor weight)", Call.Binary.class, Gates::prelu)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(3)),
                            sample(s.tensor(2, 3, 2), s.tensor(3)),
                            sample(s.tensor(4), s.tensor(1)),
                            sample(s.tensor(), s.tensor())))
                .singularAt(SingularPoints.at(0)));
      }
      if (t.has("softmin")) {
        t.add(
            named("softmin")
                .overload(
                    "(Tensor self, int dim, *, ScalarType? dtype=None)",
                    Call.DimDType.class,
                    Gates::softmin)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 1L),
                            sample(s.tensor(3, 2, 4), -2L),
                            sample(s.tensor(), 0L))));
      }
    }
  }

  private Gates() {}

  private static Operator unary(PointwiseFunction function) {
    return Operator.unary(function)
        .samples(
            s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor()), sample(s.uniform(4, 5, 3))));
  }

  private static Expr onRamp(Expr x, Expr g) {
    return Expr.select(x.gt(-3).and(x.lt(3)), g.mul(SLOPE), Expr.literal(g.type(), 0));
  }

  private static Tensor glu(Tensor self, int dim) {
    if (self.dim() == 0) {
      throw new ShapeException("glu does not support 0-dimensional tensors");
    }
    int d = self.shape().wrap(dim);
    long size = self.size(d);
    if (size % 2 != 0) {
      throw new ShapeException(
          "Halving dimension must be even, but dimension " + d + " is size " + size);
    }
    return GLU.call(self.narrow(d, 0, size / 2), self.narrow(d, size / 2, size / 2));
  }

  private static Tensor prelu(Tensor self, Tensor weight) {
    if (weight.dim() > 1) {
      throw new ShapeException(
          "prelu: Expected `weight` to be a scalar or 1D tensor, but got: ndim = " + weight.dim());
    }
    if (weight.numel() != 1) {
      if (self.dim() == 0) {
        throw new ShapeException(
            "Not allow zero-dim input tensor." + " The weight has shape " + weight.shape());
      }
      long channels = self.dim() > 1 ? self.size(1) : 1;
      if (channels != weight.numel()) {
        throw new ShapeException(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = "
                + weight.numel()
                + " and channel size = "
                + channels
                + ".");
      }
    }
    long[] sizes = new long[Math.max(self.dim(), 0)];
    Arrays.fill(sizes, 1);
    if (weight.numel() != 1) {
      sizes[1] = weight.numel();
    }
    return PRELU.call(self, weight.reshape(Shape.of(sizes).toArray()));
  }

  private static Tensor softmin(Tensor self, int dim, @Nullable DType dtype) {
    return Softmaxes.softmax(self.neg(), dim, dtype);
  }
}
