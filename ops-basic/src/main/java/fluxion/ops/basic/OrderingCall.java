package fluxion.ops.basic;

import fluxion.api.Scalar;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** Forms of call of operators that sort, search and find what is equal. */
public final class OrderingCall {
  private OrderingCall() {}

  /** A sort that says whether equal elements keep their order. */
  @FunctionalInterface
  public interface StableSort {
    /**
     * {@return sorted values and the indices that they had}
     *
     * @param self the tensor
     * @param stable whether equal elements have to keep their order; they always do
     * @param dim the dimension
     * @param descending whether the largest comes first
     */
    Tensor[] apply(Tensor self, @Nullable Boolean stable, int dim, boolean descending);
  }

  /** The indices that sort a tensor. */
  @FunctionalInterface
  public interface Argsort {
    /**
     * {@return the indices}
     *
     * @param self the tensor
     * @param dim the dimension
     * @param descending whether the largest comes first
     */
    Tensor apply(Tensor self, int dim, boolean descending);
  }

  /** The indices that sort a tensor, where it is said whether equal elements keep their order. */
  @FunctionalInterface
  public interface StableArgsort {
    /**
     * {@return the indices}
     *
     * @param self the tensor
     * @param stable whether equal elements have to keep their order; they always do
     * @param dim the dimension
     * @param descending whether the largest comes first
     */
    Tensor apply(Tensor self, boolean stable, int dim, boolean descending);
  }

  /** The element of a rank along a dimension. */
  @FunctionalInterface
  public interface Kth {
    /**
     * {@return values and int64 indices}
     *
     * @param self the tensor
     * @param k the rank, from 1 for the smallest
     * @param dim the dimension
     * @param keepdim whether the dimension stays with size 1
     */
    Tensor[] apply(Tensor self, long k, int dim, boolean keepdim);
  }

  /** The different elements. */
  @FunctionalInterface
  public interface Unique {
    /**
     * {@return the different elements; then, as far as asked for, where each element is among them
     * and how often each occurs}
     *
     * @param self the tensor
     * @param sorted whether they have to be sorted; they always are
     * @param returnInverse whether to say where each element is
     * @param returnCounts whether to count
     * @param dim the dimension of which slices are compared, or null for elements
     */
    Tensor[] apply(
        Tensor self,
        boolean sorted,
        boolean returnInverse,
        boolean returnCounts,
        @Nullable Integer dim);
  }

  /** The first of each run of equal elements. */
  @FunctionalInterface
  public interface UniqueConsecutive {
    /**
     * {@return the first elements; then, as far as asked for, in which run each element is and how
     * long each is}
     *
     * @param self the tensor
     * @param returnInverse whether to say in which run each element is
     * @param returnCounts whether to count
     * @param dim the dimension of which slices are compared, or null for elements
     */
    Tensor[] apply(Tensor self, boolean returnInverse, boolean returnCounts, @Nullable Integer dim);
  }

  /** Places of tensors in sorted sequences. */
  @FunctionalInterface
  public interface Search {
    /**
     * {@return the indices at which elements would have to be put}
     *
     * @param sortedSequence sorted along its last dimension
     * @param self the elements
     * @param outInt32 whether indices are int32, else int64
     * @param right whether after equal ones
     * @param side {@code left} or {@code right}, or null
     * @param sorter the indices that sort the sequence, or null if it is sorted
     */
    Tensor apply(
        Tensor sortedSequence,
        Tensor self,
        boolean outInt32,
        boolean right,
        @Nullable String side,
        @Nullable Tensor sorter);
  }

  /** The place of a number in a sorted sequence. */
  @FunctionalInterface
  public interface SearchNumber {
    /**
     * {@return the index at which the number would have to be put}
     *
     * @param sortedSequence sorted, of one dimension
     * @param self the number
     * @param outInt32 whether the index is an int32, else an int64
     * @param right whether after equal ones
     * @param side {@code left} or {@code right}, or null
     * @param sorter the indices that sort the sequence, or null if it is sorted
     */
    Tensor apply(
        Tensor sortedSequence,
        Scalar self,
        boolean outInt32,
        boolean right,
        @Nullable String side,
        @Nullable Tensor sorter);
  }

  /** The buckets of tensors. */
  @FunctionalInterface
  public interface Bucketize {
    /**
     * {@return the indices of the buckets}
     *
     * @param self the elements
     * @param boundaries the boundaries, sorted, of one dimension
     * @param outInt32 whether indices are int32, else int64
     * @param right whether a boundary belongs to the bucket after it
     */
    Tensor apply(Tensor self, Tensor boundaries, boolean outInt32, boolean right);
  }

  /** The bucket of a number. */
  @FunctionalInterface
  public interface BucketizeNumber {
    /**
     * {@return the index of the bucket}
     *
     * @param self the number
     * @param boundaries the boundaries, sorted, of one dimension
     * @param outInt32 whether the index is an int32, else an int64
     * @param right whether a boundary belongs to the bucket after it
     */
    Tensor apply(Scalar self, Tensor boundaries, boolean outInt32, boolean right);
  }
}
