package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.Index;
import fluxion.api.Tensor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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

  /** The loss of the recorded runs: {@code Σ a/2 · (p − b)² + sin(c · p)}. */
  private record Loss(Tensor a, Tensor b, Tensor c) {
    static Loss of(Iterator<String> lines) {
      return new Loss(
          tensor(numbers(lines.next())),
          tensor(numbers(lines.next())),
          tensor(numbers(lines.next())));
    }

    Loss part(long from, long to) {
      Index part = Index.slice(from, to);
      return new Loss(a.get(part), b.get(part), c.get(part));
    }

    Tensor at(Tensor p) {
      Tensor distance = p.sub(b);
      return distance.mul(distance).mul(a).mul(0.5).add(c.mul(p).sin()).sum();
    }
  }

  private static double @Nullable [] numbersBehind(String word, String line) {
    return line.startsWith(word + " ") ? numbers(line.substring(word.length() + 1)) : null;
  }

  @Test
  void trajectories_are_those_of_pytorch() throws IOException {
    Iterator<String> lines = recorded();
    Loss loss = Loss.of(lines);
    int runs = 0;
    String run = lines.next();
    while (!run.equals("groups")) {
      SGDOptions options = options(run);
      String line = lines.next();
      double @Nullable [] rates = numbersBehind("lr", line);
      line = rates == null ? line : lines.next();
      double @Nullable [] momenta = numbersBehind("momentum", line);
      line = momenta == null ? line : lines.next();
      // with large steps a rounding grows a thousandfold
      double tolerance = momenta == null ? 1e-11 : 1e-9;
      Tensor p = tensor(numbers(line)).requiresGrad_();
      SGD optimizer = new SGD(List.of(p), options);
      for (int step = 0; step < 20; step++) {
        options = rates == null ? options : options.lr(rates[step]);
        options = momenta == null ? options : options.momentum(momenta[step]);
        optimizer.setOptions(options);
        optimizer.zeroGrad();
        loss.at(p).backward();
        optimizer.step();
        assertArrayEquals(
            numbers(lines.next()), p.toDoubleArray(), tolerance, run + ", step " + step);
      }
      runs++;
      run = lines.next();
    }
    assertEquals(12, runs);
  }

  /** Parameters 0 to 2, and 3 and 4 with a smaller rate and decay: there an optimiser a group. */
  @Test
  void groups_with_options_of_their_own_go_as_in_pytorch() throws IOException {
    Iterator<String> lines = recorded();
    Loss loss = Loss.of(lines);
    while (!lines.next().equals("groups")) {
      // the runs of one group
    }
    double[] start = numbers(lines.next());
    Tensor p = tensor(Arrays.copyOf(start, 3)).requiresGrad_();
    Tensor q = tensor(Arrays.copyOfRange(start, 3, 5)).requiresGrad_();
    Tensor unused = ones(2).requiresGrad_();
    SGDOptions options = new SGDOptions(0.1).momentum(0.9);
    SGD first = new SGD(List.of(p), options);
    SGD second = new SGD(List.of(q, unused), options.lr(0.01).weightDecay(0.1));
    for (int step = 0; step < 20; step++) {
      first.zeroGrad();
      second.zeroGrad();
      loss.part(0, 3).at(p).add(loss.part(3, 5).at(q)).backward();
      first.step();
      second.step();
      double[] expected = numbers(lines.next());
      assertArrayEquals(Arrays.copyOf(expected, 3), p.toDoubleArray(), 1e-11);
      assertArrayEquals(Arrays.copyOfRange(expected, 3, 5), q.toDoubleArray(), 1e-11);
    }
    assertArrayEquals(new float[] {1, 1}, unused.toFloatArray());
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
    assertRefused("Invalid learning rate: -1.0", () -> optimizer.setLr(-1));
    assertRefused(
        "Invalid momentum value: -0.1",
        () -> optimizer.setOptions(new SGDOptions(1).momentum(-0.1)));
    assertEquals(0.5, optimizer.lr());
  }

  private static void assertRefused(String message, Executable making) {
    assertEquals(message, assertThrows(ArgumentException.class, making).getMessage());
  }
}
