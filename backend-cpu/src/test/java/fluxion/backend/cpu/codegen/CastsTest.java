package fluxion.backend.cpu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.HalfFloats;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import org.junit.jupiter.api.Test;

class CastsTest {
  private static final ColumnStep[] STEPS = {ColumnStep.UNIT, ColumnStep.UNIT};

  /** Every sign and exponent, with fractions of few bits, of all and some in between. */
  private static float[] floats() {
    float[] values = new float[512 * 64];
    for (int i = 0; i < values.length; i++) {
      int fraction = (i & 63) * 0x20821 + (i >> 6 & 3) * 0x1000;
      values[i] = Float.intBitsToFloat((i >> 6 << 23) | (fraction & 0x7FFFFF));
    }
    return values;
  }

  private static void cast(DType from, Object input, DType to, Object output, int n) {
    Kernel kernel = Kernel.of(Expr.input(0, from).cast(to));
    KernelCompiler.compile(kernel, STEPS)
        .run(
            new Object[] {output, input},
            new int[2],
            new int[2],
            new int[] {1, 1},
            1,
            n,
            new double[0],
            new long[0]);
  }

  @Test
  void floatsAreCutAndWrapToEveryInteger() {
    float[] x = floats();
    int[] ints = new int[x.length];
    short[] shorts = new short[x.length];
    byte[] bytes = new byte[x.length];
    cast(DType.FLOAT32, x, DType.INT32, ints, x.length);
    cast(DType.FLOAT32, x, DType.INT16, shorts, x.length);
    cast(DType.FLOAT32, x, DType.UINT8, bytes, x.length);
    for (int i = 0; i < x.length; i++) {
      assertEquals((int) (long) x[i], ints[i], Float.toString(x[i]));
      assertEquals((short) (long) x[i], shorts[i], Float.toString(x[i]));
      assertEquals((byte) (long) x[i], bytes[i], Float.toString(x[i]));
    }
  }

  @Test
  void floatsAreRoundedToSixteenBits() {
    float[] x = floats();
    short[] half = new short[x.length];
    short[] brain = new short[x.length];
    cast(DType.FLOAT32, x, DType.FLOAT16, half, x.length);
    cast(DType.FLOAT32, x, DType.BFLOAT16, brain, x.length);
    for (int i = 0; i < x.length; i++) {
      assertEquals(
          HalfFloats.fromFloat16(HalfFloats.toFloat16(x[i])),
          HalfFloats.fromFloat16(half[i]),
          Float.toString(x[i]));
      assertEquals(
          HalfFloats.fromBfloat16(HalfFloats.toBfloat16(x[i])),
          HalfFloats.fromBfloat16(brain[i]),
          Float.toString(x[i]));
    }
  }

  @Test
  void allSixteenBitFloatsAreWidened() {
    short[] x = new short[1 << 16];
    for (int i = 0; i < x.length; i++) {
      x[i] = (short) i;
    }
    float[] half = new float[x.length];
    float[] brain = new float[x.length];
    cast(DType.FLOAT16, x, DType.FLOAT32, half, x.length);
    cast(DType.BFLOAT16, x, DType.FLOAT32, brain, x.length);
    for (int i = 0; i < x.length; i++) {
      assertEquals(HalfFloats.fromFloat16(x[i]), half[i]);
      assertEquals(HalfFloats.fromBfloat16(x[i]), brain[i]);
    }
  }
}
