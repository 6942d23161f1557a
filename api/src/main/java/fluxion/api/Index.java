package fluxion.api;

/** One part of an index expression, as between the brackets of Python's {@code x[…]}. */
public final class Index {
  private enum Kind {
    AT,
    SLICE,
    ELLIPSIS,
    NEW_AXIS
  }

  private static final Index ALL = new Index(Kind.SLICE, 0, Long.MAX_VALUE, 1);
  private static final Index ELLIPSIS = new Index(Kind.ELLIPSIS, 0, 0, 0);
  private static final Index NEW_AXIS = new Index(Kind.NEW_AXIS, 0, 0, 0);

  private final Kind kind;
  private final long start;
  private final long end;
  private final long step;

  private Index(Kind kind, long start, long end, long step) {
    this.kind = kind;
    this.start = start;
    this.end = end;
    this.step = step;
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
    int used = 0;
    int ellipses = 0;
    for (Index index : indices) {
      used += index.kind == Kind.AT || index.kind == Kind.SLICE ? 1 : 0;
      ellipses += index.kind == Kind.ELLIPSIS ? 1 : 0;
    }
    if (ellipses > 1) {
      throw new IndexException("an index can only have a single ellipsis ('...')");
    }
    if (tensor.dim() == 0 && used > 0) {
      throw new IndexException(
          "invalid index of a 0-dim tensor. Use `tensor.item()` in Python or `tensor.item<T>()` in"
              + " C++ to convert a 0-dim tensor to a number");
    }
    if (used > tensor.dim()) {
      throw new IndexException("too many indices for tensor of dimension " + tensor.dim());
    }
    int skipped = tensor.dim() - used;
    int dim = 0;
    Tensor result = tensor;
    for (Index index : indices) {
      switch (index.kind) {
        case AT -> {
          long size = result.size(dim);
          if (index.start < -size || index.start >= size) {
            throw new IndexException(
                "index "
                    + index.start
                    + " is out of bounds for dimension "
                    + dim
                    + " with size "
                    + size);
          }
          result = result.select(dim, index.start);
        }
        case SLICE -> {
          if (index != ALL) {
            result = result.slice(dim, index.start, index.end, index.step);
          }
          dim++;
        }
        case ELLIPSIS -> dim += skipped;
        case NEW_AXIS -> result = result.unsqueeze(dim++);
      }
    }
    return result;
  }
}
