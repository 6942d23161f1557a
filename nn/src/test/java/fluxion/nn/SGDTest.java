package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

final class SGDTest {
  private static final Collection<Tensor> LEAF = List.of(ones(2).requiresGrad_());

  private static double[] numbers(String line) {
    return Arrays.stream(line.split(" ", -1)).mapToDouble(Double::parseDouble).toArray();
  }

  private static Iterator<String> recorded() throws IOException {
    try (InputStream in = SGDTest.class.getResourceAsStream("sgd.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      return text.lines().filter(line -> !line.startsWith("#")).iterator();
    }
  }

  private static SGDOptions options(String line) {
    SGDOptions options = new SGDOptions(0.0);
    for (String option : line.substring("run ".length()).split(" ", -1)) {
      String value = option.substring(option.indexOf('=') + 1);
      options =
          switch (option.substring(0, option.indexOf('='))) {
            case "lr" -> options.lr(Double.parseDouble(value));
            case "momentum" -> options.momentum(Double.parseDouble(value));
            case "dampening" -> options.dampening(Double.parseDouble(value));
            case "weight_decay" -> options.weightDecay(Double.parseDouble(value));
            case "nesterov" -> options.nesterov(value.equals("True"));
            case "maximize" -> options.maximize(value.equals("True"));
            default -> throw new AssertionError(option);
          };
    }
    return options;
  }

  @Test
  void trajectories_are_those_of_pytorch() throws IOException {
    Iterator<String> lines = recorded();
    Tensor a = tensor(numbers(lines.next()));
    Tensor b = tensor(numbers(lines.next()));
    Tensor c = tensor(numbers(lines.next()));
    int runs = 0;
    while (lines.hasNext()) {
      String run = lines.next();
      Tensor p = tensor(numbers(lines.next())).requiresGrad_();
      SGD optimizer = new SGD(List.of(p), options(run));
      for (int step = 1; step <= 20; step++) {
        optimizer.zeroGrad();
        Tensor distance = p.sub(b);
        distance.mul(distance).mul(a).mul(0.5).add(c.mul(p).sin()).sum().backward();
        optimizer.step();
        assertArrayEquals(numbers(lines.next()), p.toDoubleArray(), 1e-11, run + ", step " + step);
      }
      runs++;
    }
    assertEquals(9, runs);
  }

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
    assertRefused(
        "Nesterov momentum requires a momentum and zero dampening",
        () -> new SGD(LEAF, new SGDOptions(0.1).nesterov(true)));
  }

  private static void assertRefused(String message, Executable making) {
    assertEquals(message, assertThrows(ArgumentException.class, making).getMessage());
  }
}
