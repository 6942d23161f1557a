package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors and their elements several times over. */
final class Repeats {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("repeat")) {
        t.add(
            named("repeat")
                .overload("(Tensor self, int[] repeats)", Call.Sized.class, Repeats::repeat)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), List.of(2L, 1L)),
                            sample(s.tensor(2), List.of(3L, 2L)),
                            sample(s.tensor(), List.of(2L)))));
      }
      if (t.has("tile")) {
        t.add(
            named("tile")
                .overload("(Tensor self, int[] dims)", Call.Sized.class, Repeats::tile)
                .samples(
                    s -> List.of(sample(s.tensor(2, 3), 2), sample(s.tensor(2), List.of(2L, 2L)))));
      }
      if (t.has("repeat_interleave")) {
        t.add(
            named("repeat_interleave")
                .overload(
                    "(Tensor self, int repeats, int? dim=None, *, int? output_size=None)",
                    ShapingCall.RepeatEach.class,
                    Repeats::interleave)
                .overload(
                    "(Tensor self, Tensor repeats, int? dim=None, *, int? output_size=None)",
                    ShapingCall.RepeatByCounts.class,
                    Repeats::interleave)
                .overload(
                    "(Tensor repeats, *, int? output_size=None)",
                    ShapingCall.Counts.class,
                    Repeats::indices)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 2),
                            sample(s.tensor(2, 3), 3, 1),
                            sample(s.tensor(3, 2), s.integers(3, 3), 0),
                            sample(s.integers(3, 4)))));
      }
    }
  }

  private Repeats() {}

  static Tensor repeat(Tensor self, long[] repeats) {
    int lead = repeats.length - self.dim();
    if (lead < 0) {
      throw new ShapeException(
          "Number of dimensions of repeat dims can not be smaller than number of dimensions of"
              + " tensor");
    }
    long[] sizes = new long[repeats.length];
    for (int d = 0; d < sizes.length; d++) {
      long size = d < lead ? 1 : self.size(d - lead);
      try {
        sizes[d] = Math.multiplyExact(size, repeats[d]);
      } catch (ArithmeticException e) {
        throw new ShapeException(
            "repeat: " + repeats[d] + " times the size " + size + " overflows 64 bits", e);
      }
    }
    if (Arrays.stream(repeats).anyMatch(times -> times < 0)) {
      throw new ShapeException(
          "Trying to create tensor with negative dimension: repeats " + Arrays.toString(repeats));
    }
    return Functions.apply(
        new Repeat(Arrays.stream(repeats).boxed().toList(), Shape.of(sizes)), self);
  }

  static Tensor tile(Tensor self, long[] dims) {
    int lead = self.dim() - dims.length;
    if (lead <= 0) {
      return repeat(self, dims);
    }
    long[] repeats = new long[self.dim()];
    Arrays.fill(repeats, 0, lead, 1);
    System.arraycopy(dims, 0, repeats, lead, dims.length);
    return repeat(self, repeats);
  }

  static Tensor interleave(
      Tensor self, long repeats, @Nullable Integer dim, @Nullable Long outputSize) {
    Tensor x = dim == null ? self.reshape(-1) : Aliases.atLeast1d(self);
    int d = dim == null ? 0 : self.shape().wrap(dim);
    if (repeats < 0) {
      throw new ArgumentException("repeats can not be negative, got " + repeats);
    }
    Tensor each = Grids.range(x.size(d), x).reshape(x.size(d), 1);
    Tensor index = each.expand(x.size(d), repeats).reshape(multiply(x.size(d), repeats));
    checkSize(index.numel(), outputSize);
    return x.indexSelect(d, index);
  }

  private static long multiply(long size, long repeats) {
    try {
      return Math.multiplyExact(size, repeats);
    } catch (ArithmeticException e) {
      throw new ShapeException(
          "repeat_interleave: " + repeats + " times the size " + size + " overflows 64 bits", e);
    }
  }

  private static void checkSize(long size, @Nullable Long outputSize) {
    if (outputSize != null && outputSize != size) {
      throw new ShapeException(
          "allocated size does not match required size: output_size is "
              + outputSize
              + ", the repeats add up to "
              + size);
    }
  }

  static Tensor interleave(
      Tensor self, Tensor repeats, @Nullable Integer dim, @Nullable Long outputSize) {
    Tensor x = dim == null ? self.reshape(-1) : Aliases.atLeast1d(self);
    int d = dim == null ? 0 : self.shape().wrap(dim);
    if (repeats.dim() > 1) {
      throw new ShapeException("repeats must be 0-dim or 1-dim tensor");
    }
    Tensor counts = repeats;
    if (repeats.numel() == 1) {
      counts = repeats.reshape(1).expand(x.size(d));
    } else if (repeats.size(0) != x.size(d)) {
      throw new ShapeException(
          "repeats must have the same size as input along dim, but got repeats.size(0) = "
              + repeats.size(0)
              + " and input.size("
              + d
              + ") = "
              + x.size(d));
    }
    return x.indexSelect(d, indices(counts, outputSize));
  }

  /** Each index as often as its count says. */
  static Tensor indices(Tensor repeats, @Nullable Long outputSize) {
    if (repeats.dim() != 1) {
      throw new ShapeException("repeat_interleave only accept 1D vector as repeat");
    }
    if (repeats.dtype() != DType.INT64 && repeats.dtype() != DType.INT32) {
      throw new DTypeException(
          "repeats has to be Long or Int tensor, got " + repeats.dtype().typeName());
    }
    // The size of the result depends on the values, so they are read.
    long[] counts = repeats.toLongArray();
    long total = 0;
    for (long count : counts) {
      if (count < 0) {
        throw new ArgumentException("repeats can not be negative, got " + count);
      }
      total += count;
      if (total < 0 || total > Integer.MAX_VALUE - 8) {
        throw new ShapeException("repeat_interleave: the repeats add up to too many elements");
      }
    }
    checkSize(total, outputSize);
    long[] indices = new long[(int) total];
    int at = 0;
    for (int i = 0; i < counts.length; i++) {
      Arrays.fill(indices, at, at + (int) counts[i], i);
      at += (int) counts[i];
    }
    return Tensors.tensor(
        indices, Shape.of(indices.length), TensorOptions.of(DType.INT64).device(repeats.device()));
  }
}
