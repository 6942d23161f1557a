package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Fills and copies strided windows; the casts are those of {@link Elements}.
 *
 * <p>Windows that are no run of memory are copied by kernels without operations, and those that lie
 * in another order of dimensions by {@link Transposition}. A copy that does not cast moves bits: a
 * 16-bit float as an int16, a byte as an int8.
 */
final class Copier {
  private static final Scalar[] NO_SCALARS = {};

  /** The kernels by source and target dtype, made when they are first needed. */
  private static final @Nullable CpuKernel[] KERNELS =
      new CpuKernel[DType.values().length * DType.values().length];

  private Copier() {}

  /** Sets every element to a value; see {@link fluxion.engine.spi.Backend#fill}. */
  static void fill(Operand target, Scalar value) {
    if (target.numel() == 0) {
      return;
    }
    if (target.isContiguous()) {
      Elements elements = CpuBuffer.elements(target);
      int at = (int) target.offset();
      set(elements, at, value);
      repeat(elements.array(), at, at + (int) target.numel());
    } else {
      Operand one = temporary(target.dtype(), Shape.SCALAR);
      set(CpuBuffer.elements(one), 0, value);
      copy(one.layout().expand(target.shape()).operand(one.buffer()), target);
    }
  }

  private static void set(Elements elements, int at, Scalar value) {
    if (value.isFloatingPoint()) {
      elements.setDouble(at, value.toDouble());
    } else {
      elements.setLong(at, value.toLong());
    }
  }

  /** Copies an element of an array to all places up to {@code end}. */
  private static void repeat(Object array, int at, int end) {
    if (array instanceof float[] floats) {
      Arrays.fill(floats, at, end, floats[at]);
    } else if (array instanceof double[] doubles) {
      Arrays.fill(doubles, at, end, doubles[at]);
    } else if (array instanceof long[] longs) {
      Arrays.fill(longs, at, end, longs[at]);
    } else if (array instanceof int[] ints) {
      Arrays.fill(ints, at, end, ints[at]);
    } else if (array instanceof short[] shorts) {
      Arrays.fill(shorts, at, end, shorts[at]);
    } else {
      byte[] bytes = (byte[]) array;
      Arrays.fill(bytes, at, end, bytes[at]);
    }
  }

  /** Copies with a cast; see {@link fluxion.engine.spi.Backend#copy}. */
  static void copy(Operand source, Operand target) {
    if (target.numel() == 0) {
      return;
    }
    if (source.dtype() == target.dtype() && source.isContiguous() && target.isContiguous()) {
      System.arraycopy(
          CpuBuffer.elements(source).array(),
          (int) source.offset(),
          CpuBuffer.elements(target).array(),
          (int) target.offset(),
          (int) target.numel());
      return;
    }
    if (source.dtype() == target.dtype() && Transposition.copy(source, target)) {
      return;
    }
    Pointwise.launch(
        kernel(source.dtype(), target.dtype()),
        new Operand[] {target},
        new Operand[] {source},
        NO_SCALARS);
  }

  @SuppressWarnings("EnumOrdinal") // a map would hash at each copy
  private static CpuKernel kernel(DType from, DType to) {
    int place = from.ordinal() * DType.values().length + to.ordinal();
    CpuKernel kernel = KERNELS[place];
    if (kernel == null) {
      // threads that meet here make equal kernels, and any of them will do
      kernel =
          from == to
              ? CpuKernel.interpreted(Kernel.of(Expr.input(0, bits(from))))
              : CpuKernel.compile(Kernel.of(Expr.input(0, from).cast(to)));
      KERNELS[place] = kernel;
    }
    return kernel;
  }

  /** {@return a dtype whose values are moved bit by bit and whose arrays are a dtype's} */
  private static DType bits(DType dtype) {
    return switch (dtype) {
      case FLOAT16, BFLOAT16 -> DType.INT16;
      case UINT8, BOOL -> DType.INT8;
      default -> dtype;
    };
  }

  /**
   * Copies the next elements of one stream to the next ones of another.
   *
   * @param in what is read
   * @param out what is written
   * @param block registers of the kind of the first stream's dtype
   * @param elements how many
   */
  static void copy(ElementStream in, ElementStream out, Values block, long elements) {
    long left = elements;
    while (left > 0) {
      int n = (int) Math.min(left, block.length());
      in.read(block, 0, n);
      out.write(block, 0, n);
      left -= n;
    }
  }

  /**
   * {@return an operand that shares no element with an output: the operand itself where their
   * windows lie apart, else a copy}
   *
   * <p>For primitives that read elements after they have written others.
   *
   * @param input what is read
   * @param output what is written
   */
  static Operand apart(Operand input, Operand output) {
    if (!overlap(input, output)) {
      return input;
    }
    Operand copy = temporary(input.dtype(), input.shape());
    copy(input, copy);
    return copy;
  }

  /** {@return a new contiguous operand for intermediate values} */
  static Operand temporary(DType dtype, Shape shape) {
    CpuBuffer buffer = new CpuBuffer(Memory.elements(dtype, shape.numel()));
    return Layout.contiguous(shape).operand(buffer);
  }

  /** {@return whether the ranges of two operands in memory meet} */
  @SuppressWarnings("ReferenceEquality") // the same memory, not memory with the same contents
  static boolean overlap(Operand a, Operand b) {
    return CpuBuffer.elements(a) == CpuBuffer.elements(b)
        && a.numel() > 0
        && b.numel() > 0
        && first(a) <= last(b)
        && first(b) <= last(a);
  }

  private static long first(Operand operand) {
    long position = operand.offset();
    for (int d = 0; d < operand.shape().dim(); d++) {
      position += Math.min(0, (operand.shape().size(d) - 1) * operand.strides()[d]);
    }
    return position;
  }

  private static long last(Operand operand) {
    long position = operand.offset();
    for (int d = 0; d < operand.shape().dim(); d++) {
      position += Math.max(0, (operand.shape().size(d) - 1) * operand.strides()[d]);
    }
    return position;
  }
}
