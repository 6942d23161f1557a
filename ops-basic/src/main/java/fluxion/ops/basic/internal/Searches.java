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
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.ops.basic.OrderingCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Places in sorted sequences, all found at once by bisection. */
final class Searches {
  private static final String SEARCH =
      ", *, bool out_int32=False, bool right=False, str? side=None, Tensor? sorter=None)";
  private static final String BUCKETIZE =
      ", Tensor boundaries, *, bool out_int32=False, bool right=False)";

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("searchsorted")) {
        t.add(
            named("searchsorted")
                .overload(
                    "(Tensor sorted_sequence, Tensor self" + SEARCH,
                    OrderingCall.Search.class,
                    Searches::searchsorted)
                .overload(
                    "(Tensor sorted_sequence, Scalar self" + SEARCH,
                    OrderingCall.SearchNumber.class,
                    (sequence, number, outInt32, right, side, sorter) ->
                        searchsorted(
                            sequence, tensor(number, sequence), outInt32, right, side, sorter))
                .samples(
                    s ->
                        List.of(
                            sample(s.integers(3, 4).cumsum(0), s.integers(9, 2, 3)),
                            sample(s.integers(3, 2, 4).cumsum(1), s.integers(9, 2, 3)),
                            sample(s.integers(3, 4).cumsum(0), 2)))
                .notDifferentiable());
      }
      if (t.has("bucketize")) {
        t.add(
            named("bucketize")
                .overload(
                    "(Tensor self" + BUCKETIZE, OrderingCall.Bucketize.class, Searches::bucketize)
                .overload(
                    "(Scalar self" + BUCKETIZE,
                    OrderingCall.BucketizeNumber.class,
                    (number, boundaries, outInt32, right) ->
                        bucketize(tensor(number, boundaries), boundaries, outInt32, right))
                .samples(
                    s ->
                        List.of(
                            sample(s.integers(9, 2, 3), s.integers(3, 4).cumsum(0)),
                            sample(2, s.integers(3, 4).cumsum(0))))
                .notDifferentiable());
      }
    }
  }

  private Searches() {}

  /** A number as a tensor without dimensions, in a dtype of its own kind. */
  private static Tensor tensor(Scalar number, Tensor like) {
    DType dtype =
        number.isFloatingPoint() && !like.dtype().isFloatingPoint() ? DType.FLOAT32 : like.dtype();
    return Tensors.full(number, TensorOptions.of(dtype).device(like.device()));
  }

  static Tensor bucketize(Tensor self, Tensor boundaries, boolean outInt32, boolean right) {
    if (boundaries.dim() != 1) {
      throw new ShapeException(
          "boundaries tensor must be 1 dimension, but got dim(" + boundaries.dim() + ")");
    }
    return searchsorted(boundaries, self, outInt32, right, null, null);
  }

  static Tensor searchsorted(
      Tensor sequence,
      Tensor self,
      boolean outInt32,
      boolean right,
      @Nullable String side,
      @Nullable Tensor sorter) {
    boolean after = isRight(right, side);
    checkShapes(sequence, self);
    checkSorter(sequence, sorter);
    DType dtype = DType.promote(sequence.dtype(), self.dtype());
    Tensor boundaries = sequence.detach();
    if (sorter != null && sorter.numel() > 0) {
      boundaries = Primitives.gather(boundaries, sequence.dim() - 1, sorter);
    }
    Tensor values = self.detach().to(dtype);
    boundaries = boundaries.to(dtype);
    Tensor found;
    if (sequence.dim() == 1) {
      found =
          bisect(boundaries, values.reshape(self.numel()), after).reshape(self.shape().toArray());
    } else {
      found = bisect(boundaries, values, after);
    }
    return outInt32 ? found.to(DType.INT32) : found;
  }

  private static boolean isRight(boolean right, @Nullable String side) {
    if (side == null) {
      return right;
    }
    if (!side.equals("left") && !side.equals("right")) {
      throw new ArgumentException(
          "torch.searchsorted(): side can only be 'left' or 'right' but got " + side);
    }
    if (right && side.equals("left")) {
      throw new ArgumentException(
          "torch.searchsorted(): side and right can't be set to opposites, got side of left while"
              + " right was True");
    }
    return side.equals("right");
  }

  private static void checkShapes(Tensor sequence, Tensor self) {
    if (self.dim() == 0 && sequence.dim() != 1) {
      throw new ShapeException(
          "torch.searchsorted(): input value can be a scalar only when boundaries tensor dimension"
              + " is 1, but we got boundaries tensor dim("
              + sequence.dim()
              + ") and input value's dim(0) numel(1)");
    }
    if (sequence.dim() == 0) {
      throw new ShapeException(
          "torch.searchsorted(): boundaries tensor should have positive dimension, but got 0"
              + " dimension");
    }
    boolean fits = sequence.dim() == 1 || sequence.dim() == self.dim();
    for (int d = 0; fits && d < sequence.dim() - 1; d++) {
      fits = sequence.size(d) == self.size(d);
    }
    if (!fits) {
      throw new ShapeException(
          "torch.searchsorted(): boundaries tensor should be 1 dimension or the first N-1"
              + " dimensions of boundaries tensor and input value tensor must match, but we got"
              + " boundaries tensor "
              + sequence.shape()
              + " and input value tensor "
              + self.shape());
    }
  }

  private static void checkSorter(Tensor sequence, @Nullable Tensor sorter) {
    if (sorter == null) {
      return;
    }
    if (!sorter.shape().equals(sequence.shape())) {
      throw new ShapeException(
          "torch.searchsorted(): boundary and sorter must have the same size, but got boundary"
              + " tensor "
              + sequence.shape()
              + "and got sorter tensor "
              + sorter.shape());
    }
    if (sorter.dtype() != DType.INT64) {
      throw new DTypeException(
          "torch.searchsorted(): sorter must be a tensor of long dtype but got dtype "
              + sorter.dtype().typeName());
    }
  }

  /**
   * {@return how many elements of each line are before each value}
   *
   * <p>The number is found from its highest bit on: a step is taken if the element there is before
   * the value, too. A NaN is after all numbers, and no element is after it.
   */
  private static Tensor bisect(Tensor sequence, Tensor values, boolean after) {
    int dim = sequence.dim() - 1;
    long size = sequence.size(dim);
    Tensor place = Primitives.zeros(values.shape(), DType.INT64, values);
    if (size == 0) {
      return place;
    }
    DType dtype = values.dtype();
    DType compute = dtype.computeType();
    Expr at = Expr.input(0, DType.INT64);
    Expr step = Expr.scalar(0, DType.INT64);
    Expr end = Expr.scalar(1, DType.INT64);
    Kernel probe = Kernel.of(at.add(step).min(end).sub(1L));
    Expr element = Expr.input(1, dtype).cast(compute);
    Expr value = Expr.input(2, dtype).cast(compute);
    Expr isBefore = (after ? element.gt(value) : element.ge(value)).not();
    Expr taken = at.add(step).le(end).and(isBefore);
    Kernel next = Kernel.of(Expr.select(taken, at.add(step), at));
    Scalar bound = Scalar.of(size);
    for (long bit = Long.highestOneBit(size); bit > 0; bit /= 2) {
      Scalar by = Scalar.of(bit);
      Tensor probed = Primitives.pointwise(probe, new Tensor[] {place}, by, bound)[0];
      Tensor elements = Primitives.gather(sequence, dim, probed);
      place = Primitives.pointwise(next, new Tensor[] {place, elements, values}, by, bound)[0];
    }
    return place;
  }
}
