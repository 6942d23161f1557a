package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.IndexException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import java.util.Arrays;
import java.util.List;

/** Elements in another order along dimensions: reversed, rotated and shifted. */
final class Turns {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("flip")) {
        t.add(
            named("flip")
                .overload("(Tensor self, int[] dims)", Call.Dims.class, Turns::flip)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 1),
                            sample(s.tensor(2, 3, 2), List.of(0L, -1L)),
                            sample(s.tensor(3), List.of()))));
      }
      if (t.has("fliplr")) {
        t.add(flip("fliplr", 1));
      }
      if (t.has("flipud")) {
        t.add(flip("flipud", 0));
      }
      if (t.has("roll")) {
        t.add(
            named("roll")
                .overload(
                    "(Tensor self, int[] shifts, int[] dims=[])",
                    ShapingCall.Roll.class,
                    Turns::roll)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 1),
                            sample(s.tensor(2, 3), -1, 1),
                            sample(s.tensor(2, 3), List.of(1L, 5L), List.of(0L, 1L)))));
      }
      if (t.has("rot90")) {
        t.add(
            named("rot90")
                .overload(
                    "(Tensor self, int k=1, int[] dims=[0, 1])",
                    ShapingCall.Rotate.class,
                    Turns::rot90)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor(2, 3), 2),
                            sample(s.tensor(2, 3, 4), -1, List.of(1L, 2L)))));
      }
    }
  }

  private Turns() {}

  private static Operator flip(String name, int dim) {
    return named(name)
        .overload(
            "(Tensor self)",
            Call.Unary.class,
            self -> {
              if (self.dim() <= dim) {
                throw new ShapeException(
                    name + ": Input must be >= " + (dim + 1) + "-d, but is " + self.dim() + "-d");
              }
              return flip(self, dim);
            })
        .samples(s -> List.of(sample(s.tensor(2, 3))));
  }

  static Tensor flip(Tensor self, int... dims) {
    Dims flipped = dims.length == 0 ? new Dims(0, self.dim()) : Dims.of(self.shape(), dims);
    return Functions.apply(new Flip(flipped), self);
  }

  static Tensor roll(Tensor self, long[] shifts, int[] dims) {
    if (shifts.length == 0) {
      throw new ArgumentException("`shifts` required");
    }
    if (dims.length == 0 && shifts.length == 1) {
      return roll(self.reshape(-1), shifts, new int[] {0}).view(self.shape().toArray());
    }
    if (shifts.length != dims.length) {
      throw new ArgumentException(
          "shifts and dimensions must align. shifts: " + shifts.length + ", dims:" + dims.length);
    }
    if (self.numel() == 0) {
      return self.clone();
    }
    Long[] by = new Long[dims.length];
    Integer[] along = new Integer[dims.length];
    for (int i = 0; i < dims.length; i++) {
      if (self.dim() == 0) {
        throw new IndexException(
            "Dimension specified as " + dims[i] + " but tensor has no dimensions");
      }
      along[i] = self.shape().wrap(dims[i]);
      by[i] = Math.floorMod(shifts[i], self.size(along[i]));
    }
    return Functions.apply(new Roll(Arrays.asList(by), Arrays.asList(along)), self);
  }

  static Tensor rot90(Tensor self, long k, int[] dims) {
    int rank = self.dim();
    if (dims.length != 2) {
      throw new ArgumentException(
          "expected total rotation dims == 2, but got dims = " + dims.length);
    }
    if (rank < 2) {
      throw new ShapeException("expected total dims >= 2, but got total dims = " + rank);
    }
    if (dims[0] == dims[1] || Math.abs((long) dims[0] - dims[1]) == rank) {
      throw new ArgumentException(
          "expected rotation dims to be different, but got dim0 = "
              + dims[0]
              + " and dim1 = "
              + dims[1]);
    }
    for (int i = 0; i < 2; i++) {
      if (dims[i] >= rank || dims[i] < -rank) {
        throw new IndexException("Rotation dim" + i + " out of range, dim" + i + " = " + dims[i]);
      }
    }
    return Functions.apply(
        new Rot90(Math.floorMod(k, 4), self.shape().wrap(dims[0]), self.shape().wrap(dims[1])),
        self);
  }
}
