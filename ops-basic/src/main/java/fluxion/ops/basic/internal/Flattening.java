package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import java.util.Arrays;
import java.util.List;

/** Dimensions made one, and one made several. */
final class Flattening {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("flatten")) {
        t.add(
            named("flatten")
                .overload(
                    "(Tensor self, int start_dim=0, int end_dim=-1)",
                    Call.TwoDims.class,
                    Flattening::flatten)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3, 2)),
                            sample(s.tensor(2, 3, 2), 1),
                            sample(s.tensor(2, 3, 2), -3, 1),
                            sample(s.tensor()))));
      }
      if (t.has("unflatten")) {
        t.add(
            named("unflatten")
                .overload(
                    "(Tensor self, int dim, int[] sizes)",
                    ShapingCall.Unflatten.class,
                    Flattening::unflatten)
                .samples(s -> List.of(sample(s.tensor(2, 6), 1, List.of(3L, -1L)))));
      }
    }
  }

  private Flattening() {}

  static Tensor flatten(Tensor self, int startDim, int endDim) {
    int start = self.shape().wrap(startDim);
    int end = self.shape().wrap(endDim);
    if (start > end) {
      throw new ArgumentException(
          "flatten() has invalid args: start_dim cannot come after end_dim");
    }
    if (self.dim() == 0) {
      return self.reshape(1);
    }
    if (start == end) {
      return self;
    }
    long[] sizes = self.shape().toArray();
    long[] flat = new long[sizes.length - (end - start)];
    System.arraycopy(sizes, 0, flat, 0, start);
    flat[start] = 1;
    for (int d = start; d <= end; d++) {
      flat[start] *= sizes[d];
    }
    System.arraycopy(sizes, end + 1, flat, start + 1, sizes.length - end - 1);
    return self.reshape(flat);
  }

  static Tensor unflatten(Tensor self, int dim, long[] sizes) {
    if (self.dim() == 0 || sizes.length == 0) {
      throw new ShapeException(
          "unflatten: needs a dimension and sizes, got shape "
              + self.shape()
              + " and sizes "
              + Arrays.toString(sizes));
    }
    int d = self.shape().wrap(dim);
    Shape parts;
    try {
      parts = Sizes.infer(sizes, self.size(d));
    } catch (ShapeException e) {
      throw new ShapeException(
          "unflatten: Provided sizes "
              + Arrays.toString(sizes)
              + " don't multiply up to the size of dim "
              + d
              + " ("
              + self.size(d)
              + ") in the input tensor",
          e);
    }
    long[] old = self.shape().toArray();
    long[] wanted = new long[old.length - 1 + sizes.length];
    System.arraycopy(old, 0, wanted, 0, d);
    System.arraycopy(parts.toArray(), 0, wanted, d, sizes.length);
    System.arraycopy(old, d + 1, wanted, d + sizes.length, old.length - d - 1);
    return self.view(wanted);
  }
}
