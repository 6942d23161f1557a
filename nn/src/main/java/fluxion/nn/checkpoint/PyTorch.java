package fluxion.nn.checkpoint;

import fluxion.api.ArgumentException;
import fluxion.api.FormatException;
import fluxion.nn.checkpoint.file.MappedFile;
import fluxion.nn.checkpoint.pth.PthReader;
import fluxion.nn.checkpoint.pth.PthWriter;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Files of {@code torch.save} and {@code torch.load}: {@code .pth}, {@code .pt}, {@code .bin}.
 *
 * <p>What Python has and what it is here:
 *
 * <table>
 * <caption>values</caption>
 * <tr><th>Python</th><th>Java</th></tr>
 * <tr><td>tensor, parameter</td><td>{@link fluxion.api.Tensor}; storages stay shared</td></tr>
 * <tr><td>{@code dict}, {@code Counter}</td><td>{@link java.util.LinkedHashMap}</td></tr>
 * <tr><td>{@code OrderedDict}</td><td>{@link OrderedDict}</td></tr>
 * <tr><td>{@code list}</td><td>{@link java.util.ArrayList}</td></tr>
 * <tr><td>{@code tuple}, {@code torch.Size}</td><td>{@link Tuple}</td></tr>
 * <tr><td>{@code int}</td><td>{@link Long}, beyond 64 bits {@link java.math.BigInteger}</td></tr>
 * <tr><td>{@code float}</td><td>{@link Double}</td></tr>
 * <tr><td>{@code bool}, {@code str}</td><td>{@link Boolean}, {@link String}</td></tr>
 * <tr><td>{@code None}</td><td>null</td></tr>
 * <tr><td>{@code torch.float32} and its like</td><td>{@link fluxion.api.DType}</td></tr>
 * <tr><td>{@code torch.device}</td><td>{@link String}</td></tr>
 * </table>
 *
 * <p>Tensors come to the CPU, wherever they were.
 */
public final class PyTorch {
  private PyTorch() {}

  /**
   * {@return what a file holds}
   *
   * <p>Both formats are read: the archive that PyTorch has written since 1.6, and the pickles in a
   * row from before. The pickle may name only what checkpoints of tensors need; nothing is
   * executed.
   *
   * @param path the file
   * @throws IOException if it is not there or cannot be read
   * @throws FormatException if it is none of PyTorch's files, is damaged, or holds what is not
   *     read: the message says where, and which opcode, name or dtype it is
   */
  public static @Nullable Object load(Path path) throws IOException {
    try (Arena arena = Arena.ofConfined()) {
      return PthReader.read(MappedFile.map(path, arena), path.toString());
    }
  }

  /**
   * Writes a value as {@code torch.save} of PyTorch 1.13 does, so that PyTorch reads it.
   *
   * <p>A storage is written whole, and once, however small a part of it a tensor shows. Any {@link
   * java.util.Map} but an {@link OrderedDict} becomes a dict, any {@link java.util.List} but a
   * {@link Tuple} a list. A tensor that requires a gradient is read by PyTorch as a tensor that
   * does, not as a parameter, unless it is wrapped as a {@link Parameter}.
   *
   * @param value the value
   * @param path the file, which is replaced when the new one is whole; PyTorch reads it under any
   *     name
   * @throws IOException if it cannot be written
   * @throws ArgumentException if a part of the value is none of the above, or holds itself
   */
  public static void save(@Nullable Object value, Path path) throws IOException {
    PthWriter.write(value, path);
  }
}
