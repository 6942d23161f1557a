package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.IndexException;
import fluxion.api.Tensor;
import fluxion.api.spi.ShapingCall;
import fluxion.engine.spi.Catalogue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tensors with a part replaced by another tensor. */
final class Replacements {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("select_scatter")) {
        t.add(
            named("select_scatter")
                .overload(
                    "(Tensor self, Tensor src, int dim, int index)",
                    ShapingCall.SelectScatter.class,
                    Replacements::selectScatter)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2), 1, -1),
                            sample(s.tensor(3), s.tensor(), 0, 1))));
      }
      if (t.has("slice_scatter")) {
        t.add(
            named("slice_scatter")
                .overload(
                    "(Tensor self, Tensor src, int dim=0, int? start=None, int? end=None, int"
                        + " step=1)",
                    ShapingCall.SliceScatter.class,
                    Replacements::sliceScatter)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 5), s.tensor(2, 2), 1, 1, 5, 2),
                            sample(s.tensor(3), s.tensor(2), 0, 1))));
      }
    }
  }

  private Replacements() {}

  static Tensor selectScatter(Tensor self, Tensor src, int dim, long index) {
    int d = Pieces.checkedSelect(self, dim, index);
    return ReplaceView.apply("SelectScatterBackward0", new Views.Select(d, index), self, src);
  }

  static Tensor sliceScatter(
      Tensor self, Tensor src, int dim, @Nullable Long start, @Nullable Long end, long step) {
    if (self.dim() == 0) {
      throw new IndexException("slice() cannot be applied to a 0-dim tensor.");
    }
    Views.Slice slice =
        new Views.Slice(
            self.shape().wrap(dim),
            start == null ? 0 : start,
            end == null ? Long.MAX_VALUE : end,
            step);
    return ReplaceView.apply("SliceScatterBackward0", slice, self, src);
  }
}
