package fluxion.nn.data;

import fluxion.api.DType;
import fluxion.api.FormatException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Reads one IDX file, plain or compressed with gzip, from front to end: two zero bytes, the type, 8
 * for unsigned bytes, the number of dimensions, the sizes as 32-bit integers with the highest byte
 * first, then the elements, likewise. Which of both the file is shows in its first bytes, not in
 * its name.
 *
 * <p>What is wrong is told in one line that names the file, the offset (in the unpacked data, where
 * it is compressed) and what was expected there.
 */
final class IdxReader implements AutoCloseable {
  private static final int HEADER = 4;
  private static final int UNSIGNED_BYTES = 8;

  /** What types stand for. */
  private static final Map<Integer, DType> TYPES =
      Map.of(
          UNSIGNED_BYTES,
          DType.UINT8,
          0x09,
          DType.INT8,
          0x0b,
          DType.INT16,
          0x0c,
          DType.INT32,
          0x0d,
          DType.FLOAT32,
          0x0e,
          DType.FLOAT64);

  private static final int GZIP_0 = 0x1f;
  private static final int GZIP_1 = 0x8b;
  private static final int BUFFER = 1 << 16;

  private final Path file;
  private final InputStream in;
  private final boolean packed;
  private final long length;
  private final int[] sizes;
  private DType dtype = DType.UINT8;
  private long offset;

  /**
   * Opens a file and reads its sizes. Where nothing is said of the dimensions, there may be any, of
   * any type; else elements are unsigned bytes.
   *
   * @param file the file
   * @param dims what its dimensions are
   * @throws FormatException if it cannot be read, or does not begin as such a file does
   */
  IdxReader(Path file, String... dims) {
    this.file = file;
    InputStream raw = null;
    try {
      length = Files.size(file);
      raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
      raw.mark(2);
      packed = raw.read() == GZIP_0 && raw.read() == GZIP_1;
      raw.reset();
      in = packed ? unpacked(raw) : raw;
      sizes = dims.length == 0 ? readAnyHeader() : readHeader(dims);
    } catch (IOException e) {
      closeQuietly(raw);
      throw unreadable(e);
    } catch (FormatException e) {
      closeQuietly(raw);
      throw e;
    }
  }

  private InputStream unpacked(InputStream raw) throws IOException {
    try {
      return new GZIPInputStream(raw, BUFFER);
    } catch (EOFException | ZipException e) {
      throw new FormatException(file + ": offset 0: expected a gzip header, found damage", e);
    }
  }

  private static void closeQuietly(@Nullable InputStream stream) {
    if (stream != null) {
      try {
        stream.close();
      } catch (IOException _) {
        // what is told is why it was closed
      }
    }
  }

  private FormatException unreadable(IOException e) {
    return new FormatException(file + ": cannot be read: " + e.getMessage(), e);
  }

  private int[] readAnyHeader() throws IOException {
    byte[] magic = new byte[HEADER];
    String expected = "00 00, a type (08, 09, 0b, 0c, 0d or 0e) and a number of dimensions (IDX)";
    if (fill(magic) < HEADER) {
      throw wrong(0, expected, "a file of " + offset + " bytes");
    }
    DType type = TYPES.get((int) magic[2]);
    if (magic[0] != 0 || magic[1] != 0 || type == null || magic[3] <= 0) {
      throw wrong(0, expected, HexFormat.ofDelimiter(" ").formatHex(magic));
    }
    dtype = type;
    String[] dims = new String[magic[3]];
    Arrays.setAll(dims, dim -> "elements along dimension " + dim);
    return readSizes(dims);
  }

  private int[] readHeader(String... dims) throws IOException {
    byte[] magic = new byte[HEADER];
    String expected =
        "00 00 08 0" + dims.length + " (IDX, unsigned bytes, " + dims.length + " dimensions)";
    if (fill(magic) < HEADER) {
      throw wrong(0, expected, "a file of " + offset + " bytes");
    }
    String found = HexFormat.ofDelimiter(" ").formatHex(magic);
    if (magic[0] != 0 || magic[1] != 0) {
      throw wrong(0, expected, found);
    }
    if (magic[2] != UNSIGNED_BYTES) {
      throw wrong(2, expected, found + ", of another type");
    }
    if (magic[3] != dims.length) {
      throw wrong(3, expected, found + ", of " + Byte.toUnsignedInt(magic[3]) + " dimensions");
    }
    return readSizes(dims);
  }

  private int[] readSizes(String... dims) throws IOException {
    int[] read = new int[dims.length];
    for (int d = 0; d < dims.length; d++) {
      byte[] size = new byte[Integer.BYTES];
      long at = offset;
      if (fill(size) < size.length) {
        throw wrong(at, "the number of " + dims[d], "the end of the file");
      }
      read[d] = ByteBuffer.wrap(size).getInt();
      if (read[d] <= 0) {
        throw wrong(
            at,
            "the number of " + dims[d] + ", from 1 to 2147483647",
            Integer.toUnsignedString(read[d]));
      }
    }
    return read;
  }

  /** {@return the type of the elements} */
  DType dtype() {
    return dtype;
  }

  /** {@return all sizes} */
  long[] sizes() {
    return Arrays.stream(sizes).asLongStream().toArray();
  }

  /** {@return the number of elements along a dimension, at least 1} */
  int size(int dim) {
    return sizes[dim];
  }

  /** {@return where the size of a dimension is in the file} */
  static long offsetOfSize(int dim) {
    return HEADER + (long) Integer.BYTES * dim;
  }

  /**
   * Refuses a plain file whose length is not what its sizes say, before anything is allocated.
   *
   * @param bytes the number of bytes by the sizes
   */
  void checkLength(long bytes) {
    if (!packed && length - offset != bytes) {
      throw wrong(
          offset,
          bytes + " bytes of data, as the sizes say",
          (length - offset) + " up to the end of the file");
    }
  }

  /**
   * {@return the next bytes}
   *
   * @param count how many
   * @param what what they are
   */
  byte[] read(int count, String what) {
    byte[] elements = new byte[count];
    try {
      if (fill(elements) < count) {
        throw wrong(offset, "more data, for " + what, "the end");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
    return elements;
  }

  /** Refuses data behind the last element; a compressed file's checksum is verified by that. */
  void end() {
    try {
      if (fill(new byte[1]) > 0) {
        throw wrong(offset - 1, "the end, as the sizes say", "more data");
      }
    } catch (IOException e) {
      throw unreadable(e);
    }
  }

  /** Reads until an array is full, or the data ends; says how many bytes there were. */
  private int fill(byte[] target) throws IOException {
    int filled = 0;
    try {
      while (filled < target.length) {
        int count = in.read(target, filled, target.length - filled);
        if (count < 0) {
          break;
        }
        filled += count;
        offset += count;
      }
    } catch (EOFException e) {
      throw new FormatException(place(offset) + "expected more gzip data, found the end", e);
    } catch (ZipException e) {
      throw new FormatException(
          place(offset) + "expected sound gzip data, found damage: " + e.getMessage(), e);
    }
    return filled;
  }

  private String place(long at) {
    return file + ": offset " + at + (packed ? " of the unpacked data: " : ": ");
  }

  /**
   * {@return what is wrong, in one line}
   *
   * @param at where, in bytes
   * @param expected what should be there
   * @param found what is
   */
  FormatException wrong(long at, String expected, String found) {
    return new FormatException(place(at) + "expected " + expected + ", found " + found);
  }

  @Override
  public void close() {
    closeQuietly(in);
  }
}
