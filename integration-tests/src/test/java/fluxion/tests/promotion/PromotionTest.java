package fluxion.tests.promotion;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every entry of PyTorch's promotion tables whose operator is there. */
class PromotionTest {
  private record Entry(String section, String name, String expected) {}

  private static Stream<Entry> entries(String section) {
    try (InputStream in =
        Objects.requireNonNull(PromotionTest.class.getResourceAsStream("promotion.tsv"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
              .lines()
              .filter(line -> line.startsWith(section + "\t"))
              .map(line -> line.split("\t", -1))
              .map(parts -> new Entry(parts[0], parts[1], parts[2]))
              .toList()
              .stream();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Tensor ones(String dtype, long... size) {
    return Tensors.ones(TensorOptions.of(DType.of(dtype)), size);
  }

  private static DynamicTest test(Entry entry, Supplier<Tensor> call) {
    return dynamicTest(
        entry.section + " " + entry.name,
        () -> {
          if (entry.expected.startsWith("error: ")) {
            FluxionException e = assertThrows(FluxionException.class, call::get);
            String sentence = entry.expected.substring("error: ".length());
            assertTrue(e.getMessage().contains(sentence), e.getMessage());
          } else {
            assertEquals(DType.of(entry.expected), call.get().dtype());
          }
        });
  }

  private static DynamicTest pair(Entry entry, long... otherSize) {
    String[] names = entry.name.split(",", -1);
    return test(entry, () -> ones(names[0], 2).mul(ones(names[1], otherSize)));
  }

  @TestFactory
  Stream<DynamicTest> tensors_with_dimensions() {
    return entries("tensor_tensor").map(entry -> pair(entry, 2));
  }

  @TestFactory
  Stream<DynamicTest> a_tensor_with_dimensions_and_one_without() {
    return entries("tensor_zerodim").map(PromotionTest::pair);
  }

  @TestFactory
  Stream<DynamicTest> a_tensor_and_a_number() {
    return entries("tensor_scalar")
        .map(
            entry -> {
              String[] names = entry.name.split(",", -1);
              String dtype = names[0].replace("zerodim ", "");
              long[] size = names[0].startsWith("zerodim ") ? new long[0] : new long[] {2};
              Scalar number =
                  switch (names[1]) {
                    case "bool" -> Scalar.of(true);
                    case "int" -> Scalar.of(1);
                    default -> Scalar.of(1.0);
                  };
              return test(entry, () -> Ops.call("mul", ones(dtype, size), number));
            });
  }

  @TestFactory
  Stream<DynamicTest> results_that_may_be_stored_in_place() {
    return entries("can_cast")
        .map(
            entry -> {
              String[] names = entry.name.split(",", -1);
              return dynamicTest(
                  entry.name,
                  () -> {
                    Tensor target = ones(names[1], 2);
                    Tensor other = ones(names[0], 2);
                    if (Boolean.parseBoolean(entry.expected)) {
                      target.mul_(other);
                      assertEquals(1, target.version());
                    } else {
                      FluxionException e =
                          assertThrows(FluxionException.class, () -> target.mul_(other));
                      assertTrue(e.getMessage().contains("can't be cast to the desired output"));
                      assertEquals(0, target.version());
                    }
                  });
            });
  }

  private static boolean isThere(Entry entry) {
    return Ops.names().contains(entry.name.substring(0, entry.name.indexOf(':')));
  }

  @TestFactory
  Stream<DynamicTest> operators_of_one_tensor() {
    return entries("unary_and_reductions")
        .filter(PromotionTest::isThere)
        // That PyTorch 1.13 lacks kernels for 16-bit floats on the CPU is no rule to follow.
        .filter(entry -> !(entry.name.endsWith("float16") && entry.expected.startsWith("error")))
        .map(
            entry -> {
              String[] parts = entry.name.split(":", -1);
              return test(
                  entry,
                  () -> {
                    Tensor x = ones(parts[1], 2);
                    return switch (parts[0]) {
                      case "softmax" -> x.softmax(0);
                      case "cumsum" -> x.cumsum(0);
                      case "cumprod" -> x.cumprod(0);
                      case "sort" -> x.sort().values();
                      default -> Ops.call(parts[0], x);
                    };
                  });
            });
  }

  @TestFactory
  Stream<DynamicTest> operators_of_two_tensors() {
    return entries("binary_ops")
        .filter(PromotionTest::isThere)
        .map(
            entry -> {
              String[] parts = entry.name.split("[:,]", -1);
              return test(entry, () -> Ops.call(parts[0], ones(parts[1], 2), ones(parts[2], 2)));
            });
  }

  @Test
  void the_tables_are_not_empty() {
    for (String section :
        new String[] {
          "tensor_tensor", "tensor_zerodim", "tensor_scalar", "can_cast", "binary_ops"
        }) {
      assertTrue(entries(section).count() >= 60, section);
    }
    assertTrue(entries("binary_ops").filter(PromotionTest::isThere).count() > 100);
  }
}
