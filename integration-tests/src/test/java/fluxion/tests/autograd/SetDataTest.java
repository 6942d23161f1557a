package fluxion.tests.autograd;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.FluxionException;
import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Transforms;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Tensors that are given other elements: PyTorch's {@code x.data = y}. */
final class SetDataTest {
  @Test
  void a_tensor_takes_shape_dtype_and_elements_and_stays_the_leaf_that_it_is() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    x.mul(x).sum().backward();
    Tensor gradient = x.grad();
    x.setData(tensor(new double[][] {{3, 4, 5}}));
    assertEquals(Shape.of(1, 3), x.shape());
    assertEquals(DType.FLOAT64, x.dtype());
    assertArrayEquals(new double[] {3, 4, 5}, x.toDoubleArray());
    assertTrue(x.requiresGrad() && x.isLeaf());
    assertSame(gradient, x.grad());
    x.setGrad(null);
    x.mul(x).sum().backward();
    assertArrayEquals(new double[] {6, 8, 10}, x.grad().toDoubleArray());
  }

  @Test
  void both_share_the_memory_from_then_on_and_what_shared_the_former_keeps_it() {
    Tensor x = tensor(1f, 2f);
    Tensor former = x.detach();
    Tensor y = tensor(3f, 4f);
    x.setData(y);
    y.add_(10);
    x.mul_(2);
    assertArrayEquals(new float[] {26, 28}, y.toFloatArray());
    assertArrayEquals(new float[] {1, 2}, former.toFloatArray());
  }

  @Test
  void a_graph_that_has_saved_the_former_elements_is_not_walked() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    Tensor y = x.mul(x).sum();
    long before = x.version();
    x.setData(tensor(5f, 6f));
    assertEquals(before + 1, x.version());
    AutogradException e = assertThrows(AutogradException.class, y::backward);
    assertTrue(e.getMessage().contains("overwritten by set_data"), e.getMessage());
  }

  @Test
  void a_graph_that_needs_no_former_elements_gives_its_gradient() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    Tensor y = x.mul(3).sum();
    x.setData(tensor(5f, 6f));
    y.backward();
    assertArrayEquals(new float[] {3, 3}, x.grad().toFloatArray());
  }

  @Test
  void memory_that_a_graph_has_saved_is_given_back_though_the_tensor_has_other_memory() {
    Tensor x;
    Tensor y;
    try (var scope = Memory.scope()) {
      x = scope.keep(ones(2000).requiresGrad_());
      y = scope.keep(x.mul(x).sum());
    }
    x.setData(ones(2000));
    Tensor former = x;
    assertThrows(AutogradException.class, y::backward);
    former.add(1);
    assertEquals(1, x.get(0).item());
  }

  @Test
  void what_was_computed_and_what_is_a_view_take_no_other_elements() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    AutogradException computed =
        assertThrows(AutogradException.class, () -> x.mul(2).setData(tensor(1f)));
    assertTrue(
        computed.getMessage().startsWith("set_data: only leaves that are no views"),
        computed.getMessage());
    assertTrue(computed.getMessage().contains("this one was computed"), computed.getMessage());
    Tensor view = tensor(1f, 2f).view(2, 1);
    String message =
        assertThrows(AutogradException.class, () -> view.setData(tensor(1f))).getMessage();
    assertTrue(message.contains("this one is a view"), message);
  }

  @Test
  void integers_cannot_require_a_gradient() {
    Tensor x = tensor(1f, 2f).requiresGrad_();
    assertEquals(
        "data set to a tensor that requires gradients must be floating point or complex dtype",
        assertThrows(DTypeException.class, () -> x.setData(tensor(1, 2))).getMessage());
    assertArrayEquals(new float[] {1, 2}, x.toFloatArray());
  }

  @Test
  void a_tensor_that_requires_no_gradient_takes_integers() {
    Tensor x = tensor(1f);
    x.setData(tensor(2L));
    assertEquals(DType.INT64, x.dtype());
  }

  @Test
  void closed_tensors_neither_take_elements_nor_give_them() {
    Tensor closed = tensor(1f);
    closed.close();
    Tensor x = tensor(2f);
    assertThrows(MemoryException.class, () -> x.setData(closed));
    assertThrows(MemoryException.class, () -> closed.setData(x));
    assertEquals(2, x.item());
  }

  @Test
  void slices_of_a_batch_neither_take_elements_nor_give_them_nor_show_their_memory() {
    Tensor x = tensor(2f);
    for (UnaryOperator<Tensor> f :
        List.<UnaryOperator<Tensor>>of(
            y -> {
              y.setData(x);
              return y;
            },
            y -> {
              x.setData(y);
              return y;
            },
            y -> tensor((float) y.untypedStorage().elements()))) {
      String message =
          assertThrows(FluxionException.class, () -> Transforms.vmap(f).apply(ones(2, 2)))
              .getMessage();
      assertTrue(message.startsWith("vmap: Batching rule not implemented"), message);
    }
    assertEquals(2, x.item());
  }
}
