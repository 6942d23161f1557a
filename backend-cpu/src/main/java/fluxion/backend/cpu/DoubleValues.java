package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.HalfFloats;
import fluxion.engine.spi.Reduction;

/**
 * Floating-point values in float64 registers.
 *
 * <p>A sum or product of two float32 values, computed in float64 and then rounded to float32, has
 * the bits of the float32 operation: a float64 has more than twice the precision. The same holds
 * for the 16-bit floats.
 */
final class DoubleValues extends Values {
  private final DType dtype;
  private final double[] registers;

  DoubleValues(DType dtype, double[] registers) {
    this.dtype = dtype;
    this.registers = registers;
  }

  /** {@return the registers} */
  double[] registers() {
    return registers;
  }

  @Override
  int length() {
    return registers.length;
  }

  @Override
  void load(Elements elements, int at, int step, int start, int n) {
    elements.read(at, step, registers, start, n);
  }

  @Override
  void store(Elements elements, int at, int step, int start, int n) {
    elements.write(at, step, registers, start, n);
  }

  @Override
  void combine(Reduction.Kind kind, int start, Values from, int fromStart, int n) {
    double[] a = registers;
    double[] b = ((DoubleValues) from).registers;
    switch (kind) {
      case SUM -> add(a, start, b, fromStart, n);
      case PROD -> multiply(a, start, b, fromStart, n);
      case MIN -> {
        for (int i = 0; i < n; i++) {
          a[start + i] = Math.min(a[start + i], b[fromStart + i]);
        }
      }
      case MAX -> {
        for (int i = 0; i < n; i++) {
          a[start + i] = Math.max(a[start + i], b[fromStart + i]);
        }
      }
      case ALL -> {
        for (int i = 0; i < n; i++) {
          a[start + i] = a[start + i] != 0 && b[fromStart + i] != 0 ? 1 : 0;
        }
      }
      case ANY -> {
        for (int i = 0; i < n; i++) {
          a[start + i] = a[start + i] != 0 || b[fromStart + i] != 0 ? 1 : 0;
        }
      }
    }
  }

  private void add(double[] a, int start, double[] b, int fromStart, int n) {
    if (dtype == DType.FLOAT64) {
      for (int i = 0; i < n; i++) {
        a[start + i] += b[fromStart + i];
      }
    } else if (dtype == DType.FLOAT32) {
      for (int i = 0; i < n; i++) {
        a[start + i] = (float) (a[start + i] + b[fromStart + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        a[start + i] = round16(a[start + i] + b[fromStart + i]);
      }
    }
  }

  private void multiply(double[] a, int start, double[] b, int fromStart, int n) {
    if (dtype == DType.FLOAT64) {
      for (int i = 0; i < n; i++) {
        a[start + i] *= b[fromStart + i];
      }
    } else if (dtype == DType.FLOAT32) {
      for (int i = 0; i < n; i++) {
        a[start + i] = (float) (a[start + i] * b[fromStart + i]);
      }
    } else {
      for (int i = 0; i < n; i++) {
        a[start + i] = round16(a[start + i] * b[fromStart + i]);
      }
    }
  }

  private double round16(double value) {
    return round(dtype, value);
  }

  /** {@return a value rounded to a floating-point dtype} */
  static double round(DType dtype, double value) {
    return switch (dtype) {
      case FLOAT16 -> HalfFloats.fromFloat16(HalfFloats.toFloat16(value));
      case BFLOAT16 -> HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value));
      case FLOAT32 -> (float) value;
      default -> value;
    };
  }
}
