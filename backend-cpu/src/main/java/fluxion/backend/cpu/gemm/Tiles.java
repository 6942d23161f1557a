package fluxion.backend.cpu.gemm;

import jdk.incubator.vector.FloatVector;

/** The tiles for this machine's number of vector registers. */
final class Tiles {
  /**
   * Whether there are 32 registers: on x86 those of 512 bits come with them, on AArch64 there
   * always are. Otherwise 16, of which a tile may use ten: with twelve the compiler runs out of
   * them and the product takes twice the time.
   */
  private static final boolean MANY =
      FloatVector.SPECIES_PREFERRED.vectorBitSize() >= 512
          || System.getProperty("os.arch").equals("aarch64");

  static final FloatTile FLOAT = MANY ? new FloatTile12() : new FloatTile5();
  static final DoubleTile DOUBLE = MANY ? new DoubleTile12() : new DoubleTile5();

  private Tiles() {}
}
