package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.basic.LinalgCall;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Inner, outer, cross and Kronecker products, and contractions. */
final class VectorProducts {
  /** {@code a b − c d}. */
  private static final PointwiseFunction MINOR =
      PointwiseFunction.of(
              "linalg_cross", 4, 0, Promotion.PROMOTE, (x, s) -> x[0].mul(x[1]).sub(x[2].mul(x[3])))
          .checking(Refusals.ofBool("cross"));

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("outer")) {
        t.add(outer("outer"));
      }
      if (t.has("ger")) {
        t.add(outer("ger"));
      }
      if (t.has("inner")) {
        t.add(
            named("inner")
                .overload("(Tensor self, Tensor other)", Call.Binary.class, VectorProducts::inner)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3), s.tensor(3)),
                            sample(s.tensor(2, 3), s.tensor(4, 3)),
                            sample(s.tensor(), s.tensor(2)))));
      }
      if (t.has("vdot")) {
        t.add(
            named("vdot")
                .overload("(Tensor self, Tensor other)", Call.Binary.class, Products::dot)
                .samples(s -> List.of(sample(s.tensor(3), s.tensor(3)))));
      }
      if (t.has("kron")) {
        t.add(
            named("kron")
                .overload("(Tensor self, Tensor other)", Call.Binary.class, VectorProducts::kron)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(3, 2)),
                            sample(s.tensor(2), s.tensor(2, 1, 2)),
                            sample(s.tensor(), s.tensor(2)))));
      }
      if (t.has("cross")) {
        t.add(
            named("cross")
                .overload(
                    "(Tensor self, Tensor other, int? dim=None)",
                    LinalgCall.Cross.class,
                    VectorProducts::cross)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 3)),
                            sample(s.tensor(3, 3), s.tensor(3, 1), 0))));
      }
      if (t.has("linalg_cross")) {
        t.add(
            named("linalg_cross")
                .overload(
                    "(Tensor self, Tensor other, *, int dim=-1)",
                    LinalgCall.CrossDim.class,
                    VectorProducts::cross)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(3), s.tensor(3)),
                            sample(s.tensor(2, 3), s.tensor(1, 3)))));
      }
      if (t.has("tensordot")) {
        t.add(
            named("tensordot")
                .overload(
                    "(Tensor a, Tensor b, int dims=2)",
                    LinalgCall.Tensordot.class,
                    VectorProducts::tensordot)
                .overload(
                    "(Tensor a, Tensor b, int[][] dims)",
                    LinalgCall.TensordotLists.class,
                    VectorProducts::tensordot)
                .overload(
                    "(Tensor self, Tensor other, int[] dims_self, int[] dims_other)",
                    LinalgCall.TensordotDims.class,
                    VectorProducts::tensordot)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3, 4), s.tensor(3, 4, 2)),
                            sample(s.tensor(2), s.tensor(3), 0),
                            sample(
                                s.tensor(2, 3, 4),
                                s.tensor(4, 2),
                                List.of(List.of(0L, 2L), List.of(1L, 0L))),
                            sample(
                                s.tensor(2, 3),
                                s.tensor(1, 2),
                                List.of(-1L, 0L),
                                List.of(0L, 1L)))));
      }
      if (t.has("trace")) {
        t.add(
            named("trace")
                .overload("(Tensor self)", Call.Unary.class, VectorProducts::trace)
                .samples(s -> List.of(sample(s.tensor(3, 3)), sample(s.tensor(2, 4)))));
      }
    }
  }

  private VectorProducts() {}

  private static Operator outer(String name) {
    return named(name)
        .overload("(Tensor self, Tensor vec2)", Call.Binary.class, VectorProducts::outer)
        .samples(s -> List.of(sample(s.tensor(2), s.tensor(3)), sample(s.tensor(0), s.tensor(2))));
  }

  private static void checkVector(Tensor tensor, String operator, String name) {
    if (tensor.dim() != 1) {
      throw new ShapeException(
          operator + ": Expected 1-D argument " + name + ", but got " + tensor.dim() + "-D");
    }
  }

  static Tensor outer(Tensor self, Tensor vec2) {
    checkVector(self, "outer", "self");
    checkVector(vec2, "outer", "vec2");
    return self.unsqueeze(1).mul(vec2);
  }

  static Tensor inner(Tensor self, Tensor other) {
    if (self.dim() == 0 || other.dim() == 0) {
      return self.mul(other);
    }
    if (self.size(-1) != other.size(-1)) {
      throw new ShapeException(
          "inner() the last dimension must match on both input tensors but got shapes "
              + self.shape()
              + " and "
              + other.shape());
    }
    return tensordot(self, other, new int[] {-1}, new int[] {-1});
  }

  /** Each element of the one times the whole other. */
  static Tensor kron(Tensor self, Tensor other) {
    int rank = Math.max(self.dim(), other.dim());
    long[] left = new long[2 * rank];
    long[] right = new long[2 * rank];
    long[] sizes = new long[rank];
    Arrays.fill(left, 1);
    Arrays.fill(right, 1);
    for (int d = 0; d < rank; d++) {
      left[2 * d] = sizeFromEnd(self, rank - d);
      right[2 * d + 1] = sizeFromEnd(other, rank - d);
      sizes[d] = left[2 * d] * right[2 * d + 1];
    }
    return self.reshape(left).mul(other.reshape(right)).view(sizes);
  }

  private static long sizeFromEnd(Tensor tensor, int back) {
    return back > tensor.dim() ? 1 : tensor.size(-back);
  }

  // ---- cross

  private static Tensor cross(Tensor self, Tensor other, @Nullable Integer dim) {
    if (dim != null) {
      return cross(self, other, dim.intValue());
    }
    for (int d = 0; d < self.dim(); d++) {
      if (self.size(d) == 3) {
        return cross(self, other, d);
      }
    }
    throw new ShapeException("no dimension of size 3 in input; it has shape " + self.shape());
  }

  static Tensor cross(Tensor self, Tensor other, int dim) {
    if (self.dim() != other.dim()) {
      throw new ShapeException("linalg.cross: inputs must have the same number of dimensions.");
    }
    int d = self.shape().wrap(dim);
    if (self.dim() == 0 || self.size(d) != 3 || other.size(d) != 3) {
      throw new ShapeException(
          "linalg.cross: inputs dimension "
              + dim
              + " must have length 3. Got "
              + (self.dim() == 0 ? 1 : self.size(d))
              + " and "
              + (self.dim() == 0 ? 1 : other.size(d)));
    }
    Shape.broadcast(self.shape(), other.shape());
    TensorOptions int64 = TensorOptions.of(DType.INT64).device(self.device());
    Tensor next = Tensors.tensor(new long[] {1, 2, 0}, Shape.of(3), int64);
    Tensor last = Tensors.tensor(new long[] {2, 0, 1}, Shape.of(3), int64);
    Tensor[] factors = {
      self.indexSelect(d, next),
      other.indexSelect(d, last),
      self.indexSelect(d, last),
      other.indexSelect(d, next)
    };
    return MINOR.callAll(factors);
  }

  // ---- contractions

  private static Tensor tensordot(Tensor a, Tensor b, long dims) {
    if (dims < 0 || dims > a.dim() || dims > b.dim()) {
      throw new ArgumentException(
          "tensordot expects dims >= 0 and at most the number of dimensions of either tensor, but"
              + " got dims="
              + dims);
    }
    int[] left = new int[(int) dims];
    int[] right = new int[(int) dims];
    for (int i = 0; i < dims; i++) {
      left[i] = a.dim() - (int) dims + i;
      right[i] = i;
    }
    return tensordot(a, b, left, right);
  }

  private static Tensor tensordot(Tensor a, Tensor b, long[][] dims) {
    if (dims.length != 2) {
      throw new ArgumentException(
          "tensordot takes two lists of dimensions, but got " + dims.length);
    }
    return tensordot(a, b, ints(dims[0]), ints(dims[1]));
  }

  private static int[] ints(long[] values) {
    return Arrays.stream(values).mapToInt(Math::toIntExact).toArray();
  }

  /** By one product of matrices; dimensions of size 1 in the one are summed in the other. */
  static Tensor tensordot(Tensor self, Tensor other, int[] dimsSelf, int[] dimsOther) {
    if (dimsSelf.length != dimsOther.length) {
      throw new ArgumentException("both dimension lists should have same length");
    }
    Tensor left = self;
    Tensor right = other;
    for (int i = 0; i < dimsSelf.length; i++) {
      long first = self.dim() == 0 ? 1 : self.size(dimsSelf[i]);
      long second = other.dim() == 0 ? 1 : other.size(dimsOther[i]);
      if (first == 1 && second != 1) {
        right = Reductions.sum(right, new int[] {dimsOther[i]}, true, other.dtype());
      } else if (second == 1 && first != 1) {
        left = Reductions.sum(left, new int[] {dimsSelf[i]}, true, self.dtype());
      } else if (first != second) {
        throw new ShapeException(
            "contracted dimensions need to match, but first has size "
                + first
                + " in dim "
                + dimsSelf[i]
                + " and second has size "
                + second
                + " in dim "
                + dimsOther[i]);
      }
    }
    int[] free = others(left.shape(), dimsSelf);
    int[] rest = others(right.shape(), dimsOther);
    long[] sizes = new long[free.length + rest.length];
    long rows = 1;
    for (int i = 0; i < free.length; i++) {
      sizes[i] = left.size(free[i]);
      rows *= sizes[i];
    }
    long columns = 1;
    for (int i = 0; i < rest.length; i++) {
      sizes[free.length + i] = right.size(rest[i]);
      columns *= sizes[free.length + i];
    }
    long inner = 1;
    for (int dim : dimsSelf) {
      inner *= left.dim() == 0 ? 1 : left.size(dim);
    }
    Tensor a = left.permute(joined(free, wrapped(left.shape(), dimsSelf))).reshape(rows, inner);
    Tensor b =
        right.permute(joined(wrapped(right.shape(), dimsOther), rest)).reshape(inner, columns);
    return Products.mm(a, b).view(sizes);
  }

  private static int[] wrapped(Shape shape, int[] dims) {
    return shape.dim() == 0 ? new int[0] : Arrays.stream(dims).map(shape::wrap).toArray();
  }

  /** The dimensions that are not named, in order. */
  private static int[] others(Shape shape, int[] dims) {
    if (dims.length == 0) {
      return Dims.of(shape).toArray();
    }
    Dims named = Dims.of(shape, dims);
    return IntStream.range(0, shape.dim()).filter(d -> !named.contains(d)).toArray();
  }

  private static int[] joined(int[] first, int[] second) {
    int[] all = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, all, first.length, second.length);
    return all;
  }

  static Tensor trace(Tensor self) {
    if (self.dim() != 2) {
      throw new ShapeException(
          "trace: expected a matrix, but got a tensor of shape " + self.shape());
    }
    return Diagonals.diagonal(self, 0, 0, 1).sum();
  }
}
