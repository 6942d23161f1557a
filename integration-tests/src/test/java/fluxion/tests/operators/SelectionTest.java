package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

/** Elements chosen by truth values and indices. */
final class SelectionTest {
  private static final Tensor MASK = tensor(true, false, true);

  private static void assertRefused(
      Class<? extends RuntimeException> type, String message, Runnable call) {
    assertEquals(message, assertThrows(type, call::run).getMessage());
  }

  @Test
  void where_takes_from_either_side_and_gives_the_gradient_back_there() {
    Tensor x = tensor(1.0, 2, 3).requiresGrad_();
    Tensor y = tensor(9.0).requiresGrad_();
    Tensor z = x.where(MASK, y);
    assertArrayEquals(new double[] {1, 9, 3}, z.toDoubleArray());
    z.sum().backward();
    assertArrayEquals(new double[] {1, 0, 1}, x.grad().toDoubleArray());
    assertEquals(1, y.grad().item());
  }

  @Test
  void numbers_in_where_are_weak() {
    assertEquals(DType.FLOAT32, tensor(1f, 2, 3).where(MASK, 0.5).dtype());
    assertEquals(DType.INT64, tensor(1, 2, 3).where(MASK, 7).dtype());
    Tensor mixed = tensor(1, 2, 3).where(MASK, 0.5);
    assertEquals(DType.FLOAT32, mixed.dtype());
    assertArrayEquals(new double[] {1, 0.5, 3}, mixed.toDoubleArray());
    assertArrayEquals(
        new double[] {0, 2, 0}, Ops.call("where", MASK, 0, tensor(1.0, 2, 3)).toDoubleArray());
  }

  @Test
  void where_takes_no_numbers_for_truth() {
    assertRefused(
        DTypeException.class,
        "where expected condition to be a boolean tensor, but got a tensor with dtype Long",
        () -> tensor(1.0).where(tensor(1), 2.0));
  }

  @Test
  void masked_fill_keeps_the_dtype_and_lets_no_gradient_through_the_mask() {
    Tensor x = tensor(1.0, 2, 3).requiresGrad_();
    Tensor y = x.maskedFill(MASK, Double.NEGATIVE_INFINITY);
    y.get(1).backward();
    assertArrayEquals(new double[] {0, 1, 0}, x.grad().toDoubleArray());
    assertEquals(DType.INT32, tensor(new int[] {1, 2, 3}).maskedFill(MASK, 4.0).dtype());
    Tensor z = tensor(1.0, 2, 3);
    assertArrayEquals(new double[] {0, 2, 0}, z.maskedFill_(MASK, 0).toDoubleArray());
    assertEquals(1, z.version());
  }

  @Test
  void masked_fill_refuses_masks_of_numbers_and_values_with_dimensions() {
    assertRefused(
        DTypeException.class,
        "masked_fill_ only supports boolean masks, but got mask with dtype Float",
        () -> tensor(1.0).maskedFill(tensor(1f), 0));
    assertRefused(
        ShapeException.class,
        "masked_fill_ only supports a 0-dimensional value tensor, but got tensor with 1"
            + " dimension(s).",
        () -> Ops.call("masked_fill", zeros(3), MASK, zeros(3)));
    assertRefused(
        DTypeException.class,
        "value cannot be converted to type torch.int64 without overflow: nan lies outside its"
            + " integers",
        () -> tensor(1, 2, 3).maskedFill(MASK, Double.NaN));
  }

  @Test
  void gather_picks_and_adds_gradients_of_what_is_picked_twice() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}}).requiresGrad_();
    Tensor y = x.gather(1, tensor(new long[][] {{0, 0}, {1, 0}}));
    assertArrayEquals(new double[] {1, 1, 4, 3}, y.toDoubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {2, 0, 1, 1}, x.grad().toDoubleArray());
  }

  @Test
  void gather_says_what_is_wrong_with_indices() {
    Tensor x = zeros(2, 3);
    assertRefused(
        DTypeException.class,
        "gather(): Expected dtype int64 for index; got torch.int32, cast it first",
        () -> x.gather(0, tensor(new int[][] {{0}})));
    assertRefused(
        ShapeException.class,
        "Index tensor must have the same number of dimensions as input tensor; got 1 and 2",
        () -> x.gather(0, tensor(0L, 1L)));
    assertRefused(
        ShapeException.class,
        "Size does not match at dimension 1 expected index [1, 4] to be smaller than self [2, 3]"
            + " apart from dimension 0",
        () -> x.gather(0, tensor(new long[][] {{0, 0, 0, 0}})));
    IndexException range =
        assertThrows(IndexException.class, () -> x.gather(0, tensor(new long[][] {{2}})));
    assertTrue(range.getMessage().contains("index 2 is out of bounds"), range::getMessage);
  }

  @Test
  void index_select_takes_slices() {
    Tensor x = tensor(new double[][] {{1, 2}, {3, 4}, {5, 6}}).requiresGrad_();
    Tensor y = x.indexSelect(0, tensor(new int[] {2, 0, 2}));
    assertEquals("IndexSelectBackward0", y.gradFn().name());
    assertArrayEquals(new double[] {5, 6, 1, 2, 5, 6}, y.toDoubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {1, 1, 0, 0, 2, 2}, x.grad().toDoubleArray());
    assertEquals(0, x.indexSelect(1, tensor(new long[0])).numel());
    assertRefused(
        IndexException.class,
        "index_select(): Index is supposed to be a vector",
        () -> x.indexSelect(0, zeros(1, 1).toLong()));
    // also where nothing is picked, because there are no elements
    assertRefused(
        IndexException.class,
        "index out of range in self: index 3 is out of bounds for dimension 0 with size 3",
        () -> zeros(3, 0).indexSelect(0, tensor(3L)));
    assertRefused(
        DTypeException.class,
        "index_select(): Expected dtype int32 or int64 for index; got torch.float32",
        () -> x.indexSelect(0, zeros(1)));
  }
}
