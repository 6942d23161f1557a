package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import java.util.Arrays;
import java.util.List;

/** Grids, products and combinations of vectors. */
final class Grids {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("meshgrid")) {
        t.add(
            named("meshgrid")
                .overload(
                    "(Tensor[] tensors, str indexing='ij')",
                    ShapingCall.Grid.class,
                    Grids::meshgrid)
                .samples(
                    s ->
                        List.of(
                            sample(List.of(s.tensor(2), s.tensor(), s.tensor(3))),
                            sample(List.of(s.tensor(2), s.tensor(3)), "xy"))));
      }
      if (t.has("cartesian_prod")) {
        t.add(
            named("cartesian_prod")
                .overload("(Tensor[] tensors)", ShapingCall.Stack.class, Grids::cartesianProduct)
                .samples(
                    s ->
                        List.of(
                            sample(List.of(s.tensor(2), s.tensor(3))),
                            sample(List.of(s.tensor(2))))));
      }
      if (t.has("combinations")) {
        t.add(
            named("combinations")
                .overload(
                    "(Tensor self, int r=2, bool with_replacement=False)",
                    ShapingCall.Choices.class,
                    Grids::combinations)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(4)),
                            sample(s.tensor(3), 3),
                            sample(s.tensor(3), 2, true))));
      }
    }
  }

  private Grids() {}

  static Tensor[] meshgrid(Tensor[] tensors, String indexing) {
    if (tensors.length == 0) {
      throw new ArgumentException("meshgrid expects a non-empty TensorList");
    }
    if (!indexing.equals("ij") && !indexing.equals("xy")) {
      throw new ArgumentException(
          "torch.meshgrid: indexing must be one of \"xy\" or \"ij\", but received: " + indexing);
    }
    int n = tensors.length;
    boolean swapped = indexing.equals("xy") && n > 1;
    long[] shape = new long[n];
    for (int i = 0; i < n; i++) {
      if (tensors[i].dim() > 1) {
        throw new ShapeException(
            "torch.meshgrid: Expected 0D or 1D tensor in the tensor list but got: "
                + tensors[i].dim()
                + "D");
      }
      if (tensors[i].dtype() != tensors[0].dtype()) {
        throw new DTypeException("torch.meshgrid expects all tensors to have the same dtype");
      }
      shape[place(i, swapped)] = tensors[i].numel();
    }
    Tensor[] grids = new Tensor[n];
    for (int i = 0; i < n; i++) {
      long[] sizes = new long[n];
      Arrays.fill(sizes, 1);
      sizes[place(i, swapped)] = tensors[i].numel();
      grids[i] = tensors[i].reshape(sizes).expand(shape);
    }
    return grids;
  }

  /** The dimension along which a vector runs: {@code xy} swaps the first two. */
  private static int place(int i, boolean swapped) {
    return swapped && i < 2 ? 1 - i : i;
  }

  static Tensor cartesianProduct(Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor.dim() != 1) {
        throw new ShapeException(
            "cartesian_prod: Expect a 1D vector, but got shape " + tensor.shape());
      }
    }
    if (tensors.length == 1) {
      return tensors[0];
    }
    return Joins.stack(Aliases.each(meshgrid(tensors, "ij"), grid -> grid.reshape(-1)), 1);
  }

  static Tensor combinations(Tensor self, long r, boolean withReplacement) {
    if (self.dim() != 1) {
      throw new ShapeException("combinations: Expect a 1D vector, but got shape " + self.shape());
    }
    if (r < 0) {
      throw new ArgumentException("Expect a non-negative number, but got " + r);
    }
    if (r == 0) {
      return Tensors.empty(TensorOptions.of(self.dtype()).device(self.device()), 0);
    }
    if (r > Long.SIZE) {
      throw new ShapeException(
          "combinations of " + r + " elements: only up to 64 can be chosen at a time");
    }
    Tensor[] numbers = new Tensor[(int) r];
    Arrays.fill(numbers, range(self.numel(), self));
    Tensor[] grid = meshgrid(numbers, "ij");
    Tensor chosen = Tensors.ones(TensorOptions.of(DType.BOOL).device(self.device()), 1);
    for (int i = 1; i < grid.length; i++) {
      Tensor ordered = withReplacement ? grid[i - 1].le(grid[i]) : grid[i - 1].lt(grid[i]);
      chosen = i == 1 ? ordered : chosen.mul(ordered);
    }
    Tensor[] picks = Nonzero.columns(grid.length == 1 ? chosen.expand(self.numel()) : chosen);
    return Joins.stack(Aliases.each(picks, pick -> self.indexSelect(0, pick)), 1);
  }

  /** The int64 numbers from 0 to below a bound, on a tensor's device. */
  static Tensor range(long bound, Tensor like) {
    return Tensors.arange(
        Scalar.of(0),
        Scalar.of(bound),
        Scalar.of(1),
        TensorOptions.of(DType.INT64).device(like.device()));
  }
}
