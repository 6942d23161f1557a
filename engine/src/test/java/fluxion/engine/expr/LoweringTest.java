package fluxion.engine.expr;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.ScalarMath;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoweringTest {
  private static final double INF = Double.POSITIVE_INFINITY;

  private static final Set<ExprOp> ALLOWED =
      EnumSet.of(
          ExprOp.INPUT,
          ExprOp.LITERAL,
          ExprOp.ADD,
          ExprOp.SUB,
          ExprOp.MUL,
          ExprOp.DIV,
          ExprOp.SQRT,
          ExprOp.FMA,
          ExprOp.NEG,
          ExprOp.ABS,
          ExprOp.MIN,
          ExprOp.MAX,
          ExprOp.EQ,
          ExprOp.NE,
          ExprOp.LT,
          ExprOp.GT,
          ExprOp.AND,
          ExprOp.OR,
          ExprOp.SHL,
          ExprOp.SHR,
          ExprOp.SELECT,
          ExprOp.CAST,
          ExprOp.BITS,
          ExprOp.FROM_BITS);

  private static final DType[] FLOATS = {DType.FLOAT32, DType.FLOAT64};

  /** Values at which functions have edges, of both signs. */
  private static final double[] EDGES = {
    0,
    1,
    0.5,
    1.5,
    2.5,
    3,
    0.3,
    0.7,
    1e-3,
    1e-20,
    0x1p-126,
    0x1p-149,
    0x1p-1022,
    0x1p-1074,
    16,
    20,
    87.5,
    88.8,
    89.3,
    89.5,
    103,
    104,
    127,
    128,
    150,
    708,
    709.9,
    710.4,
    745,
    746,
    1023,
    1024,
    1075,
    0x1p23,
    0x1.8p22,
    0x1p52,
    0x1p100,
    0x1.fffffep127,
    Double.MAX_VALUE,
    INF,
    Double.NaN
  };

  private static Expr call(Method method, Expr... x) {
    try {
      Object[] others = new Object[x.length - 1];
      System.arraycopy(x, 1, others, 0, others.length);
      return (Expr) method.invoke(x[0], others);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("Expr", e);
    }
  }

  private static double at(String name, DType type, double x) {
    Expr e = call(ExprMethods.unary(name), Expr.input(0, type));
    return Kernel.of(e).evaluate(Scalar.of(x)).get(0).toDouble();
  }

  private static int operations(Kernel kernel) {
    int count = 0;
    for (Expr node : kernel.lowered().nodes()) {
      boolean free = node.op() == ExprOp.BITS || node.op() == ExprOp.FROM_BITS;
      count += node.arity() > 0 && !free ? 1 : 0;
    }
    return count;
  }

  @Test
  void loweredKernelsHoldOnlyWhatCompilersMustKnow() {
    for (DType type : FLOATS) {
      List<Expr> outputs = new ArrayList<>();
      Expr x = Expr.input(0, type);
      Expr y = Expr.input(1, type);
      ExprMethods.unaries().forEach(m -> outputs.add(call(m, x)));
      ExprMethods.binaries().forEach(m -> outputs.add(call(m, x, y)));
      outputs.addAll(List.of(x.polygamma(2), x.isnan(), x.isinf(), x.isfinite()));
      for (Expr node : Kernel.of(outputs).lowered().nodes()) {
        assertTrue(
            ALLOWED.contains(node.op()) || ScalarMath.provides(node.op()), node.op().shortName());
        // Float32 stays in lanes of 32 bits.
        assertTrue(
            type == DType.FLOAT64 || node.type() == DType.BOOL || node.type().bytes() == 4,
            node::toString);
      }
    }
    Expr i = Expr.input(0, DType.INT16);
    for (Expr node : Kernel.of(i.sign(), i.fmin(i.neg()), i.fmax(i.neg())).lowered().nodes()) {
      assertTrue(ALLOWED.contains(node.op()), node.op().shortName());
    }
  }

  @Test
  void aKernelIsLoweredOnceAndAPlainOneIsItsOwnLowering() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Kernel kernel = Kernel.of(x.exp().add(x));
    assertSame(kernel.lowered(), kernel.lowered());
    assertSame(kernel.lowered(), kernel.lowered().lowered());
    assertEquals(kernel.output(0).type(), kernel.lowered().output(0).type());
    Kernel plain = Kernel.of(x.add(x), x.sin());
    assertSame(plain, plain.lowered());
  }

  @Test
  void sharedFunctionsAreWrittenOutOnce() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Expr deep = x;
    for (int i = 0; i < 20; i++) {
      deep = deep.tanh();
      deep = deep.mul(deep).add(deep);
    }
    int one = operations(Kernel.of(x.tanh()));
    assertTrue(operations(Kernel.of(deep)) <= 20 * (one + 2));
    assertEquals(operations(Kernel.of(x.exp())), operations(Kernel.of(x.exp(), x.exp().abs())) - 1);
  }

  @ParameterizedTest
  @CsvSource({
    "exp, 22, 28", "exp2, 21, 27", "expm1, 22, 28", "sinh, 29, 39", "cosh, 19, 25",
    "tanh, 33, 52", "sigmoid, 38, 44", "softplus, 35, 47", "logsigmoid, 37, 49", "log, 27, 35",
    "log2, 30, 38", "log10, 31, 39", "log1p, 35, 43", "erf, 36, 59"
  })
  void functionsStayShort(String name, int single, int twice) {
    Method method = ExprMethods.unary(name);
    int found = operations(Kernel.of(call(method, Expr.input(0, DType.FLOAT32))));
    assertTrue(found <= single, "float32: " + found);
    found = operations(Kernel.of(call(method, Expr.input(0, DType.FLOAT64))));
    assertTrue(found <= twice, "float64: " + found);
  }

  @Test
  void foldedConstantsHaveTheBitsOfRunning() {
    Random random = new Random(5);
    for (DType type : FLOATS) {
      for (Method method : ExprMethods.unaries()) {
        ExprProgram program = ExprProgram.compile(Kernel.of(call(method, Expr.input(0, type))));
        ExprProgram.Frame frame = program.newFrame(1);
        for (int i = 0; i < EDGES.length + 20; i++) {
          double edge = i < EDGES.length ? EDGES[i] : random.nextGaussian() * 10;
          for (double value : new double[] {edge, -edge}) {
            double x = Conversions.roundTo(type, value);
            frame.floatInput(0)[0] = x;
            program.run(frame, 1);
            double folded = call(method, Expr.literal(type, x)).doubleValue();
            assertEquals(folded, frame.floatOutput(0)[0], () -> method.getName() + " " + x);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT32", "FLOAT64"})
  void specialValuesAreKept(DType type) {
    for (String odd : List.of("expm1", "sinh", "tanh", "log1p", "erf", "ceil", "trunc", "round")) {
      assertEquals(0.0, at(odd, type, 0.0), odd);
      assertEquals(-0.0, at(odd, type, -0.0), odd);
      double least = type == DType.FLOAT32 ? Float.MIN_VALUE : Double.MIN_VALUE;
      if (!odd.endsWith("c") && !odd.endsWith("l") && !odd.endsWith("d")) {
        assertEquals(least, at(odd, type, least), odd);
        assertEquals(-3 * least, at(odd, type, -3 * least), odd);
      }
    }
    for (String name :
        List.of(
            "exp", "exp2", "expm1", "cosh", "softplus", "log", "log2", "log10", "log1p", "sinh")) {
      assertEquals(INF, at(name, type, INF), name);
    }
    for (String name : List.of("exp", "exp2", "sigmoid", "softplus")) {
      assertEquals(0.0, at(name, type, -INF), name);
      assertEquals(0.0, at(name, type, -1e30), name);
    }
    for (String name : List.of("tanh", "erf", "expm1")) {
      assertEquals(-1, at(name, type, -INF), name);
      assertEquals(-1, at(name, type, -1e30), name);
    }
    for (String name : List.of("exp", "exp2", "cosh", "sinh", "expm1")) {
      assertEquals(INF, at(name, type, 1e30), name);
    }
    for (String name : List.of("exp", "exp2", "cosh")) {
      assertEquals(1, at(name, type, 0), name);
      assertEquals(1, at(name, type, -0.0), name);
    }
    for (String name : List.of("log", "log2", "log10")) {
      assertEquals(-INF, at(name, type, 0), name);
      assertEquals(-INF, at(name, type, -0.0), name);
      assertEquals(Double.NaN, at(name, type, -1e-30), name);
      assertEquals(Double.NaN, at(name, type, -INF), name);
      assertEquals(0.0, at(name, type, 1), name);
    }
    assertEquals(-INF, at("log1p", type, -1));
    assertEquals(Double.NaN, at("log1p", type, -1.5));
    assertEquals(-INF, at("sinh", type, -INF));
    assertEquals(INF, at("cosh", type, -INF));
    assertEquals(-INF, at("logsigmoid", type, -INF));
    assertEquals(0.0, at("logsigmoid", type, INF), 0.0);
    assertEquals(1, at("sigmoid", type, 1e30));
    assertEquals(0.5, at("sigmoid", type, -0.0));
    for (int n = -30; n <= 30; n++) {
      assertEquals(Math.scalb(1.0, n), at("exp2", type, n));
      assertEquals(n, at("log2", type, Math.scalb(1.0, n)));
    }
    for (int n = 0; n <= 10; n++) {
      assertEquals(n, at("log10", type, StrictMath.pow(10, n)));
    }
  }

  @Test
  void overflowAndUnderflowBeginWhereTheExactValuesDo() {
    assertTrue(at("exp", DType.FLOAT32, 88.72283f) < INF);
    assertEquals(INF, at("exp", DType.FLOAT32, 88.72284f));
    assertEquals(Float.MIN_VALUE, at("exp", DType.FLOAT32, -103.97207f));
    assertEquals(0, at("exp", DType.FLOAT32, -103.97209f));
    assertTrue(at("exp", DType.FLOAT64, 709.782712893384) < INF);
    assertEquals(INF, at("exp", DType.FLOAT64, 709.7827128933841));
    assertEquals(Double.MIN_VALUE, at("exp", DType.FLOAT64, -745.1332191019411));
    assertEquals(0, at("exp", DType.FLOAT64, -745.1332191019412));
    assertTrue(at("sinh", DType.FLOAT32, 89.41598f) < INF);
    assertEquals(INF, at("cosh", DType.FLOAT32, 89.416f));
    assertTrue(at("cosh", DType.FLOAT64, 710.475) < INF);
    assertEquals(INF, at("sinh", DType.FLOAT64, 710.476));
  }

  @ParameterizedTest
  @ValueSource(strings = {"exp", "exp2", "expm1", "sinh", "tanh", "sigmoid", "softplus", "erf"})
  void boundsOfArgumentsBreakNoOrder(String name) {
    // Around the bounds that lowered functions put on their arguments.
    double[] bounds = {4, 6, 10, 20, 30, 40, 60, 89, 89.5, 100, 110, 140, 160, 710, 800, 1100};
    for (DType type : FLOATS) {
      for (double bound : bounds) {
        for (double near : new double[] {bound, -bound}) {
          double before = at(name, type, near - 1e-3);
          double there = at(name, type, near);
          double after = at(name, type, near + 1e-3);
          assertTrue(before <= there && there <= after, name + " at " + near);
        }
      }
    }
  }

  @Test
  void roundingsAreThoseOfJava() {
    for (double edge : EDGES) {
      for (double x : new double[] {edge, -edge}) {
        assertEquals(Math.floor(x), at("floor", DType.FLOAT64, x));
        assertEquals(Math.ceil(x), at("ceil", DType.FLOAT64, x));
        assertEquals(Math.rint(x), at("round", DType.FLOAT64, x));
        assertEquals(x < 0 ? Math.ceil(x) : Math.floor(x), at("trunc", DType.FLOAT64, x));
        assertEquals(Math.rint((float) x), at("round", DType.FLOAT32, (float) x));
        assertEquals(Math.ceil((float) x), at("ceil", DType.FLOAT32, (float) x));
      }
    }
  }

  @Test
  void bitsAndFloatsTurnIntoEachOther() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Expr i = Expr.input(0, DType.INT32);
    assertSame(DType.INT32, x.bits().type());
    assertSame(DType.FLOAT64, Expr.input(0, DType.INT64).fromBits().type());
    assertSame(x, x.bits().fromBits());
    assertSame(i, i.fromBits().bits());
    assertEquals("bits(x0)", x.bits().toString());
    assertEquals("from_bits(x0)", i.fromBits().toString());
    assertEquals(0x3F800000, Expr.literal(DType.FLOAT32, 1).bits().longValue());
    assertEquals(-2, Expr.literal(DType.INT64, 0xC000000000000000L).fromBits().doubleValue());
    Kernel kernel = Kernel.of(x.bits(), x.bits().add(1).fromBits());
    for (float value : new float[] {-0f, 1, Float.MIN_VALUE, -3.5f, Float.MAX_VALUE}) {
      List<Scalar> r = kernel.evaluate(Scalar.of((double) value));
      int bits = Float.floatToIntBits(value);
      assertEquals(bits, r.get(0).toLong());
      assertEquals(Float.intBitsToFloat(bits + 1), (float) r.get(1).toDouble());
    }
    Expr other = Expr.input(1, DType.FLOAT64);
    assertSame(other.bits(), Expr.input(0, DType.FLOAT64).bits().with(other));
    assertNull(x.bits().add(1).fromBits().gradient(0, x));
    DTypeException refused = assertThrows(DTypeException.class, i::bits);
    assertTrue(refused.getMessage().contains("bits takes float32 or float64, not torch.int32"));
    Expr small = Expr.input(0, DType.INT16);
    refused = assertThrows(DTypeException.class, small::fromBits);
    assertTrue(refused.getMessage().contains("from_bits takes int32 or int64, not torch.int16"));
  }

  @Test
  void nansOfAnyBitsStayNan() {
    for (Method method : ExprMethods.unaries()) {
      if (method.getName().equals("sign")) {
        continue;
      }
      for (DType type : FLOATS) {
        ExprProgram program = ExprProgram.compile(Kernel.of(call(method, Expr.input(0, type))));
        ExprProgram.Frame frame = program.newFrame(4);
        for (int i = 0; i < 4; i++) {
          long payload = 0x0003_0A50_4000_0000L >> i & 0x0007_FFFF_E000_0000L;
          long sign = i % 2 == 0 ? 0 : Long.MIN_VALUE;
          frame.floatInput(0)[i] = Double.longBitsToDouble(0x7FF8_0000_0000_0000L | sign | payload);
        }
        program.run(frame, 4);
        for (double y : java.util.Arrays.copyOf(frame.floatOutput(0), 4)) {
          assertTrue(Double.isNaN(y), method.getName());
        }
      }
    }
  }
}
