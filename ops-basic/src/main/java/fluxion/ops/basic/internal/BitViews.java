package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import java.util.Arrays;

/**
 * A tensor's bits, read as elements of another dtype, those of lower places first.
 *
 * <p>Memory has one dtype here, so what is read is a copy, unlike PyTorch's view.
 */
final class BitViews {
  /** By what a float32 is multiplied to have the exponent that its number has in 16 bits. */
  private static final double REBIASED = 0x1p-112;

  private BitViews() {}

  static Tensor view(Tensor self, DType dtype) {
    if (dtype == self.dtype()) {
      return self;
    }
    Tensor x = self.detach();
    int from = self.dtype().bytes();
    int to = dtype.bytes();
    if (from != to) {
      checkLines(self, dtype);
    }
    if (from >= to) {
      return from == to ? same(x, dtype) : split(x, dtype, from / to);
    }
    return joined(x, dtype, to / from);
  }

  private static void checkLines(Tensor self, DType dtype) {
    if (self.dim() == 0) {
      throw refused("self.dim() cannot be 0", self, dtype, "");
    }
    long[] strides = self.strides();
    int last = strides.length - 1;
    if (strides[last] != 1) {
      throw refused("self.stride(-1) must be 1", self, dtype, ", but got " + strides[last]);
    }
    long ratio = dtype.bytes() / self.dtype().bytes();
    if (ratio <= 1) {
      return;
    }
    String divisible = " must be divisible by " + ratio;
    if (self.size(-1) % ratio != 0) {
      throw refused("self.size(-1)" + divisible, self, dtype, ", but got " + self.size(-1));
    }
    long offset = self.storageOffset();
    if (offset % ratio != 0) {
      throw refused("self.storage_offset()" + divisible, self, dtype, ", but got " + offset);
    }
    for (int d = 0; d < last; d++) {
      if (strides[d] % ratio != 0) {
        throw refused("self.stride(" + d + ")" + divisible, self, dtype, ", but got " + strides[d]);
      }
    }
  }

  private static ShapeException refused(String must, Tensor self, DType dtype, String found) {
    return new ShapeException(
        must
            + " to view "
            + self.dtype().typeName()
            + " as "
            + dtype.typeName()
            + " (different element sizes)"
            + found);
  }

  private static Tensor same(Tensor x, DType dtype) {
    Expr word = word(Expr.input(0, x.dtype()));
    return Primitives.pointwise(Kernel.of(read(word, dtype)), new Tensor[] {x})[0];
  }

  /** Each element as several, which follow each other along the last dimension. */
  private static Tensor split(Tensor x, DType dtype, int count) {
    Expr word = word(Expr.input(0, x.dtype()));
    Expr[] parts = new Expr[count];
    for (int i = 0; i < count; i++) {
      parts[i] = read(shifted(word, 8L * dtype.bytes() * i).cast(integer(dtype.bytes())), dtype);
    }
    Tensor[] apart = Primitives.pointwise(Kernel.of(parts), new Tensor[] {x});
    return Tensors.stack(-1, apart).reshape(withLast(x.shape(), x.size(-1) * count));
  }

  /** Several elements that follow each other along the last dimension as one. */
  private static Tensor joined(Tensor x, DType dtype, int count) {
    long[] sizes = Arrays.copyOf(withLast(x.shape(), x.size(-1) / count), x.dim() + 1);
    sizes[x.dim()] = count;
    Tensor rows = x.view(sizes);
    Tensor[] parts = new Tensor[count];
    DType wide = integer(dtype.bytes());
    long bits = 8L * x.dtype().bytes();
    Expr mask = Expr.literal(wide, (1L << bits) - 1);
    Expr whole = Expr.literal(wide, 0L);
    for (int i = 0; i < count; i++) {
      parts[i] = rows.select(-1, i);
      Expr part = word(Expr.input(i, x.dtype())).cast(wide).and(mask);
      whole = whole.or(part.shl(Expr.literal(wide, bits * i)));
    }
    return Primitives.pointwise(Kernel.of(read(whole, dtype)), parts)[0];
  }

  private static Expr shifted(Expr word, long bits) {
    return bits == 0 ? word : word.shr(Expr.literal(word.type(), bits));
  }

  private static long[] withLast(Shape shape, long size) {
    return shape.with(-1, size).toArray();
  }

  /** The integers of some size. */
  private static DType integer(int bytes) {
    return switch (bytes) {
      case 1 -> DType.INT8;
      case 2 -> DType.INT16;
      case 4 -> DType.INT32;
      default -> DType.INT64;
    };
  }

  /** The bits of an element as an integer of its size. */
  private static Expr word(Expr x) {
    return switch (x.type()) {
      case BOOL, UINT8 -> x.cast(DType.INT8);
      case INT8, INT16, INT32, INT64 -> x;
      case FLOAT32, FLOAT64 -> x.bits();
      case BFLOAT16 -> shifted(x.cast(DType.FLOAT32).bits(), 16).cast(DType.INT16);
      case FLOAT16 -> halfBits(x.cast(DType.FLOAT32)).cast(DType.INT16);
    };
  }

  /** The element that has these bits. */
  private static Expr read(Expr word, DType dtype) {
    return switch (dtype) {
      case BOOL -> word.ne(Expr.literal(word.type(), 0L));
      case UINT8 -> word.cast(DType.UINT8);
      case INT8, INT16, INT32, INT64 -> word;
      case FLOAT32, FLOAT64 -> word.fromBits();
      case BFLOAT16 -> up(word.cast(DType.INT32), 16).fromBits().cast(DType.BFLOAT16);
      case FLOAT16 -> half(word.cast(DType.INT32)).cast(DType.FLOAT16);
    };
  }

  private static Expr up(Expr word, long bits) {
    return word.shl(Expr.literal(DType.INT32, bits));
  }

  private static Expr int32(long value) {
    return Expr.literal(DType.INT32, value);
  }

  /** The bits that a float32 has as a float16, which it is. */
  private static Expr halfBits(Expr x) {
    Expr sign = shifted(x.bits(), 16).and(int32(0x8000));
    Expr finite = shifted(x.abs().mul(REBIASED).bits(), 13);
    Expr magnitude = Expr.select(x.isinf(), int32(0x7c00), finite);
    return Expr.select(x.isnan(), int32(0x7e00), magnitude.or(sign));
  }

  /** The number of which an int32 has the bits as a float16 in its lower half. */
  private static Expr half(Expr word) {
    Expr rest = word.and(int32(0x7fff));
    Expr finite = up(rest, 13).fromBits().mul(1 / REBIASED);
    Expr infinite = Expr.literal(DType.FLOAT32, Double.POSITIVE_INFINITY);
    Expr nan = Expr.literal(DType.FLOAT32, Double.NaN);
    Expr magnitude =
        Expr.select(
            rest.lt(int32(0x7c00)), finite, Expr.select(rest.eq(int32(0x7c00)), infinite, nan));
    return magnitude.copysign(up(word, 16).fromBits());
  }
}
