package fluxion.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One part of an index expression, as between the brackets of Python's {@code x[…]}. */
public final class Index {
  private enum Kind {
    AT,
    SLICE,
    ELLIPSIS,
    NEW_AXIS,
    TENSOR
  }

  private static final Index ALL = new Index(Kind.SLICE, 0, Long.MAX_VALUE, 1);
  private static final Index ELLIPSIS = new Index(Kind.ELLIPSIS, 0, 0, 0);
  private static final Index NEW_AXIS = new Index(Kind.NEW_AXIS, 0, 0, 0);

  private final Kind kind;
  private final long start;
  private final long end;
  private final long step;
  private final @Nullable Tensor tensor;

  private Index(Kind kind, long start, long end, long step) {
    this(kind, start, end, step, null);
  }

  private Index(Kind kind, long start, long end, long step, @Nullable Tensor tensor) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.step = step;
    this.tensor = tensor;
  }

  /**
   * {@return indices of a dimension, or a mask of one or several}
   *
   * <p>What indices pick is a copy. Several tensors of indices are broadcast and taken together, as
   * in PyTorch; their dimensions stand in the place of those that they index if these are
   * neighbours, else in front.
   *
   * @param indices int64 indices, negative from the end; or a bool tensor, which picks where it is
   *     true and has the sizes of the dimensions that it stands for
   */
  public static Index of(Tensor indices) {
    boolean number = indices.dim() == 0 && indices.dtype() == DType.INT64;
    return number ? at(indices.itemLong()) : new Index(Kind.TENSOR, 0, 0, 0, indices);
  }

  /**
   * {@return several indices of a dimension, as a list in Python}
   *
   * @param indices the indices, negative from the end
   */
  public static Index list(long... indices) {
    return of(Tensors.tensor(indices));
  }

  /**
   * {@return one index; its dimension is dropped}
   *
   * @param index the index, negative from the end
   */
  public static Index at(long index) {
    return new Index(Kind.AT, index, 0, 0);
  }

  /** {@return the whole dimension: {@code :}} */
  public static Index all() {
    return ALL;
  }

  /**
   * {@return a range: {@code start:end}}
   *
   * @param start the first index, negative from the end
   * @param end the bound, negative from the end
   */
  public static Index slice(long start, long end) {
    return slice(start, end, 1);
  }

  /**
   * {@return a range with a step: {@code start:end:step}}
   *
   * @param start the first index, negative from the end
   * @param end the bound, negative from the end; {@link Long#MAX_VALUE} for all
   * @param step the step, at least 1
   */
  public static Index slice(long start, long end, long step) {
    return new Index(Kind.SLICE, start, end, step);
  }

  /** {@return all dimensions that the other parts leave: {@code ...}} */
  public static Index ellipsis() {
    return ELLIPSIS;
  }

  /** {@return a new dimension of size 1: {@code None}} */
  public static Index newAxis() {
    return NEW_AXIS;
  }

  static Tensor apply(Tensor tensor, Index... indices) {
    Picked picked = pick(tensor, indices);
    return picked.tensors.isEmpty()
        ? picked.view
        : SelectionSites.INDEX.get().apply(picked.view, picked.expression());
  }

  static Tensor put(Tensor tensor, Tensor value, Index... indices) {
    Picked picked = pick(tensor, indices);
    Tensor values = value.to(tensor.dtype());
    if (picked.tensors.isEmpty()) {
      picked.view.copy_(withoutLeadingOnes(values, picked.view.dim()));
    } else {
      int rank = SelectionSites.INDEX.get().apply(picked.view.detach(), picked.expression()).dim();
      SelectionSites.INDEX_PUT_
          .get()
          .apply(picked.view, picked.expression(), withoutLeadingOnes(values, rank), false);
    }
    return tensor;
  }

  /** Python's assignment passes over sizes of 1 that a value has in front. */
  private static Tensor withoutLeadingOnes(Tensor values, int rank) {
    Tensor result = values;
    while (result.dim() > rank && result.size(0) == 1) {
      result = result.squeeze(0);
    }
    return result;
  }

  /** The view that all but tensors pick, and the tensors with the dimensions that they index. */
  private record Picked(Tensor view, List<Tensor> tensors, List<Integer> dims) {
    /** For each dimension, or dimensions that a mask stands for, the indices or null. */
    @Nullable Tensor[] expression() {
      List<@Nullable Tensor> parts = new ArrayList<>();
      int next = 0;
      for (int i = 0; i < dims.size(); i++) {
        for (; next < dims.get(i); next++) {
          parts.add(null);
        }
        parts.add(tensors.get(i));
        next += span(tensors.get(i));
      }
      return parts.toArray(new @Nullable Tensor[0]);
    }
  }

  private static boolean isMask(Tensor tensor) {
    return tensor.dtype() == DType.BOOL || tensor.dtype() == DType.UINT8;
  }

  /** How many dimensions a tensor of indices, or a mask, stands for. */
  private static int span(Tensor tensor) {
    return isMask(tensor) ? tensor.dim() : 1;
  }

  private int used() {
    return switch (kind) {
      case AT, SLICE -> 1;
      case TENSOR -> tensor == null ? 0 : span(tensor);
      default -> 0;
    };
  }

  private static Picked pick(Tensor tensor, Index... indices) {
    int used = 0;
    int ellipses = 0;
    boolean plain = false;
    for (Index index : indices) {
      used += index.used();
      ellipses += index.kind == Kind.ELLIPSIS ? 1 : 0;
      plain |= index.kind == Kind.AT || index.kind == Kind.SLICE;
    }
    if (ellipses > 1) {
      throw new IndexException("an index can only have a single ellipsis ('...')");
    }
    if (tensor.dim() == 0 && plain) {
      throw new IndexException(
          "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in"
              + " C++ to convert a 0-dim tensor to a number");
    }
    if (used > tensor.dim()) {
      throw new IndexException("too many indices for tensor of dimension " + tensor.dim());
    }
    int skipped = tensor.dim() - used;
    int dim = 0;
    Picked picked = new Picked(tensor, new ArrayList<>(), new ArrayList<>());
    Tensor result = tensor;
    for (Index index : indices) {
      switch (index.kind) {
        case AT -> result = select(result, dim, index.start);
        case SLICE -> {
          if (index != ALL) {
            result = result.slice(dim, index.start, index.end, index.step);
          }
          dim++;
        }
        case ELLIPSIS -> dim += skipped;
        case NEW_AXIS -> result = result.unsqueeze(dim++);
        case TENSOR -> {
          Tensor chosen = Objects.requireNonNull(index.tensor);
          if (chosen.dim() == 0 && isMask(chosen)) {
            result = result.unsqueeze(dim);
            chosen = chosen.reshape(1);
          }
          picked.tensors.add(chosen.to(tensor.device()));
          picked.dims.add(dim);
          dim += span(chosen);
        }
      }
    }
    return new Picked(result, picked.tensors, picked.dims);
  }

  private static Tensor select(Tensor tensor, int dim, long index) {
    long size = tensor.size(dim);
    if (index < -size || index >= size) {
      throw new IndexException(
          "index " + index + " is out of bounds for dimension " + dim + " with size " + size);
    }
    return tensor.select(dim, index);
  }
}
