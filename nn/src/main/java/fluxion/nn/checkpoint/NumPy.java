package fluxion.nn.checkpoint;

import fluxion.api.ArgumentException;
import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.file.MappedFile;
import fluxion.nn.checkpoint.npy.NpyReader;
import fluxion.nn.checkpoint.npy.NpyWriter;
import fluxion.nn.checkpoint.zip.ZipReader;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import java.util.Map;

/**
 * Files of NumPy: {@code .npy}, an array, and {@code .npz}, arrays by name.
 *
 * <p>Read are versions 1 to 3 of the format, both orders of bytes and of indices, and archives that
 * are compressed or not; of truth values, {@code uint8}, signed integers, and floats of 16 to 64
 * bits. Arrays of objects, which are pickles, records and texts are refused. An array in Fortran's
 * order becomes a tensor with such strides, and such a tensor an array in that order, as with
 * {@code torch.from_numpy} and {@code Tensor.numpy()}.
 */
public final class NumPy {
  private NumPy() {}

  /**
   * {@return the array of an {@code .npy} file}
   *
   * @param path the file
   * @throws IOException if it is not there or cannot be read
   * @throws FormatException if it is damaged, or of a type that is not read
   */
  public static Tensor load(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return NpyReader.read(MappedFile.map(path, arena), path.toString());
    }
  }

  /**
   * {@return the arrays of an {@code .npz} file by name, in the file's order}
   *
   * @param path the file
   * @throws IOException if it is not there or cannot be read
   * @throws FormatException if it or an array in it is damaged, or of a type that is not read
   */
  public static Map<String, Tensor> loadArchive(Path path) throws IOException {
    String source = path.toString();
    try (Arena arena = Arena.ofConfined()) {
      return NpyReader.readArchive(ZipReader.of(MappedFile.map(path, arena), source), source);
    }
  }

  /**
   * Writes an {@code .npy} file, byte for byte as {@code numpy.save} does.
   *
   * @param tensor the array
   * @param path the file, which is replaced when the new one is whole
   * @throws IOException if it cannot be written
   * @throws ArgumentException if NumPy lacks the dtype, as it lacks bfloat16
   */
  public static void save(Tensor tensor, Path path) throws IOException {
    NpyWriter.write(tensor, path);
  }

  /**
   * Writes an {@code .npz} file, uncompressed, as {@code numpy.savez} does.
   *
   * @param tensors the arrays by name
   * @param path the file, which is replaced when the new one is whole
   * @throws IOException if it cannot be written
   * @throws ArgumentException if NumPy lacks a dtype, as it lacks bfloat16
   */
  public static void saveArchive(Map<String, Tensor> tensors, Path path) throws IOException {
    NpyWriter.write(tensors, path);
  }
}
