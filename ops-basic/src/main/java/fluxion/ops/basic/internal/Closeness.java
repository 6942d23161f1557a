package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.BOOL_RESULT;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Primitives;
import fluxion.ops.basic.PointwiseCall;
import java.util.List;

/** Whether tensors are equal, exactly or within tolerances. */
final class Closeness {
  private static final PointwiseFunction ISCLOSE =
      PointwiseFunction.of("isclose", 2, 2, BOOL_RESULT, (x, s) -> isClose(x[0], x[1], s));
  private static final PointwiseFunction ISCLOSE_NAN =
      PointwiseFunction.of(
          "isclose",
          2,
          2,
          BOOL_RESULT,
          (x, s) -> isClose(x[0], x[1], s).or(x[0].isnan().and(x[1].isnan())));

  private static final String TOLERANCES =
      "(Tensor self, Tensor other, float rtol=1e-05, float atol=1e-08, bool equal_nan=False)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("isclose")) {
        t.add(
            named("isclose")
                .overload(TOLERANCES, PointwiseCall.Close.class, Closeness::isclose)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3)),
                            sample(s.tensor(2, 1), s.tensor(3), 0.5, 0.1)))
                .notDifferentiable());
      }
      if (t.has("allclose")) {
        t.add(
            named("allclose")
                .overload(
                    TOLERANCES,
                    PointwiseCall.Close.class,
                    (self, other, rtol, atol, equalNan) ->
                        isclose(self, other, rtol, atol, equalNan).all())
                .samples(s -> List.of(sample(s.tensor(2, 3), s.tensor(3))))
                .notDifferentiable());
      }
      if (t.has("equal")) {
        t.add(
            named("equal")
                .overload("(Tensor self, Tensor other)", Call.Binary.class, Closeness::equal)
                .samples(s -> List.of(sample(s.tensor(2, 3), s.tensor(2, 3))))
                .notDifferentiable());
      }
    }
  }

  private Closeness() {}

  private static Expr isClose(Expr x, Expr y, Expr[] tolerances) {
    Expr difference = x.sub(y).abs();
    Expr allowed = tolerances[1].add(tolerances[0].mul(y).abs());
    return x.eq(y).or(difference.isfinite().and(difference.le(allowed)));
  }

  static Tensor isclose(Tensor self, Tensor other, double rtol, double atol, boolean equalNan) {
    if (self.dtype() != other.dtype()) {
      throw new DTypeException(
          self.dtype().typeName() + " did not match " + other.dtype().typeName());
    }
    checkTolerance("rtol", rtol);
    checkTolerance("atol", atol);
    PointwiseFunction function = equalNan ? ISCLOSE_NAN : ISCLOSE;
    return function.call(number(self), number(other), Scalar.of(rtol), Scalar.of(atol));
  }

  /** Integers are compared as float32, as in PyTorch. */
  private static Tensor number(Tensor tensor) {
    return tensor.dtype().isFloatingPoint() ? tensor : tensor.to(DType.FLOAT32);
  }

  private static void checkTolerance(String name, double value) {
    if (!(value >= 0)) {
      throw new ArgumentException(
          name + " must be greater than or equal to zero, but got " + Refusals.shown(value));
    }
  }

  /** One truth value, without dimensions. */
  static Tensor equal(Tensor self, Tensor other) {
    if (self.dtype() != other.dtype()) {
      throw new DTypeException(
          "Expected object of data type "
              + Refusals.nameInC(self.dtype())
              + " but got data type "
              + Refusals.nameInC(other.dtype())
              + " for argument 'other' in call to equal");
    }
    if (!self.shape().equals(other.shape())) {
      return Primitives.zeros(Shape.SCALAR, DType.BOOL, self);
    }
    return Comparisons.NE.call(self, other).any().logicalNot();
  }
}
