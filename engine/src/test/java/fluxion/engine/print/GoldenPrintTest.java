package fluxion.engine.print;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.engine.testing.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongToDoubleFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Holds the printer against what PyTorch 1.13.1 printed, letter for letter. */
class GoldenPrintTest {
  private static final Pattern FORMULA =
      Pattern.compile("\\(\\(i\\*37 mod 1009\\) - 500\\) \\* (\\S+) as float64, then cast");

  private static List<Map<String, @Nullable Object>> cases() {
    return Json.lines(Json.resource(GoldenPrintTest.class, "prints.jsonl.gz"));
  }

  /** All recorded cases are there. */
  @Test
  void readsAllCases() {
    assertEquals(334, cases().size());
  }

  /** One test for each recorded tensor. */
  @TestFactory
  Stream<DynamicTest> printsEqualPyTorchs() {
    List<DynamicTest> tests = new ArrayList<>();
    for (Map<String, @Nullable Object> print : cases()) {
      String expected = Json.string(print.get("repr"));
      tests.add(
          DynamicTest.dynamicTest(
              Json.string(print.get("id")),
              () -> assertEquals(expected, TensorPrinter.print(values(print), details(print)))));
    }
    return tests.stream();
  }

  private static PrintDetails details(Map<String, @Nullable Object> print) {
    return new PrintDetails(Device.CPU, null, Boolean.TRUE.equals(print.get("requires_grad")));
  }

  private static Values values(Map<String, @Nullable Object> print) {
    DType dtype = DType.of(Json.string(print.get("dtype")));
    Shape shape = Shape.of(Json.longs(print.get("shape")));
    Object formula = print.get("formula");
    if (formula != null) {
      Matcher matcher = FORMULA.matcher(Json.string(formula));
      if (!matcher.matches()) {
        throw new AssertionError("unknown formula " + formula);
      }
      double factor = Double.parseDouble(matcher.group(1));
      LongToDoubleFunction value = i -> (i * 37 % 1009 - 500) * factor;
      return new TestValues(
          dtype,
          shape,
          dtype == DType.FLOAT32 ? i -> (float) value.applyAsDouble(i) : value,
          i -> (long) value.applyAsDouble(i));
    }
    List<@Nullable Object> list = Json.array(print.get("values"));
    return new TestValues(
        dtype, shape, i -> floating(list.get((int) i)), i -> integer(list.get((int) i)));
  }

  private static double floating(@Nullable Object value) {
    return switch (Json.string(value)) {
      case "nan" -> Double.NaN;
      case "inf" -> Double.POSITIVE_INFINITY;
      case "-inf" -> Double.NEGATIVE_INFINITY;
      case String hex -> Double.parseDouble(hex);
    };
  }

  private static long integer(@Nullable Object value) {
    return switch (value) {
      case Long number -> number;
      case Boolean truth -> truth ? 1 : 0;
      case null, default -> throw new AssertionError("no integer: " + value);
    };
  }
}
