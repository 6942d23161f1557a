package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.DType;
import fluxion.api.GradFn;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.engine.spi.Functions;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** What nodes say that they keep, as {@code _saved_self} and its like say in PyTorch. */
class SavedTensorsOfNodesTest {
  private static Tensor leaf(long... shape) {
    return ones(TensorOptions.withGrad(), shape);
  }

  private static GradFn node(Tensor tensor) {
    return Objects.requireNonNull(tensor.gradFn());
  }

  private static List<GradFn.Saved> saved(Tensor tensor) {
    return node(tensor).savedTensors();
  }

  private static String names(Tensor tensor) {
    return saved(tensor).stream()
        .map(one -> one.name() + " " + one.shape())
        .collect(Collectors.joining(", "));
  }

  @Test
  void a_product_keeps_both_factors_and_says_where_they_came_from() {
    Tensor x = leaf(2, 3);
    Tensor y = leaf(3).exp();
    Tensor product = x.mul(y);
    assertEquals("self [2, 3], other [3]", names(product));
    GradFn.Saved self = saved(product).getFirst();
    assertEquals(DType.FLOAT32, self.dtype());
    assertEquals(Shape.of(2, 3), self.shape());
    assertSame(x, Objects.requireNonNull(self.source().function()).variable().orElseThrow());
    assertSame(node(y), saved(product).getLast().source().function());
  }

  @Test
  void only_what_a_gradient_mentions_is_kept() {
    assertEquals("other [2]", names(leaf(2).mul(ones(2))));
    assertEquals("", names(leaf(2).add(leaf(2))));
    assertEquals("self [2]", names(leaf(2).sin()));
  }

  @Test
  void a_result_that_is_kept_is_its_nodes_own() {
    Tensor y = leaf(2).exp();
    assertEquals("result [2]", names(y));
    assertSame(node(y), saved(y).getFirst().source().function());
  }

  @Test
  void a_tensor_without_gradient_has_no_source() {
    assertNull(saved(leaf(2).mul(ones(2))).getFirst().source().function());
  }

  @Test
  void a_tensor_that_had_no_history_when_it_was_kept_has_none_later() {
    Tensor x = ones(2);
    Tensor product = leaf(2).mul(x);
    x.mul_(leaf(2));
    assertEquals("MulBackward0", node(x).name());
    assertNull(saved(product).getFirst().source().function());
  }

  @Test
  void several_results_and_what_was_computed_on_the_way_are_numbered() {
    Tensor x = leaf(2, 3);
    List<Tensor> both =
        List.of(
            Functions.applyAll(
                new Scripted(
                    (ctx, in) -> {
                      ctx.saveOutput(1);
                      ctx.saveIntermediate(ones(4));
                      return new Tensor[] {in[0].mul(2), in[0].sum()};
                    },
                    (ctx, g) -> new Tensor[] {g[0]}),
                x));
    assertEquals("result1 [], kept0 [4]", names(both.getFirst()));
    assertEquals(1, saved(both.getFirst()).getFirst().source().outputNr());
  }

  @Test
  void functions_of_more_inputs_number_them() {
    Tensor y = Ops.call("addmm", leaf(2, 3), leaf(2, 4), leaf(4, 3));
    assertEquals("input1 [2, 4], input2 [4, 3]", names(y));
    Tensor product = leaf(2, 4).mm(leaf(4, 3));
    assertEquals("self [2, 4], other [4, 3]", names(product));
  }

  @Test
  void a_view_that_was_written_keeps_what_the_write_keeps() {
    Tensor x = leaf(4).clone();
    x.narrow(0, 1, 2).mul_(ones(2));
    assertEquals("CopySlices", node(x).name());
    assertEquals("other [2]", names(x));
  }

  @Test
  void what_was_freed_is_told_in_the_words_of_backward() {
    Tensor y = leaf(2, 2).exp();
    Tensor product = y.mm(leaf(2, 2));
    Tensor sum = product.add(1);
    sum.sum().backward();
    for (Tensor freed : List.of(y, product)) {
      String message = assertThrows(AutogradException.class, () -> saved(freed)).getMessage();
      assertTrue(message.startsWith("Trying to backward through the graph a second time"), message);
    }
    assertEquals("", names(sum), "it never kept anything");
  }

  @Test
  void what_is_kept_can_be_looked_at_after_it_was_overwritten() {
    Tensor y = leaf(2).exp();
    y.add_(1);
    assertEquals("AddBackward0", node(y).name());
    GradFn exp = Objects.requireNonNull(node(y).nextFunctions().getFirst().function());
    assertEquals("result", exp.savedTensors().getFirst().name());
  }

  @Test
  void in_a_checkpoint_nothing_is_computed_again_to_say_what_is_kept() {
    int[] calls = {0};
    Tensor x = leaf(3);
    Tensor y =
        Autograd.checkpoint(
            input -> {
              calls[0]++;
              return input.sin().exp();
            },
            x);
    assertEquals("result [3]", names(y));
    assertSame(node(y), saved(y).getFirst().source().function());
    assertEquals(1, calls[0]);
  }
}
