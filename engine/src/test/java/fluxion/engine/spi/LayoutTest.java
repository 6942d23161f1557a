package fluxion.engine.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Shape;
import org.junit.jupiter.api.Test;

class LayoutTest {
  @Test
  void elements_overlap_where_a_stride_of_0_repeats_them() {
    assertTrue(Layout.of(Shape.of(3, 2), new long[] {0, 1}, 0).overlapsItself());
    assertFalse(Layout.of(Shape.of(1, 2), new long[] {0, 1}, 0).overlapsItself());
  }

  @Test
  void nothing_overlaps_where_there_is_no_element() {
    assertFalse(Layout.of(Shape.of(3, 0), new long[] {0, 1}, 0).overlapsItself());
  }

  @Test
  void a_matrix_transposed_twice_lies_as_before() {
    Layout slice = Layout.contiguous(Shape.of(4, 6)).slice(1, 1, 5, 2);
    Layout transposed = slice.transpose(0, -1);
    assertEquals(Layout.of(Shape.of(2, 4), new long[] {2, 6}, 1), transposed);
    assertEquals(slice, transposed.transpose(0, 1));
  }
}
