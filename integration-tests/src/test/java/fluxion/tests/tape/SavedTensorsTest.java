package fluxion.tests.tape;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Functions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Values that a graph keeps: with their version and with the history that they had. */
class SavedTensorsTest {
  private static Tensor leaf(float... values) {
    return tensor(values).requiresGrad_();
  }

  private static String overwritten(Tensor loss) {
    return assertThrows(AutogradException.class, loss::backward).getMessage();
  }

  /** Hands out what it has kept of its first input. */
  private static Tensor keepingInput(Tensor input, List<Tensor> found) {
    return Functions.apply(
        new Scripted(
            (ctx, in) -> {
              ctx.saveInput(0);
              return new Tensor[] {in[0].mul(2)};
            },
            (ctx, g) -> {
              found.add(ctx.input(0));
              return new Tensor[] {g[0].mul(2)};
            }),
        input);
  }

  @Test
  void an_overwritten_result_is_told_with_its_node_its_versions_and_both_operators() {
    Tensor y = leaf(1, 2).exp();
    Tensor loss = y.sum();
    y.add_(1);
    y.mul_(2);
    assertEquals(
        "one of the variables needed for gradient computation has been modified by an inplace"
            + " operation: [torch.FloatTensor [2]], which is output 0 of ExpBackward0, is at"
            + " version 2; expected version 0 instead. Hint: enable anomaly detection to find the"
            + " operation that failed to compute its gradient, with"
            + " torch.autograd.set_detect_anomaly(True). It was saved by ExpBackward0 and"
            + " overwritten by mul_; use the out-of-place form of that, or clone the tensor"
            + " before.",
        overwritten(loss));
  }

  @Test
  void an_overwritten_leaf_has_no_node_to_name() {
    Tensor x = tensor(1f, 2f);
    Tensor loss = leaf(3, 4).mul(x).sum();
    x.zero_();
    String message = overwritten(loss);
    assertTrue(
        message.contains("[torch.FloatTensor [2]] is at version 1; expected version 0 instead."),
        message);
    assertTrue(message.contains("It was saved by MulBackward0 and overwritten by zero_;"), message);
  }

  @Test
  void an_overwritten_input_is_told_with_the_node_that_wrote_last() {
    Tensor y = leaf(1, 2).mul(3);
    Tensor loss = y.mul(y).sum();
    y.add_(1);
    String message = overwritten(loss);
    assertTrue(message.contains(", which is output 0 of AddBackward0, is at version 1;"), message);
    Tensor z = leaf(1, 2).mul(3);
    Tensor other = z.mul(z).sum();
    z.copy_(ones(2));
    assertTrue(overwritten(other).contains("overwritten by copy_;"));
  }

  @Test
  void a_kept_input_is_the_tensor_itself() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = leaf(1);
    keepingInput(x, found).backward();
    assertSame(x, found.get(0));
    Tensor y = leaf(1).mul(3);
    keepingInput(y, found).backward();
    assertSame(y, found.get(1));
  }

  @Test
  void a_kept_input_has_the_history_that_it_had() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = leaf(3);
    Tensor y = x.mul(2);
    Tensor z = keepingInput(y, found);
    Tensor parts = y.detach();
    y.detach_();
    z.backward(null, true, false);
    Tensor kept = found.get(0);
    assertNotSame(y, kept);
    assertEquals("MulBackward0", kept.gradFn().name());
    assertEquals(0, kept.outputNr());
    assertEquals(4, x.grad().item());
    assertEquals(6, parts.item());
    assertEquals(2, Autograd.grad(kept, x).item());
  }

  @Test
  void a_closed_input_is_kept_open_with_its_history() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = leaf(3);
    Tensor y = x.mul(2);
    Tensor z = keepingInput(y, found);
    Tensor[] parts = x.mul(5).unsqueeze(0).unbind(0);
    y.close();
    z.backward();
    assertArrayEquals(new float[] {6}, found.get(0).toFloatArray());
    assertEquals("MulBackward0", found.get(0).gradFn().name());
    Tensor second = keepingInput(parts[0], found);
    parts[0].close();
    second.backward();
    assertEquals(15, found.get(1).item());
    Tensor leaf = leaf(7);
    Tensor third = keepingInput(leaf, found);
    leaf.close();
    third.backward();
    assertEquals(7, found.get(2).item());
    assertTrue(found.get(2).requiresGrad());
    Tensor constant = tensor(7f);
    Tensor product = constant.mul(leaf(1));
    constant.close();
    product.backward();
  }

  @Test
  void the_second_of_several_outputs_is_kept_as_that() {
    List<Tensor> found = new ArrayList<>();
    Tensor x = leaf(1, 2);
    Tensor[] parts = x.mul(1).unbind(0);
    Tensor y = keepingInput(parts[1], found);
    parts[1].close();
    y.backward(null, true, false);
    assertEquals(1, found.get(0).outputNr());
    assertArrayEquals(new float[] {0, 1}, Autograd.grad(found.get(0), x).toFloatArray());
  }
}
