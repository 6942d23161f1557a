package fluxion.backend.cpu;

import fluxion.api.DType;
import java.lang.reflect.Array;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Arrays that wait to be used again, by kind of array and class of size: four classes a power of
 * two. An array is of whatever length it was first asked for; a request is met by the shortest of
 * its own class that is long enough, else by one of the class above. So a program that repeats
 * itself wastes nothing, and no array is longer than 1.5 times what was asked for.
 *
 * <p>A class is locked for some ten nanoseconds. When the pool is full it is emptied: what comes
 * back from then on is what the program uses now.
 */
final class ArrayPool {
  /** Smaller arrays are made by the virtual machine as fast as they are found here. */
  static final int LEAST_BYTES = 4096;

  private static final int KINDS = 6;
  private static final int CLASSES = 4 * 32;
  private static final int LOOK = 8;

  private static final class Stack {
    private @Nullable Object[] arrays = new @Nullable Object[4];
    private int size;

    synchronized void push(Object array) {
      if (size == arrays.length) {
        arrays = java.util.Arrays.copyOf(arrays, 2 * size);
      }
      arrays[size++] = array;
    }

    /** Takes the shortest of the last few that is long enough; the latest of equal ones. */
    synchronized @Nullable Object pop(int least) {
      int found = -1;
      int best = Integer.MAX_VALUE;
      for (int i = size - 1; i >= 0 && i >= size - LOOK && best > least; i--) {
        int length = Array.getLength(arrays[i]);
        if (length >= least && length < best) {
          best = length;
          found = i;
        }
      }
      if (found < 0) {
        return null;
      }
      Object array = arrays[found];
      size--;
      System.arraycopy(arrays, found + 1, arrays, found, size - found);
      arrays[size] = null;
      return array;
    }

    /** Drops all and says how many elements that were. */
    synchronized long clear() {
      long elements = 0;
      for (int i = 0; i < size; i++) {
        elements += Array.getLength(arrays[i]);
      }
      arrays = new @Nullable Object[4];
      size = 0;
      return elements;
    }
  }

  private final Stack[][] stacks = new Stack[KINDS][CLASSES];
  private final AtomicLong bytes = new AtomicLong();
  private final long most;

  /**
   * Makes an empty pool.
   *
   * @param most the most bytes that wait
   */
  ArrayPool(long most) {
    this.most = most;
    for (Stack[] kind : stacks) {
      java.util.Arrays.setAll(kind, i -> new Stack());
    }
  }

  /** The kind of array that stores a dtype. */
  private static int kind(DType dtype) {
    return switch (dtype) {
      case BOOL, UINT8, INT8 -> 0;
      case INT16, FLOAT16, BFLOAT16 -> 1;
      case INT32 -> 2;
      case INT64 -> 3;
      case FLOAT32 -> 4;
      case FLOAT64 -> 5;
    };
  }

  /** The class of a length of at least 4. */
  private static int sizeClass(int length) {
    int power = 31 - Integer.numberOfLeadingZeros(length);
    return 4 * power + (length >>> (power - 2) & 3);
  }

  /**
   * {@return an array of at least as many elements, with any content, or null if there is none}
   *
   * @param dtype the dtype that it is to store
   * @param elements how many
   */
  @Nullable Object take(DType dtype, int elements) {
    if ((long) elements * dtype.bytes() < LEAST_BYTES) {
      return null;
    }
    Stack[] kind = stacks[kind(dtype)];
    int at = sizeClass(elements);
    Object array = kind[at].pop(elements);
    if (array == null && at + 1 < CLASSES) {
      array = kind[at + 1].pop(elements);
    }
    if (array != null) {
      bytes.addAndGet(-(long) Array.getLength(array) * dtype.bytes());
    }
    return array;
  }

  /**
   * Keeps an array for reuse, if it is of a size that is worth it.
   *
   * @param dtype a dtype that it stores
   * @param array the array
   */
  void give(DType dtype, Object array) {
    int length = Array.getLength(array);
    long size = (long) length * dtype.bytes();
    if (size < LEAST_BYTES || size > most) {
      return;
    }
    if (bytes.addAndGet(size) > most) {
      bytes.addAndGet(-size);
      clear();
      bytes.addAndGet(size);
    }
    stacks[kind(dtype)][sizeClass(length)].push(array);
  }

  /** Drops all. */
  void clear() {
    for (DType dtype :
        new DType[] {
          DType.INT8, DType.INT16, DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64
        }) {
      for (Stack stack : stacks[kind(dtype)]) {
        bytes.addAndGet(-stack.clear() * dtype.bytes());
      }
    }
  }

  /** {@return the bytes that wait} */
  long bytes() {
    return bytes.get();
  }
}
