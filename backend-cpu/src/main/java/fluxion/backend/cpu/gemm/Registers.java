package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;

/** How many vector registers the processor has. */
final class Registers {
  /**
   * Whether there are 32: on x86 those of 512 bits come with them, on AArch64 there always are.
   * Otherwise 16, of which a tile may use ten: with twelve the compiler runs out of them and the
   * product takes twice the time.
   */
  static final boolean MANY =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
          || System.getProperty("os.arch").equals("aarch64");

  private Registers() {}
}
