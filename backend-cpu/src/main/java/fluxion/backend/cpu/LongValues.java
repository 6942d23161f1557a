package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;

/** Integers and truth values in int64 registers. */
final class LongValues extends Values {
  private final DType dtype;
  private final long[] registers;

  LongValues(DType dtype, long[] registers) {
    this.dtype = dtype;
    this.registers = registers;
  }

  /** {@return the registers} */
  long[] registers() {
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
    long[] a = registers;
    long[] b = ((LongValues) from).registers;
    switch (kind) {
      case SUM -> {
        for (int i = 0; i < n; i++) {
          a[start + i] += b[fromStart + i];
        }
        wrap(start, n);
      }
      case PROD -> {
        for (int i = 0; i < n; i++) {
          a[start + i] *= b[fromStart + i];
        }
        wrap(start, n);
      }
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

  /** {@return a value wrapped to an integral dtype; for truth values whether it is not 0} */
  static long wrap(DType dtype, long value) {
    return switch (dtype) {
      case BOOL -> value != 0 ? 1 : 0;
      case UINT8 -> value & 0xff;
      case INT8 -> (byte) value;
      case INT16 -> (short) value;
      case INT32 -> (int) value;
      default -> value;
    };
  }

  private void wrap(int start, int n) {
    if (dtype != DType.INT64) {
      for (int i = start; i < start + n; i++) {
        registers[i] = wrap(dtype, registers[i]);
      }
    }
  }
}
