package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;
import static fluxion.engine.spi.Promotion.INT_TO_FLOAT;
import static fluxion.engine.spi.Promotion.PROMOTE;

import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.ops.basic.PointwiseCall;
import java.util.List;

/** Sums with scaled products and quotients, and points between tensors. */
final class Blends {
  private static final PointwiseFunction ADDCMUL =
      PointwiseFunction.of("addcmul", 3, 1, PROMOTE, (x, s) -> x[0].add(s[0].mul(x[1]).mul(x[2])))
          .checking(Refusals.ofBool("addcmul_cpu_out"));
  private static final PointwiseFunction ADDCDIV =
      PointwiseFunction.of(
          "addcdiv", 3, 1, INT_TO_FLOAT, (x, s) -> x[0].add(s[0].mul(x[1]).div(x[2])));
  private static final PointwiseFunction LERP =
      PointwiseFunction.of("lerp", 2, 1, PROMOTE, (x, s) -> between(x[0], x[1], s[0]))
          .gradient(0, (x, s, out, g) -> g.mul(one(g).sub(s[0])))
          .gradient(1, (x, s, out, g) -> g.mul(s[0]));
  private static final PointwiseFunction LERP_TENSOR =
      PointwiseFunction.of("lerp", 3, 0, PROMOTE, (x, s) -> between(x[0], x[1], x[2]))
          .node("LerpBackward1")
          .gradient(0, (x, s, out, g) -> g.mul(one(g).sub(x[2])))
          .gradient(1, (x, s, out, g) -> g.mul(x[2]))
          .gradient(2, (x, s, out, g) -> g.mul(x[1].sub(x[0])));

  private static final String SCALED =
      "(Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("addcmul")) {
        t.add(
            named("addcmul")
                .overload(SCALED, PointwiseCall.AddScaled.class, Blends::addcmul)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3), s.tensor(2, 3)),
                            sample(s.tensor(3), s.tensor(2, 1), s.tensor()),
                            sample(s.tensor(), s.tensor(), s.tensor()))));
      }
      if (t.has("addcmul_")) {
        t.add(
            named("addcmul_")
                .overload(SCALED, PointwiseCall.AddScaled.class, Blends::addcmulInPlace));
      }
      if (t.has("addcdiv")) {
        t.add(
            named("addcdiv")
                .overload(SCALED, PointwiseCall.AddScaled.class, Blends::addcdiv)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3), s.uniform(0.5, 2, 2, 3)),
                            sample(s.tensor(3), s.tensor(2, 1), s.uniform(0.5, 2)),
                            sample(s.tensor(), s.tensor(), s.uniform(-2, -0.5)))));
      }
      if (t.has("addcdiv_")) {
        t.add(
            named("addcdiv_")
                .overload(SCALED, PointwiseCall.AddScaled.class, Blends::addcdivInPlace));
      }
      if (t.has("lerp")) {
        t.add(
            named("lerp")
                .overload(
                    "(Tensor self, Tensor end, Scalar weight)",
                    PointwiseCall.Lerp.class,
                    Blends::lerp)
                .overload(
                    "(Tensor self, Tensor end, Tensor weight)",
                    PointwiseCall.LerpTensor.class,
                    Blends::lerp)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3), 0.3),
                            sample(s.tensor(2, 1), s.tensor(3), 0.8),
                            sample(s.tensor(2, 3), s.tensor(2, 3), s.uniform(0.1, 0.4, 2, 3)),
                            sample(s.tensor(), s.tensor(3), s.uniform(0.6, 0.9, 2, 1)))));
      }
      if (t.has("lerp_")) {
        t.add(
            named("lerp_")
                .overload(
                    "(Tensor self, Tensor end, Scalar weight)",
                    PointwiseCall.Lerp.class,
                    Blends::lerpInPlace)
                .overload(
                    "(Tensor self, Tensor end, Tensor weight)",
                    PointwiseCall.LerpTensor.class,
                    Blends::lerpInPlace));
      }
    }
  }

  private Blends() {}

  private static Expr one(Expr like) {
    return Expr.literal(like.type(), 1.0);
  }

  /** From the nearer end, so that either is met exactly. */
  private static Expr between(Expr start, Expr end, Expr weight) {
    Expr way = end.sub(start);
    return Expr.select(
        weight.abs().lt(0.5),
        start.add(weight.mul(way)),
        end.sub(way.mul(one(weight).sub(weight))));
  }

  static Tensor addcmul(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value) {
    return ADDCMUL.callAll(new Tensor[] {self, tensor1, tensor2}, value);
  }

  static Tensor addcmulInPlace(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value) {
    return ADDCMUL.callAllInPlace(new Tensor[] {self, tensor1, tensor2}, value);
  }

  private static void checkQuotient(Tensor tensor1, Tensor tensor2) {
    if (!tensor1.dtype().isFloatingPoint() && !tensor2.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "Integer division with addcdiv is no longer supported, and in a future  release addcdiv"
              + " will perform a true division of tensor1 and tensor2. The historic addcdiv"
              + " behavior can be implemented as (input + value * torch.trunc(tensor1 /"
              + " tensor2)).to(input.dtype) for integer inputs and as (input + value * tensor1 /"
              + " tensor2) for float inputs. The future addcdiv behavior is just the latter"
              + " implementation: (input + value * tensor1 / tensor2), for all dtypes.");
    }
  }

  static Tensor addcdiv(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value) {
    checkQuotient(tensor1, tensor2);
    return ADDCDIV.callAll(new Tensor[] {self, tensor1, tensor2}, value);
  }

  static Tensor addcdivInPlace(Tensor self, Tensor tensor1, Tensor tensor2, Scalar value) {
    checkQuotient(tensor1, tensor2);
    return ADDCDIV.callAllInPlace(new Tensor[] {self, tensor1, tensor2}, value);
  }

  private static void checkDType(Tensor self, Tensor other, String name, String kernel) {
    if (self.dtype() != other.dtype()) {
      throw new DTypeException(
          "expected dtype "
              + Refusals.nameInC(self.dtype())
              + " for `"
              + name
              + "` but got dtype "
              + Refusals.nameInC(other.dtype()));
    }
    if (!self.dtype().isFloatingPoint()) {
      throw Refusals.notImplemented(kernel, self.dtype(), "cast to a floating-point dtype");
    }
  }

  private static void checkEnds(Tensor self, Tensor end) {
    checkDType(self, end, "end", "lerp_kernel_scalar");
  }

  private static void checkWeight(Tensor self, Tensor end, Tensor weight) {
    checkDType(self, end, "end", "lerp_kernel_tensor");
    checkDType(self, weight, "weight", "lerp_kernel_tensor");
  }

  static Tensor lerp(Tensor self, Tensor end, Scalar weight) {
    checkEnds(self, end);
    return LERP.call(self, end, weight);
  }

  static Tensor lerp(Tensor self, Tensor end, Tensor weight) {
    checkWeight(self, end, weight);
    return LERP_TENSOR.callAll(new Tensor[] {self, end, weight});
  }

  static Tensor lerpInPlace(Tensor self, Tensor end, Scalar weight) {
    checkEnds(self, end);
    return LERP.callInPlace(self, end, weight);
  }

  static Tensor lerpInPlace(Tensor self, Tensor end, Tensor weight) {
    checkWeight(self, end, weight);
    return LERP_TENSOR.callAllInPlace(new Tensor[] {self, end, weight});
  }
}
