package fluxion.nn.data;

import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.checkpoint.file.ByteOrders;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;

/**
 * Files in the IDX format of MNIST: one array of bytes, integers or floats, plain or compressed
 * with gzip, whatever the name.
 */
public final class Idx {
  private Idx() {}

  /**
   * {@return the array in a file}
   *
   * @param file the file
   * @throws FormatException if it is not there, is malformed, or would take more than half of the
   *     heap
   */
  public static Tensor read(Path file) {
    try (IdxReader in = new IdxReader(file)) {
      long bytes = in.dtype().bytes();
      long most = Math.min(Runtime.getRuntime().maxMemory() / 2, Integer.MAX_VALUE - 8L);
      for (int dim = 0; dim < in.sizes().length; dim++) {
        bytes *= in.size(dim);
        if (bytes > most) {
          throw in.wrong(
              IdxReader.offsetOfSize(dim),
              "elements that take at most " + most + " bytes",
              "at least " + bytes);
        }
      }
      in.checkLength(bytes);
      byte[] elements = in.read((int) bytes, bytes + " bytes");
      in.end();
      return Tensors.fromBytes(
          ByteOrders.reversed(MemorySegment.ofArray(elements), in.dtype().bytes()),
          Shape.of(in.sizes()),
          TensorOptions.of(in.dtype()));
    }
  }
}
