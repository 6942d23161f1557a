package fluxion.nn.checkpoint.npy;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.checkpoint.file.ByteOrders;
import fluxion.nn.checkpoint.file.Cursor;
import fluxion.nn.checkpoint.file.Refusal;
import fluxion.nn.checkpoint.zip.ZipEntry;
import fluxion.nn.checkpoint.zip.ZipReader;
import java.lang.foreign.MemorySegment;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arrays and archives of arrays. */
public final class NpyReader {
  private static final String ENDING = ".npy";
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  /** NumPy's own limit: a longer header could take its parser too long. */
  private static final int LONGEST_HEADER = 10_000;

  private static final Map<String, DType> DTYPES =
      Map.of(
          "b1", DType.BOOL,
          "u1", DType.UINT8,
          "i1", DType.INT8,
          "i2", DType.INT16,
          "i4", DType.INT32,
          "i8", DType.INT64,
          "f2", DType.FLOAT16,
          "f4", DType.FLOAT32,
          "f8", DType.FLOAT64);

  private NpyReader() {}

  /**
   * {@return an array}
   *
   * @param file its bytes
   * @param source its name, for messages
   * @throws FormatException if it is damaged, or its elements are of a type that Fluxion lacks
   */
  public static Tensor read(MemorySegment file, String source) {
    Cursor in = new Cursor(file, source);
    if (file.byteSize() < MAGIC.length
        || in.slice(MAGIC.length).mismatch(MemorySegment.ofArray(MAGIC)) != -1) {
      throw Refusal.of(source, "this is no array of NumPy: the magic string is missing");
    }
    int major = in.u8();
    int minor = in.u8();
    if (major < 1 || major > 3 || minor != 0) {
      throw Refusal.of(
          source, "version %d.%d of the format; 1.0 to 3.0 are read".formatted(major, minor));
    }
    long length = major == 1 ? in.u16() : in.u32();
    String text =
        major == 3
            ? in.text(length, LONGEST_HEADER)
            : new String(in.array(length, LONGEST_HEADER), StandardCharsets.ISO_8859_1);
    NpyHeader header = NpyHeader.parse(text, source);
    DType dtype = dtype(header.descr(), source);
    Shape shape = header.shape();
    long bytes = in.remaining();
    if (bytes % dtype.bytes() != 0 || bytes / dtype.bytes() != shape.numel()) {
      throw Refusal.of(
          source,
          "an array of shape %s and type %s has other than the %d bytes that there are"
              .formatted(shape, header.descr(), bytes));
    }
    MemorySegment elements = in.slice(bytes);
    if (header.descr().charAt(0) == '>') {
      elements = ByteOrders.reversed(elements, dtype.bytes());
    }
    try {
      return tensor(elements, shape, dtype, header.fortranOrder());
    } catch (ArgumentException e) {
      throw Refusal.of(source, String.valueOf(e.getMessage()), e);
    }
  }

  /** In Fortran's order, the array is the transpose of one in row-major order. */
  private static Tensor tensor(
      MemorySegment elements, Shape shape, DType dtype, boolean fortranOrder) {
    TensorOptions options = TensorOptions.of(dtype);
    int dims = shape.dim();
    if (!fortranOrder || dims < 2) {
      return Tensors.fromBytes(elements, shape, options);
    }
    long[] sizes = new long[dims];
    int[] order = new int[dims];
    for (int d = 0; d < dims; d++) {
      sizes[d] = shape.size(dims - 1 - d);
      order[d] = dims - 1 - d;
    }
    return Tensors.fromBytes(elements, Shape.of(sizes), options).permute(order).detach();
  }

  private static DType dtype(String descr, String source) {
    @Nullable DType dtype = null;
    if (descr.length() == 3) {
      dtype = DTYPES.get(descr.substring(1));
      char order = descr.charAt(0);
      if ("<>=".indexOf(order) < 0 && !(order == '|' && dtype != null && dtype.bytes() == 1)) {
        dtype = null;
      }
    }
    if (dtype == null) {
      throw Refusal.of(
          source,
          descr.contains("O")
              ? "the elements are objects, which are pickles; they are not read"
              : "the elements have type '" + descr + "', which Fluxion does not have");
    }
    return dtype;
  }

  /**
   * {@return the arrays of an archive by name, without the ending of the entries' names}
   *
   * @param archive the archive
   * @param source its name, for messages
   * @throws FormatException if an entry is no array, or one that is not read
   */
  public static Map<String, Tensor> readArchive(ZipReader archive, String source) {
    Map<String, MemorySegment> contents = new LinkedHashMap<>();
    for (ZipEntry entry : archive.entries().values()) {
      String name = entry.name();
      if (!name.endsWith(ENDING)) {
        throw Refusal.of(
            source,
            "entry "
                + name
                + " is no array; an archive of NumPy's has entries that end in .npy, one of"
                + " PyTorch's a data.pkl");
      }
      contents.put(name.substring(0, name.length() - ENDING.length()), archive.read(entry));
    }
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    contents.forEach(
        (name, bytes) -> tensors.put(name, read(bytes, source + ", entry " + name + ENDING)));
    return tensors;
  }

  /** {@return NumPy's name of a dtype, or null if it has none} */
  static @Nullable String descr(DType dtype) {
    for (Map.Entry<String, DType> entry : DTYPES.entrySet()) {
      if (entry.getValue() == dtype) {
        return (dtype.bytes() == 1 ? "|" : "<") + entry.getKey();
      }
    }
    return null;
  }
}
