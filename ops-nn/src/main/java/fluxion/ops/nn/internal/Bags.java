package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Functions;

/** Runs of rows that are taken together. Rows of an index that does not count are left out. */
final class Bags {
  private final int bags;

  /** The bag of each row. */
  private final long[] bag;

  /** Whether a row counts. */
  private final boolean[] counts;

  /**
   * The bags of some rows.
   *
   * @param starts where each bag starts, and at the end the number of rows
   * @param indices the index of each row
   * @param padding the index that does not count, or −1
   */
  Bags(long[] starts, long[] indices, long padding) {
    bags = starts.length - 1;
    bag = new long[indices.length];
    counts = new boolean[indices.length];
    for (int b = 0; b < bags; b++) {
      for (long i = starts[b]; i < starts[b + 1]; i++) {
        bag[(int) i] = b;
        counts[(int) i] = indices[(int) i] != padding;
      }
    }
  }

  private static Tensor integers(Tensor like, long[] values, long... size) {
    TensorOptions options = TensorOptions.of(DType.INT64).device(like.device());
    return Tensors.tensor(values, Shape.of(size), options);
  }

  /** The sum of each bag's rows, in which those that do not count are zero. */
  Tensor sum(Tensor rows) {
    Tensor at = EmbeddingRows.rows(integers(rows, bag, bag.length), rows.size(1));
    return Functions.apply(new AddAt(0, Shape.of(bags, rows.size(1))), rows, at);
  }

  /** The mean of each bag's rows, in which those that do not count are zero. */
  Tensor mean(Tensor rows) {
    long[] sizes = new long[bags];
    for (int i = 0; i < bag.length; i++) {
      sizes[(int) bag[i]] += counts[i] ? 1 : 0;
    }
    for (int b = 0; b < bags; b++) {
      sizes[b] = Math.max(sizes[b], 1);
    }
    return sum(rows).div(integers(rows, sizes, bags, 1).to(rows.dtype()));
  }

  /** The largest element of each bag's rows that count, 0 where there is none. */
  Tensor max(Tensor rows) {
    int[] filled = new int[bags];
    int widest = 0;
    for (int i = 0; i < bag.length; i++) {
      int b = (int) bag[i];
      filled[b] += counts[i] ? 1 : 0;
      widest = Math.max(widest, filled[b]);
    }
    long width = rows.size(1);
    if (widest == 0 || width == 0) {
      return sum(rows).mul(0L);
    }
    // A table of the rows of each bag, filled up with its first.
    long[] table = new long[bags * widest];
    boolean[] empty = new boolean[bags];
    java.util.Arrays.fill(table, -1);
    int[] next = new int[bags];
    for (int i = 0; i < bag.length; i++) {
      int b = (int) bag[i];
      if (counts[i]) {
        table[b * widest + next[b]++] = i;
      }
    }
    for (int b = 0; b < bags; b++) {
      empty[b] = next[b] == 0;
      for (int k = next[b]; k < widest; k++) {
        table[b * widest + k] = empty[b] ? 0 : table[b * widest];
      }
    }
    Tensor at = integers(rows, table, (long) bags * widest);
    Tensor places = EmbeddingRows.rows(at, width).reshape(bags, widest, width);
    Tensor elements =
        Functions.apply(new PickAt(0), rows.detach(), places.reshape((long) bags * widest, width))
            .reshape(bags, widest, width);
    Tensor best = places.gather(1, elements.argmax(1, true)).reshape(bags, width);
    Tensor values = Functions.apply(new PickAt(0), rows, best);
    TensorOptions options = TensorOptions.of(DType.BOOL).device(rows.device());
    Tensor none = Tensors.tensor(empty, Shape.of(bags, 1), options);
    return values.maskedFill(none, 0L);
  }
}
