package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pools, on numbers that one can check by eye. */
final class PoolsTest {
  private static Tensor row(double... values) {
    return Tensors.tensor(values).reshape(1, 1, values.length);
  }

  private static List<Tensor> withIndices(String name, Tensor x, Object kernelOrSize) {
    return Ops.callAll(name, List.of(x, kernelOrSize), Map.of("return_indices", true));
  }

  @Test
  void a_maximum_comes_with_its_place_in_the_input() {
    List<Tensor> found = withIndices("max_pool1d", row(1, 5, 5, 2, 7, 0), 3L);
    assertArrayEquals(new double[] {5, 7}, found.get(0).toDoubleArray());
    assertArrayEquals(new long[] {1, 4}, found.get(1).toLongArray());
  }

  @Test
  void a_NaN_wins_and_the_margin_never_does() {
    double none = Double.NEGATIVE_INFINITY;
    List<Tensor> found =
        Ops.callAll(
            "max_pool1d",
            List.of(row(none, none, Double.NaN, 9), 2L),
            Map.of("padding", 1L, "stride", 1L, "return_indices", true));
    assertArrayEquals(
        new double[] {none, none, Double.NaN, Double.NaN, 9}, found.get(0).toDoubleArray());
    assertArrayEquals(new long[] {0, 0, 2, 2, 3}, found.get(1).toLongArray());
  }

  @Test
  void the_gradient_of_overlapping_windows_adds_up_at_the_maximum() {
    Tensor x = row(0, 3, 1, 2).requiresGrad_();
    Ops.call("max_pool1d", x, 2L, 1L).sum().backward();
    assertArrayEquals(new double[] {0, 2, 0, 1}, x.grad().toDoubleArray());
  }

  @Test
  void a_mean_counts_the_margin_only_if_it_is_told_to() {
    Tensor x = row(2, 4, 6);
    Tensor counted = Ops.call("avg_pool1d", x, 2L, 2L, 1L);
    assertArrayEquals(new double[] {1, 5}, counted.toDoubleArray());
    Tensor own = Ops.call("avg_pool1d", x, 2L, 2L, 1L, false, false);
    assertArrayEquals(new double[] {2, 5}, own.toDoubleArray());
  }

  @Test
  void a_last_window_that_does_not_fit_counts_in_ceil_mode() {
    Tensor x = row(1, 2, 3, 4, 5);
    assertArrayEquals(
        new double[] {1.5, 3.5, 5}, Ops.call("avg_pool1d", x, 2L, 2L, 0L, true).toDoubleArray());
    assertEquals(Shape.of(1, 1, 2), Ops.call("avg_pool1d", x, 2L).shape());
  }

  @Test
  void adaptive_windows_overlap_where_sizes_do_not_divide() {
    Tensor x = row(1, 2, 3, 4, 5);
    // windows 0–1, 1–3 and 3–4
    assertArrayEquals(
        new double[] {1.5, 3, 4.5}, Ops.call("adaptive_avg_pool1d", x, 3L).toDoubleArray(), 1e-15);
    List<Tensor> largest = withIndices("adaptive_max_pool1d", x, 3L);
    assertArrayEquals(new double[] {2, 4, 5}, largest.get(0).toDoubleArray());
    assertArrayEquals(new long[] {1, 3, 4}, largest.get(1).toLongArray());
  }

  @Test
  void an_infinity_stays_in_the_windows_that_hold_it() {
    Tensor x = row(Double.POSITIVE_INFINITY, 2, 3, 4, 5);
    double[] means = Ops.call("adaptive_avg_pool1d", x, 3L).toDoubleArray();
    assertArrayEquals(new double[] {Double.POSITIVE_INFINITY, 3, 4.5}, means, 1e-15);
  }

  private static Tensor floats(long seed, long... sizes) {
    Random random = new Random(seed);
    Shape shape = Shape.of(sizes);
    double[] values = random.doubles(shape.numel(), -1, 1).toArray();
    if (values.length > 9) {
      values[4] = Double.NaN;
      values[9] = Double.POSITIVE_INFINITY;
    }
    return Tensors.tensor(values, shape, TensorOptions.of(DType.FLOAT32));
  }

  @Test
  void means_have_the_same_bits_in_every_layout() {
    long[][] all = {{2, 2, 0}, {3, 1, 1}, {3, 2, 1}, {2, 3, 0}, {7, 7, 0}, {5, 3, 2}};
    for (long[] window : all) {
      Tensor x = floats(window[0], 2, 3, 14, 21);
      // no device has loops for rows that lie apart
      Tensor turned = x.transpose(2, 3).contiguous().transpose(2, 3);
      Tensor expected =
          Ops.call("avg_pool2d", turned, window[0], window[1], window[2], true, false);
      Tensor found = Ops.call("avg_pool2d", x, window[0], window[1], window[2], true, false);
      assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray());
    }
    Tensor x = floats(1, 4, 5, 14, 21);
    Tensor turned = x.transpose(2, 3).contiguous().transpose(2, 3);
    for (long output : new long[] {1, 7}) {
      assertArrayEquals(
          Ops.call("adaptive_avg_pool2d", turned, output).toDoubleArray(),
          Ops.call("adaptive_avg_pool2d", x, output).toDoubleArray());
    }
  }

  @Test
  void a_batch_of_no_images_has_no_means() {
    Tensor x = floats(1, 0, 3, 8, 8).requiresGrad_();
    Tensor means = Ops.call("avg_pool2d", x, 2L);
    assertEquals(Shape.of(0, 3, 4, 4), means.shape());
    means.sum().backward();
    assertEquals(x.shape(), x.grad().shape());
    assertEquals(Shape.of(0, 3, 1, 1), Ops.call("adaptive_avg_pool2d", x, 1L).shape());
  }

  @Test
  void the_gradient_of_means_has_a_gradient() {
    Tensor x = Tensors.ones(TensorOptions.of(DType.FLOAT32), 1, 1, 4, 6).requiresGrad_();
    Tensor c = Tensors.ones(TensorOptions.of(DType.FLOAT32), 1, 1, 2, 3).requiresGrad_();
    Ops.call("avg_pool2d", x, 2L).backward(c, true, true);
    Tensor gradient = x.grad();
    assertEquals(0.25, gradient.mean().item());
    x.setGrad(null);
    gradient.mul(8).sum().backward();
    assertArrayEquals(new double[] {8, 8, 8, 8, 8, 8}, c.grad().toDoubleArray());
  }

  @Test
  void unpooling_puts_elements_back() {
    List<Tensor> found = withIndices("max_pool1d", row(1, 3, 4, 2), 2L);
    Tensor back = Ops.call("max_unpool1d", found.get(0), found.get(1), 2L);
    assertArrayEquals(new double[] {0, 3, 4, 0}, back.toDoubleArray());
  }

  @Test
  void a_power_pool_of_order_2_is_the_norm_of_each_window() {
    Tensor x = row(3, 4, 6, 8);
    assertArrayEquals(
        new double[] {5, 10}, Ops.call("lp_pool1d", x, 2.0, 2L).toDoubleArray(), 1e-12);
  }

  @Test
  void windows_that_do_not_fit_are_refused() {
    String message =
        assertThrows(FluxionException.class, () -> Ops.call("max_pool2d", row(1, 2), 3L))
            .getMessage();
    assertTrue(
        message.contains(
            "Given input size: (1x1x2). Calculated output size: (1x0x0). Output size is too"
                + " small"),
        message);
    message =
        assertThrows(FluxionException.class, () -> Ops.call("avg_pool1d", row(1, 2, 3), 2L, 1L, 2L))
            .getMessage();
    assertTrue(
        message.contains(
            "pad should be at most half of kernel size, but got pad=2 and kernel_size=2"),
        message);
  }
}
