package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.lines.FloatMaxPool;
import fluxion.backend.cpu.lines.FloatMaxPool.Windows;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.MaxPool2d;
import fluxion.engine.spi.accelerator.MaxPool2d.Slide;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Max pooling of planes, beside one comparison after another. */
class MaxPoolTest {
  private static Windows windows(Random random) {
    int size = 1 + random.nextInt(40);
    int kernel = 1 + random.nextInt(4);
    int dilation = 1 + random.nextInt(2);
    int stride = 1 + random.nextInt(2);
    int padding = random.nextInt(kernel / 2 + 1);
    int free = size + 2 * padding - dilation * (kernel - 1) - 1;
    if (free < 0) {
      return windows(random);
    }
    return new Windows(size, free / stride + 1, kernel, stride, padding, dilation);
  }

  private static float[] plane(int n, int kind, Random random) {
    float[] x = new float[n];
    for (int i = 0; i < n; i++) {
      x[i] =
          switch (kind) {
            case 0 -> (float) random.nextGaussian();
            case 1 -> random.nextInt(3) - 1; // many that are equal
            default -> (float) Samples.special(1, random.nextLong())[0];
          };
    }
    return x;
  }

  /** The operator's words: the first of equal ones, and each NaN wins over what was before. */
  private static void oracle(
      float[] x, Windows rows, Windows columns, float[] values, long[] places) {
    for (int i = 0; i < rows.output(); i++) {
      for (int j = 0; j < columns.output(); j++) {
        int at = i * columns.output() + j;
        places[at] = -1;
        for (int a = 0; a < rows.kernel(); a++) {
          for (int b = 0; b < columns.kernel(); b++) {
            int y = i * rows.stride() + a * rows.dilation() - rows.padding();
            int z = j * columns.stride() + b * columns.dilation() - columns.padding();
            if (y >= 0 && y < rows.size() && z >= 0 && z < columns.size()) {
              float value = x[y * columns.size() + z];
              if (places[at] < 0 || value > values[at] || Float.isNaN(value)) {
                values[at] = value;
                places[at] = y * (long) columns.size() + z;
              }
            }
          }
        }
      }
    }
  }

  @Test
  void theLargestElementsAndTheirPlacesAreThoseOfComparisonsInOrder() {
    Random random = new Random(3);
    for (int trial = 0; trial < 60; trial++) {
      Windows rows = windows(random);
      Windows columns = windows(random);
      float[] x = plane(rows.size() * columns.size(), trial % 3, random);
      int n = rows.output() * columns.output();
      float[] values = new float[n];
      long[] places = new long[n];
      oracle(x, rows, columns, values, places);
      boolean all = true;
      for (long place : places) {
        all &= place >= 0;
      }
      if (!all) {
        continue; // refused by the accelerator
      }
      // what is read behind a plane is in no result, and what lies behind the results stays
      int free = trial % 2 * random.nextInt(40);
      float[] padded = Arrays.copyOf(x, x.length + trial % 4 / 2 * 4000);
      Arrays.fill(padded, x.length, padded.length, Float.POSITIVE_INFINITY);
      float[] found = new float[n + 40];
      long[] where = new long[n + 40];
      new FloatMaxPool(rows, columns).pool(padded, 0, columns.size(), found, where, 0, n + free);
      assertArrayEquals(places, Arrays.copyOf(where, n), rows + " " + columns);
      assertArrayEquals(values, Arrays.copyOf(found, n), rows + " " + columns);
      for (int i = n + free; i < found.length; i++) {
        assertEquals(0, found[i]);
        assertEquals(0, where[i]);
      }
    }
  }

  @Test
  void rowsThatLieUpsideDownAtTheEndOfAnArrayAreNotReadBeyondIt() {
    Windows rows = new Windows(20, 10, 2, 2, 0, 1);
    Windows columns = new Windows(10, 5, 2, 2, 0, 1);
    float[] x = plane(200, 0, new Random(5));
    float[] turned = new float[200];
    for (int row = 0; row < 20; row++) {
      System.arraycopy(x, row * 10, turned, (19 - row) * 10, 10);
    }
    float[] values = new float[50];
    long[] places = new long[50];
    oracle(x, rows, columns, values, places);
    float[] found = new float[50];
    long[] where = new long[50];
    new FloatMaxPool(rows, columns).pool(turned, 190, -10, found, where, 0, 50);
    assertArrayEquals(values, found);
    assertArrayEquals(places, where);
  }

  @Test
  void planesLieInAnyOrderAndWhatHasNoLoopsIsLeftAlone() {
    MaxPool2d pool = new CpuBackend().accelerator(MaxPool2d.class).orElseThrow();
    Slide slide = new Slide(3, 2, 1, 1);
    long[] sizes = {2, 3, 40, 70};
    Random random = new Random(4);
    double[] values = new double[2 * 3 * 40 * 70];
    Arrays.setAll(values, i -> (float) random.nextGaussian());
    Operand x = Samples.of(DType.FLOAT32, values, sizes);
    Operand out = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 2, 3, 20, 35);
    Operand where = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 2, 3, 20, 35);
    Windows down = new Windows(40, 20, 3, 2, 1, 1);
    Windows across = new Windows(70, 35, 3, 2, 1, 1);
    MaxPoolPlanes.pool(x, down, across, out, where);
    // the leading dimensions exchanged: planes in another order
    Operand exchanged = Samples.view(x, 0, new long[] {3, 2, 40, 70}, 2800, 8400, 70, 1);
    Operand second = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 3, 2, 20, 35);
    Operand places = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 3, 2, 20, 35);
    MaxPoolPlanes.pool(exchanged, down, across, second, places);
    double[] first = Samples.values(out);
    double[] other = Samples.values(second);
    for (int plane = 0; plane < 6; plane++) {
      int from = plane % 2 * 3 + plane / 2;
      assertArrayEquals(
          Arrays.copyOfRange(first, from * 700, from * 700 + 700),
          Arrays.copyOfRange(other, plane * 700, plane * 700 + 700));
    }
    Operand before = Samples.zeros(DType.FLOAT64, Layout.CONTIGUOUS, 1, 2, 2);
    Operand none = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1, 2, 2);
    Operand doubles = Samples.of(DType.FLOAT64, Samples.normal(16, 1), 1, 4, 4);
    assertFalse(pool.maxPool2d(doubles, slide, slide, before, none));
    assertArrayEquals(new double[4], Samples.values(before));
    // one element, and windows of two that both pass it by
    Operand lonely = Samples.of(DType.FLOAT32, new double[] {1, 2, 3}, 1, 3);
    Operand one = Samples.zeros(DType.FLOAT32, Layout.CONTIGUOUS, 1, 1);
    Operand place = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, 1, 1);
    assertFalse(pool.maxPool2d(lonely, new Slide(1, 1, 0, 1), new Slide(2, 1, 1, 4), one, place));
    assertEquals(0, Samples.values(one)[0]);
  }
}
