package fluxion.backend.cpu;

import fluxion.api.DType;

/** The arrays of the integers and the truth values. */
final class IntegralElements {
  private IntegralElements() {}

  /** Truth values as 0 and 1. */
  static final class Bool extends Elements {
    private final byte[] array;

    Bool(byte[] array) {
      super(DType.BOOL, array.length);
      this.array = array;
    }

    @Override
    byte[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (byte) (value != 0 ? 1 : 0);
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (byte) (value != 0 ? 1 : 0);
    }

    @Override
    void read(int at, int step, long[] to, int start, int n) {
      for (int i = 0; i < n; i++) {
        to[start + i] = array[at + i * step];
      }
    }

    @Override
    void write(int at, int step, long[] from, int start, int n) {
      for (int i = 0; i < n; i++) {
        setLong(at + i * step, from[start + i]);
      }
    }
  }

  /** Unsigned bytes. */
  static final class Uint8 extends Elements {
    private final byte[] array;

    Uint8(byte[] array) {
      super(DType.UINT8, array.length);
      this.array = array;
    }

    @Override
    byte[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return Byte.toUnsignedLong(array[at]);
    }

    @Override
    long getLong(int at) {
      return Byte.toUnsignedLong(array[at]);
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (byte) (long) value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (byte) value;
    }

    @Override
    void read(int at, int step, long[] to, int start, int n) {
      for (int i = 0; i < n; i++) {
        to[start + i] = Byte.toUnsignedLong(array[at + i * step]);
      }
    }

    @Override
    void write(int at, int step, long[] from, int start, int n) {
      for (int i = 0; i < n; i++) {
        setLong(at + i * step, from[start + i]);
      }
    }
  }

  /** Signed bytes. */
  static final class Int8 extends Elements {
    private final byte[] array;

    Int8(byte[] array) {
      super(DType.INT8, array.length);
      this.array = array;
    }

    @Override
    byte[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (byte) (long) value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (byte) value;
    }

    @Override
    void read(int at, int step, long[] to, int start, int n) {
      for (int i = 0; i < n; i++) {
        to[start + i] = array[at + i * step];
      }
    }

    @Override
    void write(int at, int step, long[] from, int start, int n) {
      for (int i = 0; i < n; i++) {
        setLong(at + i * step, from[start + i]);
      }
    }
  }

  /** Signed 16-bit integers. */
  static final class Int16 extends Elements {
    private final short[] array;

    Int16(short[] array) {
      super(DType.INT16, array.length);
      this.array = array;
    }

    @Override
    short[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (short) (long) value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (short) value;
    }

    @Override
    void read(int at, int step, long[] to, int start, int n) {
      for (int i = 0; i < n; i++) {
        to[start + i] = array[at + i * step];
      }
    }

    @Override
    void write(int at, int step, long[] from, int start, int n) {
      for (int i = 0; i < n; i++) {
        setLong(at + i * step, from[start + i]);
      }
    }
  }

  /** Signed 32-bit integers. */
  static final class Int32 extends Elements {
    private final int[] array;

    Int32(int[] array) {
      super(DType.INT32, array.length);
      this.array = array;
    }

    @Override
    int[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (int) (long) value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (int) value;
    }

    @Override
    void read(int at, int step, long[] to, int start, int n) {
      if (step == 1) {
        for (int i = 0; i < n; i++) {
          to[start + i] = array[at + i];
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        to[start + i] = array[at + i * step];
      }
    }

    @Override
    void write(int at, int step, long[] from, int start, int n) {
      if (step == 1) {
        for (int i = 0; i < n; i++) {
          array[at + i] = (int) from[start + i];
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        array[at + i * step] = (int) from[start + i];
      }
    }
  }

  /** Signed 64-bit integers. */
  static final class Int64 extends Elements {
    private final long[] array;

    Int64(long[] array) {
      super(DType.INT64, array.length);
      this.array = array;
    }

    @Override
    long[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (long) value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = value;
    }

    @Override
    void read(int at, int step, long[] to, int start, int n) {
      if (step == 1) {
        for (int i = 0; i < n; i++) {
          to[start + i] = array[at + i];
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        to[start + i] = array[at + i * step];
      }
    }

    @Override
    void write(int at, int step, long[] from, int start, int n) {
      if (step == 1) {
        for (int i = 0; i < n; i++) {
          array[at + i] = from[start + i];
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        array[at + i * step] = from[start + i];
      }
    }
  }
}
