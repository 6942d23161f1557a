package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.backend.cpu.lines.FloatSoftmax;
import fluxion.backend.cpu.lines.FloatStandard;
import fluxion.backend.cpu.lines.ScoreLoops;
import fluxion.backend.cpu.lines.Scores;
import fluxion.backend.cpu.workers.ChildJvm;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The width of vectors, and whether anything is compiled, changes no bits. */
class FoldWidthsTest {
  /** Prints a hash of the bits of some reductions, the same in each of a few rounds. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      List<String> first = hashes();
      for (int round = 0; round < 3; round++) {
        if (!hashes().equals(first)) {
          throw new IllegalStateException("other bits in round " + round);
        }
      }
      first.forEach(System.out::println);
    }
  }

  private static List<String> hashes() {
    List<String> hashes = new ArrayList<>();
    for (DType dtype : new DType[] {DType.FLOAT32, DType.FLOAT64}) {
      for (Reduction.Kind kind : Reduction.Kind.values()) {
        hashes.add(hash(dtype, kind, new boolean[] {true}, 70_001));
        hashes.add(hash(dtype, kind, new boolean[] {true, false}, 513, 130));
        hashes.add(hash(dtype, kind, new boolean[] {false, true}, 130, 513));
      }
    }
    hashes.add("softmax " + softmax());
    hashes.add("scores " + scores());
    hashes.add("standardised " + standardised());
    return hashes;
  }

  /** The loops of softmax, whether they are fast or not. */
  private static int softmax() {
    float[] x = new float[300];
    Random random = new Random(8);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian() * 10;
    }
    float[] y = new float[x.length];
    int[] from = {0, 100, 200};
    FloatSoftmax loops = new FloatSoftmax(100);
    float[] maxima = new float[from.length];
    float[] sums = new float[from.length];
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    loops.sums(x, from, from.length, y, new int[from.length], maxima, 0, sums, 0);
    loops.softmax(x, from, y, from, from.length);
    loops.gradient(x, from, y, from, y, from, from.length);
    int hash = 31 * Arrays.hashCode(y) + Arrays.hashCode(sums);
    for (int line = 0; line < from.length; line++) {
      loops.shift(x, from[line], maxima[line], sums[line], y, from[line]);
    }
    loops.logarithmGradient(x, from, y, from, y, from, from.length);
    return 31 * hash + Arrays.hashCode(y);
  }

  /** The loops over standardised lines. */
  private static int standardised() {
    float[] x = new float[300];
    Random random = new Random(10);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian() * 10;
    }
    float[] y = new float[x.length];
    int[] from = {0, 100, 200};
    FloatStandard loops = new FloatStandard(100);
    loops.standardize(x, from, y, from, from.length, 1e-5f);
    loops.gradient(new float[][] {x, y, x}, new int[][] {from, from, from}, y, 0, from.length);
    return 31 * Arrays.hashCode(x) + Arrays.hashCode(y);
  }

  /** The loops over the logits of attention. */
  private static int scores() {
    float[] x = new float[5 * 128];
    Random random = new Random(9);
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian() * 10;
    }
    float[] maxima = new float[2];
    float[] sums = new float[2];
    ScoreLoops loops = Scores.vectors();
    loops.mask(x, 0, 100, 256, false);
    loops.gradients(x, 0, 128, 100, 384, 512);
    loops.exponentials(x, 256, 128, 2, 100, maxima, sums, 0);
    int hash = Arrays.hashCode(sums);
    for (int row = 0; row < 4; row++) {
      hash = 31 * hash + Arrays.hashCode(Arrays.copyOfRange(x, row * 128, row * 128 + 100));
    }
    return hash;
  }

  private static String hash(DType dtype, Reduction.Kind kind, boolean[] reduced, long... sizes) {
    CpuBackend backend = new CpuBackend();
    Operand x = Samples.zeros(dtype, Layout.CONTIGUOUS, sizes);
    Random random = new Random(7);
    for (int i = 0; i < x.numel(); i++) {
      CpuBuffer.elements(x).setDouble(i, 1 + random.nextGaussian() / 100);
    }
    long[] kept = sizes.clone();
    for (int d = 0; d < kept.length; d++) {
      kept[d] = reduced[d] ? 1 : sizes[d];
    }
    Operand out = Samples.zeros(dtype, Layout.CONTIGUOUS, kept);
    backend.reduce(
        backend.compile(Reduction.of(kind, dtype, dtype, dtype)),
        new Operand[] {x},
        reduced,
        out,
        new Scalar[0]);
    return kind + " of " + dtype + " " + Arrays.hashCode(Samples.values(out));
  }

  @Test
  @Tag("full")
  void hashes_are_equal_at_every_width_and_without_a_compiler() throws Exception {
    ChildJvm.assertSameAtEveryWidth(
        hashes(), Program.class, CpuBackend.class, DType.class, Reduction.class);
  }
}
