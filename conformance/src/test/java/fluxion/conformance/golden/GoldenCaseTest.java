package fluxion.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FormatException;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The runner has teeth: what is recorded wrongly fails. */
final class GoldenCaseTest {
  private static final String CASE =
      """
      {"id": "mul.0", "op": "mul", "call": "torch.mul",
       "args": [{"tensor": "x"}, {"tensor": "y"}], "kwargs": {},
       "outputs": ["out"], "cotangents": ["cot"],
       "grads": {"x": "x.grad", "y": "y.grad"}, "outputs_f32": ["f32"]}
      """
          .replace("\n", "");
  private static final String SECOND =
      """
      {"id": "mul.0", "op": "mul", "call": "torch.mul",
       "args": [{"tensor": "x"}, {"tensor": "y"}], "kwargs": {},
       "outputs": ["out"], "cotangents": ["cot"], "weights": {"x": "w", "y": "w"},
       "grad_grads": {"x": "x.grad2", "y": "y.grad2"}, "cotangent_grads": {"cot": "cot.grad2"}}
      """
          .replace("\n", "");

  @TempDir Path folder;

  /** A value for each tensor of the cases: x y, and its derivatives. */
  private static double value(String name) {
    return switch (name) {
      case "x" -> 2;
      case "y" -> 3;
      case "out", "f32" -> 6;
      case "cot" -> 5;
      case "x.grad" -> 15;
      case "y.grad" -> 10;
      case "w" -> 0.5;
      case "x.grad2", "y.grad2" -> 2.5;
      case "cot.grad2" -> 2.5;
      default -> throw new AssertionError(name);
    };
  }

  private Verdict run(String line, String changed, double factor) throws IOException {
    List<String> names =
        List.of("x", "y", "out", "cot", "x.grad", "y.grad", "w", "x.grad2", "y.grad2", "cot.grad2");
    StringBuilder header = new StringBuilder("{");
    ByteBuffer elements = ByteBuffer.allocate(8 * names.size() + 4).order(ByteOrder.LITTLE_ENDIAN);
    for (String name : names) {
      header.append(
          "\"%s\":{\"dtype\":\"F64\",\"shape\":[],\"data_offsets\":[%d,%d]},"
              .formatted(name, elements.position(), elements.position() + 8));
      elements.putDouble(value(name) * (name.equals(changed) ? factor : 1));
    }
    header.append(
        "\"f32\":{\"dtype\":\"F32\",\"shape\":[],\"data_offsets\":[%d,%d]}}"
            .formatted(elements.position(), elements.position() + 4));
    elements.putFloat((float) (value("f32") * (changed.equals("f32") ? factor : 1)));
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    Files.writeString(folder.resolve("cases.jsonl"), line);
    Files.write(
        folder.resolve("tensors.safetensors"),
        ByteBuffer.allocate(8 + text.length + elements.capacity())
            .order(ByteOrder.LITTLE_ENDIAN)
            .putLong(text.length)
            .put(text)
            .put(elements.array())
            .array());
    return only(GoldenData.in(folder)).run();
  }

  private static GoldenCase only(List<GoldenCase> cases) {
    assertEquals(1, cases.size());
    return cases.get(0);
  }

  @Test
  void a_case_recorded_rightly_passes() throws IOException {
    assertEquals(Verdict.PASS, run(CASE, "", 1));
    assertEquals(Verdict.PASS, run(SECOND, "", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"out", "x.grad", "y.grad"})
  void a_recorded_value_that_is_off_fails_with_the_numbers(String name) throws IOException {
    Verdict verdict = run(CASE, name, 1 + 1e-9);
    assertEquals(Verdict.Kind.FAIL, verdict.kind());
    assertTrue(verdict.reason().contains("found " + value(name) + ", recorded "), verdict.reason());
    assertEquals(Verdict.PASS, run(CASE, name, 1 + 1e-11));
    assertEquals(Verdict.Kind.FAIL, run(CASE, name, Double.NaN).kind());
    assertEquals(Verdict.Kind.FAIL, run(CASE, name, Double.POSITIVE_INFINITY).kind());
    assertEquals(Verdict.Kind.FAIL, run(CASE, name, 0).kind());
  }

  @Test
  void a_recorded_float32_value_that_is_off_fails() throws IOException {
    assertEquals(Verdict.Kind.FAIL, run(CASE, "f32", 1 + 1e-4).kind());
    assertEquals(Verdict.PASS, run(CASE, "f32", 1 + 1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"x.grad2", "y.grad2", "cot.grad2"})
  void a_second_derivative_that_is_off_fails(String name) throws IOException {
    assertEquals(Verdict.Kind.FAIL, run(SECOND, name, 1 + 1e-9).kind());
    assertEquals(Verdict.Kind.FAIL, run(SECOND, name, Double.NaN).kind());
  }

  @Test
  void a_gradient_recorded_as_none_must_be_none() throws IOException {
    assertEquals(Verdict.Kind.FAIL, run(CASE.replace("\"x.grad\"", "null"), "", 1).kind());
    assertEquals(Verdict.Kind.FAIL, run(CASE.replace("[\"cot\"]", "[null]"), "", 1).kind());
  }

  @Test
  void a_result_of_another_dtype_fails() throws IOException {
    Verdict verdict = run(CASE.replace("[\"out\"]", "[\"f32\"]"), "", 1);
    assertTrue(verdict.reason().contains("found torch.float64"), verdict.reason());
  }

  @Test
  void a_missing_operator_is_a_skip_that_names_it() throws IOException {
    Verdict verdict = run(CASE.replace("torch.mul", "torch.mull"), "", 1);
    assertEquals(Verdict.notRun("operator 'mull' is missing"), verdict);
  }

  @Test
  void a_call_that_throws_fails_with_the_message() throws IOException {
    Verdict verdict = run(CASE.replace("\"kwargs\": {}", "\"kwargs\": {\"no\": 1}"), "", 1);
    assertEquals(Verdict.Kind.FAIL, verdict.kind());
    assertTrue(verdict.reason().contains("ArgumentException"), verdict.reason());
  }

  private Verdict runError(String message) throws IOException {
    Files.writeString(
        folder.resolve("errors.jsonl"),
        """
        {"id": "e", "op": "mm", "call": "torch.mm", "kwargs": {}, "error": "RuntimeError",
         "args": [{"zeros": [2, 3], "dtype": "float32"},
                  {"values": [1.0, {"float": "nan"}], "shape": [2, 1], "dtype": "float32"}],
         "message": "%s"}
        """
            .replace("\n", "")
            .formatted(message));
    return only(GoldenData.in(folder)).run();
  }

  @Test
  void an_error_needs_its_message() throws IOException {
    String right = "mat1 and mat2 shapes cannot be multiplied (2x3 and 2x1)";
    assertEquals(Verdict.PASS, runError(right));
    assertEquals(Verdict.Kind.FAIL, runError(right.toUpperCase(Locale.ROOT)).kind());
  }

  @Test
  void a_malformed_folder_is_refused_with_the_name_of_the_file() throws IOException {
    Files.writeString(folder.resolve("cases.jsonl"), "{\"id\": 1}");
    assertThrows(FormatException.class, () -> GoldenData.in(folder));
    Files.writeString(folder.resolve("tensors.safetensors"), "nonsense");
    String message = assertThrows(FormatException.class, () -> GoldenData.in(folder)).getMessage();
    assertTrue(message.contains("tensors.safetensors"), message);
  }

  @Test
  void the_kit_carries_cases_of_every_kind_with_names_of_their_own() {
    List<GoldenCase> cases = GoldenData.builtIn();
    Set<String> seen = new HashSet<>();
    for (GoldenCase one : cases) {
      assertTrue(seen.add(one.kind() + " " + one.id()), one::toString);
    }
    assertEquals(
        Set.of(GoldenCase.Kind.values()),
        cases.stream().map(GoldenCase::kind).collect(Collectors.toSet()));
  }

  @Test
  void nan_equals_nan_and_an_infinity_itself() {
    double[] special = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1};
    for (double recorded : special) {
      for (double found : special) {
        Numbers numbers =
            new Numbers(
                fluxion.api.DType.FLOAT64,
                fluxion.api.Shape.of(1),
                DoubleStream.of(recorded).toArray(),
                new long[0]);
        boolean same =
            Tolerance.FLOAT64
                .difference(numbers, fluxion.api.Tensors.tensor(new double[] {found}))
                .isEmpty();
        assertEquals(Double.compare(recorded, found) == 0, same, Arrays.toString(special));
      }
    }
    assertFalse(Double.isFinite(special[0]));
  }

  @Test
  void gradients_at_NaN_can_be_left_out_and_only_these() {
    Numbers compared =
        ValueCase.exceptAtNan(
            numbers(1, 2, Double.NaN),
            numbers(Double.NaN, 5, Double.POSITIVE_INFINITY),
            numbers(7, 8, 9));
    assertArrayEquals(new double[] {7, 2, Double.NaN}, compared.floats());
  }

  private static Numbers numbers(double... values) {
    return new Numbers(
        fluxion.api.DType.FLOAT64, fluxion.api.Shape.of(values.length), values, new long[0]);
  }
}
