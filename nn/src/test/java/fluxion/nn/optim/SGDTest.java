package fluxion.nn.optim;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class SGDTest {
  private static final Collection<Tensor> LEAF = List.of(ones(2).requiresGrad_());

  @Test
  void a_parameter_without_gradient_stays_as_it_is() {
    Tensor p = ones(4).requiresGrad_();
    SGD optimizer = new SGD(List.of(p), 0.01);
    optimizer.step();
    optimizer.zeroGrad();
    assertEquals("tensor([1., 1., 1., 1.], requires_grad=True)", p.toString());
    assertNull(p.grad());
  }

  @Test
  void it_prints_as_in_pytorch() {
    assertEquals(
        """
        SGD (
        Parameter Group 0
            dampening: 0
            lr: 0.01
            maximize: False
            momentum: 0
            nesterov: False
            weight_decay: 0
        )\
        """,
        new SGD(LEAF, 0.01).toString());
    String changed = new SGD(LEAF, new SGDOptions(1).momentum(0.9).weightDecay(1e-5)).toString();
    assertTrue(changed.contains("    lr: 1\n"), changed);
    assertTrue(changed.contains("    momentum: 0.9\n"), changed);
    assertTrue(changed.contains("    weight_decay: 1e-05\n"), changed);
  }

  @Test
  void the_learning_rate_can_change_between_steps() {
    Tensor p = tensor(1.0).requiresGrad_();
    p.setGrad(tensor(1.0));
    SGD optimizer = new SGD(List.of(p), 0.5);
    optimizer.step();
    optimizer.setLr(0.25);
    optimizer.step();
    assertEquals(0.25, p.item());
    assertEquals(0.25, optimizer.lr());
  }

  @Test
  void wrong_arguments_are_told_as_in_pytorch() {
    assertRefused("optimizer got an empty parameter list", () -> new SGD(List.of(), 0.1));
    assertRefused(
        "can't optimize a non-leaf Tensor",
        () -> new SGD(List.of(ones(2).requiresGrad_().mul(2.0)), 0.1));
    assertRefused("Invalid learning rate: -1", () -> new SGD(LEAF, -1));
    assertRefused("Invalid learning rate: -0.5", () -> new SGD(LEAF, -0.5));
    assertRefused(
        "Invalid momentum value: -1.0", () -> new SGD(LEAF, new SGDOptions(1).momentum(-1.0)));
    assertRefused(
        "Invalid weight_decay value: -2", () -> new SGD(LEAF, new SGDOptions(1).weightDecay(-2)));
    assertRefused("Invalid learning rate: nan", () -> new SGD(LEAF, Double.NaN));
    assertRefused(
        "Invalid dampening value: nan",
        () -> new SGD(LEAF, new SGDOptions(1).momentum(0.9).dampening(Double.NaN)));
    String nesterov = "Nesterov momentum requires a momentum and zero dampening";
    assertRefused(nesterov, () -> new SGD(LEAF, new SGDOptions(0.1).nesterov(true)));
    assertRefused(
        nesterov,
        () -> new SGD(LEAF, new SGDOptions(0.1).momentum(0.9).dampening(0.1).nesterov(true)));
  }

  @Test
  void options_that_will_not_do_leave_the_earlier_ones() {
    SGD optimizer = new SGD(LEAF, 0.5);
    assertRefused("Invalid learning rate: -1", () -> optimizer.setLr(-1));
    assertRefused(
        "Invalid momentum value: -0.1",
        () -> optimizer.groups().getFirst().setOptions(new SGDOptions(1).momentum(-0.1)));
    assertEquals(0.5, optimizer.lr());
  }

  private static void assertRefused(String message, Executable making) {
    assertEquals(message, assertThrows(ArgumentException.class, making).getMessage());
  }
}
