package fluxion.nn.checkpoint;

import static fluxion.nn.checkpoint.Samples.assertSameBits;
import static fluxion.nn.checkpoint.Samples.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files {@code numpy_*} were written by NumPy 2.4.6. */
final class NumPyTest {
  private static final double[] QUARTERS = {0, 0.25, 0.5, 0.75, 1, 1.25};

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "bool,BOOL",
    "u1,UINT8",
    "i1,INT8",
    "i2,INT16",
    "i4,INT32",
    "i8,INT64",
    "f2,FLOAT16",
    "f4,FLOAT32",
    "f8,FLOAT64"
  })
  void an_array_of_every_type_is_read_and_written_again_byte_for_byte(String type, DType dtype)
      throws IOException {
    String name = "numpy_" + type + ".npy";
    Tensor tensor = NumPy.load(Samples.file(folder, name));
    assertEquals(dtype, tensor.dtype());
    assertEquals(Shape.of(2, 3), tensor.shape());
    double[] expected = {0, 1, 2, 3, 4, 5};
    for (int i = 0; i < expected.length; i++) {
      expected[i] =
          switch (type.charAt(0)) {
            case 'b' -> i % 2 == 0 ? 1 : 0;
            case 'i' -> i - 3;
            case 'f' -> i / 4.0;
            default -> i;
          };
    }
    assertArrayEquals(expected, tensor.toDoubleArray());
    NumPy.save(tensor, folder.resolve("again.npy"));
    assertArrayEquals(Samples.bytes(name), Files.readAllBytes(folder.resolve("again.npy")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"scalar", "vector", "empty", "fortran"})
  void arrays_of_other_shapes_and_orders_are_written_again_byte_for_byte(String kind)
      throws IOException {
    String name = "numpy_" + kind + ".npy";
    NumPy.save(NumPy.load(Samples.file(folder, name)), folder.resolve("again.npy"));
    assertArrayEquals(Samples.bytes(name), Files.readAllBytes(folder.resolve("again.npy")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"fortran", "big_endian", "version_2", "version_3"})
  void orders_and_versions_give_the_same_elements(String kind) throws IOException {
    Tensor tensor = NumPy.load(Samples.file(folder, "numpy_" + kind + ".npy"));
    assertEquals(Shape.of(2, 3), tensor.shape());
    assertArrayEquals(QUARTERS, tensor.toDoubleArray());
  }

  @Test
  void an_array_in_fortrans_order_has_its_strides() throws IOException {
    Tensor tensor = NumPy.load(Samples.file(folder, "numpy_fortran.npy"));
    assertArrayEquals(new long[] {1, 2}, tensor.strides());
    tensor.add_(1); // it can be written to
    assertEquals(1.25, tensor.select(0, 0).select(0, 1).item());
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy_archive.npz", "numpy_archive_compressed.npz"})
  void an_archive_is_read_compressed_or_not(String name) throws IOException {
    Map<String, Tensor> tensors = NumPy.loadArchive(Samples.file(folder, name));
    assertEquals(List.of("weight", "bias"), List.copyOf(tensors.keySet()));
    assertArrayEquals(QUARTERS, Objects.requireNonNull(tensors.get("weight")).toDoubleArray());
    assertArrayEquals(
        new long[] {0, 1, 2}, Objects.requireNonNull(tensors.get("bias")).toLongArray());
  }

  @Test
  void an_archive_comes_back_bit_for_bit() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      if (dtype != DType.BFLOAT16) {
        tensors.put(dtype.shortName(), noise(dtype, 5, 3, 1 + dtype.bytes(), 41));
      }
    }
    Path path = folder.resolve("all.npz");
    Checkpoints.save(tensors, path);
    assertSameBits(tensors, Checkpoints.load(path));
  }

  @Test
  void a_view_that_is_in_neither_order_is_written_by_rows() throws IOException {
    Tensor view = noise(DType.INT32, 4, 4, 3, 5).permute(1, 2, 0).narrow(1, 1, 3);
    NumPy.save(view, folder.resolve("view.npy"));
    assertSameBits(view, NumPy.load(folder.resolve("view.npy")));
  }

  @Test
  void what_numpy_lacks_is_refused() {
    Path path = folder.resolve("none.npy");
    Tensor half = noise(DType.BFLOAT16, 1, 2);
    ArgumentException e = assertThrows(ArgumentException.class, () -> NumPy.save(half, path));
    assertEquals(
        "NumPy has no torch.bfloat16; convert the tensor, for example to float32", e.getMessage());
    ArgumentException two =
        assertThrows(
            ArgumentException.class,
            () -> Checkpoints.save(Map.of("a", Tensors.zeros(1), "b", Tensors.zeros(1)), path));
    assertTrue(Objects.requireNonNull(two.getMessage()).contains("one array, not 2"));
    assertTrue(Files.notExists(path));
  }

  @ParameterizedTest
  @ValueSource(strings = {"numpy_fortran.npy", "numpy_archive_compressed.npz", "numpy_archive.npz"})
  void a_damaged_file_is_refused_or_read_but_nothing_else(String name) throws IOException {
    Samples.damage(folder.resolve("damaged"), Samples.bytes(name));
  }

  private static byte[] array(int major, String header, int data) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', (byte) major, 0});
    int lengthBytes = major == 1 ? 2 : 4;
    for (int i = 0; i < lengthBytes; i++) {
      out.write(text.length >> (8 * i));
    }
    out.writeBytes(text);
    out.writeBytes(new byte[data]);
    return out.toByteArray();
  }

  private static Samples.Malformed of(String title, String header, int data, String message) {
    return new Samples.Malformed(title, array(1, header, data), message);
  }

  private static String header(String descr, String order, String shape) {
    return "{'descr': " + descr + ", 'fortran_order': " + order + ", 'shape': " + shape + ", }\n";
  }

  @TestFactory
  Stream<DynamicTest> a_malformed_array_is_refused() {
    return Samples.refusals(
        folder,
        "bad.npy",
        List.of(
            new Samples.Malformed(
                "cut off magic", new byte[] {(byte) 0x93, 'N'}, "the magic string is missing"),
            new Samples.Malformed(
                "other magic",
                new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Z', 1, 0, 0, 0},
                "the magic string is missing"),
            new Samples.Malformed("version", array(4, "", 0), "version 4.0 of the format"),
            new Samples.Malformed(
                "cut off header",
                Arrays.copyOf(array(1, header("'<f4'", "False", "()"), 4), 30),
                "bytes are to follow"),
            new Samples.Malformed(
                "long header", array(2, " ".repeat(20_000), 0), "at most 10000 are taken"),
            of("no header", "", 0, "expected '{', found the end"),
            of("a list", "[1]", 0, "expected '{', found '['"),
            of("objects", header("'|O'", "False", "(1,)"), 8, "objects, which are pickles"),
            of("records", header("[('a', '<f4')]", "False", "(1,)"), 4, "records"),
            of("texts", header("'<U3'", "False", "(1,)"), 12, "type '<U3', which Fluxion"),
            of("complex", header("'<c8'", "False", "(1,)"), 8, "type '<c8', which Fluxion"),
            of("unsigned", header("'<u4'", "False", "(1,)"), 4, "type '<u4', which Fluxion"),
            of("no order", header("'|f4'", "False", "(1,)"), 4, "type '|f4', which Fluxion"),
            of("no truth", header("'<f4'", "None", "(1,)"), 4, "expected True or False"),
            of("a call", header("'<f4'", "False", "exit()"), 4, "expected '(', found 'e'"),
            of("no tuple", header("'<f4'", "False", "(1)"), 4, "expected ',', found ')'"),
            of("negative", header("'<f4'", "False", "(-1,)"), 4, "expected a whole number"),
            of(
                "large",
                header("'<f4'", "False", "(99999999999999999999,)"),
                4,
                "a number of at most 63 bits"),
            of("product", header("'<f4'", "False", "(4294967296, 4294967296)"), 4, "overflows"),
            of(
                "many sizes",
                header("'<f4'", "False", "(" + "1, ".repeat(70) + ")"),
                4,
                "at most 64 sizes"),
            of("lacks", "{'descr': '<f4'}", 4, "lacks descr, fortran_order or shape"),
            of("twice", "{'descr': '<f4', 'descr': '<f4'}", 4, "no second descr"),
            of("unknown", "{'x': 1}", 4, "expected descr, fortran_order or shape, not x"),
            of("unended", "{'descr", 4, "expected a string that ends"),
            of("behind", header("'<f4'", "False", "(1,)") + "x", 4, "expected the end, found 'x'"),
            of("too few", header("'<f4'", "False", "(2,)"), 7, "the 7 bytes that there are"),
            of("too many", header("'<f4'", "False", "(2,)"), 9, "the 9 bytes that there are"),
            new Samples.Malformed(
                "truth of 3",
                last(array(1, header("'|b1'", "False", "(2,)"), 2)),
                "element 1 is 3")));
  }

  private static byte[] last(byte[] bytes) {
    bytes[bytes.length - 1] = 3;
    return bytes;
  }
}
