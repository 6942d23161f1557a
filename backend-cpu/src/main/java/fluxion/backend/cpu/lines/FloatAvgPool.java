package fluxion.backend.cpu.lines;

import java.util.Arrays;

/**
 * Average pooling of planes of float32, and its gradient. The elements of a window are added up in
 * row-major order; an element of the gradient is the sum of its windows' shares, from the last
 * window to the first.
 *
 * <p>These loops need no vectors to be fast, and serve from the first call on. An object is the
 * working memory of one thread.
 */
public final class FloatAvgPool {
  /** How many planes are summed side by side. */
  public static final int GROUP = 4;

  private final Windows rows;
  private final Windows columns;
  private final float[] divisors;

  /** The sums of a row of windows. */
  private final float[] sums;

  /** What each window of a plane gives to its elements. */
  private final float[] shares;

  /** The windows of a row that have all their elements. */
  private final int firstWhole;

  private final int endWhole;

  /**
   * How windows slide along a dimension.
   *
   * @param size the number of elements
   * @param output the number of windows
   * @param kernel the number of elements of a window
   * @param stride the step from one window to the next
   * @param padding how many elements the first window starts before the first element
   */
  public record Windows(int size, int output, int kernel, int stride, int padding) {
    /** {@return the first window whose element {@code k} there is} */
    int first(int k) {
      return Math.clamp(Math.ceilDiv(padding - k, stride), 0, output);
    }

    /** {@return the bound of the windows whose element {@code k} there is} */
    int end(int k) {
      return Math.clamp(Math.floorDiv(size - 1 + padding - k, stride) + 1, first(k), output);
    }

    /** {@return the first element of a window that there is, or the bound if there is none} */
    int from(int window) {
      return Math.clamp((long) window * stride - padding, 0, size);
    }

    /** {@return the bound of the elements of a window that there are} */
    int to(int window) {
      return Math.clamp((long) window * stride - padding + kernel, from(window), size);
    }

    /** {@return whether no element lies in two windows} */
    boolean areApart() {
      return stride >= kernel || output == 1;
    }

    /** {@return whether there is one window, with all elements} */
    boolean isWhole() {
      return output == 1 && from(0) == 0 && to(0) == size;
    }
  }

  /**
   * Loops for planes of one size.
   *
   * @param rows how windows slide down
   * @param columns how they slide across
   * @param divisors by what the sums are divided: one for all windows, or one for each
   */
  public FloatAvgPool(Windows rows, Windows columns, float[] divisors) {
    this.rows = rows;
    this.columns = columns;
    this.divisors = divisors;
    this.sums = new float[columns.output];
    this.shares = new float[rows.output * columns.output];
    this.firstWhole = columns.first(0);
    this.endWhole = Math.max(columns.end(columns.kernel - 1), firstWhole);
  }

  /**
   * {@return whether a plane is one window, and lies in memory as a run}
   *
   * @param step the step from one row to the next
   */
  public boolean isRun(int step) {
    return rows.isWhole() && columns.isWhole() && (step == columns.size || rows.size == 1);
  }

  /**
   * Computes the means of planes that {@linkplain #isRun are runs}.
   *
   * @param x what is read
   * @param from where each plane starts
   * @param planes how many there are, at most {@link #GROUP}
   * @param y receives their means
   * @param to where the first goes
   */
  public void means(float[] x, int[] from, int planes, float[] y, int to) {
    int n = rows.size * columns.size;
    int first = from[0];
    int second = from[1];
    int third = from[2];
    int fourth = from[3];
    float a = 0;
    float b = 0;
    float c = 0;
    float d = 0;
    for (int i = 0; i < n; i++) {
      a += x[first + i];
      b += x[second + i];
      c += x[third + i];
      d += x[fourth + i];
    }
    float[] all = {a, b, c, d};
    for (int plane = 0; plane < planes; plane++) {
      y[to + plane] = mean(all[plane], divisors[0]);
    }
  }

  /** Divides; every NaN is the same one. */
  private static float mean(float sum, float divisor) {
    float mean = sum / divisor;
    return Float.isNaN(mean) ? Float.NaN : mean;
  }

  /**
   * Pools one plane.
   *
   * @param x what is read, rows of contiguous elements
   * @param from the first element
   * @param step the step from one row to the next
   * @param y receives the means
   * @param to where the first goes
   */
  public void pool(float[] x, int from, int step, float[] y, int to) {
    for (int row = 0; row < rows.output; row++) {
      Arrays.fill(sums, 0);
      int end = rows.to(row);
      for (int i = rows.from(row); i < end; i++) {
        add(x, from + i * step);
      }
      int at = row * columns.output;
      for (int window = 0; window < columns.output; window++) {
        float divisor = divisors[divisors.length == 1 ? 0 : at + window];
        y[to + at + window] = mean(sums[window], divisor);
      }
    }
  }

  /** Adds the elements of a row to the sums of their windows. */
  private void add(float[] x, int at) {
    cut(x, at, 0, firstWhole);
    whole(x, at - columns.padding, columns.stride, columns.kernel);
    cut(x, at, endWhole, columns.output);
  }

  /** Adds what there is of the elements of windows. */
  private void cut(float[] x, int at, int first, int end) {
    for (int window = first; window < end; window++) {
      float sum = sums[window];
      int bound = columns.to(window);
      for (int j = columns.from(window); j < bound; j++) {
        sum += x[at + j];
      }
      sums[window] = sum;
    }
  }

  private void whole(float[] x, int at, int stride, int kernel) {
    switch (kernel) {
      case 2 -> {
        for (int window = firstWhole; window < endWhole; window++) {
          int j = at + window * stride;
          sums[window] = sums[window] + x[j] + x[j + 1];
        }
      }
      case 3 -> {
        for (int window = firstWhole; window < endWhole; window++) {
          int j = at + window * stride;
          sums[window] = sums[window] + x[j] + x[j + 1] + x[j + 2];
        }
      }
      default -> {
        for (int window = firstWhole; window < endWhole; window++) {
          float sum = sums[window];
          int j = at + window * stride;
          for (int k = 0; k < kernel; k++) {
            sum += x[j + k];
          }
          sums[window] = sum;
        }
      }
    }
  }

  /**
   * Computes the gradient of one plane.
   *
   * @param g the means' cotangents
   * @param from the first of them
   * @param rowStep the step from one row of them to the next
   * @param columnStep the step from one to the next
   * @param target receives the gradient, one element after another
   * @param to where the first goes
   */
  public void gradient(float[] g, int from, int rowStep, int columnStep, float[] target, int to) {
    int n = columns.output;
    for (int row = 0; row < rows.output; row++) {
      int at = row * n;
      int place = from + row * rowStep;
      for (int window = 0; window < n; window++) {
        float divisor = divisors[divisors.length == 1 ? 0 : at + window];
        shares[at + window] = g[place + window * columnStep] / divisor;
      }
    }
    if (rows.areApart()) {
      apart(target, to);
      return;
    }
    for (int row = 0; row < rows.size; row++) {
      int at = to + row * columns.size;
      Arrays.fill(target, at, at + columns.size, 0);
      int first = Math.max(Math.floorDiv(row + rows.padding - rows.kernel, rows.stride) + 1, 0);
      int last = Math.min((row + rows.padding) / rows.stride, rows.output - 1);
      for (int window = last; window >= first; window--) {
        spread(window, target, at);
      }
    }
  }

  /** Rows that lie in no two windows; those of one are alike. */
  private void apart(float[] target, int to) {
    int width = columns.size;
    int done = 0;
    for (int window = 0; window < rows.output; window++) {
      int row = rows.from(window);
      int end = rows.to(window);
      if (row == end) {
        continue;
      }
      Arrays.fill(target, to + done * width, to + row * width, 0);
      int at = to + row * width;
      if (columns.isWhole()) {
        Arrays.fill(target, at, to + end * width, 0 + shares[window]);
      } else {
        Arrays.fill(target, at, at + width, 0);
        spread(window, target, at);
        for (int i = row + 1; i < end; i++) {
          System.arraycopy(target, at, target, to + i * width, width);
        }
      }
      done = end;
    }
    Arrays.fill(target, to + done * width, to + rows.size * width, 0);
  }

  /** Adds the shares of a row of windows to a row of elements. */
  private void spread(int row, float[] target, int at) {
    int share = row * columns.output;
    int stride = columns.stride;
    if (stride == 1) {
      neighbours(share, target, at);
    } else if (stride == 2 && columns.kernel == 2) {
      pairs(share, target, at);
    } else {
      for (int k = 0; k < columns.kernel; k++) {
        int place = at + k - columns.padding;
        int end = columns.end(k);
        for (int window = columns.first(k); window < end; window++) {
          target[place + window * stride] += shares[share + window];
        }
      }
    }
  }

  /** Windows one element apart: each element gathers from its own, the last one first. */
  private void neighbours(int share, float[] target, int at) {
    int kernel = columns.kernel;
    int padding = columns.padding;
    int first = Math.min(Math.max(kernel - 1 - padding, 0), columns.size);
    int end = Math.clamp(columns.output - (long) padding, first, columns.size);
    few(share, target, at, 0, first);
    int last = share + padding;
    switch (kernel) {
      case 2 -> {
        for (int j = first; j < end; j++) {
          target[at + j] = target[at + j] + shares[last + j] + shares[last + j - 1];
        }
      }
      case 3 -> {
        for (int j = first; j < end; j++) {
          float sum = target[at + j] + shares[last + j] + shares[last + j - 1];
          target[at + j] = sum + shares[last + j - 2];
        }
      }
      default -> {
        for (int j = first; j < end; j++) {
          float sum = target[at + j];
          for (int k = 0; k < kernel; k++) {
            sum += shares[last + j - k];
          }
          target[at + j] = sum;
        }
      }
    }
    few(share, target, at, end, columns.size);
  }

  /** Elements for which there are not all windows. */
  private void few(int share, float[] target, int at, int first, int end) {
    for (int j = first; j < end; j++) {
      int place = j + columns.padding;
      int window = Math.min(place, columns.output - 1);
      int bound = Math.max(place - columns.kernel + 1, 0);
      for (; window >= bound; window--) {
        target[at + j] += shares[share + window];
      }
    }
  }

  /** Windows of two elements, side by side. */
  private void pairs(int share, float[] target, int at) {
    int place = at - columns.padding;
    int cut = Math.min(firstWhole, columns.end(1));
    for (int window = columns.first(1); window < cut; window++) {
      target[place + window * 2 + 1] += shares[share + window];
    }
    for (int window = firstWhole; window < endWhole; window++) {
      float value = shares[share + window];
      target[place + window * 2] += value;
      target[place + window * 2 + 1] += value;
    }
    int end = columns.end(0);
    for (int window = endWhole; window < end; window++) {
      target[place + window * 2] += shares[share + window];
    }
  }
}
