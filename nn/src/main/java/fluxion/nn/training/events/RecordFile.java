package fluxion.nn.training.events;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.zip.CRC32C;

/**
 * A file of records as TensorFlow has them: the length, 64 bits, a checksum of it, the bytes, a
 * checksum of them; all with the lowest byte first.
 */
public final class RecordFile implements Closeable {
  private static final int MASK = 0xa282ead8;

  private final OutputStream out;

  /**
   * Makes a file.
   *
   * @param path where it is
   * @throws java.nio.file.FileAlreadyExistsException if there is one
   * @throws IOException if it cannot be made
   */
  public RecordFile(Path path) throws IOException {
    this.out =
        new BufferedOutputStream(
            Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE));
  }

  /**
   * Writes a record.
   *
   * @param bytes what is in it
   * @throws IOException if it cannot be written
   */
  public void write(byte[] bytes) throws IOException {
    writeChecked(LittleEndian.bytes(bytes.length, Long.BYTES));
    writeChecked(bytes);
  }

  private void writeChecked(byte[] bytes) throws IOException {
    out.write(bytes);
    out.write(LittleEndian.bytes(maskedChecksum(bytes), Integer.BYTES));
  }

  /** The CRC32C, rotated right by 15 bits, plus a constant. */
  private static int maskedChecksum(byte[] bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return Integer.rotateRight((int) checksum.getValue(), 15) + MASK;
  }

  /**
   * Lets others see what was written.
   *
   * @throws IOException if it cannot be written
   */
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }
}
