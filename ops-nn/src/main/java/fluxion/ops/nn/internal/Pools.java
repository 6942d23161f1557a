package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.nn.PoolCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pools whose windows slide in equal steps. */
final class Pools {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("max_pool1d")) {
        t.add(max(1));
      }
      if (t.has("max_pool2d")) {
        t.add(max(2));
      }
      if (t.has("max_pool3d")) {
        t.add(max(3));
      }
      if (t.has("avg_pool1d")) {
        t.add(
            named("avg_pool1d")
                .overload(
                    "(Tensor self, int[] kernel_size, int[]? stride=None, int[] padding=0, bool"
                        + " ceil_mode=False, bool count_include_pad=True)",
                    PoolCall.Average1d.class,
                    (self, kernel, stride, padding, ceil, count) ->
                        average("avg_pool1d", 1, self, kernel, stride, padding, ceil, count, null))
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3, 5), 2L),
                            sample(s.tensor(2, 5), 3L, 2L, 1L, true, false))));
      }
      if (t.has("avg_pool2d")) {
        t.add(average(2));
      }
      if (t.has("avg_pool3d")) {
        t.add(average(3));
      }
      if (t.has("lp_pool1d")) {
        t.add(power(1));
      }
      if (t.has("lp_pool2d")) {
        t.add(power(2));
      }
      if (t.has("lp_pool3d")) {
        t.add(power(3));
      }
    }
  }

  private Pools() {}

  /** Sizes of a sample: leading ones and then unequal sizes of some dimensions. */
  static long[] sizes(int dims, long base, long... lead) {
    long[] sizes = Arrays.copyOf(lead, lead.length + dims);
    for (int d = 0; d < dims; d++) {
      sizes[lead.length + d] = base + (dims - 1 - d) % 2;
    }
    return sizes;
  }

  private static Operator max(int dims) {
    String name = "max_pool" + dims + "d";
    return named(name)
        .overload(
            "(Tensor self, int[] kernel_size, int[]? stride=None, int[] padding=0, int[]"
                + " dilation=1, bool ceil_mode=False, bool return_indices=False)",
            PoolCall.Max.class,
            (self, kernel, stride, padding, dilation, ceil, indices) ->
                max(name, dims, self, kernel, stride, padding, dilation, ceil, indices))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(sizes(dims, 3, 2, 1)), 2L),
                    sample(s.tensor(sizes(dims, 4, 2)), 2L, 1L, 1L, 2L, true, true)))
        .singularAt(SingularPoints.ties(1e-6));
  }

  private static Operator average(int dims) {
    String name = "avg_pool" + dims + "d";
    return named(name)
        .overload(
            "(Tensor self, int[] kernel_size, int[]? stride=None, int[] padding=0, bool"
                + " ceil_mode=False, bool count_include_pad=True, int? divisor_override=None)",
            PoolCall.Average.class,
            (self, kernel, stride, padding, ceil, count, divisor) ->
                average(name, dims, self, kernel, stride, padding, ceil, count, divisor))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(sizes(dims, 3, 2, 1)), 2L),
                    sample(s.tensor(sizes(dims, 3, 2)), 3L, 2L, 1L, true, false),
                    sample(s.tensor(sizes(dims, 3, 2)), 2L, 1L, 0L, false, true, 3L)));
  }

  private static Operator power(int dims) {
    String name = "lp_pool" + dims + "d";
    return named(name)
        .overload(
            "(Tensor self, float norm_type, int[] kernel_size, int[]? stride=None, bool"
                + " ceil_mode=False)",
            PoolCall.Power.class,
            (self, p, kernel, stride, ceil) -> power(name, dims, self, p, kernel, stride, ceil))
        .samples(
            s ->
                List.of(
                    sample(s.uniform(0.5, 2, sizes(dims, 3, 2, 1)), 2.0, 2L),
                    sample(s.uniform(0.5, 2, sizes(dims, 3, 2)), 3.0, 2L, 1L, true)));
  }

  private static long[] ones(int dims) {
    long[] ones = new long[dims];
    Arrays.fill(ones, 1);
    return ones;
  }

  private static Tensor[] max(
      String name,
      int dims,
      Tensor self,
      long[] kernelSize,
      long @Nullable [] stride,
      long[] padding,
      long[] dilation,
      boolean ceilMode,
      boolean returnIndices) {
    Windows windows =
        PoolWindows.of(name, dims, self, kernelSize, stride, padding, dilation, ceilMode);
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented(name, DType.BOOL);
    }
    Tensor[] both = Functions.applyAll(new MaxPool(windows), self);
    return returnIndices ? both : new Tensor[] {both[0]};
  }

  private static Tensor average(
      String name,
      int dims,
      Tensor self,
      long[] kernelSize,
      long @Nullable [] stride,
      long[] padding,
      boolean ceilMode,
      boolean countIncludePad,
      @Nullable Long divisorOverride) {
    if (divisorOverride != null && divisorOverride == 0) {
      throw new ArgumentException(
          "divisor must be not zero, but got divisor_override=" + divisorOverride);
    }
    Windows windows =
        PoolWindows.of(name, dims, self, kernelSize, stride, padding, ones(dims), ceilMode);
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented(name, DType.BOOL);
    }
    Tensor divisors = divisors(windows, self, countIncludePad, divisorOverride);
    return Functions.apply(new AveragePool(windows), self, divisors);
  }

  /** By what the sum of each window is divided; without dimensions where it is the same. */
  private static Tensor divisors(
      Windows windows, Tensor like, boolean countIncludePad, @Nullable Long divisorOverride) {
    boolean cut =
        windows.dims().stream()
            .anyMatch(
                w ->
                    w.extent() > w.size() + 2 * w.padding()
                        || (w.padding() > 0 && !countIncludePad)
                        || (w.extent() > w.size() && !countIncludePad));
    if (divisorOverride != null || !cut) {
      return divisor(
          like, divisorOverride != null ? divisorOverride : Windows.product(windows.kernel()));
    }
    long[] output = windows.output();
    long[] counts = {1};
    for (Window w : windows.dims()) {
      long[] next = new long[counts.length * (int) w.output()];
      for (int i = 0; i < next.length; i++) {
        next[i] = counts[i / (int) w.output()] * count(w, i % w.output(), countIncludePad);
      }
      counts = next;
    }
    return Tensors.tensor(counts, Shape.of(output), options(like));
  }

  /** One divisor for all windows. */
  static Tensor divisor(Tensor like, long divisor) {
    return Tensors.tensor(new long[] {divisor}, Shape.SCALAR, options(like));
  }

  private static TensorOptions options(Tensor like) {
    DType dtype = AveragePool.accumulator(like.dtype());
    return TensorOptions.of(dtype).device(like.device());
  }

  /** How many elements of a window count. */
  private static long count(Window w, long window, boolean countIncludePad) {
    long start = window * w.stride() - w.padding();
    long end = Math.min(start + w.kernel(), w.size() + w.padding());
    return countIncludePad ? end - start : Math.min(end, w.size()) - Math.max(start, 0);
  }

  private static Tensor power(
      String name,
      int dims,
      Tensor self,
      double p,
      long[] kernelSize,
      long @Nullable [] stride,
      boolean ceilMode) {
    Refusals.requireFloat(name, self.dtype());
    long[] kernel = Extents.ofPool(name, "kernel_size", kernelSize, dims);
    if (p == 0 || Double.isNaN(p)) {
      throw new ArgumentException(name + ": norm_type must be a number but 0, and is " + p);
    }
    Tensor means =
        average(name, dims, self.pow(p), kernel, stride, new long[] {0}, ceilMode, true, null);
    // Also of negative means the sign is kept, as PyTorch has it.
    return means.sign().mul(means.abs().relu()).mul(Windows.product(kernel)).pow(1 / p);
  }
}
