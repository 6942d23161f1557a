package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

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
  void kernels_are_made_for_a_few_numbers_of_dimensions() {
    Axes axes = new Axes(1);
    assertEquals(1, axes.padded());
    for (int d = 1; d <= 40; d++) {
      axes.add(2, d % 2 == 0 ? 1 : 5);
      int expected = d <= 2 ? d : d <= 4 ? 4 : d <= 8 ? 8 : d <= 16 ? 16 : d <= 32 ? 32 : d;
      assertEquals(expected, axes.padded(), d + " dimensions");
    }
  }

  @Test
  void what_is_missing_is_written_as_ones_and_zeros_before_the_rest() {
    Axes axes = new Axes(1);
    axes.add(6, 10);
    axes.add(7, 1);
    long[] target = new long[9];
    assertEquals(4, axes.putSizes(target, 0, 4));
    assertEquals(8, axes.putSteps(target, 4, 4, 0));
    assertArrayEquals(new long[] {1, 1, 6, 7, 0, 0, 10, 1, 0}, target);
  }
}
