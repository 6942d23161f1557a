package fluxion.backend.cpu.gemm;

import fluxion.backend.cpu.gemm.Products.Layout;
import fluxion.backend.cpu.gemm.Products.Way;
import fluxion.backend.cpu.workers.ChildJvm;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The width of vectors, and whether anything is compiled, changes no bits. */
final class WidthsTest {
  private static final int[][] SHAPES = {{3, 21, 40}, {1, 40, 37}, {13, 9, 17}};

  /** Prints a hash of some products, for each way of computing them. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      hashes().forEach(System.out::println);
    }
  }

  private static List<String> hashes() {
    List<String> hashes = new ArrayList<>();
    for (boolean doubles : new boolean[] {false, true}) {
      for (int[] s : SHAPES) {
        Random random = new Random(s[0]);
        Matrix a = Products.random(doubles, Layout.ROWS, s[0], s[1], false, random);
        Matrix b = Products.random(doubles, Layout.ROWS, s[1], s[2], false, random);
        Matrix c = Layout.ROWS.zeros(doubles, s[0], s[2]);
        for (Way way : Products.ways(doubles)) {
          way.multiplication().run(a, b, c, s[0], s[1], s[2]);
          hashes.add(way + " " + Products.hash(c, s[0], s[2]));
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
}
