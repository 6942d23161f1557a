package fluxion.backend.cpu.codegen;

import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Kernel;
import java.util.Random;

/** Prints a hash of what compiled kernels compute, to be run with other settings of the machine. */
final class HashMain {
  private HashMain() {}

  /**
   * Prints the hash.
   *
   * @param args the number of kernels and how often each is run
   */
  public static void main(String[] args) {
    System.out.println("hash " + hash(Integer.parseInt(args[0]), Integer.parseInt(args[1])));
  }

  static long hash(int kernels, int runs) {
    Random random = new Random(11);
    long hash = 0;
    for (int i = 0; i < kernels; i++) {
      Kernel kernel = RandomKernels.next(random, 1 + random.nextInt(12));
      Piece piece = new Piece(random, kernel, 2, 70, random.nextInt(4) > 0);
      KernelLoop loop = KernelCompiler.compile(kernel.lowered(), piece.steps);
      long one = 0;
      for (int run = 0; run < runs; run++) {
        one = piece.hash(piece.run(loop));
      }
      hash = hash * 31 + one;
    }
    return hash;
  }
}
