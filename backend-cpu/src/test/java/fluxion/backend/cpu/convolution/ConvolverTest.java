package fluxion.backend.cpu.convolution;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.workers.ChildJvm;
import fluxion.backend.cpu.workers.Workers;
import java.lang.reflect.Array;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way of computing a convolution's products gives the bits of their definition. */
final class ConvolverTest {
  private final int threads = Workers.threads();

  @AfterEach
  void restore() {
    Workers.threads(threads);
  }

  /** What is computed, with the loops that are chosen. */
  private record Way(boolean vectors) {
    Problem problem(PlainConvolution c) {
      Loops loops = Loops.of(c.zeros(0));
      return new Problem(
          c.g,
          c.batch,
          c.groups,
          c.in,
          c.out,
          loops,
          vectors,
          vectors ? loops.arithmetic().tile() : loops.arithmetic().plainTile());
    }

    /** Runs the three products, each into an array that holds something else, and returns them. */
    List<Object> run(PlainConvolution c, Object x, Object w, Object y, Object[] biases) {
      int depth = c.in * c.g.kernels;
      Object output = filled(c, c.outputs());
      new OutputProduct(
              problem(c),
              c.images(x),
              new Matrix(w, 0, depth, 1),
              new Bias(biases[0], 0, 1),
              output,
              0)
          .run();
      Object input = filled(c, c.inputs());
      new InputProduct(
              problem(c), y, 0, new Matrix(w, 0, depth, 1), new Bias(biases[1], 0, 1), input, 0)
          .run();
      Object weight = filled(c, c.weights());
      new WeightProduct(
              problem(c), c.images(x), y, 0, new Matrix(weight, 0, depth, 1), new UsedArrays(c))
          .run();
      return List.of(output, input, weight);
    }

    /** The same directly, for groups of one channel. */
    List<Object> runDirectly(PlainConvolution c, Object x, Object w, Object y, Object[] biases) {
      Object output = filled(c, c.outputs());
      Matrix weights = new Matrix(w, 0, c.g.kernels, 1);
      Bias outer = new Bias(biases[0], 0, 1);
      new DepthwiseOutput(problem(c), c.images(x), weights, outer, output, 0).run();
      Object input = filled(c, c.inputs());
      new DepthwiseInput(problem(c), y, 0, weights, new Bias(biases[1], 0, 1), input, 0).run();
      Object weight = filled(c, c.weights());
      new DepthwiseWeight(problem(c), c.images(x), y, 0, new Matrix(weight, 0, c.g.kernels, 1))
          .run();
      return List.of(output, input, weight);
    }
  }

  /** Lends arrays that are longer than asked for and hold something else. */
  private record UsedArrays(PlainConvolution c) implements Lender {
    @Override
    public Object borrow(int length) {
      return filled(c, length + 5);
    }

    @Override
    public void giveBack(Object array) {
      // what is written later would show
      System.arraycopy(filled(c, Array.getLength(array)), 0, array, 0, Array.getLength(array));
    }
  }

  private static Object filled(PlainConvolution c, int length) {
    Object array = c.zeros(length);
    switch (array) {
      case float[] floats -> Arrays.fill(floats, 77);
      default -> Arrays.fill((double[]) array, 77);
    }
    return array;
  }

  private static void check(PlainConvolution c, Random random) {
    boolean special = random.nextInt(4) == 0;
    Object x = c.values(c.inputs(), special, random);
    Object w = c.values(c.weights(), special, random);
    Object y = c.values(c.outputs(), special, random);
    Object[] biases = {
      c.values(c.groups * c.out, false, random), c.values(c.groups * c.in, false, random)
    };
    List<Object> expected =
        List.of(c.output(x, w, biases[0]), c.input(y, w, biases[1]), c.weight(x, y));
    for (boolean vectors : new boolean[] {false, true}) {
      List<Object> actual = new Way(vectors).run(c, x, w, y, biases);
      for (int i = 0; i < 3; i++) {
        String what =
            List.of("output", "input", "weight").get(i) + (vectors ? " by vectors of " : " of ");
        assertBits(expected.get(i), actual.get(i), what + c);
      }
    }
  }

  private static void checkDirectly(PlainConvolution c, Random random) {
    boolean special = random.nextInt(4) == 0;
    Object x = c.values(c.inputs(), special, random);
    Object w = c.values(c.weights(), false, random);
    Object y = c.values(c.outputs(), special, random);
    Object[] biases = {
      c.values(c.groups * c.out, false, random), c.values(c.groups, false, random)
    };
    List<Object> expected =
        List.of(c.output(x, w, biases[0]), c.input(y, w, biases[1]), c.weight(x, y));
    for (boolean vectors : new boolean[] {false, true}) {
      List<Object> actual = new Way(vectors).runDirectly(c, x, w, y, biases);
      for (int i = 0; i < 3; i++) {
        String what = List.of("output", "input", "weight").get(i) + ", directly, ";
        assertBits(expected.get(i), actual.get(i), what + vectors + " of " + c);
      }
    }
  }

  private static void assertBits(Object expected, Object actual, String what) {
    if (expected instanceof float[] floats) {
      assertArrayEquals(floats, (float[]) actual, what);
    } else {
      assertArrayEquals((double[]) expected, (double[]) actual, what);
    }
  }

  private static PlainConvolution square(
      int size, int kernel, int stride, int padding, int batch, int in, int out) {
    int output = (size + 2 * padding - kernel) / stride + 1;
    int[] one = {1, 1};
    return new PlainConvolution(
        new int[] {size, size},
        new int[] {kernel, kernel},
        new int[] {stride, stride},
        new int[] {padding, padding},
        one,
        new int[] {output, output},
        new int[] {batch, 1, in, out},
        false);
  }

  @Test
  void every_product_has_the_bits_of_its_definition() {
    Random random = new Random(1);
    for (int round = 0; round < 40; round++) {
      check(PlainConvolution.random(random, round % 2 == 0), random);
    }
  }

  @Test
  void depthwise_convolutions_have_the_bits_of_their_definition() {
    Random random = new Random(7);
    for (int round = 0; round < 60; round++) {
      PlainConvolution some = PlainConvolution.random(random, round % 2 == 0);
      checkDirectly(some.depthwise(1 + random.nextInt(4), 1 + random.nextInt(3)), random);
    }
    // rows that are one run of memory, rows far apart, blocks of outer windows, cut sums
    checkDirectly(square(40, 3, 1, 1, 2, 1, 1), random);
    checkDirectly(square(260, 3, 2, 1, 1, 1, 2), random);
  }

  @Test
  void weights_that_are_not_finite_reach_their_windows_alone() {
    Random random = new Random(8);
    PlainConvolution c = square(9, 3, 1, 1, 2, 1, 1);
    float[] w = (float[]) c.values(c.weights(), false, random);
    w[2] = Float.NaN;
    w[3] = Float.NEGATIVE_INFINITY;
    Object y = c.values(c.outputs(), false, random);
    Object bias = c.zeros(1);
    Object x = filled(c, c.inputs());
    c.convolver().input(y, 0, w, 0, new Bias(bias, 0, 1), x, 0);
    assertBits(c.input(y, w, bias), x, "input");
    assertTrue(Depthwise.takes(1, 2));
    assertFalse(Depthwise.takes(1, 3));
    assertFalse(Depthwise.takes(2, 1));
  }

  @Test
  void rows_of_every_length_are_put_together() {
    Random random = new Random(2);
    for (int size = 1; size < 19; size += 2) {
      check(square(size, 3, 1, 1, 1, 1, 2), random);
    }
  }

  @Test
  void long_sums_are_cut_and_folded_in_a_tree() {
    Random random = new Random(3);
    // 4,104 channels and elements of the kernel; 18,432 windows, as five sums of their own
    check(square(3, 3, 1, 1, 1, 456, 1), random);
    check(square(96, 1, 1, 0, 2, 1, 1), random);
    assertTrue(WeightProduct.windowsAreLeft(9, 2, 18_432));
    check(square(96, 3, 1, 1, 2, 1, 2), random);
  }

  @Test
  void the_number_of_threads_changes_no_bit() {
    Random random = new Random(4);
    for (int[] s : new int[][] {{33, 3, 1, 1, 5, 4, 16}, {12, 3, 2, 1, 9, 24, 40}}) {
      PlainConvolution c = square(s[0], s[1], s[2], s[3], s[4], s[5], s[6]);
      Object x = c.values(c.inputs(), false, random);
      Object w = c.values(c.weights(), false, random);
      Object y = c.values(c.outputs(), false, random);
      Object[] biases = {c.values(c.out, false, random), c.values(c.in, false, random)};
      Workers.threads(1);
      List<Object> expected = new Way(false).run(c, x, w, y, biases);
      for (int n = 2; n <= 4; n++) {
        Workers.threads(n);
        List<Object> actual = new Way(false).run(c, x, w, y, biases);
        for (int i = 0; i < 3; i++) {
          assertBits(expected.get(i), actual.get(i), n + " threads");
        }
      }
    }
  }

  @Test
  void the_factor_with_fewer_elements_is_transposed_for_the_weight() {
    // the first layers of a ResNet have many windows for few channels, its last ones few for many
    assertTrue(WeightProduct.windowsAreLeft(576, 64, 8 * 56 * 56));
    assertTrue(WeightProduct.windowsAreLeft(1152, 128, 8 * 28 * 28));
    assertFalse(WeightProduct.windowsAreLeft(4608, 512, 8 * 7 * 7));
    assertFalse(WeightProduct.windowsAreLeft(9, 32, 32 * 26 * 26));
  }

  @Test
  void blocks_of_windows_fill_whole_tiles_where_they_can() {
    Problem large = new Way(false).problem(square(56, 3, 1, 1, 8, 64, 64));
    assertEquals(1, large.imagesTogether());
    Problem small = new Way(false).problem(square(7, 3, 1, 1, 8, 512, 512));
    assertEquals(8, small.imagesTogether());
    Problem middle = new Way(false).problem(square(14, 3, 1, 1, 8, 256, 256));
    assertEquals(4, middle.imagesTogether());
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
    Random random = new Random(5);
    for (int round = 0; round < 6; round++) {
      PlainConvolution c = PlainConvolution.random(random, round % 2 == 0);
      Object x = c.values(c.inputs(), false, random);
      Object w = c.values(c.weights(), false, random);
      Object y = c.values(c.outputs(), false, random);
      Object[] biases = {
        c.values(c.groups * c.out, false, random), c.values(c.groups * c.in, false, random)
      };
      for (boolean vectors : new boolean[] {false, true}) {
        for (Object product : new Way(vectors).run(c, x, w, y, biases)) {
          hashes.add(
              c
                  + ": "
                  + (product instanceof float[] floats
                      ? Arrays.hashCode(floats)
                      : Arrays.hashCode((double[]) product)));
        }
      }
    }
    return hashes;
  }

  @Test
  @Tag("full")
  void hashes_are_equal_at_every_width_and_without_a_compiler() throws Exception {
    ChildJvm.assertSameAtEveryWidth(hashes(), Program.class);
  }

  @Test
  @Tag("full")
  void many_products_have_the_bits_of_their_definition() {
    Random random = new Random(6);
    for (int round = 0; round < 2000; round++) {
      check(PlainConvolution.random(random, round % 2 == 0), random);
    }
  }
}
