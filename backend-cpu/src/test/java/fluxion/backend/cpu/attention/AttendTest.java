package fluxion.backend.cpu.attention;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.lines.Scores;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Attention in blocks has the bits of plain loops, and is what its formulas say. */
final class AttendTest {
  /** What is left around results, to see that nothing else is written. */
  private static final float UNTOUCHED = 77;

  private final Random random = new Random(11);
  private int queries;
  private int keys;
  private int depth;
  private int width;
  private boolean causal;

  private Problem problem(boolean vectors) {
    var arithmetic = Gemm.arithmetic(new float[0]);
    return new Problem(
        queries,
        keys,
        depth,
        width,
        0.3f,
        causal,
        vectors ? arithmetic.tile() : arithmetic.plainTile(),
        vectors ? Scores.vectors() : Scores.plain());
  }

  private void sizes(int l, int s, int e, int v) {
    queries = l;
    keys = s;
    depth = e;
    width = v;
  }

  /** A matrix somewhere in an array, its rows or its columns together, in either direction. */
  private Matrix matrix(int rows, int columns) {
    int kind = random.nextInt(4);
    int gap = random.nextInt(3);
    int rowStride = kind == 1 ? 1 : (kind == 2 ? -1 : 1) * (columns + gap);
    int columnStride = kind == 1 ? rows + gap : 1;
    float[] array = new float[rows * columns + (rows + columns) * gap + 5];
    for (int i = 0; i < array.length; i++) {
      array[i] = (float) random.nextGaussian();
    }
    return new Matrix(array, kind == 2 ? (rows - 1) * -rowStride : 5, rowStride, columnStride);
  }

  private @Nullable Mask mask(int kind) {
    float[] summands = new float[queries * keys];
    byte[] truths = new byte[queries * keys];
    for (int i = 0; i < summands.length; i++) {
      boolean hidden = random.nextInt(3) == 0 || i / keys == 1;
      summands[i] = hidden ? Float.NEGATIVE_INFINITY : random.nextFloat();
      truths[i] = (byte) (hidden ? 0 : 1);
    }
    return switch (kind) {
      case 1 -> new Mask(truths, 0, keys, 1);
      case 2 -> new Mask(summands, 0, keys, 1);
      case 3 -> new Mask(truths, keys - 1, 0, -1);
      default -> null;
    };
  }

  /** Outputs, lse, and the gradients of queries, keys and values. */
  private float[][] run(boolean vectors, Head head, Matrix g, int parts) {
    float[] y = filled(queries * width + 2);
    float[] lse = filled(queries + 2);
    for (int part = 0; part < parts; part++) {
      Attend.run(
          problem(vectors),
          head,
          y,
          1,
          lse,
          1,
          queries * part / parts,
          queries * (part + 1) / parts);
    }
    float[][] targets = {
      filled(queries * depth + 2), filled(keys * depth + 2), filled(keys * width + 2)
    };
    AttendGradients.run(problem(vectors), head, y, 1, lse, 1, g, targets, new int[] {1, 1, 1});
    float[][] all = {y, lse, targets[0], targets[1], targets[2]};
    for (int i = 0; i < all.length; i++) {
      assertEquals(UNTOUCHED, all[i][0]);
      assertEquals(UNTOUCHED, all[i][all[i].length - 1]);
      all[i] = Arrays.copyOfRange(all[i], 1, all[i].length - 1);
    }
    return all;
  }

  private static float[] filled(int length) {
    float[] array = new float[length];
    Arrays.fill(array, UNTOUCHED);
    return array;
  }

  private static float at(Matrix matrix, int i, int j) {
    return ((float[]) matrix.array())[matrix.at(i, j)];
  }

  /** The same in float64, with all weights. */
  private double[][] expected(Head head, Matrix g) {
    double[][] all = {
      new double[queries * width],
      new double[queries],
      new double[queries * depth],
      new double[keys * depth],
      new double[keys * width]
    };
    for (int i = 0; i < queries; i++) {
      double[] x = new double[keys];
      boolean[] hidden = new boolean[keys];
      double most = Double.NEGATIVE_INFINITY;
      for (int j = 0; j < keys; j++) {
        for (int e = 0; e < depth; e++) {
          x[j] += at(head.q(), i, e) * 0.3f * at(head.k(), j, e);
        }
        hidden[j] = causal && j > i;
        Mask mask = head.mask();
        if (mask != null) {
          float[] one = new float[1];
          mask.read(i, j, 1, 1, one, 0, 1);
          hidden[j] = mask.isTruths() && one[0] != 0;
          x[j] += one[0];
        }
        x[j] = hidden[j] ? Double.NEGATIVE_INFINITY : x[j];
        most = Math.max(most, x[j]);
      }
      double sum = 0;
      for (double logit : x) {
        sum += Math.exp(logit - most);
      }
      all[1][i] = most + Math.log(sum);
      double d = 0;
      double[] h = new double[keys];
      for (int j = 0; j < keys; j++) {
        double p = Math.exp(x[j] - all[1][i]);
        for (int c = 0; c < width; c++) {
          all[0][i * width + c] += p * at(head.v(), j, c);
          all[4][j * width + c] += p * at(g, i, c);
          h[j] += (double) at(g, i, c) * at(head.v(), j, c);
        }
        d += p * h[j];
      }
      for (int j = 0; j < keys; j++) {
        double z = hidden[j] ? 0 : Math.exp(x[j] - all[1][i]) * (h[j] - d) * 0.3f;
        for (int e = 0; e < depth; e++) {
          all[2][i * depth + e] += z * at(head.k(), j, e);
          all[3][j * depth + e] += z * at(head.q(), i, e);
        }
      }
    }
    return all;
  }

  private void check(Head head, Matrix g) {
    String what =
        "%d × %d × %d × %d %s %s".formatted(queries, keys, depth, width, causal, head.mask());
    float[][] plain = run(false, head, g, 1);
    float[][] vectors = run(true, head, g, Math.min(queries, 1 + random.nextInt(3)));
    double[][] expected = expected(head, g);
    for (int t = 0; t < plain.length; t++) {
      assertArrayEquals(plain[t], vectors[t], what + ", vectors, tensor " + t);
      double most = 1;
      for (double value : expected[t]) {
        most = Double.isFinite(value) ? Math.max(most, Math.abs(value)) : most;
      }
      for (int i = 0; i < plain[t].length; i++) {
        assertEquals(expected[t][i], plain[t][i], most * 1e-5, what + ", tensor " + t + " at " + i);
      }
    }
  }

  @Test
  void random_shapes_and_strides() {
    for (int round = 0; round < 60; round++) {
      sizes(
          1 + random.nextInt(40),
          1 + random.nextInt(70),
          1 + random.nextInt(40),
          1 + random.nextInt(40));
      causal = round % 4 == 0;
      Head head =
          new Head(
              matrix(queries, depth),
              matrix(keys, depth),
              matrix(keys, width),
              mask(causal ? 0 : random.nextInt(4)));
      check(head, matrix(queries, width));
    }
  }

  @Test
  void several_blocks_of_queries_and_keys() {
    for (int kind = 0; kind < 4; kind++) {
      sizes(270, 1050, 33, 40);
      causal = kind == 3;
      Head head =
          new Head(
              matrix(queries, depth), matrix(keys, depth), matrix(keys, width), mask(kind % 3));
      check(head, matrix(queries, width));
    }
  }

  @Test
  void a_causal_head_with_a_number_that_is_not_finite_looks_at_every_key() {
    sizes(150, 140, 5, 6);
    causal = true;
    Matrix values = matrix(keys, width);
    ((float[]) values.array())[values.at(139, 2)] = Float.POSITIVE_INFINITY;
    Head head = new Head(matrix(queries, depth), matrix(keys, depth), values, null);
    float[][] found = run(true, head, matrix(queries, width), 2);
    // 0 · ∞ is NaN
    assertEquals(Float.NaN, found[0][2]);
    assertArrayEquals(run(false, head, matrix(queries, width), 1)[0], found[0]);
  }

  @Test
  void logits_that_are_nan_or_infinite_make_their_outputs_nan() {
    sizes(4, 600, 1, 1);
    causal = false;
    float[] q = {1, Float.NaN, Float.POSITIVE_INFINITY, -1e30f};
    float[] k = new float[keys];
    Arrays.fill(k, 1);
    k[550] = 1e30f;
    Matrix ones = new Matrix(k, 0, 1, 1);
    Head head = new Head(new Matrix(q, 0, 1, 1), ones, new Matrix(k.clone(), 0, 1, 1), null);
    float[][] found = run(true, head, new Matrix(new float[4], 0, 1, 1), 1);
    assertEquals(1e30f, found[0][0]);
    assertEquals(Float.NaN, found[0][1]);
    assertEquals(Float.NaN, found[0][2]);
    assertEquals(1, found[0][3], 1e-5f);
  }
}
