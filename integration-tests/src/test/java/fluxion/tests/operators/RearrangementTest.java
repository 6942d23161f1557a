package fluxion.tests.operators;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.conformance.GradCheck;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Diagonals, triangles, repeats, rotations, windows and grids, with values written out by hand. */
final class RearrangementTest {
  private static void assertRefused(
      Class<? extends RuntimeException> type, String message, Runnable call) {
    assertEquals(message, assertThrows(type, call::run).getMessage());
  }

  private static Tensor counted(long... size) {
    return arange(Shape.of(size).numel()).toDouble().reshape(size);
  }

  @Test
  void a_diagonal_is_a_view_through_which_the_matrix_can_be_written() {
    Tensor x = counted(3, 4);
    Tensor diagonal = x.diagonal(1, 0, 1);
    assertArrayEquals(new double[] {1, 6, 11}, diagonal.toDoubleArray());
    assertTrue(diagonal.isView());
    diagonal.zero_();
    assertEquals(66 - 18, x.sum().item());
    assertEquals(Shape.of(0), x.diagonal(9, 0, 1).shape());
    assertArrayEquals(new double[] {8}, x.diagonal(-2, 0, 1).toDoubleArray());
  }

  @Test
  void a_diagonal_of_a_non_leaf_that_is_filled_has_no_gradient_left() {
    Tensor x = counted(3, 3).requiresGrad_();
    Tensor y = x.mul(2);
    Ops.call("fill_diagonal_", y, 5);
    y.sum().backward();
    assertArrayEquals(new double[] {0, 2, 2, 2, 0, 2, 2, 2, 0}, x.grad().toDoubleArray());
  }

  @Test
  void a_wrapped_diagonal_starts_again_below_each_square() {
    Tensor x = zeros(7, 3);
    Ops.call("fill_diagonal_", x, 5, true);
    double[] expected = new double[21];
    for (int place : new int[] {0, 4, 8, 12, 16, 20}) {
      expected[place] = 5;
    }
    assertArrayEquals(expected, x.toDoubleArray());
    Tensor turned = zeros(3, 7).t();
    Ops.call("fill_diagonal_", turned, 5, true);
    assertArrayEquals(expected, turned.toDoubleArray());
    assertRefused(
        ShapeException.class,
        "fill_diagonal_: all dimensions of input must be of equal length, but its shape is"
            + " [2, 2, 3]",
        () -> Ops.call("fill_diagonal_", zeros(2, 2, 3), 1));
  }

  @Test
  void triangles_keep_what_is_on_their_side_of_the_diagonal() {
    Tensor x = counted(3, 3).add(1);
    assertArrayEquals(new double[] {1, 0, 0, 4, 5, 0, 7, 8, 9}, x.tril(0).toDoubleArray());
    assertArrayEquals(new double[] {0, 2, 3, 0, 0, 6, 0, 0, 0}, x.triu(1).toDoubleArray());
    assertArrayEquals(
        new boolean[] {true, false, true, true},
        tensor(true).expand(2, 2).tril(0).toBooleanArray());
    Ops.call("triu_", x, -1);
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6, 0, 8, 9}, x.toDoubleArray());
    assertArrayEquals(
        new long[] {0, 1, 1, 2, 2, 2, 0, 0, 1, 0, 1, 2},
        Ops.call("tril_indices", 3, 3).toLongArray());
    assertRefused(
        ShapeException.class,
        "tril: input tensor must have at least 2 dimensions",
        () -> tensor(1.0, 2).tril(0));
  }

  @Test
  void rolls_and_flips_follow_the_examples_of_PyTorchs_documentation() {
    Tensor x = counted(4, 2).add(1);
    assertArrayEquals(
        new double[] {8, 1, 2, 3, 4, 5, 6, 7}, Ops.call("roll", x, 1).toDoubleArray());
    assertArrayEquals(new double[] {7, 8, 1, 2, 3, 4, 5, 6}, x.roll(1, 0).toDoubleArray());
    assertArrayEquals(new double[] {3, 4, 5, 6, 7, 8, 1, 2}, x.roll(-1, 0).toDoubleArray());
    assertArrayEquals(
        new double[] {6, 5, 8, 7, 2, 1, 4, 3},
        Ops.call("roll", x, List.of(2L, 1L), List.of(0L, 1L)).toDoubleArray());
    assertArrayEquals(new double[] {3, 2, 1, 0}, counted(2, 2).flip(0, 1).toDoubleArray());
    assertArrayEquals(new double[] {1, 3, 0, 2}, Ops.call("rot90", counted(2, 2)).toDoubleArray());
  }

  @Test
  void repeats_follow_the_examples_of_PyTorchs_documentation() {
    Tensor x = tensor(1L, 2, 3);
    assertEquals(Shape.of(4, 2, 3), x.repeat(4, 2, 1).shape());
    assertArrayEquals(new long[] {1, 2, 3, 1, 2, 3}, x.repeat(2).toLongArray());
    Tensor y = tensor(new long[][] {{1, 2}, {3, 4}});
    assertArrayEquals(
        new long[] {1, 1, 2, 2, 3, 3, 4, 4}, Ops.call("repeat_interleave", y, 2).toLongArray());
    assertArrayEquals(
        new long[] {1, 2, 3, 4, 3, 4},
        Ops.call("repeat_interleave", y, tensor(1L, 2L), 0).toLongArray());
    assertArrayEquals(
        new long[] {0, 1, 1}, Ops.call("repeat_interleave", tensor(1L, 2L)).toLongArray());
    assertRefused(
        ShapeException.class,
        "allocated size does not match required size: output_size is 4, the repeats add up to 3",
        () -> Ops.call("repeat_interleave", List.of(tensor(1L, 2L)), Map.of("output_size", 4)));
    assertRefused(
        ArgumentException.class,
        "repeats can not be negative, got -1",
        () -> Ops.call("repeat_interleave", tensor(-1L, 2L)));
  }

  @Test
  void windows_overlap_and_their_gradients_add_up() {
    Tensor x = counted(5).requiresGrad_();
    Tensor windows = x.unfold(0, 3, 1);
    assertArrayEquals(new double[] {0, 1, 2, 1, 2, 3, 2, 3, 4}, windows.toDoubleArray());
    windows.sum().backward();
    assertArrayEquals(new double[] {1, 2, 3, 2, 1}, x.grad().toDoubleArray());
    Tensor input = counted(2, 5).requiresGrad_();
    GradCheck.DEFAULT.check(
        inputs -> List.of(inputs.get(0).unfold(1, 3, 2).square()), List.of(input));
  }

  @Test
  void as_strided_shows_the_memory_whatever_the_tensors_own_layout() {
    Tensor x = counted(2, 3);
    Tensor view = strided(x.t(), List.of(2L, 2L), List.of(1L, 2L), 1L);
    assertArrayEquals(new double[] {1, 3, 2, 4}, view.toDoubleArray());
    for (boolean turned : new boolean[] {false, true}) {
      GradCheck.DEFAULT.check(
          inputs -> {
            Tensor input = turned ? inputs.get(0).t() : inputs.get(0);
            return List.of(strided(input, List.of(2L, 3L), List.of(1L, 1L), 0L).square());
          },
          List.of(counted(2, 3).requiresGrad_()));
    }
    Tensor base = counted(6).requiresGrad_().mul(1);
    strided(base, List.of(2L), List.of(3L), null).zero_();
    assertArrayEquals(new double[] {0, 1, 2, 0, 4, 5}, base.toDoubleArray());
    assertThrows(ShapeException.class, () -> strided(x, List.of(7L), List.of(1L), null));
    assertRefused(
        ArgumentException.class,
        "as_strided: Negative strides are not supported at the moment, got strides: [-1]",
        () -> strided(x, List.of(2L), List.of(-1L), null));
  }

  private static Tensor strided(Tensor x, List<Long> size, List<Long> stride, Long offset) {
    return Ops.call("as_strided", x, size, stride, offset);
  }

  @Test
  void splits_at_indices_may_be_empty_and_written_to() {
    Tensor x = counted(7);
    List<Tensor> pieces = Ops.callAll("tensor_split", List.of(x, 3), Map.of());
    assertEquals(
        List.of(Shape.of(3), Shape.of(2), Shape.of(2)),
        pieces.stream().map(Tensor::shape).toList());
    List<Tensor> cut = Ops.callAll("tensor_split", List.of(x, List.of(1L, 6L, 9L)), Map.of());
    assertEquals(
        List.of(Shape.of(1), Shape.of(5), Shape.of(1), Shape.of(0)),
        cut.stream().map(Tensor::shape).toList());
    pieces.get(1).zero_();
    assertArrayEquals(new double[] {0, 1, 2, 0, 0, 5, 6}, x.toDoubleArray());
    assertRefused(
        ArgumentException.class,
        "torch.hsplit attempted to split along dimension 1, but the size of the dimension 3 is not"
            + " divisible by the split_size 2!",
        () -> Ops.callAll("hsplit", List.of(zeros(2, 3), 2), Map.of()));
  }

  @Test
  void grids_and_combinations_follow_the_examples_of_PyTorchs_documentation() {
    Tensor x = tensor(1L, 2, 3);
    Tensor y = tensor(4L, 5);
    List<Tensor> grid = Ops.callAll("meshgrid", List.of(List.of(x, y)), Map.of("indexing", "xy"));
    assertEquals(Shape.of(2, 3), grid.get(0).shape());
    assertArrayEquals(new long[] {1, 2, 3, 1, 2, 3}, grid.get(0).toLongArray());
    assertArrayEquals(
        new long[] {1, 4, 1, 5, 2, 4, 2, 5, 3, 4, 3, 5},
        Ops.call("cartesian_prod", List.of(x, y)).toLongArray());
    assertArrayEquals(new long[] {1, 2, 1, 3, 2, 3}, Ops.call("combinations", x).toLongArray());
    assertArrayEquals(new long[] {1, 2, 3}, Ops.call("combinations", x, 3).toLongArray());
    assertEquals(Shape.of(6, 2), Ops.call("combinations", x, 2, true).shape());
  }

  @Test
  void blocks_stand_along_the_diagonal() {
    Tensor joined =
        Ops.call("block_diag", List.of(counted(1, 2).add(1), tensor(7.0), counted(2).add(8)));
    assertArrayEquals(
        new double[] {1, 2, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 8, 9}, joined.toDoubleArray());
    assertEquals(Shape.of(3, 2), Ops.call("column_stack", List.of(counted(3), counted(3))).shape());
  }
}
