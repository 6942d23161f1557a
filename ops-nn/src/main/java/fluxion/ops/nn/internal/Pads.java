package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.ops.nn.ResamplingCall;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Tensors with a margin. */
final class Pads {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("pad")) {
        t.add(
            named("pad")
                .overload(
                    "(Tensor self, int[] pad, str mode='constant', float? value=None)",
                    ResamplingCall.Pad.class,
                    Pads::pad)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), List.of(1L, 2L), "constant", 0.5),
                            sample(s.tensor(3, 4), List.of(-1L, 1L, 2L, -1L)),
                            sample(s.tensor(2, 3), List.of(2L, 1L), "reflect"),
                            sample(s.tensor(1, 3, 4), List.of(1L, 1L, 2L, 0L), "replicate"),
                            sample(s.tensor(1, 2, 3), List.of(2L, 1L), "circular"))));
      }
    }
  }

  private Pads() {}

  private static Tensor pad(Tensor self, long[] pad, String mode, @Nullable Double value) {
    if (pad.length % 2 != 0) {
      throw new ArgumentException(
          "Padding length must be divisible by 2, but pad has " + pad.length);
    }
    for (long width : pad) {
      if (width > Integer.MAX_VALUE || width < -Integer.MAX_VALUE) {
        throw new ArgumentException("pad: a width of " + width + " is beyond what any tensor has");
      }
    }
    int count = pad.length / 2;
    if (count > self.dim()) {
      throw new ArgumentException(
          "Padding length too large: pad has "
              + pad.length
              + " widths and the input "
              + self.dim()
              + " dimensions");
    }
    return switch (mode) {
      case "constant" -> constant(self, pad, value == null ? 0 : value);
      case "reflect", "replicate", "circular" -> {
        if (value != null && value != 0) {
          throw new ArgumentException(
              "Padding mode \"" + mode + "\" doesn't take in value argument");
        }
        yield mirrored(self, pad, mode);
      }
      default -> throw new ArgumentException("Unrecognised padding mode " + mode);
    };
  }

  private static Tensor constant(Tensor self, long[] pad, double value) {
    List<Long> before = new ArrayList<>();
    List<Long> after = new ArrayList<>();
    for (int d = 0; d < self.dim(); d++) {
      int at = 2 * (self.dim() - 1 - d);
      before.add(at < pad.length ? pad[at] : 0);
      after.add(at < pad.length ? pad[at + 1] : 0);
      long size = self.size(d) + before.get(d) + after.get(d);
      if (size < 0) {
        throw new ShapeException(
            "The input size "
                + self.size(d)
                + ", plus negative padding "
                + before.get(d)
                + " and "
                + after.get(d)
                + " resulted in a negative output size, which is invalid. Check dimension "
                + d
                + " of your input.");
      }
    }
    return Functions.apply(new ConstantPad(before, after, value), self);
  }

  private static Tensor mirrored(Tensor self, long[] pad, String mode) {
    int count = pad.length / 2;
    if (mode.equals("circular") && self.dim() >= 2 && count != self.dim() - 2) {
      throw new ShapeException(
          "Invalid padding size, expected " + 2 * (self.dim() - 2) + " but got " + pad.length);
    }
    boolean fits = count >= 1 && count <= 3 && (self.dim() == count + 1 || self.dim() == count + 2);
    if (!fits) {
      throw new ShapeException(
          "Only 2D, 3D, 4D, 5D padding with non-constant padding are supported for now; pad has "
              + pad.length
              + " widths and the input shape "
              + self.shape());
    }
    Tensor x = self;
    for (int i = 0; i < count; i++) {
      int dim = self.dim() - 1 - i;
      long[] places = places(self, dim, pad[2 * i], pad[2 * i + 1], mode, 4 + 2 * i);
      TensorOptions options = TensorOptions.of(DType.INT64).device(self.device());
      x = x.indexSelect(dim, Tensors.tensor(places, Shape.of(places.length), options));
    }
    return x;
  }

  /** Which elements of a dimension the padded one holds. */
  private static long[] places(
      Tensor self, int dim, long before, long after, String mode, int argument) {
    long size = self.size(dim);
    long cut = Math.max(0, -before);
    long kept = size - cut - Math.max(0, -after);
    long total = size + before + after;
    if (mode.equals("reflect") && (before >= size || after >= size)) {
      throw new ShapeException(
          "Argument #"
              + argument
              + ": Padding size should be less than the corresponding input dimension, but got:"
              + " padding ("
              + before
              + ", "
              + after
              + ") at dimension "
              + dim
              + " of input "
              + self.shape());
    }
    if (mode.equals("circular")) {
      if (before > size || after > size) {
        throw new ShapeException(
            "Padding value causes wrapping around more than once. The pad is ("
                + before
                + ", "
                + after
                + ") at dimension "
                + dim);
      }
      if (kept <= 0) {
        throw new ShapeException(
            "Negative padding value is resulting in an empty dimension: pad is ("
                + before
                + ", "
                + after
                + ") at dimension "
                + dim);
      }
    }
    if (total < 1 || size == 0) {
      throw new ShapeException(
          "input (size: "
              + size
              + ") is too small for a pad of ("
              + before
              + ", "
              + after
              + ") at dimension "
              + dim
              + ": calculated output size "
              + total);
    }
    return LongStream.range(0, total)
        .map(
            o -> {
              long place = o - before;
              return switch (mode) {
                case "reflect" ->
                    place < 0 ? -place : place >= size ? 2 * (size - 1) - place : place;
                case "replicate" -> Math.clamp(place, 0, size - 1);
                default -> cut + Math.floorMod(o - Math.max(0, before), kept);
              };
            })
        .toArray();
  }
}
