package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import org.junit.jupiter.api.Test;

/** Activations that gate. */
final class GatesTest {
  @Test
  void softsign_and_hardsigmoid_stay_between_their_bounds() {
    Tensor x = Tensors.tensor(-4.0, 0.0, 1.0, 4.0);
    assertArrayEquals(
        new double[] {-0.8, 0, 0.5, 0.8}, Ops.call("softsign", x).toDoubleArray(), 1e-15);
    assertArrayEquals(
        new double[] {0, 0.5, 4 / 6.0, 1}, Ops.call("hardsigmoid", x).toDoubleArray(), 1e-15);
  }

  @Test
  void half_of_the_elements_gate_the_others() {
    Tensor x = Tensors.tensor(3.0, 5.0, 0.0, 0.0);
    assertArrayEquals(new double[] {1.5, 2.5}, Ops.call("glu", x).toDoubleArray());
    String message =
        assertThrows(FluxionException.class, () -> Ops.call("glu", Tensors.tensor(1.0, 2.0, 3.0)))
            .getMessage();
    assertTrue(
        message.contains("Halving dimension must be even, but dimension 0 is size 3"), message);
  }

  @Test
  void each_channel_has_its_slope() {
    Tensor x = Tensors.tensor(-1.0, -1.0, 2.0, -2.0).reshape(2, 2);
    Tensor slopes = Tensors.tensor(0.5, 0.25).requiresGrad_();
    Tensor y = Ops.call("prelu", x, slopes);
    assertArrayEquals(new double[] {-0.5, -0.25, 2, -0.5}, y.toDoubleArray());
    y.sum().backward();
    assertArrayEquals(new double[] {-1, -3}, slopes.grad().toDoubleArray());
    String message =
        assertThrows(
                FluxionException.class, () -> Ops.call("prelu", x, Tensors.tensor(0.1, 0.2, 0.3)))
            .getMessage();
    assertTrue(
        message.contains(
            "Mismatch of parameter numbers and input channel size. Found parameter numbers = 3 and"
                + " channel size = 2."),
        message);
  }

  @Test
  void softmin_prefers_the_smallest() {
    Tensor x = Tensors.tensor(0.0, Math.log(3));
    assertArrayEquals(new double[] {0.75, 0.25}, Ops.call("softmin", x, 0L).toDoubleArray(), 1e-15);
  }
}
