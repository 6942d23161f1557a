package fluxion.backend.cpu.attention;

import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import java.util.Arrays;

/**
 * The gradients of a head.
 *
 * <p>Logits and weights are computed again, transposed: a row for each key, so that what is left
 * and what is right in the products lies as it is packed. Each element of a gradient is one chain
 * of fused multiply-adds over all queries, or over all keys, in order; so the sizes of blocks
 * change no bit.
 */
public final class AttendGradients {
  /** The queries of a block, which are columns. */
  private static final int QUERIES = 256;

  /** The same where half of them see no key of a block on the diagonal. */
  private static final int CAUSAL_QUERIES = 128;

  /** The keys of a block, which are rows. */
  private static final int KEYS = 96;

  private final Problem p;
  private final Head head;
  private final Matrix g;
  private final int step;
  private final int block;
  private final int queriesAcross;
  private final int queriesDown;
  private final int cotangentAcross;
  private final int cotangentDown;
  private final int slopesDown;
  private final int keyRows;
  private final int keyColumns;
  private final int valueRows;
  private final int weights;
  private final int slopes;
  private final int masks;
  private final int ofQueries;
  private final int sums;
  private final int dots;
  private final float[] panels;

  private AttendGradients(Problem p, Head head, Matrix g) {
    this.p = p;
    this.head = head;
    this.g = g;
    this.step = p.tile().left(1);
    this.block = Math.min(p.causal() ? CAUSAL_QUERIES : QUERIES, p.queries());
    int height = p.left(Math.min(KEYS, p.keys()));
    this.queriesAcross = Attend.ALIGNMENT;
    this.queriesDown = queriesAcross + p.right(p.depth(), block);
    this.cotangentAcross = queriesDown + p.right(block, p.depth());
    this.cotangentDown = cotangentAcross + p.right(p.width(), block);
    this.slopesDown = cotangentDown + p.right(block, p.width());
    this.keyRows = slopesDown + p.right(Math.min(KEYS, p.keys()), block);
    this.keyColumns = keyRows + height;
    this.valueRows = keyColumns + p.left(p.depth());
    this.weights = valueRows + height;
    this.slopes = weights + height;
    this.masks = slopes + height;
    this.ofQueries = masks + (head.mask() == null ? 0 : height);
    this.sums = ofQueries + p.depth() * block;
    // as long as the widest vector that reads behind the last query
    this.dots = sums + Problem.MOST;
    this.panels = (float[]) Gemm.arithmetic(g.array()).panels(dots + Problem.MOST);
  }

  /**
   * Computes the gradients of a head.
   *
   * @param p what all heads share
   * @param head what was read
   * @param y the outputs that were computed, row by row
   * @param yAt where they begin
   * @param lse the logarithms of the sums
   * @param lseAt where they begin
   * @param g the outputs' cotangent
   * @param targets take the gradients of queries, keys and values, row by row
   * @param starts where they begin
   */
  public static void run(
      Problem p,
      Head head,
      float[] y,
      int yAt,
      float[] lse,
      int lseAt,
      Matrix g,
      float[][] targets,
      int[] starts) {
    Arrays.fill(targets[1], starts[1], starts[1] + p.keys() * p.depth(), 0);
    Arrays.fill(targets[2], starts[2], starts[2] + p.keys() * p.width(), 0);
    AttendGradients gradients = new AttendGradients(p, head, g);
    boolean skips = p.causal() && gradients.areFinite();
    for (int query = 0; query < p.queries(); query += gradients.block) {
      int queries = Math.min(gradients.block, p.queries() - query);
      gradients.dots(y, yAt, lse, lseAt, query, queries);
      gradients.packQueries(query, queries);
      int bound = skips ? Math.min(p.keys(), query + queries) : p.keys();
      for (int key = 0; key < bound; key += KEYS) {
        gradients.block(query, queries, key, Math.min(KEYS, p.keys() - key), targets, starts);
      }
      gradients.store(targets[0], starts[0] + query * p.depth(), queries);
    }
  }

  private boolean areFinite() {
    return Problem.isFinite(head.q(), p.queries(), p.depth())
        && Problem.isFinite(head.k(), p.keys(), p.depth())
        && Problem.isFinite(head.v(), p.keys(), p.width())
        && Problem.isFinite(g, p.queries(), p.width());
  }

  /** The products of outputs and cotangents: four sums of every fourth, added in pairs. */
  private void dots(float[] y, int yAt, float[] lse, int lseAt, int query, int queries) {
    float[] cotangents = (float[]) g.array();
    int next = g.columnStride();
    for (int i = 0; i < queries; i++) {
      int row = yAt + (query + i) * p.width();
      int at = g.at(query + i, 0);
      float a = 0;
      float b = 0;
      float c = 0;
      float d = 0;
      int j = 0;
      for (; j + 4 <= p.width(); j += 4) {
        a += y[row + j] * cotangents[at];
        b += y[row + j + 1] * cotangents[at + next];
        c += y[row + j + 2] * cotangents[at + 2 * next];
        d += y[row + j + 3] * cotangents[at + 3 * next];
        at += 4 * next;
      }
      for (; j < p.width(); j++) {
        a += y[row + j] * cotangents[at];
        at += next;
      }
      panels[dots + i] = (a + b) + (c + d);
      panels[sums + i] = lse[lseAt + query + i];
    }
  }

  private void packQueries(int query, int queries) {
    Matrix q = head.q().from(query, 0);
    Matrix cotangent = g.from(query, 0);
    p.packRight(q.transposed(), queries, p.depth(), panels, queriesAcross);
    p.packRight(q, p.depth(), queries, panels, queriesDown);
    Problem.scale(panels, queriesAcross, cotangentAcross, p.scale());
    p.packRight(cotangent.transposed(), queries, p.width(), panels, cotangentAcross);
    p.packRight(cotangent, p.width(), queries, panels, cotangentDown);
    Arrays.fill(panels, ofQueries, ofQueries + p.depth() * block, 0);
  }

  private void block(int query, int queries, int key, int keys, float[][] targets, int[] starts) {
    int depth = p.depth();
    int width = p.width();
    Matrix k = head.k().from(key, 0);
    p.packLeft(k, keys, depth, panels, keyRows);
    p.packLeft(k.transposed(), depth, keys, panels, keyColumns);
    p.packLeft(head.v().from(key, 0), keys, width, panels, valueRows);
    p.multiply(
        panels, keyRows, queriesAcross, depth, depth, panels, weights, step, keys, queries, true);
    p.multiply(
        panels,
        valueRows,
        cotangentAcross,
        width,
        width,
        panels,
        slopes,
        step,
        keys,
        queries,
        true);
    weigh(query, queries, key, keys);
    int ofKey = starts[1] + key * depth;
    int ofValue = starts[2] + key * width;
    p.multiply(
        panels,
        weights,
        cotangentDown,
        queries,
        queries,
        targets[2],
        ofValue,
        width,
        keys,
        width,
        false);
    p.multiply(
        panels,
        slopes,
        queriesDown,
        queries,
        queries,
        targets[1],
        ofKey,
        depth,
        keys,
        depth,
        false);
    p.packRight(new Matrix(panels, slopes, step, 1), queries, keys, panels, slopesDown);
    p.multiply(
        panels,
        keyColumns,
        slopesDown,
        keys,
        keys,
        panels,
        ofQueries,
        block,
        depth,
        queries,
        false);
  }

  /** Makes weights of logits, and the logits' gradients of those of weights. */
  private void weigh(int query, int queries, int key, int keys) {
    Mask mask = head.mask();
    if (mask != null) {
      mask.transposed().read(key, query, keys, queries, panels, masks, step);
    }
    for (int i = 0; i < keys; i++) {
      int row = weights + i * step;
      int slope = slopes + i * step;
      int hidden = p.causal() ? Math.clamp((long) key + i - query, 0, queries) : 0;
      Arrays.fill(panels, row, row + hidden, Float.NEGATIVE_INFINITY);
      if (mask != null) {
        p.scores().mask(panels, row, queries, masks + i * step, mask.isTruths());
      }
      p.scores().gradients(panels, row, slope, queries, sums, dots);
      Arrays.fill(panels, slope, slope + hidden, 0);
      if (mask != null && mask.isTruths()) {
        clear(slope, queries, masks + i * step);
      }
    }
  }

  /** Puts 0 where truth values hide a key, also where the weight is NaN. */
  private void clear(int slope, int queries, int mask) {
    for (int j = 0; j < queries; j++) {
      if (panels[mask + j] != 0) {
        panels[slope + j] = 0;
      }
    }
  }

  /** Stores the gradients of queries, which are columns. */
  private void store(float[] target, int at, int queries) {
    int depth = p.depth();
    for (int i = 0; i < queries; i++) {
      for (int e = 0; e < depth; e++) {
        target[at + i * depth + e] = panels[ofQueries + e * block + i] * p.scale();
      }
    }
  }
}
