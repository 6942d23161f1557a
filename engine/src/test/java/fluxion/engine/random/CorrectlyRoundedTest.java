package fluxion.engine.random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class CorrectlyRoundedTest {
  private static final Map<String, DoubleUnaryOperator> FAST =
      Map.of(
          "log", CorrectlyRounded::log,
          "log1p", CorrectlyRounded::log1p,
          "sin", CorrectlyRounded::sin,
          "cos", CorrectlyRounded::cos);

  /** The same functions without the shortcut, for arguments of which they are no exact number. */
  private static final Map<String, DoubleUnaryOperator> WIDE =
      Map.of(
          "log",
          x -> WideFunctions.log(x, 0),
          "log1p",
          x -> WideFunctions.log(1, x),
          "sin",
          WideFunctions::sin,
          "cos",
          WideFunctions::cos);

  private static void assertSame(double expected, double actual, String what) {
    assertEquals(Double.toHexString(expected), Double.toHexString(actual), what);
  }

  private static List<String[]> recorded() throws IOException {
    try (InputStream in = CorrectlyRoundedTest.class.getResourceAsStream("correctly_rounded.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines()
          .filter(line -> !line.startsWith("#"))
          .map(line -> line.split(" ", -1))
          .toList();
    }
  }

  @Test
  void values_nearly_half_way_between_two_doubles_round_to_the_nearer_one() throws IOException {
    List<String[]> lines = recorded();
    assertTrue(lines.size() > 150);
    for (String[] line : lines) {
      double x = Double.parseDouble(line[1]);
      double expected = Double.parseDouble(line[2]);
      String what = line[0] + "(" + line[1] + ")";
      assertSame(expected, Objects.requireNonNull(FAST.get(line[0])).applyAsDouble(x), what);
      assertSame(
          expected, Objects.requireNonNull(WIDE.get(line[0])).applyAsDouble(x), "wide " + what);
    }
  }

  @Test
  void logarithms_at_the_ends_of_their_domain() {
    assertSame(0, CorrectlyRounded.log(1), "log(1)");
    assertSame(Double.NEGATIVE_INFINITY, CorrectlyRounded.log(0), "log(0)");
    assertSame(Double.NEGATIVE_INFINITY, CorrectlyRounded.log(-0.0), "log(-0)");
    assertSame(Double.NaN, CorrectlyRounded.log(-1), "log(-1)");
    assertSame(Double.NaN, CorrectlyRounded.log(Double.NaN), "log(nan)");
    assertSame(
        Double.POSITIVE_INFINITY, CorrectlyRounded.log(Double.POSITIVE_INFINITY), "log(inf)");
    assertSame(0, CorrectlyRounded.log1p(0), "log1p(0)");
    assertSame(-0.0, CorrectlyRounded.log1p(-0.0), "log1p(-0)");
    assertSame(Double.MIN_VALUE, CorrectlyRounded.log1p(Double.MIN_VALUE), "log1p(least)");
    assertSame(Double.NEGATIVE_INFINITY, CorrectlyRounded.log1p(-1), "log1p(-1)");
    assertSame(Double.NaN, CorrectlyRounded.log1p(-1.5), "log1p(-1.5)");
    assertSame(Double.NaN, CorrectlyRounded.log1p(Double.NaN), "log1p(nan)");
    assertSame(
        Double.POSITIVE_INFINITY, CorrectlyRounded.log1p(Double.POSITIVE_INFINITY), "log1p(inf)");
  }

  @Test
  void sine_and_cosine_of_nothing_and_of_what_is_no_angle() {
    assertSame(0, CorrectlyRounded.sin(0), "sin(0)");
    assertSame(-0.0, CorrectlyRounded.sin(-0.0), "sin(-0)");
    assertSame(-Double.MIN_VALUE, CorrectlyRounded.sin(-Double.MIN_VALUE), "sin(-least)");
    assertSame(1, CorrectlyRounded.cos(0), "cos(0)");
    for (double x : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
      assertSame(Double.NaN, CorrectlyRounded.sin(x), "sin");
      assertSame(Double.NaN, CorrectlyRounded.cos(-x), "cos");
    }
  }

  @Test
  void the_shortcut_never_differs_from_the_long_way() {
    compare(1_000);
  }

  @Test
  @Tag("full")
  void the_shortcut_never_differs_from_the_long_way_over_many_arguments() {
    compare(100_000);
  }

  private static void compare(int times) {
    Random random = new Random(5);
    for (int i = 0; i < times; i++) {
      double uniform = Math.nextUp(random.nextDouble());
      double scaled = Math.scalb(uniform, -random.nextInt(26));
      double angle = (random.nextBoolean() ? 1 : -1) * 8 * scaled;
      assertMatches("log", uniform);
      assertMatches("log", Math.scalb(uniform, random.nextInt(2000) - 1000));
      assertMatches("log1p", -uniform * (1 - 0x1p-53));
      assertMatches("log1p", scaled);
      assertMatches("sin", angle);
      assertMatches("cos", angle);
    }
  }

  private static void assertMatches(String name, double x) {
    assertSame(
        Objects.requireNonNull(WIDE.get(name)).applyAsDouble(x),
        Objects.requireNonNull(FAST.get(name)).applyAsDouble(x),
        name + "(" + Double.toHexString(x) + ")");
  }
}
