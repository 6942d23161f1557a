package fluxion.tests.operators;

import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Views in place: a tensor takes another shape, its elements stay where they are. */
final class InPlaceViewsTest {
  @Test
  void a_tensor_takes_the_shape_and_keeps_its_memory() {
    Tensor x = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}});
    Tensor alias = x.detach();
    assertSame(x, Ops.call("t_", x));
    assertArrayEquals(new long[] {3, 2}, x.shape().toArray());
    assertArrayEquals(new double[] {1, 4, 2, 5, 3, 6}, x.toDoubleArray());
    x.select(0, 0).zero_();
    assertArrayEquals(new double[] {0, 2, 3, 0, 5, 6}, alias.toDoubleArray());
    Ops.call("unsqueeze_", x, 1);
    assertArrayEquals(new long[] {3, 1, 2}, x.shape().toArray());
    Ops.call("squeeze_", x);
    Ops.call("transpose_", x, 0, 1);
    assertArrayEquals(new long[] {2, 3}, x.shape().toArray());
    assertTrue(x.isContiguous());
    Ops.call("swapaxes_", x, 0, -1);
    Ops.call("swapdims_", x, 0, 1);
    assertArrayEquals(alias.toDoubleArray(), x.toDoubleArray());
    Ops.call("as_strided_", x, List.of(2L, 2L), List.of(3L, 2L), 0L);
    assertArrayEquals(new double[] {0, 3, 0, 6}, x.toDoubleArray());
    assertEquals(7, x.version() - 1);
  }

  @Test
  void gradients_go_back_through_the_new_shape() {
    Tensor leaf = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad_();
    Tensor x = leaf.mul(2);
    Ops.call("t_", x);
    assertEquals("TBackward0", x.gradFn().name());
    x.mul(tensor(1.0, 10)).sum().backward();
    assertArrayEquals(new double[] {2, 2, 2, 20, 20, 20}, leaf.grad().toDoubleArray());
  }

  @Test
  void a_view_that_takes_another_shape_still_writes_into_its_base() {
    Tensor leaf = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad_();
    Tensor base = leaf.mul(1);
    Tensor row = base.select(0, 1);
    Ops.call("unsqueeze_", row, 0);
    row.mul_(tensor(new double[][] {{2, 3, 4}}));
    assertArrayEquals(new long[] {1, 3}, row.shape().toArray());
    assertArrayEquals(new double[] {1, 2, 3, 8, 15, 24}, base.toDoubleArray());
    base.sum().backward();
    assertArrayEquals(new double[] {1, 1, 1, 2, 3, 4}, leaf.grad().toDoubleArray());
  }

  @Test
  void a_base_that_takes_another_shape_leaves_its_views_as_they_are() {
    Tensor leaf = tensor(new double[][] {{1, 2, 3}, {4, 5, 6}}).requiresGrad_();
    Tensor base = leaf.mul(1);
    Tensor row = base.select(0, 1);
    Ops.call("t_", base);
    assertArrayEquals(new double[] {4, 5, 6}, row.toDoubleArray());
    row.mul_(2);
    base.sum().backward();
    assertArrayEquals(new double[] {1, 1, 1, 2, 2, 2}, leaf.grad().toDoubleArray());
  }

  @Test
  void what_was_saved_before_is_no_longer_what_it_was() {
    Tensor leaf = tensor(1.0, 2).requiresGrad_();
    Tensor x = leaf.mul(1);
    Tensor y = x.mul(x);
    Ops.call("unsqueeze_", x, 0);
    assertTrue(
        assertThrows(AutogradException.class, () -> y.sum().backward())
            .getMessage()
            .contains("overwritten by unsqueeze_"));
  }

  @Test
  void a_leaf_that_requires_a_gradient_keeps_its_shape_unless_nothing_is_recorded() {
    Tensor leaf = zeros(2, 3).requiresGrad_();
    assertTrue(
        assertThrows(AutogradException.class, () -> Ops.call("t_", leaf))
            .getMessage()
            .contains("a leaf Variable that requires grad is being used in an in-place operation"));
    assertArrayEquals(new long[] {2, 3}, leaf.shape().toArray());
    try (var _ = Autograd.noGrad()) {
      Ops.call("t_", leaf);
    }
    leaf.sum().backward();
    assertArrayEquals(new long[] {3, 2}, leaf.grad().shape().toArray());
  }
}
