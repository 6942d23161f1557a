package fluxion.tests.operators;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.cat;
import static fluxion.api.Tensors.hstack;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.vstack;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

/** Tensors joined, cut and put into other shapes. */
final class JoinsAndPiecesTest {
  private static void assertRefused(
      Class<? extends RuntimeException> type, String message, Runnable call) {
    assertEquals(message, assertThrows(type, call::run).getMessage());
  }

  @Test
  void cat_promotes_dtypes_and_passes_over_empty_vectors() {
    Tensor whole = cat(0, tensor(1, 2), tensor(new float[0]), tensor(new double[] {0.5}));
    assertEquals(DType.FLOAT64, whole.dtype());
    assertArrayEquals(new double[] {1, 2, 0.5}, whole.toDoubleArray());
    assertEquals(Shape.of(2, 3), cat(0, tensor(new float[0]), zeros(2, 3)).shape());
  }

  @Test
  void cat_gives_each_tensor_its_part_of_the_gradient() {
    Tensor x = tensor(1.0, 2).requiresGrad_();
    Tensor y = tensor(3.0).reshape(1).requiresGrad_();
    Tensor z = cat(0, x, y, x);
    assertEquals("CatBackward0", z.gradFn().name());
    z.backward(tensor(1.0, 2, 3, 4, 5));
    assertArrayEquals(new double[] {5, 7}, x.grad().toDoubleArray());
    assertArrayEquals(new double[] {3}, y.grad().toDoubleArray());
  }

  @Test
  void cat_says_which_tensor_does_not_fit() {
    assertRefused(
        ArgumentException.class, "torch.cat(): expected a non-empty list of Tensors", () -> cat(0));
    assertRefused(
        ShapeException.class,
        "zero-dimensional tensor (at position 1) cannot be concatenated",
        () -> cat(0, zeros(1), tensor(1.0)));
    assertRefused(
        ShapeException.class,
        "Tensors must have same number of dimensions: got 2 and 3",
        () -> cat(0, zeros(1, 2), zeros(1, 2, 3)));
    assertRefused(
        ShapeException.class,
        "Sizes of tensors must match except in dimension 1. Expected size 2 but got size 3 for"
            + " tensor number 1 in the list.",
        () -> cat(1, zeros(2, 2), zeros(3, 2)));
  }

  @Test
  void vectors_are_stacked_side_by_side_or_as_rows() {
    assertEquals(Shape.of(5), hstack(zeros(2), zeros(3)).shape());
    assertEquals(Shape.of(2, 5), hstack(zeros(2, 2), zeros(2, 3)).shape());
    assertEquals(Shape.of(2, 3), vstack(zeros(3), zeros(3)).shape());
    assertRefused(ArgumentException.class, "hstack expects a non-empty TensorList", () -> hstack());
  }

  @Test
  void chunks_are_of_one_size_but_the_last() {
    Tensor[] pieces = arange(7).chunk(3, 0);
    assertEquals(3, pieces.length);
    assertArrayEquals(new long[] {6}, pieces[2].toLongArray());
    assertEquals(2, arange(4).chunk(3, 0).length);
    assertRefused(
        ArgumentException.class,
        "chunk expects `chunks` to be greater than 0, got: 0",
        () -> zeros(3).chunk(0, 0));
  }

  @Test
  void narrow_is_a_view_of_a_range_that_must_be_there() {
    Tensor x = arange(5);
    x.narrow(0, -2, 1).fill_(9);
    assertArrayEquals(new long[] {0, 1, 2, 9, 4}, x.toLongArray());
    assertRefused(
        ShapeException.class,
        "start (1) + length (5) exceeds dimension size (5).",
        () -> x.narrow(0, 1, 5));
    assertRefused(
        ArgumentException.class,
        "narrow(): length must be non-negative.",
        () -> x.narrow(0, 1, -1));
    assertRefused(
        IndexException.class,
        "start out of range (expected to be in range of [-5, 5], but got 6)",
        () -> x.narrow(0, 6, 0));
    assertRefused(
        ShapeException.class,
        "narrow() cannot be applied to a 0-dim tensor.",
        () -> tensor(1.0).narrow(0, 0, 1));
  }

  @Test
  void dimensions_are_flattened_and_split_again() {
    Tensor x = zeros(2, 3, 4);
    assertEquals(Shape.of(24), x.flatten().shape());
    assertEquals(Shape.of(2, 12), x.flatten(1, -1).shape());
    assertSame(x, x.flatten(1, 1));
    assertEquals(Shape.of(1), tensor(1.0).flatten().shape());
    assertEquals(Shape.of(2, 3, 2, 2), x.unflatten(2, 2, -1).shape());
    assertRefused(
        ArgumentException.class,
        "flatten() has invalid args: start_dim cannot come after end_dim",
        () -> x.flatten(2, 1));
    assertRefused(
        ShapeException.class,
        "unflatten: Provided sizes [3, 2] don't multiply up to the size of dim 2 (4) in the input"
            + " tensor",
        () -> x.unflatten(2, 3, 2));
  }

  @Test
  void dimensions_are_moved_and_the_others_keep_their_order() {
    Tensor x = zeros(2, 3, 4, 5);
    assertEquals(Shape.of(3, 4, 5, 2), x.movedim(0, -1).shape());
    assertEquals(Shape.of(5, 3, 4, 2), x.movedim(new int[] {0, 3}, new int[] {3, 0}).shape());
    assertRefused(
        ShapeException.class,
        "movedim: repeated dim in `source` ([0, -4])",
        () -> x.movedim(new int[] {0, -4}, new int[] {0, 1}));
    assertEquals(Shape.of(2), zeros(1, 2, 1).squeeze().shape());
  }
}
