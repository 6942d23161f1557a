package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.HalfFloats;

/** The arrays of the floating-point dtypes. */
final class FloatingElements {
  private FloatingElements() {}

  /** IEEE 754 binary16, as bits. */
  static final class Float16 extends Elements {
    private final short[] array;

    Float16(short[] array) {
      super(DType.FLOAT16, array.length);
      this.array = array;
    }

    @Override
    short[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return HalfFloats.fromFloat16(array[at]);
    }

    @Override
    long getLong(int at) {
      return (long) HalfFloats.fromFloat16(array[at]);
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = HalfFloats.toFloat16(value);
    }

    @Override
    void setLong(int at, long value) {
      array[at] = HalfFloats.toFloat16(value);
    }

    @Override
    void read(int at, int step, double[] to, int start, int n) {
      for (int i = 0; i < n; i++) {
        to[start + i] = HalfFloats.fromFloat16(array[at + i * step]);
      }
    }

    @Override
    void write(int at, int step, double[] from, int start, int n) {
      for (int i = 0; i < n; i++) {
        setDouble(at + i * step, from[start + i]);
      }
    }
  }

  /** The upper half of a float32, as bits. */
  static final class Bfloat16 extends Elements {
    private final short[] array;

    Bfloat16(short[] array) {
      super(DType.BFLOAT16, array.length);
      this.array = array;
    }

    @Override
    short[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return HalfFloats.fromBfloat16(array[at]);
    }

    @Override
    long getLong(int at) {
      return (long) HalfFloats.fromBfloat16(array[at]);
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = HalfFloats.toBfloat16(value);
    }

    @Override
    void setLong(int at, long value) {
      array[at] = HalfFloats.toBfloat16(value);
    }

    @Override
    void read(int at, int step, double[] to, int start, int n) {
      for (int i = 0; i < n; i++) {
        to[start + i] = HalfFloats.fromBfloat16(array[at + i * step]);
      }
    }

    @Override
    void write(int at, int step, double[] from, int start, int n) {
      for (int i = 0; i < n; i++) {
        setDouble(at + i * step, from[start + i]);
      }
    }
  }

  /** IEEE 754 binary32. */
  static final class Float32 extends Elements {
    private final float[] array;

    Float32(float[] array) {
      super(DType.FLOAT32, array.length);
      this.array = array;
    }

    @Override
    float[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return (long) array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = (float) value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (float) value;
    }

    @Override
    void read(int at, int step, double[] to, int start, int n) {
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
    void write(int at, int step, double[] from, int start, int n) {
      if (step == 1) {
        for (int i = 0; i < n; i++) {
          array[at + i] = (float) from[start + i];
        }
        return;
      }
      for (int i = 0; i < n; i++) {
        array[at + i * step] = (float) from[start + i];
      }
    }
  }

  /** IEEE 754 binary64. */
  static final class Float64 extends Elements {
    private final double[] array;

    Float64(double[] array) {
      super(DType.FLOAT64, array.length);
      this.array = array;
    }

    @Override
    double[] array() {
      return array;
    }

    @Override
    double getDouble(int at) {
      return array[at];
    }

    @Override
    long getLong(int at) {
      return (long) array[at];
    }

    @Override
    void setDouble(int at, double value) {
      array[at] = value;
    }

    @Override
    void setLong(int at, long value) {
      array[at] = (double) value;
    }

    @Override
    void read(int at, int step, double[] to, int start, int n) {
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
    void write(int at, int step, double[] from, int start, int n) {
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
