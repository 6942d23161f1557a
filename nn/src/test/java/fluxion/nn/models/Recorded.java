package fluxion.nn.models;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Tensors that PyTorch computed, in the format safetensors, compressed.
 *
 * <p>Of a large result it holds a condensate: {@value #SAMPLES} elements at equal distances,
 * {@value #SUMS} sums of all elements with signs, and the largest magnitude.
 */
final class Recorded {
  private static final int SAMPLES = 64;
  private static final int SUMS = 4;
  private static final Pattern ENTRY =
      Pattern.compile(
          "\"([^\"]+)\":\\{\"dtype\":\"(\\w+)\",\"shape\":\\[([0-9,]*)],"
              + "\"data_offsets\":\\[(\\d+),(\\d+)]}");

  private final Map<String, Tensor> tensors = new LinkedHashMap<>();

  Recorded(String resource) throws IOException {
    try (InputStream in = Objects.requireNonNull(Recorded.class.getResourceAsStream(resource))) {
      byte[] bytes = new GZIPInputStream(in).readAllBytes();
      ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int length = (int) buffer.getLong(0);
      Matcher entries =
          ENTRY.matcher(new String(bytes, Long.BYTES, length, StandardCharsets.UTF_8));
      while (entries.find()) {
        int from = Long.BYTES + length + Integer.parseInt(entries.group(4));
        int to = Long.BYTES + length + Integer.parseInt(entries.group(5));
        ByteBuffer data = buffer.slice(from, to - from).order(ByteOrder.LITTLE_ENDIAN);
        String[] sizes = entries.group(3).isEmpty() ? new String[0] : entries.group(3).split(",");
        Shape shape = Shape.of(Arrays.stream(sizes).mapToLong(Long::parseLong).toArray());
        tensors.put(entries.group(1), tensor(data, entries.group(2), shape));
      }
    }
  }

  private static Tensor tensor(ByteBuffer data, String dtype, Shape shape) {
    return switch (dtype) {
      case "F64" -> {
        double[] values = new double[data.remaining() / Double.BYTES];
        data.asDoubleBuffer().get(values);
        yield Tensors.tensor(values, shape, TensorOptions.of(DType.FLOAT64));
      }
      case "F32" -> {
        float[] values = new float[data.remaining() / Float.BYTES];
        data.asFloatBuffer().get(values);
        yield Tensors.tensor(values, shape, TensorOptions.of(DType.FLOAT32));
      }
      case "I64" -> {
        long[] values = new long[data.remaining() / Long.BYTES];
        data.asLongBuffer().get(values);
        yield Tensors.tensor(values, shape, TensorOptions.of(DType.INT64));
      }
      default -> throw new AssertionError(dtype);
    };
  }

  Tensor get(String name) {
    return Objects.requireNonNull(tensors.get(name), name);
  }

  /** The tensors under a path, without it. */
  Map<String, Tensor> under(String path) {
    Map<String, Tensor> found = new LinkedHashMap<>();
    tensors.forEach(
        (name, tensor) -> {
          if (name.startsWith(path + "/")) {
            found.put(name.substring(path.length() + 1), tensor);
          }
        });
    assertTrue(!found.isEmpty(), path);
    return found;
  }

  /** Compares relative to the largest element. */
  static void assertClose(String what, Tensor expected, Tensor actual, double tolerance) {
    double[] wanted = expected.toDoubleArray();
    double[] found = actual.toDoubleArray();
    if (expected.shape().equals(actual.shape())) {
      double largest = Arrays.stream(wanted).map(Math::abs).max().orElse(0);
      assertArrayEquals(wanted, found, tolerance * largest, what);
      return;
    }
    assertEquals(SAMPLES + SUMS + 1, wanted.length, what);
    assertTrue(found.length > wanted.length, what);
    double largest = wanted[SAMPLES + SUMS];
    assertEquals(largest, Arrays.stream(found).map(Math::abs).max().orElse(0), tolerance * largest);
    for (int i = 0; i < SAMPLES; i++) {
      int at = (int) ((long) i * found.length / SAMPLES);
      assertEquals(wanted[i], found[at], tolerance * largest, what + " at " + at);
    }
    for (int k = 0; k < SUMS; k++) {
      double sum = 0;
      for (int i = 0; i < found.length; i++) {
        sum += ((i * 2654435761L + k * 40503L) >> 7 & 1) == 0 ? found[i] : -found[i];
      }
      double allowed = tolerance * largest * Math.sqrt(found.length);
      assertEquals(wanted[SAMPLES + k], sum, allowed, what + ", sum " + k);
    }
  }
}
