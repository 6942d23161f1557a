package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

/** Activations that take a bound to zero. */
final class ShrinksTest {
  @Test
  void softshrink_moves_towards_zero_by_the_bound() {
    double[] found = Ops.call("softshrink", Tensors.tensor(2.0, -2.0, 0.25), 0.5).toDoubleArray();
    assertArrayEquals(new double[] {1.5, -1.5, 0}, found);
  }

  @Test
  void softshrink_refuses_integers_whose_bound_would_be_cut() {
    String message =
        assertThrows(
                DTypeException.class, () -> Ops.call("softshrink", Tensors.tensor(2L, -2L), 0.5))
            .getMessage();
    assertTrue(message.contains("\"softshrink_cpu\" not implemented for 'Long'"), message);
  }
}
