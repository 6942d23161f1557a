package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.Buffer;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;

/** Memory of the device: one array on the heap, or none once it was given back. */
record AcmeBuffer(DType dtype, long elements, AtomicReference<Object> memory) implements Buffer {
  /** What the device stores and computes. All else is refused. */
  static final Set<DType> TYPES = EnumSet.of(DType.BOOL, DType.INT64, DType.FLOAT32, DType.FLOAT64);

  static AcmeBuffer allocate(DType dtype, long elements) {
    if (!TYPES.contains(dtype)) {
      throw new DTypeException("'acme' stores no " + dtype + "; convert to one of " + TYPES);
    }
    try {
      int n = Math.toIntExact(elements);
      Object array =
          switch (dtype) {
            case BOOL -> new byte[n];
            case INT64 -> new long[n];
            case FLOAT32 -> new float[n];
            default -> new double[n];
          };
      return new AcmeBuffer(dtype, elements, new AtomicReference<>(array));
    } catch (OutOfMemoryError | ArithmeticException | NegativeArraySizeException e) {
      String asked = "cannot allocate " + elements + " elements of " + dtype + " on 'acme'";
      throw new DeviceException(asked + ": no array, or no heap (-Xmx), holds them", e);
    }
  }

  /** The array of memory that is this device's own. */
  static Object array(Buffer buffer) {
    if (buffer instanceof AcmeBuffer own && own.memory.get() instanceof Object array) {
      return array;
    }
    throw new DeviceException("expected memory of 'acme' that was not freed, found " + buffer);
  }

  /** Copies elements between an array of the program's and that of memory. */
  static void transfer(Buffer memory, Object from, long fromAt, Object to, long toAt, int count) {
    try {
      System.arraycopy(from, Math.toIntExact(fromAt), to, Math.toIntExact(toAt), count);
    } catch (ArrayStoreException | IndexOutOfBoundsException | ArithmeticException e) {
      String asked = "cannot copy " + count + " elements of " + memory.dtype() + " from " + fromAt;
      throw new ArgumentException(asked + " to " + toAt + ": " + e.getMessage());
    }
  }
}
