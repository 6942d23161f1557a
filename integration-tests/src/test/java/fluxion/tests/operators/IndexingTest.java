package fluxion.tests.operators;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.full;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Index;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.conformance.GradCheck;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Reading and writing at indices, lists and masks. The shapes are those that NumPy's documentation
 * of advanced indexing gives, which PyTorch follows; the values are written out by hand.
 */
final class IndexingTest {
  private static void assertRefused(
      Class<? extends RuntimeException> type, String message, Runnable call) {
    assertEquals(message, assertThrows(type, call::run).getMessage());
  }

  private static Tensor counted(long... size) {
    return arange(Shape.of(size).numel()).toDouble().reshape(size);
  }

  @Test
  void a_list_of_indices_picks_rows() {
    Tensor x = counted(3, 2);
    Tensor picked = x.get(Index.list(2, 0, -1));
    assertArrayEquals(new double[] {4, 5, 0, 1, 4, 5}, picked.toDoubleArray());
    assertFalse(picked.isView());
  }

  @Test
  void index_tensors_that_are_neighbours_keep_their_place() {
    Tensor x = counted(10, 20, 30, 40, 1);
    Tensor at = zeros(2, 3, 4).toLong();
    assertEquals(
        Shape.of(10, 2, 3, 4, 40, 1),
        x.get(Index.all(), Index.of(at), Index.of(at), Index.ellipsis()).shape());
  }

  @Test
  void index_tensors_that_are_apart_come_first() {
    Tensor x = counted(2, 3, 4, 5);
    Tensor picked = x.get(Index.all(), Index.list(0, 2), Index.all(), Index.list(1, 4));
    assertEquals(Shape.of(2, 2, 4), picked.shape());
    for (int i = 0; i < 2; i++) {
      Tensor expected = x.select(3, i == 0 ? 1 : 4).select(1, i == 0 ? 0 : 2);
      assertArrayEquals(expected.toDoubleArray(), picked.get(i).toDoubleArray());
    }
  }

  @Test
  void index_tensors_broadcast_against_each_other() {
    Tensor x = counted(3, 4);
    Tensor rows = tensor(0L, 2L).unsqueeze(1);
    Tensor picked = x.get(Index.of(rows), Index.list(1, 3));
    assertArrayEquals(new double[] {1, 3, 9, 11}, picked.toDoubleArray());
    assertEquals(Shape.of(2, 2), picked.shape());
  }

  @Test
  void a_mask_stands_for_as_many_dimensions_as_it_has() {
    Tensor x = counted(2, 2, 3);
    Tensor mask = tensor(new boolean[][] {{false, true}, {true, false}});
    assertArrayEquals(new double[] {3, 4, 5, 6, 7, 8}, x.get(Index.of(mask)).toDoubleArray());
    assertArrayEquals(new double[] {5, 8}, x.get(Index.of(mask), Index.at(2)).toDoubleArray());
    Tensor columns = tensor(true, false, true);
    assertArrayEquals(
        new double[] {0, 2}, x.get(Index.at(0), Index.at(0), Index.of(columns)).toDoubleArray());
  }

  @Test
  void a_number_in_a_tensor_and_a_truth_value_index_as_in_PyTorch() {
    Tensor x = counted(2, 3);
    assertArrayEquals(new double[] {3, 4, 5}, x.get(Index.of(tensor(1L))).toDoubleArray());
    assertEquals(Shape.of(1, 2, 3), x.get(Index.of(tensor(true))).shape());
    assertEquals(Shape.of(0, 2, 3), x.get(Index.of(tensor(false))).shape());
  }

  @Test
  void a_picked_element_gets_the_sum_of_its_gradients() {
    Tensor x = counted(3, 2).requiresGrad_();
    Tensor picked = x.get(Index.list(0, 0, 2));
    assertEquals("IndexBackward0", picked.gradFn().name());
    picked.sum().backward();
    assertArrayEquals(new double[] {2, 2, 0, 0, 1, 1}, x.grad().toDoubleArray());
  }

  @Test
  void indices_that_do_not_fit_are_refused_in_PyTorchs_words() {
    Tensor x = counted(2, 3);
    assertRefused(
        IndexException.class,
        "index -3 is out of bounds for dimension 0 with size 2",
        () -> x.get(Index.list(0, -3)));
    assertRefused(
        IndexException.class,
        "index 3 is out of bounds for dimension 1 with size 3",
        () -> x.get(Index.all(), Index.list(3)));
    assertRefused(
        IndexException.class,
        "index 5 is out of bounds for dimension 0 with size 2",
        () -> zeros(2, 0).get(Index.list(5)));
    assertRefused(
        IndexException.class,
        "shape mismatch: indexing tensors could not be broadcast together with shapes [2], [3]",
        () -> x.get(Index.list(0, 1), Index.list(0, 1, 2)));
    assertRefused(
        IndexException.class,
        "The shape of the mask [3] at index 0 does not match the shape of the indexed tensor"
            + " [2, 3] at index 0",
        () -> x.get(Index.of(tensor(true, false, true))));
    assertRefused(
        IndexException.class,
        "too many indices for tensor of dimension 2",
        () -> x.get(Index.list(0), Index.list(0), Index.list(0)));
    assertRefused(
        IndexException.class,
        "tensors used as indices must be long, byte or bool tensors, got torch.float64",
        () -> Ops.call("index", x, List.of(tensor(1.0, 0.0))));
  }

  @Test
  void an_assignment_writes_where_the_expression_points() {
    Tensor x = zeros(3, 4);
    x.indexPut_(tensor(5.0), Index.all(), Index.list(1, -1));
    assertArrayEquals(new double[] {0, 5, 0, 5, 0, 5, 0, 5, 0, 5, 0, 5}, x.toDoubleArray());
    x.indexPut_(tensor(new double[][] {{1, 2, 3, 4}}), Index.at(0));
    assertArrayEquals(new double[] {1, 2, 3, 4}, x.get(0).toDoubleArray());
    x.indexPut_(tensor(0.0), Index.of(x.gt(2)));
    assertArrayEquals(new double[] {1, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, x.toDoubleArray());
    assertEquals(3, x.version());
  }

  @Test
  void a_write_that_is_refused_writes_nothing() {
    Tensor x = zeros(3, 2);
    assertThrows(IndexException.class, () -> x.indexPut_(tensor(1.0), Index.list(0, 3)));
    assertRefused(
        ShapeException.class,
        "shape mismatch: value tensor of shape [3] cannot be broadcast to indexing result of shape"
            + " [2, 2]",
        () -> x.indexPut_(tensor(1.0, 2, 3), Index.list(0, 1)));
    assertRefused(
        IndexException.class,
        "index out of range in self: index 3 is out of bounds for dimension 0 with size 3",
        () -> x.indexAdd_(0, tensor(0L, 3L), zeros(2, 2).add(1)));
    assertEquals(0, x.sum().item());
    assertEquals(0, x.version());
  }

  @Test
  void a_write_does_not_read_what_it_overwrites() {
    Tensor x = counted(6);
    assertRefused(
        ArgumentException.class,
        "unsupported operation: some elements of the input tensor and the written-to tensor refer"
            + " to a single memory location. Please clone() the tensor before performing the"
            + " operation.",
        () -> x.slice(0, 0, 4).indexPut_(x.slice(0, 2, 6), Index.list(0, 1, 2, 3)));
    assertRefused(
        ArgumentException.class,
        "unsupported operation: more than one element of the written-to tensor refers to a single"
            + " memory location. Please clone() the tensor before performing the operation.",
        () -> tensor(1.0).expand(3).indexPut_(tensor(2.0), Index.list(0)));
  }

  @Test
  void a_write_into_a_view_becomes_part_of_its_bases_history() {
    Tensor x = counted(2, 3).requiresGrad_();
    Tensor v = tensor(7.0, 8).requiresGrad_();
    Tensor base = x.mul(1);
    base.select(0, 1).indexPut_(v, Index.list(0, 2));
    assertEquals("CopySlices", base.gradFn().name());
    base.mul(counted(2, 3).add(1)).sum().backward();
    assertArrayEquals(new double[] {1, 2, 3, 0, 5, 0}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {4, 6}, v.grad().toDoubleArray());
  }

  @Test
  void a_write_after_use_is_noticed() {
    Tensor x = counted(3).requiresGrad_();
    Tensor y = x.mul(2);
    Tensor z = y.mul(y);
    y.indexAdd_(0, tensor(1L), tensor(1.0));
    assertThrows(AutogradException.class, () -> z.sum().backward());
    assertRefused(
        AutogradException.class,
        "a leaf Variable that requires grad is being used in an in-place operation.",
        () -> x.indexAdd_(0, tensor(1L), tensor(1.0)));
  }

  @Test
  void added_values_meet_in_one_place() {
    Tensor x = zeros(3);
    Tensor index = tensor(0L, 2L, 0L);
    Tensor sum = Ops.call("index_put", x, List.of(index), tensor(1f, 2, 4), true);
    assertArrayEquals(new double[] {5, 0, 2}, sum.toDoubleArray());
    assertArrayEquals(
        new double[] {5, 0, 2}, x.indexAdd(0, index, tensor(1f, 2, 4)).toDoubleArray());
    assertArrayEquals(
        new double[] {5, 0, 2}, x.scatterAdd(0, index, tensor(1f, 2, 4)).toDoubleArray());
  }

  @Test
  void index_add_takes_a_factor_and_says_what_does_not_fit() {
    Tensor x = zeros(3, 2);
    Tensor sum =
        Ops.call(
            "index_add",
            List.of(x, 0, tensor(2L), tensor(new float[][] {{1, 2}})),
            Map.of("alpha", -2));
    assertArrayEquals(new double[] {0, 0, 0, 0, -2, -4}, sum.toDoubleArray());
    assertRefused(
        ShapeException.class,
        "index_add_(): Number of indices (2) should be equal to source.size(dim): (1), for dim: 0",
        () -> x.indexAdd(0, tensor(0L, 1L), zeros(1, 2)));
    assertRefused(
        DTypeException.class,
        "index_add_(): self (Float) and source (Double) must have the same scalar type",
        () -> x.indexAdd(0, tensor(0L), zeros(1, 2).toDouble()));
  }

  @Test
  void take_and_put_see_the_tensor_flat() {
    Tensor x = counted(2, 3);
    assertArrayEquals(
        new double[] {0, 4, 5}, Ops.call("take", x, tensor(0L, 4L, -1L)).toDoubleArray());
    assertArrayEquals(
        new double[] {0, 9, 2, 3, 8, 5},
        Ops.call("put_", x, tensor(1L, 4L), tensor(9.0, 8)).toDoubleArray());
    assertRefused(
        IndexException.class,
        "out of range: tried to access index 6 on a tensor of 6 elements.",
        () -> Ops.call("take", x, tensor(6L)));
    Tensor turned = counted(2, 3).t();
    Ops.call("put_", turned, tensor(1L), tensor(9.0));
    assertEquals(9, turned.get(0).get(1).item());
  }

  @Test
  void nonzero_lists_the_places_row_by_row() {
    Tensor x = tensor(new double[][] {{0.6, 0, 0}, {0, 0.4, 0}, {0, 0, 1.2}});
    assertArrayEquals(new long[] {0, 0, 1, 1, 2, 2}, x.nonzero().toLongArray());
    assertEquals(Shape.of(1, 0), tensor(2.0).nonzero().shape());
    assertEquals(Shape.of(0, 2), zeros(2, 3).nonzero().shape());
    List<Tensor> columns =
        Ops.callAll("where", List.of(tensor(new long[][] {{0, 1}, {2, 0}})), Map.of());
    assertArrayEquals(new long[] {0, 1}, columns.get(0).toLongArray());
    assertArrayEquals(new long[] {1, 0}, columns.get(1).toLongArray());
  }

  @Test
  void masks_select_and_scatter_in_order() {
    Tensor x = tensor(new long[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor mask = tensor(false, true, true);
    assertArrayEquals(new long[] {2, 3, 5, 6}, x.maskedSelect(mask).toLongArray());
    Tensor source = tensor(10L, 20, 30, 40, 50);
    assertArrayEquals(
        new long[] {1, 10, 20, 4, 30, 40},
        Ops.call("masked_scatter", x, mask, source).toLongArray());
    assertRefused(
        ArgumentException.class,
        "Number of elements of source < number of ones in mask: 3 < 4",
        () -> Ops.call("masked_scatter", x, mask, tensor(1L, 2, 3)));
    assertArrayEquals(new long[] {1, 2, 3, 4, 5, 6}, x.toLongArray());
    Tensor one = tensor(5L);
    assertEquals(Shape.of(1), one.maskedSelect(tensor(true)).shape());
    assertEquals(Shape.of(0), one.maskedSelect(tensor(false)).shape());
  }

  @Test
  void scatter_reduce_follows_the_example_of_PyTorchs_documentation() {
    Tensor src = tensor(1.0, 2, 3, 4, 5, 6);
    Tensor index = tensor(0L, 1L, 0L, 1L, 2L, 1L);
    Tensor input = tensor(1.0, 2, 3, 4);
    assertArrayEquals(new double[] {5, 14, 8, 4}, reduced(input, index, src, "sum", true));
    assertArrayEquals(new double[] {4, 12, 5, 4}, reduced(input, index, src, "sum", false));
    assertArrayEquals(
        new double[] {3, 6, 5, 2}, reduced(tensor(5.0, 4, 3, 2), index, src, "amax", false));
    assertArrayEquals(
        new double[] {5, 6, 5, 2}, reduced(tensor(5.0, 4, 3, 2), index, src, "amax", true));
    assertArrayEquals(new double[] {2, 4, 5, 4}, reduced(input, index, src, "mean", false));
    assertArrayEquals(new double[] {3, 96, 15, 4}, reduced(input, index, src, "prod", true));
    assertArrayEquals(new double[] {1, 2, 5, 4}, reduced(input, index, src, "amin", false));
  }

  private static double[] reduced(
      Tensor self, Tensor index, Tensor src, String reduce, boolean includeSelf) {
    return Ops.call(
            "scatter_reduce",
            Arrays.asList(self, 0, index, src, reduce),
            Map.of("include_self", includeSelf))
        .toDoubleArray();
  }

  @Test
  void scatter_reduce_without_itself_has_right_gradients() {
    Tensor index = tensor(0L, 1L, 0L, 1L);
    for (String reduce : List.of("sum", "mean", "prod", "amax", "amin")) {
      Tensor self = tensor(1.5, -0.5, 2).requiresGrad_();
      Tensor src = tensor(0.7, 1.1, -0.9, 0.4).requiresGrad_();
      GradCheck.DEFAULT
          .withName(reduce)
          .check(
              inputs ->
                  List.of(
                      Ops.call(
                          "scatter_reduce",
                          Arrays.asList(inputs.get(0), 0, index, inputs.get(1), reduce),
                          Map.of("include_self", false))),
              List.of(self, src));
    }
  }

  @Test
  void a_product_with_zeros_has_the_products_of_the_others_as_gradients() {
    Tensor self = tensor(2.0, 3).requiresGrad_();
    Tensor src = tensor(0.0, 5, 0, 0).requiresGrad_();
    Ops.call("scatter_reduce", self, 0, tensor(0L, 0L, 1L, 1L), src, "prod").sum().backward();
    assertArrayEquals(new double[] {0, 0}, self.grad().toDoubleArray());
    assertArrayEquals(new double[] {10, 0, 0, 0}, src.grad().toDoubleArray());
  }

  @Test
  void equal_extremes_share_the_gradient() {
    Tensor self = tensor(4.0).requiresGrad_();
    Tensor src = tensor(4.0, 1, 4).requiresGrad_();
    Ops.call("scatter_reduce", self.reshape(1), 0, tensor(0L, 0L, 0L), src, "amax")
        .sum()
        .backward();
    assertEquals(1.0 / 3, self.grad().item(), 1e-15);
    assertArrayEquals(new double[] {1.0 / 3, 0, 1.0 / 3}, src.grad().toDoubleArray(), 1e-15);
  }

  @Test
  void scatter_takes_sources_larger_than_the_index() {
    Tensor src = counted(3, 3).add(1).requiresGrad_();
    Tensor index = tensor(new long[][] {{1, 0}});
    Tensor y = zeros(2, 3).toDouble().scatter(0, index, src);
    assertArrayEquals(new double[] {0, 2, 0, 1, 0, 0}, y.toDoubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {1, 1, 0, 0, 0, 0, 0, 0, 0}, src.grad().toDoubleArray());
    Tensor added =
        Ops.call(
            "scatter",
            List.of(counted(1, 3), 0, tensor(new long[][] {{0, 0}}), 5.0),
            Map.of("reduce", "add"));
    assertArrayEquals(new double[] {5, 6, 2}, added.toDoubleArray());
  }

  @Test
  void one_hot_follows_the_example_of_PyTorchs_documentation() {
    Tensor classes = tensor(0L, 2L, 1L);
    Tensor hot = Ops.call("one_hot", classes);
    assertEquals(DType.INT64, hot.dtype());
    assertArrayEquals(new long[] {1, 0, 0, 0, 0, 1, 0, 1, 0}, hot.toLongArray());
    assertEquals(Shape.of(3, 5), Ops.call("one_hot", classes, 5).shape());
    assertRefused(
        ArgumentException.class,
        "one_hot: Class values must be non-negative.",
        () -> Ops.call("one_hot", tensor(-1L)));
  }

  /** As in PyTorch's documentation of Tensor.index_reduce_. */
  @Test
  void index_reduce_is_that_of_the_documentation() {
    Tensor x = full(Scalar.of(2.0), TensorOptions.of(DType.FLOAT64), 5, 3);
    Tensor t = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}, {7, 8, 9}, {10, 11, 12}});
    Tensor index = tensor(0L, 4L, 2L, 0L);
    Tensor product = Ops.call("index_reduce", x, 0, index, t, "prod");
    assertArrayEquals(
        new double[] {20, 44, 72, 2, 2, 2, 14, 16, 18, 2, 2, 2, 8, 10, 12},
        product.toDoubleArray());
    Tensor others =
        Ops.callAll("index_reduce_", List.of(x, 0, index, t, "prod"), Map.of("include_self", false))
            .getFirst();
    assertSame(x, others);
    assertArrayEquals(
        new double[] {10, 22, 36, 2, 2, 2, 7, 8, 9, 2, 2, 2, 4, 5, 6}, x.toDoubleArray());
  }

  @Test
  void index_reduce_refuses_what_PyTorch_refuses() {
    Tensor x = zeros(3);
    assertRefused(
        IndexException.class,
        "index out of range in self: the size is 3",
        () -> Ops.call("index_reduce", x, 0, tensor(0L, 3L), zeros(2), "prod"));
    assertRefused(
        ArgumentException.class,
        "index_reduce(): Expected reduce to be one of prod, mean, amax or amin but got sum.",
        () -> Ops.call("index_reduce", x, 0, tensor(0L), zeros(1), "sum"));
    assertRefused(
        ShapeException.class,
        "index_reduce_(): Number of indices (2) should be equal to source.size(dim): (3), for dim:"
            + " 0",
        () -> Ops.call("index_reduce", x, 0, tensor(0L, 1L), zeros(3), "prod"));
  }

  @Test
  void elements_of_a_layout_are_replaced_and_get_the_gradients() {
    Tensor x = zeros(TensorOptions.of(DType.FLOAT64), 3, 3).requiresGrad_();
    Tensor src = tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
    Tensor y = Ops.call("as_strided_scatter", x, src, List.of(2L, 2L), List.of(4L, 1L), 1L);
    assertArrayEquals(new double[] {0, 1, 2, 0, 0, 3, 4, 0, 0}, y.toDoubleArray());
    y.mul(tensor(1.0, 2, 3, 4, 5, 6, 7, 8, 9).view(3, 3)).sum().backward();
    assertArrayEquals(new double[] {1, 0, 0, 4, 5, 0, 0, 8, 9}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {2, 3, 6, 7}, src.grad().toDoubleArray());
    assertRefused(
        ShapeException.class,
        "setStorage: sizes [2, 2], strides [9, 1], storage offset 0 are out of bounds for storage"
            + " of 9 elements",
        () -> Ops.call("as_strided_scatter", x, src, List.of(2L, 2L), List.of(9L, 1L)));
  }
}
