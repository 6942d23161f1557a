package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batched matrix products.
 *
 * <p>Each matrix is made contiguous in the dtype of the sums (float32 also for the 16-bit floats,
 * int64 for all integers and truth values), multiplied there, and the product is cast to the output
 * or to the epilogue's input. A matrix that is so already is used where it lies. For integers this
 * gives the bits of wrapping arithmetic in their own dtype; for truth values the disjunction of
 * conjunctions.
 */
final class Matmul {
  private final Operand a;
  private final Operand b;
  private final DType sums;
  private final int m;
  private final int k;
  private final int n;

  private Matmul(Operand a, Operand b) {
    int dims = a.shape().dim();
    this.a = a;
    this.b = b;
    this.sums = a.dtype().isFloatingPoint() ? a.dtype().computeType() : DType.INT64;
    this.m = Math.toIntExact(a.shape().size(dims - 2));
    this.k = Math.toIntExact(a.shape().size(dims - 1));
    this.n = Math.toIntExact(b.shape().size(dims - 1));
  }

  /** Multiplies matrices; see {@link fluxion.engine.spi.Backend#matmul}. */
  static void run(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    if (output.numel() == 0) {
      return;
    }
    Matmul matmul = new Matmul(a, b);
    if (epilogue == null
        && output.dtype() == matmul.sums
        && output.isContiguous()
        && !Copier.overlap(a, output)
        && !Copier.overlap(b, output)) {
      matmul.multiply(output);
      return;
    }
    Operand product = Copier.temporary(matmul.sums, output.shape());
    matmul.multiply(product);
    if (epilogue == null) {
      Copier.copy(product, output);
      return;
    }
    Operand[] inputs = new Operand[epilogue.inputs().length + 1];
    System.arraycopy(epilogue.inputs(), 0, inputs, 1, inputs.length - 1);
    inputs[0] = product;
    Kernel kernel = epilogue.kernel().kernel();
    DType type = kernel.inputCount() == 0 ? null : kernel.inputType(0);
    if (type != null && type != product.dtype()) {
      inputs[0] = Copier.temporary(type, output.shape());
      Copier.copy(product, inputs[0]);
    }
    Pointwise.launch(epilogue.kernel(), new Operand[] {output}, inputs, epilogue.scalars());
  }

  private void multiply(Operand product) {
    int dims = product.shape().dim();
    int[] leading = Arrays.copyOf(Dims.all(product), dims - 2);
    long count = Dims.numel(product, leading);
    ElementStream lefts = new ElementStream(a, leading);
    ElementStream rights = new ElementStream(b, leading);
    Matrix left = new Matrix(a, m, k);
    Matrix right = new Matrix(b, k, n);
    Object target = CpuBuffer.elements(product).array();
    int at = (int) product.offset();
    for (long i = 0; i < count; i++) {
      left.go(lefts.next());
      right.go(rights.next());
      switch (target) {
        case float[] c ->
            FloatGemm.multiply(
                (float[]) left.array,
                left.offset,
                (float[]) right.array,
                right.offset,
                c,
                at,
                m,
                k,
                n);
        case double[] c ->
            DoubleGemm.multiply(
                (double[]) left.array,
                left.offset,
                (double[]) right.array,
                right.offset,
                c,
                at,
                m,
                k,
                n);
        default ->
            LongGemm.multiply(
                (long[]) left.array,
                left.offset,
                (long[]) right.array,
                right.offset,
                (long[]) target,
                at,
                m,
                k,
                n);
      }
      at += m * n;
    }
  }

  /** One matrix of a batch, made contiguous in the dtype of the sums. */
  private final class Matrix {
    private final Operand operand;
    private final Shape shape;
    private final long[] strides;
    private @Nullable Operand packed;
    private int start = -1;
    private Object array;
    private int offset;

    Matrix(Operand operand, int rows, int columns) {
      int dims = operand.shape().dim();
      this.operand = operand;
      this.shape = Shape.of(rows, columns);
      this.strides = Arrays.copyOfRange(operand.strides(), dims - 2, dims);
      this.array = CpuBuffer.elements(operand).array();
    }

    /** Goes to the matrix that starts at a position. */
    void go(int position) {
      if (position == start) {
        return; // an expanded matrix is packed once
      }
      start = position;
      Operand matrix = new Operand(operand.buffer(), shape, strides, position);
      if (operand.dtype() == sums && matrix.isContiguous()) {
        offset = position;
        return;
      }
      Operand target = packed;
      if (target == null) {
        target = Copier.temporary(sums, shape);
        packed = target;
        array = CpuBuffer.elements(target).array();
      }
      Copier.copy(matrix, target);
    }
  }
}
