package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;

/** Finds the true elements of a mask. */
final class Compactor {
  private Compactor() {}

  /** Writes the positions of the true elements; see {@link fluxion.engine.spi.Backend#compact}. */
  static long run(Operand mask, Operand indices) {
    long elements = mask.numel();
    long[] block = new long[(int) Math.min(elements, Values.BLOCK)];
    LongValues values = new LongValues(DType.BOOL, block);
    ElementStream in = new ElementStream(mask);
    ElementStream out = new ElementStream(indices);
    long found = 0;
    for (long done = 0; done < elements; done += Values.BLOCK) {
      int n = (int) Math.min(elements - done, Values.BLOCK);
      in.read(values, 0, n);
      int count = 0;
      for (int i = 0; i < n; i++) {
        if (block[i] != 0) {
          block[count++] = done + i; // never ahead of what is still to be read
        }
      }
      out.write(values, 0, count);
      found += count;
    }
    return found;
  }
}
