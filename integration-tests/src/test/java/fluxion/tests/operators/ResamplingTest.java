package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Margins, other sizes, grids and shuffled pixels. */
final class ResamplingTest {
  private static Tensor row(double... values) {
    return Tensors.tensor(values).reshape(1, 1, values.length);
  }

  private static String refusal(String name, Object... arguments) {
    return assertThrows(FluxionException.class, () -> Ops.call(name, arguments)).getMessage();
  }

  @Test
  void a_margin_is_constant_mirrored_repeated_or_wrapped() {
    Tensor x = row(1, 2, 3);
    List<Long> pad = List.of(2L, 1L);
    assertArrayEquals(
        new double[] {9, 9, 1, 2, 3, 9}, Ops.call("pad", x, pad, "constant", 9.0).toDoubleArray());
    assertArrayEquals(
        new double[] {3, 2, 1, 2, 3, 2}, Ops.call("pad", x, pad, "reflect").toDoubleArray());
    assertArrayEquals(
        new double[] {1, 1, 1, 2, 3, 3}, Ops.call("pad", x, pad, "replicate").toDoubleArray());
    assertArrayEquals(
        new double[] {2, 3, 1, 2, 3, 1}, Ops.call("pad", x, pad, "circular").toDoubleArray());
  }

  @Test
  void a_negative_margin_cuts_off() {
    Tensor x = row(1, 2, 3);
    assertArrayEquals(new double[] {2, 3, 0}, Ops.call("pad", x, List.of(-1L, 1L)).toDoubleArray());
  }

  @Test
  void a_mirrored_element_gets_the_gradients_of_its_images() {
    Tensor x = row(1, 2, 3).requiresGrad_();
    Ops.call("pad", x, List.of(2L, 1L), "reflect").sum().backward();
    assertArrayEquals(new double[] {1, 3, 2}, x.grad().toDoubleArray());
  }

  @Test
  void a_margin_that_is_too_wide_to_mirror_is_refused() {
    String message = refusal("pad", row(1, 2, 3), List.of(3L, 0L), "reflect");
    assertTrue(
        message.contains(
            "Argument #4: Padding size should be less than the corresponding input dimension, but"
                + " got: padding (3, 0) at dimension 2 of input [1, 1, 3]"),
        message);
    assertTrue(
        refusal("pad", row(1), List.of(1L)).contains("Padding length must be divisible by 2"));
  }

  @Test
  void the_nearest_element_is_taken_by_edges_or_by_centres() {
    Tensor x = row(0, 1, 2);
    assertArrayEquals(new double[] {0, 0, 1, 1, 2}, Ops.call("interpolate", x, 5L).toDoubleArray());
    assertArrayEquals(
        new double[] {0, 0, 1, 2, 2},
        Ops.call("interpolate", x, 5L, null, "nearest-exact").toDoubleArray());
  }

  @Test
  void a_straight_line_stays_one_between_aligned_corners() {
    Tensor y = Ops.call("interpolate", row(0, 2), 5L, null, "linear", true);
    assertArrayEquals(new double[] {0, 0.5, 1, 1.5, 2}, y.toDoubleArray(), 1e-15);
  }

  @Test
  void shrinking_with_antialias_keeps_the_mean_of_a_constant() {
    Tensor x = Tensors.ones(1, 1, 8, 6);
    Tensor y =
        Ops.call(
            "interpolate",
            List.of(x, List.of(3L, 2L)),
            Map.of("mode", "bicubic", "antialias", true));
    assertEquals(Shape.of(1, 1, 3, 2), y.shape());
    assertArrayEquals(new double[] {1, 1, 1, 1, 1, 1}, y.toDoubleArray(), 1e-6);
  }

  @Test
  void a_mode_that_does_not_fit_the_input_is_refused() {
    assertTrue(
        refusal("interpolate", row(1, 2), 3L, null, "bilinear")
            .contains("Got 3D input, but bilinear mode needs 4D input"));
    assertTrue(
        refusal("interpolate", row(1, 2))
            .contains("either size or scale_factor should be defined"));
    assertTrue(
        refusal("interpolate", row(1, 2), 3L, 1.5)
            .contains("only one of size or scale_factor should be defined"));
    assertTrue(
        refusal("interpolate", row(1, 2), 3L, null, "nearest", true)
            .contains("align_corners option can only be set with the interpolating modes"));
  }

  @Test
  void the_grid_of_the_identity_gives_the_image_back() {
    Tensor theta = Tensors.tensor(1.0, 0.0, 0.0, 0.0, 1.0, 0.0).reshape(1, 2, 3);
    Tensor image = Tensors.tensor(1.0, 2.0, 3.0, 4.0, 5.0, 6.0).reshape(1, 1, 2, 3);
    Tensor grid = Ops.call("affine_grid", theta, List.of(1L, 1L, 2L, 3L));
    Tensor same = Ops.call("grid_sample", image, grid);
    assertArrayEquals(image.toDoubleArray(), same.toDoubleArray(), 1e-14);
  }

  @Test
  void what_lies_outside_is_zero_the_border_or_a_reflection() {
    Tensor image = Tensors.tensor(1.0, 2.0, 3.0, 4.0).reshape(1, 1, 1, 4);
    Tensor grid = Tensors.tensor(-1.5, 0.0, -1.0, 0.0).reshape(1, 1, 2, 2);
    // with aligned corners, −1.5 is place −0.75
    double[] expected = {0.25, 1};
    Tensor zeros = Ops.call("grid_sample", image, grid, "bilinear", "zeros", true);
    assertArrayEquals(expected, zeros.toDoubleArray(), 1e-15);
    Tensor border = Ops.call("grid_sample", image, grid, "bilinear", "border", true);
    assertArrayEquals(new double[] {1, 1}, border.toDoubleArray(), 1e-15);
    Tensor reflected = Ops.call("grid_sample", image, grid, "bilinear", "reflection", true);
    assertArrayEquals(new double[] {1.75, 1}, reflected.toDoubleArray(), 1e-15);
  }

  @Test
  void shuffled_pixels_come_back() {
    Tensor x = Tensors.arange(24).reshape(1, 4, 2, 3);
    Tensor y = Ops.call("pixel_shuffle", x, 2L);
    assertEquals(Shape.of(1, 1, 4, 6), y.shape());
    assertArrayEquals(new long[] {0, 6, 1, 7, 2, 8}, y.select(2, 0).toLongArray());
    assertArrayEquals(x.toLongArray(), Ops.call("pixel_unshuffle", y, 2L).toLongArray());
    assertTrue(
        refusal("pixel_shuffle", Tensors.ones(1, 3, 2, 2), 2L)
            .contains("input.size(-3)=3 is not divisible by 4"));
  }

  @Test
  void channels_are_dealt_out_to_groups() {
    Tensor x = Tensors.arange(6).reshape(1, 6, 1);
    assertArrayEquals(
        new long[] {0, 3, 1, 4, 2, 5}, Ops.call("channel_shuffle", x, 2L).toLongArray());
  }
}
