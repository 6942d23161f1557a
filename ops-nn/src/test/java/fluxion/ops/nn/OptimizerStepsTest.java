package fluxion.ops.nn;

import static fluxion.api.Tensors.arange;
import static fluxion.api.Tensors.ones;
import static fluxion.api.Tensors.tensor;
import static fluxion.api.Tensors.zeros;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import org.junit.jupiter.api.Test;

/**
 * Steps worked out by hand; trajectories recorded from PyTorch are in the tests of the optimisers.
 */
final class OptimizerStepsTest {
  private static Tensor adam(Tensor p, Tensor grad, Tensor m, Tensor v, boolean decoupled) {
    return OptimizerSteps.adam()
        .apply(p, grad, m, v, null, 0.5, 1, 0.5, 0.75, 0, 0.5, decoupled, false);
  }

  @Test
  void parameter_and_state_change_in_one_pass_and_nothing_is_recorded() {
    Tensor p = tensor(1.0, 2.0).requiresGrad_();
    Tensor m = tensor(0.0, 0.0);
    Tensor v = tensor(0.0, 0.0);
    assertSame(p, adam(p, tensor(1.0, -2.0), m, v, true));
    // p · (1 − 0.5 · 0.5) − 0.5 · sign(g), for in the first step m / √v is the sign.
    assertArrayEquals(new double[] {0.25, 2}, p.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {0.5, -1}, m.toDoubleArray());
    assertArrayEquals(new double[] {0.25, 1}, v.toDoubleArray());
    assertTrue(p.isLeaf());
    assertEquals(1, p.version());
    assertEquals(1, m.version());
    assertEquals(1, v.version());
  }

  @Test
  void coupled_decay_is_part_of_the_gradient() {
    Tensor p = tensor(1.0, 2.0);
    Tensor m = tensor(0.0, 0.0);
    adam(p, tensor(1.0, -3.0), m, tensor(0.0, 0.0), false);
    assertArrayEquals(new double[] {0.75, -1}, m.toDoubleArray());
    assertArrayEquals(new double[] {0.5, 2.5}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void amsgrad_divides_by_the_largest_size_so_far() {
    Tensor p = tensor(new double[] {1});
    Tensor largest = tensor(new double[] {16});
    OptimizerSteps.adam()
        .apply(
            p,
            tensor(new double[] {2}),
            tensor(new double[] {0}),
            tensor(new double[] {0}),
            largest,
            1,
            1,
            0.5,
            0.75,
            0,
            0,
            false,
            true);
    // Upwards: m / (1 − 0.5) = −2; √16 / √0.25 = 8.
    assertArrayEquals(new double[] {1.25}, p.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {16}, largest.toDoubleArray());
  }

  @Test
  void a_resilient_step_grows_shrinks_and_stays_within_bounds() {
    Tensor p = zeros(4).toDouble();
    Tensor prev = tensor(1.0, -1.0, 0.0, 1.0);
    Tensor size = tensor(1.0, 1.0, 1.0, 40.0);
    OptimizerSteps.rprop().apply(p, ones(4).toDouble(), prev, size, 0.5, 1.5, 0.6, 50, false);
    assertArrayEquals(new double[] {1.5, 0.6, 1, 50}, size.toDoubleArray());
    assertArrayEquals(new double[] {1, 0, 1, 1}, prev.toDoubleArray());
    assertArrayEquals(new double[] {-1.5, 0, -1, -50}, p.toDoubleArray());
  }

  @Test
  void an_average_begins_where_its_weight_is_below_one() {
    Tensor p = tensor(new double[] {2});
    Tensor ax = tensor(new double[] {6});
    Tensor grad = tensor(new double[] {1});
    OptimizerSteps.asgd().apply(p, grad, ax, 0.5, 1, 0.5, 0, false);
    assertArrayEquals(new double[] {1}, p.toDoubleArray());
    assertArrayEquals(new double[] {1}, ax.toDoubleArray());
    OptimizerSteps.asgd().apply(p, grad, ax, 0.5, 0.5, 0, 0, true);
    assertArrayEquals(new double[] {1.5}, p.toDoubleArray());
    assertArrayEquals(new double[] {1.25}, ax.toDoubleArray());
  }

  @Test
  void strides_do_not_matter() {
    Tensor p = arange(6).toDouble().reshape(2, 3).transpose(0, 1);
    Tensor sum = ones(3, 2).toDouble().mul(3.0);
    OptimizerSteps.adagrad().apply(p, ones(3, 2).toDouble(), sum, 2, 2, 1, 0, 0, false);
    // 2 / (1 + 1) · 1 / √4
    assertArrayEquals(new double[] {-0.5, 2.5, 0.5, 3.5, 1.5, 4.5}, p.toDoubleArray());
    assertArrayEquals(new double[] {4, 4, 4, 4, 4, 4}, sum.toDoubleArray());
  }

  /** The state would be 0 in float16; as it is computed in float32 the step has its right size. */
  @Test
  void narrow_floats_are_rounded_when_they_are_stored() {
    Tensor p = tensor(1f).to(DType.FLOAT16);
    Tensor m = tensor(0f).to(DType.FLOAT16);
    Tensor v = tensor(0f).to(DType.FLOAT16);
    Tensor grad = tensor(1e-3f).to(DType.FLOAT16);
    OptimizerSteps.adam().apply(p, grad, m, v, null, 0.25, 1, 0.9, 0.999, 1e-8, 0, false, false);
    assertEquals(0.75, p.item(), 1e-3);
    assertEquals(0, v.item());
  }

  @Test
  void an_empty_parameter_is_left() {
    Tensor p = ones(0, 3);
    assertSame(
        p, OptimizerSteps.adadelta().apply(p, p, ones(0, 3), ones(0, 3), 1, 0.9, 0, 0, false));
  }

  @Test
  void steps_are_there_by_name() {
    Tensor p = tensor(1.0, 2.0);
    Ops.call("radam_step_", p, tensor(1.0, -2.0), zeros(2).toDouble(), zeros(2).toDouble(), 0.5, 1);
    // Too early to know the size of the gradient: m / (1 − 0.9) is the gradient itself.
    assertArrayEquals(new double[] {0.5, 3}, p.toDoubleArray(), 1e-15);
  }

  @Test
  void gradient_and_state_are_like_the_parameter() {
    Tensor p = tensor(1.0, 2.0);
    Tensor grad = tensor(1.0, 1.0);
    assertEquals(
        "adam_step_: expected a gradient of the parameter's shape [2], found [3]",
        assertThrows(ShapeException.class, () -> adam(p, ones(3).toDouble(), grad, grad, false))
            .getMessage());
    assertEquals(
        "adam_step_: expected a state exp_avg of the parameter's dtype torch.float64, found"
            + " torch.float32",
        assertThrows(DTypeException.class, () -> adam(p, grad, ones(2), grad, false)).getMessage());
    assertEquals(
        "adam_step_: expected a state exp_avg_sq of the parameter's shape [2], found [1]",
        assertThrows(
                ShapeException.class, () -> adam(p, grad, grad.clone(), ones(1).toDouble(), false))
            .getMessage());
    Tensor integers = tensor(1L, 2L);
    assertEquals(
        "adam_step_: expected a parameter of floating-point numbers, found torch.int64",
        assertThrows(
                DTypeException.class, () -> adam(integers, integers, integers, integers, false))
            .getMessage());
    assertEquals(
        "rmsprop_step_: momentum needs a momentum buffer",
        assertThrows(
                ArgumentException.class,
                () ->
                    OptimizerSteps.rmsprop()
                        .apply(p, grad, zeros(2).toDouble(), null, null, 1, 0.9, 0, 0, 0.5, false))
            .getMessage());
    assertArrayEquals(new double[] {1, 2}, p.toDoubleArray());
  }
}
