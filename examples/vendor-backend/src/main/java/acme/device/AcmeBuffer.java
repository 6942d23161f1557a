package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import java.util.EnumSet;
import java.util.Set;

/** Memory of the device: one array on the heap. It casts what is stored; nobody else does. */
final class AcmeBuffer implements Buffer {
  /** What the device stores and computes. All else is refused. */
  static final Set<DType> TYPES = EnumSet.of(DType.BOOL, DType.INT64, DType.FLOAT32, DType.FLOAT64);

  Object array; // null once it was given back
  private final DType dtype;
  private final long elements;

  AcmeBuffer(DType dtype, long elements) {
    if (!TYPES.contains(dtype)) {
      throw new DTypeException("'acme' stores no " + dtype + "; convert to one of " + TYPES);
    }
    this.dtype = dtype;
    this.elements = elements;
    try {
      int n = Math.toIntExact(elements);
      this.array =
          switch (dtype) {
            case BOOL -> new byte[n];
            case INT64 -> new long[n];
            case FLOAT32 -> new float[n];
            default -> new double[n];
          };
    } catch (OutOfMemoryError | ArithmeticException | NegativeArraySizeException e) {
      throw new DeviceException(
          "cannot allocate %d elements of %s on 'acme': no array, or no heap (-Xmx), holds them"
              .formatted(elements, dtype),
          e);
    }
  }

  /** Memory as this device's own. */
  static AcmeBuffer of(Buffer buffer) {
    if (!(buffer instanceof AcmeBuffer own)) {
      throw new DeviceException("expected memory of 'acme', found a " + buffer.getClass());
    }
    if (own.array == null) {
      throw new MemoryException("memory of 'acme' is used after it was freed");
    }
    return own;
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long elements() {
    return elements;
  }

  /** Copies elements from a Java array, or to it. */
  void transfer(boolean upload, long at, Object java, int javaAt, int count) {
    try {
      if (upload) {
        System.arraycopy(java, javaAt, array, Math.toIntExact(at), count);
      } else {
        System.arraycopy(array, Math.toIntExact(at), java, javaAt, count);
      }
    } catch (ArrayStoreException | IndexOutOfBoundsException | ArithmeticException e) {
      throw new ArgumentException(
          "cannot copy %d elements between %s at %d and an array at %d: %s"
              .formatted(count, dtype, at, javaAt, e.getMessage()));
    }
  }

  /** Copies an element of a buffer of the same dtype, with all its bits. */
  void set(int i, AcmeBuffer from, int j) {
    System.arraycopy(from.array, j, array, i, 1);
  }

  double getDouble(int i) {
    return dtype == DType.FLOAT32 ? ((float[]) array)[i] : ((double[]) array)[i];
  }

  long getLong(int i) {
    return dtype == DType.BOOL ? ((byte[]) array)[i] : ((long[]) array)[i];
  }

  /** Stores a float: rounded to nearest even, cut towards zero, or compared with zero. */
  void setDouble(int i, double value) {
    switch (dtype) {
      case FLOAT32 -> ((float[]) array)[i] = (float) value;
      case FLOAT64 -> ((double[]) array)[i] = value;
      case INT64 -> ((long[]) array)[i] = (long) value;
      default -> setLong(i, value != 0 ? 1 : 0);
    }
  }

  /** Stores an integer: rounded to nearest even, or compared with zero. */
  void setLong(int i, long value) {
    switch (dtype) {
      case FLOAT32 -> ((float[]) array)[i] = value;
      case FLOAT64 -> ((double[]) array)[i] = value;
      case INT64 -> ((long[]) array)[i] = value;
      default -> ((byte[]) array)[i] = (byte) (value != 0 ? 1 : 0);
    }
  }

  /** Compares two elements. NaN is larger than every number; −0 equals 0. */
  int compare(int i, int j) {
    return dtype.isFloatingPoint()
        ? Double.compare(getDouble(i) + 0.0, getDouble(j) + 0.0)
        : Long.compare(getLong(i), getLong(j));
  }

  boolean isNaN(int i) {
    return dtype.isFloatingPoint() && Double.isNaN(getDouble(i));
  }
}
