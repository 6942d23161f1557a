package fluxion.engine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.engine.testing.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the generator against the streams of PyTorch 1.13.1 on a processor with AVX2. */
class GoldenStreamTest {
  private static final Map<String, @Nullable Object> GOLDEN =
      Json.object(Json.parse(Json.resource(GoldenStreamTest.class, "rng.json.gz")));

  private static final Pattern RANDN = Pattern.compile("randn?_?([0-9x]+)_(f32|f64)");
  private static final Pattern RANDINT =
      Pattern.compile("randint_(-?\\w+?)_(\\w+?)_(\\d+)(_\\w+)?");
  private static final Pattern TWO =
      Pattern.compile("(uniform|normal)_(-?\\d)_(\\d)_(f32|f64)(_\\d+)?");

  private static Map<String, @Nullable Object> seeds() {
    return Json.object(GOLDEN.get("seeds"));
  }

  /** One test for each seed and entry. */
  @TestFactory
  Stream<DynamicTest> streamsEqualPyTorchs() {
    List<DynamicTest> tests = new ArrayList<>();
    seeds()
        .forEach(
            (seed, entries) ->
                Json.object(entries)
                    .forEach(
                        (name, entry) ->
                            tests.add(
                                DynamicTest.dynamicTest(
                                    "seed " + seed + ": " + name,
                                    () -> check(Long.parseLong(seed), name, entry)))));
    assertTrue(tests.size() > 100, "only " + tests.size() + " entries were read");
    return tests.stream();
  }

  private static void check(long seed, String name, @Nullable Object entry) {
    Mt19937Generator generator = new Mt19937Generator(seed);
    if (name.equals("initial_seed")) {
      assertEquals(entry, generator.initialSeed());
    } else if (name.equals("sequence_without_reseeding")) {
      for (Object part : Json.array(entry)) {
        Map<String, @Nullable Object> call = Json.object(part);
        checkDraw(generator, sequenceName(Json.string(call.get("call"))), call);
      }
    } else {
      checkDraw(generator, name, Json.object(entry));
    }
  }

  /**
   * Translates {@code torch.randn(2,dtype=float64)} to the name of an entry, {@code randn2_f64}.
   */
  private static String sequenceName(String call) {
    String bare = call.substring("torch.".length(), call.length() - 1).replace("(", "");
    if (bare.startsWith("randint")) {
      return bare.replaceAll("randint(\\d+),(\\d+),(\\d+),", "randint_$1_$2_$3").replace(")", "");
    }
    if (bare.startsWith("randperm")) {
      return bare;
    }
    return bare.endsWith(",dtype=float64") ? bare.replace(",dtype=float64", "_f64") : bare + "_f32";
  }

  private static void checkDraw(
      Mt19937Generator generator, String name, Map<String, @Nullable Object> entry) {
    long[] shape = Json.longs(entry.get("shape"));
    int n = (int) LongStream.of(shape).reduce(1, (a, b) -> a * b);
    if (entry.containsKey("values")) {
      long[] expected = Json.longs(entry.get("values"));
      assertEquals(Arrays.toString(expected), Arrays.toString(integers(generator, name, n)), name);
      return;
    }
    double[] expected =
        Json.array(entry.get("hex")).stream()
            .mapToDouble(hex -> Double.parseDouble(Json.string(hex)))
            .toArray();
    boolean single = "float32".equals(entry.get("dtype"));
    double[] actual = floats(generator, name, n, single);
    assertEquals(expected.length, actual.length);
    for (int i = 0; i < n; i++) {
      assertEquals(
          Double.toHexString(expected[i]), Double.toHexString(actual[i]), name + "[" + i + "]");
    }
  }

  private static long[] integers(Mt19937Generator generator, String name, int n) {
    long[] out = new long[n];
    Matcher randint = RANDINT.matcher(name);
    if (name.startsWith("randperm")) {
      generator.randperm(out);
    } else if (name.startsWith("random_")) {
      generator.random(out, DType.of(name.substring("random_".length()).replace("f32", "float32")));
    } else if (randint.matches()) {
      DType dtype =
          randint.group(4) == null
              ? DType.INT64
              : DType.of(randint.group(4).substring(1).replace("f32", "float32"));
      generator.randint(out, bound(randint.group(1)), bound(randint.group(2)), dtype);
    } else {
      throw new AssertionError("no draw for entry " + name);
    }
    return out;
  }

  private static long bound(String text) {
    return text.startsWith("2p") ? 1L << Integer.parseInt(text.substring(2)) : Long.parseLong(text);
  }

  private static double[] floats(Mt19937Generator generator, String name, int n, boolean single) {
    if (name.startsWith("randint") || name.startsWith("random_")) {
      return Arrays.stream(integers(generator, name, n)).asDoubleStream().toArray();
    }
    if (name.startsWith("exponential")) {
      double[] out = new double[n];
      generator.exponential(out, 1);
      return single ? Arrays.stream(out).map(x -> (float) x).toArray() : out;
    }
    if (name.startsWith("bernoulli_0.3") || name.startsWith("dropout")) {
      return kept(generator, name, n);
    }
    Matcher two = TWO.matcher(name);
    boolean normal = name.startsWith("randn") || name.startsWith("normal");
    double first = 0;
    double second = 1;
    if (two.matches()) {
      first = Double.parseDouble(two.group(2));
      second = Double.parseDouble(two.group(3));
    } else if (name.startsWith("linear") || name.startsWith("conv2d")) {
      return layer(generator, name, n);
    } else if (name.startsWith("embedding")) {
      normal = true;
    } else if (name.startsWith("kaiming_normal_fan_out_relu_4_3_3_3")) {
      normal = true;
      second = Math.sqrt(2) / Math.sqrt(4 * 3 * 3);
    } else if (name.startsWith("xavier_uniform_3_4")) {
      second = Math.sqrt(3) * Math.sqrt(2.0 / (3 + 4));
      first = -second;
    } else if (!RANDN.matcher(name).matches()) {
      throw new AssertionError("no draw for entry " + name);
    }
    if (single) {
      float[] out = new float[n];
      if (normal) {
        generator.normal(out, 0, n, first, second);
      } else {
        generator.uniform(out, 0, n, (float) first, (float) second);
      }
      return widen(out);
    }
    double[] out = new double[n];
    if (normal) {
      generator.normal(out, 0, n, first, second);
    } else {
      generator.uniform(out, 0, n, first, second);
    }
    return out;
  }

  private static double[] widen(float[] values) {
    double[] wide = new double[values.length];
    Arrays.setAll(wide, i -> values[i]);
    return wide;
  }

  /** Draws of truth: PyTorch compares float64 uniform numbers with the probability. */
  private static double[] kept(Mt19937Generator generator, String name, int n) {
    byte[] ones = new byte[n];
    String[] parts = name.split("_", -1);
    boolean dropout = parts[0].equals("dropout");
    double p = Double.parseDouble(parts[1]);
    generator.bernoulli(ones, dropout ? 1 - p : p);
    double[] out = new double[n];
    Arrays.setAll(out, i -> dropout ? ones[i] / (1 - p) : ones[i]);
    return out;
  }

  /** The default initialisation of a layer: weight, then bias. */
  private static double[] layer(Mt19937Generator generator, String name, int n) {
    String[] parts = name.split("_", -1);
    int in = Integer.parseInt(parts[1]);
    int out = Integer.parseInt(parts[2]);
    int fan = parts[0].equals("conv2d") ? in * 3 * 3 : in;
    float[] both = new float[n];
    double weightBound = Math.sqrt(3) * (Math.sqrt(2.0 / 6.0) / Math.sqrt(fan));
    generator.uniform(both, 0, n - out, (float) -weightBound, (float) weightBound);
    double biasBound = 1 / Math.sqrt(fan);
    generator.uniform(both, n - out, out, (float) -biasBound, (float) biasBound);
    return widen(both);
  }

  /** The raw bits, from {@code random_(0, 2**32 - 1)}. */
  @Test
  void rawBitsEqualPyTorchs() {
    Map<String, @Nullable Object> streams = Json.object(GOLDEN.get("random_0_to_2p32_minus_1"));
    for (String seed : List.of("0", "42", "5489", "1099511627783")) {
      long[] expected = Json.longs(streams.get(seed));
      Mt19937Generator generator = new Mt19937Generator(Long.parseLong(seed));
      for (long bits : expected) {
        assertEquals(bits, Integer.toUnsignedLong(generator.random()), "seed " + seed);
      }
    }
  }
}
