package fluxion.conformance.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.conformance.GoldenCase;
import fluxion.conformance.Verdict;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No recorded number goes unread: a case fails when any one of its expected tensors is off. */
final class PerturbedDataTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "mul",
        "sum",
        "argmax",
        "eq",
        "unbind",
        "matmul",
        "sigmoid",
        "nn.functional.nll_loss",
        "second_order"
      })
  void a_case_fails_when_one_expected_tensor_is_off(String archive) {
    Map<String, byte[]> files = GoldenFiles.unpack(archive + ".zip");
    String lines = new String(files.get(GoldenFiles.CASES), StandardCharsets.UTF_8);
    Safetensors all = Safetensors.parse(files.get(GoldenFiles.TENSORS), archive);
    List<String> survivors = new ArrayList<>();
    int perturbed = 0;
    for (Map<String, @Nullable Object> fields : Json.lines(lines)) {
      Set<String> expected = expected(fields);
      Set<String> names = new LinkedHashSet<>(expected);
      collect(fields.get("args"), names);
      collect(fields.get("kwargs"), names);
      addNames(fields.get("cotangents"), names);
      addNames(fields.get("weights"), names);
      byte[] file = all.subset(names);
      if (verdict(fields, file) == Verdict.Kind.PASS) {
        for (String name : expected) {
          byte[] wrong = file.clone();
          if (perturb(wrong, name)) {
            perturbed++;
            if (verdict(fields, wrong) != Verdict.Kind.FAIL) {
              survivors.add(name);
            }
          }
        }
      }
    }
    assertEquals(List.of(), survivors);
    assertTrue(perturbed > 0, "nothing was tried");
  }

  private static Verdict.Kind verdict(Map<String, @Nullable Object> fields, byte[] file) {
    Safetensors tensors = Safetensors.parse(file, "file");
    GoldenCase one =
        fields.containsKey("grad_grads")
            ? new SecondOrderCase(fields, tensors)
            : new ValueCase(fields, tensors);
    return one.run().kind();
  }

  private static Set<String> expected(Map<String, @Nullable Object> fields) {
    Set<String> names = new LinkedHashSet<>();
    if (fields.containsKey("grad_grads")) {
      addNames(fields.get("grad_grads"), names);
      addNames(fields.get("cotangent_grads"), names);
    } else {
      addNames(fields.get("outputs"), names);
      addNames(fields.get("outputs_f32"), names);
      addNames(fields.get("grads"), names);
    }
    return names;
  }

  /** Collects the names of the tensors in arguments. */
  private static void collect(@Nullable Object value, Set<String> names) {
    if (value instanceof List<?> list) {
      list.forEach(part -> collect(part, names));
    } else if (value instanceof Map<?, ?> map) {
      if (map.get("tensor") instanceof String name) {
        names.add(name);
      } else {
        map.values().forEach(part -> collect(part, names));
      }
    }
  }

  /** Adds the strings of an array, or those among the values of an object. */
  private static void addNames(@Nullable Object value, Set<String> names) {
    if (value instanceof List<?> list) {
      for (Object name : list) {
        if (name instanceof String text) {
          names.add(text);
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      addNames(new ArrayList<>(map.values()), names);
    }
  }

  /** Changes the last element of a tensor; false if it has none. */
  private static boolean perturb(byte[] file, String name) {
    ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
    int length = Math.toIntExact(bytes.getLong(0));
    String header = new String(file, 8, length, StandardCharsets.UTF_8);
    Map<String, @Nullable Object> entry = Json.object(Json.object(Json.parse(header)).get(name));
    long[] offsets = Json.longs(entry.get("data_offsets"));
    if (offsets[0] == offsets[1]) {
      return false;
    }
    int begin = 8 + length + Math.toIntExact(offsets[0]);
    int end = 8 + length + Math.toIntExact(offsets[1]);
    switch (Json.string(entry.get("dtype"))) {
      case "F64" -> {
        double largest = 0;
        for (int at = begin; at < end; at += 8) {
          double value = Math.abs(bytes.getDouble(at));
          largest = Double.isFinite(value) ? Math.max(largest, value) : largest;
        }
        double value = bytes.getDouble(end - 8);
        bytes.putDouble(end - 8, Double.isFinite(value) ? value + 1e-8 * (largest + 1) : 0);
      }
      case "F32" -> {
        float largest = 0;
        for (int at = begin; at < end; at += 4) {
          float value = Math.abs(bytes.getFloat(at));
          largest = Float.isFinite(value) ? Math.max(largest, value) : largest;
        }
        float value = bytes.getFloat(end - 4);
        bytes.putFloat(end - 4, Float.isFinite(value) ? value + 1e-4f * (largest + 1) : 0);
      }
      case "I64" -> bytes.putLong(end - 8, bytes.getLong(end - 8) + 1);
      case "BOOL" -> bytes.put(end - 1, (byte) (1 - bytes.get(end - 1)));
      default -> throw new AssertionError(entry);
    }
    return true;
  }
}
