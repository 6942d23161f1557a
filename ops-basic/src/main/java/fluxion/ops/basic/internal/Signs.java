package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.PointwiseCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Signs, steps at 0, and numbers in the place of what is no finite number. */
final class Signs {
  private static final PointwiseFunction COPYSIGN =
      PointwiseFunction.binary("copysign", INT_TO_FLOAT, Expr::copysign);
  private static final PointwiseFunction HEAVISIDE =
      PointwiseFunction.binary("heaviside", PROMOTE, Signs::heaviside)
          .gradient(0, (x, s, out, g) -> null)
          .gradient(1, (x, s, out, g) -> null);
  private static final PointwiseFunction NAN_TO_NUM =
      PointwiseFunction.of("nan_to_num", 1, 3, PROMOTE, (x, s) -> toNumber(x[0], s))
          .gradient(0, (x, s, out, g) -> g.mul(x[0].isfinite().cast(g.type())));

  private static final String REPLACEMENTS =
      "(Tensor self, float? nan=None, float? posinf=None, float? neginf=None)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.hasBoth("copysign")) {
        t.add(
            Operator.binary(COPYSIGN)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3)),
                            sample(s.tensor(2, 1), s.tensor(3)),
                            sample(s.tensor(), s.tensor(2)),
                            sample(s.tensor(3), -1.5)))
                .singularAt(SingularPoints.at(0)));
        t.add(Operator.binaryInPlace(COPYSIGN));
      }
      if (t.has("heaviside")) {
        t.add(
            named("heaviside")
                .overload("(Tensor self, Tensor values)", Call.Binary.class, Signs::heaviside)
                .samples(Samples::tensors)
                .flat());
      }
      if (t.has("heaviside_")) {
        t.add(
            named("heaviside_")
                .overload(
                    "(Tensor self, Tensor values)", Call.Binary.class, Signs::heavisideInPlace)
                .flat());
      }
      if (t.has("nan_to_num")) {
        t.add(
            named("nan_to_num")
                .overload(REPLACEMENTS, PointwiseCall.NanToNum.class, Signs::nanToNum)
                .samples(s -> Samples.unary(s, -2, 2)));
      }
      if (t.has("nan_to_num_")) {
        t.add(
            named("nan_to_num_")
                .overload(REPLACEMENTS, PointwiseCall.NanToNum.class, Signs::nanToNumInPlace));
      }
      if (t.has("positive")) {
        t.add(
            named("positive")
                .overload("(Tensor self)", Call.Unary.class, Signs::positive)
                .samples(s -> Samples.unary(s, -2, 2)));
      }
    }
  }

  private Signs() {}

  // ---- formulas

  private static Expr heaviside(Expr x, Expr atZero) {
    return x.type() == DType.BOOL
        ? x.or(atZero)
        : Expr.select(x.eq(0L), atZero, x.gt(0L).cast(x.type()));
  }

  private static Expr toNumber(Expr x, Expr[] replacements) {
    Expr infinite = Expr.select(x.gt(0.0), replacements[1], replacements[2]);
    return Expr.select(x.isnan(), replacements[0], Expr.select(x.isinf(), infinite, x));
  }

  // ---- calls

  static Tensor heaviside(Tensor self, Tensor values) {
    checkSameDType(self, values);
    return HEAVISIDE.call(self, values);
  }

  private static Tensor heavisideInPlace(Tensor self, Tensor values) {
    checkSameDType(self, values);
    return HEAVISIDE.callInPlace(self, values);
  }

  private static void checkSameDType(Tensor self, Tensor values) {
    if (self.dtype() != values.dtype()) {
      throw new DTypeException(
          "heaviside is not yet implemented for tensors with different dtypes.");
    }
  }

  /** The largest number of a float dtype. */
  private static double largest(DType dtype) {
    return switch (dtype) {
      case FLOAT16 -> 65504;
      case BFLOAT16 -> 0x1.fep127;
      case FLOAT32 -> Float.MAX_VALUE;
      default -> Double.MAX_VALUE;
    };
  }

  private static Scalar[] replacements(
      DType dtype, @Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf) {
    return new Scalar[] {
      Scalar.of(nan == null ? 0.0 : nan),
      Scalar.of(posinf == null ? largest(dtype) : posinf),
      Scalar.of(neginf == null ? -largest(dtype) : neginf)
    };
  }

  static Tensor nanToNum(
      Tensor self, @Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf) {
    return self.dtype().isFloatingPoint()
        ? NAN_TO_NUM.call(self, replacements(self.dtype(), nan, posinf, neginf))
        : self.clone();
  }

  static Tensor nanToNumInPlace(
      Tensor self, @Nullable Double nan, @Nullable Double posinf, @Nullable Double neginf) {
    return self.dtype().isFloatingPoint()
        ? NAN_TO_NUM.callInPlace(self, replacements(self.dtype(), nan, posinf, neginf))
        : self;
  }

  static Tensor positive(Tensor self) {
    if (self.dtype() == DType.BOOL) {
      throw new DTypeException("The `+` operator, on a bool tensor is not supported.");
    }
    return self;
  }
}
