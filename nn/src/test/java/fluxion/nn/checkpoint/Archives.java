package fluxion.nn.checkpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Makes zip archives with the JDK, and damages them. */
final class Archives {
  static final int LOCAL = 0x04034b50;
  static final int CENTRAL = 0x02014b50;
  static final int END = 0x06054b50;

  private Archives() {}

  /** An archive of PyTorch's in a folder {@code x}: a pickle, and four floats as storage 0. */
  static byte[] checkpoint(String pickle) {
    return stored(contents(pickle));
  }

  static Map<String, byte[]> contents(String pickle) {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put("x/data.pkl", PickleText.bytes(pickle));
    contents.put("x/data/0", new byte[16]);
    contents.put("x/version", text("3\n"));
    return contents;
  }

  /** The same with one more file, or another one under the name. */
  static byte[] with(String pickle, String name, byte[] content) {
    Map<String, byte[]> contents = contents(pickle);
    contents.put(name, content);
    return stored(contents);
  }

  static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  static byte[] stored(Map<String, byte[]> contents) {
    return zip(contents, ZipEntry.STORED);
  }

  static byte[] deflated(Map<String, byte[]> contents) {
    return zip(contents, ZipEntry.DEFLATED);
  }

  private static byte[] zip(Map<String, byte[]> contents, int method) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> file : contents.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setMethod(method);
        if (method == ZipEntry.STORED) {
          CRC32 crc = new CRC32();
          crc.update(file.getValue());
          entry.setCrc(crc.getValue());
          entry.setSize(file.getValue().length);
        }
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /** Where the nth record with a signature begins. */
  static int find(byte[] archive, int signature, int which) {
    ByteBuffer buffer = ByteBuffer.wrap(archive).order(ByteOrder.LITTLE_ENDIAN);
    int left = which;
    for (int at = 0; at + 4 <= archive.length; at++) {
      if (buffer.getInt(at) == signature && left-- == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("no such record");
  }

  /** A copy with a number of some bytes in the nth record with a signature changed. */
  static byte[] patched(
      byte[] archive, int signature, int which, int offset, int size, long value) {
    byte[] copy = archive.clone();
    int at = find(archive, signature, which) + offset;
    for (int i = 0; i < size; i++) {
      copy[at + i] = (byte) (value >> (8 * i));
    }
    return copy;
  }
}
