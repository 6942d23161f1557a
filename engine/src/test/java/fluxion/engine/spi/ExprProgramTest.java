package fluxion.engine.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExprProgramTest {
  private static final DType[] COMPUTE = {
    DType.FLOAT32,
    DType.FLOAT64,
    DType.INT64,
    DType.INT32,
    DType.INT16,
    DType.INT8,
    DType.UINT8,
    DType.BOOL
  };

  private static long integer(Expr e, long... inputs) {
    Scalar[] scalars = new Scalar[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      scalars[i] = Scalar.of(inputs[i]);
    }
    return Kernel.of(e).evaluate(scalars).get(0).toLong();
  }

  @Test
  void integersWrap() {
    Expr b = Expr.input(0, DType.UINT8);
    assertEquals(4, integer(b.add(b), 130));
    assertEquals(255, integer(b.neg(), 1));
    assertEquals(255, integer(b.not(), 0));
    Expr s = Expr.input(0, DType.INT8);
    assertEquals(-128, integer(s.neg(), -128));
    assertEquals(-128, integer(s.abs(), -128));
    assertEquals(-128, integer(s.div(-1), -128));
    Expr i = Expr.input(0, DType.INT32);
    assertEquals(Integer.MIN_VALUE, integer(i.add(1), Integer.MAX_VALUE));
    assertEquals(-1757895751, integer(i.mul(i), 123456789));
    Expr l = Expr.input(0, DType.INT64);
    assertEquals(Long.MIN_VALUE, integer(l.add(1), Long.MAX_VALUE));
    assertEquals(Long.MIN_VALUE, integer(l.shl(Expr.literal(DType.INT64, 63)), 1));
  }

  @Test
  void integerDivisionCutsAndNeverThrows() {
    Expr a = Expr.input(0, DType.INT32);
    Expr b = Expr.input(1, DType.INT32);
    assertEquals(-3, integer(a.div(b), -7, 2));
    assertEquals(-1, integer(a.fmod(b), -7, 2));
    assertEquals(1, integer(a.remainder(b), -7, 2));
    assertEquals(-1, integer(a.remainder(b), 7, -2));
    assertEquals(0, integer(a.div(b), 7, 0));
    assertEquals(0, integer(a.fmod(b), 7, 0));
    assertEquals(0, integer(a.remainder(b), 7, 0));
    assertEquals(Integer.MIN_VALUE, integer(a.div(b), Integer.MIN_VALUE, -1));
    assertEquals(243, integer(a.pow(b), 3, 5));
    assertEquals(0, integer(a.pow(b), 3, -1));
    assertEquals(-1, integer(a.pow(b), -1, -3));
    assertEquals(1, integer(a.pow(b), 0, 0));
  }

  @Test
  void shiftsBeyondTheWidthLeaveZeroOrSign() {
    Expr a = Expr.input(0, DType.INT8);
    Expr b = Expr.input(1, DType.INT8);
    assertEquals(0, integer(a.shl(b), 1, 8));
    assertEquals(0, integer(a.shl(b), 1, -1));
    assertEquals(-1, integer(a.shr(b), -5, 100));
    assertEquals(0, integer(a.shr(b), 5, 8));
    assertEquals(-3, integer(a.shr(b), -5, 1));
  }

  @Test
  void float32NodesRoundLikeFloatArithmetic() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Expr y = Expr.input(1, DType.FLOAT32);
    Expr z = Expr.input(2, DType.FLOAT32);
    Kernel kernel =
        Kernel.of(
            x.add(y),
            x.sub(y),
            x.mul(y),
            x.div(y),
            x.abs().sqrt(),
            x.fma(y, z),
            x.mul(y).add(z),
            x.fmod(y),
            x.sin());
    Random random = new Random(3);
    for (int i = 0; i < 20_000; i++) {
      float a = Float.intBitsToFloat(random.nextInt());
      float b = i % 2 == 0 ? Float.intBitsToFloat(random.nextInt()) : a * random.nextFloat();
      float c = i % 3 == 0 ? -a * b : random.nextFloat();
      List<Scalar> r =
          kernel.evaluate(Scalar.of((double) a), Scalar.of((double) b), Scalar.of((double) c));
      float[] expected = {
        a + b,
        a - b,
        a * b,
        a / b,
        (float) Math.sqrt(Math.abs(a)),
        Math.fma(a, b, c),
        a * b + c,
        a % b,
        (float) StrictMath.sin(a)
      };
      for (int k = 0; k < expected.length; k++) {
        assertEquals(expected[k], (float) r.get(k).toDouble(), "output " + k + " " + a + " " + b);
        assertEquals((double) (float) r.get(k).toDouble(), r.get(k).toDouble());
      }
    }
  }

  @Test
  void runtimeScalarsConvertOnceAndIndicesCount() {
    Expr lr = Expr.scalar(0, DType.FLOAT32);
    Expr e = Expr.index(1).cast(DType.FLOAT32).mul(lr);
    List<Scalar> r = Kernel.of(e).evaluate(List.of(), List.of(Scalar.of(0.1)), 5, 3);
    assertEquals(3 * 0.1f, r.get(0).toDouble());
    assertThrows(ArgumentException.class, () -> Kernel.of(e).evaluate(List.of(), List.of(), 0, 0));
  }

  @Test
  void outputsMayBeInputsOrTwiceTheSame() {
    Expr x = Expr.input(0, DType.FLOAT64);
    ExprProgram program = ExprProgram.compile(Kernel.of(x, x.sin(), x.sin(), x.sin().neg()));
    ExprProgram.Frame frame = program.newFrame(4);
    frame.floatInput(0)[2] = 1;
    program.run(frame, 3);
    assertSame(frame.floatInput(0), frame.floatOutput(0));
    assertEquals(StrictMath.sin(1), frame.floatOutput(2)[2]);
    assertEquals(-StrictMath.sin(1), frame.floatOutput(3)[2]);
    assertThrows(ArgumentException.class, () -> program.run(frame, 5));
    assertThrows(ArgumentException.class, () -> frame.intInput(0));
  }

  @Test
  void blocksEqualElementsForRandomExpressions() {
    for (int seed = 0; seed < 60; seed++) {
      Random random = new Random(seed);
      Kernel kernel = randomKernel(random);
      int n = 37;
      ExprProgram program = ExprProgram.compile(kernel);
      ExprProgram.Frame frame = program.newFrame(64);
      Scalar s = Scalar.of(random.nextGaussian());
      frame.scalars(s);
      List<List<Scalar>> elements = new ArrayList<>();
      for (int i = 0; i < n; i++) {
        List<Scalar> element = new ArrayList<>();
        for (int k = 0; k < kernel.inputCount(); k++) {
          DType type = kernel.inputType(k);
          double v = random.nextInt(10) == 0 ? Double.NaN : random.nextGaussian() * 3;
          if (type == null) {
            element.add(s);
          } else if (type.isFloatingPoint()) {
            frame.floatInput(k)[i] = type == DType.FLOAT32 ? (float) v : v;
            element.add(Scalar.of(v));
          } else {
            long w = type == DType.BOOL ? random.nextInt(2) : random.nextInt(100);
            frame.intInput(k)[i] = w;
            element.add(Scalar.of(w));
          }
        }
        frame.index(0)[i] = i;
        elements.add(element);
      }
      program.run(frame, n);
      for (int i = 0; i < n; i++) {
        List<Scalar> one = kernel.evaluate(elements.get(i), List.of(s), i);
        for (int k = 0; k < one.size(); k++) {
          if (kernel.output(k).type().isFloatingPoint()) {
            assertEquals(one.get(k).toDouble(), frame.floatOutput(k)[i], kernel::toString);
          } else {
            assertEquals(one.get(k).toLong(), frame.intOutput(k)[i], kernel::toString);
          }
        }
      }
    }
  }

  private static Kernel randomKernel(Random random) {
    List<Expr> pool = new ArrayList<>();
    for (int i = 0; i < COMPUTE.length; i++) {
      pool.add(Expr.input(i, COMPUTE[i]));
    }
    pool.add(Expr.index(0));
    pool.add(Expr.scalar(0, DType.FLOAT32));
    pool.add(Expr.literal(DType.INT16, -7));
    for (int i = 0; i < 60; i++) {
      Expr a = pool.get(random.nextInt(pool.size()));
      Expr b = pool.get(random.nextInt(pool.size())).cast(a.type());
      Expr c = pool.get(random.nextInt(pool.size())).cast(DType.BOOL);
      boolean bool = a.type() == DType.BOOL;
      boolean isFloat = a.type().isFloatingPoint();
      pool.add(
          switch (random.nextInt(8)) {
            case 0 -> Expr.select(c, a, b);
            case 1 -> a.lt(b);
            case 2 -> a.cast(COMPUTE[random.nextInt(COMPUTE.length)]);
            case 3 -> bool ? a.xor(b) : a.add(b);
            case 4 -> bool ? a.not() : a.mul(b);
            case 5 -> bool ? a.and(b) : isFloat ? a.tanh() : a.remainder(b);
            case 6 -> bool ? a.or(b) : a.sub(b);
            default -> isFloat ? a.fma(b, a) : a.eq(b);
          });
    }
    return Kernel.of(pool.subList(pool.size() - 8, pool.size()));
  }
}
