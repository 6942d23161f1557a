package fluxion.tests.transforms;

import static fluxion.tests.transforms.Differences.assertClose;
import static fluxion.tests.transforms.Differences.numbers;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.FluxionException;
import fluxion.api.IndexException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What a function over a batch must not do, and what is said then. */
class VmapRefusalsTest {
  private static void refuses(
      Class<? extends FluxionException> kind, String message, UnaryOperator<Tensor> f) {
    Tensor x = numbers(3, 2, 2);
    String found = assertThrows(kind, () -> Transforms.vmap(f).apply(x)).getMessage();
    assertTrue(found.startsWith(message), found);
    // Nothing stays switched.
    assertEquals(4, Tensors.rand(4).numel());
    assertEquals(12, numbers(3, 2, 2).exp().numel());
  }

  private static List<Tensor> sum(List<Tensor> in) {
    return List.of(in.stream().reduce(Tensor::add).orElseThrow());
  }

  private static void refusesCall(
      Class<? extends FluxionException> kind,
      String message,
      List<Integer> inDims,
      List<Integer> outDims,
      Tensor... inputs) {
    assertEquals(
        message,
        assertThrows(
                kind,
                () ->
                    Transforms.vmap(VmapRefusalsTest::sum, inDims, outDims).apply(List.of(inputs)))
            .getMessage());
  }

  @Test
  void values_are_not_read() {
    String message = "vmap: It looks like you're calling .item() on a Tensor";
    refuses(FluxionException.class, message, x -> x.mul(x.sum().item()));
    refuses(FluxionException.class, message, x -> x.mul(x.sum().itemLong()));
    refuses(FluxionException.class, message, x -> x.mul(x.toDoubleArray()[0]));
    refuses(FluxionException.class, message, x -> x.mul(x.sum().scalar().toDouble()));
  }

  @Test
  void nothing_is_decided_by_values() {
    refuses(
        FluxionException.class,
        "vmap: It looks like you're attempting to use a Tensor in some data-dependent control"
            + " flow. We don't support that yet",
        x -> x.sum().gt(0).isTrue() ? x : x.neg());
  }

  @Test
  void an_operator_without_a_rule_is_named() {
    refuses(
        FluxionException.class,
        "vmap: Batching rule not implemented for nonzero. Batched are pointwise operators, views,"
            + " reductions, running results, sorting, products of matrices, gathering and"
            + " scattering, and what is composed of these; call it outside of vmap, or on one slice"
            + " after the other",
        x -> Ops.call("nonzero", x));
    refuses(
        FluxionException.class,
        "vmap: Batching rule not implemented for unique.",
        x -> Ops.callAll("unique", List.of(x), Map.of()).get(0));
  }

  @Test
  void a_tensor_that_is_not_batched_is_not_written_with_slices() {
    Tensor target = Tensors.zeros(2, 2).toDouble();
    for (UnaryOperator<Tensor> write :
        List.<UnaryOperator<Tensor>>of(
            x -> target.add_(x), x -> target.copy_(x), x -> target.select(0, 1).mul_(x.sum()))) {
      refuses(FluxionException.class, "vmap: ", write);
    }
    refuses(
        FluxionException.class,
        "vmap: add_(self, *extra_args) is not possible because there exists a Tensor `other` in"
            + " extra_args that has more elements than `self`. This happened due to `other` being"
            + " vmapped over but `self` not being vmapped over. Please try to use out-of-place"
            + " operators instead of add_.",
        x -> target.add_(x));
    assertEquals(0, target.abs().sum().item());
  }

  @Test
  void an_input_of_which_gradients_are_wanted_is_not_written() {
    Tensor x = numbers(3, 2).requiresGrad_();
    Tensor between = x.mul(2);
    assertTrue(
        assertThrows(FluxionException.class, () -> Transforms.vmap(y -> y.add_(1)).apply(between))
            .getMessage()
            .startsWith("vmap: add_ writes into an input of the function"));
  }

  @Test
  void no_function_that_writes_does_so_in_an_input_of_which_gradients_are_wanted() {
    Tensor x = numbers(3, 2, 2).requiresGrad_();
    Tensor between = x.mul(2);
    Tensor weight = numbers(2, 2).requiresGrad_();
    refusesWrite("tril_", between, y -> Ops.call("tril_", y));
    refusesWrite("copy_", between, y -> y.copy_(numbers(2, 2)));
    refusesWrite("copy_", x.detach(), y -> y.copy_(weight));
    assertClose(x.mul(2), between);
  }

  private static void refusesWrite(String operator, Tensor input, UnaryOperator<Tensor> write) {
    assertEquals(
        "vmap: "
            + operator
            + " writes into an input of the function, of which gradients are wanted. This is not"
            + " supported. Please try to use out-of-place operators instead of "
            + operator
            + ".",
        assertThrows(FluxionException.class, () -> Transforms.vmap(write).apply(input))
            .getMessage());
  }

  @Test
  void such_an_input_may_be_written_where_nothing_is_recorded() {
    Tensor x = numbers(3, 2, 2).requiresGrad_();
    Tensor between = x.mul(2);
    Tensor weight = numbers(2, 2).requiresGrad_();
    Tensor other = x.mul(2);
    try (var _ = Autograd.noGrad()) {
      written(between, y -> Ops.call("tril_", y));
      written(other, y -> y.copy_(weight));
    }
    assertClose(Ops.call("tril", x.detach().mul(2)), between.detach());
    for (int i = 0; i < 3; i++) {
      assertClose(weight.detach(), other.detach().select(0, i));
    }
  }

  private static void written(Tensor input, UnaryOperator<Tensor> write) {
    assertClose(Transforms.vmap(write).apply(input).detach(), input.detach());
  }

  @Test
  void an_input_without_gradient_may_be_written_by_such_functions() {
    Tensor x = numbers(3, 2, 2);
    written(x, y -> Ops.call("tril_", y));
    assertClose(Ops.call("tril", numbers(3, 2, 2)), x);
    written(x, y -> y.copy_(numbers(2, 2)));
    assertClose(numbers(2, 2), x.select(0, 2));
  }

  @Test
  void a_batched_tensor_takes_no_other_shape_in_place() {
    refuses(
        FluxionException.class,
        "vmap: Batching rule not implemented for t_.",
        x -> Ops.call("t_", x));
  }

  @Test
  void random_numbers_are_not_drawn() {
    refuses(
        ArgumentException.class,
        "vmap: called random operation while in randomness error mode",
        x -> x.mul(Tensors.rand(2, 2)));
    refuses(
        ArgumentException.class,
        "vmap: called random operation while in randomness error mode",
        x -> Ops.call("dropout", x, 0.5, true));
  }

  @Test
  void backward_is_not_called() {
    refuses(
        AutogradException.class,
        "backward() called inside vmap. This is not supported",
        x -> {
          x.detach().requiresGrad_().sum().backward();
          return x;
        });
  }

  @Test
  void gradients_are_not_taken_with_respect_to_what_lies_outside() {
    Tensor x = numbers(3, 2).requiresGrad_();
    assertTrue(
        assertThrows(
                AutogradException.class,
                () -> Transforms.vmap(y -> Autograd.grad(y.sum(), x)).apply(x))
            .getMessage()
            .startsWith("vmap: a gradient is asked for, inside the function"));
    assertFalse(x.grad() != null);
  }

  @Test
  void inputs_must_fit_the_dimensions() {
    Tensor x = numbers(3, 2);
    refusesCall(
        ArgumentException.class,
        "vmap: Expected all tensors to have the same size in the mapped dimension, got sizes [3, 2]"
            + " for the mapped dimension",
        List.of(0, 1),
        List.of(0),
        x,
        x);
    refusesCall(
        IndexException.class,
        "vmap(f, in_dims=(2,), ...)(<inputs>): Got in_dim=2 for some input, but that input is a"
            + " Tensor of dimensionality 2 so expected in_dim to satisfy -2 <= in_dim < 2.",
        List.of(2),
        List.of(0),
        x);
    refusesCall(
        ArgumentException.class,
        "vmap: Expected at least one Tensor to vmap over.",
        Arrays.asList((Integer) null),
        List.of(0),
        x);
    refusesCall(
        ArgumentException.class,
        "vmap(f, in_dims=(0, 1), ...)(<inputs>): in_dims is not compatible with the structure of"
            + " `inputs`. in_dims has 2 entries but inputs has 1.",
        List.of(0, 1),
        List.of(0),
        x);
    refusesCall(
        ArgumentException.class,
        "vmap(f, in_dims=(), ...)(<inputs>): got no inputs. Maybe you forgot to add inputs, or you"
            + " are trying to vmap over a function with no inputs. The latter is unsupported.",
        List.of(),
        List.of(0));
  }

  @Test
  void results_must_fit_the_dimensions() {
    Tensor x = numbers(3, 2);
    refusesCall(
        IndexException.class,
        "Dimension out of range (expected to be in range of [-2, 1], but got 2)",
        List.of(0),
        List.of(2),
        x);
    refusesCall(
        ArgumentException.class,
        "vmap(`f`, ...): `f` can not return a BatchedTensor when out_dim is None",
        List.of(0),
        Arrays.asList((Integer) null),
        x);
    refusesCall(
        ArgumentException.class,
        "vmap(f, ..., out_dims=(0, 1)): out_dims is not compatible with the structure of `outputs`:"
            + " it has 2 entries for 1 results",
        List.of(0),
        List.of(0, 1),
        x);
  }

  @Test
  void shapes_are_those_of_a_slice_in_messages() {
    refuses(
        ShapeException.class,
        "The size of tensor a (2) must match the size of tensor b (3) at non-singleton dimension 1",
        x -> x.add(numbers(3)));
  }

  @Test
  void a_gradient_is_of_one_number() {
    assertEquals(
        "grad(f)(*args): Expected f(*args) to return a scalar tensor, got tensor with 1 dims. Maybe"
            + " you wanted to use the vjp or jacobian APIs instead?",
        assertThrows(ShapeException.class, () -> Transforms.grad(x -> x.exp()).apply(numbers(2)))
            .getMessage());
  }

  @Test
  void a_jacobian_found_at_once_is_not_strict() {
    assertEquals(
        "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not supported"
            + " together. Please either set `strict=False` or `vectorize=False`.",
        assertThrows(
                ArgumentException.class,
                () -> Transforms.jacobian(Tensor::exp, numbers(2), false, true, true))
            .getMessage());
  }
}
