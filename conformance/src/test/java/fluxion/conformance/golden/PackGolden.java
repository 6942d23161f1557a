package fluxion.conformance.golden;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * Packs recorded cases into the kit's resources: one archive an operator, one of second-order
 * cases, one of errors, and the index. The same input gives the same bytes.
 *
 * <pre>
 * java --class-path conformance/target/classes:api/target/classes:PATH_OF_JSPECIFY_JAR \
 *     conformance/src/test/java/fluxion/conformance/golden/PackGolden.java GOLDEN_FOLDER \
 *     conformance/src/main/resources/fluxion/conformance/golden
 * </pre>
 *
 * <p>GOLDEN_FOLDER holds {@code open}, {@code second_order/open} and {@code errors}.
 */
final class PackGolden {
  /** Which operators are packed with all their cases, by PyTorch's names. */
  private static final List<String> WHOLE =
      words(
          """
          add sub mul div true_divide rsub pow exp log sigmoid sin cos sqrt neg reciprocal
          nn.functional.relu eq ne lt le gt ge sum mean norm all argmax
          matmul mm mv dot bmm addmm nn.functional.linear
          view reshape transpose permute expand select squeeze unsqueeze __getitem__ unbind split
          stack log_softmax softmax nn.functional.nll_loss nn.functional.cross_entropy
          nn.functional.binary_cross_entropy_with_logits
          """);

  /** Which are packed without the cases whose tensors take more than {@link #LARGE} bytes. */
  private static final List<String> WITHOUT_LARGE =
      words(
          """
          abs acos acosh amax amin aminmax any argmin asin asinh atan atan2 atanh bitwise_and
          bitwise_not bitwise_or bitwise_xor cat ceil chunk clamp clamp_max clamp_min cosh dstack
          erf erfc erfinv exp2 expm1 flatten floor floor_divide fmod frac gather hstack hypot
          index_select isfinite isinf isnan log10 log1p log2 logical_and logical_not logical_or
          logical_xor masked_fill max maximum min minimum movedim narrow nn.functional.celu
          nn.functional.elu nn.functional.gelu nn.functional.hardshrink nn.functional.hardswish
          nn.functional.hardtanh nn.functional.huber_loss nn.functional.l1_loss
          nn.functional.leaky_relu nn.functional.logsigmoid nn.functional.mish
          nn.functional.mse_loss nn.functional.relu6 nn.functional.selu nn.functional.silu
          nn.functional.smooth_l1_loss nn.functional.softplus nn.functional.softshrink
          nn.functional.tanhshrink nn.functional.threshold prod remainder round rsqrt sign sinh split_with_sizes square std std_mean swapaxes take_along_dim tan
          tanh trunc var var_mean vstack where
          """);

  private static final int LARGE = 3000;

  private static final List<String> OPERATORS =
      Stream.concat(WHOLE.stream(), WITHOUT_LARGE.stream()).sorted().toList();

  private PackGolden() {}

  private static List<String> words(String text) {
    return List.of(text.strip().split("\\s+"));
  }

  /** Takes the folder of recorded cases and the folder of the resources. */
  public static void main(String[] args) throws IOException {
    Path from = Path.of(args[0]);
    Path to = Path.of(args[1]);
    List<String> index = new ArrayList<>();
    for (String operator : OPERATORS) {
      Path folder = from.resolve("open").resolve(operator);
      index.add(operator + ".zip");
      Map<String, byte[]> files = WHOLE.contains(operator) ? whole(folder) : withoutLarge(folder);
      Files.write(to.resolve(operator + ".zip"), zip(files));
    }
    index.add("second_order.zip");
    Files.write(
        to.resolve("second_order.zip"), zip(secondOrder(from.resolve("second_order/open"))));
    index.add("errors.zip");
    Path errors = from.resolve("errors/errors.jsonl");
    Files.write(to.resolve("errors.zip"), zip(Map.of("errors.jsonl", bytes(ofOperators(errors)))));
    Files.writeString(to.resolve("index.txt"), String.join("\n", index) + "\n");
  }

  private static Map<String, byte[]> whole(Path folder) throws IOException {
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cases.jsonl", Files.readAllBytes(folder.resolve("cases.jsonl")));
    files.put("tensors.safetensors", Files.readAllBytes(folder.resolve("tensors.safetensors")));
    return files;
  }

  private static Map<String, byte[]> withoutLarge(Path folder) throws IOException {
    byte[] all = Files.readAllBytes(folder.resolve("tensors.safetensors"));
    Safetensors tensors = Safetensors.parse(all, folder.toString());
    List<String> lines = new ArrayList<>();
    Set<String> names = new LinkedHashSet<>();
    for (String line : Files.readAllLines(folder.resolve("cases.jsonl"))) {
      Set<String> ofLine =
          tensorNames(line, List.of("outputs", "outputs_f32", "cotangents", "grads", "mutated"));
      if (tensors.subset(ofLine).length <= LARGE) {
        lines.add(line);
        names.addAll(ofLine);
      }
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cases.jsonl", bytes(lines));
    files.put("tensors.safetensors", tensors.subset(names));
    return files;
  }

  private static Map<String, byte[]> secondOrder(Path folder) throws IOException {
    List<String> lines = ofOperators(folder.resolve("cases.jsonl"));
    byte[] all = Files.readAllBytes(folder.resolve("tensors.safetensors"));
    Safetensors tensors = Safetensors.parse(all, folder.toString());
    Set<String> names = new LinkedHashSet<>();
    for (String line : lines) {
      names.addAll(
          tensorNames(line, List.of("cotangents", "weights", "grad_grads", "cotangent_grads")));
    }
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("cases.jsonl", bytes(lines));
    files.put("tensors.safetensors", tensors.subset(names));
    return files;
  }

  private static Set<String> tensorNames(String line, List<String> keys) {
    Map<String, @Nullable Object> fields = Json.object(Json.parse(line));
    Set<String> names = new TreeSet<>();
    collect(fields.get("args"), names);
    collect(fields.get("kwargs"), names);
    for (String key : keys) {
      Object value = fields.get(key);
      List<?> found =
          value == null ? List.of() : value instanceof List<?> list ? list : values(value);
      found.forEach(
          name -> {
            if (name instanceof String text) {
              names.add(text);
            }
          });
    }
    return names;
  }

  private static List<Object> values(@Nullable Object value) {
    List<Object> values = new ArrayList<>();
    Json.object(value)
        .values()
        .forEach(
            name -> {
              if (name != null) {
                values.add(name);
              }
            });
    return values;
  }

  /** Collects the names of the tensors in arguments. */
  static void collect(@Nullable Object value, Set<String> names) {
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

  private static List<String> ofOperators(Path lines) throws IOException {
    return Files.readAllLines(lines).stream()
        .filter(line -> !line.isBlank())
        .filter(line -> OPERATORS.contains(Json.string(Json.object(Json.parse(line)).get("op"))))
        .toList();
  }

  private static byte[] bytes(List<String> lines) {
    return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] zip(Map<String, byte[]> files) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      zip.setLevel(Deflater.BEST_COMPRESSION);
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTimeLocal(java.time.LocalDateTime.of(2026, 1, 1, 0, 0));
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    }
    return bytes.toByteArray();
  }
}
