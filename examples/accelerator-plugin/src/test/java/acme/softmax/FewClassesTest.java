package acme.softmax;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Ops;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.api.Selection;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The plugin in the engine, beside the kernel that it replaces. */
final class FewClassesTest {
  private static final String NAME = "accelerator:Softmax@cpu";

  @AfterEach
  void choose_the_plugin_again() {
    Plugins.prefer(NAME, "acme.softmax");
  }

  private static Tensor byTheDevice(String operator, Tensor x, int dim) {
    Plugins.prefer(NAME, "fluxion.backend.cpu");
    try {
      return Ops.call(operator, x, dim);
    } finally {
      Plugins.prefer(NAME, "acme.softmax");
    }
  }

  @Test
  void it_serves_softmax_on_the_processor() {
    Selection served =
        Plugins.selections().stream()
            .filter(selection -> selection.kind() == Plugin.Kind.ACCELERATORS)
            .findFirst()
            .orElseThrow();
    assertEquals("Softmax@cpu", served.name());
    assertEquals("acme.softmax", served.module());
    assertTrue(Plugins.list().stream().allMatch(Plugin::isFullyUsable));
  }

  @Test
  void its_exponential_is_within_two_roundings_of_the_true_one() {
    for (float v = 0; v > -100; v -= 0.01f) {
      double due = Math.exp(v);
      assertEquals(due, FewClasses.exp(v), 2 * Math.ulp((float) due), "exp(" + v + ")");
    }
    assertTrue(Float.isNaN(FewClasses.exp(Float.NaN)));
    assertEquals(0f, FewClasses.exp(Float.NEGATIVE_INFINITY));
  }

  @Test
  void results_are_those_of_the_device_but_for_rounding() {
    Tensor x = Tensors.randn(7, 10).mul(20);
    for (String operator : new String[] {"softmax", "log_softmax"}) {
      for (Tensor each : new Tensor[] {x, x.to(DType.FLOAT64), x.t()}) {
        for (int dim = 0; dim < 2; dim++) {
          assertArrayEquals(
              byTheDevice(operator, each, dim).toDoubleArray(),
              ((Tensor) Ops.call(operator, each, dim)).toDoubleArray(),
              1e-5,
              operator + " along " + dim);
        }
      }
    }
  }

  @Test
  void a_row_with_a_nan_or_an_infinite_largest_element_is_all_nan() {
    Tensor x =
        Tensors.tensor(
            new float[][] {
              {1, Float.NaN, 2}, {Float.POSITIVE_INFINITY, 1, 2}, {Float.NEGATIVE_INFINITY, 0, 0}
            });
    assertArrayEquals(
        new double[] {
          Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, 0, 0.5, 0.5
        },
        ((Tensor) Ops.call("softmax", x, 1)).toDoubleArray());
  }

  @Test
  void gradients_follow_without_more_code() {
    Tensor x = Tensors.tensor(1.0, 2.0, 3.0).requiresGrad_(true);
    Tensor y = Ops.call("softmax", x, 0);
    y.select(0, 0).backward();
    // dy₀/dx = y₀·(1 − y₀), −y₀·y₁, −y₀·y₂
    double[] p = y.detach().toDoubleArray();
    assertArrayEquals(
        new double[] {p[0] * (1 - p[0]), -p[0] * p[1], -p[0] * p[2]},
        x.grad().toDoubleArray(),
        1e-6);
  }
}
