package fluxion.backend.cpu.codegen;

import fluxion.engine.spi.Kernel;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class KernelCompilerTest {
  private static final int[] LENGTHS = {0, 1, 2, 3, 7, 8, 15, 16, 17, 31, 33, 64, 100};

  @Test
  void compiledKernelsGiveTheBitsOfTheOracle() {
    check(1, 400);
  }

  @Test
  @Tag("full")
  void compiledKernelsGiveTheBitsOfTheOracleForThousandsOfFormulas() {
    check(2, 12_000);
  }

  private static void check(long seed, int count) {
    Random random = new Random(seed);
    for (int i = 0; i < count; i++) {
      long own = random.nextLong();
      checkOne(own);
    }
  }

  static void checkOne(long seed) {
    Random random = new Random(seed);
    int operations = random.nextInt(10) == 0 ? 60 : 1 + random.nextInt(12);
    Kernel kernel = RandomKernels.next(random, operations);
    int rows = random.nextInt(4);
    int columns = LENGTHS[random.nextInt(LENGTHS.length)];
    if (random.nextInt(16) == 0) {
      columns = 1000 + random.nextInt(1500);
    }
    Piece piece = new Piece(random, kernel, rows, columns, random.nextInt(3) > 0);
    piece.check(KernelCompiler.compile(kernel.lowered(), piece.steps), "seed " + seed);
  }
}
