package fluxion.backend.cpu.convolution;

import java.lang.ref.SoftReference;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Arrays that each thread keeps, one for each use, while there is memory. */
final class Scratch {
  /** What an array is used for. */
  enum Use {
    STAGED,
    PRODUCT,
    PLANE,
    ROWS,
    KERNELS
  }

  /** Longer arrays are not kept. */
  private static final int MOST = 1 << 22;

  private static final ThreadLocal<@Nullable SoftReference<Scratch>> kept = new ThreadLocal<>();

  private final Map<Use, float[]> floats = new EnumMap<>(Use.class);
  private final Map<Use, double[]> doubles = new EnumMap<>(Use.class);

  private int[] places = {};

  private Scratch() {}

  private static Scratch mine() {
    SoftReference<Scratch> reference = kept.get();
    Scratch scratch = reference == null ? null : reference.get();
    if (scratch == null) {
      scratch = new Scratch();
      kept.set(new SoftReference<>(scratch));
    }
    return scratch;
  }

  /** {@return this thread's array for a use, of at least some length and with any content} */
  static float[] floats(Use use, int length) {
    Scratch mine = mine();
    float[] array = mine.floats.get(use);
    if (array == null || array.length < length) {
      array = new float[length];
      if (length <= MOST) {
        mine.floats.put(use, array);
      }
    }
    return array;
  }

  /** {@return the same for float64} */
  static double[] doubles(Use use, int length) {
    Scratch mine = mine();
    double[] array = mine.doubles.get(use);
    if (array == null || array.length < length) {
      array = new double[length];
      if (length <= MOST) {
        mine.doubles.put(use, array);
      }
    }
    return array;
  }

  /** {@return this thread's array for the places of what it has staged} */
  static int[] places(int length) {
    Scratch mine = mine();
    if (length > MOST) {
      return new int[length];
    }
    if (mine.places.length < length) {
      mine.places = new int[length];
    }
    return mine.places;
  }
}
