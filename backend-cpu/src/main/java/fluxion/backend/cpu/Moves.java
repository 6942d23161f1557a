package fluxion.backend.cpu;

/** Moves elements between arrays of one type, without looking at them. */
final class Moves {
  private Moves() {}

  /** Copies a run: {@code target[to + i·toStep] = source[from + i·fromStep]}. */
  static void copy(
      Object source, int from, int fromStep, Object target, int to, int toStep, int n) {
    if (fromStep == 1 && toStep == 1) {
      System.arraycopy(source, from, target, to, n);
      return;
    }
    switch (source) {
      case float[] x -> {
        float[] y = (float[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[from + i * fromStep];
        }
      }
      case double[] x -> {
        double[] y = (double[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[from + i * fromStep];
        }
      }
      case long[] x -> {
        long[] y = (long[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[from + i * fromStep];
        }
      }
      case int[] x -> {
        int[] y = (int[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[from + i * fromStep];
        }
      }
      case short[] x -> {
        short[] y = (short[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[from + i * fromStep];
        }
      }
      case byte[] x -> {
        byte[] y = (byte[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[from + i * fromStep];
        }
      }
      default -> throw new IllegalStateException("no array of elements: " + source.getClass());
    }
  }

  /** Picks elements: {@code target[to + i·toStep] = source[places[i]]}. */
  static void pick(Object source, int[] places, Object target, int to, int toStep, int n) {
    switch (source) {
      case float[] x -> {
        float[] y = (float[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[places[i]];
        }
      }
      case double[] x -> {
        double[] y = (double[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[places[i]];
        }
      }
      case long[] x -> {
        long[] y = (long[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[places[i]];
        }
      }
      case int[] x -> {
        int[] y = (int[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[places[i]];
        }
      }
      case short[] x -> {
        short[] y = (short[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[places[i]];
        }
      }
      case byte[] x -> {
        byte[] y = (byte[]) target;
        for (int i = 0; i < n; i++) {
          y[to + i * toStep] = x[places[i]];
        }
      }
      default -> throw new IllegalStateException("no array of elements: " + source.getClass());
    }
  }

  /** Puts elements, in order: {@code target[places[i]] = source[from + i·fromStep]}. */
  static void put(Object source, int from, int fromStep, Object target, int[] places, int n) {
    switch (source) {
      case float[] x -> {
        float[] y = (float[]) target;
        for (int i = 0; i < n; i++) {
          y[places[i]] = x[from + i * fromStep];
        }
      }
      case double[] x -> {
        double[] y = (double[]) target;
        for (int i = 0; i < n; i++) {
          y[places[i]] = x[from + i * fromStep];
        }
      }
      case long[] x -> {
        long[] y = (long[]) target;
        for (int i = 0; i < n; i++) {
          y[places[i]] = x[from + i * fromStep];
        }
      }
      case int[] x -> {
        int[] y = (int[]) target;
        for (int i = 0; i < n; i++) {
          y[places[i]] = x[from + i * fromStep];
        }
      }
      case short[] x -> {
        short[] y = (short[]) target;
        for (int i = 0; i < n; i++) {
          y[places[i]] = x[from + i * fromStep];
        }
      }
      case byte[] x -> {
        byte[] y = (byte[]) target;
        for (int i = 0; i < n; i++) {
          y[places[i]] = x[from + i * fromStep];
        }
      }
      default -> throw new IllegalStateException("no array of elements: " + source.getClass());
    }
  }
}
