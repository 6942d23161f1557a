package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScanKind;

/** Runs of equal elements in sorted lines, and the element that is there most often. */
final class Mode {
  private Mode() {}

  /**
   * {@return for each element but the first whether it differs from the one before it, an int64; 0
   * for the first}
   *
   * @param x the elements
   * @param dim the dimension
   */
  static Tensor changes(Tensor x, int dim) {
    Tensor changes = Primitives.zeros(x.shape(), DType.INT64, x);
    long rest = x.size(dim) - 1;
    if (rest > 0) {
      Tensor differs = Comparisons.NE.call(x.narrow(dim, 1, rest), x.narrow(dim, 0, rest));
      changes.narrow(dim, 1, rest).copy_(differs);
    }
    return changes;
  }

  /**
   * {@return the most frequent elements along a dimension and where they are}
   *
   * <p>Of several the smallest counts, and of equal elements the last. In sorted order that is the
   * first place at which the number of equal elements before it is largest.
   */
  static Tensor[] mode(Tensor self, int dim, boolean keepdim) {
    int d = self.shape().wrap(dim);
    Ranks.checkNotEmpty("mode", self, d);
    if (self.dim() == 0) {
      return Ranks.single(self);
    }
    Tensor[] sorted = Primitives.sort(MaxMin.ordered(self), d, false);
    Tensor changes = changes(sorted[0], d);
    Expr change = Expr.input(0, DType.INT64);
    Tensor starts = Primitives.pointwise(Kernel.of(change.mul(Expr.index(d))), one(changes))[0];
    Tensor start = Primitives.scan(ScanKind.MAX, starts, d, false, DType.INT64);
    Tensor before = Primitives.pointwise(Kernel.of(Expr.index(d).sub(change)), one(start))[0];
    Tensor end = Primitives.argReduce(true, before, d);
    return Ranks.picked("ModeBackward0", self, d, Primitives.gather(sorted[1], d, end), keepdim);
  }

  private static Tensor[] one(Tensor tensor) {
    return new Tensor[] {tensor};
  }
}
