package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class AxesTest {
  @Test
  void dimensions_that_lie_as_one_are_one() {
    Axes axes = new Axes(2);
    axes.add(4, 15, 15);
    axes.add(5, 3, 3);
    axes.add(1, 99, -7);
    axes.add(3, 1, 1);
    assertEquals(1, axes.count());
    assertEquals(60, axes.size(0));
    assertEquals(1, axes.step(1, 0));
  }

  @Test
  void one_operand_that_lies_otherwise_keeps_dimensions_apart() {
    Axes axes = new Axes(2);
    axes.add(4, 3, 0);
    axes.add(3, 1, 1);
    assertEquals(2, axes.count());
    assertEquals(0, axes.step(1, 0));
  }

  @Test
  void kernels_have_room_for_a_few_numbers_of_dimensions() {
    Axes axes = new Axes(1);
    assertEquals(4, axes.padded());
    assertEquals(1, axes.rank());
    for (int d = 1; d <= 40; d++) {
      axes.add(2, d % 2 == 0 ? 1 : 5);
      int expected = d <= 4 ? 4 : d <= 8 ? 8 : d <= 32 ? 32 : d;
      assertEquals(expected, axes.padded(), d + " dimensions");
      assertEquals(d, axes.rank());
    }
  }

  @Test
  void what_is_missing_is_written_as_ones_and_zeros_behind_the_rest() {
    Axes axes = new Axes(1);
    axes.add(6, 10);
    axes.add(7, 1);
    long[] target = new long[9];
    assertEquals(4, axes.putSizes(target, 0, 4));
    assertEquals(8, axes.putSteps(target, 4, 4, 0));
    assertArrayEquals(new long[] {6, 7, 1, 1, 10, 1, 0, 0, 0}, target);
  }

  @Test
  void rows_are_units_if_each_operand_has_step_1_in_them() {
    Axes axes = new Axes(2);
    assertTrue(axes.isUnit());
    axes.add(3, 8, 4);
    assertFalse(axes.isUnit());
    axes.add(2, 1, 1);
    assertTrue(axes.isUnit());
    axes.add(5, 1, 0);
    assertFalse(axes.isUnit());
  }
}
