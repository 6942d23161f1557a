package fluxion.engine.random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FormatException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the recorded streams do not show: state, threads, bounds and errors. */
class Mt19937GeneratorTest {
  @Test
  void aRestoredStateContinuesTheStreamWithItsCachedNormal() {
    Mt19937Generator generator = new Mt19937Generator(7);
    for (int draws : new int[] {0, 1, 623, 1, 1, 5000}) {
      for (int i = 0; i < draws; i++) {
        generator.random();
      }
      generator.normal(0, 1); // leaves the second of the pair, on every other pass
      byte[] state = generator.state();
      double[] first = continuation(generator);
      generator.restore(state);
      assertArrayEquals(first, continuation(generator));
      Mt19937Generator other = new Mt19937Generator(8);
      other.normal(0, 1);
      other.restore(state);
      assertArrayEquals(first, continuation(other));
      assertEquals(7, other.initialSeed());
      generator.restore(state);
    }
  }

  private static double[] continuation(Mt19937Generator generator) {
    double[] out = new double[1003];
    for (int i = 0; i < 3; i++) {
      out[i] = generator.normal(0, 1);
    }
    generator.uniform(out, 3, 1000, 0, 1);
    return out;
  }

  @Test
  void theStateIsLaidOutAsPyTorchs() {
    Mt19937Generator generator = new Mt19937Generator(42);
    ByteBuffer state = ByteBuffer.wrap(generator.state()).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(5056, state.capacity());
    assertEquals(42, state.getLong(0));
    assertEquals(1, state.getInt(8));
    assertEquals(1, state.getInt(12));
    assertEquals(0, state.getLong(16));
    assertEquals(42, state.getLong(24));
    assertEquals(0, state.getInt(5040));
    generator.normal(0, 1);
    byte[] drawn = generator.state();
    state = ByteBuffer.wrap(drawn).order(ByteOrder.LITTLE_ENDIAN);
    assertEquals(621, state.getInt(8));
    assertEquals(4, state.getLong(16));
    assertEquals(1, state.getInt(5040));
    assertEquals(state.getDouble(5024), generator.normal(0, 1));
    // Old versions of PyTorch wrote eight bytes less.
    generator.restore(Arrays.copyOf(drawn, 5048));
    assertEquals(state.getDouble(5024), generator.normal(0, 1));
  }

  @Test
  void aStateThatIsNoneIsRefusedAndChangesNothing() {
    Mt19937Generator generator = new Mt19937Generator(3);
    byte[] state = generator.state();
    assertThrows(FormatException.class, () -> generator.restore(new byte[100]));
    assertThrows(FormatException.class, () -> generator.restore(new byte[5056]));
    byte[] wrong = state.clone();
    wrong[8] = 100; // claims words that are not there
    assertThrows(FormatException.class, () -> generator.restore(wrong));
    assertArrayEquals(state, generator.state());
  }

  @Test
  void seedingDropsTheCachedNormal() {
    Mt19937Generator generator = new Mt19937Generator(5);
    double first = generator.normal(0, 1);
    generator.manualSeed(5);
    assertEquals(first, generator.normal(0, 1));
    generator.manualSeed(5 + (1L << 32)); // only the low 32 bits count
    assertEquals(first, generator.normal(0, 1));
    assertEquals(Mt19937Generator.DEFAULT_SEED, new Mt19937Generator().initialSeed());
  }

  @Test
  void wideNumbersPutTheEarlierDrawAbove() {
    Mt19937Generator narrow = new Mt19937Generator(1);
    Mt19937Generator wide = new Mt19937Generator(1);
    long high = Integer.toUnsignedLong(narrow.random());
    assertEquals(high << 32 | Integer.toUnsignedLong(narrow.random()), wide.random64());
  }

  @Test
  void partsAreFilledAndTheRestLeft() {
    float[] part = new float[40];
    float[] whole = new float[21];
    new Mt19937Generator(9).normal(part, 10, 21, 0, 1);
    new Mt19937Generator(9).normal(whole);
    assertArrayEquals(whole, Arrays.copyOfRange(part, 10, 31));
    assertArrayEquals(new float[10], Arrays.copyOf(part, 10));
    assertArrayEquals(new float[9], Arrays.copyOfRange(part, 31, 40));
    double[] doubles = new double[40];
    double[] wholeDoubles = new double[21];
    new Mt19937Generator(9).normal(doubles, 10, 21, 0, 1);
    new Mt19937Generator(9).normal(wholeDoubles);
    assertArrayEquals(wholeDoubles, Arrays.copyOfRange(doubles, 10, 31));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> new Mt19937Generator().uniform(new float[3], 2, 2, 0, 1));
  }

  /** The float32 polynomials against the exact functions, over many angles and radii. */
  @Test
  void float32NormalsAreNearTheExactOnes() {
    float[] uniforms = new float[1 << 16];
    float[] normals = new float[1 << 16];
    new Mt19937Generator(11).uniform(uniforms);
    new Mt19937Generator(11).normal(normals);
    for (int at = 0; at < uniforms.length; at += 16) {
      for (int j = at; j < at + 8; j++) {
        double radius = Math.sqrt(-2 * Math.log(1 - (double) uniforms[j]));
        double theta = 2 * Math.PI * uniforms[j + 8];
        assertEquals(radius * Math.cos(theta), normals[j], 2e-6);
        assertEquals(radius * Math.sin(theta), normals[j + 8], 2e-6);
      }
    }
  }

  @Test
  void rangesBeyondInt64AreUnsigned() {
    long[] out = new long[1000];
    new Mt19937Generator(2).randint(out, Long.MIN_VALUE, Long.MAX_VALUE);
    assertTrue(Arrays.stream(out).anyMatch(v -> v < 0));
    assertTrue(Arrays.stream(out).anyMatch(v -> v > 0));
    new Mt19937Generator(2).randint(out, -(1L << 31), 1L << 31, DType.INT32);
    Mt19937Generator bits = new Mt19937Generator(2);
    for (long value : out) {
      assertEquals(Integer.toUnsignedLong(bits.random()) - (1L << 31), value);
    }
    for (DType dtype : DType.values()) {
      new Mt19937Generator(2).random(out, dtype);
      assertTrue(Arrays.stream(out).allMatch(v -> v >= 0), dtype.toString());
    }
  }

  @Test
  void emptyFillsDrawNothing() {
    Mt19937Generator generator = new Mt19937Generator(4);
    byte[] state = generator.state();
    generator.uniform(new float[0]);
    generator.normal(new double[0]);
    generator.randperm(new long[0]);
    generator.randperm(new long[1]);
    generator.randint(new long[0], 0, 1);
    assertArrayEquals(state, generator.state());
  }

  @Test
  void argumentsOutOfRangeAreRefused() {
    Mt19937Generator generator = new Mt19937Generator();
    ArgumentException e =
        assertThrows(ArgumentException.class, () -> generator.randint(new long[1], 5, 5));
    assertEquals(
        "random_ expects 'from' to be less than 'to', but got from=5 >= to=5", e.getMessage());
    assertThrows(ArgumentException.class, () -> generator.uniform(new float[1], 0, 1, 2, 1));
    assertThrows(
        ArgumentException.class,
        () -> generator.uniform(new double[1], 0, 1, -Double.MAX_VALUE, Double.MAX_VALUE));
    assertThrows(ArgumentException.class, () -> generator.normal(0, -1));
    assertThrows(
        ArgumentException.class, () -> generator.normal(new float[1], 0, 1, 0, Double.NaN));
  }

  @Test
  void threadsShareTheStreamWithoutLoss() {
    Mt19937Generator shared = new Mt19937Generator(6);
    int fills = 200;
    int size = 100;
    ConcurrentHashMap<Integer, float[]> parts = new ConcurrentHashMap<>();
    IntStream.range(0, fills)
        .parallel()
        .forEach(
            i -> {
              float[] out = new float[size];
              shared.uniform(out);
              parts.put(i, out);
            });
    Mt19937Generator alone = new Mt19937Generator(6);
    for (int i = 0; i < fills; i++) {
      float[] expected = new float[size];
      alone.uniform(expected);
      assertTrue(
          parts.values().removeIf(part -> Arrays.equals(part, expected)),
          "part " + i + " of the stream was torn or lost");
    }
    assertArrayEquals(alone.state(), shared.state());
  }
}
