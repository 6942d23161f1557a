package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.nn.PoolCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pools with as many windows as are wanted, and the way back from a pool. */
final class AdaptivePools {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("adaptive_avg_pool1d")) {
        t.add(average(1));
      }
      if (t.has("adaptive_avg_pool2d")) {
        t.add(average(2));
      }
      if (t.has("adaptive_avg_pool3d")) {
        t.add(average(3));
      }
      if (t.has("adaptive_max_pool1d")) {
        t.add(max(1));
      }
      if (t.has("adaptive_max_pool2d")) {
        t.add(max(2));
      }
      if (t.has("adaptive_max_pool3d")) {
        t.add(max(3));
      }
      if (t.has("max_unpool1d")) {
        t.add(unpool(1));
      }
      if (t.has("max_unpool2d")) {
        t.add(unpool(2));
      }
      if (t.has("max_unpool3d")) {
        t.add(unpool(3));
      }
    }
  }

  /** The elements of a window whose mean is computed at once, and not as one of means. */
  private static final long SMALL = 256;

  private AdaptivePools() {}

  private static Operator average(int dims) {
    String name = "adaptive_avg_pool" + dims + "d";
    return named(name)
        .overload(
            "(Tensor self, int?[] output_size)",
            PoolCall.AdaptiveAverage.class,
            (self, outputSize) -> average(name, dims, self, outputSize))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(Pools.sizes(dims, 3, 2, 1)), 2L),
                    sample(s.tensor(Pools.sizes(dims, 4, 2)), 1L)));
  }

  private static Operator max(int dims) {
    String name = "adaptive_max_pool" + dims + "d";
    return named(name)
        .overload(
            "(Tensor self, int?[] output_size, bool return_indices=False)",
            PoolCall.AdaptiveMax.class,
            (self, outputSize, indices) -> max(name, dims, self, outputSize, indices))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(Pools.sizes(dims, 3, 2, 1)), 2L),
                    sample(s.tensor(Pools.sizes(dims, 4, 2)), 2L, true)))
        .singularAt(SingularPoints.ties(1e-6));
  }

  private static Operator unpool(int dims) {
    String name = "max_unpool" + dims + "d";
    return named(name)
        .overload(
            "(Tensor self, Tensor indices, int[] kernel_size, int[]? stride=None, int[] padding=0,"
                + " int[]? output_size=None)",
            PoolCall.Unpool.class,
            (self, indices, kernel, stride, padding, outputSize) ->
                unpool(name, dims, self, indices, kernel, stride, padding, outputSize))
        .samples(
            s -> {
              long[] sizes = Pools.sizes(dims, 1, 2, 1);
              long count = Windows.product(sizes) / 2;
              TensorOptions options = TensorOptions.of(DType.INT64);
              long[] places = new long[(int) count * 2];
              for (int i = 0; i < places.length; i++) {
                places[i] = 2 * (i % count);
              }
              Tensor indices = Tensors.tensor(places, Shape.of(sizes), options);
              return List.of(sample(s.tensor(sizes), indices, 3L));
            });
  }

  /** The numbers of windows that are wanted. */
  private static long[] outputs(String name, int dims, Tensor self, @Nullable Long[] outputSize) {
    if (outputSize.length != 1 && outputSize.length != dims) {
      throw new ArgumentException(
          name + ": output_size must be " + dims + ", got " + outputSize.length + " numbers");
    }
    boolean batched = self.dim() == dims + 2;
    boolean valid = batched || self.dim() == dims + 1;
    for (int d = 1; d < self.dim(); d++) {
      valid &= self.size(d) != 0 || (batched && d == 0);
    }
    if (!valid) {
      throw new ShapeException(
          name
              + "(): Expected "
              + (dims + 1)
              + "D or "
              + (dims + 2)
              + "D tensor whose non-batch dimensions have a non-zero size, but got "
              + self.shape());
    }
    long[] outputs = new long[dims];
    for (int d = 0; d < dims; d++) {
      Long given = outputSize[outputSize.length == 1 ? 0 : d];
      outputs[d] = given == null ? self.size(self.dim() - dims + d) : given;
      if (outputs[d] < 0 || outputs[d] > Integer.MAX_VALUE) {
        throw new ArgumentException(
            name
                + ": elements of output_size must be greater than or equal to 0 and fit 32 bits,"
                + " but received "
                + outputs[d]);
      }
    }
    return outputs;
  }

  /**
   * At once, where windows are even and a device has loops for them; else along one dimension after
   * another: a mean over a box is a mean of means.
   */
  private static Tensor average(String name, int dims, Tensor self, @Nullable Long[] outputSize) {
    long[] outputs = outputs(name, dims, self, outputSize);
    Refusals.requireFloat(name, self.dtype());
    Windows even = even(self, outputs);
    if (even != null) {
      Tensor divisor = Pools.divisor(self, Windows.product(even.kernel()));
      return Functions.apply(new AveragePool(even), self, divisor);
    }
    Tensor x = self;
    for (int d = 0; d < dims; d++) {
      int dim = self.dim() - dims + d;
      x = average(x, dim, outputs[d]);
    }
    return x == self ? self.clone() : x;
  }

  /** Small windows of an image that all have one size, if a device has loops for them. */
  private static @Nullable Windows even(Tensor self, long[] outputs) {
    if (outputs.length != 2) {
      return null;
    }
    Window[] along = new Window[2];
    for (int d = 0; d < 2; d++) {
      long size = self.size(self.dim() - 2 + d);
      if (outputs[d] == 0 || size % outputs[d] != 0) {
        return null;
      }
      long kernel = size / outputs[d];
      along[d] = new Window(size, kernel, kernel, 0, 1, outputs[d]);
    }
    long elements = along[0].kernel() * along[1].kernel();
    return elements > 1 && elements <= SMALL && AveragePool.accelerator(self) != null
        ? new Windows(List.of(along))
        : null;
  }

  private static Tensor average(Tensor x, int dim, long output) {
    long size = x.size(dim);
    if (output == size) {
      return x;
    }
    long[] sizes = x.shape().toArray();
    long[] lead = Arrays.copyOf(sizes, dim);
    long[] tail = Arrays.copyOfRange(sizes, dim + 1, sizes.length);
    if (output > 0 && size % output == 0) {
      long[] cut = Windows.join(lead, new long[] {output, size / output}, tail);
      return x.reshape(cut).mean(dim + 1);
    }
    Taps.Plan plan = new Taps.Plan(size, (int) output, widest(size, output));
    for (int o = 0; o < output; o++) {
      long start = start(o, size, output);
      long count = end(o, size, output) - start;
      for (int k = 0; k < plan.count(); k++) {
        plan.set(o, k, Math.min(start + k, size - 1), k < count ? 1.0 / count : 0);
      }
    }
    return plan.apply(x, dim);
  }

  private static long start(long window, long size, long output) {
    return window * size / output;
  }

  private static long end(long window, long size, long output) {
    return Math.ceilDiv((window + 1) * size, output);
  }

  private static int widest(long size, long output) {
    long widest = 0;
    for (long o = 0; o < output; o++) {
      widest = Math.max(widest, end(o, size, output) - start(o, size, output));
    }
    return (int) widest;
  }

  private static Tensor[] max(
      String name, int dims, Tensor self, @Nullable Long[] outputSize, boolean returnIndices) {
    long[] outputs = outputs(name, dims, self, outputSize);
    if (self.dtype() == DType.BOOL) {
      throw Refusals.notImplemented(name, DType.BOOL);
    }
    long[] lead = Windows.lead(self, dims);
    long[] size = Arrays.copyOfRange(self.shape().toArray(), lead.length, self.dim());
    long[] result = Windows.join(lead, outputs);
    long count = Windows.product(outputs);
    if (Windows.product(result) == 0) {
      Tensor none = Tensors.zeros(TensorOptions.of(DType.INT64).device(self.device()), result);
      Tensor empty = self.reshape(-1).narrow(0, 0, 0).reshape(result);
      return returnIndices ? new Tensor[] {empty, none} : new Tensor[] {empty};
    }
    Tensor places = places(self, size, outputs);
    int width = (int) (places.numel() / count);
    long[] flat = Windows.join(lead, new long[] {Windows.product(size)});
    int last = lead.length;
    Tensor x = self.reshape(flat);
    Tensor all = places.expand(Windows.join(lead, new long[] {count * width}));
    Tensor elements =
        Functions.apply(new PickAt(last), x.detach(), all)
            .reshape(Windows.join(lead, new long[] {count, width}));
    Tensor best = elements.argmax(last + 1, true);
    Tensor at =
        places
            .reshape(count, width)
            .expand(Windows.join(lead, new long[] {count, width}))
            .gather(last + 1, best)
            .reshape(Windows.join(lead, new long[] {count}));
    Tensor values = Functions.apply(new PickAt(last), x, at).reshape(result);
    return returnIndices ? new Tensor[] {values, at.reshape(result)} : new Tensor[] {values};
  }

  /** For each window the places of its elements; the first again where it has fewer than others. */
  private static Tensor places(Tensor like, long[] size, long[] outputs) {
    int width = 1;
    for (int d = 0; d < size.length; d++) {
      width = Math.multiplyExact(width, widest(size[d], outputs[d]));
    }
    int count = (int) Windows.product(outputs);
    long[] places = new long[Math.multiplyExact(count, width)];
    for (int i = 0; i < places.length; i++) {
      long element = i % width;
      long window = i / width;
      long place = 0;
      long step = 1;
      for (int d = size.length - 1; d >= 0; d--) {
        int wide = widest(size[d], outputs[d]);
        long o = window % outputs[d];
        long start = start(o, size[d], outputs[d]);
        long k = element % wide;
        place += step * (start + k < end(o, size[d], outputs[d]) ? start + k : start);
        step *= size[d];
        element /= wide;
        window /= outputs[d];
      }
      places[i] = place;
    }
    TensorOptions options = TensorOptions.of(DType.INT64).device(like.device());
    return Tensors.tensor(places, Shape.of(places.length), options);
  }

  private static Tensor unpool(
      String name,
      int dims,
      Tensor self,
      Tensor indices,
      long[] kernelSize,
      long @Nullable [] stride,
      long[] padding,
      long @Nullable [] outputSize) {
    if (indices.dtype() != DType.INT64) {
      throw new DTypeException(
          "elements in indices should be type int64 but got: " + indices.dtype());
    }
    PoolWindows.checkRank(name, dims, self);
    if (!self.shape().equals(indices.shape())) {
      throw new ShapeException(
          "Expected shape of indices to be same as that of the input tensor ("
              + self.shape()
              + ") but got indices tensor with shape: "
              + indices.shape());
    }
    Refusals.requireFloat(name, self.dtype());
    long[] kernel = Extents.ofPool(name, "kernel_size", kernelSize, dims);
    long[] step = PoolWindows.steps(name, kernel, stride);
    long[] before = Extents.ofPool(name, "padding", padding, dims);
    long[] lead = Windows.lead(self, dims);
    long[] size = new long[dims];
    for (int d = 0; d < dims; d++) {
      size[d] = (self.size(lead.length + d) - 1) * step[d] - 2 * before[d] + kernel[d];
    }
    if (outputSize != null) {
      size = unpooled(name, dims, size, step, outputSize);
    }
    long[] result = Windows.join(lead, size);
    Shape shape = Shape.of(result);
    long total = Windows.product(size);
    if (Checks.any(indices.lt(0L).logicalOr(indices.ge(total)).any())) {
      throw new IndexException(
          "Found an invalid max index: "
              + outside(indices, total)
              + " (output volumes are of size "
              + Extents.joined("x", size)
              + (dims == 1 ? "x1)" : ")"));
    }
    return MaxPool.placed(self, indices, dims, shape, false);
  }

  private static long outside(Tensor indices, long total) {
    return Arrays.stream(indices.toLongArray())
        .filter(at -> at < 0 || at >= total)
        .findFirst()
        .orElseThrow();
  }

  private static long[] unpooled(
      String name, int dims, long[] expected, long[] step, long[] outputSize) {
    long[] wanted =
        outputSize.length == dims + 2 ? Arrays.copyOfRange(outputSize, 2, dims + 2) : outputSize;
    if (wanted.length != dims) {
      throw new ArgumentException(
          "output_size should be a sequence containing "
              + dims
              + " or "
              + (dims + 2)
              + " elements, but it has a length of '"
              + outputSize.length
              + "'");
    }
    for (int d = 0; d < dims; d++) {
      if (wanted[d] <= expected[d] - step[d] || wanted[d] >= expected[d] + step[d]) {
        throw new ArgumentException(
            name
                + ": invalid output_size \""
                + Arrays.toString(outputSize)
                + "\" (dim "
                + d
                + " must be between "
                + (expected[d] - step[d])
                + " and "
                + (expected[d] + step[d])
                + ")");
      }
    }
    return wanted;
  }
}
