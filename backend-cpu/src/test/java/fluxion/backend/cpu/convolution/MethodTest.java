package fluxion.backend.cpu.convolution;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** The rule by which a convolution is computed. */
final class MethodTest {
  private static final int LEAST = Method.CHANNELS;
  private static final float[] FLOATS = {};

  private static Geometry square(int size, int kernel, int stride, int padding, int dilation) {
    int output = (size + 2 * padding - dilation * (kernel - 1) - 1) / stride + 1;
    return geometry(
        new int[] {size, size},
        new int[] {kernel, kernel},
        new int[] {stride, stride},
        new int[] {padding, padding},
        new int[] {dilation, dilation},
        new int[] {output, output});
  }

  private static Geometry geometry(int[]... all) {
    return new Geometry(all[0], all[1], all[2], all[3], all[4], all[5]);
  }

  private static void assertBoth(Method expected, Geometry g, int batch, int in, int out) {
    assertEquals(expected, Method.ofOutput(g, batch, in, out, FLOATS));
    assertEquals(expected, Method.ofInput(g, batch, in, out, FLOATS));
  }

  @Test
  void kernels_of_three_by_three_are_computed_by_winograd_if_there_are_enough_channels() {
    Geometry g = square(56, 3, 1, 1, 1);
    assertBoth(Method.WINOGRAD, g, 8, 64, 64);
    assertBoth(Method.WINOGRAD, g, 2, LEAST, LEAST);
    assertBoth(Method.WINDOWS, g, 8, LEAST - 1, 64);
    assertBoth(Method.WINDOWS, g, 8, 64, LEAST - 1);
    assertBoth(Method.WINOGRAD, g, 8, 64, Method.MOST_CHANNELS);
    assertBoth(Method.WINDOWS, g, 8, 64, Method.MOST_CHANNELS + 1);
    assertBoth(Method.WINDOWS, g, 8, Method.MOST_CHANNELS + 1, 64);
  }

  @Test
  void and_enough_tiles() {
    // 16 tiles an image
    Geometry g = square(8, 3, 1, 1, 1);
    int batch = Math.ceilDiv(Method.TILES, 16);
    assertBoth(Method.WINOGRAD, g, batch, 256, 256);
    assertBoth(Method.WINDOWS, g, batch - 1, 256, 256);
  }

  @Test
  void an_output_of_fewer_channels_has_more_tiles() {
    Geometry g = square(8, 3, 1, 1, 1);
    int some = Math.ceilDiv(Method.WORK, 16 * 64);
    assertEquals(Method.WINOGRAD, Method.ofOutput(g, some, 64, 64, FLOATS));
    assertEquals(Method.WINDOWS, Method.ofOutput(g, some - 1, 64, 64, FLOATS));
    assertEquals(Method.WINOGRAD, Method.ofInput(g, some - 1, 64, 64, FLOATS));
    int many = Method.MANY_TILES / 16;
    assertEquals(Method.WINOGRAD, Method.ofOutput(g, many - 1, 64, 64, FLOATS));
    assertEquals(Method.WINOGRAD, Method.ofOutput(g, many, 48, 64, FLOATS));
    assertEquals(Method.WINDOWS, Method.ofOutput(g, many - 1, 48, 64, FLOATS));
    assertEquals(Method.WINOGRAD, Method.ofInput(g, many - 1, 48, 64, FLOATS));
  }

  @Test
  void a_channel_by_itself_is_computed_directly() {
    assertBoth(Method.DEPTHWISE, square(56, 3, 1, 1, 1), 8, 1, 1);
    assertBoth(Method.DEPTHWISE, square(56, 5, 2, 1, 1), 8, 1, 2);
    assertBoth(Method.WINDOWS, square(56, 3, 1, 1, 1), 8, 1, 3);
  }

  @Test
  void other_kernels_steps_and_dtypes_are_computed_from_windows() {
    assertBoth(Method.WINDOWS, square(56, 1, 1, 0, 1), 8, 64, 64);
    assertBoth(Method.WINDOWS, square(56, 5, 1, 2, 1), 8, 64, 64);
    assertBoth(Method.WINDOWS, square(56, 3, 2, 1, 1), 8, 64, 64);
    assertBoth(Method.WINDOWS, square(56, 3, 1, 2, 2), 8, 64, 64);
    Geometry g = square(56, 3, 1, 1, 1);
    assertEquals(Method.WINDOWS, Method.ofOutput(g, 8, 64, 64, new double[0]));
    assertEquals(Method.WINDOWS, Method.ofInput(g, 8, 64, 64, new double[0]));
  }

  @Test
  void other_dimensions_are_computed_from_windows() {
    int[] one = {1};
    Geometry line = geometry(new int[] {900}, new int[] {3}, one, one, one, new int[] {900});
    assertBoth(Method.WINDOWS, line, 8, 64, 64);
    int[] ones = {1, 1, 1};
    int[] sizes = {9, 16, 16};
    Geometry cube = geometry(sizes, new int[] {3, 3, 3}, ones, ones, ones, sizes);
    assertBoth(Method.WINDOWS, cube, 8, 64, 64);
    int[] padding = {0, 1, 1};
    Geometry planes = geometry(sizes, new int[] {1, 3, 3}, ones, padding, ones, sizes);
    assertBoth(Method.WINDOWS, planes, 8, 64, 64);
    int[] flat = {1, 16, 16};
    Geometry plane = geometry(flat, new int[] {1, 3, 3}, ones, padding, ones, flat);
    assertBoth(Method.WINOGRAD, plane, 8, 64, 64);
  }

  @Test
  void a_gradient_of_images_with_wide_padding_is_computed_from_windows() {
    Geometry g = square(30, 3, 1, 3, 1);
    assertEquals(Method.WINOGRAD, Method.ofOutput(g, 8, 64, 64, FLOATS));
    assertEquals(Method.WINDOWS, Method.ofInput(g, 8, 64, 64, FLOATS));
    assertBoth(Method.WINOGRAD, square(30, 3, 1, 2, 1), 8, 64, 64);
    assertBoth(Method.WINOGRAD, square(30, 3, 1, 0, 1), 8, 64, 64);
  }
}
