package fluxion.nn.checkpoint.pth;

import fluxion.api.DType;
import fluxion.nn.checkpoint.Tuple;
import fluxion.nn.checkpoint.file.ByteOrders;
import fluxion.nn.checkpoint.file.Cursor;
import fluxion.nn.checkpoint.file.Refusal;
import fluxion.nn.checkpoint.pickle.Constructors;
import fluxion.nn.checkpoint.pickle.Global;
import fluxion.nn.checkpoint.pickle.Unpickler;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The format before PyTorch 1.6: a magic number, the version and facts about the machine, the
 * value, and the keys of the storages, each a pickle; then the storages in the order of the keys,
 * each with its number of elements in front.
 */
final class LegacyReader {
  private static final BigInteger MAGIC = new BigInteger("1950a86a20f9469cfc6c", 16);
  private static final long VERSION = 1001;

  /** Where a tar archive, which came before this format, says what it is. */
  private static final int TAR_MAGIC_AT = 257;

  private static final byte[] TAR_MAGIC = {'u', 's', 't', 'a', 'r'};

  private static final Constructors NOTHING =
      new Constructors() {
        @Override
        public boolean allows(Global global) {
          return false;
        }

        @Override
        public Object make(Global global, Tuple arguments) {
          throw new IllegalArgumentException("a call of " + global);
        }

        @Override
        public Object outside(@Nullable Object id) {
          throw new IllegalArgumentException("something outside, where a plain value is to be");
        }
      };

  private LegacyReader() {}

  static @Nullable Object read(MemorySegment file, String source) {
    checkStart(file, source);
    Cursor in = new Cursor(file, source);
    if (!MAGIC.equals(Unpickler.read(in, NOTHING))) {
      throw Refusal.of(source, "this is no file of PyTorch: the magic number is missing");
    }
    if (!(Unpickler.read(in, NOTHING) instanceof Long version) || version != VERSION) {
      throw in.error("this is not version " + VERSION + " of PyTorch's older format");
    }
    if (!(Unpickler.read(in, NOTHING) instanceof Map<?, ?> machine)
        || !(machine.get("little_endian") instanceof Boolean littleEndian)) {
      throw in.error("the facts about the machine that wrote the file do not say its byte order");
    }
    TorchNames names = new TorchNames();
    Assembly assembly = new Assembly(Unpickler.read(in, names), source);
    Map<String, MemorySegment> contents = storages(in, names, littleEndian);
    return assembly.finish(
        (storage, dtype) -> {
          MemorySegment bytes = contents.get(storage.key());
          if (bytes == null) {
            throw Refusal.of(source, "the file lacks storage " + storage.key());
          }
          return littleEndian ? bytes : ByteOrders.reversed(bytes, dtype.bytes());
        });
  }

  private static void checkStart(MemorySegment file, String source) {
    long size = file.byteSize();
    if (size >= TAR_MAGIC_AT + 5
        && file.asSlice(TAR_MAGIC_AT, 5).mismatch(MemorySegment.ofArray(TAR_MAGIC)) == -1) {
      throw Refusal.of(
          source, "this is a tar archive of PyTorch 0.1, which is not read; save it anew");
    }
    if (size < 2 || file.get(ValueLayout.JAVA_BYTE, 0) != (byte) 0x80) {
      throw Refusal.of(source, "this is no file of PyTorch: it is neither an archive nor a pickle");
    }
  }

  private static Map<String, MemorySegment> storages(
      Cursor in, TorchNames names, boolean littleEndian) {
    if (!(Unpickler.read(in, NOTHING) instanceof List<?> keys)) {
      throw in.error("the keys of the storages are no list");
    }
    Map<String, MemorySegment> contents = new HashMap<>();
    for (Object key : keys) {
      StorageRef storage = key instanceof String name ? names.storage(name) : null;
      DType dtype = storage == null ? null : storage.dtype();
      if (storage == null || dtype == null) {
        throw in.error("storage " + key + " belongs to no tensor");
      }
      long elements = littleEndian ? in.i64() : Long.reverseBytes(in.i64());
      if (elements != storage.elements()) {
        throw in.error(
            "storage %s has %d elements here, but its tensors are to find %d"
                .formatted(storage.key(), elements, storage.elements()));
      }
      if (elements > in.remaining() / dtype.bytes()) {
        throw in.error(
            "storage %s is to have %d elements of %s, but only %d bytes follow"
                .formatted(storage.key(), elements, dtype, in.remaining()));
      }
      if (contents.put(storage.key(), in.slice(elements * dtype.bytes())) != null) {
        throw in.error("storage " + storage.key() + " occurs twice");
      }
    }
    if (in.remaining() > 0) {
      throw in.error(in.remaining() + " bytes follow the last storage");
    }
    return contents;
  }
}
