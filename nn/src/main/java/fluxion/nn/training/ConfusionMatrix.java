package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Stateful;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How often examples of each class were taken for which: a row a class, a column a prediction. */
public final class ConfusionMatrix implements Stateful {
  private static final int MOST_CLASSES = 10_000;
  private static final int NARROWEST = 5;

  private final int classes;

  /** The cells, row by row, and at the end one for what is no class; null as long as all are 0. */
  private @Nullable Tensor cells;

  /**
   * Makes an empty matrix.
   *
   * @param classes the number of classes
   * @throws ArgumentException if there are none, or more than 10,000
   */
  public ConfusionMatrix(int classes) {
    if (classes < 1 || classes > MOST_CLASSES) {
      throw new ArgumentException(
          "a confusion matrix has 1 to " + MOST_CLASSES + " classes, not " + classes);
    }
    this.classes = classes;
  }

  private Tensor emptyCells(TensorOptions options) {
    return Memory.unscoped(Tensors.zeros(options, (long) classes * classes + 1));
  }

  /**
   * Counts a batch, on its device.
   *
   * <p>That a target is no class shows when the matrix is read.
   *
   * @param outputs scores, {@code [N, classes, …]}, of which the largest counts, or classes of the
   *     targets' shape, as integers
   * @param targets classes, {@code [N, …]}
   * @throws ArgumentException if the shapes do not fit, or the targets are no integers
   */
  public void update(Tensor outputs, Tensor targets) {
    boolean given = Classified.areClasses(outputs, targets);
    if (!given) {
      Classified.check(outputs, targets);
      if (outputs.shape().size(1) != classes) {
        throw new ArgumentException(
            "a confusion matrix of "
                + classes
                + " classes cannot count scores of "
                + outputs.shape().size(1));
      }
    }
    TensorOptions counting = TensorOptions.of(DType.INT64).device(outputs.device());
    try (var _ = Autograd.noGrad()) {
      Tensor counted = cells == null ? emptyCells(counting) : cells;
      try (var _ = Memory.scope()) {
        Tensor actual = flat(targets).to(outputs.device());
        Tensor predicted = flat(given ? outputs : outputs.detach().argmax(1, false));
        Tensor cell = actual.mul(classes).add(predicted);
        Tensor wrong = isNoClass(actual).logicalOr(isNoClass(predicted));
        Tensor index = cell.maskedFill(wrong, (long) classes * classes);
        Tensor ones = Tensors.ones(counting, index.numel());
        counted.indexAdd_(0, index.to(counted.device()), ones.to(counted.device()));
      }
      cells = counted;
    }
  }

  private static Tensor flat(Tensor classes) {
    return classes.to(DType.INT64).reshape(-1);
  }

  private Tensor isNoClass(Tensor values) {
    return values.lt(0L).logicalOr(values.ge((long) classes));
  }

  private long[] read() {
    if (cells == null) {
      return new long[classes * classes + 1];
    }
    long[] read = cells.toLongArray();
    long wrong = read[read.length - 1];
    if (wrong > 0) {
      throw new ArgumentException(
          wrong + " targets or predictions are no class from 0 to " + (classes - 1));
    }
    return read;
  }

  /**
   * {@return the counts, {@code [classes, classes]}, int64 on the CPU}
   *
   * @throws ArgumentException if a target or a prediction was no class
   */
  public Tensor value() {
    long[] read = read();
    long[][] rows = new long[classes][classes];
    for (int row = 0; row < classes; row++) {
      System.arraycopy(read, row * classes, rows[row], 0, classes);
    }
    return Tensors.tensor(rows);
  }

  /**
   * {@return the share of examples whose class was found; NaN of nothing}
   *
   * @throws ArgumentException if a target or a prediction was no class
   */
  public double accuracy() {
    long[] read = read();
    long right = 0;
    long total = 0;
    for (int cell = 0; cell < read.length - 1; cell++) {
      total += read[cell];
      right += cell / classes == cell % classes ? read[cell] : 0;
    }
    return (double) right / total;
  }

  /**
   * {@return for each class the share of its examples that were found; NaN where it has none}
   *
   * @throws ArgumentException if a target or a prediction was no class
   */
  public double[] recall() {
    return shares(read(), classes, 1);
  }

  /**
   * {@return for each class the share of what was taken for it that is of it; NaN where nothing
   * was}
   *
   * @throws ArgumentException if a target or a prediction was no class
   */
  public double[] precision() {
    return shares(read(), 1, classes);
  }

  /** The cells on the diagonal divided by the sums of their rows or columns. */
  private double[] shares(long[] read, int ofClass, int ofOther) {
    double[] shares = new double[classes];
    for (int one = 0; one < classes; one++) {
      long sum = 0;
      for (int other = 0; other < classes; other++) {
        sum += read[one * ofClass + other * ofOther];
      }
      shares[one] = (double) read[one * classes + one] / sum;
    }
    return shares;
  }

  /** Starts anew. */
  public void reset() {
    cells = null;
  }

  @Override
  public Map<String, Object> stateDict() {
    Map<String, Object> dict = new LinkedHashMap<>();
    dict.put("counts", value());
    return dict;
  }

  @Override
  public Runnable prepareLoad(Map<?, ?> dict) {
    SavedFields saved = new SavedFields(this, dict);
    Tensor counts = saved.tensor("counts");
    if (counts != null
        && !(counts.dtype() == DType.INT64
            && counts.dim() == 2
            && counts.shape().size(0) == classes
            && counts.shape().size(1) == classes)) {
      saved.problem(
          "counts: expected torch.int64 of shape ["
              + classes
              + ", "
              + classes
              + "], found "
              + counts.dtype()
              + " of "
              + counts.shape());
    }
    saved.check();
    return () -> {
      Tensor loaded = emptyCells(TensorOptions.of(DType.INT64));
      if (counts != null) {
        loaded.narrow(0, 0, (long) classes * classes).copy_(counts.reshape(-1));
      }
      cells = loaded;
    };
  }

  /** {@return the matrix as a table, a dot for none} */
  @Override
  public String toString() {
    long[] read = read();
    long most = classes - 1L;
    for (long count : read) {
      most = Math.max(most, count);
    }
    int width = Math.max(NARROWEST, Long.toString(most).length() + 2);
    StringBuilder text = new StringBuilder("class |");
    for (int predicted = 0; predicted < classes; predicted++) {
      text.append(padded(Integer.toString(predicted), width));
    }
    text.append("   <- prediction\n------+").append("-".repeat(width * classes)).append('\n');
    for (int actual = 0; actual < classes; actual++) {
      text.append(String.format(Locale.ROOT, "%5d |", actual));
      for (int predicted = 0; predicted < classes; predicted++) {
        long count = read[actual * classes + predicted];
        text.append(padded(count == 0 ? "." : Long.toString(count), width));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String padded(String cell, int width) {
    return " ".repeat(width - cell.length()) + cell;
  }
}
