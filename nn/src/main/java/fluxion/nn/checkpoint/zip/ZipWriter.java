package fluxion.nn.checkpoint.zip;

import fluxion.nn.checkpoint.file.NewFile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * Writes an archive byte for byte as PyTorch does: files stored, each one's content at a multiple
 * of 64 bytes, sizes and checksum behind it, and a zip64 directory.
 *
 * <p>The layout is that of {@code caffe2/serialize/inline_container.cc} and the miniz that it uses.
 */
public final class ZipWriter {
  private static final int ALIGNMENT = 64;
  private static final int LOCAL_SIZE = 30;
  private static final long LARGE = 0xffffffffL;

  /** Names are UTF-8. */
  private static final int UTF_8 = 0x0800;

  /** Sizes and checksum follow the content. */
  private static final int FOLLOWED = 0x0008;

  /** What writes a file's content. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    void writeTo(OutputStream out) throws IOException;
  }

  private final NewFile out;
  private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
  private int count;

  /**
   * Makes a writer.
   *
   * @param out where the archive goes
   */
  public ZipWriter(NewFile out) {
    this.out = out;
  }

  /** Little-endian numbers of given sizes, one after the other. */
  private static final class Numbers {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    Numbers put(int size, long value) {
      for (int i = 0; i < size; i++) {
        bytes.write((int) (value >> (8 * i)));
      }
      return this;
    }

    byte[] end() {
      return bytes.toByteArray();
    }
  }

  private static long small(long value) {
    return Math.min(value, LARGE);
  }

  /** What does not fit 32 bits, as an extra field; nothing if all does. */
  static byte[] large(long size, long header) {
    if (size < LARGE && header < LARGE) {
      return new byte[0];
    }
    int length = (size >= LARGE ? 16 : 0) + (header >= LARGE ? 8 : 0);
    Numbers field = new Numbers().put(2, 1).put(2, length);
    if (size >= LARGE) {
      field.put(8, size).put(8, size);
    }
    if (header >= LARGE) {
      field.put(8, header);
    }
    return field.end();
  }

  /** An extra field that brings the content to a multiple of 64 bytes. */
  static byte[] padding(long header, int nameLength, int largeLength) {
    long start = header + LOCAL_SIZE + nameLength + largeLength + 4;
    int length = (int) (-start & (ALIGNMENT - 1));
    Numbers field = new Numbers().put(1, 'F').put(1, 'B').put(2, length);
    for (int i = 0; i < length; i++) {
      field.put(1, 'Z');
    }
    return field.end();
  }

  /**
   * Adds a file.
   *
   * @param name its name
   * @param size the size of its content
   * @param content writes it
   * @throws IOException if that fails
   */
  public void add(String name, long size, Content content) throws IOException {
    byte[] encoded = name.getBytes(StandardCharsets.UTF_8);
    long header = out.position();
    byte[] large = large(size, header);
    byte[] padding = padding(header, encoded.length, large.length);
    out.write(
        new Numbers()
            .put(4, 0x04034b50)
            .put(2, 0) // needs no version
            .put(2, flags(size))
            .put(2, 0) // stored
            .put(4, 0) // at no time
            .put(4, 0) // the checksum and the two sizes follow
            .put(8, 0)
            .put(2, encoded.length)
            .put(2, large.length + padding.length)
            .end());
    out.write(encoded);
    out.write(large);
    out.write(padding);
    long start = out.position();
    Checked checked = new Checked(out);
    content.writeTo(checked);
    if (out.position() - start != size) {
      throw new IllegalStateException(
          name + " has " + (out.position() - start) + " bytes instead of " + size);
    }
    int crc = (int) checked.crc.getValue();
    if (size > 0) {
      describe(crc, size, large);
    }
    list(encoded, crc, size, header, large);
  }

  private static int flags(long size) {
    return size == 0 ? UTF_8 : UTF_8 | FOLLOWED;
  }

  private void describe(int crc, long size, byte[] large) throws IOException {
    int width = large.length == 0 ? 4 : 8;
    out.write(new Numbers().put(4, 0x08074b50).put(4, crc).put(width, size).put(width, size).end());
  }

  private void list(byte[] name, int crc, long size, long header, byte[] large) {
    directory.writeBytes(
        new Numbers()
            .put(4, 0x02014b50)
            .put(4, 0) // made by and needs no version
            .put(2, flags(size))
            .put(2, 0) // stored
            .put(4, 0) // at no time
            .put(4, crc)
            .put(4, small(size))
            .put(4, small(size))
            .put(2, name.length)
            .put(2, large.length)
            .put(2, 0) // no comment
            .put(2, 0) // the first disk
            .put(6, 0) // no attributes
            .put(4, small(header))
            .end());
    directory.writeBytes(name);
    directory.writeBytes(large);
    count++;
  }

  /**
   * Writes the directory.
   *
   * @throws IOException if that fails
   */
  public void finish() throws IOException {
    long start = out.position();
    out.write(directory.toByteArray());
    long end = out.position();
    out.write(
        new Numbers()
            .put(4, 0x06064b50)
            .put(8, 44)
            .put(2, 0x031e) // made on Unix, by version 3.0
            .put(2, 45)
            .put(8, 0) // the first and only disk
            .put(8, count)
            .put(8, count)
            .put(8, end - start)
            .put(8, start)
            .end());
    out.write(new Numbers().put(4, 0x07064b50).put(4, 0).put(8, end).put(4, 1).end());
    long few = Math.min(count, 0xffff);
    out.write(
        new Numbers()
            .put(4, 0x06054b50)
            .put(4, 0) // the first and only disk
            .put(2, few)
            .put(2, few)
            .put(4, small(end - start))
            .put(4, small(start))
            .put(2, 0) // no comment
            .end());
  }

  /** Passes bytes on and sums them up. */
  private static final class Checked extends OutputStream {
    private final OutputStream out;
    private final CRC32 crc = new CRC32();

    Checked(OutputStream out) {
      this.out = out;
    }

    @Override
    public void write(int value) throws IOException {
      crc.update(value);
      out.write(value);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      crc.update(bytes, offset, length);
      out.write(bytes, offset, length);
    }
  }
}
