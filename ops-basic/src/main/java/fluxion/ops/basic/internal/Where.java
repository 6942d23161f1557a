package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.SelectionCall;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator.Sample;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.List;

/** Elements chosen by truth values. */
final class Where {
  private static final PointwiseFunction WHERE =
      PointwiseFunction.of(
          "where", 3, 0, Promotion.PROMOTE, (x, s) -> Expr.select(truth(x[0]), x[1], x[2]));
  private static final PointwiseFunction WHERE_ELSE_NUMBER =
      PointwiseFunction.of(
          "where", 2, 1, Promotion.PROMOTE, (x, s) -> Expr.select(truth(x[0]), x[1], s[0]));
  private static final PointwiseFunction WHERE_NUMBER =
      PointwiseFunction.of(
          "where", 2, 1, Promotion.PROMOTE, (x, s) -> Expr.select(truth(x[0]), s[0], x[1]));
  private static final PointwiseFunction MASKED_FILL =
      PointwiseFunction.of(
          "masked_fill", 2, 1, Promotion.SAME, (x, s) -> Expr.select(truth(x[1]), s[0], x[0]));
  private static final PointwiseFunction MASKED_FILL_TENSOR =
      PointwiseFunction.of(
              "masked_fill", 3, 0, Promotion.SAME, (x, s) -> Expr.select(truth(x[1]), x[2], x[0]))
          .node("MaskedFillBackward1");

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("where")) {
        t.add(
            named("where")
                .overload(
                    "(Tensor condition, Tensor self, Tensor other)",
                    SelectionCall.Where.class,
                    Where::where)
                .overload(
                    "(Tensor condition, Tensor self, Scalar other)",
                    SelectionCall.WhereElseNumber.class,
                    Where::where)
                .overload(
                    "(Tensor condition, Scalar self, Tensor other)",
                    SelectionCall.WhereNumber.class,
                    Where::where)
                .overload(
                    "(Tensor condition, Scalar self, Scalar other)",
                    SelectionCall.WhereNumbers.class,
                    Where::where)
                .overload("(Tensor condition)", ShapingCall.Several.class, Masks::columns)
                .samples(
                    s ->
                        List.of(
                            sample(mask(s, 2, 3), s.tensor(2, 3), s.tensor(2, 3)),
                            sample(mask(s, 4, 1), s.tensor(), s.tensor(3)),
                            sample(mask(s, 4), s.tensor(4), 2.5),
                            sample(mask(s, 4), 1, s.tensor(3, 4)),
                            sample(mask(s, 4), 1, 2.5),
                            sample(mask(s, 2, 3)))));
      }
      if (t.has("masked_fill")) {
        t.add(
            named("masked_fill")
                .overload(
                    "(Tensor self, Tensor mask, Scalar value)",
                    SelectionCall.MaskedFill.class,
                    Where::maskedFill)
                .overload(
                    "(Tensor self, Tensor mask, Tensor value)",
                    SelectionCall.MaskedFillTensor.class,
                    Where::maskedFill)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), mask(s, 2, 3), 1.5),
                            sample(s.tensor(3), mask(s, 4, 1), 0),
                            sample(s.tensor(4, 3), mask(s, 4, 1), s.tensor()))));
      }
      if (t.has("masked_fill_")) {
        t.add(
            named("masked_fill_")
                .overload(
                    "(Tensor self, Tensor mask, Scalar value)",
                    SelectionCall.MaskedFill.class,
                    Where::maskedFillInPlace)
                .overload(
                    "(Tensor self, Tensor mask, Tensor value)",
                    SelectionCall.MaskedFillTensor.class,
                    Where::maskedFillInPlace)
                .samples(Where::inPlaceSamples));
      }
    }
  }

  private Where() {}

  /** Some of both: the values of a tensor that are above 0. */
  static Tensor mask(SampleSource s, long... size) {
    return s.integers(2, size).to(DType.BOOL);
  }

  private static List<Sample> inPlaceSamples(SampleSource s) {
    return List.of(
        sample(s.tensor(2, 3), mask(s, 2, 3), 1.5),
        sample(s.tensor(4, 3), mask(s, 4, 1), 0),
        sample(s.tensor(4, 3), mask(s, 4, 1), s.tensor()));
  }

  private static Expr truth(Expr x) {
    return x.type() == DType.BOOL ? x : x.ne(0L);
  }

  // ---- calls

  private static void checkCondition(Tensor condition) {
    if (condition.dtype() != DType.BOOL && condition.dtype() != DType.UINT8) {
      throw new DTypeException(
          "where expected condition to be a boolean tensor, but got a tensor with dtype "
              + condition.dtype().typeName());
    }
  }

  static Tensor where(Tensor condition, Tensor self, Tensor other) {
    checkCondition(condition);
    return WHERE.callAll(new Tensor[] {condition, self, other});
  }

  static Tensor where(Tensor condition, Tensor self, Scalar other) {
    checkCondition(condition);
    return WHERE_ELSE_NUMBER.call(condition, Weak.widen(self, other), other);
  }

  static Tensor where(Tensor condition, Scalar self, Tensor other) {
    checkCondition(condition);
    return WHERE_NUMBER.call(condition, Weak.widen(other, self), self);
  }

  static Tensor where(Tensor condition, Scalar self, Scalar other) {
    DType dtype = DType.promote(dtype(self), dtype(other));
    return where(
        condition,
        Tensors.full(self, TensorOptions.of(dtype).device(condition.device())),
        Tensors.full(other, TensorOptions.of(dtype).device(condition.device())));
  }

  /** The dtype of a number where no tensor has another. */
  private static DType dtype(Scalar number) {
    return number.isFloatingPoint() ? DType.FLOAT32 : number.dtype();
  }

  private static void checkMask(Tensor mask) {
    if (mask.dtype() != DType.BOOL && mask.dtype() != DType.UINT8) {
      throw new DTypeException(
          "masked_fill_ only supports boolean masks, but got mask with dtype "
              + mask.dtype().typeName());
    }
  }

  /** What is behind the point is cut off, but what lies outside the integers is refused. */
  static void checkValue(Tensor self, Scalar value) {
    DType dtype = self.dtype();
    if (dtype.isFloatingPoint() || dtype == DType.BOOL || !value.isFloatingPoint()) {
      return;
    }
    double number = value.toDouble();
    if (!(number >= Integers.least(dtype) && number <= Integers.most(dtype))) {
      throw new DTypeException(
          "value cannot be converted to type "
              + dtype
              + " without overflow: "
              + value
              + " lies outside its integers");
    }
  }

  static Tensor maskedFill(Tensor self, Tensor mask, Scalar value) {
    checkMask(mask);
    checkValue(self, value);
    return MASKED_FILL.call(self, mask, value);
  }

  static Tensor maskedFill(Tensor self, Tensor mask, Tensor value) {
    if (value.dim() != 0) {
      throw new ShapeException(
          "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with "
              + value.dim()
              + " dimension(s).");
    }
    checkMask(mask);
    return MASKED_FILL_TENSOR.callAll(new Tensor[] {self, mask, value});
  }

  static Tensor maskedFillInPlace(Tensor self, Tensor mask, Scalar value) {
    checkMask(mask);
    checkValue(self, value);
    return MASKED_FILL.callInPlace(self, mask, value);
  }

  private static Tensor maskedFillInPlace(Tensor self, Tensor mask, Tensor value) {
    Tensor filled = maskedFill(self, mask, value);
    if (!filled.shape().equals(self.shape())) {
      throw new ShapeException(
          "output with shape "
              + self.shape()
              + " doesn't match the broadcast shape "
              + filled.shape());
    }
    return self.copy_(filled);
  }
}
