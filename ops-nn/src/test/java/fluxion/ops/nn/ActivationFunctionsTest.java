package fluxion.ops.nn;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ActivationFunctionsTest {
  private static double[] gradient(Tensor y, Tensor x) {
    y.sum().backward();
    return x.grad().toDoubleArray();
  }

  @Test
  void kinks_have_the_gradients_of_PyTorch() {
    Tensor x = tensor(-1.0, 0, 1).requiresGrad_();
    assertArrayEquals(
        new double[] {0.1, 0.1, 1}, gradient(ActivationFunctions.leakyRelu(x, 0.1), x));
    Tensor y = tensor(-1.0, 0, 1).requiresGrad_();
    assertArrayEquals(new double[] {0, 1, 0}, gradient(ActivationFunctions.hardtanh(y, -1, 1), y));
    Tensor z = tensor(-0.5, 0.5, 0.75).requiresGrad_();
    assertArrayEquals(new double[] {0, 0, 1}, gradient(ActivationFunctions.softshrink(z, 0.5), z));
    Tensor r = tensor(0.0, 3, 6).requiresGrad_();
    assertArrayEquals(new double[] {0, 1, 0}, gradient(ActivationFunctions.relu6(r), r));
  }

  @Test
  void softplus_is_the_identity_above_its_threshold() {
    double[] y = ActivationFunctions.softplus(tensor(0.0, 30, 1000), 1, 20).toDoubleArray();
    assertArrayEquals(new double[] {Math.log(2), 30, 1000}, y, 1e-15);
  }

  @Test
  void gelu_comes_exact_and_approximate() {
    Tensor x = tensor(1.0);
    assertEquals(0.8413447460685429, ActivationFunctions.gelu(x).item(), 1e-15);
    assertEquals(0.8411919906082768, ActivationFunctions.geluTanh(x).item(), 1e-15);
    assertEquals(
        "approximate argument must be either none or tanh; got 'erf'",
        assertThrows(
                ArgumentException.class,
                () -> Ops.call("gelu", List.of(x), Map.of("approximate", "erf")))
            .getMessage());
  }

  @Test
  void shrinking_by_a_negative_number_is_refused() {
    assertEquals(
        "lambda must be greater or equal to 0, but found to be -0.5.",
        assertThrows(
                ArgumentException.class, () -> ActivationFunctions.softshrink(tensor(1.0), -0.5))
            .getMessage());
  }
}
