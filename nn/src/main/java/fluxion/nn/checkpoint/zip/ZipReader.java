package fluxion.nn.checkpoint.zip;

import fluxion.api.FormatException;
import fluxion.nn.checkpoint.file.Cursor;
import fluxion.nn.checkpoint.file.Refusal;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The files of an archive in memory. Stored ones are not copied. Everything that the directory
 * claims is checked against the archive before anything is read: sizes, places, names, and that no
 * two files share bytes, which is what bombs are made of.
 */
public final class ZipReader {
  private static final int LOCAL = 0x04034b50;
  private static final int CENTRAL = 0x02014b50;
  private static final int END = 0x06054b50;
  private static final int END_64 = 0x06064b50;
  private static final int LOCATOR_64 = 0x07064b50;
  private static final int END_SIZE = 22;
  private static final int LOCATOR_SIZE = 20;
  private static final int CENTRAL_SIZE = 46;
  private static final int LONGEST_NAME = 4096;
  private static final long UNKNOWN = 0xffffffffL;

  /** What compressed files may unpack to: so much anyway, or so many times the archive's size. */
  private static final long ALWAYS_UNPACKED = 256L << 20;

  private static final long TIMES_UNPACKED = 100;

  private final MemorySegment archive;
  private final String source;
  private final Map<String, ZipEntry> entries = new LinkedHashMap<>();
  private long directory;
  private long unpacked;

  private ZipReader(MemorySegment archive, String source) {
    this.archive = archive;
    this.source = source;
  }

  /**
   * {@return an archive}
   *
   * @param archive its bytes
   * @param source its name, for messages
   * @throws FormatException if it is damaged, encrypted, split, or compressed in another way than
   *     by "deflate"
   */
  public static ZipReader of(MemorySegment archive, String source) {
    ZipReader reader = new ZipReader(archive, source);
    reader.readDirectory();
    reader.checkPlaces();
    return reader;
  }

  /** {@return the files by name, in the order of the directory} */
  public Map<String, ZipEntry> entries() {
    return Collections.unmodifiableMap(entries);
  }

  private FormatException error(String what) {
    return Refusal.of(source, what);
  }

  private Cursor cursor(long position) {
    Cursor cursor = new Cursor(archive, source);
    cursor.seek(position);
    return cursor;
  }

  /** The end record: the last place where one fits whose comment fills the rest. */
  private long findEnd() {
    long last = archive.byteSize() - END_SIZE;
    for (long at = last; at >= Math.max(0, last - 0xffff); at--) {
      Cursor end = cursor(at);
      if (end.i32() == END) {
        end.seek(at + 20);
        if (end.u16() == last - at) {
          return at;
        }
      }
    }
    throw error("this is no zip archive, or it was cut off: it has no directory");
  }

  private void readDirectory() {
    long endAt = findEnd();
    Cursor end = cursor(endAt + 4);
    long disks = (long) end.u16() + end.u16();
    long here = end.u16();
    long count = end.u16();
    long size = end.u32();
    long offset = end.u32();
    long limit = endAt;
    long locatorAt = endAt - LOCATOR_SIZE;
    if (locatorAt >= 0 && cursor(locatorAt).i32() == LOCATOR_64) {
      Cursor locator = cursor(locatorAt + 4);
      disks += locator.u32();
      limit = locator.i64();
      disks += locator.u32() - 1;
      Cursor end64 = cursor(limit);
      if (end64.i32() != END_64) {
        throw error("the zip64 record is not at byte %d, where it is to be".formatted(limit));
      }
      end64.seek(limit + 16);
      disks += end64.u32() + end64.u32();
      here = end64.i64();
      count = end64.i64();
      size = end64.i64();
      offset = end64.i64();
    }
    if (disks != 0 || here != count) {
      throw error("the archive is split over several files");
    }
    if (offset < 0 || size < 0 || offset > limit || size > limit - offset) {
      throw error(
          "the directory is to have %s bytes from byte %s on, but ends before byte %d"
              .formatted(Long.toUnsignedString(size), Long.toUnsignedString(offset), limit));
    }
    if (count < 0 || count > size / CENTRAL_SIZE) {
      throw error(
          "a directory of %d bytes cannot list %s files"
              .formatted(size, Long.toUnsignedString(count)));
    }
    directory = offset;
    Cursor at = new Cursor(archive.asSlice(0, offset + size), source);
    at.seek(offset);
    for (long i = 0; i < count; i++) {
      readEntry(at);
    }
    if (at.remaining() > 0) {
      throw error("%d bytes of the directory list no file".formatted(at.remaining()));
    }
  }

  private void readEntry(Cursor at) {
    if (at.i32() != CENTRAL) {
      throw error("there is no entry at byte %d of the directory".formatted(at.position() - 4));
    }
    at.i32(); // versions
    int flags = at.u16();
    int method = at.u16();
    at.i32(); // time and date
    int crc = at.i32();
    long packed = at.u32();
    long size = at.u32();
    int nameLength = at.u16();
    int extraLength = at.u16();
    int commentLength = at.u16();
    at.u16(); // disk
    at.u16(); // attributes
    at.i32();
    long header = at.u32();
    String name = at.text(nameLength, LONGEST_NAME);
    Cursor extra = new Cursor(at.slice(extraLength), source + ", entry " + name);
    at.slice(commentLength);
    while (extra.remaining() >= 4) {
      int kind = extra.u16();
      Cursor field = new Cursor(extra.slice(extra.u16()), extra.source());
      if (kind == 1) {
        size = size == UNKNOWN ? field.i64() : size;
        packed = packed == UNKNOWN ? field.i64() : packed;
        header = header == UNKNOWN ? field.i64() : header;
      }
    }
    if ((flags & 1) != 0) {
      throw error("entry %s is encrypted".formatted(name));
    }
    if (method != 0 && method != 8) {
      throw error(
          "entry %s is compressed by method %d; stored and deflated ones are read"
              .formatted(name, method));
    }
    if (size < 0 || packed < 0 || (method == 0 && size != packed)) {
      throw error(
          "entry %s is to have %s bytes, stored in %s"
              .formatted(name, Long.toUnsignedString(size), Long.toUnsignedString(packed)));
    }
    MemorySegment content = content(name, method, header, packed);
    if (entries.put(name, new ZipEntry(name, method == 8, crc, size, header, content)) != null) {
      throw error("there are two entries %s".formatted(name));
    }
  }

  /** The bytes behind a local header, which must agree with the directory. */
  private MemorySegment content(String name, int method, long header, long packed) {
    if (header < 0 || header > directory) {
      throw error(
          "entry %s is to be at byte %s, but the directory begins at byte %d"
              .formatted(name, Long.toUnsignedString(header), directory));
    }
    Cursor local = new Cursor(archive.asSlice(0, directory), source + ", entry " + name);
    local.seek(header);
    if (local.i32() != LOCAL) {
      throw error("entry %s is not at byte %d, where it is to be".formatted(name, header));
    }
    local.seek(header + 8);
    int localMethod = local.u16();
    local.seek(header + 26);
    int nameLength = local.u16();
    int extraLength = local.u16();
    String localName = local.text(nameLength, LONGEST_NAME);
    if (localMethod != method || !localName.equals(name)) {
      throw error(
          "entry %s is called %s where it stands, or packed otherwise".formatted(name, localName));
    }
    local.slice(extraLength);
    return local.slice(packed);
  }

  private void checkPlaces() {
    List<ZipEntry> ordered = new ArrayList<>(entries.values());
    ordered.sort(Comparator.comparingLong(ZipEntry::header));
    long end = 0;
    for (ZipEntry entry : ordered) {
      if (entry.header() < end) {
        throw error("entry %s shares bytes with the one before it".formatted(entry.name()));
      }
      end = entry.packed().address() - archive.address() + entry.packed().byteSize();
    }
  }

  /**
   * {@return the content of a file}
   *
   * @param entry the file
   * @throws FormatException if it is not what its checksum says, or unpacks to more than is likely
   */
  public MemorySegment read(ZipEntry entry) {
    MemorySegment content = entry.deflated() ? inflate(entry) : entry.packed();
    CRC32 crc = new CRC32();
    long size = content.byteSize();
    for (long at = 0; at < size; at += 1 << 30) {
      crc.update(content.asSlice(at, Math.min(1 << 30, size - at)).asByteBuffer());
    }
    if ((int) crc.getValue() != entry.crc()) {
      throw error("entry %s is damaged: its checksum is wrong".formatted(entry.name()));
    }
    return content;
  }

  private MemorySegment inflate(ZipEntry entry) {
    long most = Math.max(ALWAYS_UNPACKED, TIMES_UNPACKED * archive.byteSize());
    if (entry.size() > most - unpacked || entry.size() > Integer.MAX_VALUE - 8) {
      throw error(
          "entry %s would unpack to %d bytes; at most %d are taken from this archive"
              .formatted(entry.name(), entry.size(), most));
    }
    // deflate packs at most 1,032 bytes into one
    if (entry.size() / 1032 > entry.packed().byteSize()) {
      throw error(
          "entry %s cannot unpack %d bytes to %d"
              .formatted(entry.name(), entry.packed().byteSize(), entry.size()));
    }
    unpacked += entry.size();
    byte[] content = new byte[(int) entry.size()];
    try (Inflater inflater = new Inflater(true)) {
      inflater.setInput(packed(entry));
      int count = 0;
      while (count < content.length) {
        int now = inflater.inflate(content, count, content.length - count);
        if (now == 0) {
          break;
        }
        count += now;
      }
      boolean whole = count == content.length && inflater.inflate(new byte[1]) == 0;
      if (!whole || !inflater.finished()) {
        throw error("entry %s does not unpack to %d bytes".formatted(entry.name(), entry.size()));
      }
    } catch (DataFormatException e) {
      throw Refusal.of(source, "entry " + entry.name() + " cannot be unpacked", e);
    }
    return MemorySegment.ofArray(content);
  }

  private ByteBuffer packed(ZipEntry entry) {
    if (entry.packed().byteSize() > Integer.MAX_VALUE - 8) {
      throw error("entry %s is compressed to more than 2 GiB".formatted(entry.name()));
    }
    return entry.packed().asByteBuffer();
  }
}
