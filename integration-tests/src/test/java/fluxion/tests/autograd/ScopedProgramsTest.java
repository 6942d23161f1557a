package fluxion.tests.autograd;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.AutogradException;
import fluxion.api.Memory;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Programs of random operations, views and writes into views give the same bits, or the same
 * refusal, whether their memory is used again or not.
 */
class ScopedProgramsTest {
  /** What a program does with scopes. */
  private enum Scoping {
    NONE,
    AROUND_ALL,
    AROUND_FORWARD
  }

  private static List<Tensor> inputs(long seed) {
    Random values = new Random(~seed);
    return List.of(
        tensor(
            RandomProgramsTest.doubles(values, 1800), Shape.of(3, 600), TensorOptions.withGrad()),
        tensor(RandomProgramsTest.doubles(values, 600), Shape.of(600), TensorOptions.withGrad()));
  }

  private static Tensor twice(long seed, List<Tensor> inputs) {
    List<Tensor> first =
        Autograd.grad(
            List.of(RandomProgramsTest.run(seed, inputs)), inputs, null, true, true, false);
    Tensor sum = null;
    for (Tensor gradient : first) {
      Tensor square = gradient.mul(gradient).sum();
      sum = sum == null ? square : sum.add(square);
    }
    return sum;
  }

  /** The results' bits, or the refusal. */
  private static List<Object> run(long seed, Scoping scoping, boolean second) {
    List<Tensor> inputs = inputs(seed);
    List<Object> results = new ArrayList<>();
    try {
      // Gradients of the second walk are added to those of the first.
      for (int walk = 0; walk < 2; walk++) {
        Tensor loss;
        if (scoping == Scoping.NONE) {
          loss = second ? twice(seed, inputs) : RandomProgramsTest.run(seed, inputs);
          loss.backward(null, true, false);
          loss.backward();
          results.add(loss.toDoubleArray());
        } else if (scoping == Scoping.AROUND_ALL) {
          try (var _ = Memory.scope()) {
            loss = second ? twice(seed, inputs) : RandomProgramsTest.run(seed, inputs);
            loss.backward(null, true, false);
            loss.backward();
            results.add(loss.toDoubleArray());
          }
        } else {
          try (var scope = Memory.scope()) {
            loss = scope.keep(second ? twice(seed, inputs) : RandomProgramsTest.run(seed, inputs));
          }
          try (var _ = Memory.scope()) {
            RandomProgramsTest.run(seed + 1, inputs(seed + 1)); // takes what was given back
          }
          loss.backward(null, true, false);
          loss.backward();
          results.add(loss.toDoubleArray());
        }
      }
      for (Tensor input : inputs) {
        Tensor gradient = input.grad();
        results.add(gradient == null ? "none" : gradient.toDoubleArray());
      }
    } catch (AutogradException e) {
      results.clear();
      results.add(e.getMessage());
    }
    return results;
  }

  private static void assertSame(long seed, List<Object> expected, List<Object> actual) {
    assertEquals(expected.size(), actual.size(), "program " + seed + ": " + actual.get(0));
    for (int i = 0; i < expected.size(); i++) {
      if (expected.get(i) instanceof double[] numbers) {
        assertArrayEquals(numbers, (double[]) actual.get(i), "program " + seed);
      } else {
        assertEquals(expected.get(i), actual.get(i), "program " + seed);
      }
    }
  }

  private static void check(int programs, long firstSeed) {
    int refused = 0;
    for (long seed = firstSeed; seed < firstSeed + programs; seed++) {
      for (boolean second : new boolean[] {false, true}) {
        List<Object> expected = run(seed, Scoping.NONE, second);
        refused += expected.size() == 1 ? 1 : 0;
        for (Scoping scoping : Scoping.values()) {
          assertSame(seed, expected, run(seed, scoping, second));
        }
      }
    }
    assertTrue(
        refused < 1.5 * programs, refused + " of " + 2 * programs + " programs were refused");
  }

  @Test
  void scopes_change_no_bit_of_random_programs() {
    check(10, 1);
  }

  @Test
  @Tag("full")
  void scopes_change_no_bit_of_many_random_programs() {
    check(150, 2_000_000);
  }
}
