package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.Memory;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import java.lang.reflect.Proxy;
import org.junit.jupiter.api.Test;

/** What a tensor of the engine says of itself, and which gradients may be asked of it. */
class TensorsOfTheTapeTest {
  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  @Test
  void a_tensor_of_another_make_is_refused() {
    Tensor foreign =
        (Tensor)
            Proxy.newProxyInstance(
                Tensor.class.getClassLoader(),
                new Class<?>[] {Tensor.class},
                (proxy, method, arguments) -> null);
    ArgumentException e = assertThrows(ArgumentException.class, () -> Memory.unscoped(foreign));
    assertTrue(
        e.getMessage().endsWith(" is no tensor of this engine; make tensors with Tensors"),
        e.getMessage());
  }

  @Test
  void one_element_is_a_number_and_a_truth() {
    assertEquals(2.5, tensor(2.5f).item());
    assertTrue(tensor(2.5f).isTrue());
    assertFalse(tensor(0f).isTrue());
    assertTrue(tensor(true).isTrue());
    assertEquals(
        "only one element tensors can be converted to Python scalars; this one has 2 elements,"
            + " shape [2]",
        assertThrows(ArgumentException.class, () -> ones(2).item()).getMessage());
    assertEquals(
        "Boolean value of Tensor with more than one value is ambiguous",
        assertThrows(ArgumentException.class, () -> ones(2).isTrue()).getMessage());
    assertEquals(
        "Boolean value of Tensor with no values is ambiguous",
        assertThrows(ArgumentException.class, () -> zeros(0).isTrue()).getMessage());
  }

  @Test
  void truth_values_are_what_is_not_zero() {
    assertArrayEquals(
        new boolean[] {true, false, true}, tensor(new float[] {-1, 0, 0.5f}).toBooleanArray());
    assertArrayEquals(new boolean[] {false, true}, tensor(false, true).toBooleanArray());
  }

  @Test
  void strides_and_offset_are_those_of_the_view() {
    Tensor view = zeros(3, 4).select(1, 2);
    assertArrayEquals(new long[] {4}, view.strides());
    assertEquals(2, view.storageOffset());
    assertFalse(view.isContiguous());
    assertTrue(zeros(3, 4).isContiguous());
    assertEquals(Device.CPU, view.device());
    assertTrue(view.isView());
    assertFalse(zeros(3).isView());
  }

  @Test
  void a_view_is_printed_with_its_node_and_a_leaf_with_its_flag() {
    Tensor x = leaf(1, 2);
    assertEquals("tensor([1., 2.], requires_grad=True)", x.toString());
    assertEquals("tensor(2., grad_fn=<SelectBackward0>)", x.get(1).toString());
    assertEquals("tensor([1., 2.])", x.detach().toString());
  }

  @Test
  void only_leaves_are_told_to_need_no_gradient() {
    Tensor x = leaf(1, 2);
    Tensor y = x.mul(2);
    assertSame(y, y.requiresGrad_(true));
    AutogradException e = assertThrows(AutogradException.class, () -> y.requiresGrad_(false));
    assertTrue(
        e.getMessage().startsWith("you can only change requires_grad flags of leaf variables."),
        e.getMessage());
    assertTrue(y.requiresGrad());
    assertSame(x, x.requiresGrad_(false));
    assertFalse(x.requiresGrad());
    assertFalse(x.mul(2).requiresGrad());
    assertTrue(x.requiresGrad_(true).requiresGrad());
  }

  @Test
  void integers_may_be_told_to_need_no_gradient() {
    Tensor x = tensor(1L, 2L);
    assertSame(x, x.requiresGrad_(false));
    assertEquals(
        "only Tensors of floating point dtype can require gradients; this one is torch.int64",
        assertThrows(DTypeException.class, () -> x.requiresGrad_(true)).getMessage());
    assertFalse(x.requiresGrad());
  }

  @Test
  void a_tensor_detached_in_place_is_a_leaf_without_gradient() {
    Tensor y = leaf(1, 2).mul(3);
    assertSame(y, y.detach_());
    assertNull(y.gradFn());
    assertTrue(y.isLeaf());
    assertFalse(y.requiresGrad());
    Tensor x = leaf(1, 2);
    x.detach_();
    assertFalse(x.requiresGrad());
    Tensor plain = ones(2);
    assertSame(plain, plain.detach_());
    AutogradException e =
        assertThrows(AutogradException.class, () -> leaf(1, 2).mul(2).get(0).detach_());
    assertTrue(e.getMessage().startsWith("Can't detach views in-place."), e.getMessage());
  }

  @Test
  void a_gradient_is_set_taken_away_and_never_there_by_itself() {
    Tensor x = ones(2);
    assertNull(x.grad());
    x.setGrad(null);
    assertNull(x.grad());
    Tensor gradient = ones(2);
    x.setGrad(gradient);
    assertSame(gradient, x.grad());
    x.setGrad(gradient);
    assertSame(gradient, x.grad());
    x.setGrad(null);
    assertNull(x.grad());
    assertEquals(
        "can't assign Variable as its own grad",
        assertThrows(AutogradException.class, () -> x.setGrad(x)).getMessage());
    assertEquals(
        "assigned grad has data of a different type: torch.float64 for a tensor of torch.float32",
        assertThrows(
                DTypeException.class, () -> x.setGrad(ones(TensorOptions.of(DType.FLOAT64), 2)))
            .getMessage());
  }

  @Test
  void outputs_are_numbered_and_leaves_are_output_0() {
    Tensor x = leaf(1, 2);
    assertEquals(0, x.outputNr());
    assertEquals(0, ones(1).outputNr());
    Tensor[] parts = x.unbind(0);
    assertEquals(1, parts[1].outputNr());
    assertSame(parts[0].gradFn(), parts[1].gradFn());
  }

  @Test
  void data_shares_memory_but_neither_history_nor_version() {
    Tensor y = leaf(1, 2).mul(3);
    Tensor data = y.data();
    assertNotSame(y, data);
    assertFalse(data.requiresGrad());
    data.fill_(7);
    assertEquals(0, y.version());
    assertEquals(1, data.version());
    assertArrayEquals(new float[] {7, 7}, y.toFloatArray());
  }

  @Test
  void a_first_gradient_has_the_layout_of_a_contiguous_tensor_of_its_own() {
    Tensor x = ones(TensorOptions.withGrad(), 2, 3);
    x.t().mul(tensor(new float[][] {{1, 2}, {3, 4}, {5, 6}})).sum().backward();
    assertTrue(x.grad().isContiguous());
    assertArrayEquals(new float[] {1, 3, 5, 2, 4, 6}, x.grad().toFloatArray());
    Tensor first = x.grad();
    x.mul(2).sum().backward();
    assertSame(first, x.grad());
    assertArrayEquals(new float[] {3, 5, 7, 4, 6, 8}, first.toFloatArray());
  }

  @Test
  void a_recorded_pass_replaces_the_gradient_by_a_sum_with_history() {
    Tensor x = leaf(3);
    x.mul(2).backward();
    Tensor first = x.grad();
    x.pow(3).backward(null, true, true);
    assertNotSame(first, x.grad());
    assertEquals(2, first.item());
    assertEquals(29, x.grad().item());
    assertTrue(x.grad().requiresGrad());
    Tensor plain = leaf(3);
    plain.mul(2).backward(null, true, true);
    assertFalse(plain.grad().requiresGrad());
  }

  @Test
  void a_view_beyond_the_memory_is_refused() {
    Tensor x = ones(6);
    Tensor whole = Functions.view(layout -> Layout.contiguous(Shape.of(2, 3)), x);
    assertArrayEquals(new float[] {1, 1, 1, 1, 1, 1}, whole.toFloatArray());
    ShapeException e =
        assertThrows(
            ShapeException.class,
            () -> Functions.view(layout -> Layout.contiguous(Shape.of(7)), x));
    assertTrue(e.getMessage().startsWith("setStorage: "), e.getMessage());
    assertTrue(
        e.getMessage().endsWith(" is out of bounds for storage of 6 elements"), e.getMessage());
    Layout beyond = Layout.of(Shape.of(0), new long[] {1}, 9);
    assertEquals(0, Functions.view(layout -> beyond, x).numel());
  }

  @Test
  void a_kernel_and_a_reduction_made_anew_are_compiled() {
    Tensor x = tensor(1f, 2f);
    Expr input = Expr.input(0, DType.FLOAT32);
    for (double factor : new double[] {3.25, 4.5}) {
      Kernel kernel = Kernel.of(input.mul(factor));
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(
            new float[] {(float) factor, (float) (2 * factor)},
            Primitives.pointwise(kernel, new Tensor[] {x})[0].toFloatArray());
      }
      Reduction reduction =
          new Reduction(Reduction.Kind.SUM, kernel, DType.FLOAT32, Kernel.of(input));
      assertEquals(
          3 * factor,
          Primitives.reduce(reduction, new Tensor[] {x}, new boolean[] {true}, false).item());
    }
  }
}
