package fluxion.tests.autograd;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.PluginException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class BadInputTest {
  private static void refused(
      Class<? extends FluxionException> kind, String message, Executable call) {
    FluxionException e = assertThrows(kind, call);
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void shapes_that_do_not_broadcast() {
    refused(
        ShapeException.class,
        "The size of tensor a (3) must match the size of tensor b (2) at non-singleton dimension 1",
        () -> ones(2, 3).add(ones(2)));
  }

  @Test
  void a_copy_of_what_does_not_fit_its_target() {
    refused(
        ShapeException.class,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 0",
        () -> ones(2).copy_(ones(3)));
    refused(
        ShapeException.class,
        "output with shape [2] doesn't match the broadcast shape [2, 2]",
        () -> ones(2).copy_(ones(2, 2)));
  }

  @Test
  void factories_with_negative_sizes() {
    refused(
        ShapeException.class,
        "Trying to create tensor with negative dimension -1: [2, -1]",
        () -> zeros(2, -1));
    refused(ShapeException.class, "negative dimension", () -> Tensors.rand(-3));
  }

  @Test
  void factories_with_an_element_count_that_overflows() {
    refused(
        ShapeException.class,
        "the number of elements of shape [4294967296, 4294967296] overflows 64 bits",
        () -> zeros(1L << 32, 1L << 32));
  }

  @Test
  void factories_with_more_elements_than_an_array_holds() {
    refused(DeviceException.class, "elements", () -> zeros(1L << 20, 1L << 20));
    refused(ShapeException.class, "Java array", () -> Tensors.randn(1L << 20, 1L << 20));
  }

  @Test
  void a_device_that_is_not_there() {
    refused(
        DeviceException.class,
        "device 'gpu:3' is not there: the devices are cpu.",
        () -> ones(TensorOptions.DEFAULT.device(Device.of("gpu:3")), 2));
    refused(DeviceException.class, "'gpu'", () -> ones(2).to(Device.of("gpu")));
    refused(DeviceException.class, "expected a name and a number", () -> Device.of("gpu:x"));
  }

  @Test
  void integer_tensors_that_are_to_require_gradients() {
    refused(
        DTypeException.class,
        "Only Tensors of floating point and complex dtype can require gradients",
        () -> ones(TensorOptions.of(DType.INT32).requiresGrad(true), 2));
    refused(
        DTypeException.class,
        "only Tensors of floating point dtype can require gradients",
        () -> tensor(1L, 2L).requiresGrad_());
  }

  @Test
  void an_unknown_operator_lists_what_there_is() {
    refused(
        PluginException.class,
        "operator 'leaky_mish' is missing: no module on the path provides it",
        () -> Ops.call("leaky_mish", ones(2)));
    refused(PluginException.class, "fluxion.ops.basic", () -> Ops.call("leaky_mish", ones(2)));
  }

  @Test
  void arguments_that_no_signature_takes_are_told_with_the_signatures() {
    refused(
        ArgumentException.class,
        "transpose(Tensor self, int dim0, int dim1)",
        () -> Ops.call("transpose", ones(2, 2), "first", 1));
    refused(
        ArgumentException.class,
        "has no parameter 'dims'",
        () -> Ops.call("sum", List.of(ones(2)), Map.of("dims", 0)));
    refused(ArgumentException.class, "is missing", () -> Ops.call("mm", ones(2, 2)));
  }

  @Test
  void backward_without_anything_that_requires_a_gradient() {
    refused(
        AutogradException.class,
        "element 0 of tensors does not require grad and does not have a grad_fn",
        () -> ones(2).sum().backward());
  }

  @Test
  void backward_of_many_elements_without_a_cotangent() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    refused(
        AutogradException.class,
        "grad can be implicitly created only for scalar outputs",
        () -> x.mul(2).backward());
  }

  @Test
  void backward_with_a_cotangent_of_another_shape() {
    Tensor x = ones(TensorOptions.withGrad(), 2, 3);
    refused(
        ShapeException.class,
        "Mismatch in shape: grad_output[0] has a shape of torch.Size([3]) and output[0] has a shape"
            + " of torch.Size([2, 3]).",
        () -> x.mul(2).backward(ones(3)));
  }

  @Test
  void grad_of_nothing_and_of_what_needs_none() {
    Tensor x = ones(TensorOptions.withGrad(), 1);
    refused(
        ArgumentException.class,
        "grad requires non-empty inputs.",
        () -> Autograd.grad(List.of(x.mul(2)), List.of(), null, false, false, false));
    refused(
        AutogradException.class,
        "One of the differentiated Tensors does not require grad",
        () -> Autograd.grad(x.mul(2), ones(1)));
    refused(
        AutogradException.class,
        "appears to not have been used in the graph",
        () -> Autograd.grad(x.mul(2), ones(TensorOptions.withGrad(), 1)));
  }

  @Test
  void gradients_that_do_not_fit_their_tensor() {
    Tensor x = ones(TensorOptions.withGrad(), 2);
    refused(
        ShapeException.class,
        "assigned grad has data of a different size",
        () -> x.setGrad(ones(3)));
    refused(
        DTypeException.class,
        "assigned grad has data of a different type",
        () -> x.setGrad(ones(TensorOptions.of(DType.FLOAT64), 2)));
    refused(AutogradException.class, "as its own grad", () -> x.setGrad(x));
    assertEquals(null, x.grad());
  }

  @Test
  void values_of_a_tensor_that_has_not_one_element() {
    refused(
        ArgumentException.class,
        "only one element tensors can be converted to Python scalars",
        () -> ones(2).item());
    refused(
        ArgumentException.class,
        "Boolean value of Tensor with no values is ambiguous",
        () -> zeros(0).isTrue());
  }

  @Test
  void ragged_and_foreign_arrays() {
    refused(
        ArgumentException.class,
        "expected sequence of length 2 at dim 1 (got 1)",
        () -> tensor((Object) new int[][] {{1, 2}, {3}}));
    refused(
        ArgumentException.class,
        "a tensor cannot be made from java.lang.String[]",
        () -> tensor((Object) new String[] {"1"}));
    refused(
        ShapeException.class,
        "is invalid for input of size 3",
        () -> tensor(new float[3], fluxion.api.Shape.of(2, 2), TensorOptions.DEFAULT));
  }

  @Test
  void indices_out_of_range() {
    refused(
        IndexException.class,
        "index 2 is out of bounds for dimension 0 with size 2",
        () -> ones(2).get(2));
    refused(
        IndexException.class,
        "too many indices for tensor of dimension 1",
        () -> ones(2).get(fluxion.api.Index.at(0), fluxion.api.Index.at(0)));
    refused(
        IndexException.class,
        "Dimension out of range (expected to be in range of [-1, 0], but got 1)",
        () -> ones(2).sum(1));
  }

  @Test
  void dtypes_that_an_operator_does_not_take() {
    refused(
        DTypeException.class, "mean(): could not infer output dtype", () -> tensor(1L, 2L).mean());
    refused(
        DTypeException.class,
        "Negation, the `-` operator, on a bool tensor is not supported",
        () -> tensor(true, false).neg());
    refused(
        DTypeException.class,
        "expected scalar type Float but found Double",
        () -> ones(2, 2).mm(ones(TensorOptions.of(DType.FLOAT64), 2, 2)));
    refused(DTypeException.class, "there is no dtype 'int4'", () -> DType.of("int4"));
  }
}
