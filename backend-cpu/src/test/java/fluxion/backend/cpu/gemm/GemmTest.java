package fluxion.backend.cpu.gemm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import fluxion.backend.cpu.gemm.Products.Layout;
import fluxion.backend.cpu.gemm.Products.Multiplication;
import fluxion.backend.cpu.gemm.Products.Way;
import fluxion.backend.cpu.workers.Workers;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Every way of computing a product gives the bits of its definition. */
final class GemmTest {
  private final int threads = Workers.threads();
  private final Random random = new Random(1);

  @AfterEach
  void restore() {
    Workers.threads(threads);
  }

  /** Checks a product, and that nothing beside it is written. */
  private void check(
      Object name, Multiplication multiplication, boolean doubles, int m, int k, int n) {
    Layout[] layouts = Layout.values();
    boolean special = random.nextInt(4) == 0;
    Layout left = layouts[random.nextInt(layouts.length)];
    Layout right = layouts[random.nextInt(layouts.length)];
    Matrix a = Products.random(doubles, left, m, k, special, random);
    Matrix b = Products.random(doubles, right, k, n, special, random);
    int stride = n + 3;
    Object array = doubles ? new double[m * stride + 2] : new float[m * stride + 2];
    Matrix whole = new Matrix(array, 0, stride, 1);
    for (int i = 0; i < m * stride + 2; i++) {
      Products.set(whole, 0, i, 77);
    }
    multiplication.run(a, b, new Matrix(array, 2, stride, 1), m, k, n);
    for (int i = 0; i < m * stride + 2; i++) {
      int row = (i - 2) / stride;
      int column = (i - 2) % stride;
      boolean inside = i >= 2 && column < n;
      double expected = inside ? Products.element(a, b, row, column, k) : 77;
      double actual = Products.get(whole, 0, i);
      if (Double.doubleToLongBits(expected) != Double.doubleToLongBits(actual)) {
        fail(
            name
                + (doubles ? " of doubles" : " of floats")
                + ": ["
                + m
                + ", "
                + k
                + "] "
                + left
                + " times ["
                + k
                + ", "
                + n
                + "] "
                + right
                + " at "
                + row
                + ", "
                + column
                + ": expected "
                + expected
                + ", got "
                + actual);
      }
    }
  }

  private int size(int... limits) {
    return 1 + random.nextInt(limits[random.nextInt(limits.length)]);
  }

  @Test
  void every_way_gives_the_same_bits_for_random_shapes_and_layouts() {
    for (boolean doubles : new boolean[] {false, true}) {
      for (Way way : Products.ways(doubles)) {
        for (int round = 0; round < 15; round++) {
          check(way, way.multiplication(), doubles, size(3, 9, 40), size(2, 20, 70), size(3, 70));
        }
        check(way, way.multiplication(), doubles, 5, 300, 33); // several blocks of k
        check(way, way.multiplication(), doubles, 1, 12, 1100);
        check(way, way.multiplication(), doubles, 513, 520, 66); // blocks for many rows
        check(way, way.multiplication(), doubles, 103, 1100, 3); // few columns, rows left over
        check(way, way.multiplication(), doubles, 9, 1024, 4); // rows that share sets of a cache
      }
    }
  }

  @Test
  void a_product_gives_the_same_bits_whichever_way_it_takes() {
    for (boolean doubles : new boolean[] {false, true}) {
      for (int round = 0; round < 40; round++) {
        check("Gemm", Gemm::multiply, doubles, size(3, 40), size(3, 60), size(3, 40));
      }
      check("Gemm", Gemm::multiply, doubles, 70, 5, 1);
      check("Gemm", Gemm::multiply, doubles, 1, 70, 300);
      check("Gemm", Gemm::multiply, doubles, 300, 70, 3);
      check("Gemm", Gemm::multiply, doubles, 90, 300, 100);
    }
  }

  @Test
  void long_chains_are_cut_and_folded_in_a_tree() {
    for (boolean doubles : new boolean[] {false, true}) {
      for (int k : new int[] {4095, 4096, 4097, 8192, 3 * 4096 - 1, 5 * 4096 + 3, 7 * 4096}) {
        check("Gemm", Gemm::multiply, doubles, 2, k, 3);
        check("Gemm", Gemm::multiply, doubles, 9, k, 1);
      }
    }
  }

  @Test
  void without_summands_every_element_is_zero() {
    for (boolean doubles : new boolean[] {false, true}) {
      check("Gemm", Gemm::multiply, doubles, 3, 0, 5);
    }
    Gemm.multiply(
        Layout.ROWS.zeros(false, 0, 3),
        Layout.ROWS.zeros(false, 3, 4),
        Layout.ROWS.zeros(false, 0, 4),
        0,
        3,
        4);
  }

  @Test
  void the_number_of_threads_does_not_change_bits() {
    for (boolean doubles : new boolean[] {false, true}) {
      for (int[] s : new int[][] {{150, 300, 140}, {3, 400, 700}, {60, 1200, 90}}) {
        Matrix a = Products.random(doubles, Layout.ROWS, s[0], s[1], false, random);
        Matrix b = Products.random(doubles, Layout.ROWS, s[1], s[2], false, random);
        Matrix c = Layout.ROWS.zeros(doubles, s[0], s[2]);
        for (Way way : Products.ways(doubles)) {
          long expected = 0;
          for (int n = 1; n <= 4; n++) {
            Workers.threads(n);
            way.multiplication().run(a, b, c, s[0], s[1], s[2]);
            long hash = Products.hash(c, s[0], s[2]);
            if (n == 1) {
              expected = hash;
            }
            assertEquals(expected, hash, way + " on " + n + " threads");
          }
        }
      }
    }
  }

  @Test
  @Tag("full")
  void every_way_gives_the_same_bits_for_many_shapes() {
    for (boolean doubles : new boolean[] {false, true}) {
      for (Way way : Products.ways(doubles)) {
        for (int round = 0; round < 600; round++) {
          check(
              way,
              way.multiplication(),
              doubles,
              size(3, 30, 90),
              size(2, 20, 70, 600),
              size(3, 70, 200));
        }
      }
      check("Gemm", Gemm::multiply, doubles, 2100, 3, 4200); // several blocks of each
    }
  }
}
