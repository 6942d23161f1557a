package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

/** Functions that write some elements of their first input in place. */
class InPlaceUpdateTest {
  private static Tensor put(Tensor target, Tensor index, Tensor values) {
    return Ops.call("put_", target, index, values);
  }

  @Test
  void what_is_returned_is_what_was_written() {
    Tensor x = zeros(3);
    assertSame(x, put(x, tensor(1L), tensor(5f)));
    assertArrayEquals(new double[] {0, 5, 0}, x.toDoubleArray());
    assertEquals(1, x.version());
  }

  @Test
  void a_write_of_what_needs_no_gradient_is_not_recorded() {
    Tensor x = put(zeros(3), tensor(1L), tensor(5f));
    assertFalse(x.requiresGrad());
    assertNull(x.gradFn());
    Tensor whole = put(tensor(1L, 2L, 3L), tensor(1L), tensor(5L));
    assertFalse(whole.requiresGrad());
    assertNull(whole.gradFn());
  }

  @Test
  void one_of_several_views_is_not_written_to_and_stays_as_it_was() {
    Tensor base = ones(4).requiresGrad_().mul(1);
    Tensor view = base.chunk(2, 0)[1];
    String message =
        assertThrows(AutogradException.class, () -> put(view, tensor(1L), tensor(5f))).getMessage();
    assertTrue(message.contains("returns multiple views"), message);
    assertArrayEquals(new double[] {1, 1, 1, 1}, base.toDoubleArray());
    assertEquals(0, base.version());
  }

  @Test
  void one_of_several_views_takes_no_history_from_what_is_written_into_it() {
    Tensor base = ones(4);
    Tensor view = base.chunk(2, 0)[1];
    Tensor values = tensor(5f).requiresGrad_();
    String message =
        assertThrows(AutogradException.class, () -> put(view, tensor(1L), values)).getMessage();
    assertTrue(message.contains("returns multiple views"), message);
    assertArrayEquals(new double[] {1, 1, 1, 1}, base.toDoubleArray());
    assertFalse(base.requiresGrad());
  }

  @Test
  void what_lies_beside_the_elements_that_are_read_may_be_written() {
    Tensor x = tensor(1f, 2f, 3f, 4f, 5f, 6f);
    Tensor left = x.narrow(0, 0, 3);
    Tensor right = x.narrow(0, 3, 3);
    put(left, tensor(2L, 1L, 0L), right);
    assertArrayEquals(new double[] {6, 5, 4, 4, 5, 6}, x.toDoubleArray());
    left.copy_(tensor(1f, 2f, 3f));
    put(right, tensor(2L, 1L, 0L), left);
    assertArrayEquals(new double[] {1, 2, 3, 3, 2, 1}, x.toDoubleArray());
  }

  @Test
  void what_overlaps_the_elements_that_are_read_is_not_written() {
    Tensor x = tensor(1f, 2f, 3f, 4f, 5f, 6f);
    for (int start : new int[] {1, 0, 2}) {
      Tensor read = x.narrow(0, start, 3);
      Tensor written = x.narrow(0, 2 - start, 3);
      assertEquals(
          "unsupported operation: some elements of the input tensor and the written-to tensor refer"
              + " to a single memory location. Please clone() the tensor before performing the"
              + " operation.",
          assertThrows(ArgumentException.class, () -> put(written, tensor(2L, 1L, 0L), read))
              .getMessage());
    }
    assertArrayEquals(new double[] {1, 2, 3, 4, 5, 6}, x.toDoubleArray());
  }

  @Test
  void nothing_may_be_read_from_the_midst_of_what_is_written() {
    Tensor x = tensor(1f, 2f, 3f);
    Tensor none = zeros(0).toLong();
    put(x, none, x.narrow(0, 1, 0));
    Ops.call("scatter_", x, 0, none, x.narrow(0, 1, 0));
    assertArrayEquals(new double[] {1, 2, 3}, x.toDoubleArray());
  }

  @Test
  void no_element_may_be_written_in_the_midst_of_what_is_read() {
    Tensor x = tensor(0L, 0L, 0L);
    assertThrows(RuntimeException.class, () -> put(x.narrow(0, 1, 0), x, tensor(1L, 2L, 3L)));
    put(x.narrow(0, 1, 0), x.narrow(0, 1, 0), x.narrow(0, 2, 0));
    assertArrayEquals(new double[] {0, 0, 0}, x.toDoubleArray());
  }
}
