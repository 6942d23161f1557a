package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.ops.nn.ResamplingCall;
import java.util.Arrays;
import java.util.List;

/** Channels that change places, with each other or with pixels. */
final class Shuffles {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("pixel_shuffle")) {
        t.add(
            named("pixel_shuffle")
                .overload(
                    "(Tensor self, int upscale_factor)",
                    ResamplingCall.Factor.class,
                    Shuffles::pixelShuffle)
                .samples(s -> List.of(sample(s.tensor(2, 4, 2, 3), 2L))));
      }
      if (t.has("pixel_unshuffle")) {
        t.add(
            named("pixel_unshuffle")
                .overload(
                    "(Tensor self, int downscale_factor)",
                    ResamplingCall.Factor.class,
                    Shuffles::pixelUnshuffle)
                .samples(s -> List.of(sample(s.tensor(1, 2, 4), 2L))));
      }
      if (t.has("channel_shuffle")) {
        t.add(
            named("channel_shuffle")
                .overload(
                    "(Tensor self, int groups)",
                    ResamplingCall.Factor.class,
                    Shuffles::channelShuffle)
                .samples(s -> List.of(sample(s.tensor(2, 6, 2), 3L))));
      }
    }
  }

  private Shuffles() {}

  private static void check(String name, String what, Tensor self, long factor) {
    if (self.dim() < 3) {
      throw new ShapeException(
          name
              + " expects input to have at least 3 dimensions, but got input with "
              + self.dim()
              + " dimension(s)");
    }
    if (factor <= 0 || factor > Integer.MAX_VALUE) {
      throw new ArgumentException(name + " expects a positive " + what + ", but got " + factor);
    }
  }

  private static long[] lead(Tensor self) {
    return Arrays.copyOf(self.shape().toArray(), self.dim() - 3);
  }

  /** The leading dimensions, and then others by their place behind these. */
  private static Tensor permuted(Tensor x, int lead, int... behind) {
    int[] order = new int[lead + behind.length];
    for (int d = 0; d < order.length; d++) {
      order[d] = d < lead ? d : lead + behind[d - lead];
    }
    return x.permute(order);
  }

  private static Tensor pixelShuffle(Tensor self, long factor) {
    check("pixel_shuffle", "upscale_factor", self, factor);
    long channels = self.size(-3);
    if (channels % (factor * factor) != 0) {
      throw new ShapeException(
          "pixel_shuffle expects its input's 'channel' dimension to be divisible by the square of"
              + " upscale_factor, but input.size(-3)="
              + channels
              + " is not divisible by "
              + factor * factor);
    }
    long[] lead = lead(self);
    long rows = self.size(-2);
    long columns = self.size(-1);
    long count = channels / (factor * factor);
    Tensor cut =
        self.reshape(Windows.join(lead, new long[] {count, factor, factor, rows, columns}));
    return permuted(cut, lead.length, 0, 3, 1, 4, 2)
        .reshape(Windows.join(lead, new long[] {count, rows * factor, columns * factor}));
  }

  private static Tensor pixelUnshuffle(Tensor self, long factor) {
    check("pixel_unshuffle", "downscale_factor", self, factor);
    checkDivisible("height", self.size(-2), -2, factor);
    checkDivisible("width", self.size(-1), -1, factor);
    long[] lead = lead(self);
    long channels = self.size(-3);
    long rows = self.size(-2) / factor;
    long columns = self.size(-1) / factor;
    Tensor cut =
        self.reshape(Windows.join(lead, new long[] {channels, rows, factor, columns, factor}));
    return permuted(cut, lead.length, 0, 2, 4, 1, 3)
        .reshape(Windows.join(lead, new long[] {channels * factor * factor, rows, columns}));
  }

  private static void checkDivisible(String what, long size, int dim, long factor) {
    if (size % factor != 0) {
      throw new ShapeException(
          "pixel_unshuffle expects "
              + what
              + " to be divisible by downscale_factor, but input.size("
              + dim
              + ")="
              + size
              + " is not divisible by "
              + factor);
    }
  }

  private static Tensor channelShuffle(Tensor self, long groups) {
    if (self.dim() <= 2) {
      throw new ShapeException(
          "channel_shuffle expects input with > 2 dims, but got input with sizes " + self.shape());
    }
    if (groups <= 0) {
      throw new ArgumentException(
          "Number of groups to divide channels in must be positive. Value of groups:" + groups);
    }
    long channels = self.size(1);
    if (channels % groups != 0) {
      throw new ShapeException(
          "Number of channels must be divisible by groups. Got "
              + channels
              + " channels and "
              + groups
              + " groups.");
    }
    long[] sizes = self.shape().toArray();
    long[] cut =
        Windows.join(
            new long[] {sizes[0], groups, channels / groups},
            Arrays.copyOfRange(sizes, 2, sizes.length));
    return self.reshape(cut).transpose(1, 2).reshape(sizes);
  }
}
