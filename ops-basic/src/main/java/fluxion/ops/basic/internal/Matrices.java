package fluxion.ops.basic.internal;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Functions;
import java.util.Arrays;

/**
 * Batches of matrices, in the last two dimensions of a tensor: what linear algebra checks, reads
 * and writes, and the parts of matrices that its gradients are made of.
 */
final class Matrices {
  private Matrices() {}

  // ---- checks, in PyTorch's words

  static void checkFloat(Tensor tensor, String operator) {
    DType dtype = tensor.dtype();
    if (!dtype.isFloatingPoint()) {
      throw new DTypeException(
          operator
              + ": Expected a floating point or complex tensor as input. Got "
              + dtype.typeName());
    }
    if (dtype.computeType() != dtype) {
      throw new DTypeException(
          operator + ": Low precision dtypes not supported. Got " + dtype.typeName());
    }
  }

  static void checkMatrix(Tensor tensor, String operator, String name) {
    if (tensor.dim() < 2) {
      throw new ShapeException(
          operator + ": The input tensor " + name + " must have at least 2 dimensions.");
    }
  }

  static void checkSquare(Tensor tensor, String operator, String name) {
    checkMatrix(tensor, operator, name);
    if (tensor.size(-1) != tensor.size(-2)) {
      throw new ShapeException(
          operator
              + ": "
              + name
              + " must be batches of square matrices, but they are "
              + tensor.size(-2)
              + " by "
              + tensor.size(-1)
              + " matrices");
    }
  }

  static void checkFloatSquare(Tensor tensor, String operator) {
    checkSquare(tensor, operator, "A");
    checkFloat(tensor, operator);
  }

  static void checkFloatMatrix(Tensor tensor, String operator) {
    checkMatrix(tensor, operator, "A");
    checkFloat(tensor, operator);
  }

  /** What is thrown for one matrix of a tensor. */
  static ArgumentException failure(String operator, Tensor tensor, int which, String what) {
    String element = tensor.dim() > 2 ? ": (Batch element " + which + ")" : "";
    return new ArgumentException(
        operator + element + ": " + what + " The shape of self is " + tensor.shape() + ".");
  }

  // ---- values on the host

  /** The values of all matrices, one after the other, in row-major order. */
  static double[] values(Tensor tensor) {
    return tensor.toDoubleArray();
  }

  /** One matrix of some. */
  static double[] one(double[] all, int which, int size) {
    return Arrays.copyOfRange(all, which * size, (which + 1) * size);
  }

  /** A tensor of values, with the dtype and the device of another. */
  static Tensor tensor(double[] values, Shape shape, Tensor like) {
    return Tensors.tensor(values, shape, TensorOptions.of(like.dtype()).device(like.device()));
  }

  /** The batch of a tensor: its sizes without the last dimensions. */
  static Shape batch(Tensor tensor, int last) {
    return Shape.of(Arrays.copyOf(tensor.shape().toArray(), tensor.dim() - last));
  }

  /** A batch of something with some sizes of its own. */
  static Shape with(Shape batch, long... sizes) {
    long[] all = Arrays.copyOf(batch.toArray(), batch.dim() + sizes.length);
    System.arraycopy(sizes, 0, all, batch.dim(), sizes.length);
    return Shape.of(all);
  }

  static int count(Shape batch) {
    return Math.toIntExact(batch.numel());
  }

  static int rows(Tensor tensor) {
    return Math.toIntExact(tensor.size(-2));
  }

  static int columns(Tensor tensor) {
    return Math.toIntExact(tensor.size(-1));
  }

  /** For each place of a batch, the place in a batch that is expanded to it. */
  static int[] places(Shape batch, Shape expanded) {
    int[] places = new int[count(batch)];
    int gap = batch.dim() - expanded.dim();
    long[] strides = expanded.contiguousStrides();
    for (int i = 0; i < places.length; i++) {
      long rest = i;
      long place = 0;
      for (int d = batch.dim() - 1; d >= 0; d--) {
        long index = rest % batch.size(d);
        rest /= batch.size(d);
        if (d >= gap && expanded.size(d - gap) != 1) {
          place += index * strides[d - gap];
        }
      }
      places[i] = (int) place;
    }
    return places;
  }

  // ---- parts

  /** The matrices transposed. */
  static Tensor t(Tensor tensor) {
    return tensor.transpose(-2, -1);
  }

  /** What lies on and below the diagonal; zeros elsewhere. */
  static Tensor lower(Tensor tensor) {
    return Functions.apply(new Triangle(false, 0), tensor);
  }

  /** What lies below the diagonal; zeros elsewhere. */
  static Tensor strictlyLower(Tensor tensor) {
    return Functions.apply(new Triangle(false, -1), tensor);
  }

  /** What lies on and above the diagonal; zeros elsewhere. */
  static Tensor upper(Tensor tensor) {
    return Functions.apply(new Triangle(true, 0), tensor);
  }

  /** What lies above the diagonal; zeros elsewhere. */
  static Tensor strictlyUpper(Tensor tensor) {
    return Functions.apply(new Triangle(true, 1), tensor);
  }

  /** Square matrices with vectors on the diagonal. */
  static Tensor diagonal(Tensor vectors) {
    return Diagonals.diagEmbed(vectors, 0, -2, -1);
  }

  /** Square matrices with another diagonal. */
  static Tensor withDiagonal(Tensor matrices, double diagonal) {
    TensorOptions bool = TensorOptions.of(DType.BOOL).device(matrices.device());
    Tensor on = Tensors.eye(matrices.size(-1), matrices.size(-1), bool);
    return matrices.maskedFill(on, diagonal);
  }

  /** The identity, of a size that expands to that of square matrices. */
  static Tensor identity(long n, Tensor like) {
    return Tensors.eye(n, n, TensorOptions.of(like.dtype()).device(like.device()));
  }

  // ---- 16-bit floats

  /** A tensor in the dtype in which it is computed: 16-bit floats become float32. */
  static Tensor wide(Tensor tensor) {
    return tensor.to(tensor.dtype().computeType());
  }
}
