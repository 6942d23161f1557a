package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScanKind;
import fluxion.ops.basic.OrderingCall;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Different elements, or slices, and runs of equal ones.
 *
 * <p>What is compared is made the rows of a matrix. Each row is given the number of its group, from
 * 0: of the rows that are equal to it, or of the run that it is in. The rest follows from these.
 */
final class Uniques {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("unique")) {
        t.add(
            named("unique")
                .overload(
                    "(Tensor self, bool sorted=True, bool return_inverse=False,"
                        + " bool return_counts=False, int? dim=None)",
                    OrderingCall.Unique.class,
                    Uniques::unique)
                .samples(
                    s ->
                        List.of(
                            sample(s.integers(3, 2, 4)),
                            sample(s.tensor(2, 3), true, true, true),
                            sample(s.integers(2, 4, 2), true, true, true, 0)))
                .notDifferentiable());
      }
      if (t.has("unique_consecutive")) {
        t.add(
            named("unique_consecutive")
                .overload(
                    "(Tensor self, bool return_inverse=False, bool return_counts=False,"
                        + " int? dim=None)",
                    OrderingCall.UniqueConsecutive.class,
                    Uniques::uniqueConsecutive)
                .samples(
                    s ->
                        List.of(
                            sample(s.integers(2, 2, 4)),
                            sample(s.tensor(2, 3), true, true),
                            sample(s.integers(2, 4, 2), true, true, 0)))
                .notDifferentiable());
      }
    }
  }

  private Uniques() {}

  static Tensor[] unique(
      Tensor self,
      boolean sorted,
      boolean returnInverse,
      boolean returnCounts,
      @Nullable Integer dim) {
    Tensor rows = rows(self, dim);
    return results(self, dim, groups(rows), returnInverse, returnCounts);
  }

  static Tensor[] uniqueConsecutive(
      Tensor self, boolean returnInverse, boolean returnCounts, @Nullable Integer dim) {
    Tensor rows = rows(self, dim);
    Tensor changes =
        rows.size(1) == 0
            ? Primitives.zeros(Shape.of(rows.size(0)), DType.INT64, rows)
            : Mode.changes(rows, 0).any(1, false).to(DType.INT64);
    return results(self, dim, sums(changes, 0), returnInverse, returnCounts);
  }

  /** What is compared, as the rows of a matrix. */
  private static Tensor rows(Tensor self, @Nullable Integer dim) {
    Tensor x = MaxMin.ordered(self);
    if (dim == null) {
      return x.reshape(self.numel(), 1);
    }
    int d = self.shape().wrap(dim);
    if (self.dim() == 0) {
      return x.reshape(1, 1);
    }
    long empty = 0;
    for (long size : self.shape().toArray()) {
      empty += size == 0 ? 1 : 0;
    }
    if (self.size(d) == 0 && empty != 1) {
      throw new ArgumentException(
          "Number of zero sized dimensions is more than one, so unique cannot be applied ");
    }
    if (self.size(d) != 0 && empty != 0) {
      throw new ArgumentException(
          "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied");
    }
    long columns = 1;
    for (int i = 0; i < self.dim(); i++) {
      columns *= i == d ? 1 : self.size(i);
    }
    return x.movedim(d, 0).reshape(self.size(d), columns);
  }

  private static Tensor sums(Tensor x, int dim) {
    return Primitives.scan(ScanKind.SUM, x, dim, false, DType.INT64);
  }

  /**
   * {@return for each row the number of its group, in lexicographic order}
   *
   * <p>First each column's elements are given their ranks; then pairs of neighbouring columns are
   * made one, whose rank follows from the two. Each such step halves the columns.
   */
  private static Tensor groups(Tensor rows) {
    long n = rows.size(0);
    Tensor ranks =
        rows.size(1) == 0 ? Primitives.zeros(Shape.of(n, 1), DType.INT64, rows) : ranks(rows);
    while (ranks.size(1) > 1) {
      long columns = ranks.size(1);
      Tensor left = ranks.slice(1, 0, columns, 2);
      Tensor right = ranks.slice(1, 1, columns, 2);
      if (columns % 2 != 0) {
        Tensor none = Primitives.zeros(Shape.of(n, 1), DType.INT64, rows);
        right = Joins.cat(new Tensor[] {right, none}, 1);
      }
      ranks = ranks(left.mul(n).add(right));
    }
    return ranks.select(1, 0);
  }

  /** The ranks of elements in their column, from 0, the same for equal ones. */
  private static Tensor ranks(Tensor columns) {
    Tensor[] sorted = Primitives.sort(columns, 0, false);
    Tensor ranks = sums(Mode.changes(sorted[0], 0), 0);
    return Primitives.scatterAdd(columns.shape(), 0, sorted[1], ranks);
  }

  private static Tensor[] results(
      Tensor self,
      @Nullable Integer dim,
      Tensor groups,
      boolean returnInverse,
      boolean returnCounts) {
    long n = groups.numel();
    long count = n == 0 ? 0 : groups.max().toLongArray()[0] + 1;
    Tensor x = self.detach();
    Tensor first = firsts(groups, count);
    List<Tensor> results = new ArrayList<>();
    results.add(
        dim == null
            ? Picking.indexSelect(x.reshape(self.numel()), 0, first)
            : Picking.indexSelect(atLeast1d(x), dim, first));
    if (returnInverse) {
      results.add(dim == null ? groups.reshape(self.shape().toArray()) : groups);
    }
    if (returnCounts) {
      Tensor ones = Tensors.onesLike(groups);
      results.add(Primitives.scatterAdd(Shape.of(count), 0, groups, ones));
    }
    return results.toArray(new Tensor[0]);
  }

  private static Tensor atLeast1d(Tensor tensor) {
    return tensor.dim() == 0 ? tensor.reshape(1) : tensor;
  }

  /** The first row of each group. */
  private static Tensor firsts(Tensor groups, long count) {
    Tensor[] sorted = Primitives.sort(groups, 0, false);
    Tensor changes = Mode.changes(sorted[0], 0);
    Expr isFirst = Expr.input(0, DType.INT64).ne(0L).or(Expr.index(0).eq(0L));
    Expr row = Expr.input(1, DType.INT64);
    Expr rowOrNothing = Expr.select(isFirst, row, Expr.literal(DType.INT64, 0L));
    Tensor rows =
        Primitives.pointwise(Kernel.of(rowOrNothing), new Tensor[] {changes, sorted[1]})[0];
    return Primitives.scatterAdd(Shape.of(count), 0, sorted[0], rows);
  }
}
