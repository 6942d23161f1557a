package fluxion.nn.spatial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.ValuesAndIndices;
import fluxion.nn.Layer;
import org.junit.jupiter.api.Test;

/** Convolutions, pools and resampling as layers; what they compute is tested with operators. */
final class SpatialTest {
  private static final ConvOptions DOUBLES =
      ConvOptions.DEFAULT.tensors(TensorOptions.of(DType.FLOAT64));

  private static Tensor counted(long... size) {
    return Tensors.arange(Shape.of(size).numel()).to(DType.FLOAT64).reshape(size);
  }

  @Test
  void they_print_as_in_pytorch() {
    assertEquals("Conv1d(2, 4, kernel_size=(3,), stride=(1,))", new Conv1d(2, 4, 3).toString());
    assertEquals(
        "Conv2d(2, 4, kernel_size=(3, 5), stride=(2, 1), padding=(4, 2), dilation=(3, 1),"
            + " groups=2, bias=False, padding_mode=circular)",
        new Conv2d(
                2,
                4,
                ConvOptions.DEFAULT
                    .stride(2, 1)
                    .padding(4, 2)
                    .dilation(3, 1)
                    .groups(2)
                    .bias(false)
                    .paddingMode(PaddingMode.CIRCULAR),
                3,
                5)
            .toString());
    assertEquals(
        "Conv3d(1, 1, kernel_size=(3, 3, 3), stride=(1, 1, 1), padding=same)",
        new Conv3d(1, 1, ConvOptions.DEFAULT.samePadding(), 3).toString());
    assertEquals(
        "ConvTranspose2d(2, 4, kernel_size=(3, 3), stride=(2, 2), output_padding=(1, 1))",
        new ConvTranspose2d(2, 4, ConvOptions.DEFAULT.stride(2).outputPadding(1), 3).toString());
    assertEquals(
        "MaxPool1d(kernel_size=2, stride=2, padding=0, dilation=1, ceil_mode=False)",
        new MaxPool1d(2).toString());
    assertEquals(
        "MaxPool2d(kernel_size=(3, 2), stride=(2, 1), padding=0, dilation=1, ceil_mode=True)",
        new MaxPool2d(PoolOptions.kernel(3, 2).stride(2, 1).ceilMode(true)).toString());
    assertEquals(
        "AvgPool1d(kernel_size=(2,), stride=(2,), padding=(0,))", new AvgPool1d(2).toString());
    assertEquals(
        "AvgPool2d(kernel_size=3, stride=2, padding=1)", new AvgPool2d(3, 2, 1).toString());
    assertEquals(
        "LPPool2d(norm_type=2, kernel_size=3, stride=2, ceil_mode=False)",
        new LPPool2d(2, PoolOptions.kernel(3).stride(2)).toString());
    assertEquals(
        "LPPool1d(norm_type=1.5, kernel_size=3, stride=None, ceil_mode=False)",
        new LPPool1d(1.5, 3).toString());
    assertEquals(
        "AdaptiveAvgPool2d(output_size=(5, None))", new AdaptiveAvgPool2d(5L, null).toString());
    assertEquals("AdaptiveMaxPool1d(output_size=5)", new AdaptiveMaxPool1d(5L).toString());
    assertEquals("PixelShuffle(upscale_factor=2)", new PixelShuffle(2).toString());
    assertEquals("PixelUnshuffle(downscale_factor=2)", new PixelUnshuffle(2).toString());
    assertEquals(
        "Upsample(scale_factor=2.0, mode='nearest')", Upsample.byFactor("nearest", 2).toString());
    assertEquals(
        "Upsample(size=(4, 6), mode='bilinear')", Upsample.toSize("bilinear", 4, 6).toString());
  }

  @Test
  void a_convolution_has_the_shape_of_its_options() {
    Layer layer = new Conv2d(4, 6, ConvOptions.DEFAULT.stride(2).padding(1).groups(2), 3, 5);
    assertEquals(Shape.of(6, 2, 3, 5), ((Conv2d) layer).weight().shape());
    assertEquals(Shape.of(2, 6, 4, 3), layer.call(Tensors.rand(2, 4, 8, 8)).shape());
    Layer transposed = new ConvTranspose1d(4, 6, ConvOptions.DEFAULT.stride(2).groups(2), 3);
    assertEquals(Shape.of(4, 3, 3), ((ConvTranspose1d) transposed).weight().shape());
    assertEquals(Shape.of(6, 11), transposed.call(Tensors.rand(4, 5)).shape());
    assertEquals(
        Shape.of(1, 2, 3, 3, 3),
        new ConvTranspose3d(1, 2, 2).call(Tensors.rand(1, 1, 2, 2, 2)).shape());
  }

  @Test
  void padding_that_keeps_the_size_is_the_same_in_numbers() {
    Conv1d same = new Conv1d(1, 1, DOUBLES.samePadding().dilation(2), 3);
    Conv1d plain = new Conv1d(1, 1, DOUBLES.padding(2).dilation(2), 3);
    plain.loadStateDict(same.stateDict());
    Tensor x = counted(1, 1, 7);
    assertArrayEquals(plain.call(x).toDoubleArray(), same.call(x).toDoubleArray(), 1e-12);
    assertEquals(
        "padding='same' is not supported for strided convolutions",
        assertThrows(
                ArgumentException.class, () -> new Conv1d(1, 1, DOUBLES.samePadding().stride(2), 3))
            .getMessage());
  }

  @Test
  void other_paddings_are_those_of_a_wider_input() {
    ConvOptions around = DOUBLES.padding(0, 1).bias(false);
    Conv2d layer = new Conv2d(1, 1, around.paddingMode(PaddingMode.CIRCULAR), 1, 3);
    Conv2d plain = new Conv2d(1, 1, DOUBLES.bias(false), 1, 3);
    plain.loadStateDict(layer.stateDict());
    Tensor x = counted(1, 1, 2, 4);
    Tensor wide = Tensors.cat(3, x.narrow(3, 3, 1), x, x.narrow(3, 0, 1));
    assertArrayEquals(plain.call(wide).toDoubleArray(), layer.call(x).toDoubleArray(), 1e-12);
    Conv2d same =
        new Conv2d(1, 1, DOUBLES.bias(false).samePadding().paddingMode(PaddingMode.CIRCULAR), 1, 3);
    same.loadStateDict(layer.stateDict());
    assertArrayEquals(layer.call(x).toDoubleArray(), same.call(x).toDoubleArray(), 1e-12);
  }

  @Test
  void options_that_do_not_go_together_are_told_as_in_pytorch() {
    assertRefused("in_channels must be divisible by groups", 3, 4, DOUBLES.groups(2));
    assertRefused("out_channels must be divisible by groups", 4, 3, DOUBLES.groups(2));
    assertRefused("groups must be a positive integer", 4, 3, DOUBLES.groups(0));
    assertRefused(
        "stride must be one integer or 2, but got (1, 1, 1)", 1, 1, DOUBLES.stride(1, 1, 1));
    assertEquals(
        "Only \"zeros\" padding mode is supported for ConvTranspose2d",
        assertThrows(
                ArgumentException.class,
                () -> new ConvTranspose2d(1, 1, DOUBLES.paddingMode(PaddingMode.REFLECT), 3))
            .getMessage());
  }

  private static void assertRefused(String message, long in, long out, ConvOptions options) {
    assertEquals(
        message,
        assertThrows(ArgumentException.class, () -> new Conv2d(in, out, options, 3)).getMessage());
  }

  @Test
  void pools_take_the_largest_or_the_mean_of_each_window() {
    Tensor x = counted(1, 1, 4, 4);
    ValuesAndIndices largest = new MaxPool2d(2).forwardWithIndices(x);
    assertArrayEquals(new double[] {5, 7, 13, 15}, largest.values().toDoubleArray());
    assertArrayEquals(new long[] {5, 7, 13, 15}, largest.indices().toLongArray());
    assertArrayEquals(new double[] {2.5, 4.5, 10.5, 12.5}, values(new AvgPool2d(2), x));
    assertArrayEquals(new double[] {7.5}, values(new AdaptiveAvgPool2d(1L), x));
    assertArrayEquals(new double[] {13, 15}, values(new AdaptiveMaxPool2d(1L, 2L), x));
    assertArrayEquals(
        new long[] {15}, new AdaptiveMaxPool2d(1L).forwardWithIndices(x).indices().toLongArray());
    Tensor line = counted(1, 1, 6);
    assertArrayEquals(new double[] {1, 3, 5}, values(new MaxPool1d(2), line));
    assertArrayEquals(new double[] {0.5, 2.5, 4.5}, values(new AvgPool1d(2), line));
    assertArrayEquals(new double[] {1, 5, 9}, values(new LPPool1d(1, 2), line), 1e-12);
    Tensor cube = counted(1, 1, 2, 2, 2);
    assertArrayEquals(new double[] {7}, values(new MaxPool3d(2), cube));
    assertArrayEquals(new double[] {3.5}, values(new AvgPool3d(2), cube));
    assertArrayEquals(
        new double[] {14}, values(new AvgPool3d(PoolOptions.kernel(2).divisorOverride(2)), cube));
    assertThrows(
        ArgumentException.class, () -> new AvgPool1d(PoolOptions.kernel(2).divisorOverride(2)));
  }

  private static double[] values(Layer layer, Tensor x) {
    return layer.call(x).toDoubleArray();
  }

  @Test
  void pictures_are_brought_to_another_size() {
    Tensor x = counted(1, 1, 1, 2);
    assertArrayEquals(
        new double[] {0, 0, 1, 1, 0, 0, 1, 1}, values(Upsample.byFactor("nearest", 2), x));
    assertArrayEquals(
        new double[] {0, 0.5, 1},
        values(Upsample.toSize("bilinear", 1, 3).alignCorners(true), x),
        1e-12);
    Tensor channels = counted(1, 4, 1, 1);
    Tensor shuffled = new PixelShuffle(2).call(channels);
    assertEquals(Shape.of(1, 1, 2, 2), shuffled.shape());
    assertArrayEquals(
        channels.toDoubleArray(), new PixelUnshuffle(2).call(shuffled).toDoubleArray());
  }
}
