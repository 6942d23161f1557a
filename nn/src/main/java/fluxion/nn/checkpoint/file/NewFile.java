package fluxion.nn.checkpoint.file;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file that is written beside its place and moved there when it is whole. A file that stood there
 * before stays until then; whoever has mapped it keeps what he mapped.
 */
public final class NewFile extends OutputStream {
  private static final int BUFFER = 1 << 16;

  /** What writes a file. */
  @FunctionalInterface
  public interface Content {
    /**
     * Writes it.
     *
     * @param out where to
     * @throws IOException if that fails
     */
    void writeTo(NewFile out) throws IOException;
  }

  private final FileChannel channel;
  private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
  private long position;

  private NewFile(FileChannel channel) {
    this.channel = channel;
  }

  /**
   * Writes a file, or nothing.
   *
   * @param path the file
   * @param content writes what is in it
   * @throws IOException if it cannot be written; a file that was there is then as it was
   */
  public static void write(Path path, Content content) throws IOException {
    Path target = Files.isSymbolicLink(path) ? path.toRealPath() : path.toAbsolutePath();
    Path part = part(target, 0);
    FileChannel opened = create(part, 0);
    for (int i = 1; opened == null; i++) {
      part = part(target, i);
      opened = create(part, i);
    }
    boolean done = false;
    try {
      try (FileChannel channel = opened) {
        NewFile file = new NewFile(channel);
        content.writeTo(file);
        file.flush();
      }
      move(part, target);
      done = true;
    } finally {
      if (!done) {
        Files.deleteIfExists(part);
      }
    }
  }

  private static Path part(Path target, int attempt) {
    return target.resolveSibling("." + target.getFileName() + "." + attempt + ".part");
  }

  private static @Nullable FileChannel create(Path part, int attempt) throws IOException {
    try {
      return FileChannel.open(part, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    } catch (FileAlreadyExistsException e) {
      if (attempt > 1000) {
        throw e;
      }
      return null; // another writer's
    }
  }

  private static void move(Path from, Path to) throws IOException {
    try {
      Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException e) {
      Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  /** {@return how many bytes were written} */
  public long position() {
    return position;
  }

  @Override
  public void write(int value) throws IOException {
    if (!buffer.hasRemaining()) {
      flush();
    }
    buffer.put((byte) value);
    position++;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    if (length > buffer.remaining()) {
      flush();
    }
    if (length > buffer.capacity()) {
      drain(ByteBuffer.wrap(bytes, offset, length));
    } else {
      buffer.put(bytes, offset, length);
    }
    position += length;
  }

  @Override
  public void flush() throws IOException {
    drain(buffer.flip());
    buffer.clear();
  }

  private void drain(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
