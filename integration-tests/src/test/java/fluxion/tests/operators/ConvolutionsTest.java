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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Convolutions, against sums that are written out, and what they refuse. */
final class ConvolutionsTest {
  private static Tensor counted(long... size) {
    Shape shape = Shape.of(size);
    double[] values = new double[(int) shape.numel()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 7 % 11) - 5;
    }
    return Tensors.tensor(values, shape, TensorOptions.of(DType.FLOAT64));
  }

  private static String refusal(String name, Object... arguments) {
    return assertThrows(FluxionException.class, () -> Ops.call(name, arguments)).getMessage();
  }

  /** The sum that defines a convolution over two dimensions. */
  private static double[] direct(
      Tensor x, Tensor w, long stride, long padding, long dilation, long groups) {
    int n = (int) x.size(0);
    long perGroup = w.size(1);
    int o = (int) w.size(0);
    int h = (int) ((x.size(2) + 2 * padding - dilation * (w.size(2) - 1) - 1) / stride + 1);
    int v = (int) ((x.size(3) + 2 * padding - dilation * (w.size(3) - 1) - 1) / stride + 1);
    double[] a = x.toDoubleArray();
    double[] b = w.toDoubleArray();
    double[] y = new double[n * o * h * v];
    for (int i = 0; i < y.length; i++) {
      int column = i % v;
      int row = i / v % h;
      int channel = i / v / h % o;
      int sample = i / v / h / o;
      for (int c = 0; c < perGroup; c++) {
        for (int p = 0; p < w.size(2); p++) {
          for (int q = 0; q < w.size(3); q++) {
            long r = row * stride + p * dilation - padding;
            long s = column * stride + q * dilation - padding;
            if (r >= 0 && r < x.size(2) && s >= 0 && s < x.size(3)) {
              long from = channel / (o / groups) * perGroup + c;
              y[i] +=
                  a[(int) (((sample * x.size(1) + from) * x.size(2) + r) * x.size(3) + s)]
                      * b[(int) (((channel * perGroup + c) * w.size(2) + p) * w.size(3) + q)];
            }
          }
        }
      }
    }
    return y;
  }

  @Test
  void a_convolution_is_the_sum_that_defines_it() {
    Tensor x = counted(2, 4, 7, 6);
    Tensor w = counted(6, 2, 3, 2);
    Tensor y = Ops.call("conv2d", x, w, null, 2L, 1L, 2L, 2L);
    assertArrayEquals(direct(x, w, 2, 1, 2, 2), y.toDoubleArray(), 1e-12);
  }

  @Test
  void a_transposed_convolution_is_the_adjoint_of_the_convolution() {
    Tensor x = counted(1, 4, 7, 5).requiresGrad_();
    Tensor w = counted(6, 2, 3, 3);
    Tensor y = Ops.call("conv2d", x, w, null, 2L, 1L, 1L, 2L);
    Tensor g = counted(y.shape().toArray()).add(0.5);
    y.mul(g).sum().backward();
    Tensor adjoint = Ops.call("conv_transpose2d", g, w, null, 2L, 1L, 0L, 2L, 1L);
    assertArrayEquals(x.grad().toDoubleArray(), adjoint.toDoubleArray(), 1e-12);
  }

  @Test
  void padding_same_keeps_the_size_and_adds_what_is_odd_on_the_right() {
    Tensor x = Tensors.tensor(1.0, 2.0, 3.0).reshape(1, 1, 3);
    Tensor w = Tensors.tensor(1.0, 10.0).reshape(1, 1, 2);
    Tensor y = Ops.call("conv1d", List.of(x, w), Map.of("padding", "same"));
    assertArrayEquals(new double[] {21, 32, 3}, y.toDoubleArray());
  }

  @Test
  void an_input_without_batch_gives_a_result_without() {
    Tensor y = Ops.call("conv3d", counted(2, 3, 4, 5), counted(3, 2, 2, 2, 2));
    assertEquals(Shape.of(3, 2, 3, 4), y.shape());
  }

  @Test
  void a_batch_that_is_cut_into_blocks_gives_what_its_images_give() {
    Tensor x = Tensors.ones(TensorOptions.of(DType.FLOAT32), 3, 1, 200_000);
    x.select(0, 1).mul_(2.0);
    x.select(0, 2).mul_(3.0);
    Tensor w = Tensors.ones(1, 1, 16).requiresGrad_();
    Tensor y = Ops.call("conv1d", x, w);
    assertEquals(Shape.of(3, 1, 199_985), y.shape());
    assertArrayEquals(new double[] {16, 32, 48}, y.amax(1, 2).toDoubleArray());
    assertArrayEquals(new double[] {16, 32, 48}, y.amin(1, 2).toDoubleArray());
    y.backward(Tensors.onesLike(y));
    double[] expected = new double[16];
    Arrays.fill(expected, 6.0 * 199_985);
    assertArrayEquals(expected, w.grad().toDoubleArray(), 100);
  }

  @Test
  void a_batch_of_none_gives_none() {
    Tensor y = Ops.call("conv1d", counted(0, 2, 5), counted(3, 2, 2));
    assertEquals(Shape.of(0, 3, 4), y.shape());
  }

  @Test
  void integers_are_convolved_as_integers() {
    Tensor x = Tensors.tensor(1L, 2L, 3L).reshape(1, 1, 3);
    Tensor w = Tensors.tensor(2L, -1L).reshape(1, 1, 2);
    assertArrayEquals(new long[] {0, 1}, Ops.call("conv1d", x, w).toLongArray());
  }

  @Test
  void what_does_not_fit_is_refused_in_the_words_of_PyTorch() {
    Tensor x = counted(1, 3, 5, 5);
    String message = refusal("conv2d", x, counted(4, 2, 3, 3));
    assertTrue(
        message.contains(
            "Given groups=1, weight of size [4, 2, 3, 3], expected input[1, 3, 5, 5] to have 2"
                + " channels, but got 3 channels instead"),
        message);
    message = refusal("conv2d", counted(3, 3), counted(4, 3, 3, 3));
    assertTrue(
        message.contains(
            "Expected 3D (unbatched) or 4D (batched) input to conv2d, but got input of size: [3,"
                + " 3]"),
        message);
    message = refusal("conv2d", x, counted(4, 3, 3, 3), null, 2L, "same");
    assertTrue(
        message.contains("padding='same' is not supported for strided convolutions"), message);
    message = refusal("conv2d", x, counted(4, 3, 3, 3), null, List.of(1L, 2L, 3L));
    assertTrue(
        message.contains(
            "expected stride to be a single integer value or a list of 2 values to match the"
                + " convolution dimensions, but got stride=[1, 2, 3]"),
        message);
    message = refusal("conv_transpose2d", x, counted(3, 4, 3, 3), null, 1L, 0L, 1L);
    assertTrue(
        message.contains("output padding must be smaller than either stride or dilation"), message);
  }

  @Test
  void folding_what_was_unfolded_counts_each_element_as_often_as_windows_hold_it() {
    Tensor x = Tensors.ones(TensorOptions.of(DType.FLOAT64), 1, 1, 3, 3);
    Tensor columns = Ops.call("im2col", x, 2L);
    assertEquals(Shape.of(1, 4, 4), columns.shape());
    Tensor folded = Ops.call("fold", columns, List.of(3L, 3L), 2L);
    assertArrayEquals(new double[] {1, 2, 1, 2, 4, 2, 1, 2, 1}, folded.toDoubleArray());
  }

  @Test
  void a_bilinear_map_multiplies_both_inputs() {
    Tensor weight = Tensors.tensor(1.0, 2.0, 3.0, 4.0).reshape(1, 2, 2);
    Tensor y = Ops.call("bilinear", Tensors.tensor(1.0, 10.0), Tensors.tensor(1.0, 100.0), weight);
    assertArrayEquals(new double[] {1 + 200 + 30 + 4000}, y.toDoubleArray());
  }
}
