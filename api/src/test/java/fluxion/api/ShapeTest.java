package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Sizes of tensors. */
final class ShapeTest {
  @Test
  void a_scalar_has_one_element_and_no_dimension() {
    assertEquals(0, Shape.SCALAR.dim());
    assertEquals(1, Shape.SCALAR.numel());
    assertEquals(Shape.SCALAR, Shape.of());
    assertEquals("[]", Shape.SCALAR.toString());
  }

  @Test
  void elements_are_counted() {
    assertEquals(24, Shape.of(2, 3, 4).numel());
    assertEquals(0, Shape.of(2, 0, 4).numel());
    assertEquals("[2, 3]", Shape.of(2, 3).toString());
  }

  @Test
  void a_negative_size_is_refused_in_pytorchs_words() {
    ShapeException e = assertThrows(ShapeException.class, () -> Shape.of(2, -3));
    assertEquals("Trying to create tensor with negative dimension -3: [2, -3]", e.getMessage());
  }

  @Test
  void a_count_that_overflows_is_refused_unless_the_tensor_is_empty() {
    ShapeException e = assertThrows(ShapeException.class, () -> Shape.of(1L << 32, 1L << 32));
    assertEquals(
        "the number of elements of shape [4294967296, 4294967296] overflows 64 bits",
        e.getMessage());
    assertEquals(0, Shape.of(1L << 32, 1L << 32, 0).numel());
  }

  @Test
  void negative_dimensions_count_from_the_end() {
    Shape shape = Shape.of(2, 3, 4);
    assertEquals(4, shape.size(-1));
    assertEquals(2, shape.size(-3));
    assertEquals(1, shape.wrap(-2));
    assertEquals(Shape.of(2, 3, 9), shape.with(-1, 9));
  }

  @Test
  void a_dimension_out_of_range_is_refused_in_pytorchs_words() {
    Shape shape = Shape.of(2, 3);
    IndexException e = assertThrows(IndexException.class, () -> shape.size(2));
    assertEquals(
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)", e.getMessage());
    assertThrows(IndexException.class, () -> shape.size(-3));
  }

  @Test
  void a_scalar_accepts_the_dimensions_0_and_minus_1_only() {
    assertEquals(0, Shape.SCALAR.wrap(0));
    assertEquals(0, Shape.SCALAR.wrap(-1));
    IndexException e = assertThrows(IndexException.class, () -> Shape.SCALAR.wrap(1));
    assertEquals(
        "Dimension out of range (expected to be in range of [-1, 0], but got 1)", e.getMessage());
  }

  @Test
  void contiguous_strides_are_the_products_of_the_sizes_after() {
    assertArrayEquals(new long[] {12, 4, 1}, Shape.of(2, 3, 4).contiguousStrides());
    assertArrayEquals(new long[] {4, 4, 1}, Shape.of(2, 0, 4).contiguousStrides());
    assertArrayEquals(new long[0], Shape.SCALAR.contiguousStrides());
  }

  @Test
  void shapes_broadcast_from_the_end() {
    assertEquals(Shape.of(2, 3, 4), Shape.broadcast(Shape.of(2, 1, 4), Shape.of(3, 1)));
    assertEquals(Shape.of(5), Shape.broadcast(Shape.SCALAR, Shape.of(5)));
    assertEquals(Shape.of(0, 3), Shape.broadcast(Shape.of(1, 3), Shape.of(0, 1)));
  }

  @Test
  void shapes_that_do_not_broadcast_are_refused_in_pytorchs_words() {
    ShapeException e =
        assertThrows(ShapeException.class, () -> Shape.broadcast(Shape.of(2, 3), Shape.of(2, 4)));
    assertEquals(
        "The size of tensor a (3) must match the size of tensor b (4) at non-singleton dimension"
            + " 1",
        e.getMessage());
  }

  @Test
  void a_shape_expands_where_its_sizes_are_1_or_equal() {
    assertTrue(Shape.of(1, 3).expandsTo(Shape.of(4, 2, 3)));
    assertTrue(Shape.SCALAR.expandsTo(Shape.of(0)));
    assertFalse(Shape.of(2, 3).expandsTo(Shape.of(3)));
    assertFalse(Shape.of(2).expandsTo(Shape.of(3)));
  }

  @Test
  void a_shape_keeps_its_sizes_whatever_becomes_of_the_array() {
    long[] sizes = {2, 3};
    Shape shape = Shape.of(sizes);
    sizes[0] = 9;
    shape.toArray()[1] = 9;
    assertEquals(Shape.of(2, 3), shape);
    assertEquals(Shape.of(2, 3).hashCode(), shape.hashCode());
    assertNotEquals(Shape.of(3, 2), shape);
  }
}
