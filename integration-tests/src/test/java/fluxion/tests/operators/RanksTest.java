package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.ValuesAndIndices;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Sorting, ranks, medians, quantiles and modes. */
final class RanksTest {
  private static final double NAN = Double.NaN;

  private static double[] gradient(Tensor y, Tensor x) {
    return Autograd.grad(y, x).toDoubleArray();
  }

  @Test
  void sorting_keeps_equal_elements_in_order_and_puts_NaN_last() {
    ValuesAndIndices up = tensor(2.0, NAN, 1, 2).sort();
    assertArrayEquals(new double[] {1, 2, 2, NAN}, up.values().toDoubleArray());
    assertArrayEquals(new long[] {2, 0, 3, 1}, up.indices().toLongArray());
    ValuesAndIndices down = tensor(2.0, NAN, 1, 2).sort(0, true);
    assertArrayEquals(new long[] {1, 0, 3, 2}, down.indices().toLongArray());
    assertArrayEquals(
        new long[] {1, 0, 3, 2},
        Ops.call("argsort", tensor(2.0, NAN, 1, 2), 0, true).toLongArray());
  }

  @Test
  void gradients_go_back_to_where_the_elements_were() {
    Tensor x = tensor(3.0, 1, 2).requiresGrad_();
    Tensor sorted = x.sort().values();
    assertEquals("SortBackward0", sorted.gradFn().name());
    assertArrayEquals(
        new double[] {30, 10, 20}, gradient(sorted.mul(tensor(10.0, 20, 30)).sum(), x));
  }

  @Test
  void truth_values_and_single_numbers_can_be_sorted() {
    ValuesAndIndices bools = tensor(true, false, true).sort();
    assertEquals(DType.BOOL, bools.values().dtype());
    assertArrayEquals(new long[] {0, 1, 1}, bools.values().toLongArray());
    assertEquals(4, tensor(4.0).sort().values().item());
    assertEquals(0, tensor(4.0).topk(1).indices().item());
  }

  @Test
  void the_top_elements_come_in_order() {
    Tensor x = tensor(1.0, 5, 2, 4, 3);
    assertArrayEquals(new double[] {5, 4, 3}, x.topk(3).values().toDoubleArray());
    assertArrayEquals(new long[] {0, 2}, x.topk(2, 0, false).indices().toLongArray());
    assertEquals(Shape.of(0), x.topk(0).values().shape());
    assertEquals(
        "selected index k out of range",
        assertThrows(ArgumentException.class, () -> x.topk(6)).getMessage());
  }

  @Test
  void the_kth_value_counts_from_one() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {6, 5, 4}});
    List<Tensor> second = Ops.callAll("kthvalue", List.of(x, 2, 0, true), Map.of());
    assertArrayEquals(new double[] {6, 5, 4}, second.get(0).toDoubleArray());
    assertEquals(Shape.of(1, 3), second.get(1).shape());
    assertEquals(
        "kthvalue(): selected number k out of range for dimension 1",
        assertThrows(
                ArgumentException.class, () -> Ops.callAll("kthvalue", List.of(x, 4), Map.of()))
            .getMessage());
  }

  @Test
  void a_median_is_the_lower_of_two_and_shared_by_equal_elements() {
    Tensor x = tensor(4.0, 2, 2, 9).requiresGrad_();
    assertEquals(2, x.median().item());
    assertArrayEquals(new double[] {0, 0.5, 0.5, 0}, gradient(x.median(), x));
    List<Tensor> along = Ops.callAll("median", List.of(x, 0), Map.of());
    assertArrayEquals(new double[] {0, 0, 1, 0}, gradient(along.get(0), x));
  }

  @Test
  void a_median_is_NaN_or_leaves_it_out() {
    Tensor x = tensor(4.0, NAN, 1, 3);
    assertEquals(NAN, x.median().item());
    assertEquals(3, Ops.call("nanmedian", x).item());
    assertEquals(1, Ops.callAll("median", List.of(x, 0), Map.of()).get(1).item());
    assertEquals(3, Ops.callAll("nanmedian", List.of(x, 0), Map.of()).get(1).item());
    assertEquals(NAN, zeros(0).median().item());
    assertEquals(NAN, Ops.call("nanmedian", tensor(NAN, NAN)).item());
    assertEquals(
        "median(): Expected reduction dim 1 to have non-zero size.",
        assertThrows(
                IndexException.class,
                () -> Ops.callAll("median", List.of(zeros(2, 0), 1), Map.of()))
            .getMessage());
  }

  @Test
  void a_mode_is_the_smallest_of_the_most_frequent_and_the_last_of_these() {
    Tensor x = tensor(new double[][] {{3, 1, 1, 3, 2}, {5, 5, 5, 1, 1}}).requiresGrad_();
    List<Tensor> mode = Ops.callAll("mode", List.of(x), Map.of());
    assertArrayEquals(new double[] {1, 5}, mode.get(0).toDoubleArray());
    assertArrayEquals(new long[] {2, 2}, mode.get(1).toLongArray());
    assertArrayEquals(new double[] {0, 0, 1, 0, 0, 0, 0, 1, 0, 0}, gradient(mode.get(0).sum(), x));
  }

  @Test
  void quantiles_lie_between_the_nearest_ranks() {
    Tensor x = tensor(0.0, 1, 2, 3);
    assertEquals(1.2, Ops.call("quantile", x, 0.4).item(), 1e-15);
    Map<String, Double> expected =
        Map.of("linear", 1.2, "lower", 1.0, "higher", 2.0, "midpoint", 1.5, "nearest", 1.0);
    expected.forEach(
        (interpolation, value) ->
            assertEquals(
                value,
                Ops.call("quantile", List.of(x, 0.4), Map.of("interpolation", interpolation))
                    .item(),
                1e-15));
  }

  @Test
  void several_quantiles_come_along_a_first_dimension() {
    Tensor x = tensor(new double[][] {{0, 2, 4}, {1, 1, 7}});
    Tensor q = tensor(0.0, 0.25, 1);
    Tensor found = Ops.call("quantile", x, q, 1);
    assertEquals(Shape.of(3, 2), found.shape());
    assertArrayEquals(new double[] {0, 1, 1, 1, 4, 7}, found.toDoubleArray());
    assertEquals(Shape.of(3, 2, 1), Ops.call("quantile", x, q, 1, true).shape());
    assertEquals(Shape.of(1, 1), Ops.call("quantile", x, 0.5, null, true).shape());
  }

  @Test
  void a_quantile_is_NaN_or_leaves_it_out() {
    Tensor x = tensor(NAN, 1, 3);
    assertEquals(NAN, Ops.call("quantile", x, 0.0).item());
    assertEquals(2, Ops.call("nanquantile", x, 0.5).item());
    assertEquals(NAN, Ops.call("nanquantile", tensor(NAN, NAN), 0.5).item());
  }

  @Test
  void a_quantile_of_NaN_alone_depends_on_the_first_of_them_and_on_no_part() {
    Tensor x = tensor(NAN, NAN).requiresGrad_();
    Tensor q = tensor(0.5).requiresGrad_();
    Tensor found = Ops.call("nanquantile", x, q);
    assertArrayEquals(new double[] {1, 0}, Autograd.grad(found, x, true).toDoubleArray());
    assertEquals(0, Math.abs(Autograd.grad(found, q).item()));
  }

  @Test
  void quantiles_need_floats_and_parts_of_one() {
    assertEquals(
        "quantile() q must be in the range [0, 1] but got 1.5",
        assertThrows(ArgumentException.class, () -> Ops.call("quantile", tensor(1.0), 1.5))
            .getMessage());
    assertEquals(
        "quantile() q values must be in the range [0, 1]",
        assertThrows(
                ArgumentException.class,
                () -> Ops.call("quantile", tensor(1.0, 2), tensor(0.5, -1)))
            .getMessage());
    assertEquals(
        "quantile() input tensor must be either float or double dtype",
        assertThrows(DTypeException.class, () -> Ops.call("quantile", tensor(1L, 2L), 0.5))
            .getMessage());
    assertEquals(
        "quantile() input tensor must be non-empty",
        assertThrows(ArgumentException.class, () -> Ops.call("quantile", zeros(0), 0.5))
            .getMessage());
  }

  @Test
  void the_index_of_the_largest_of_all_can_keep_the_dimensions() {
    Tensor x = tensor(new double[][] {{1, 9}, {3, 4}});
    Tensor index = Ops.call("argmax", List.of(x), Map.of("keepdim", true));
    assertEquals(Shape.of(1, 1), index.shape());
    assertEquals(1, index.item());
  }
}
