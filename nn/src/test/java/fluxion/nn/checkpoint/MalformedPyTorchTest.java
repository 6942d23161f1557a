package fluxion.nn.checkpoint;

import static fluxion.nn.checkpoint.Archives.CENTRAL;
import static fluxion.nn.checkpoint.Archives.END;
import static fluxion.nn.checkpoint.Archives.LOCAL;
import static fluxion.nn.checkpoint.Archives.checkpoint;
import static fluxion.nn.checkpoint.Archives.patched;
import static fluxion.nn.checkpoint.Archives.with;
import static fluxion.nn.checkpoint.PickleText.FALSE;
import static fluxion.nn.checkpoint.PickleText.NO_HOOKS;
import static fluxion.nn.checkpoint.PickleText.START;
import static fluxion.nn.checkpoint.PickleText.TRUE;
import static fluxion.nn.checkpoint.PickleText.dict;
import static fluxion.nn.checkpoint.PickleText.four;
import static fluxion.nn.checkpoint.PickleText.global;
import static fluxion.nn.checkpoint.PickleText.integer;
import static fluxion.nn.checkpoint.PickleText.integers;
import static fluxion.nn.checkpoint.PickleText.little;
import static fluxion.nn.checkpoint.PickleText.storage;
import static fluxion.nn.checkpoint.PickleText.tensor;
import static fluxion.nn.checkpoint.PickleText.text;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that pretend to be PyTorch's. */
final class MalformedPyTorchTest {
  private static final String GOOD = dict(tensor(four(), 0, integers(4), integers(1)));

  @TempDir private Path folder;

  private Stream<DynamicTest> refused(Samples.Malformed... files) {
    return Samples.refusals(folder, "bad.pth", List.of(files));
  }

  private static Samples.Malformed file(String title, byte[] bytes, String message) {
    return new Samples.Malformed(title, bytes, message);
  }

  private static Samples.Malformed pickle(String title, String pickle, String message) {
    return new Samples.Malformed(title, checkpoint(pickle), message);
  }

  @Test
  void what_the_malformed_ones_are_made_of_is_read() throws IOException {
    Path path = folder.resolve("good.pth");
    Files.write(path, checkpoint(GOOD));
    Samples.readAll(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtypes_and_views_legacy_format.pth", "nested_checkpoint.pth"})
  void a_damaged_file_is_refused_or_read_but_nothing_else(String name) throws IOException {
    Samples.damage(folder.resolve("damaged"), Samples.bytes(name));
  }

  @Test
  void a_byte_that_is_changed_in_an_element_is_noticed() throws IOException {
    byte[] bytes = Samples.bytes("single_tensor.pth");
    bytes[0x148] ^= 1; // the second of five integers
    assertFalse(Samples.isRead(folder.resolve("changed"), bytes));
  }

  // ---- the archive

  @TestFactory
  Stream<DynamicTest> a_malformed_archive_is_refused() {
    byte[] good = checkpoint(GOOD);
    byte[] recorded = Samples.bytes("single_tensor.pth");
    byte[] deflated = Archives.deflated(Archives.contents(GOOD));
    return refused(
        file("only a signature", Archives.text("PK\u0003\u0004"), "no directory"),
        file("half of one", Arrays.copyOf(recorded, recorded.length / 2), "no directory"),
        file("count", patched(good, END, 0, 8, 4, 0x10001 * 2), "of the directory list no file"),
        file("split", patched(good, END, 0, 4, 2, 1), "split over several files"),
        file("other count here", patched(good, END, 0, 8, 2, 1), "split over several files"),
        file("too many", patched(good, END, 0, 8, 4, 0x1000100010L), "cannot list"),
        file("far directory", patched(good, END, 0, 16, 4, 1 << 20), "the directory is to have"),
        file("no entry", patched(good, CENTRAL, 1, 0, 1, 'X'), "there is no entry at byte"),
        file("encrypted", patched(good, CENTRAL, 1, 8, 2, 1), "entry x/data/0 is encrypted"),
        file("packed by bzip2", patched(good, CENTRAL, 1, 10, 2, 12), "compressed by method 12"),
        file("sizes differ", patched(good, CENTRAL, 1, 24, 4, 17), "is to have 17 bytes, stored"),
        file("beyond", patched(good, CENTRAL, 1, 20, 8, 0x1000000010000000L), "are to follow"),
        file("far header", patched(good, CENTRAL, 1, 42, 4, 1 << 24), "is to be at byte 16777216"),
        file("no header", patched(good, CENTRAL, 1, 42, 4, 1), "is not at byte 1, where"),
        file("other name", patched(good, LOCAL, 1, 30, 1, 'y'), "is called y/data/0 where"),
        file("other method", patched(good, LOCAL, 1, 8, 2, 8), "or packed otherwise"),
        file("shares bytes", overlapping(good), "entry x/data/0 shares bytes with the one before"),
        file("twice", twice(), "there are two entries x/data/0"),
        file("checksum", patched(good, CENTRAL, 1, 16, 4, 1), "x/data/0 is damaged: its checksum"),
        file(
            "no zip64", patched(recorded, 0x07064b50, 0, 8, 8, 9), "zip64 record is not at byte 9"),
        file("far zip64", patched(recorded, 0x07064b50, 0, 8, 8, -1), "there is no byte -1"),
        file(
            "bomb", patched(deflated, CENTRAL, 1, 24, 4, 1_500_000_000), "would unpack to 1500000"),
        file("too dense", patched(deflated, CENTRAL, 1, 24, 4, 100_000_000), "cannot unpack"),
        file("too long", patched(deflated, CENTRAL, 1, 24, 4, 17), "does not unpack to 17 bytes"),
        file("too short", patched(deflated, CENTRAL, 1, 24, 4, 15), "does not unpack to 15 bytes"),
        file("cannot be unpacked", undeflatable(deflated), "cannot be unpacked"),
        file("of no program", Archives.stored(Map.of("a", new byte[1])), "entry a is no array"),
        file("two pickles", with(GOOD, "y/data.pkl", new byte[1]), "this one has 2"),
        file("program", with(GOOD, "x/constants.pkl", new byte[1]), "program in TorchScript"),
        file("new version", with(GOOD, "x/version", Archives.text("11")), "version is '11'"),
        file(
            "no version", with(GOOD, "x/version", Archives.text("x\ny")), "version is 'x\\u000ay'"),
        file(
            "long version", with(GOOD, "x/version", new byte[101]), "101 bytes; expected one line"),
        file("byte order", with(GOOD, "x/byteorder", Archives.text("pdp")), "byte order is 'pdp'"),
        file("short storage", with(GOOD, "x/data/0", new byte[12]), "of torch.float32, but has 12"),
        file("long storage", with(GOOD, "x/data/0", new byte[17]), "of torch.float32, but has 17"),
        pickle(
            "no storage",
            dict(tensor(storage("FloatStorage", "../x", 4), 0, integers(4), integers(1))),
            "the archive lacks x/data/../x"));
  }

  /** The first file claims the bytes of the second, too. */
  private static byte[] overlapping(byte[] good) {
    int size = Archives.find(good, LOCAL, 2) - 60;
    long both = size | (long) size << 32;
    return patched(good, CENTRAL, 0, 20, 8, both);
  }

  private static byte[] twice() {
    String once = new String(with(GOOD, "x/data/1", new byte[16]), StandardCharsets.ISO_8859_1);
    return once.replace("x/data/1", "x/data/0").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] undeflatable(byte[] deflated) {
    return patched(deflated, LOCAL, 1, 30 + "x/data/0".length(), 1, 7);
  }

  // ---- the pickle

  @TestFactory
  Stream<DynamicTest> what_would_be_executed_is_refused_by_name_and_place() {
    return refused(
        pickle(
            "a command",
            START + global("os", "system") + text("true") + "\u0085R.",
            "data.pkl: at byte 2: the name os.system is not one"),
        pickle(
            "from the stack",
            "\u0080\u0004\u008c\u0008builtins\u008c\u0004eval\u0093.",
            "at byte 18: the name builtins.eval is not one"),
        pickle("near a name", dict(global("torch", "load")), "the name torch.load is not one"),
        pickle("an instance", START + "(ios\nsystem\n.", "at byte 3: opcode INST (0x69)"),
        pickle("an object", START + "(o.", "opcode OBJ (0x6f)"),
        pickle("a new object", START + "))\u0081.", "at byte 4: opcode NEWOBJ (0x81)"),
        pickle("an extension", START + "\u0082\u0001.", "opcode EXT1 (0x82)"),
        pickle("a set", START + "\u008f.", "opcode EMPTY_SET (0x8f)"),
        pickle("bytes", START + "C\u0001a.", "opcode SHORT_BINBYTES (0x43)"),
        pickle("a number as text", START + "I1\n.", "opcode INT (0x49)"),
        pickle("no opcode", START + "\u00ff.", "at byte 2: 0xff is no opcode"),
        pickle("protocol", "\u0080\u0006N.", "pickle protocol 6 is not one from 1 to 5"),
        pickle(
            "a sparse tensor",
            dict(global("torch._utils", "_rebuild_sparse_tensor")),
            "the name torch._utils._rebuild_sparse_tensor is not one"));
  }

  @TestFactory
  Stream<DynamicTest> a_malformed_pickle_is_refused() {
    String own = START + "]q\u0000h\u0000a.";
    return refused(
        pickle("nothing", "", "at byte 0: 1 bytes are to follow, but only 0 do"),
        pickle("unended", START + "N", "at byte 3: 1 bytes are to follow"),
        pickle("empty stack", START + ".", "there is no value on the stack"),
        pickle("rest on the stack", START + "NN.", "values are left on the stack"),
        pickle("rest of the file", START + "N.N", "1 bytes follow the end of the pickle"),
        pickle("no mark", START + "Nt.", "there is no mark on the stack"),
        pickle("below the mark", START + "N(\u0085.", "there is no value on the stack"),
        pickle("unknown memo", START + "h\u0007.", "nothing was remembered under 7"),
        pickle("unknown long memo", START + "j" + little(-1, 4) + ".", "under 4294967295"),
        pickle("long text", START + "X" + little(-1, 4), "4294967295 bytes in one piece"),
        pickle(
            "endless text", START + "X" + little(1 << 20, 4) + "a", "1048576 bytes are to follow"),
        pickle(
            "longer text", START + "\u008d" + little(-1, 8), "18446744073709551615 bytes in one"),
        pickle("no text", START + "X" + little(1, 4) + "\u00ff.", "at byte 7 is no UTF-8"),
        pickle("endless name", START + "c" + "a".repeat(5000), "does not end within 1001 bytes"),
        pickle("unended name", START + "ca\nb", "a line does not end within 1 bytes"),
        pickle("long integer", START + "\u008b" + little(5000, 4), "at most 1000 are taken"),
        pickle("negative length", START + "\u008b" + little(-1, 4), "at most 1000 are taken"),
        pickle("long frame", "\u0080\u0004\u0095" + little(1 << 30, 8), "a frame of 1073741824"),
        pickle("a list in itself", own, "0: a value holds itself"),
        pickle(
            "a dict in itself", START + "}q\u0000(" + text("k") + "h\u0000u.", "k: a value holds"),
        pickle(
            "attributes in themselves",
            START + NO_HOOKS + "q\u0000}" + text("k") + "h\u0000sb.",
            "k: a value holds itself"),
        pickle("deep", START + ")" + "\u0085".repeat(100_000) + ".", "nested deeper than 200"),
        pickle("many marks", START + "(".repeat(1_100_000), "more than 1048576 marks"),
        pickle("many values", START + "N".repeat(1_100_000), "more than 1048576 values wait"),
        pickle(
            "same key", START + "}" + text("k") + "Ns" + text("k") + "Ns.", "has the key k twice"),
        pickle("key alone", START + "}(Nu.", "a dict's last key has no value"),
        pickle("tuple as key", START + "})Ns.", "a dict's key is a tuple"),
        pickle("items for a list", START + "]NNs.", "items for a dict are given to a list"),
        pickle("items for a dict", START + "}Na.", "items for a list are given to a dict"),
        pickle("state of a list", START + "]}b.", "a state, a dict, for a list"),
        pickle("state of numbers", START + NO_HOOKS + "}K\u0001Nsb.", "attribute's name is an int"),
        pickle("a call of None", START + "N)R.", "a call of None with a tuple"),
        pickle("a call with None", START + global("torch", "Size") + "NR.", "torch.Size with None"),
        pickle(
            "a call with others",
            START + global("torch", "Size") + "N\u0085R.",
            "a call of torch.Size with [None], which it does not take"),
        pickle(
            "a number as name", "\u0080\u0004K\u0001K\u0002\u0093.", "made of an integer and an"),
        pickle("a name as value", dict(global("torch", "Size")), "w: the name torch.Size stands"));
  }

  // ---- tensors

  @TestFactory
  Stream<DynamicTest> a_malformed_tensor_is_refused_by_its_name() {
    return refused(
        pickle("a storage", dict(four()), "w: storage 0 stands where a tensor is to be"),
        pickle(
            "complex",
            dict(tensor(storage("ComplexFloatStorage", "0", 2), 0, integers(2), integers(1))),
            "w: a tensor of torch.ComplexFloatStorage, which Fluxion does not have"),
        pickle(
            "float8",
            dict(
                global("torch._utils", "_rebuild_tensor_v3")
                    + "("
                    + four()
                    + integer(0)
                    + integers(4)
                    + integers(1)
                    + FALSE
                    + NO_HOOKS
                    + global("torch", "float8_e5m2")
                    + "tR"),
            "w: a tensor of torch.float8_e5m2, which Fluxion does not have"),
        pickle(
            "beyond its storage",
            dict(tensor(four(), 1, integers(4), integers(1))),
            "w: a tensor of sizes [4], strides [1] and offset 1 does not fit its storage of 4"),
        pickle(
            "negative offset",
            dict(tensor(four(), -1, integers(1), integers(1))),
            "offset -1 does not fit"),
        pickle(
            "negative stride",
            dict(tensor(four(), 3, integers(2), integers(-1))),
            "strides [-1] and offset 3 does not fit"),
        pickle(
            "overflowing stride",
            dict(tensor(four(), 0, integers(3), integers(Long.MAX_VALUE))),
            "does not fit its storage"),
        pickle(
            "negative size",
            dict(tensor(four(), 0, integers(-1), integers(1))),
            "w: Trying to create tensor with negative dimension -1"),
        pickle(
            "overflowing sizes",
            dict(tensor(four(), 0, integers(1L << 32, 1L << 32), integers(0, 0))),
            "overflows 64 bits"),
        pickle(
            "sizes without strides",
            dict(tensor(four(), 0, integers(4), integers())),
            "a tensor has 1 sizes, but 0 strides"),
        pickle(
            "many sizes",
            dict(tensor(four(), 0, integers(new long[65]), integers(new long[65]))),
            "expected at most 64 integers"),
        pickle(
            "sizes of texts",
            dict(tensor(four(), 0, text("a") + "\u0085", integers(1))),
            "a tensor's sizes hold a text"),
        pickle(
            "gradient of integers",
            dict(
                tensor(storage("IntStorage", "0", 4), 0, integers(4), integers(1), TRUE, NO_HOOKS)),
            "w: a tensor of torch.int32 cannot require a gradient"),
        pickle(
            "hooks",
            dict(tensor(four(), 0, integers(4), integers(1), FALSE, text("hook"))),
            "a tensor has hooks, a text"),
        pickle(
            "without storage",
            dict(tensor("N", 0, integers(4), integers(1))),
            "a tensor is made of None, an integer and a truth value"),
        pickle(
            "two sizes of a storage",
            dict("(" + four() + storage("FloatStorage", "0", 5) + "t"),
            "storage 0 has 5 elements torch.float32 here, and 4 elements"),
        pickle("other id", dict(text("0") + "Q"), "what stands outside is called a text"),
        pickle("module", dict(text("module") + "\u0085Q"), "a whole module was saved"),
        pickle(
            "storage of what",
            dict("(" + text("storage") + "NNNNtQ"),
            "a storage is described by [a text, None, None, None, None]"),
        pickle(
            "negative storage",
            dict(tensor(storage("FloatStorage", "0", -1), 0, integers(0), integers(1))),
            "a storage is described by"),
        pickle(
            "huge storage",
            dict(tensor(storage("FloatStorage", "0", 1L << 61), 0, integers(4), integers(1))),
            "storage 0 is to have 2305843009213693952 elements of torch.float32, but has 16"),
        pickle(
            "same name",
            START
                + "}"
                + text("a.b")
                + tensor(four(), 0, integers(4), integers(1))
                + "s"
                + text("a")
                + "}"
                + text("b")
                + tensor(four(), 0, integers(4), integers(1))
                + "ss.",
            "two tensors would be called a.b"),
        file("truth of 7", truths(), "w: a truth value is 0 or 1, but element 1 is 7"));
  }

  private static byte[] truths() {
    Map<String, byte[]> contents = new LinkedHashMap<>();
    contents.put(
        "x/data.pkl",
        PickleText.bytes(
            dict(tensor(storage("BoolStorage", "0", 2), 0, integers(2), integers(1)))));
    contents.put("x/data/0", new byte[] {1, 7});
    return Archives.stored(contents);
  }

  // ---- the older format

  private static final String MAGIC = START + "\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019.";

  private static final String VERSION = START + "M\u00e9\u0003.";
  private static final String MACHINE = START + "}" + text("little_endian") + TRUE + "s.";
  private static final String KEYS = START + "]" + text("0") + "a.";

  private static Samples.Malformed legacy(String title, String message, String... parts) {
    return file(title, PickleText.bytes(String.join("", parts)), message);
  }

  @TestFactory
  Stream<DynamicTest> a_malformed_file_of_the_older_format_is_refused() {
    String elements = little(4, 8) + little(0, 8) + little(0, 8);
    return refused(
        legacy("other magic", "the magic number is missing", START + "K\u0001."),
        legacy("a name", "the name os.system is not one", START + "cos\nsystem\n."),
        legacy("other version", "not version 1001", MAGIC, START + "K\u0001."),
        legacy("no machine", "do not say its byte order", MAGIC, VERSION, START + "N."),
        legacy("no byte order", "do not say its byte order", MAGIC, VERSION, START + "}."),
        legacy("cut off", "1 bytes are to follow", MAGIC, VERSION, MACHINE),
        legacy(
            "no keys",
            "keys of the storages are no list",
            MAGIC,
            VERSION,
            MACHINE,
            GOOD,
            START + "N."),
        legacy(
            "no storages", "the file lacks storage 0", MAGIC, VERSION, MACHINE, GOOD, START + "]."),
        legacy(
            "unknown key",
            "storage 7 belongs to no tensor",
            MAGIC,
            VERSION,
            MACHINE,
            GOOD,
            START + "]" + text("7") + "a."),
        legacy(
            "other number",
            "storage 0 has 5 elements here, but its tensors are to find 4",
            MAGIC,
            VERSION,
            MACHINE,
            GOOD,
            KEYS,
            little(5, 8)),
        legacy(
            "too few bytes",
            "storage 0 is to have 4 elements of torch.float32, but only 8 bytes follow",
            MAGIC,
            VERSION,
            MACHINE,
            GOOD,
            KEYS,
            little(4, 8),
            little(0, 8)),
        legacy(
            "too many bytes",
            "1 bytes follow the last storage",
            MAGIC,
            VERSION,
            MACHINE,
            GOOD,
            KEYS,
            elements,
            "x"),
        legacy(
            "twice",
            "storage 0 occurs twice",
            MAGIC,
            VERSION,
            MACHINE,
            GOOD,
            START + "](" + text("0") + text("0") + "e.",
            elements,
            elements),
        file("a tar", tar(), "a tar archive of PyTorch 0.1"));
  }

  private static byte[] tar() {
    byte[] bytes = new byte[512];
    bytes[0] = (byte) 0x80;
    System.arraycopy(Archives.text("ustar"), 0, bytes, 257, 5);
    return bytes;
  }

  @Test
  void the_older_format_is_read_as_it_is_made_here() throws IOException {
    String all =
        MAGIC + VERSION + MACHINE + GOOD + KEYS + little(4, 8) + little(0, 8) + little(0, 8);
    assertTrue(Samples.isRead(folder.resolve("old"), PickleText.bytes(all)));
  }
}
