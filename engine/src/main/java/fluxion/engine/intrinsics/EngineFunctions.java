package fluxion.engine.intrinsics;

import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.engine.spi.SpiVersion;
import fluxion.engine.tape.InPlaceCopy;
import java.util.List;

/** The operators that a tensor needs to be one: copies, casts and plain writes. */
public final class EngineFunctions implements FunctionProvider {
  /** Makes the provider. */
  public EngineFunctions() {}

  @Override
  public int spiVersion() {
    return SpiVersion.CURRENT;
  }

  @Override
  public String name() {
    return "Fluxion engine";
  }

  @Override
  public void lines(Catalogue t) {
    if (t.has("clone")) {
      t.add(
          Operator.named("clone")
              .overload("(Tensor self)", Call.Unary.class, Intrinsics::copy)
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(2, 3)),
                          Operator.sample(s.tensor()),
                          Operator.sample(s.tensor(0, 2)))));
    }
    if (t.has("contiguous")) {
      t.add(
          Operator.named("contiguous")
              .overload("(Tensor self)", Call.Unary.class, Intrinsics::contiguous)
              .samples(s -> List.of(Operator.sample(s.tensor(2, 3)))));
    }
    if (t.has("to")) {
      t.add(
          Operator.named("to")
              .overload("(Tensor self, ScalarType dtype)", Call.Cast.class, Intrinsics::cast)
              .samples(s -> List.of(Operator.sample(s.tensor(2, 3), fluxion.api.DType.FLOAT64))));
    }
    if (t.has("expand")) {
      t.add(
          Operator.named("expand")
              .overload("(Tensor self, int[] size)", Call.Sized.class, EngineFunctions::expand)
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(3, 1), List.of(2L, 3L, 4L)),
                          Operator.sample(s.tensor(), List.of(2L)),
                          Operator.sample(s.tensor(2, 1), List.of(-1L, 3L)))));
    }
    if (t.has("copy_")) {
      t.add(
          Operator.named("copy_")
              .overload("(Tensor self, Tensor other)", Call.Binary.class, InPlaceCopy::apply)
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(2, 3), s.tensor(2, 3)),
                          Operator.sample(s.tensor(2, 3), s.tensor(3)))));
    }
    if (t.has("zero_")) {
      t.add(
          Operator.named("zero_")
              .overload("(Tensor self)", Call.Unary.class, zero()::callInPlace)
              .samples(s -> List.of(Operator.sample(s.tensor(2, 3)), Operator.sample(s.tensor())))
              .flat());
    }
    if (t.has("fill_")) {
      t.add(
          Operator.named("fill_")
              .overload("(Tensor self, Scalar value)", Call.BinaryScalar.class, fill()::callInPlace)
              .overload("(Tensor self, Tensor value)", Call.Binary.class, EngineFunctions::fill)
              .samples(
                  s ->
                      List.of(
                          Operator.sample(s.tensor(2, 3), s.scalar()),
                          Operator.sample(s.tensor(2, 3), s.tensor()))));
    }
  }

  private static PointwiseFunction zero() {
    return PointwiseFunction.unary("zero", Promotion.SAME, x -> Expr.literal(x.type(), 0.0));
  }

  private static PointwiseFunction fill() {
    return PointwiseFunction.of("fill", 1, 1, Promotion.SAME, (x, s) -> s[0]);
  }

  private static Tensor fill(Tensor self, Tensor value) {
    if (value.dim() != 0) {
      throw new ShapeException(
          "fill_ only supports 0-dimension value tensor but got tensor with "
              + value.dim()
              + " dimensions.");
    }
    return InPlaceCopy.apply(self, value);
  }

  private static Tensor expand(Tensor self, long[] size) {
    long[] target = size.clone();
    int lead = size.length - self.dim();
    if (lead < 0) {
      throw new ShapeException(
          "expand(torch."
              + self.dtype().typeName()
              + "Tensor{"
              + self.shape()
              + "}, size="
              + java.util.Arrays.toString(size)
              + "): the number of sizes provided ("
              + size.length
              + ") must be greater or equal to the number of dimensions in the tensor ("
              + self.dim()
              + ")");
    }
    for (int d = 0; d < target.length; d++) {
      if (target[d] == -1) {
        if (d < lead) {
          throw new ShapeException(
              "The expanded size of the tensor (-1) isn't allowed in a leading, non-existing"
                  + " dimension "
                  + d);
        }
        target[d] = self.size(d - lead);
      }
    }
    return fluxion.engine.spi.Functions.view(new Expand(Shape.of(target)), self);
  }
}
