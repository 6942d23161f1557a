package fluxion.engine.random;

import fluxion.api.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * All that decides a generator's next draws, and its form in bytes: the one that PyTorch's {@code
 * get_rng_state} returns on a 64-bit little-endian machine.
 *
 * @param seed the seed from which the stream started
 * @param twister the source of bits
 * @param hasNextNormal whether a normal number is kept for the next call
 * @param nextNormal that number
 */
record GeneratorState(
    long seed, MersenneTwister twister, boolean hasNextNormal, double nextNormal) {
  /** The length of a saved state. */
  static final int BYTES = 5056;

  /** The length before PyTorch kept a cached float32 sample too; still accepted. */
  private static final int LEGACY_BYTES = 5048;

  /** {@return the state in bytes} */
  byte[] toBytes() {
    ByteBuffer out = ByteBuffer.allocate(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    out.putLong(seed);
    twister.write(out);
    // PyTorch no longer uses normal_x and normal_rho, on either side of the cached number.
    out.putDouble(0).putDouble(hasNextNormal ? nextNormal : 0).putDouble(0);
    out.putInt(hasNextNormal ? 1 : 0);
    // Padding follows, then a cached float32 sample, which nothing on the CPU draws: zeros.
    return out.array();
  }

  /**
   * {@return the state that bytes stand for}
   *
   * @throws FormatException if they are no state
   */
  static GeneratorState of(byte[] bytes) {
    if (bytes.length != BYTES && bytes.length != LEGACY_BYTES) {
      throw new FormatException(
          "a state of the CPU generator has "
              + BYTES
              + " bytes (or "
              + LEGACY_BYTES
              + ", from old versions), but this one has "
              + bytes.length);
    }
    ByteBuffer in = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    long seed = in.getLong();
    MersenneTwister twister = MersenneTwister.read(in);
    in.getDouble();
    double nextNormal = in.getDouble();
    in.getDouble();
    return new GeneratorState(seed, twister, in.getInt() != 0, nextNormal);
  }
}
