package fluxion.nn.data;

import static fluxion.nn.data.ImageTransforms.centerCrop;
import static fluxion.nn.data.ImageTransforms.compose;
import static fluxion.nn.data.ImageTransforms.convert;
import static fluxion.nn.data.ImageTransforms.grayscale;
import static fluxion.nn.data.ImageTransforms.normalize;
import static fluxion.nn.data.ImageTransforms.pad;
import static fluxion.nn.data.ImageTransforms.randomCrop;
import static fluxion.nn.data.ImageTransforms.randomHorizontalFlip;
import static fluxion.nn.data.ImageTransforms.resize;
import static fluxion.nn.data.ImageTransforms.rgb;
import static fluxion.nn.data.ImageTransforms.toTensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.FluxionException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class ImageTransformsTest {
  private static final RandomGenerator NONE =
      () -> {
        throw new AssertionError("no chance is in this");
      };

  /** An image with some pattern in it. */
  private static Tensor bytes(int height, int width, int channels) {
    byte[] pixels = new byte[height * width * channels];
    for (int y = 0, at = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        for (int c = 0; c < channels; c++) {
          pixels[at++] = (byte) (y * 37 + x * 59 + c * 101 + y * x * 13);
        }
      }
    }
    return Bytes.tensor(pixels, height, width, channels);
  }

  private static Tensor apply(Transform transform, Tensor image) {
    assertTrue(transform.mapsBatches());
    Tensor result = transform.apply(image, NONE);
    Tensor two = Tensors.stack(0, image, image);
    Tensor both = transform.apply(two, NONE);
    for (int i = 0; i < 2; i++) {
      assertEquals(result.shape(), both.select(0, i).shape());
      assertArrayEquals(result.toFloatArray(), both.select(0, i).toFloatArray(), "in a batch");
    }
    return result;
  }

  private static String refused(Class<? extends FluxionException> kind, Transform t, Tensor image) {
    return assertThrows(kind, () -> t.apply(image, NONE)).getMessage();
  }

  // ---- elements and colours

  @Test
  void bytes_become_floats_from_0_to_1_with_the_channels_in_front() {
    Tensor image = Bytes.tensor(new byte[] {0, 51, (byte) 255, 102, (byte) 204, 1}, 1, 2, 3);
    Tensor result = apply(toTensor(), image);
    assertEquals(Shape.of(3, 1, 2), result.shape());
    assertTrue(result.isContiguous());
    assertArrayEquals(
        new float[] {0, 102 / 255f, 51 / 255f, 204 / 255f, 1, 1 / 255f}, result.toFloatArray());
    assertEquals(
        "toTensor takes uint8 [height, width, channels], not " + DType.FLOAT32,
        refused(DTypeException.class, toTensor(), result));
  }

  @Test
  void channels_are_normalised_each_by_its_own_numbers() {
    Tensor image = Tensors.tensor(0.5f, 1f, 0f, 1f).reshape(2, 1, 2);
    assertArrayEquals(
        new float[] {0, 2, -1, 3},
        apply(normalize(new double[] {0.5, 0.25}, new double[] {0.25, 0.25}), image)
            .toFloatArray());
    assertArrayEquals(
        new float[] {0, 1, -1, 1},
        apply(normalize(new double[] {0.5}, new double[] {0.5}), image).toFloatArray());
    assertArrayEquals(new float[] {0.5f, 1, 0, 1}, image.toFloatArray(), "the image is left");
    assertEquals(
        "std evaluated to zero, leading to division by zero.",
        assertThrows(ArgumentException.class, () -> normalize(new double[1], new double[] {1, 0}))
            .getMessage());
    assertEquals(
        "Input tensor should be a float tensor. Got " + DType.UINT8 + ".",
        refused(DTypeException.class, normalize(new double[1], new double[] {1}), bytes(2, 2, 1)));
  }

  @Test
  void elements_are_converted_as_they_are() {
    Tensor result = apply(convert(DType.FLOAT64), bytes(2, 2, 1));
    assertEquals(DType.FLOAT64, result.dtype());
    assertArrayEquals(new float[] {0, 59, 37, 109}, result.toFloatArray());
  }

  @Test
  void colours_become_grey_as_with_pillow() {
    // Pillow 9.4: Image.convert("L")
    float[] pillow = {82, 112, 171, 119, 162, 84};
    Tensor grey = apply(grayscale(1), bytes(2, 3, 3));
    assertEquals(DType.UINT8, grey.dtype());
    assertEquals(Shape.of(2, 3, 1), grey.shape());
    assertArrayEquals(pillow, grey.toFloatArray());
    Tensor three = apply(grayscale(3), bytes(2, 3, 3));
    assertEquals(Shape.of(2, 3, 3), three.shape());
    assertArrayEquals(pillow, three.select(2, 1).toFloatArray());
    assertArrayEquals(pillow, apply(grayscale(1), grey).toFloatArray());
    assertEquals(
        "Input image tensor permitted channel values are 1 or 3, but found 2",
        refused(ArgumentException.class, grayscale(1), bytes(2, 2, 2)));
    assertEquals(
        "num_output_channels should be either 1 or 3",
        assertThrows(ArgumentException.class, () -> grayscale(2)).getMessage());
  }

  @Test
  void floats_become_grey_by_the_weights_of_the_three_colours() {
    Tensor image = Tensors.tensor(1f, 0f, 0f, 1f, 0f, 0f).reshape(3, 1, 2);
    assertArrayEquals(
        new float[] {0.2989f, 0.587f}, apply(grayscale(1), image).toFloatArray(), 1e-7f);
  }

  @Test
  void grey_becomes_three_channels() {
    Tensor image = bytes(2, 3, 1);
    Tensor result = apply(rgb(), image);
    assertEquals(Shape.of(2, 3, 3), result.shape());
    for (int c = 0; c < 3; c++) {
      assertArrayEquals(image.select(2, 0).toFloatArray(), result.select(2, c).toFloatArray());
    }
    assertEquals(Shape.of(3, 2, 3), apply(rgb(), toTensor().apply(image, NONE)).shape());
    Tensor coloured = bytes(2, 3, 3);
    assertSame(coloured, rgb().apply(coloured, NONE));
  }

  // ---- sizes

  private static void assertPixels(int[] expected, Tensor image) {
    float[] floats = new float[expected.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = expected[i];
    }
    assertArrayEquals(floats, image.toFloatArray());
  }

  @Test
  void bytes_are_resized_as_by_pillow() {
    // Pillow 9.4: Image.resize((width, height), Image.BILINEAR)
    assertPixels(
        new int[] {50, 150, 161, 120, 116, 165, 156, 155, 112, 117, 162, 126},
        apply(resize(3, 4), bytes(5, 7, 1)));
    assertPixels(
        new int[] {
          0, 30, 69, 108, 148, 177, 5, 36, 76, 117, 158, 188, 21, 55, 99, 143, 187, 220, 37, 73,
          121, 169, 217, 253, 53, 92, 143, 195, 192, 176, 69, 111, 166, 221, 167, 99, 74, 117, 173,
          230, 159, 73
        },
        apply(resize(7, 6), bytes(3, 4, 1)));
    assertPixels(
        new int[] {
          80, 136, 114, 166, 105, 112, 144, 131, 125, 122, 106, 129, 123, 133, 119, 144, 137, 140,
          157, 118, 114, 115, 89, 143, 126, 124, 153, 128, 121, 152, 108, 115, 148, 97, 86, 168,
          111, 142, 161, 118, 135, 147, 135, 134, 119, 134, 115, 148
        },
        apply(resize(4, 4), bytes(9, 8, 3)));
    assertPixels(
        new int[] {
          42, 148, 143, 88, 185, 126, 135, 159, 182, 144, 132, 165, 81, 138, 148, 127, 111, 95
        },
        apply(resize(6, 3), bytes(6, 6, 1)));
    assertPixels(
        new int[] {
          0, 101, 202, 59, 160, 5, 118, 219, 64, 4, 105, 206, 64, 165, 10, 124, 200, 70, 19, 120,
          221, 84, 185, 30, 150, 123, 96, 33, 134, 235, 104, 205, 50, 175, 45, 121, 37, 138, 239,
          109, 210, 55, 181, 26, 127
        },
        apply(resize(5, 3), bytes(2, 3, 3)));
  }

  @Test
  void floats_are_resized_smoothed() {
    // shrinking to a half: triangles of width 2, at (0.75, 0.75, 0.25) / 1.75
    Tensor row = Tensors.tensor(0f, 1f, 2f, 3f).reshape(1, 1, 4);
    float low = 1.25f / 1.75f;
    assertArrayEquals(new float[] {low, 3 - low}, apply(resize(1, 2), row).toFloatArray(), 1e-6f);
    assertEquals(Shape.of(3, 4, 2), apply(resize(4, 2), Tensors.rand(3, 7, 5)).shape());
  }

  @Test
  void the_shorter_side_gets_the_size_and_the_longer_one_is_rounded_down() {
    assertEquals(Shape.of(4, 7, 1), apply(resize(4), bytes(8, 15, 1)).shape());
    assertEquals(Shape.of(7, 4, 1), apply(resize(4), bytes(15, 8, 1)).shape());
    assertEquals(Shape.of(10, 10, 3), apply(resize(10), bytes(3, 3, 3)).shape());
    assertEquals(Shape.of(1, 7, 4), apply(resize(4), Tensors.rand(1, 15, 8)).shape());
    Tensor same = bytes(4, 9, 1);
    assertSame(same, resize(4).apply(same, NONE));
    assertEquals(
        "an image has no size 0 x 0",
        assertThrows(ArgumentException.class, () -> resize(0)).getMessage());
  }

  @Test
  void the_middle_is_cut_out_with_halves_rounded_to_even() {
    Tensor row = Bytes.tensor(new byte[] {0, 1, 2, 3, 4, 5, 6}, 1, 7, 1);
    // (7 - 4) / 2 = 1.5 is rounded to 2, (7 - 2) / 2 = 2.5 to 2, (7 - 6) / 2 = 0.5 to 0
    assertPixels(new int[] {2, 3, 4, 5}, apply(centerCrop(1, 4), row));
    assertPixels(new int[] {2, 3}, apply(centerCrop(1, 2), row));
    assertPixels(new int[] {0, 1, 2, 3, 4, 5}, apply(centerCrop(1, 6), row));
    Tensor image = Tensors.arange(9).toFloat().reshape(1, 3, 3);
    assertArrayEquals(new float[] {4}, apply(centerCrop(1), image).toFloatArray());
  }

  @Test
  void what_is_smaller_than_the_middle_gets_a_margin() {
    Tensor image = Bytes.tensor(new byte[] {1, 2, 3, 4}, 2, 2, 1);
    assertPixels(new int[] {1, 2, 0, 3, 4, 0, 0, 0, 0}, apply(centerCrop(3), image));
    // wider than the image, and lower
    assertPixels(new int[] {0, 1, 2, 0}, apply(centerCrop(1, 4), image));
    assertPixels(new int[] {0, 0, 0, 0, 0, 1, 2, 0, 0, 3, 4, 0, 0, 0, 0, 0}, apply(pad(1), image));
    Tensor floats = Tensors.ones(1, 1, 1);
    assertArrayEquals(
        new float[] {0, 0, 0, 0, 1, 0, 0, 0, 0}, apply(pad(1), floats).toFloatArray());
  }

  // ---- chance

  @Test
  void a_random_part_may_lie_anywhere_within_and_depends_on_its_numbers_alone() {
    Tensor image = bytes(4, 5, 1);
    Transform crop = randomCrop(3, 3, 0);
    assertFalse(crop.mapsBatches());
    Set<List<Float>> seen = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Tensor part = crop.apply(image, Randoms.of(i));
      assertEquals(Shape.of(3, 3, 1), part.shape());
      assertArrayEquals(part.toFloatArray(), crop.apply(image, Randoms.of(i)).toFloatArray());
      seen.add(List.of((float) part.get(0).get(0).item(), (float) part.get(0).get(1).item()));
    }
    assertEquals(2 * 3, seen.size(), "every place");
    assertArrayEquals(
        image.toFloatArray(), randomCrop(4, 5, 0).apply(image, Randoms.of(0)).toFloatArray());
    assertEquals(
        Shape.of(1, 6, 6), randomCrop(6, 6, 1).apply(Tensors.ones(1, 4, 5), Randoms.of(0)).shape());
    assertEquals(
        "Required crop size (6, 3) is larger than input image size (4, 5)",
        refused(ArgumentException.class, randomCrop(6, 3, 0), image));
  }

  @Test
  void an_image_is_mirrored_as_often_as_is_said() {
    Tensor image = Bytes.tensor(new byte[] {1, 2, 3, 4, 5, 6}, 2, 3, 1);
    Transform half = randomHorizontalFlip(0.5);
    int mirrored = 0;
    for (int i = 0; i < 400; i++) {
      float[] result = half.apply(image, Randoms.of(i)).toFloatArray();
      boolean flipped = result[0] == 3;
      assertArrayEquals(
          flipped ? new float[] {3, 2, 1, 6, 5, 4} : new float[] {1, 2, 3, 4, 5, 6}, result);
      mirrored += flipped ? 1 : 0;
    }
    // 200 are expected, with a standard deviation of 10
    assertTrue(mirrored > 150 && mirrored < 250, "" + mirrored);
    assertSame(image, randomHorizontalFlip(0).apply(image, Randoms.of(0)));
    assertArrayEquals(
        new float[] {2, 1},
        randomHorizontalFlip(1)
            .apply(Tensors.tensor(1f, 2f).reshape(1, 1, 2), Randoms.of(0))
            .toFloatArray());
    assertEquals(
        "p should be a floating point value in [0., 1.], got 1.5",
        assertThrows(ArgumentException.class, () -> randomHorizontalFlip(1.5)).getMessage());
  }

  // ---- together

  @Test
  void transforms_follow_one_another() {
    Tensor result =
        apply(
            compose(resize(6), centerCrop(4), toTensor(), normalize(new double[3], ones(3))),
            bytes(9, 12, 3));
    assertEquals(Shape.of(3, 4, 4), result.shape());
    Tensor image = bytes(2, 2, 1);
    assertSame(image, compose().apply(image, NONE));
    assertFalse(compose(toTensor(), randomHorizontalFlip(0.5)).mapsBatches());
  }

  private static double[] ones(int n) {
    double[] ones = new double[n];
    java.util.Arrays.fill(ones, 1);
    return ones;
  }

  @Test
  void what_is_no_image_is_refused() {
    String message =
        "an image is uint8 [height, width, channels] or a float [channels, height, width], not ";
    Tensor integers = Tensors.arange(3);
    for (Transform transform :
        List.of(toTensor(), resize(2), centerCrop(2), randomCrop(2, 2, 0), rgb())) {
      assertEquals(
          message + DType.INT64 + " [3]", refused(ArgumentException.class, transform, integers));
    }
  }
}
