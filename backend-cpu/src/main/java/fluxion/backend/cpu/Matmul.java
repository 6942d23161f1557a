package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Batched matrix products.
 *
 * <p>They are computed in the dtype of the sums: float32 also for the 16-bit floats, int64 for all
 * integers and truth values. Matrices of another dtype are converted first, those of float32 and
 * float64 are used where they lie; the product is cast to the output or to the epilogue's input.
 * For integers this gives the bits of wrapping arithmetic in their own dtype; for truth values the
 * disjunction of conjunctions.
 */
final class Matmul {
  /** From so many matrices on, of at least so many multiplications together, they are divided. */
  private static final int BATCH = 16;

  private static final long DIVISIBLE = 1 << 21;
  private static final int CHUNKS = 64;

  private final DType sums;
  private final Operand a;
  private final Operand b;
  private final int dims;
  private final int m;
  private final int k;
  private final int n;

  private Matmul(Operand a, Operand b) {
    this.dims = a.shape().dim();
    this.sums = a.dtype().isFloatingPoint() ? a.dtype().computeType() : DType.INT64;
    this.m = Math.toIntExact(a.shape().size(dims - 2));
    this.k = Math.toIntExact(a.shape().size(dims - 1));
    this.n = Math.toIntExact(b.shape().size(dims - 1));
    this.a = converted(a);
    this.b = converted(b);
  }

  /** Multiplies matrices; see {@link fluxion.engine.spi.Backend#matmul}. */
  static void run(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
    if (output.numel() == 0) {
      return;
    }
    if (epilogue == null && !output.isContiguous()) {
      Operand transpose = transpose(output);
      if (transpose.isContiguous()) {
        // bᵀ · aᵀ: the factors of a fused multiply-add may be swapped
        run(transpose(b), transpose(a), transpose, null);
        return;
      }
    }
    Matmul matmul = new Matmul(a, b);
    boolean direct =
        output.dtype() == matmul.sums
            && output.isContiguous()
            && !Copier.overlap(a, output)
            && !Copier.overlap(b, output);
    if (epilogue == null && direct) {
      matmul.multiply(output);
      return;
    }
    direct = direct && epilogue != null && takesInPlace(epilogue, output);
    Operand product = direct ? output : Copier.temporary(matmul.sums, output.shape());
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

  /** The operand with its last two dimensions exchanged. */
  private static Operand transpose(Operand operand) {
    int dims = operand.shape().dim();
    long[] strides = operand.strides();
    long step = strides[dims - 1];
    strides[dims - 1] = strides[dims - 2];
    strides[dims - 2] = step;
    Shape shape = operand.shape();
    Shape exchanged =
        shape.with(dims - 2, shape.size(dims - 1)).with(dims - 1, shape.size(dims - 2));
    return new Operand(operand.buffer(), exchanged, strides, operand.offset());
  }

  /** Whether an epilogue may read the product where its own output goes. */
  private static boolean takesInPlace(MatmulEpilogue epilogue, Operand output) {
    Kernel kernel = epilogue.kernel().kernel();
    DType type = kernel.inputCount() == 0 ? null : kernel.inputType(0);
    boolean takes = type == null || type == output.dtype();
    for (Operand input : epilogue.inputs()) {
      takes = takes && !Copier.overlap(input, output);
    }
    return takes;
  }

  /**
   * An operand in the dtype of the sums, integers with contiguous rows. What is copied is copied
   * once, however often it is expanded.
   */
  private Operand converted(Operand operand) {
    if (operand.dtype() == sums && (sums != DType.INT64 || operand.strides()[dims - 1] == 1)) {
      return operand;
    }
    long[] sizes = new long[dims];
    for (int d = 0; d < dims; d++) {
      boolean repeats = d < dims - 2 && operand.strides()[d] == 0;
      sizes[d] = repeats ? 1 : operand.shape().size(d);
    }
    Shape once = Shape.of(sizes);
    Operand copy = Copier.temporary(sums, once);
    Copier.copy(new Operand(operand.buffer(), once, operand.strides(), operand.offset()), copy);
    long[] strides = copy.strides().clone();
    for (int d = 0; d < dims - 2; d++) {
      if (operand.strides()[d] == 0) {
        strides[d] = 0;
      }
    }
    return new Operand(copy.buffer(), operand.shape(), strides, copy.offset());
  }

  /** Multiplies all matrices of the batch into a contiguous product. */
  private void multiply(Operand product) {
    int[] leading = Arrays.copyOf(Dims.all(product), dims - 2);
    int count = (int) Dims.numel(product, leading);
    int[] lefts = places(a, leading, count);
    int[] rights = places(b, leading, count);
    Object left = CpuBuffer.elements(a).array();
    Object right = CpuBuffer.elements(b).array();
    Object target = CpuBuffer.elements(product).array();
    int at = (int) product.offset();
    int rowStep = Dims.stride(a, dims - 2);
    if (target instanceof long[] c) {
      int columnStep = Dims.stride(a, dims - 1);
      int rightStep = Dims.stride(b, dims - 2);
      for (int i = 0; i < count; i++) {
        LongGemm.multiply(
            (long[]) left,
            lefts[i],
            rowStep,
            columnStep,
            (long[]) right,
            rights[i],
            rightStep,
            c,
            at + i * m * n,
            m,
            k,
            n);
      }
      return;
    }
    Matrix first = new Matrix(left, lefts[0], rowStep, Dims.stride(a, dims - 1));
    Matrix second =
        new Matrix(right, rights[0], Dims.stride(b, dims - 2), Dims.stride(b, dims - 1));
    Matrix result = new Matrix(target, at, n, 1);
    int step = m == 1 && count > 1 ? lefts[1] - lefts[0] : rowStep;
    if (count > 1 && isOneMatrix(lefts, step * m) && isOneMatrix(rights, 0)) {
      Matrix all = new Matrix(left, lefts[0], step, first.columnStride());
      Gemm.multiply(all, second, result, count * m, k, n);
    } else if (count >= BATCH && (long) count * m * n * k >= DIVISIBLE) {
      int chunks = Math.min(count, CHUNKS);
      Workers.run(
          chunks,
          chunk ->
              multiply(
                  first,
                  lefts,
                  second,
                  rights,
                  result,
                  (int) ((long) count * chunk / chunks),
                  (int) ((long) count * (chunk + 1) / chunks)));
    } else {
      multiply(first, lefts, second, rights, result, 0, count);
    }
  }

  private void multiply(
      Matrix left, int[] lefts, Matrix right, int[] rights, Matrix result, int from, int to) {
    for (int i = from; i < to; i++) {
      Gemm.multiply(
          left.movedTo(lefts[i]),
          right.movedTo(rights[i]),
          result.movedTo(result.offset() + i * m * n),
          m,
          k,
          n);
    }
  }

  /** Where each matrix of a batch begins. */
  private static int[] places(Operand operand, int[] leading, int count) {
    if (count == 1) {
      return new int[] {(int) operand.offset()};
    }
    ElementStream stream = new ElementStream(operand, leading);
    int[] places = new int[count];
    for (int i = 0; i < count; i++) {
      places[i] = stream.next();
    }
    return places;
  }

  /** Whether places follow one another in steps, so that matrices are the rows of one. */
  private static boolean isOneMatrix(int[] places, int step) {
    for (int i = 1; i < places.length; i++) {
      if (places[i] - places[i - 1] != step) {
        return false;
      }
    }
    return true;
  }
}
