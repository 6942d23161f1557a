package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import java.util.Arrays;
import java.util.List;

/** Products of vectors, matrices and batches of matrices. */
final class Products {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("mm")) {
        t.add(
            named("mm")
                .overload("(Tensor self, Tensor mat2)", Call.Binary.class, Products::mm)
                .samples(s -> List.of(sample(s.tensor(2, 3), s.tensor(3, 4)))));
      }
      if (t.has("mv")) {
        t.add(
            named("mv")
                .overload("(Tensor self, Tensor vec)", Call.Binary.class, Products::mv)
                .samples(s -> List.of(sample(s.tensor(2, 3), s.tensor(3)))));
      }
      if (t.has("dot")) {
        t.add(
            named("dot")
                .overload("(Tensor self, Tensor tensor)", Call.Binary.class, Products::dot)
                .samples(s -> List.of(sample(s.tensor(3), s.tensor(3)))));
      }
      if (t.has("bmm")) {
        t.add(
            named("bmm")
                .overload("(Tensor self, Tensor mat2)", Call.Binary.class, Products::bmm)
                .samples(s -> List.of(sample(s.tensor(2, 2, 3), s.tensor(2, 3, 1)))));
      }
      if (t.has("addmm")) {
        t.add(
            named("addmm")
                .overload(
                    "(Tensor self, Tensor mat1, Tensor mat2, *, Scalar beta=1, Scalar alpha=1)",
                    Call.AddProduct.class,
                    Products::addmm)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(4), s.tensor(2, 3), s.tensor(3, 4)),
                            sample(s.tensor(2, 4), s.tensor(2, 3), s.tensor(3, 4)),
                            sample(s.tensor(2, 1), s.tensor(2, 3), s.tensor(3, 4)))));
      }
      if (t.has("addmm_")) {
        t.add(Overwriting.sum("addmm_", "mat1", "mat2", Products::addmm));
      }
      if (t.has("matmul")) {
        t.add(
            named("matmul")
                .overload("(Tensor self, Tensor other)", Call.Binary.class, Products::matmul)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3), s.tensor(3)),
                            sample(s.tensor(2, 3), s.tensor(3)),
                            sample(s.tensor(3), s.tensor(3, 2)),
                            sample(s.tensor(2, 3), s.tensor(3, 2)),
                            sample(s.tensor(2, 2, 3), s.tensor(3, 2)),
                            sample(s.tensor(3), s.tensor(2, 3, 2)),
                            sample(s.tensor(2, 1, 2, 3), s.tensor(2, 3, 2)))));
      }
    }
  }

  private Products() {}

  static void checkTypes(Tensor a, Tensor b) {
    if (a.dtype() != b.dtype()) {
      throw new DTypeException(
          "expected scalar type "
              + a.dtype().typeName()
              + " but found "
              + b.dtype().typeName()
              + "; cast one of the factors");
    }
  }

  private static void checkRank(Tensor tensor, int dim, String what) {
    if (tensor.dim() != dim) {
      throw new ShapeException(what + "; it has shape " + tensor.shape());
    }
  }

  private static void checkMatrices(Tensor a, Tensor b) {
    if (a.size(1) != b.size(0)) {
      throw new ShapeException(
          "mat1 and mat2 shapes cannot be multiplied ("
              + a.size(0)
              + "x"
              + a.size(1)
              + " and "
              + b.size(0)
              + "x"
              + b.size(1)
              + ")");
    }
    checkTypes(a, b);
  }

  static Tensor mm(Tensor self, Tensor mat2) {
    checkRank(self, 2, "self must be a matrix");
    checkRank(mat2, 2, "mat2 must be a matrix");
    checkMatrices(self, mat2);
    return Functions.apply(new Product.Mm(FactorGradients.of(self, mat2)), self, mat2);
  }

  static Tensor bmm(Tensor self, Tensor mat2) {
    checkRank(self, 3, "batch1 must be a 3D tensor");
    checkRank(mat2, 3, "batch2 must be a 3D tensor");
    if (self.size(0) != mat2.size(0) || self.size(2) != mat2.size(1)) {
      throw new ShapeException(
          "Expected size for first two dimensions of batch2 tensor to be: ["
              + self.size(0)
              + ", "
              + self.size(2)
              + "] but got: ["
              + mat2.size(0)
              + ", "
              + mat2.size(1)
              + "].");
    }
    checkTypes(self, mat2);
    return Functions.apply(new Product.Bmm(), self, mat2);
  }

  static Tensor mv(Tensor self, Tensor vec) {
    if (self.dim() != 2 || vec.dim() != 1) {
      throw new ShapeException(
          "vector + matrix @ vector expected, got 1, " + self.dim() + ", " + vec.dim());
    }
    if (self.size(1) != vec.size(0)) {
      throw new ShapeException(
          "size mismatch, got "
              + self.size(0)
              + ", "
              + self.size(0)
              + "x"
              + self.size(1)
              + ","
              + vec.size(0));
    }
    checkTypes(self, vec);
    return Functions.apply(new Product.Mv(), self, vec);
  }

  static Tensor dot(Tensor self, Tensor tensor) {
    if (self.dim() != 1 || tensor.dim() != 1) {
      throw new ShapeException(
          "1D tensors expected, but got " + self.dim() + "D and " + tensor.dim() + "D tensors");
    }
    if (self.dtype() != tensor.dtype()) {
      throw new DTypeException(
          "dot : expected both vectors to have same dtype, but found "
              + self.dtype().typeName()
              + " and "
              + tensor.dtype().typeName());
    }
    if (self.numel() != tensor.numel()) {
      throw new ShapeException(
          "inconsistent tensor size, expected tensor "
              + self.shape()
              + " and src "
              + tensor.shape()
              + " to have the same number of elements, but got "
              + self.numel()
              + " and "
              + tensor.numel()
              + " elements respectively");
    }
    return Functions.apply(new Product.Dot(), self, tensor);
  }

  static Tensor addmm(Tensor self, Tensor mat1, Tensor mat2, Scalar beta, Scalar alpha) {
    if (mat1.dim() != 2 || mat2.dim() != 2) {
      throw new ShapeException(
          "mat1 and mat2 must be matrices; they have shapes "
              + mat1.shape()
              + " and "
              + mat2.shape());
    }
    checkMatrices(mat1, mat2);
    checkTypes(mat1, self);
    Shape shape = Shape.of(mat1.size(0), mat2.size(1));
    Layout.contiguous(self.shape()).expand(shape);
    return Functions.apply(
        new Addmm(beta, alpha, FactorGradients.of(mat1, mat2)), self, mat1, mat2);
  }

  /** As PyTorch's: a batch against a matrix folds into one product, else batches are expanded. */
  static Tensor matmul(Tensor self, Tensor other) {
    int a = self.dim();
    int b = other.dim();
    if (a == 0 || b == 0) {
      throw new ShapeException(
          "both arguments to matmul need to be at least 1D, but they are "
              + a
              + "D and "
              + b
              + "D");
    }
    if (a == 1 && b == 1) {
      return dot(self, other);
    }
    if (a == 2 && b == 1) {
      return mv(self, other);
    }
    if (a == 1 && b == 2) {
      return mm(self.unsqueeze(0), other).squeeze(0);
    }
    if (a == 2 && b == 2) {
      return mm(self, other);
    }
    if (a >= 3 && b <= 2) {
      return fold(self, other);
    }
    if (b >= 3 && a <= 2) {
      // x @ y = (yᵀ @ xᵀ)ᵀ
      Tensor right = a == 1 ? self : self.t();
      Tensor product = fold(other.transpose(-1, -2), right);
      return a == 1 ? product : product.transpose(-1, -2);
    }
    long[] batchA = Arrays.copyOf(self.shape().toArray(), a - 2);
    long[] batchB = Arrays.copyOf(other.shape().toArray(), b - 2);
    Shape batch = Shape.broadcast(Shape.of(batchA), Shape.of(batchB));
    long[] sizes = Arrays.copyOf(batch.toArray(), batch.dim() + 2);
    Tensor left = batched(self, sizes, batch);
    Tensor right = batched(other, sizes, batch);
    Tensor product = bmm(left, right);
    sizes[sizes.length - 2] = self.size(-2);
    sizes[sizes.length - 1] = other.size(-1);
    return product.view(sizes);
  }

  /** A tensor with its batch dimensions expanded and taken together. */
  private static Tensor batched(Tensor tensor, long[] sizes, Shape batch) {
    long[] expanded = sizes.clone();
    expanded[sizes.length - 2] = tensor.size(-2);
    expanded[sizes.length - 1] = tensor.size(-1);
    return tensor.expand(expanded).reshape(batch.numel(), tensor.size(-2), tensor.size(-1));
  }

  /** A batch of matrices by a matrix or a vector: rows of all matrices are taken together. */
  private static Tensor fold(Tensor batch, Tensor right) {
    long[] sizes = batch.shape().toArray();
    long columns = batch.size(-1);
    long rows = 1;
    for (int d = 0; d < sizes.length - 1; d++) {
      rows *= sizes[d];
    }
    Tensor folded = batch.reshape(rows, columns);
    if (right.dim() == 1) {
      return mv(folded, right).view(Arrays.copyOf(sizes, sizes.length - 1));
    }
    Tensor product = mm(folded, right);
    sizes[sizes.length - 1] = right.size(1);
    return product.view(sizes);
  }
}
