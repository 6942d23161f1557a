package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.MemoryException;
import fluxion.engine.spi.Buffer;
import org.jspecify.annotations.Nullable;

/** A Java array of the kind that the dtype is uploaded from. */
final class ReferenceBuffer implements Buffer {
  private final Heap owner;
  private final DType dtype;
  private final int elements;
  private volatile @Nullable Object array;

  ReferenceBuffer(Heap owner, DType dtype, int elements) {
    this.owner = owner;
    this.dtype = dtype;
    this.elements = elements;
    this.array = newArray(dtype, elements);
  }

  private static Object newArray(DType dtype, int elements) {
    return switch (dtype) {
      case BOOL, INT8, UINT8 -> new byte[elements];
      case INT16, FLOAT16, BFLOAT16 -> new short[elements];
      case INT32 -> new int[elements];
      case INT64 -> new long[elements];
      case FLOAT32 -> new float[elements];
      case FLOAT64 -> new double[elements];
    };
  }

  /**
   * {@return a buffer as one of a device's own}
   *
   * @param buffer the buffer
   * @param owner the device's memory
   * @throws DeviceException if another device has made it
   */
  static ReferenceBuffer of(Buffer buffer, Heap owner) {
    if (buffer instanceof ReferenceBuffer own && own.owner == owner) {
      return own;
    }
    throw new DeviceException(
        "expected a buffer of this device 'reference', but found a "
            + buffer.getClass().getName()
            + " of another one; copy the elements with download and upload");
  }

  @Override
  public DType dtype() {
    return dtype;
  }

  @Override
  public long elements() {
    return elements;
  }

  /**
   * {@return the array}
   *
   * @throws MemoryException if the buffer was freed
   */
  Object array() {
    Object there = array;
    if (there == null) {
      throw new MemoryException(
          "a buffer of "
              + elements
              + " "
              + dtype.shortName()
              + " elements is used after it was freed");
    }
    return there;
  }

  /** Drops the array. */
  void free() {
    array = null;
  }

  /** {@return an element in the form of {@link Element}} */
  static long get(Object array, DType dtype, int at) {
    return switch (dtype) {
      case BOOL -> ((byte[]) array)[at] != 0 ? 1 : 0;
      case UINT8 -> ((byte[]) array)[at] & 0xFF;
      case INT8 -> ((byte[]) array)[at];
      case INT16 -> ((short[]) array)[at];
      case INT32 -> ((int[]) array)[at];
      case INT64 -> ((long[]) array)[at];
      case FLOAT16 -> Element.of(Float.float16ToFloat(((short[]) array)[at]));
      case BFLOAT16 -> Element.of(Float.intBitsToFloat(((short[]) array)[at] << 16));
      case FLOAT32 -> Element.of(((float[]) array)[at]);
      case FLOAT64 -> Element.of(((double[]) array)[at]);
    };
  }

  /** Stores an element in the form of {@link Element}, a value of the dtype. */
  static void set(Object array, DType dtype, int at, long element) {
    switch (dtype) {
      case BOOL, UINT8, INT8 -> ((byte[]) array)[at] = (byte) element;
      case INT16 -> ((short[]) array)[at] = (short) element;
      case INT32 -> ((int[]) array)[at] = (int) element;
      case INT64 -> ((long[]) array)[at] = element;
      case FLOAT16 ->
          ((short[]) array)[at] = Float.floatToFloat16((float) Element.toDouble(element));
      case BFLOAT16 ->
          ((short[]) array)[at] =
              (short) (Float.floatToRawIntBits((float) Element.toDouble(element)) >> 16);
      case FLOAT32 -> ((float[]) array)[at] = (float) Element.toDouble(element);
      case FLOAT64 -> ((double[]) array)[at] = Element.toDouble(element);
    }
  }
}
