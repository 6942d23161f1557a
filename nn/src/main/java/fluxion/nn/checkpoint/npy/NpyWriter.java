package fluxion.nn.checkpoint.npy;

import fluxion.api.ArgumentException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.nn.checkpoint.file.Elements;
import fluxion.nn.checkpoint.file.NewFile;
import fluxion.nn.checkpoint.zip.ZipWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes arrays and archives of arrays, byte for byte as {@code numpy.save} does. */
public final class NpyWriter {
  private static final int ALIGNMENT = 64;

  /** NumPy leaves room for the first size to grow to this many digits. */
  private static final int GROWTH_DIGITS = 21;

  private final byte[] header;
  private final Tensor elements;

  private NpyWriter(Tensor tensor) {
    boolean fortranOrder = isFortran(tensor);
    this.elements = fortranOrder ? reversed(tensor) : tensor;
    this.header = header(tensor, fortranOrder);
  }

  /**
   * Writes an array.
   *
   * @param tensor the tensor
   * @param path the file
   * @throws IOException if it cannot be written
   */
  public static void write(Tensor tensor, Path path) throws IOException {
    NpyWriter writer = new NpyWriter(tensor);
    NewFile.write(path, writer::writeTo);
  }

  /**
   * Writes an archive of arrays, which are stored, not compressed.
   *
   * @param tensors the tensors by name
   * @param path the file
   * @throws IOException if it cannot be written
   */
  public static void write(Map<String, Tensor> tensors, Path path) throws IOException {
    List<Map.Entry<String, NpyWriter>> writers = new ArrayList<>();
    tensors.forEach((name, tensor) -> writers.add(Map.entry(name, new NpyWriter(tensor))));
    NewFile.write(
        path,
        out -> {
          ZipWriter zip = new ZipWriter(out);
          for (Map.Entry<String, NpyWriter> entry : writers) {
            NpyWriter writer = entry.getValue();
            zip.add(entry.getKey() + ".npy", writer.size(), writer::writeTo);
          }
          zip.finish();
        });
  }

  private long size() {
    return header.length + elements.numel() * elements.dtype().bytes();
  }

  private void writeTo(OutputStream out) throws IOException {
    out.write(header);
    Elements.write(elements, out);
  }

  private static Tensor reversed(Tensor tensor) {
    int[] order = new int[tensor.dim()];
    for (int d = 0; d < order.length; d++) {
      order[d] = order.length - 1 - d;
    }
    return tensor.detach().permute(order);
  }

  private static boolean isFortran(Tensor tensor) {
    return !tensor.isContiguous() && reversed(tensor).isContiguous();
  }

  private static byte[] header(Tensor tensor, boolean fortranOrder) {
    String descr = NpyReader.descr(tensor.dtype());
    if (descr == null) {
      throw new ArgumentException(
          "NumPy has no " + tensor.dtype() + "; convert the tensor, for example to float32");
    }
    Shape shape = tensor.shape();
    int dims = shape.dim();
    StringBuilder text =
        new StringBuilder("{'descr': '")
            .append(descr)
            .append("', 'fortran_order': ")
            .append(fortranOrder ? "True" : "False")
            .append(", 'shape': (");
    for (int d = 0; d < dims; d++) {
      text.append(d == 0 ? "" : ", ").append(shape.size(d));
    }
    text.append(dims == 1 ? ",), }" : "), }");
    if (dims > 0) {
      String growing = Long.toString(shape.size(fortranOrder ? dims - 1 : 0));
      text.repeat(' ', GROWTH_DIGITS - growing.length());
    }
    int start = 10;
    int padding = ALIGNMENT - (start + text.length() + 1) % ALIGNMENT;
    text.repeat(' ', padding).append('\n');
    return ByteBuffer.allocate(start + text.length())
        .order(ByteOrder.LITTLE_ENDIAN)
        .put((byte) 0x93)
        .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
        .put((byte) 1)
        .put((byte) 0)
        .putShort((short) text.length())
        .put(text.toString().getBytes(StandardCharsets.US_ASCII))
        .array();
  }
}
