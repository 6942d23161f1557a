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

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import fluxion.api.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Writes into views: which are refused, and what history they leave. */
class ViewHistoryTest {
  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  private static String refusal(Executable write) {
    return assertThrows(AutogradException.class, write).getMessage();
  }

  private static final String LEAF =
      "a leaf Variable that requires grad is being used in an in-place operation.";
  private static final String VIEW_OF_LEAF =
      "a view of a leaf Variable that requires grad is being used in an in-place operation.";
  private static final String MULTI =
      " is a view and is being modified inplace. This view is the output of a function that"
          + " returns multiple views. Such functions do not allow the output views to be modified"
          + " inplace. You should replace the inplace operation by an out-of-place one.";
  private static final String NO_GRAD =
      " is a view and is being modified inplace. This view was created in no_grad mode. You should"
          + " replace the inplace operation by an out-of-place one, or create the view outside of"
          + " no_grad.";

  @Test
  void leaves_and_their_views_are_not_written_to_while_recording() {
    Tensor x = leaf(1, 2);
    Tensor view = x.slice(0, 0, 1);
    for (Tensor source : List.of(ones(1), leaf(5))) {
      assertEquals(LEAF, refusal(() -> x.copy_(source)));
      assertEquals(LEAF, refusal(() -> x.mul_(source)));
      assertEquals(VIEW_OF_LEAF, refusal(() -> view.copy_(source)));
      assertEquals(VIEW_OF_LEAF, refusal(() -> view.mul_(source)));
    }
    assertEquals(0, x.version());
    assertArrayEquals(new float[] {1, 2}, x.toFloatArray());
  }

  @Test
  void without_recording_leaves_and_their_views_are_written_to() {
    Tensor x = leaf(1, 2);
    try (var _ = Autograd.noGrad()) {
      x.mul_(3);
      x.get(0).add_(1);
      x.get(1).copy_(ones(1).squeeze());
    }
    assertArrayEquals(new float[] {4, 1}, x.toFloatArray());
    assertEquals(3, x.version());
    assertTrue(x.isLeaf());
    assertTrue(x.requiresGrad());
  }

  @Test
  void one_of_several_views_is_not_written_to() {
    Tensor y = leaf(1, 2, 3).mul(2);
    Tensor[] parts = y.unbind(0);
    assertEquals("Output 1 of UnbindBackward0" + MULTI, refusal(() -> parts[1].mul_(2)));
    assertEquals("Output 2 of UnbindBackward0" + MULTI, refusal(() -> parts[2].copy_(leaf(1))));
    Tensor plain = ones(3);
    Tensor[] others = plain.unbind(0);
    others[0].mul_(5);
    assertArrayEquals(new float[] {5, 1, 1}, plain.toFloatArray());
    assertEquals(
        "Output 0 of UnbindBackward0" + MULTI, refusal(() -> others[0].copy_(leaf(1).squeeze())));
    assertEquals(1, plain.version());
  }

  @Test
  void a_view_of_one_of_several_views_is_not_written_to_either() {
    Tensor y = ones(2, 3).requiresGrad_().mul(2);
    Tensor view = y.unbind(0)[1].slice(0, 0, 2);
    String message = refusal(() -> view.mul_(2));
    assertTrue(message.endsWith(MULTI), message);
    assertEquals(0, y.version());
  }

  @Test
  void a_view_made_without_recording_is_not_written_to_while_recording() {
    Tensor y = leaf(1, 2, 3).mul(2);
    Tensor view;
    Tensor[] parts;
    try (var _ = Autograd.noGrad()) {
      view = y.slice(0, 0, 2);
      parts = y.unbind(0);
    }
    assertNull(view.gradFn());
    assertFalse(parts[0].requiresGrad());
    view.mul_(ones(2));
    y.mul_(2);
    assertTrue(view.requiresGrad());
    assertEquals("Output 0 of AsStridedBackward0" + NO_GRAD, refusal(() -> view.mul_(2)));
    assertEquals("Output 1 of AsStridedBackward0" + NO_GRAD, refusal(() -> parts[1].mul_(2)));
    Tensor buffer = zeros(3);
    Tensor later;
    try (var _ = Autograd.noGrad()) {
      later = buffer.slice(0, 0, 2);
    }
    assertEquals("Output 0 of SliceBackward0" + NO_GRAD, refusal(() -> later.copy_(leaf(1, 2))));
    assertEquals(0, buffer.version());
  }

  @Test
  void a_write_is_the_last_step_of_the_history_of_view_and_base() {
    Tensor x = leaf(1, 2, 3);
    Tensor y = x.mul(2);
    Tensor view = y.slice(0, 1, 3);
    Tensor inner = view.slice(0, 0, 1);
    inner.mul_(5);
    assertEquals("CopySlices", y.gradFn().name());
    assertEquals("AsStridedBackward0", view.gradFn().name());
    assertEquals("AsStridedBackward0", inner.gradFn().name());
    assertSame(y.gradFn(), inner.gradFn().nextFunctions().get(0).function());
    GradFn node = view.gradFn();
    assertSame(node, view.gradFn());
    view.sum().backward(null, true, false);
    assertArrayEquals(new float[] {0, 10, 2}, x.grad().toFloatArray());
    x.setGrad(null);
    y.sum().backward();
    assertArrayEquals(new float[] {2, 10, 2}, x.grad().toFloatArray());
  }

  @Test
  void a_write_without_recording_leaves_the_history_of_a_base_as_it_is() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    Tensor view = y.slice(0, 0, 1);
    try (var _ = Autograd.noGrad()) {
      view.mul_(3);
      view.copy_(ones(1));
    }
    assertEquals("MulBackward0", y.gradFn().name());
    assertEquals("AsStridedBackward0", view.gradFn().name());
    view.sum().backward();
    assertArrayEquals(new float[] {2, 0}, x.grad().toFloatArray());
  }

  @Test
  void a_view_of_what_needs_no_gradient_stays_without_history() {
    Tensor x = ones(3);
    Tensor view = x.slice(0, 0, 2);
    x.mul_(2);
    assertNull(view.gradFn());
    assertFalse(view.requiresGrad());
    assertTrue(view.isLeaf());
    assertEquals(1, view.version());
  }

  @Test
  void a_gradient_copied_into_a_slice_goes_to_what_was_copied() {
    Tensor buffer = zeros(2, 3);
    Tensor x = leaf(1, 2, 3);
    buffer.get(1).copy_(x);
    assertEquals("CopySlices", buffer.gradFn().name());
    buffer.mul(4).sum().backward();
    assertArrayEquals(new float[] {4, 4, 4}, x.grad().toFloatArray());
    Tensor integers = tensor(1L, 2L, 3L);
    integers.copy_(x);
    assertFalse(integers.requiresGrad());
    assertEquals(1, integers.version());
    try (var _ = Autograd.noGrad()) {
      Tensor other = zeros(3);
      other.copy_(x);
      assertFalse(other.requiresGrad());
    }
  }

  @Test
  void a_copy_is_walked_through_broadcasting() {
    Tensor y = ones(2, 3).requiresGrad_().mul(1);
    Tensor x = leaf(5);
    y.copy_(x);
    assertEquals("CopyBackwards", y.gradFn().name());
    assertSame(y, y.copy_(y.clone()));
    y.sum().backward();
    assertEquals(6, x.grad().item());
  }

  @Test
  void a_gradient_of_views_of_one_tensor_is_summed() {
    Tensor x = leaf(1, 2, 3);
    Tensor[] parts = x.split(1, 0);
    parts[0].mul(2).add(parts[2].mul(3)).add(parts[0]).sum().backward();
    assertArrayEquals(new float[] {3, 0, 3}, x.grad().toFloatArray());
    assertEquals("SplitBackward0", parts[0].gradFn().name());
    assertSame(parts[0].gradFn(), parts[2].gradFn());
  }
}
