package fluxion.nn.checkpoint.file;

import fluxion.api.Autograd;
import fluxion.api.Storage;
import fluxion.api.Tensor;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.foreign.MemorySegment;

/** Writes elements as little-endian bytes, a piece at a time. */
public final class Elements {
  private static final int PIECE = 1 << 20;

  private Elements() {}

  /**
   * Writes a tensor's elements in row-major order.
   *
   * @param tensor the tensor
   * @param out where to
   * @throws IOException if that fails
   */
  public static void write(Tensor tensor, OutputStream out) throws IOException {
    Tensor rows = tensor;
    if (!tensor.isContiguous()) {
      try (var _ = Autograd.noGrad()) {
        rows = tensor.contiguous();
      }
    }
    write(rows.untypedStorage(), rows.storageOffset(), rows.numel(), out);
  }

  /**
   * Writes elements of a storage.
   *
   * @param storage the storage
   * @param from the first of them
   * @param count how many
   * @param out where to
   * @throws IOException if that fails
   */
  public static void write(Storage storage, long from, long count, OutputStream out)
      throws IOException {
    int size = storage.dtype().bytes();
    byte[] piece = new byte[(int) Math.min(PIECE, count * size)];
    MemorySegment segment = MemorySegment.ofArray(piece);
    long at = 0;
    while (at < count) {
      int now = (int) Math.min(piece.length / size, count - at);
      storage.copyTo(from + at, segment.asSlice(0, (long) now * size));
      out.write(piece, 0, now * size);
      at += now;
    }
  }
}
