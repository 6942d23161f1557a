package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention of float32, which the processor computes block by block, beside that of float64. */
class AttentionTest {
  private static Tensor leaf(DType dtype, int step, long... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * step % 31 - 15) / 16.0;
    }
    return Tensors.tensor(values, shape, TensorOptions.of(dtype)).requiresGrad_();
  }

  private static @Nullable Tensor mask(String kind, DType dtype) {
    Tensor summands = leaf(dtype, 7, 5, 6).detach();
    return switch (kind) {
      case "truth values" -> summands.lt(0.5);
      case "summands" -> summands;
      default -> null;
    };
  }

  private static Tensor attention(
      Tensor query, Tensor key, Tensor value, @Nullable Tensor mask, boolean causal) {
    return Ops.call(
        "scaled_dot_product_attention",
        Arrays.asList(query, key, value, mask, 0.0, causal),
        Map.of());
  }

  private static List<Tensor> all(List<@Nullable Tensor> gradients) {
    return gradients.stream().map(Objects::requireNonNull).toList();
  }

  /** The result, its gradients, and the gradients of a sum of those. */
  private static List<Tensor> derivatives(DType dtype, String kind) {
    Tensor query = leaf(dtype, 3, 2, 5, 4);
    Tensor key = leaf(dtype, 5, 6, 4);
    Tensor value = leaf(dtype, 11, 2, 6, 3);
    Tensor cotangent = leaf(dtype, 13, 2, 5, 3);
    Tensor y = attention(query, key, value, mask(kind, dtype), kind.equals("causal"));
    List<Tensor> inputs = List.of(query, key, value);
    List<Tensor> first =
        all(Autograd.grad(List.of(y), inputs, List.of(cotangent), true, true, false));
    Tensor sum = Tensors.tensor(new double[] {0}, Shape.SCALAR, TensorOptions.of(dtype));
    for (int i = 0; i < first.size(); i++) {
      Tensor gradient = first.get(i);
      sum = sum.add(gradient.mul(leaf(dtype, 17 + i, gradient.shape().toArray()).detach()).sum());
    }
    List<Tensor> results = new ArrayList<>(List.of(y));
    results.addAll(first);
    results.addAll(
        all(
            Autograd.grad(
                List.of(sum), List.of(query, key, value, cotangent), null, false, false, false)));
    return results;
  }

  @ParameterizedTest
  @ValueSource(strings = {"no mask", "causal", "truth values", "summands"})
  void has_the_first_and_second_derivatives_of_its_formula(String kind) {
    List<Tensor> found = derivatives(DType.FLOAT32, kind);
    List<Tensor> expected = derivatives(DType.FLOAT64, kind);
    for (int i = 0; i < found.size(); i++) {
      assertEquals(expected.get(i).shape(), found.get(i).shape());
      assertArrayEquals(
          expected.get(i).toDoubleArray(), found.get(i).toDoubleArray(), 1e-5, kind + " " + i);
    }
  }

  @Test
  void a_query_that_sees_no_key_has_no_mean_and_moves_no_key() {
    for (DType dtype : List.of(DType.FLOAT32, DType.FLOAT64)) {
      Tensor query = leaf(dtype, 3, 2, 4);
      Tensor key = leaf(dtype, 5, 3, 4);
      Tensor value = leaf(dtype, 7, 3, 1).detach();
      Tensor mask = Tensors.tensor(new boolean[][] {{true, true, false}, {false, false, false}});
      Tensor y = attention(query, key, value, mask, false);
      assertEquals(Double.NaN, y.toDoubleArray()[1]);
      y.sum().backward();
      assertEquals(0, Objects.requireNonNull(query.grad()).toDoubleArray()[6]);
      assertEquals(0, Objects.requireNonNull(key.grad()).toDoubleArray()[9]);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"no mask", "causal", "truth values", "summands"})
  void has_the_same_jacobian_row_by_row_and_of_all_rows_at_once(String kind) {
    Tensor key = leaf(DType.FLOAT32, 5, 2, 6, 4).detach();
    Tensor query = leaf(DType.FLOAT32, 3, 2, 5, 4).detach();
    UnaryOperator<Tensor> f =
        x -> attention(x, key, key, mask(kind, DType.FLOAT32), kind.equals("causal"));
    assertArrayEquals(
        Transforms.jacobian(f, query, false, false, false).toDoubleArray(),
        Transforms.jacobian(f, query, false, false, true).toDoubleArray(),
        1e-6);
  }

  @Test
  void a_mask_with_a_gradient_gets_it() {
    Tensor mask = leaf(DType.FLOAT32, 3, 2, 3);
    Tensor key = leaf(DType.FLOAT32, 5, 3, 4);
    attention(leaf(DType.FLOAT32, 3, 2, 4), key, key, mask, false).sum().backward();
    assertEquals(Shape.of(2, 3), Objects.requireNonNull(mask.grad()).shape());
  }

  @Test
  void a_mask_may_have_more_leading_dimensions_than_the_queries() {
    Tensor key = leaf(DType.FLOAT32, 5, 3, 4);
    Tensor mask = leaf(DType.FLOAT32, 7, 2, 2, 3).detach();
    Tensor y = attention(leaf(DType.FLOAT32, 3, 2, 4), key, key, mask, false);
    assertEquals(Shape.of(2, 2, 4), y.shape());
  }

  @Test
  void without_keys_there_is_no_mean() {
    Tensor key = leaf(DType.FLOAT32, 5, 0, 4);
    Tensor y = attention(leaf(DType.FLOAT32, 3, 2, 4), key, key, null, false);
    assertArrayEquals(new double[8], y.toDoubleArray());
  }
}
