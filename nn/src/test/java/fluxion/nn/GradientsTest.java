package fluxion.nn;

import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Tensor;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Expected numbers were recorded from PyTorch 1.13.1. */
final class GradientsTest {
  private final Tensor p = zeros(3).toDouble().requiresGrad_();
  private final Tensor q = zeros(2).toDouble().requiresGrad_();
  private final Tensor unused = zeros(2).toDouble().requiresGrad_();
  private final List<Tensor> parameters = List.of(p, unused, q);

  GradientsTest() {
    p.setGrad(tensor(3.0, -4.0, 0.5));
    q.setGrad(tensor(1.0, -0.2));
  }

  private void assertGradients(double... expected) {
    Tensor both = fluxion.api.Tensors.cat(0, p.grad(), q.grad());
    assertArrayEquals(expected, both.toDoubleArray(), 1e-15);
    assertEquals(null, unused.grad());
  }

  @Test
  void the_norm_of_all_gradients_is_brought_down() {
    Tensor norm = Gradients.clipNorm(parameters, 1.0);
    assertEquals(5.127377497317708, norm.item(), 1e-15);
    assertGradients(
        0.5850943131210995,
        -0.7801257508281327,
        0.09751571885351659,
        0.19503143770703318,
        -0.03900628754140664);
  }

  @Test
  void a_small_norm_is_left() {
    assertEquals(5.127377497317708, Gradients.clipNorm(parameters, 100.0).item(), 1e-15);
    assertGradients(3, -4, 0.5, 1, -0.2);
  }

  @Test
  void the_norm_can_be_another() {
    assertEquals(8.7, Gradients.clipNorm(parameters, 1, 1, false).item(), 1e-15);
    assertGradients(
        0.3448275465715464,
        -0.4597700620953952,
        0.0574712577619244,
        0.1149425155238488,
        -0.022988503104769763);
  }

  @Test
  void the_largest_element_can_be_the_norm() {
    Tensor norm = Gradients.clipNorm(parameters, 0.5, Double.POSITIVE_INFINITY, true);
    assertEquals(4, norm.item());
    assertGradients(
        0.37499990625002344,
        -0.49999987500003124,
        0.062499984375003904,
        0.12499996875000781,
        -0.024999993750001562);
  }

  @Test
  void elements_are_brought_between_bounds() {
    Gradients.clipValue(parameters, 0.7);
    assertGradients(0.7, -0.7, 0.5, 0.7, -0.2);
  }

  @Test
  void a_norm_that_is_not_finite_is_refused_on_demand() {
    p.setGrad(tensor(Double.NaN, 1.0, 1.0));
    ArgumentException refusal =
        assertThrows(ArgumentException.class, () -> Gradients.clipNorm(parameters, 1, 2, true));
    assertEquals(
        "The total norm of order 2.0 for gradients from `parameters` is non-finite, so it cannot be"
            + " clipped. To disable this error and scale the gradients by the non-finite norm"
            + " anyway, set `error_if_nonfinite=False`",
        refusal.getMessage());
    assertEquals(-0.2, q.grad().toDoubleArray()[1]);
    Gradients.clipNorm(parameters, 1);
    assertEquals(Double.NaN, q.grad().toDoubleArray()[1]);
  }

  @Test
  void without_gradients_the_norm_is_zero() {
    assertEquals("tensor(0.)", Gradients.clipNorm(List.of(unused), 1).toString());
  }

  @Test
  void narrow_floats_are_clipped_too() {
    Tensor narrow = ones(4).to(DType.BFLOAT16).requiresGrad_();
    narrow.setGrad(ones(4).to(DType.BFLOAT16));
    assertEquals(2, Gradients.clipNorm(List.of(narrow), 1).item());
    assertArrayEquals(new float[] {0.5f, 0.5f, 0.5f, 0.5f}, narrow.grad().toFloat().toFloatArray());
  }
}
