package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.List;

/** Sums of a tensor and a product of two others, each with a factor. */
final class AddProducts {
  private static final PointwiseFunction ADDR =
      PointwiseFunction.of(
          "addr",
          3,
          2,
          Promotion.PROMOTE,
          (x, s) -> Arithmetic.sum(product(s[0], x[0]), product(s[1], product(x[1], x[2]))));

  /** Where the factor of the summand is 0, the summand is ignored. */
  private static final PointwiseFunction OUTER =
      PointwiseFunction.of(
              "addr", 3, 2, Promotion.PROMOTE, (x, s) -> product(s[1], product(x[1], x[2])))
          .gradient(0, (x, s, out, g) -> product(s[0], g));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("addmv")) {
        t.add(
            named("addmv")
                .overload(
                    "(Tensor self, Tensor mat, Tensor vec, *, Scalar beta=1, Scalar alpha=1)",
                    Call.AddProduct.class,
                    AddProducts::addmv)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2), s.tensor(2, 3), s.tensor(3)),
                            sample(s.tensor(), s.tensor(2, 3), s.tensor(3)))));
      }
      if (t.has("addr")) {
        t.add(
            named("addr")
                .overload(
                    "(Tensor self, Tensor vec1, Tensor vec2, *, Scalar beta=1, Scalar alpha=1)",
                    Call.AddProduct.class,
                    AddProducts::addr)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2), s.tensor(3)),
                            sample(s.tensor(3), s.tensor(2), s.tensor(3)))));
      }
      if (t.has("baddbmm")) {
        t.add(
            named("baddbmm")
                .overload(
                    "(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1)",
                    Call.AddProduct.class,
                    AddProducts::baddbmm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 2, 4), s.tensor(2, 2, 3), s.tensor(2, 3, 4)),
                            sample(s.tensor(2, 1), s.tensor(2, 2, 3), s.tensor(2, 3, 4)))));
      }
      if (t.has("addbmm")) {
        t.add(
            named("addbmm")
                .overload(
                    "(Tensor self, Tensor batch1, Tensor batch2, *, Scalar beta=1, Scalar alpha=1)",
                    Call.AddProduct.class,
                    AddProducts::addbmm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 4), s.tensor(2, 2, 3), s.tensor(2, 3, 4)),
                            sample(s.tensor(), s.tensor(2, 2, 3), s.tensor(2, 3, 4)))));
      }
      if (t.has("addmv_")) {
        t.add(Overwriting.sum("addmv_", "mat", "vec", AddProducts::addmv));
      }
      if (t.has("addr_")) {
        t.add(Overwriting.sum("addr_", "vec1", "vec2", AddProducts::addr));
      }
      if (t.has("baddbmm_")) {
        t.add(Overwriting.sum("baddbmm_", "batch1", "batch2", AddProducts::baddbmm));
      }
      if (t.has("addbmm_")) {
        t.add(Overwriting.sum("addbmm_", "batch1", "batch2", AddProducts::addbmm));
      }
    }
  }

  private AddProducts() {}

  private static Expr product(Expr x, Expr y) {
    return x.type() == DType.BOOL ? x.and(y) : x.mul(y);
  }

  /** A factor in the category of a tensor: what is behind the point is cut off for integers. */
  private static Scalar fitting(Scalar factor, Tensor tensor) {
    return tensor.dtype().isFloatingPoint() ? factor : Scalar.of(factor.toLong());
  }

  static Tensor addmv(Tensor self, Tensor mat, Tensor vec, Scalar beta, Scalar alpha) {
    if (mat.dim() != 2 || vec.dim() != 1 || self.dim() > 1) {
      throw new ShapeException(
          "vector + matrix @ vector expected, got "
              + self.dim()
              + ", "
              + mat.dim()
              + ", "
              + vec.dim());
    }
    if (mat.size(1) != vec.size(0) || (self.numel() != 1 && self.size(0) != mat.size(0))) {
      throw new ShapeException(
          "size mismatch, got input ("
              + (self.dim() == 0 ? 1 : self.size(0))
              + "), mat ("
              + mat.size(0)
              + "x"
              + mat.size(1)
              + "), vec ("
              + vec.size(0)
              + ")");
    }
    Tensor sum =
        Products.addmm(
            self.unsqueeze(-1), mat, vec.unsqueeze(1), fitting(beta, self), fitting(alpha, self));
    return sum.squeeze(1);
  }

  private static void checkFactor(String name, Scalar factor, DType result) {
    if (factor.dtype() == DType.BOOL && result != DType.BOOL) {
      throw new DTypeException("Boolean " + name + " only supported for Boolean results.");
    }
    if (factor.isFloatingPoint() && !result.isFloatingPoint()) {
      throw new DTypeException(
          "For integral input tensors, argument " + name + " must not be a floating point number.");
    }
  }

  static Tensor addr(Tensor self, Tensor vec1, Tensor vec2, Scalar beta, Scalar alpha) {
    if (vec1.dim() != 1 || vec2.dim() != 1) {
      throw new ShapeException(
          "addr: Expected 1-D argument "
              + (vec1.dim() == 1 ? "vec2" : "vec1")
              + ", but got "
              + (vec1.dim() == 1 ? vec2 : vec1).dim()
              + "-D");
    }
    DType result = DType.promote(self.dtype(), DType.promote(vec1.dtype(), vec2.dtype()));
    checkFactor("beta", beta, result);
    checkFactor("alpha", alpha, result);
    Layout.contiguous(self.shape()).expand(Shape.of(vec1.size(0), vec2.size(0)));
    Tensor[] operands = {self, vec1.unsqueeze(1), vec2};
    return (beta.toBoolean() ? ADDR : OUTER).callAll(operands, beta, alpha);
  }

  private static void checkBatches(Tensor batch1, Tensor batch2) {
    if (batch1.dim() != 3) {
      throw new ShapeException("batch1 must be a 3D tensor; it has shape " + batch1.shape());
    }
    if (batch2.dim() != 3) {
      throw new ShapeException("batch2 must be a 3D tensor; it has shape " + batch2.shape());
    }
    if (batch1.size(0) != batch2.size(0)) {
      throw new ShapeException(
          "batch1 and batch2 must have same number of batches, got "
              + batch1.size(0)
              + " and "
              + batch2.size(0));
    }
    if (batch1.size(2) != batch2.size(1)) {
      throw new ShapeException(
          "Incompatible matrix sizes for bmm ("
              + batch1.size(1)
              + "x"
              + batch1.size(2)
              + " and "
              + batch2.size(1)
              + "x"
              + batch2.size(2)
              + ")");
    }
  }

  static Tensor baddbmm(Tensor self, Tensor batch1, Tensor batch2, Scalar beta, Scalar alpha) {
    checkBatches(batch1, batch2);
    Products.checkTypes(batch1, batch2);
    Products.checkTypes(batch1, self);
    Shape shape = Shape.of(batch1.size(0), batch1.size(1), batch2.size(2));
    Layout.contiguous(self.shape()).expand(shape);
    return Functions.apply(
        new Addmm(fitting(beta, self), fitting(alpha, self), null), self, batch1, batch2);
  }

  /** The sum over the batch is part of one product: its dimension joins the inner one. */
  static Tensor addbmm(Tensor self, Tensor batch1, Tensor batch2, Scalar beta, Scalar alpha) {
    checkBatches(batch1, batch2);
    long inner = batch1.size(0) * batch1.size(2);
    Tensor left = batch1.permute(1, 0, 2).reshape(batch1.size(1), inner);
    Tensor right = batch2.reshape(inner, batch2.size(2));
    return Products.addmm(self, left, right, fitting(beta, self), fitting(alpha, self));
  }
}
