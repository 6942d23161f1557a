package fluxion.backend.cpu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelCompilerTest {
  private static final int[] LENGTHS = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100};

  @Test
  void compiledKernelsGiveTheBitsOfTheOracle() {
    check(1, 300);
  }

  @Test
  @Tag("full")
  void compiledKernelsGiveTheBitsOfTheOracleForThousandsOfFormulas() {
    check(2, 10_000);
  }

  private static void check(long seed, int count) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      checkOne(random.nextLong());
    }
  }

  private static void checkOne(long seed) {
    Random random = new Random(seed);
    int operations = random.nextInt(10) == 0 ? 60 : 1 + random.nextInt(12);
    Kernel kernel = RandomKernels.next(random, operations);
    int columns = LENGTHS[random.nextInt(LENGTHS.length)];
    if (random.nextInt(16) == 0) {
      columns = 1000 + random.nextInt(1500);
    }
    Piece piece = new Piece(random, kernel, random.nextInt(4), columns, random.nextInt(3) > 0);
    piece.check(KernelCompiler.compile(kernel.lowered(), piece.steps), "seed " + seed);
    piece.check(
        KernelCompiler.compileScalar(kernel.lowered(), piece.steps), "no vectors, seed " + seed);
  }

  @Test
  void theBitsStayWhenTheCodeIsCompiledByTheMachine() {
    Random random = new Random(7);
    Expr x = Expr.input(0, DType.FLOAT32);
    Expr y = Expr.input(1, DType.FLOAT32);
    Expr inside = x.gt(y).and(x.isfinite());
    Kernel kernel =
        Kernel.of(
            Expr.select(inside, x.mul(y).floor(), x.max(y)),
            x.cast(DType.INT32).shl(Expr.literal(DType.INT32, 3)));
    Piece piece = new Piece(random, kernel, 3, 1003, true);
    KernelLoop loop = KernelCompiler.compile(kernel.lowered(), piece.steps);
    for (int i = 0; i < 3000; i++) {
      piece.run(loop);
    }
    piece.check(loop, "warm");
  }

  @Test
  void everyMethodOfALongFormulaStaysShortEnoughToBeCompiled() {
    Expr x = Expr.input(0, DType.FLOAT32);
    Expr sum = x;
    for (int i = 1; i < 4000; i++) {
      sum = i % 2 == 0 ? sum.mul(Expr.literal(DType.FLOAT32, 1 + 1.0 / i)) : sum.add(x);
    }
    checkLong(Kernel.of(sum));
    checkLong(Kernel.of(sum.cast(DType.INT16).div(3)));
  }

  @Test
  void aKernelMayHaveHundredsOfInputsAndOutputs() {
    List<Expr> outputs = new ArrayList<>();
    Expr sum = Expr.literal(DType.FLOAT32, 0);
    for (int i = 0; i < 500; i++) {
      Expr x = Expr.input(i, i % 7 == 3 ? DType.UINT8 : DType.FLOAT32);
      sum = sum.add(x.cast(DType.FLOAT32));
      outputs.add(i % 5 == 0 ? x : sum);
    }
    checkLong(Kernel.of(outputs));
    checkLong(Kernel.of(sum));
  }

  private static void checkLong(Kernel kernel) {
    Kernel lowered = kernel.lowered();
    Piece piece = new Piece(new Random(3), kernel, 2, 1100, false);
    byte[] bytes = KernelCompiler.generate(lowered, piece.steps, true);
    int longest = KernelCompiler.longestStage(bytes);
    assertTrue(longest <= KernelCompiler.LONGEST_METHOD, "a method has " + longest + " bytes");
    piece.check(KernelCompiler.compile(lowered, piece.steps), "long");
  }

  @Test
  void outputsMayBeInputsOfOtherOutputs() {
    List<Expr> rotated = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      rotated.add(Expr.input((i + 1) % 120, DType.FLOAT64));
    }
    Kernel kernel = Kernel.of(rotated);
    ColumnStep[] steps = new ColumnStep[240];
    Object[] arrays = new Object[240];
    for (int i = 0; i < 240; i++) {
      steps[i] = i % 2 == 0 ? ColumnStep.UNIT : ColumnStep.ANY;
      arrays[i] = i < 120 ? new double[] {i, i + 0.5, -i} : arrays[i - 120];
    }
    int[] ones = new int[240];
    Arrays.fill(ones, 1);
    KernelCompiler.compile(kernel, steps)
        .run(arrays, new int[240], new int[240], ones, 1, 3, new double[0], new long[0]);
    for (int i = 0; i < 120; i++) {
      int from = (i + 1) % 120;
      assertEquals(
          Arrays.toString(new double[] {from, from + 0.5, -from}),
          Arrays.toString((double[]) arrays[i]));
    }
  }

  @Test
  void operationsThatVectorsCannotDoHaveStagesOfTheirOwn() {
    Expr x = Expr.input(0, DType.INT64).cast(DType.FLOAT64);
    Expr y = x;
    for (int i = 0; i < 10; i++) {
      y = y.mul(x).add(1.5);
    }
    ColumnStep[] strided = {ColumnStep.ANY, ColumnStep.ANY};
    List<Stage> stages = Planner.plan(Kernel.of(y.fmod(x)), strided, 5000).stages();
    assertEquals(
        List.of(false, true, false), stages.stream().map(Stage::vector).toList().subList(0, 3));
    ColumnStep[] plain = {ColumnStep.UNIT, ColumnStep.UNIT};
    assertEquals(
        1, Planner.plan(Kernel.of(x.mul(2.0).cast(DType.INT64)), plain, 5000).stages().size());
  }

  @Test
  void twoThreadsMayRunOneLoop() throws InterruptedException {
    Expr x = Expr.input(0, DType.FLOAT32);
    Expr long1 = x;
    for (int i = 0; i < 900; i++) {
      long1 = long1.mul(x).add(0.25);
    }
    Kernel kernel = Kernel.of(long1);
    Piece piece = new Piece(new Random(5), kernel, 4, 500, true);
    KernelLoop loop = KernelCompiler.compile(kernel, piece.steps);
    long[] hashes = new long[2];
    Thread[] threads = new Thread[2];
    for (int t = 0; t < 2; t++) {
      int own = t;
      threads[t] =
          new Thread(
              () -> {
                for (int i = 0; i < 20; i++) {
                  hashes[own] += piece.hash(piece.run(loop));
                }
              });
      threads[t].start();
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertEquals(20 * piece.hash(piece.run(loop)), hashes[0]);
    assertEquals(hashes[0], hashes[1]);
  }
}
