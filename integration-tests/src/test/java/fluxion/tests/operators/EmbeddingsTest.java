package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Rows of a table, one by one and in bags. */
final class EmbeddingsTest {
  private static Tensor table() {
    return Tensors.tensor(1.0, 2.0, 3.0, 4.0, 5.0, 6.0).reshape(3, 2);
  }

  @Test
  void a_row_gets_the_gradients_of_all_its_uses_and_the_padding_none() {
    Tensor weight = table().requiresGrad_();
    Tensor y =
        Ops.call(
            "embedding", List.of(Tensors.tensor(2L, 0L, 2L), weight), Map.of("padding_idx", 0));
    assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6}, y.toDoubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {0, 0, 0, 0, 2, 2}, weight.grad().toDoubleArray());
  }

  @Test
  void a_gradient_is_divided_by_the_number_of_uses_if_asked() {
    Tensor weight = table().requiresGrad_();
    Ops.call(
            "embedding",
            List.of(Tensors.tensor(2L, 0L, 2L), weight),
            Map.of("scale_grad_by_freq", true))
        .sum()
        .backward();
    assertArrayEquals(new double[] {1, 1, 0, 0, 1, 1}, weight.grad().toDoubleArray());
  }

  @Test
  void rows_that_are_used_are_brought_to_the_largest_norm() {
    Tensor weight = Tensors.tensor(3.0, 4.0, 30.0, 40.0, 0.3, 0.4).reshape(3, 2);
    Ops.call("embedding", List.of(Tensors.tensor(0L, 2L), weight), Map.of("max_norm", 1.0));
    assertArrayEquals(new double[] {0.6, 0.8, 30, 40, 0.3, 0.4}, weight.toDoubleArray(), 1e-7);
  }

  @Test
  void an_index_beyond_the_table_is_refused() {
    String message =
        assertThrows(IndexException.class, () -> Ops.call("embedding", Tensors.tensor(3L), table()))
            .getMessage();
    assertTrue(message.contains("index out of range in self"), message);
  }

  @Test
  void bags_are_summed_averaged_or_searched_for_their_largest() {
    Tensor indices = Tensors.tensor(0L, 2L, 1L);
    Tensor offsets = Tensors.tensor(0L, 2L, 2L);
    for (Map.Entry<String, double[]> expected :
        Map.of(
                "sum", new double[] {6, 8, 0, 0, 3, 4},
                "mean", new double[] {3, 4, 0, 0, 3, 4},
                "max", new double[] {5, 6, 0, 0, 3, 4})
            .entrySet()) {
      Tensor y =
          Ops.call(
              "embedding_bag",
              List.of(indices, table(), offsets),
              Map.of("mode", expected.getKey()));
      assertArrayEquals(expected.getValue(), y.toDoubleArray(), expected.getKey());
    }
  }

  @Test
  void a_padding_index_does_not_count_in_a_bag() {
    Tensor y =
        Ops.call(
            "embedding_bag",
            List.of(Tensors.tensor(new long[][] {{0, 1}, {1, 1}}), table()),
            Map.of("padding_idx", 1));
    assertArrayEquals(new double[] {1, 2, 0, 0}, y.toDoubleArray());
  }
}
