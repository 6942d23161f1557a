package fluxion.tests.transforms;

import static fluxion.tests.transforms.Differences.assertClose;
import static fluxion.tests.transforms.Differences.assertValues;
import static fluxion.tests.transforms.Differences.numbers;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.Transforms;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class VmapTest {
  private static final Tensor MATRIX = numbers(4, 3).cos();
  private static final Tensor VECTOR = numbers(4).sin();

  /** Functions of a tensor of shape 3×4. */
  private static Map<String, UnaryOperator<Tensor>> families() {
    Map<String, UnaryOperator<Tensor>> f = new LinkedHashMap<>();
    f.put("pointwise", x -> x.exp().mul(x).sigmoid().add(2).pow(3));
    f.put("pointwise with a captured tensor", x -> x.mul(VECTOR).add(numbers(3, 1)));
    f.put("pointwise of a slice's row and column", x -> x.select(0, 1).mul(x.sum(1).unsqueeze(1)));
    f.put("comparison and selection", x -> Ops.call("where", x.gt(1), x, x.neg()));
    f.put("a full sum", Tensor::sum);
    f.put("a sum over one dimension", x -> x.sum(-1));
    f.put("a mean that keeps the dimension", x -> x.sub(x.mean(new int[] {0}, true)));
    f.put("a product", x -> x.prod());
    f.put("a norm", x -> x.square().sum().sqrt());
    f.put("a maximum", x -> x.amax(1));
    f.put("the place of a maximum", x -> x.argmax(1, false));
    f.put("softmax", x -> x.softmax(1));
    f.put("logsumexp", x -> Ops.call("logsumexp", x, List.of(0L, 1L), false));
    f.put("a running sum", x -> x.cumsum(0));
    f.put("sorting", x -> Ops.callAll("sort", List.of(x, 1L, false), Map.of()).get(0));
    f.put("a product of matrices", x -> x.matmul(MATRIX));
    f.put("a product from the left", x -> MATRIX.matmul(x));
    f.put("a product of slices", x -> x.matmul(x.t()));
    f.put("a matrix times a vector", x -> x.matmul(VECTOR));
    f.put("a captured matrix times a slice's row", x -> MATRIX.t().matmul(x.select(0, 2)));
    f.put("a product of vectors", x -> x.select(0, 0).matmul(x.select(0, 1)));
    f.put("a batch of products", x -> x.unsqueeze(0).matmul(numbers(5, 4, 2)));
    f.put("einsum", x -> Ops.call("einsum", "ij,kj->ik", List.of(x, numbers(2, 4))));
    f.put("transposition", x -> x.transpose(0, 1).contiguous());
    f.put("reshaping", x -> x.reshape(2, 6));
    f.put("flattening what is transposed", x -> x.t().reshape(-1));
    f.put("unsqueeze, expand and squeeze", x -> x.unsqueeze(1).expand(3, 2, 4).squeeze());
    f.put("slices", x -> x.narrow(1, 1, 2).select(0, -1));
    f.put("a diagonal", x -> x.diagonal(1, 0, 1));
    f.put("a triangle", x -> x.tril(0));
    f.put("flip and roll", x -> x.flip(0).roll(1, 1));
    f.put("cat and stack", x -> Tensors.cat(0, x, x.neg(), numbers(1, 4)));
    f.put("gathering", x -> x.gather(1, Tensors.tensor(new long[][] {{0, 2}, {3, 1}})));
    f.put("picking rows", x -> x.indexSelect(0, Tensors.tensor(2L, 0L, 2L)));
    f.put("a convolution", x -> Ops.call("conv1d", x, numbers(2, 3, 2)));
    f.put("an inverse", x -> Ops.call("inverse", x.matmul(x.t()).add(Tensors.eye(3))));
    f.put("a cast", x -> x.to(DType.FLOAT32).mul(2).to(DType.FLOAT64));
    return f;
  }

  /** What a function gives for each slice, stacked. */
  private static Tensor loop(UnaryOperator<Tensor> f, Tensor x, int inDim, int outDim) {
    Tensor[] results = new Tensor[(int) x.size(inDim)];
    for (int i = 0; i < results.length; i++) {
      results[i] = f.apply(x.select(inDim, i));
    }
    return Tensors.stack(outDim, results);
  }

  @TestFactory
  Stream<DynamicTest> a_batched_call_gives_what_a_loop_gives() {
    return families().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      UnaryOperator<Tensor> f = e.getValue();
                      Tensor x = numbers(5, 3, 4);
                      assertClose(loop(f, x, 0, 0), Transforms.vmap(f).apply(x));
                      Tensor inner = x.permute(1, 2, 0);
                      Tensor found = Transforms.vmap(f, -1, -1).apply(inner);
                      assertClose(loop(f, inner, 2, -1), found);
                      assertClose(
                          loop(f, x.narrow(0, 0, 1), 0, 0),
                          Transforms.vmap(f).apply(x.narrow(0, 0, 1)));
                    }));
  }

  @TestFactory
  Stream<DynamicTest> gradients_through_a_batched_call_are_those_of_a_loop() {
    return families().entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    e.getKey(),
                    () -> {
                      UnaryOperator<Tensor> f = e.getValue();
                      Tensor x = numbers(2, 3, 4).requiresGrad_();
                      Tensor looped = loop(f, x, 0, 0);
                      Tensor batched = Transforms.vmap(f).apply(x);
                      assertEquals(looped.requiresGrad(), batched.requiresGrad());
                      if (looped.requiresGrad()) {
                        Tensor expected = Autograd.grad(looped.square().mean(), x);
                        assertClose(expected, Autograd.grad(batched.square().mean(), x));
                      }
                    }));
  }

  @Test
  void the_function_is_called_once_and_sees_one_slice() {
    int[] calls = {0};
    Tensor x = numbers(5, 3, 4);
    Tensor same =
        Transforms.vmap(
                y -> {
                  calls[0]++;
                  assertEquals(Shape.of(3, 4), y.shape());
                  assertEquals(2, y.dim());
                  assertEquals(12, y.numel());
                  assertTrue(y.isContiguous());
                  return y;
                })
            .apply(x);
    assertEquals(1, calls[0]);
    assertClose(x, same);
  }

  @Test
  void numbers_of_a_batch_count_as_numbers_in_type_promotion() {
    Tensor x = numbers(3);
    Tensor floats = Tensors.ones(2);
    Tensor found = Transforms.vmap(y -> y.mul(floats)).apply(x);
    assertEquals(DType.FLOAT32, found.dtype());
    assertEquals(Shape.of(3, 2), found.shape());
  }

  @Test
  void several_inputs_may_be_cut_along_different_dimensions_or_not_at_all() {
    Tensor x = numbers(2, 5);
    Tensor y = numbers(5, 3);
    Tensor whole = numbers(3, 2);
    List<Tensor> found =
        Transforms.vmap(
                in ->
                    List.of(in.get(2).matmul(in.get(0)).add(in.get(1)), in.get(0), in.get(1).sum()),
                Arrays.asList(1, 0, null),
                List.of(1, 0, -1))
            .apply(List.of(x, y, whole));
    Tensor[] sums = new Tensor[5];
    for (int i = 0; i < 5; i++) {
      sums[i] = whole.matmul(x.select(1, i)).add(y.select(0, i));
    }
    assertClose(Tensors.stack(1, sums), found.get(0));
    assertClose(x.t(), found.get(1));
    assertClose(y.sum(1), found.get(2));
  }

  @Test
  void a_result_that_is_the_same_for_all_slices_is_repeated_or_given_once() {
    Tensor constant = numbers(2);
    List<Tensor> found =
        Transforms.vmap(_ -> List.of(constant, constant), List.of(0), Arrays.asList(1, null))
            .apply(List.of(numbers(3)));
    assertClose(Tensors.stack(1, constant, constant, constant), found.get(0));
    assertSame(constant, found.get(1));
  }

  @Test
  void results_share_no_memory_with_inputs() {
    Tensor x = numbers(2, 3);
    Tensor found = Transforms.vmap(UnaryOperator.identity()).apply(x);
    found.zero_();
    assertClose(numbers(2, 3), x);
  }

  @Test
  void a_batch_may_be_empty() {
    Tensor found = Transforms.vmap(x -> x.matmul(MATRIX).sum(0)).apply(numbers(0, 2, 4));
    assertEquals(Shape.of(0, 3), found.shape());
    assertFalse(found.isView());
  }

  // ---- with gradients

  private static Tensor loss(Tensor w, Tensor x) {
    return x.matmul(w).tanh().square().sum();
  }

  @Test
  void a_batch_of_gradients_are_the_gradients_of_the_slices() {
    Tensor x = numbers(5, 4);
    UnaryOperator<Tensor> f = y -> loss(MATRIX, y);
    Tensor found = Transforms.vmap(Transforms.grad(f)).apply(x);
    assertClose(loop(y -> Transforms.grad(f).apply(y), x, 0, 0), found);
    assertFalse(found.requiresGrad());
  }

  @Test
  void per_sample_gradients_of_a_shared_weight_are_those_of_a_loop() {
    Tensor w = numbers(4, 3).requiresGrad_();
    Tensor x = numbers(5, 4);
    Tensor[] expected = new Tensor[5];
    for (int i = 0; i < 5; i++) {
      expected[i] = Autograd.grad(loss(w, x.select(0, i)), w);
    }
    // The weight captured, and the weight as an input that is not cut.
    Tensor captured = Transforms.vmap(y -> Autograd.grad(loss(w, y), w)).apply(x);
    Tensor given =
        Transforms.vmap(
                in -> List.of(Transforms.grad(v -> loss(v, in.get(1))).apply(in.get(0))),
                Arrays.asList(null, 0),
                List.of(0))
            .apply(List.of(w.detach(), x))
            .get(0);
    assertClose(Tensors.stack(0, expected), captured);
    assertClose(Tensors.stack(0, expected), given);
  }

  @Test
  void gradients_from_outside_are_summed_over_the_slices() {
    Tensor w = numbers(4, 3).requiresGrad_();
    Tensor x = numbers(5, 4).requiresGrad_();
    Tensor batched = Transforms.vmap(y -> loss(w, y)).apply(x).sum();
    List<Tensor> expected =
        Autograd.grad(List.of(loss(w, x)), List.of(w, x), null, false, false, false);
    List<Tensor> found = Autograd.grad(List.of(batched), List.of(w, x), null, false, false, false);
    assertClose(expected.get(0), found.get(0));
    assertClose(expected.get(1), found.get(1));
    Transforms.vmap(y -> loss(w, y)).apply(x).sum().backward();
    assertClose(expected.get(0), w.grad());
    assertClose(expected.get(1), x.grad());
  }

  @Test
  void a_penalty_on_per_sample_gradients_can_be_differentiated() {
    Tensor w = numbers(4, 3).requiresGrad_();
    Tensor x = numbers(5, 4);
    Tensor looped = Tensors.tensor(0.0);
    for (int i = 0; i < 5; i++) {
      looped = looped.add(Autograd.grad(loss(w, x.select(0, i)), w, true).square().sum());
    }
    Tensor batched =
        Transforms.vmap(y -> Autograd.grad(loss(w, y), w, true).square().sum()).apply(x).sum();
    assertClose(looped.detach(), batched.detach());
    assertClose(Autograd.grad(looped, w), Autograd.grad(batched, w));
  }

  @Test
  void a_jacobian_is_a_batch_of_products_with_the_basis() {
    UnaryOperator<Tensor> f = x -> x.matmul(MATRIX).sin().mul(x.sum());
    Tensor x = numbers(4);
    Tensor basis = Tensors.eye(3).toDouble();
    Tensor rows = Transforms.vmap(v -> Autograd.vjp(f, x, v).product()).apply(basis);
    assertClose(Autograd.jacobian(f, x), rows);
    Tensor columns =
        Transforms.vmap(v -> Autograd.jvp(f, x, v).product(), 0, 1)
            .apply(Tensors.eye(4).toDouble());
    assertClose(Autograd.jacobian(f, x), columns);
  }

  @Test
  void second_derivatives_of_all_slices_are_a_batch_of_gradients_of_gradients() {
    UnaryOperator<Tensor> f = x -> x.pow(3).mul(x.exp());
    Tensor x = numbers(5);
    Tensor found = Transforms.vmap(Transforms.grad(Transforms.grad(f))).apply(x);
    // (x³eˣ)″ = (x³ + 6x² + 6x)eˣ
    assertClose(x.pow(3).add(x.square().mul(6)).add(x.mul(6)).mul(x.exp()), found);
    Tensor hessians =
        Transforms.vmap(y -> Autograd.hessian(z -> z.prod().exp(), y)).apply(numbers(3, 2));
    assertClose(loop(y -> Autograd.hessian(z -> z.prod().exp(), y), numbers(3, 2), 0, 0), hessians);
  }

  @Test
  void batches_may_lie_in_one_another() {
    Tensor x = numbers(3, 2);
    Tensor y = numbers(4, 2).requiresGrad_();
    UnaryOperator<Tensor> distances = a -> Transforms.vmap(b -> a.sub(b).square().sum()).apply(y);
    Tensor found = Transforms.vmap(distances).apply(x);
    Tensor expected = x.unsqueeze(1).sub(y.unsqueeze(0)).square().sum(-1);
    assertClose(expected.detach(), found.detach());
    assertClose(Autograd.grad(expected.exp().sum(), y), Autograd.grad(found.exp().sum(), y));
    Tensor transposed =
        Transforms.vmap(a -> Transforms.vmap(b -> a.mul(b).sum(), 0, 0).apply(y), 0, 1).apply(x);
    assertClose(y.matmul(x.t()).detach(), transposed.detach());
  }

  @Test
  void a_batch_in_a_gradient_in_a_batch_works() {
    Tensor x = numbers(3, 4);
    UnaryOperator<Tensor> f =
        y -> Transforms.vmap(row -> row.mul(y).sum().exp()).apply(MATRIX.t()).sum();
    assertClose(loop(Transforms.grad(f), x, 0, 0), Transforms.vmap(Transforms.grad(f)).apply(x));
  }

  @Test
  void a_checkpoint_may_be_batched_and_a_batch_checkpointed() {
    Tensor w = numbers(4, 3).requiresGrad_();
    Tensor x = numbers(5, 4);
    Tensor expected = Autograd.grad(loss(w, x), w);
    Tensor inside = Transforms.vmap(y -> Autograd.checkpoint(z -> loss(w, z), y)).apply(x).sum();
    Tensor outside = Autograd.checkpoint(z -> Transforms.vmap(y -> loss(w, y)).apply(z), x).sum();
    assertClose(expected, Autograd.grad(inside, w));
    assertClose(expected, Autograd.grad(outside, w));
    Tensor perSample =
        Transforms.vmap(y -> Autograd.grad(Autograd.checkpoint(z -> loss(w, z), y), w)).apply(x);
    assertClose(expected, perSample.sum(0));
  }

  @Test
  void a_small_network_has_per_sample_gradients() {
    Tensor kernel = numbers(2, 1, 2, 2).requiresGrad_();
    Tensor weight = numbers(3, 8).cos().requiresGrad_();
    Tensor images = numbers(4, 1, 3, 3).sin();
    Tensor classes = Tensors.tensor(0L, 2L, 1L, 2L);
    UnaryOperator<List<Tensor>> gradients =
        in -> {
          Tensor hidden = Ops.call("conv2d", in.get(0), kernel).relu().reshape(-1);
          Tensor loss = Ops.call("cross_entropy", weight.matmul(hidden), in.get(1));
          return Autograd.grad(List.of(loss), List.of(kernel, weight), null, false, false, false);
        };
    List<Tensor> found =
        Transforms.vmap(gradients, List.of(0, 0), List.of(0)).apply(List.of(images, classes));
    for (int i = 0; i < 4; i++) {
      List<Tensor> expected = gradients.apply(List.of(images.select(0, i), classes.select(0, i)));
      assertClose(expected.get(0), found.get(0).select(0, i));
      assertClose(expected.get(1), found.get(1).select(0, i));
    }
  }

  @Test
  void a_gradient_of_all_slices_is_not_added_into_one_of_a_single_slice() {
    Tensor x = numbers(3, 2);
    Tensor w = numbers(2);
    UnaryOperator<Tensor> batchedLast =
        y -> {
          Tensor own = w.mul(1).requiresGrad_();
          Tensor twice = own.mul(2);
          Tensor first = twice.mul(y).sum();
          return Autograd.grad(first.add(twice.exp().sum()), own);
        };
    UnaryOperator<Tensor> batchedFirst =
        y -> {
          Tensor own = w.mul(1).requiresGrad_();
          Tensor twice = own.mul(2);
          Tensor first = twice.exp().sum();
          return Autograd.grad(first.add(twice.mul(y).sum()), own);
        };
    for (UnaryOperator<Tensor> f : List.of(batchedLast, batchedFirst)) {
      assertClose(loop(f, x, 0, 0), Transforms.vmap(f).apply(x));
    }
  }

  // ---- writes in place

  @Test
  void what_a_function_has_made_of_slices_may_be_written_in_place() {
    Tensor x = numbers(3, 4).requiresGrad_();
    UnaryOperator<Tensor> f =
        y -> {
          Tensor z = y.mul(2);
          z.mul_(y);
          z.select(0, 1).add_(1);
          z.narrow(0, 2, 2).copy_(VECTOR.narrow(0, 0, 2));
          return z.exp();
        };
    Tensor found = Transforms.vmap(f).apply(x);
    Tensor expected = loop(f, x, 0, 0);
    assertClose(expected.detach(), found.detach());
    assertClose(Autograd.grad(expected.sum(), x), Autograd.grad(found.sum(), x));
  }

  @Test
  void an_input_without_gradient_may_be_written_in_place() {
    Tensor x = numbers(3, 2);
    Tensor written = Transforms.vmap(y -> y.add_(1)).apply(x);
    assertClose(numbers(3, 2).add(1), x);
    assertClose(x, written);
  }

  @Test
  void a_batched_tensor_prints_as_one() {
    String[] text = {""};
    Tensor values = Tensors.tensor(new float[][] {{1, 2}, {3, 4}});
    Tensor same =
        Transforms.vmap(
                x -> {
                  text[0] = x.mul(1).toString();
                  return x;
                })
            .apply(values);
    assertClose(values, same);
    assertEquals(
        """
        BatchedTensor(lvl=1, bdim=0, value=
            tensor([[1., 2.],
                    [3., 4.]])
        )\
        """,
        text[0]);
  }

  @Test
  void the_same_bits_come_from_a_batch_and_a_loop() {
    Tensor x = numbers(7, 33, 65).to(DType.FLOAT32);
    UnaryOperator<Tensor> f = y -> y.softmax(1).matmul(y.t()).sum(0);
    assertArrayEquals(loop(f, x, 0, 0).toFloatArray(), Transforms.vmap(f).apply(x).toFloatArray());
  }

  @Test
  void a_jacobian_found_at_once_is_that_found_row_by_row() {
    Tensor x = numbers(2, 3);
    UnaryOperator<Tensor> f = y -> y.matmul(MATRIX.t()).exp().cumsum(0).mul(y.sum());
    assertClose(Autograd.jacobian(f, x), Transforms.jacobian(f, x, false, false, true));
    UnaryOperator<List<Tensor>> several =
        in -> List.of(in.get(0).sum().mul(in.get(1)), VECTOR, in.get(1).square());
    List<Tensor> inputs = List.of(x, numbers(2));
    List<List<Tensor>> rows = Transforms.jacobian(several, inputs, false, false, false);
    List<List<Tensor>> once = Transforms.jacobian(several, inputs, false, false, true);
    for (int i = 0; i < 3; i++) {
      for (int j = 0; j < 2; j++) {
        assertClose(rows.get(i).get(j), once.get(i).get(j));
      }
    }
    Tensor leaf = numbers(3).requiresGrad_();
    Transforms.jacobian(y -> y.pow(3), leaf, true, false, true).sum().backward();
    assertClose(leaf.detach().mul(6), leaf.grad());
    UnaryOperator<Tensor> g = y -> y.exp().prod().mul(y.sum()).mul(1e-3);
    assertClose(Autograd.hessian(g, x), Transforms.hessian(g, x, false, false, true));
    assertValues(
        Transforms.hessian(Tensor::sum, numbers(1), false, false, true), Shape.of(1, 1), 0);
  }
}
