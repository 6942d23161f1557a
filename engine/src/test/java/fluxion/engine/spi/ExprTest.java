package fluxion.engine.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ExprTest {
  private static final Expr X = Expr.input(0, DType.FLOAT32);
  private static final Expr Y = Expr.input(1, DType.FLOAT32);

  @Test
  void expressionsWrittenAlikeAreTheSameObject() {
    assertSame(X.mul(Y).add(X.exp()), X.mul(Y).add(X.exp()));
    assertNotSame(X.mul(Y), Y.mul(X));
    assertNotSame(X, Expr.input(0, DType.FLOAT64));
    assertNotSame(X.polygamma(2), X.polygamma(3));
  }

  @Test
  void literalsAreToldApartByTheirBits() {
    assertNotSame(Expr.literal(DType.FLOAT32, 0.0), Expr.literal(DType.FLOAT32, -0.0));
    double otherNan = Double.longBitsToDouble(0x7FF8_0000_0000_0123L);
    assertSame(Expr.literal(DType.FLOAT64, Double.NaN), Expr.literal(DType.FLOAT64, otherNan));
    assertEquals(0.1f, Expr.literal(DType.FLOAT32, 0.1).doubleValue());
    assertEquals(44, Expr.literal(DType.INT8, 300).longValue());
    assertThrows(ArgumentException.class, () -> Expr.literal(DType.INT8, 0.5));
    assertThrows(DTypeException.class, () -> Expr.literal(DType.FLOAT16, 1));
  }

  @Test
  void threadsThatMakeTheSameExpressionGetTheSameObject() throws Exception {
    try (ExecutorService pool = Executors.newFixedThreadPool(4)) {
      Callable<List<Expr>> work =
          () -> {
            List<Expr> made = new ArrayList<>();
            for (int i = 0; i < 2000; i++) {
              made.add(X.add(i + 0.25).sin());
            }
            return made;
          };
      List<Future<List<Expr>>> results = pool.invokeAll(List.of(work, work, work, work));
      for (int t = 1; t < 4; t++) {
        for (int i = 0; i < 2000; i++) {
          assertSame(results.get(0).get().get(i), results.get(t).get().get(i));
        }
      }
    }
  }

  @Test
  void unusedExpressionsAreCollected() {
    int before = Interner.size();
    for (int round = 0; round < 200; round++) {
      for (int i = 0; i < 1000; i++) {
        assertEquals(ExprOp.COS, X.add(round * 1000 + i + 0.125).cos().op());
      }
      if (round % 20 == 19) {
        System.gc();
      }
    }
    for (int tries = 0; tries < 50 && Interner.size() > before + 100_000; tries++) {
      System.gc();
    }
    // 600,000 nodes were made.
    assertTrue(Interner.size() <= before + 100_000, "left: " + Interner.size());
  }

  @Test
  void dtypesThatDoNotFitAreRefusedWithWords() {
    DTypeException mixed =
        assertThrows(DTypeException.class, () -> X.add(Expr.input(1, DType.FLOAT64)));
    assertTrue(mixed.getMessage().contains("torch.float32 and torch.float64"));
    Expr half = Expr.input(0, DType.FLOAT16);
    assertTrue(
        assertThrows(DTypeException.class, () -> half.add(half)).getMessage().contains("cast"));
    assertThrows(DTypeException.class, () -> Expr.input(0, DType.INT32).exp());
    assertThrows(DTypeException.class, () -> X.and(Y));
    assertThrows(DTypeException.class, () -> Expr.select(X, X, Y));
    assertThrows(DTypeException.class, () -> Expr.literal(true).add(Expr.literal(false)));
    assertThrows(ArgumentException.class, () -> Expr.input(-1, DType.FLOAT32));
  }

  @Test
  void textIsInfixWithSharedPartsBoundOnce() {
    Expr e = X.exp();
    assertEquals("%0 = exp(x0); %0 / (%0 + 1.0)", e.div(e.add(1)).toString());
    assertEquals("x0 - (x1 - x0)", X.sub(Y.sub(X)).toString());
    assertEquals("x0 - x1 - x0", X.sub(Y).sub(X).toString());
    assertEquals("(x0 + x1) * -x0", X.add(Y).mul(X.neg()).toString());
    assertEquals(
        "select(x0 > 0.0 & !(x1 == x0), x0, s0)",
        Expr.select(X.gt(0).and(Y.eq(X).not()), X, Expr.scalar(0, DType.FLOAT32)).toString());
    assertEquals(
        "float64(x0) * float64(i1)",
        X.cast(DType.FLOAT64).mul(Expr.index(1).cast(DType.FLOAT64)).toString());
    assertEquals("x0 + x1, x0 * x1", Kernel.of(X.add(Y), X.mul(Y)).toString());
  }

  @Test
  void partsAreReplacedAndFound() {
    Expr e = X.exp().mul(Y).add(X.exp());
    assertSame(Y.mul(Y).add(Y), e.replace(X.exp(), Y));
    assertSame(e, e.replace(X.sin(), Y));
    assertTrue(e.mentions(X.exp()));
    assertEquals(Set.of(0, 1), e.inputsUsed());
    assertThrows(DTypeException.class, () -> e.replace(X, Expr.input(3, DType.FLOAT64)));
  }

  @Test
  void kernelsAreEqualByTheirOutputs() {
    Kernel k = Kernel.of(X.add(Y), Expr.index(1).cast(DType.FLOAT32).mul(X));
    assertEquals(k, Kernel.of(k.outputs()));
    assertEquals(k.hashCode(), Kernel.of(k.outputs()).hashCode());
    assertEquals(2, k.inputCount());
    assertEquals(2, k.indexDims());
    assertEquals(0, k.scalarCount());
    assertThrows(ArgumentException.class, () -> Kernel.of());
    Expr other = Expr.input(0, DType.FLOAT64);
    assertThrows(DTypeException.class, () -> Kernel.of(X, other));
  }

  @Test
  void aSharedGraphTenThousandDeepIsNoProblem() {
    Expr x = Expr.input(0, DType.FLOAT64);
    Expr deep = x;
    Expr line = x;
    for (int i = 0; i < 10_000; i++) {
      deep = deep.add(deep);
      line = line.sin();
    }
    Expr g = Expr.input(1, DType.FLOAT64);
    for (Expr e : List.of(deep, line)) {
      assertTrue(e.toString().length() < 500_000);
      assertEquals(Set.of(0), e.inputsUsed());
      Expr d = e.gradient(0, g);
      assertTrue(d != null && Kernel.of(d).nodes().size() < 50_000);
      double value = Kernel.of(e).evaluate(Scalar.of(0.0)).get(0).toDouble();
      assertEquals(0.0, value);
      Expr moved = e.replace(x, Expr.input(2, DType.FLOAT64));
      assertEquals(Set.of(2), moved.inputsUsed());
    }
  }
}
