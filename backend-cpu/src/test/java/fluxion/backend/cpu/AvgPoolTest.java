package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.AvgPool2d;
import fluxion.engine.spi.accelerator.AvgPool2d.Slide;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Average pooling of planes, beside one addition after another. */
class AvgPoolTest {
  private static final int PLANES = 6;
  private static final List<Layout> LAYOUTS = List.of(Layout.values());

  private final AvgPool2d pool = new CpuBackend().accelerator(AvgPool2d.class).orElseThrow();

  /** Windows along a dimension of some size, of which there are some. */
  private record Along(int size, int output, Slide slide) {
    static Along draw(Random random) {
      int size = 1 + random.nextInt(16); // no more than 256 elements in a window
      int kernel = 1 + random.nextInt(5);
      int stride = 1 + random.nextInt(5);
      int padding = random.nextInt(kernel / 2 + 1);
      if (random.nextInt(4) == 0) { // one window with all elements
        kernel = size;
        padding = 0;
      }
      int free = size + 2 * padding - kernel + random.nextInt(2) * (stride - 1);
      if (free < 0) {
        return draw(random);
      }
      return new Along(size, free / stride + 1, new Slide(kernel, stride, padding));
    }

    /** The element of a window, or −1. */
    int place(int window, int k) {
      int place = (int) (window * slide.stride() + k - slide.padding());
      return place < size ? place : -1;
    }
  }

  @FunctionalInterface
  private interface Meeting {
    void at(int element, int window);
  }

  /** Where windows have elements, in row-major order of an element's place in its window. */
  private static void each(Along rows, Along columns, Meeting meeting) {
    for (int a = 0; a < rows.slide.kernel(); a++) {
      for (int b = 0; b < columns.slide.kernel(); b++) {
        for (int i = 0; i < rows.output; i++) {
          for (int j = 0; j < columns.output; j++) {
            int y = rows.place(i, a);
            int x = columns.place(j, b);
            if (y >= 0 && x >= 0) {
              meeting.at(y * columns.size + x, i * columns.output + j);
            }
          }
        }
      }
    }
  }

  private static float[] floats(Operand operand) {
    double[] values = Samples.values(operand);
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }

  private static Operand images(int trial, Layout layout, int rows, int columns) {
    int n = PLANES * rows * columns;
    double[] values = trial % 3 == 0 ? Samples.special(n, trial) : Samples.normal(n, trial);
    return Samples.of(DType.FLOAT32, layout, values, 2, PLANES / 2, rows, columns);
  }

  /** One number for all windows, or one for each. */
  private static Operand divisors(int trial, int rows, int columns) {
    if (trial % 2 == 0) {
      Operand one = Samples.of(DType.FLOAT32, new double[] {7});
      return Samples.view(one, 0, new long[] {rows, columns}, 0, 0);
    }
    double[] values = new double[rows * columns];
    for (int i = 0; i < values.length; i++) {
      values[i] = 1 + i % 9;
    }
    return Samples.of(DType.FLOAT32, Layout.SPACED, values, rows, columns);
  }

  @Test
  void meansAreThoseOfAdditionsInOrder() {
    Random random = new Random(5);
    for (int trial = 0; trial < 200; trial++) {
      Along rows = Along.draw(random);
      Along columns = Along.draw(random);
      int windows = rows.output * columns.output;
      int elements = rows.size * columns.size;
      Operand x = images(trial, Layout.CONTIGUOUS, rows.size, columns.size);
      // every second trial, planes in another order
      Operand read = trial % 4 < 2 ? x : x.layout().transpose(0, 1).operand(x.buffer());
      long[] sizes = {read.shape().size(0), read.shape().size(1), rows.output, columns.output};
      Operand divisors = divisors(trial, rows.output, columns.output);
      float[] values = floats(read);
      float[] by = floats(divisors);
      float[] expected = new float[PLANES * windows];
      for (int plane = 0; plane < PLANES; plane++) {
        int image = plane * elements;
        int means = plane * windows;
        each(rows, columns, (e, w) -> expected[means + w] += values[image + e]);
        for (int w = 0; w < windows; w++) {
          expected[means + w] /= by[w];
        }
      }
      Operand found = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, sizes);
      assertTrue(pool.avgPool2d(read, rows.slide, columns.slide, divisors, found));
      assertArrayEquals(expected, floats(found), rows + " " + columns);
    }
  }

  @Test
  void gradientsAreSumsOfSharesInOrder() {
    Random random = new Random(6);
    for (int trial = 0; trial < 200; trial++) {
      Along rows = Along.draw(random);
      Along columns = Along.draw(random);
      int windows = rows.output * columns.output;
      int elements = rows.size * columns.size;
      Layout layout = LAYOUTS.get(trial % LAYOUTS.size());
      Operand g = images(trial, layout, rows.output, columns.output);
      Operand divisors = divisors(trial / 2, rows.output, columns.output);
      float[] values = floats(g);
      float[] by = floats(divisors);
      float[] expected = new float[PLANES * elements];
      for (int plane = 0; plane < PLANES; plane++) {
        int image = plane * elements;
        int means = plane * windows;
        each(rows, columns, (e, w) -> expected[image + e] += values[means + w] / by[w]);
      }
      double[] before = Samples.normal(expected.length, 1);
      long[] sizes = {2, PLANES / 2, rows.size, columns.size};
      Operand found = Samples.of(DType.FLOAT32, before, sizes);
      assertTrue(pool.gradient(g, rows.slide, columns.slide, divisors, found));
      assertArrayEquals(expected, floats(found), rows + " " + columns);
    }
  }

  @Test
  void manyPlanesAreShared() {
    Slide two = new Slide(2, 2, 0);
    double[] values = new double[50 * 32 * 32];
    Arrays.setAll(values, i -> i % 32 + (i / 32) % 32);
    Operand x = Samples.of(DType.FLOAT32, values, 50, 32, 32);
    Operand means = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 50, 16, 16);
    Operand four =
        Samples.view(Samples.of(DType.FLOAT32, new double[] {4}), 0, new long[] {16, 16}, 0, 0);
    assertTrue(pool.avgPool2d(x, two, two, four, means));
    Operand back = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 50, 32, 32);
    assertTrue(pool.gradient(means, two, two, four, back));
    double[] found = Samples.values(means);
    double[] gradient = Samples.values(back);
    for (int i = 0; i < found.length; i++) {
      int row = i / 16 % 16;
      int column = i % 16;
      double mean = 2 * row + 2 * column + 1;
      assertTrue(found[i] == mean, "mean " + i);
      int first = i / 256 * 1024 + row * 64 + column * 2;
      for (int at : new int[] {first, first + 1, first + 32, first + 33}) {
        assertTrue(gradient[at] == mean / 4, "gradient " + at);
      }
    }
  }

  @Test
  void whatHasNoLoopsIsLeftAlone() {
    Slide all = new Slide(4, 4, 0);
    Operand mean = Samples.of(DType.FLOAT32, new double[] {9}, 1, 1, 1);
    Operand one = Samples.of(DType.FLOAT32, new double[] {16}, 1, 1);
    double[] values = Samples.normal(400, 1);
    double[] few = Arrays.copyOf(values, 16);
    Operand across = Samples.of(DType.FLOAT32, Layout.TRANSPOSED, few, 1, 4, 4);
    assertFalse(pool.avgPool2d(across, all, all, one, mean));
    Operand doubles = Samples.of(DType.FLOAT64, few, 1, 4, 4);
    assertFalse(pool.avgPool2d(doubles, all, all, one, mean));
    assertFalse(pool.takes(DType.FLOAT64));
    assertFalse(pool.gradient(doubles, all, all, one, mean));
    // a reduction adds up more than 256 in blocks
    Slide twenty = new Slide(20, 20, 0);
    Operand large = Samples.of(DType.FLOAT32, values, 1, 20, 20);
    assertFalse(pool.avgPool2d(large, twenty, twenty, one, mean));
    assertFalse(pool.gradient(mean, twenty, twenty, one, large));
    assertArrayEquals(new double[] {9}, Samples.values(mean));
    assertArrayEquals(values, Samples.values(large));
  }
}
