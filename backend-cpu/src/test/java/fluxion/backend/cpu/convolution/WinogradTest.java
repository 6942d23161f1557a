package fluxion.backend.cpu.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.backend.cpu.workers.ChildJvm;
import fluxion.backend.cpu.workers.Workers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Winograd's convolution, against sums in float64 and against itself. */
final class WinogradTest {
  private static final double ROUNDOFF = 0x1p-24;

  private final int threads = Workers.threads();

  @AfterEach
  void restore() {
    Workers.threads(threads);
  }

  /** A convolution of 3×3 kernels with its operands. */
  private static final class Case {
    final int[] counts;
    final int[] size;
    final int[] padding;
    final int[] output;
    final PlainConvolution plain;
    final float[] x;
    final float[] w;
    final float[] y;
    final float[] outputBias;
    final float[] inputBias;

    Case(int[] counts, int[] size, int[] padding, int margin, Random random) {
      this.counts = counts;
      this.size = size;
      this.padding = padding;
      this.output = new int[] {size[0] + 2 * padding[0] - 2 - margin, size[1] + 2 * padding[1] - 2};
      this.plain = convolution(false);
      this.x = (float[]) plain.values(plain.inputs(), false, random);
      this.w = (float[]) plain.values(plain.weights(), false, random);
      this.y = (float[]) plain.values(plain.outputs(), false, random);
      this.outputBias = (float[]) plain.values(plain.groups * plain.out, false, random);
      this.inputBias = (float[]) plain.values(plain.groups * plain.in, false, random);
    }

    static Case random(Random random) {
      int[] padding = {random.nextInt(3), random.nextInt(3)};
      int[] size = {3 + random.nextInt(14), 3 + random.nextInt(20)};
      int[] counts = {
        1 + random.nextInt(4),
        1 + random.nextInt(4) / 3,
        1 + random.nextInt(40),
        1 + random.nextInt(24)
      };
      return new Case(counts, size, padding, random.nextInt(4) / 3, random);
    }

    PlainConvolution convolution(boolean doubles) {
      int[] three = {3, 3};
      int[] one = {1, 1};
      return new PlainConvolution(size, three, one, padding, one, output, counts, doubles);
    }

    private Winograd winograd(boolean vectors) {
      Loops loops = FloatLoops.INSTANCE;
      Problem problem =
          new Problem(
              plain.g,
              plain.batch,
              plain.groups,
              plain.in,
              plain.out,
              loops,
              vectors,
              vectors ? loops.arithmetic().tile() : loops.arithmetic().plainTile());
      return new Winograd(problem, vectors ? VectorTransforms.INSTANCE : PlainTransforms.INSTANCE);
    }

    float[] output(boolean vectors) {
      float[] result = filled(plain.outputs());
      winograd(vectors).output(plain.images(x), w, 0, new Bias(outputBias, 0, 1), result, 0);
      return result;
    }

    float[] input(boolean vectors) {
      float[] result = filled(plain.inputs());
      winograd(vectors).input(y, 0, w, 0, new Bias(inputBias, 0, 1), result, 0);
      return result;
    }

    private static float[] filled(int length) {
      float[] array = new float[length];
      Arrays.fill(array, 77);
      return array;
    }

    /** The same of magnitudes: the sum over channels of those of a window and of a kernel. */
    float[] magnitudes(boolean input) {
      float[] ones = new float[w.length];
      for (int i = 0; i < ones.length; i += 9) {
        float sum = 0;
        for (int k = i; k < i + 9; k++) {
          sum += Math.abs(w[k]);
        }
        Arrays.fill(ones, i, i + 9, sum);
      }
      float[] read = (input ? y : x).clone();
      for (int i = 0; i < read.length; i++) {
        read[i] = Math.abs(read[i]);
      }
      return (float[])
          (input
              ? plain.input(read, ones, new float[inputBias.length])
              : plain.output(read, ones, new float[outputBias.length]));
    }

    double[] exact(boolean input) {
      PlainConvolution wide = convolution(true);
      return (double[])
          (input
              ? wide.input(doubles(y), doubles(w), doubles(inputBias))
              : wide.output(doubles(x), doubles(w), doubles(outputBias)));
    }
  }

  private static double[] doubles(float[] values) {
    double[] all = new double[values.length];
    for (int i = 0; i < all.length; i++) {
      all[i] = values[i];
    }
    return all;
  }

  /** Holds results to the bound that the product states, and its bias's own rounding. */
  private static void assertClose(Case c, boolean input, float[] actual) {
    double[] exact = c.exact(input);
    float[] magnitudes = c.magnitudes(input);
    int summed = input ? c.plain.out : c.plain.in;
    for (int i = 0; i < exact.length; i++) {
      double bound = ROUNDOFF * (4 * (summed + 10) * magnitudes[i] + Math.abs(exact[i])) * 1.001;
      assertTrue(
          Math.abs(actual[i] - exact[i]) <= bound,
          c.plain + ": element " + i + " is " + actual[i] + " instead of " + exact[i]);
    }
  }

  @Test
  void is_within_the_stated_bound_with_the_same_bits_by_vectors_and_by_loops() {
    Random random = new Random(1);
    for (int round = 0; round < 10; round++) {
      Case c = Case.random(random);
      float[] output = c.output(false);
      assertClose(c, false, output);
      assertArrayEquals(output, c.output(true), "by vectors, " + c.plain);
      float[] input = c.input(false);
      assertClose(c, true, input);
      assertArrayEquals(input, c.input(true), "by vectors, " + c.plain);
    }
  }

  @Test
  void blocks_of_summands_of_channels_and_of_tiles_change_nothing() {
    Random random = new Random(2);
    // 1,100 channels are three blocks
    Case deep = new Case(new int[] {1, 1, 1100, 3}, new int[] {4, 5}, new int[] {1, 1}, 0, random);
    assertClose(deep, false, deep.output(false));
    assertArrayEquals(deep.output(false), deep.output(true));
    // the kernels of 1,300 are transformed in parts
    Case wide = new Case(new int[] {1, 1, 8, 1300}, new int[] {4, 5}, new int[] {1, 1}, 0, random);
    assertClose(wide, false, wide.output(false));
    assertArrayEquals(wide.output(false), wide.output(true));
    Case many = new Case(new int[] {3, 1, 7, 13}, new int[] {37, 70}, new int[] {1, 2}, 0, random);
    assertClose(many, false, many.output(true));
    assertArrayEquals(many.output(false), many.output(true));
  }

  @Test
  void the_error_is_less_than_that_of_direct_sums() {
    Random random = new Random(3);
    Case c = new Case(new int[] {2, 1, 128, 8}, new int[] {9, 12}, new int[] {1, 1}, 0, random);
    double[] exact = c.exact(false);
    double winograd = rootMeanSquare(exact, c.output(false));
    double direct = rootMeanSquare(exact, (float[]) c.plain.output(c.x, c.w, c.outputBias));
    assertTrue(winograd < direct, winograd + " and " + direct);
  }

  private static double rootMeanSquare(double[] exact, float[] actual) {
    double sum = 0;
    for (int i = 0; i < exact.length; i++) {
      sum += (actual[i] - exact[i]) * (actual[i] - exact[i]);
    }
    return Math.sqrt(sum / exact.length);
  }

  @Test
  void what_lies_outside_of_a_window_does_not_change_its_output() {
    Random random = new Random(4);
    Case c = new Case(new int[] {1, 1, 5, 4}, new int[] {8, 8}, new int[] {0, 0}, 0, random);
    float[] before = c.output(false);
    c.x[3 * 8 + 3] = 1e30f;
    float[] after = c.output(false);
    for (int i = 0; i < before.length; i++) {
      int row = i / 6 % 6;
      int column = i % 6;
      boolean sees = row > 0 && row < 4 && column > 0 && column < 4;
      assertEquals(!sees, before[i] == after[i], row + ", " + column);
    }
  }

  @Test
  void images_with_results_that_are_not_finite_are_computed_directly() {
    Random random = new Random(5);
    for (float odd : new float[] {Float.POSITIVE_INFINITY, Float.NaN, 3e38f}) {
      Case c = new Case(new int[] {3, 1, 6, 5}, new int[] {9, 7}, new int[] {1, 1}, 0, random);
      float[] before = c.output(false);
      float[] beforeInput = c.input(false);
      int image = c.x.length / 3;
      c.x[image + 40] = odd;
      c.y[c.y.length / 3 + 40] = odd;
      float[] direct = (float[]) c.plain.output(c.x, c.w, c.outputBias);
      float[] directInput = (float[]) c.plain.input(c.y, c.w, c.inputBias);
      for (boolean vectors : new boolean[] {false, true}) {
        assertSecond(before, direct, c.output(vectors));
        assertSecond(beforeInput, directInput, c.input(vectors));
      }
    }
  }

  /** The second of three images is the direct one, the others are as they were. */
  private static void assertSecond(float[] before, float[] direct, float[] actual) {
    int image = before.length / 3;
    assertArrayEquals(part(before, 0, image), part(actual, 0, image));
    assertArrayEquals(part(direct, image, 2 * image), part(actual, image, 2 * image));
    assertArrayEquals(part(before, 2 * image, 3 * image), part(actual, 2 * image, 3 * image));
  }

  private static float[] part(float[] array, int from, int to) {
    return Arrays.copyOfRange(array, from, to);
  }

  @Test
  void an_infinity_in_a_kernel_stays_in_its_channel() {
    Random random = new Random(6);
    Case c = new Case(new int[] {1, 1, 6, 5}, new int[] {6, 6}, new int[] {0, 0}, 0, random);
    c.w[2 * 6 * 9 + 4] = Float.NEGATIVE_INFINITY;
    float[] y = c.output(false);
    assertArrayEquals((float[]) c.plain.output(c.x, c.w, c.outputBias), y);
    assertFalse(Float.isFinite(y[2 * 16]));
    assertTrue(Float.isFinite(y[16]));
  }

  @Test
  void strides_and_directions_of_images_change_nothing() {
    Random random = new Random(7);
    Case c = new Case(new int[] {2, 1, 6, 5}, new int[] {9, 7}, new int[] {1, 1}, 0, random);
    float[] expected = c.output(false);
    // every image mirrored, with channels last
    float[] turned = new float[c.x.length];
    for (int i = 0; i < turned.length; i++) {
      int column = 6 - i % 7;
      int row = i / 7 % 9;
      int channel = i / 63 % 6;
      turned[((i / 378 * 9 + row) * 7 + column) * 6 + channel] = c.x[i];
    }
    Images images = new Images(turned, 36, 2, 378, 1, 0, 42, -6);
    for (boolean vectors : new boolean[] {false, true}) {
      float[] actual = Case.filled(expected.length);
      c.winograd(vectors).output(images, c.w, 0, new Bias(c.outputBias, 0, 1), actual, 0);
      assertArrayEquals(expected, actual);
    }
  }

  @Test
  void the_number_of_threads_changes_no_bit() {
    Random random = new Random(8);
    for (int[] s : new int[][] {{33, 5, 24, 40}, {7, 3, 70, 60}}) {
      Case c =
          new Case(
              new int[] {s[1], 1, s[2], s[3]}, new int[] {s[0], s[0]}, new int[] {1, 1}, 0, random);
      Workers.threads(1);
      float[] output = c.output(false);
      float[] input = c.input(false);
      for (int n = 2; n <= 4; n++) {
        Workers.threads(n);
        assertArrayEquals(output, c.output(false), n + " threads");
        assertArrayEquals(input, c.input(false), n + " threads");
      }
    }
  }

  @Test
  void a_bias_is_not_needed() {
    Case c = new Case(new int[] {1, 1, 2, 2}, new int[] {4, 4}, new int[] {1, 1}, 0, new Random(9));
    float[] without = Case.filled(c.plain.outputs());
    c.winograd(false).output(c.plain.images(c.x), c.w, 0, null, without, 0);
    Arrays.fill(c.outputBias, 0);
    assertArrayEquals(c.output(false), without);
  }

  /** Prints a hash of some products, for either way of computing them. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      hashes().forEach(System.out::println);
    }
  }

  private static List<String> hashes() {
    List<String> hashes = new ArrayList<>();
    Random random = new Random(10);
    for (int round = 0; round < 4; round++) {
      Case c = Case.random(random);
      for (boolean vectors : new boolean[] {false, true}) {
        hashes.add(
            c.plain
                + ": "
                + Arrays.hashCode(c.output(vectors))
                + " "
                + Arrays.hashCode(c.input(vectors)));
      }
    }
    return hashes;
  }

  @Test
  @Tag("full")
  void hashes_are_equal_at_every_width_and_without_a_compiler() throws Exception {
    ChildJvm.assertSameAtEveryWidth(hashes(), Program.class);
  }
}
