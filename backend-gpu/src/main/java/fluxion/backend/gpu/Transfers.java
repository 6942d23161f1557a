package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.engine.spi.Buffer;
import java.lang.reflect.Array;

/** Arrays of the heap to the device and back, checked. */
final class Transfers {
  private Transfers() {}

  /** Queues a copy of an array; see {@link fluxion.engine.spi.Backend#upload}. */
  static void upload(
      OpenDevice runtime, Object array, int from, Buffer target, long to, int count) {
    GpuBuffer own = check(runtime, "upload", array, from, target, to, count);
    if (count > 0) {
      runtime.staging().upload(array, from, own, to, count);
    }
  }

  /** Copies to an array; see {@link fluxion.engine.spi.Backend#download}. */
  static void download(
      OpenDevice runtime, Buffer source, long from, Object array, int to, int count) {
    GpuBuffer own = check(runtime, "download", array, to, source, from, count);
    runtime.checks().collect();
    if (count > 0) {
      runtime.staging().download(own, from, array, to, count);
    }
  }

  private static GpuBuffer check(
      OpenDevice runtime,
      String verb,
      Object array,
      int arrayOffset,
      Buffer buffer,
      long bufferOffset,
      int count) {
    runtime.stream().requireUsable();
    GpuBuffer own = GpuBuffer.of(buffer, runtime.memory());
    own.handle(); // refuses one that was freed
    Class<?> expected = array(own.dtype());
    if (array.getClass() != expected) {
      throw new DTypeException(
          "cannot %s %s with a %s; use a %s"
              .formatted(
                  verb,
                  own.dtype().shortName(),
                  array.getClass().getSimpleName(),
                  expected.getSimpleName()));
    }
    range(verb, "array", arrayOffset, count, Array.getLength(array));
    range(verb, "buffer", bufferOffset, count, own.elements());
    return own;
  }

  private static void range(String verb, String what, long offset, int count, long length) {
    if (offset < 0 || count < 0 || offset > length - count) {
      throw new IndexException(
          "cannot %s %d elements from element %d of the %s on: it has %d"
              .formatted(verb, count, offset, what, length));
    }
  }

  private static Class<?> array(DType dtype) {
    return switch (dtype) {
      case BOOL, UINT8, INT8 -> byte[].class;
      case INT16, FLOAT16, BFLOAT16 -> short[].class;
      case INT32 -> int[].class;
      case INT64 -> long[].class;
      case FLOAT32 -> float[].class;
      case FLOAT64 -> double[].class;
    };
  }
}
