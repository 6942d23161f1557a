package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.ReductionCall;
import fluxion.api.spi.SelectionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.SingularPoints;
import fluxion.ops.basic.OrderingCall;
import java.util.List;

/**
 * Elements in order along a dimension: all of them, some, or one by its rank. The gradient of a
 * value goes to the element that it was.
 */
final class Ranks {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("sort")) {
        t.add(
            named("sort")
                .overload(
                    "(Tensor self, int dim=-1, bool descending=False)",
                    SelectionCall.Sort.class,
                    (self, dim, descending) -> sort("SortBackward0", self, dim, descending))
                .overload(
                    "(Tensor self, *, bool? stable, int dim=-1, bool descending=False)",
                    OrderingCall.StableSort.class,
                    (self, stable, dim, descending) -> sort("SortBackward1", self, dim, descending))
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor()),
                            sample(s.tensor(2, 0)),
                            sample(s.tensor(3, 4, 2), 1, true)))
                .singularAt(SingularPoints.ties()));
      }
      if (t.has("argsort")) {
        t.add(
            named("argsort")
                .overload(
                    "(Tensor self, int dim=-1, bool descending=False)",
                    OrderingCall.Argsort.class,
                    Ranks::argsort)
                .overload(
                    "(Tensor self, *, bool stable, int dim=-1, bool descending=False)",
                    OrderingCall.StableArgsort.class,
                    (self, stable, dim, descending) -> argsort(self, dim, descending))
                .samples(s -> List.of(sample(s.tensor(2, 3)), sample(s.tensor(2, 3), 0, true)))
                .notDifferentiable());
      }
      if (t.has("msort")) {
        t.add(
            named("msort")
                .overload(
                    "(Tensor self)",
                    Call.Unary.class,
                    self -> sort("SortBackward0", self, 0, false)[0])
                .samples(s -> List.of(sample(s.tensor(3, 2))))
                .singularAt(SingularPoints.ties()));
      }
      if (t.has("topk")) {
        t.add(
            named("topk")
                .overload(
                    "(Tensor self, int k, int dim=-1, bool largest=True, bool sorted=True)",
                    SelectionCall.Top.class,
                    Ranks::topk)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 2),
                            sample(s.tensor(), 1),
                            sample(s.tensor(4, 2), 3, 0, false)))
                .singularAt(SingularPoints.ties()));
      }
      if (t.has("kthvalue")) {
        t.add(
            named("kthvalue")
                .overload(
                    "(Tensor self, int k, int dim=-1, bool keepdim=False)",
                    OrderingCall.Kth.class,
                    Ranks::kthvalue)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), 2),
                            sample(s.tensor(), 1),
                            sample(s.tensor(4, 2), 3, 0, true)))
                .singularAt(SingularPoints.ties()));
      }
      if (t.has("median")) {
        t.add(median("median", false));
      }
      if (t.has("nanmedian")) {
        t.add(median("nanmedian", true));
      }
      if (t.has("mode")) {
        t.add(
            named("mode")
                .overload(
                    "(Tensor self, int dim=-1, bool keepdim=False)",
                    ReductionCall.ValuesAndIndices.class,
                    Mode::mode)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor()),
                            sample(s.tensor(3, 2), 0, true)))
                .singularAt(SingularPoints.ties()));
      }
    }
  }

  private Ranks() {}

  private static Operator median(String name, boolean ignoresNan) {
    return named(name)
        .overload("(Tensor self)", Call.Unary.class, self -> Median.ofAll(ignoresNan, self))
        .overload(
            "(Tensor self, int dim, bool keepdim=False)",
            ReductionCall.ValuesAndIndices.class,
            (self, dim, keepdim) -> Median.along(ignoresNan, self, dim, keepdim))
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 4)),
                    sample(s.tensor()),
                    sample(s.tensor(2, 3, 2), -2),
                    sample(s.tensor(2, 4), 1, true)))
        .singularAt(SingularPoints.ties());
  }

  /** What a tensor without dimensions gives: itself, at 0. */
  static Tensor[] single(Tensor self) {
    return new Tensor[] {self.clone(), Primitives.zeros(Shape.SCALAR, DType.INT64, self)};
  }

  /** The elements along a dimension that indices name, which it stays with if it is kept. */
  static Tensor[] picked(String node, Tensor self, int dim, Tensor indices, boolean keepdim) {
    return new Tensor[] {
      Functions.apply(new Gather(dim, !keepdim, node), self, indices),
      keepdim ? indices : indices.squeeze(dim)
    };
  }

  private static Tensor[] sorted(Tensor self, int dim, boolean descending) {
    return Primitives.sort(MaxMin.ordered(self), dim, descending);
  }

  /** The indices that sort a tensor along a dimension that it has. */
  static Tensor order(Tensor self, int dim, boolean descending) {
    return sorted(self, dim, descending)[1];
  }

  static Tensor[] sort(String node, Tensor self, int dim, boolean descending) {
    int d = self.shape().wrap(dim);
    if (self.dim() == 0) {
      return single(self);
    }
    Tensor[] sorted = sorted(self, d, descending);
    boolean direct = sorted[0].dtype() == self.dtype() && !self.requiresGrad();
    return direct ? sorted : picked(node, self, d, sorted[1], true);
  }

  static Tensor argsort(Tensor self, int dim, boolean descending) {
    int d = self.shape().wrap(dim);
    return self.dim() == 0 ? single(self)[1] : order(self, d, descending);
  }

  static Tensor[] topk(Tensor self, long k, int dim, boolean largest, boolean sorted) {
    int d = self.shape().wrap(dim);
    if (k < 0 || k > (self.dim() == 0 ? 1 : self.size(d))) {
      throw new ArgumentException("selected index k out of range");
    }
    if (self.dim() == 0) {
      return single(self);
    }
    Tensor indices = order(self, d, largest).narrow(d, 0, k).contiguous();
    return picked("TopkBackward0", self, d, indices, true);
  }

  static Tensor[] kthvalue(Tensor self, long k, int dim, boolean keepdim) {
    int d = self.shape().wrap(dim);
    checkNotEmpty("kthvalue", self, d);
    if (k < 1 || k > (self.dim() == 0 ? 1 : self.size(d))) {
      throw new ArgumentException("kthvalue(): selected number k out of range for dimension " + d);
    }
    if (self.dim() == 0) {
      return single(self);
    }
    Tensor indices = order(self, d, false).narrow(d, k - 1, 1).contiguous();
    return picked("KthvalueBackward0", self, d, indices, keepdim);
  }

  /** Refuses a dimension without elements. */
  static void checkNotEmpty(String name, Tensor self, int dim) {
    if (self.dim() > 0 && self.size(dim) == 0) {
      throw new IndexException(
          name + "(): Expected reduction dim " + dim + " to have non-zero size.");
    }
  }
}
