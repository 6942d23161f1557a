package fluxion.nn.checkpoint.pth;

import fluxion.api.FormatException;
import fluxion.nn.checkpoint.file.ByteOrders;
import fluxion.nn.checkpoint.file.Cursor;
import fluxion.nn.checkpoint.file.Refusal;
import fluxion.nn.checkpoint.pickle.Unpickler;
import fluxion.nn.checkpoint.zip.ZipEntry;
import fluxion.nn.checkpoint.zip.ZipReader;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@code torch.save} wrote: an archive, or, before PyTorch 1.6, pickles in a row. */
public final class PthReader {
  private static final String PICKLE = "data.pkl";
  private static final int OLDEST_VERSION = 1;
  private static final int NEWEST_VERSION = 10;

  private PthReader() {}

  /**
   * {@return the value of a file}
   *
   * @param file its bytes
   * @param source its name, for messages
   * @throws FormatException if it is none of PyTorch's files, damaged, or holds what is not read
   */
  public static @Nullable Object read(MemorySegment file, String source) {
    if (file.byteSize() >= 2
        && file.get(ValueLayout.JAVA_BYTE, 0) == 'P'
        && file.get(ValueLayout.JAVA_BYTE, 1) == 'K') {
      return readArchive(ZipReader.of(file, source), source);
    }
    return LegacyReader.read(file, source);
  }

  /**
   * {@return the value of an archive}
   *
   * @param archive the archive
   * @param source its name, for messages
   * @throws FormatException as {@link #read} does
   */
  public static @Nullable Object readArchive(ZipReader archive, String source) {
    Map<String, ZipEntry> entries = archive.entries();
    String folder = folder(entries, source);
    if (entries.containsKey(folder + "constants.pkl")) {
      throw Refusal.of(
          source, "this is a program in TorchScript, not a checkpoint; save its state_dict()");
    }
    checkVersion(archive, entries.get(folder + "version"), source);
    boolean reversed = isBigEndian(archive, entries.get(folder + "byteorder"), source);
    TorchNames names = new TorchNames();
    ZipEntry pickle = entry(entries, folder + PICKLE, source);
    Cursor in = new Cursor(archive.read(pickle), source + ", " + PICKLE);
    Object value = Unpickler.read(in, names);
    if (in.remaining() > 0) {
      throw in.error(in.remaining() + " bytes follow the end of the pickle");
    }
    return new Assembly(value, source)
        .finish(
            (storage, dtype) -> {
              ZipEntry entry = entry(entries, folder + "data/" + storage.key(), source);
              MemorySegment bytes = archive.read(entry);
              return reversed ? ByteOrders.reversed(bytes, dtype.bytes()) : bytes;
            });
  }

  /**
   * {@return whether an archive is one of PyTorch's}
   *
   * @param archive the archive
   */
  public static boolean isCheckpoint(ZipReader archive) {
    return archive.entries().keySet().stream().anyMatch(PthReader::isPickle);
  }

  private static boolean isPickle(String name) {
    int slash = name.indexOf('/');
    return name.substring(slash + 1).equals(PICKLE);
  }

  private static String folder(Map<String, ZipEntry> entries, String source) {
    List<String> pickles = entries.keySet().stream().filter(PthReader::isPickle).toList();
    if (pickles.size() != 1) {
      throw Refusal.of(
          source,
          "an archive of PyTorch has one %s in a folder; this one has %d"
              .formatted(PICKLE, pickles.size()));
    }
    String name = pickles.getFirst();
    return name.substring(0, name.length() - PICKLE.length());
  }

  private static ZipEntry entry(Map<String, ZipEntry> entries, String name, String source) {
    ZipEntry entry = entries.get(name);
    if (entry == null) {
      throw Refusal.of(source, "the archive lacks " + name);
    }
    return entry;
  }

  private static String line(ZipReader archive, ZipEntry entry, String source) {
    if (entry.size() > 100) {
      throw Refusal.of(source, entry.name() + " has " + entry.size() + " bytes; expected one line");
    }
    byte[] bytes = archive.read(entry).toArray(ValueLayout.JAVA_BYTE);
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }

  private static void checkVersion(ZipReader archive, @Nullable ZipEntry entry, String source) {
    if (entry == null) {
      return;
    }
    String version = line(archive, entry, source);
    boolean known = version.matches("[0-9]{1,3}");
    if (known) {
      int number = Integer.parseInt(version);
      known = number >= OLDEST_VERSION && number <= NEWEST_VERSION;
    }
    if (!known) {
      throw Refusal.of(
          source,
          "the format's version is '%s'; known are %d to %d"
              .formatted(version, OLDEST_VERSION, NEWEST_VERSION));
    }
  }

  private static boolean isBigEndian(ZipReader archive, @Nullable ZipEntry entry, String source) {
    String order = entry == null ? "little" : line(archive, entry, source);
    return switch (order) {
      case "little" -> false;
      case "big" -> true;
      default -> throw Refusal.of(source, "the byte order is '" + order + "'");
    };
  }
}
