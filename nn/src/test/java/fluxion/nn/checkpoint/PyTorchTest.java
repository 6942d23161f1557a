package fluxion.nn.checkpoint;

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
import static fluxion.nn.checkpoint.PickleText.tensor;
import static fluxion.nn.checkpoint.PickleText.text;
import static fluxion.nn.checkpoint.Samples.assertSameBits;
import static fluxion.nn.checkpoint.Samples.noise;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.models.ResNet;
import fluxion.nn.models.ResNetOptions;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The files of the resources were written by PyTorch 1.13.1. */
final class PyTorchTest {
  @TempDir private Path folder;

  @SuppressWarnings("unchecked") // what the file is known to hold
  private static Map<@Nullable Object, @Nullable Object> map(@Nullable Object value) {
    return (Map<@Nullable Object, @Nullable Object>) Objects.requireNonNull(value);
  }

  private Path resnet() throws IOException {
    Path path = folder.resolve("tiny_resnet18.pth");
    try (InputStream in =
        new GZIPInputStream(
            Objects.requireNonNull(getClass().getResourceAsStream("tiny_resnet18.pth.gz")))) {
      Files.copy(in, path);
    }
    return path;
  }

  private @Nullable Object read(byte[] file) throws IOException {
    Path path = folder.resolve("made.pth");
    Files.write(path, file);
    return PyTorch.load(path);
  }

  private @Nullable Object again(@Nullable Object value) throws IOException {
    Path path = folder.resolve("again.pth");
    PyTorch.save(value, path);
    return PyTorch.load(path);
  }

  // ---- reading

  @ParameterizedTest
  @CsvSource({
    "adam_checkpoint,adam_checkpoint",
    "dtypes_and_views,dtypes_and_views",
    "dtypes_and_views_legacy_format,dtypes_and_views",
    "nested_checkpoint,nested_checkpoint"
  })
  void a_file_of_pytorch_holds_the_recorded_tensors(String file, String recorded)
      throws IOException {
    Map<String, Tensor> tensors = Checkpoints.load(Samples.file(folder, file + ".pth"));
    SafeTensors expected = SafeTensors.open(Samples.file(folder, recorded + ".safetensors"));
    assertEquals(expected.names(), tensors.keySet());
    expected
        .tensors()
        .forEach(
            (name, tensor) -> assertSameBits(tensor, Objects.requireNonNull(tensors.get(name))));
  }

  @Test
  void a_state_dict_of_a_network_gives_the_recorded_safetensors_file()
      throws IOException, NoSuchAlgorithmException {
    Path file = folder.resolve("tiny_resnet18.safetensors");
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("framework", "PyTorch 1.13.1 (Debian 1.13.1+dfsg-4)");
    metadata.put("generator", "gen_resnet.py");
    metadata.put("about", "initial state_dict, float32");
    SafeTensors.save(Checkpoints.load(resnet()), metadata, file);
    assertEquals(724_896, Files.size(file));
    assertEquals(
        "bf309f1f2f21ccc05586964da3dac92ae864de8afd9d58f42f14e30109e063a0",
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dtypes_and_views.pth", "dtypes_and_views_legacy_format.pth"})
  void views_share_their_storage_as_they_did(String name) throws IOException {
    Map<String, Tensor> tensors = Checkpoints.load(Samples.file(folder, name));
    Tensor whole = Objects.requireNonNull(tensors.get("whole"));
    Tensor transposed = Objects.requireNonNull(tensors.get("transposed"));
    Tensor slice = Objects.requireNonNull(tensors.get("slice"));
    assertArrayEquals(new long[] {1, 4}, transposed.strides());
    assertEquals(6, slice.storageOffset());
    assertSame(whole.untypedStorage(), transposed.untypedStorage());
    assertNotSame(
        whole.untypedStorage(), Objects.requireNonNull(tensors.get("f32")).untypedStorage());
    whole.fill_(3);
    assertArrayEquals(new float[] {3, 3}, slice.toFloatArray());
    slice.add_(1);
    assertEquals(12 * 3 + 2, whole.sum().item());
    assertArrayEquals(new long[] {0}, Objects.requireNonNull(tensors.get("expanded")).strides());
  }

  @Test
  void what_requires_a_gradient_is_a_leaf_that_does() throws IOException {
    Map<String, Tensor> tensors = Checkpoints.load(Samples.file(folder, "dtypes_and_views.pth"));
    for (String name : List.of("requires_grad", "parameter", "whole")) {
      Tensor tensor = Objects.requireNonNull(tensors.get(name));
      assertEquals(!name.equals("whole"), tensor.requiresGrad(), name);
      assertTrue(tensor.isLeaf());
      assertFalse(tensor.isView());
    }
  }

  @Test
  void values_beside_tensors_are_javas() throws IOException {
    Map<?, ?> checkpoint = map(PyTorch.load(Samples.file(folder, "nested_checkpoint.pth")));
    assertEquals(3L, checkpoint.get("epoch"));
    assertEquals(0.001, checkpoint.get("lr"));
    assertEquals("xé", checkpoint.get("name"));
    assertEquals(Arrays.asList(true, null, 1.5, BigInteger.TWO.pow(70)), checkpoint.get("flags"));
    assertEquals(Tuple.of(1L, "a"), checkpoint.get("tup"));
    assertEquals(-5L, checkpoint.get("big"));
    OrderedDict state = (OrderedDict) Objects.requireNonNull(checkpoint.get("state_dict"));
    assertEquals(Map.of("", Map.of("version", 1L)), state.attributes().get("_metadata"));
  }

  @Test
  void an_optimisers_state_has_its_numbers_as_keys() throws IOException {
    Map<?, ?> checkpoint = map(PyTorch.load(Samples.file(folder, "adam_checkpoint.pth")));
    Map<?, ?> optimizer = map(checkpoint.get("optimizer"));
    Map<?, ?> first = map(map(optimizer.get("state")).get(0L));
    assertEquals(Shape.of(2, 3), ((Tensor) Objects.requireNonNull(first.get("exp_avg"))).shape());
    Map<?, ?> group =
        map(((List<?>) Objects.requireNonNull(optimizer.get("param_groups"))).getFirst());
    assertEquals(Tuple.of(0.9, 0.999), group.get("betas"));
    assertEquals(List.of(0L, 1L), group.get("params"));
    assertTrue(group.containsKey("foreach"));
    assertNull(group.get("foreach"));
  }

  @Test
  void a_value_may_be_a_tensor_or_a_list() throws IOException {
    Tensor tensor = (Tensor) PyTorch.load(Samples.file(folder, "single_tensor.pth"));
    assertArrayEquals(new long[] {0, 1, 2, 3, 4}, Objects.requireNonNull(tensor).toLongArray());
    assertEquals(
        List.of("0", "1"),
        List.copyOf(Checkpoints.load(Samples.file(folder, "list.pth")).keySet()));
  }

  @Test
  void an_archive_may_be_compressed() throws IOException {
    String pickle = dict(tensor(four(), 0, integers(4), integers(1)));
    Tensor tensor = (Tensor) map(read(Archives.deflated(Archives.contents(pickle)))).get("w");
    assertArrayEquals(new float[4], Objects.requireNonNull(tensor).toFloatArray());
  }

  @Test
  void big_endian_elements_are_turned_round() throws IOException {
    Map<String, byte[]> contents =
        Archives.contents(dict(tensor(four(), 0, integers(4), integers(1))));
    contents.put("x/byteorder", Archives.text("big"));
    contents.put(
        "x/data/0", new byte[] {0x3f, (byte) 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1});
    Tensor tensor = (Tensor) map(read(Archives.stored(contents))).get("w");
    assertArrayEquals(
        new float[] {1, 0, 0, Float.MIN_VALUE}, Objects.requireNonNull(tensor).toFloatArray());
  }

  @Test
  void opcodes_of_newer_protocols_say_the_same() throws IOException {
    // protocol 4: frames, short texts, names from the stack, memo without numbers
    String body =
        "}\u0094(\u008c\u0001a\u0094\u008c\u000bcollections\u0094\u008c\u000bOrderedDict\u0094"
            + "\u0093\u0094)R\u0094\u008d"
            + little(1, 8)
            + "b\u0094h\u0001u.";
    Map<?, ?> value =
        map(read(Archives.checkpoint("\u0080\u0004\u0095" + little(body.length(), 8) + body)));
    assertEquals(new OrderedDict(), value.get("a"));
    assertEquals("a", value.get("b"));
  }

  @Test
  void texts_of_python_2_and_what_it_makes_ordered_dicts_of_are_read() throws IOException {
    String pickle =
        START
            + global("collections", "OrderedDict")
            + "(]((U\u0001aK\u0001l(T"
            + little(1, 4)
            + "bK\u0002letR.";
    assertEquals(Map.of("a", 1L, "b", 2L), read(Archives.checkpoint(pickle)));
  }

  @Test
  void sizes_devices_dtypes_and_counters_are_plain_values() throws IOException {
    String pickle =
        START
            + "("
            + global("torch", "Size")
            + integers(2, 3)
            + "\u0085R"
            + global("torch", "device")
            + text("cuda")
            + "K\u0001\u0086R"
            + global("torch", "bfloat16")
            + global("collections", "Counter")
            + "}K\u0005K\u0001s\u0085R"
            + "M\u00e8\u0003\u008b"
            + little(1, 4)
            + "\u00ff\u008a\u0000l.";
    assertEquals(
        Arrays.asList(Tuple.of(2L, 3L), "cuda:1", DType.BFLOAT16, Map.of(5L, 1L), 1000L, -1L, 0L),
        read(Archives.checkpoint(pickle)));
  }

  @Test
  void tensors_of_the_oldest_kind_and_parameters_are_read() throws IOException {
    String old =
        global("torch._utils", "_rebuild_tensor")
            + "("
            + four()
            + integer(2)
            + integers(2)
            + integers(1)
            + "tR";
    String parameter =
        global("torch._utils", "_rebuild_parameter") + "(" + old + TRUE + NO_HOOKS + "tR";
    Tensor tensor =
        (Tensor) Objects.requireNonNull(map(read(Archives.checkpoint(dict(parameter)))).get("w"));
    assertEquals(2, tensor.storageOffset());
    assertTrue(tensor.requiresGrad());
    assertEquals(4, tensor.untypedStorage().elements());
  }

  // ---- writing

  @ParameterizedTest
  @ValueSource(
      strings = {
        "adam_checkpoint",
        "dtypes_and_views",
        "list",
        "nested_checkpoint",
        "single_tensor",
        "state_dict_float64"
      })
  void a_file_of_pytorch_is_written_again_byte_for_byte(String name) throws IOException {
    Object value = PyTorch.load(Samples.file(folder, name + ".pth"));
    if (name.equals("dtypes_and_views")) {
      map(value).computeIfPresent("parameter", (key, tensor) -> new Parameter((Tensor) tensor));
    }
    Path other = Files.createDirectory(folder.resolve("other")).resolve(name + ".pth");
    PyTorch.save(value, other);
    assertArrayEquals(Samples.bytes(name + ".pth"), Files.readAllBytes(other));
  }

  @Test
  void a_networks_state_dict_is_written_again_byte_for_byte() throws IOException {
    Path original = resnet();
    Path other = Files.createDirectory(folder.resolve("other")).resolve("tiny_resnet18.pth");
    PyTorch.save(PyTorch.load(original), other);
    assertEquals(-1, Files.mismatch(original, other));
  }

  @Test
  void elements_of_every_dtype_come_back_bit_for_bit() throws IOException {
    Map<String, Tensor> tensors = new LinkedHashMap<>();
    for (DType dtype : DType.values()) {
      tensors.put(dtype.shortName(), noise(dtype, 11, 2 + dtype.bytes(), 70_001));
      tensors.put(dtype.shortName() + " alone", noise(dtype, 12));
      tensors.put(dtype.shortName() + " of nothing", noise(dtype, 13, 0, 2));
      tensors.put(
          dtype.shortName() + " seen otherwise", noise(dtype, 14, 5, 3, 2).permute(2, 0, 1));
    }
    Path path = folder.resolve("all.pth");
    Checkpoints.save(tensors, path);
    assertSameBits(tensors, Checkpoints.load(path));
  }

  @Test
  void the_jdk_reads_the_archive_and_finds_the_elements_in_it() throws IOException {
    Tensor tensor = noise(DType.INT16, 15, 1000);
    Path path = folder.resolve("of.some.name.pt");
    Checkpoints.save(Map.of("a", tensor), path);
    try (ZipFile zip = new ZipFile(path.toFile())) {
      assertArrayEquals(
          Samples.bits(tensor),
          zip.getInputStream(zip.getEntry("of.some.name/data/0")).readAllBytes());
      assertEquals(
          "3\n",
          new String(
              zip.getInputStream(zip.getEntry("of.some.name/version")).readAllBytes(),
              StandardCharsets.US_ASCII));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 255, 999, 1000, 1001, 2000, 2001})
  void collections_of_any_size_come_back(int size) throws IOException {
    List<@Nullable Object> list = new ArrayList<>();
    Map<@Nullable Object, @Nullable Object> dict = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      list.add((long) i);
      dict.put("key" + i, i % 2 == 0 ? null : -1L - i);
    }
    Object back = again(Arrays.asList(list, dict, new OrderedDict(dict), Tuple.of(list.toArray())));
    assertEquals(Arrays.asList(list, dict, dict, list), back);
    assertTrue(((List<?>) Objects.requireNonNull(back)).get(2) instanceof OrderedDict);
    assertTrue(((List<?>) back).get(3) instanceof Tuple);
  }

  @Test
  void numbers_of_any_size_come_back() throws IOException {
    List<@Nullable Object> numbers = new ArrayList<>();
    for (int bits = 0; bits < 300; bits++) {
      BigInteger power = BigInteger.TWO.pow(bits);
      for (BigInteger n :
          List.of(power, power.negate(), power.subtract(BigInteger.ONE), power.not())) {
        numbers.add(n.bitLength() < 64 ? (Object) n.longValue() : n);
      }
    }
    numbers.addAll(
        List.of(0.0, -0.0, Double.NaN, Double.MIN_VALUE, Double.NEGATIVE_INFINITY, true, false));
    assertEquals(numbers, again(numbers));
    assertEquals(
        Arrays.asList(1L, 2L, 3L, 0.5), again(Arrays.asList(1, (short) 2, (byte) 3, 0.5f)));
  }

  @Test
  void what_is_one_object_stays_one() throws IOException {
    Tensor tensor = Tensors.tensor(1f, 2f);
    List<@Nullable Object> shared = new ArrayList<>(List.of("a"));
    List<?> back =
        (List<?>)
            Objects.requireNonNull(
                again(Arrays.asList(tensor, shared, tensor, shared, tensor.select(0, 1))));
    assertSame(back.get(0), back.get(2));
    assertSame(back.get(1), back.get(3));
    assertSame(
        ((Tensor) Objects.requireNonNull(back.get(0))).untypedStorage(),
        ((Tensor) Objects.requireNonNull(back.get(4))).untypedStorage());
  }

  @Test
  void what_a_checkpoint_cannot_hold_is_refused_and_leaves_the_old_file_alone() throws IOException {
    Path path = Samples.file(folder, "list.pth");
    List<@Nullable Object> own = new ArrayList<>();
    own.add(own);
    for (Object value :
        Arrays.asList(
            new Object(), 'c', Map.of(Tuple.of(), 1), List.of("\udc00"), own, new int[2])) {
      assertThrows(ArgumentException.class, () -> PyTorch.save(value, path));
    }
    assertThrows(ArgumentException.class, () -> PyTorch.save(1, folder.resolve(".pth")));
    assertThrows(
        ArgumentException.class, () -> Checkpoints.save(Map.of(), folder.resolve("a.txt")));
    assertArrayEquals(Samples.bytes("list.pth"), Files.readAllBytes(path));
  }

  @Test
  void a_model_takes_a_file_of_pytorch_and_gives_one() throws IOException {
    ResNet model = new ResNet(ResNetOptions.RESNET18.channels(8, 16, 32, 64).classes(10));
    Map<String, Tensor> state = Checkpoints.load(resnet());
    model.loadStateDict(state);
    Path mine = folder.resolve("mine.pth");
    Checkpoints.save(model.stateDict(), mine);
    assertSameBits(state, Checkpoints.load(mine));
  }

  // ---- hostile, but well formed

  @Test
  void values_that_double_forty_times_are_read_at_once_and_named_never() throws IOException {
    StringBuilder pickle = new StringBuilder(START + tensor(four(), 0, integers(4), integers(1)));
    for (int i = 0; i < 40; i++) {
      pickle.append('q').append((char) i).append('h').append((char) i).append("\u0086");
    }
    byte[] file = Archives.checkpoint(pickle.append('.').toString());
    assertTrue(read(file) instanceof Tuple);
    FormatException e =
        assertThrows(FormatException.class, () -> Checkpoints.load(folder.resolve("made.pth")));
    assertTrue(
        Objects.requireNonNull(e.getMessage()).contains("more than 262144 names"), e.getMessage());
  }

  @Test
  void a_tensor_that_repeats_one_element_takes_no_memory() throws IOException {
    String pickle = dict(tensor(four(), 0, integers(1L << 40), integers(0)));
    Tensor tensor =
        (Tensor) Objects.requireNonNull(map(read(Archives.checkpoint(pickle))).get("w"));
    assertEquals(1L << 40, tensor.numel());
    assertEquals(4, tensor.untypedStorage().elements());
  }

  @Test
  void a_gradient_flag_of_a_view_is_kept() throws IOException {
    String view = tensor(four(), 1, integers(2), integers(1), TRUE, NO_HOOKS);
    String plain = tensor(four(), 0, integers(2, 2), integers(2, 1), FALSE, NO_HOOKS);
    List<?> both =
        (List<?>)
            Objects.requireNonNull(read(Archives.checkpoint(START + "(" + view + plain + "l.")));
    assertTrue(((Tensor) Objects.requireNonNull(both.get(0))).requiresGrad());
    assertFalse(((Tensor) Objects.requireNonNull(both.get(1))).requiresGrad());
  }
}
