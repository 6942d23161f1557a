package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Different elements, counts, histograms and places in sorted sequences. */
final class CountsAndPlacesTest {
  private static final Map<String, ?> ALL = Map.of("return_inverse", true, "return_counts", true);

  @Test
  void different_elements_are_sorted_located_and_counted() {
    List<Tensor> found = Ops.callAll("unique", List.of(tensor(new long[][] {{1, 3}, {2, 3}})), ALL);
    assertArrayEquals(new long[] {1, 2, 3}, found.get(0).toLongArray());
    assertEquals(Shape.of(2, 2), found.get(1).shape());
    assertArrayEquals(new long[] {0, 2, 1, 2}, found.get(1).toLongArray());
    assertArrayEquals(new long[] {1, 1, 2}, found.get(2).toLongArray());
  }

  @Test
  void only_what_is_asked_for_is_given() {
    List<Tensor> found =
        Ops.callAll("unique", List.of(tensor(3L, 3L)), Map.of("return_counts", true));
    assertEquals(2, found.size());
    assertArrayEquals(new long[] {2}, found.get(1).toLongArray());
    assertEquals(1, Ops.callAll("unique", List.of(zeros(0)), Map.of()).size());
  }

  @Test
  void different_slices_are_in_lexicographic_order() {
    Tensor x = tensor(new double[][] {{2, 1, 5}, {1, 9, 5}, {2, 1, 4}, {1, 9, 5}, {-3, 0, 0}});
    List<Tensor> found = Ops.callAll("unique", List.of(x, true, true, true, 0), Map.of());
    assertArrayEquals(
        new double[] {-3, 0, 0, 1, 9, 5, 2, 1, 4, 2, 1, 5}, found.get(0).toDoubleArray());
    assertArrayEquals(new long[] {3, 1, 2, 1, 0}, found.get(1).toLongArray());
    assertArrayEquals(new long[] {1, 2, 1, 1}, found.get(2).toLongArray());
  }

  @Test
  void runs_are_those_of_the_documentation() {
    List<Tensor> found =
        Ops.callAll("unique_consecutive", List.of(tensor(1L, 1L, 2L, 2L, 3L, 1L, 1L, 2L)), ALL);
    assertArrayEquals(new long[] {1, 2, 3, 1, 2}, found.get(0).toLongArray());
    assertArrayEquals(new long[] {0, 0, 1, 1, 2, 3, 3, 4}, found.get(1).toLongArray());
    assertArrayEquals(new long[] {2, 2, 1, 2, 1}, found.get(2).toLongArray());
  }

  @Test
  void runs_of_slices_are_compared_whole() {
    Tensor x = tensor(new double[][] {{1, 1, 2}, {4, 4, 4}});
    List<Tensor> found = Ops.callAll("unique_consecutive", List.of(x, false, true, 1), Map.of());
    assertArrayEquals(new double[] {1, 2, 4, 4}, found.get(0).toDoubleArray());
    assertArrayEquals(new long[] {2, 1}, found.get(1).toLongArray());
  }

  @Test
  void slices_without_elements_cannot_be_compared() {
    assertEquals(
        "There are 0 sized dimensions, and they aren't selected, so unique cannot be applied",
        assertThrows(
                ArgumentException.class,
                () -> Ops.callAll("unique", List.of(zeros(2, 0)), Map.of("dim", 0)))
            .getMessage());
  }

  @Test
  void occurrences_are_counted_or_weighed() {
    Tensor x = tensor(4L, 3L, 6L, 3L, 4L);
    assertArrayEquals(new long[] {0, 0, 0, 2, 2, 0, 1}, Ops.call("bincount", x).toLongArray());
    Tensor weights = tensor(0.0, 0.25, 0.5, 0.75, 1);
    assertArrayEquals(
        new double[] {0, 0, 0, 1, 1, 0, 0.5, 0},
        Ops.call("bincount", x, weights, 8).toDoubleArray());
    assertArrayEquals(
        new long[] {0, 0}, Ops.call("bincount", x.slice(0, 0, 0), null, 2).toLongArray());
  }

  @Test
  void occurrences_are_those_of_small_integers() {
    assertEquals(
        "bincount only supports 1-d non-negative integral inputs.",
        assertThrows(ArgumentException.class, () -> Ops.call("bincount", tensor(1L, -1L)))
            .getMessage());
    assertEquals(
        "weights should be 1-d and have the same length as input",
        assertThrows(
                ShapeException.class, () -> Ops.call("bincount", tensor(1L, 1L), tensor(1.0, 2, 3)))
            .getMessage());
  }

  @Test
  void a_histogram_is_that_of_the_documentation() {
    Tensor counts = Ops.call("histc", tensor(1.0, 2, 1), 4, 0, 3);
    assertArrayEquals(new double[] {0, 2, 1, 0}, counts.toDoubleArray());
    assertEquals(DType.FLOAT64, counts.dtype());
  }

  @Test
  void a_histogram_leaves_out_what_is_outside_and_finds_its_own_ends() {
    assertArrayEquals(
        new double[] {1, 1},
        Ops.call("histc", tensor(-9.0, 0, 2, Double.NaN), 2, 0, 2).toDoubleArray());
    assertArrayEquals(new double[] {2, 1}, Ops.call("histc", tensor(1.0, 5, 2), 2).toDoubleArray());
    assertArrayEquals(
        new double[] {0, 0, 2}, Ops.call("histc", tensor(1.0, 1), 3, 0.4, 1).toDoubleArray());
  }

  @Test
  void places_are_those_of_the_documentation() {
    Tensor sequence = tensor(new long[][] {{1, 3, 5, 7, 9}, {2, 4, 6, 8, 10}});
    Tensor values = tensor(new long[][] {{3, 6, 9}, {3, 6, 9}});
    Tensor left = Ops.call("searchsorted", sequence, values);
    assertArrayEquals(new long[] {1, 3, 4, 1, 2, 4}, left.toLongArray());
    Tensor right = Ops.call("searchsorted", List.of(sequence, values), Map.of("side", "right"));
    assertArrayEquals(new long[] {2, 3, 5, 1, 3, 4}, right.toLongArray());
    Tensor one =
        Ops.call("searchsorted", List.of(tensor(1L, 3L, 5L), 4), Map.of("out_int32", true));
    assertEquals(DType.INT32, one.dtype());
    assertEquals(2, one.item());
  }

  @Test
  void a_NaN_is_after_every_number_and_an_order_may_be_given() {
    Tensor x = tensor(Double.NaN, 2, -7);
    assertArrayEquals(
        new long[] {3, 1, 0}, Ops.call("searchsorted", tensor(1.0, 2, 3), x).toLongArray());
    Tensor unsorted = tensor(3.0, 1, 2);
    assertArrayEquals(
        new long[] {2},
        Ops.call(
                "searchsorted",
                List.of(unsorted, tensor(2.5).reshape(1)),
                Map.of("sorter", unsorted.sort().indices()))
            .toLongArray());
  }

  @Test
  void buckets_are_those_of_the_documentation() {
    Tensor boundaries = tensor(1L, 3L, 5L, 7L, 9L);
    Tensor v = tensor(new long[][] {{3, 6, 9}, {3, 6, 9}});
    assertArrayEquals(
        new long[] {1, 3, 4, 1, 3, 4}, Ops.call("bucketize", v, boundaries).toLongArray());
    assertArrayEquals(
        new long[] {2, 3, 5, 2, 3, 5},
        Ops.call("bucketize", List.of(v, boundaries), Map.of("right", true)).toLongArray());
    assertEquals(
        "boundaries tensor must be 1 dimension, but got dim(2)",
        assertThrows(ShapeException.class, () -> Ops.call("bucketize", v, v)).getMessage());
  }

  @Test
  void a_side_and_its_opposite_are_refused() {
    assertEquals(
        "torch.searchsorted(): side and right can't be set to opposites, got side of left while"
            + " right was True",
        assertThrows(
                ArgumentException.class,
                () ->
                    Ops.call(
                        "searchsorted",
                        List.of(tensor(1.0, 2), tensor(1.0)),
                        Map.of("side", "left", "right", true)))
            .getMessage());
  }
}
