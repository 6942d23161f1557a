package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Normalisations, on numbers whose mean and variance are plain. */
final class NormalizationsTest {
  private static final double ROOT = Math.sqrt(1.5);

  @Test
  void a_layer_is_brought_to_mean_0_and_variance_1() {
    Tensor y = Ops.call("layer_norm", Tensors.tensor(1.0, 2.0, 3.0), 3L, null, null, 0.0);
    assertArrayEquals(new double[] {-ROOT, 0, ROOT}, y.toDoubleArray(), 1e-15);
  }

  @Test
  void a_batch_in_training_moves_the_running_statistics_by_its_unbiased_variance() {
    Tensor mean = Tensors.tensor(0.0);
    Tensor variance = Tensors.tensor(1.0);
    Tensor x = Tensors.tensor(1.0, 2.0, 3.0).reshape(3, 1);
    Tensor running = mean.reshape(1);
    Tensor runningVar = variance.reshape(1);
    Tensor y = Ops.call("batch_norm", x, running, runningVar, null, null, true, 0.5, 0.0);
    assertArrayEquals(new double[] {-ROOT, 0, ROOT}, y.toDoubleArray(), 1e-15);
    assertEquals(1.0, mean.item());
    assertEquals(1.0, variance.item());
  }

  @Test
  void a_batch_in_evaluation_uses_them_and_leaves_them() {
    Tensor mean = Tensors.tensor(new double[] {1.0});
    Tensor variance = Tensors.tensor(new double[] {4.0});
    Tensor x = Tensors.tensor(1.0, 5.0).reshape(2, 1);
    Tensor y = Ops.call("batch_norm", x, mean, variance, null, null, false, 0.5, 0.0);
    assertArrayEquals(new double[] {0, 2}, y.toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {1}, mean.toDoubleArray());
  }

  @Test
  void groups_are_normalised_apart() {
    Tensor x = Tensors.tensor(1.0, 3.0, 10.0, 30.0).reshape(1, 4);
    Tensor y = Ops.call("group_norm", x, 2L, null, null, 0.0);
    assertArrayEquals(new double[] {-1, 1, -1, 1}, y.toDoubleArray(), 1e-15);
  }

  @Test
  void a_root_mean_square_of_1_is_left() {
    Tensor y = Ops.call("rms_norm", Tensors.tensor(3.0, 4.0), 2L, null, 0.0);
    double scale = Math.sqrt(12.5);
    assertArrayEquals(new double[] {3 / scale, 4 / scale}, y.toDoubleArray(), 1e-15);
  }

  @Test
  void a_vector_is_divided_by_its_norm_and_zeros_stay() {
    Tensor x = Tensors.tensor(3.0, 4.0, 0.0, 0.0).reshape(2, 2);
    assertArrayEquals(
        new double[] {0.6, 0.8, 0, 0}, Ops.call("normalize", x).toDoubleArray(), 1e-15);
  }

  @Test
  void cosine_and_distance_are_those_of_plane_geometry() {
    Tensor a = Tensors.tensor(3.0, 4.0);
    Tensor b = Tensors.tensor(4.0, -3.0);
    assertEquals(0, Ops.call("cosine_similarity", a, b, 0L).item(), 1e-15);
    assertEquals(Math.sqrt(50), Ops.call("pairwise_distance", a, b, 2.0, 0.0).item(), 1e-14);
  }

  @Test
  void sizes_that_do_not_fit_are_refused() {
    Tensor x = Tensors.ones(2, 3);
    String message =
        assertThrows(FluxionException.class, () -> Ops.call("layer_norm", x, List.of(4L)))
            .getMessage();
    assertTrue(
        message.contains(
            "Given normalized_shape=[4], expected input with shape [*, 4], but got input of"
                + " size[2, 3]"),
        message);
    message =
        assertThrows(
                FluxionException.class,
                () -> Ops.call("batch_norm", Tensors.ones(1, 3), null, null, null, null, true))
            .getMessage();
    assertTrue(
        message.contains(
            "Expected more than 1 value per channel when training, got input size torch.Size([1,"
                + " 3])"),
        message);
  }
}
