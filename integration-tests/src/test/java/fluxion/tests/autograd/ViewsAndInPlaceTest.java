package fluxion.tests.autograd;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.FluxionException;
import fluxion.api.Index;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.conformance.GradCheck;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

class ViewsAndInPlaceTest {
  private static Tensor matrix() {
    return tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad_();
  }

  private static void assertGradient(UnaryOperator<Tensor> function) {
    GradCheck.gradcheck(inputs -> List.of(function.apply(inputs.get(0))), matrix());
    GradCheck.gradgradcheck(inputs -> List.of(function.apply(inputs.get(0))), matrix());
  }

  @Test
  void a_write_into_a_view_of_a_computed_tensor_becomes_part_of_its_history() {
    assertGradient(
        x -> {
          Tensor y = x.mul(2);
          y.get(0).mul_(x.get(1));
          return y.mul(y);
        });
  }

  @Test
  void writes_into_views_of_views_reach_the_base() {
    assertGradient(
        x -> {
          Tensor y = x.mul(x);
          Tensor v = y.transpose(0, 1).get(Index.slice(1, 3)).select(1, 0);
          v.mul_(v).add_(1);
          return y.exp();
        });
  }

  @Test
  void overlapping_views_see_each_others_writes_in_their_history() {
    assertGradient(
        x -> {
          Tensor y = x.mul(3);
          Tensor a = y.slice(1, 0, 2);
          Tensor b = y.slice(1, 1, 3);
          a.mul_(2);
          b.mul_(a);
          return a.mul(b).add(y.slice(1, 0, 2));
        });
  }

  @Test
  void a_copy_into_a_view_cuts_the_old_values_gradient_off() {
    assertGradient(
        x -> {
          Tensor y = x.mul(2);
          y.get(Index.all(), Index.at(1)).copy_(x.get(Index.all(), Index.at(0)).exp());
          return y.pow(2);
        });
  }

  @Test
  void in_place_functions_whose_derivative_needs_the_overwritten_value_keep_a_copy() {
    assertGradient(x -> x.mul(1).mul_(x));
    assertGradient(
        x -> {
          Tensor y = x.mul(2);
          return y.mul_(y);
        });
    assertGradient(x -> x.mul(1).div_(x.exp()));
    assertGradient(
        x -> {
          Tensor y = x.mul(2);
          Tensor alias = y.view(2, 3);
          return y.mul_(alias).mul(alias);
        });
  }

  @Test
  void zero_and_fill_end_the_gradient() {
    Tensor x = matrix();
    Tensor y = x.mul(2);
    y.get(0).zero_();
    y.get(1).get(0).fill_(5);
    y.sum().backward();
    assertArrayEquals(new double[] {0, 0, 0, 0, 2, 2}, x.grad().toDoubleArray());
  }

  @Test
  void a_tensor_without_gradient_takes_up_history_when_a_gradient_is_written_into_its_view() {
    Tensor x = tensor(3.0).requiresGrad_();
    Tensor buffer = tensor(new double[] {1, 2, 3});
    buffer.get(1).copy_(x.mul(x));
    assertTrue(buffer.requiresGrad());
    assertEquals("CopySlices", buffer.gradFn().name());
    buffer.sum().backward();
    assertEquals(6, x.grad().item());
  }

  @Test
  void a_view_of_a_tensor_changed_later_shows_the_change_in_its_history() {
    assertGradient(
        x -> {
          Tensor y = x.mul(2);
          Tensor v = y.get(1);
          y.mul_(x);
          return v.mul(v);
        });
  }

  @Test
  void an_expanded_view_sums_its_gradient() {
    assertGradient(x -> x.unsqueeze(0).expand(4, 2, 3).mul(2));
  }

  @Test
  void versions_are_shared_by_views_and_detached_tensors_but_not_by_data() {
    Tensor x = ones(2, 2);
    Tensor view = x.get(0);
    Tensor detached = x.detach();
    Tensor data = x.data();
    view.add_(1);
    assertEquals(1, x.version());
    assertEquals(1, detached.version());
    assertEquals(0, data.version());
    data.add_(1);
    assertEquals(1, x.version());
    assertArrayEquals(new float[] {3, 3, 2, 2}, x.toFloatArray());
  }

  @Test
  void a_backward_that_needs_an_overwritten_value_names_both_operations() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    Tensor y = x.exp();
    Tensor z = y.mul(y);
    y.add_(1);
    AutogradException e = assertThrows(AutogradException.class, () -> z.sum().backward());
    assertTrue(e.getMessage().contains("saved by MulBackward0"), e.getMessage());
    assertTrue(e.getMessage().contains("overwritten by add_"), e.getMessage());
  }

  @Test
  void a_write_through_data_is_not_noticed_as_in_pytorch() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    Tensor y = x.mul(1);
    Tensor z = y.mul(y);
    y.data().fill_(3);
    z.sum().backward();
    assertArrayEquals(new float[] {6, 6}, x.grad().toFloatArray());
  }

  @Test
  void a_view_made_without_recording_refuses_writes_while_recording() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    Tensor y = x.mul(2);
    Tensor view;
    try (var _ = Autograd.noGrad()) {
      view = y.get(0);
    }
    y.mul_(2);
    AutogradException e = assertThrows(AutogradException.class, () -> view.mul_(2));
    assertTrue(e.getMessage().contains("was created in no_grad mode"), e.getMessage());
  }

  @Test
  void a_refused_write_changes_neither_values_nor_version() {
    Tensor x = ones(2);
    assertThrows(FluxionException.class, () -> x.add_(ones(3)));
    assertThrows(FluxionException.class, () -> x.add_(ones(2, 2)));
    assertThrows(FluxionException.class, () -> x.copy_(ones(3)));
    Tensor integers = tensor(1L, 2L);
    assertThrows(FluxionException.class, () -> integers.add_(1.5));
    assertArrayEquals(new float[] {1, 1}, x.toFloatArray());
    assertEquals(0, x.version());
    assertArrayEquals(new long[] {1, 2}, integers.toLongArray());
    assertEquals(0, integers.version());
  }

  @Test
  void a_write_to_an_expanded_tensor_is_refused() {
    Tensor x = ones(1, 2).expand(3, 2);
    FluxionException e = assertThrows(FluxionException.class, () -> x.add_(1));
    assertTrue(e.getMessage().contains("refers to a single memory location"), e.getMessage());
  }

  @Test
  void an_operand_that_overlaps_the_target_is_read_before_it_is_overwritten() {
    Tensor x = tensor(new float[] {1, 2, 3, 4});
    x.slice(0, 1, 4).add_(x.slice(0, 0, 3));
    assertArrayEquals(new float[] {1, 3, 5, 7}, x.toFloatArray());
    Tensor y = tensor(new float[] {1, 2, 3, 4});
    y.slice(0, 1, 4).copy_(y.slice(0, 0, 3));
    assertArrayEquals(new float[] {1, 1, 2, 3}, y.toFloatArray());
    Tensor m = tensor(new float[][] {{1, 2}, {3, 4}});
    m.mul_(m.t());
    assertArrayEquals(new float[] {1, 6, 6, 16}, m.toFloatArray());
  }

  @Test
  void detached_tensors_share_memory_but_no_history() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    Tensor y = x.mul(2).detach();
    assertFalse(y.requiresGrad());
    assertTrue(y.isLeaf());
    x.detach().add_(1);
    assertArrayEquals(new float[] {2, 2}, x.toFloatArray());
  }

  @Test
  void a_view_cannot_be_detached_in_place() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    assertThrows(AutogradException.class, () -> x.mul(2).get(0).detach_());
  }
}
