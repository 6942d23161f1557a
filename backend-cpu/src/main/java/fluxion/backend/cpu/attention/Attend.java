package fluxion.backend.cpu.attention;

import fluxion.backend.cpu.gemm.Gemm;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The outputs of some queries of a head.
 *
 * <p>Keys come in blocks of {@value #KEYS}. A logit is one chain of fused multiply-adds over the
 * depth, of queries that are multiplied by the scale first. The weights of a block are {@code
 * exp(logit − max)} with the largest logit so far, and are summed as a reduction over the last
 * dimension sums them; where the largest grows, the sum and the outputs of the blocks before are
 * multiplied by {@code exp(before − now)}. An output is one chain over all keys, divided by the sum
 * at the end. None of this depends on how many queries are computed at once.
 */
public final class Attend {
  /** The keys of a block. */
  private static final int KEYS = 512;

  /** The queries of a block: their weights stay in an L2 cache. */
  private static final int QUERIES = 96;

  /** So many elements behind the first of a large array a line of the cache begins. */
  static final int ALIGNMENT = 12;

  private final Problem p;
  private final Head head;
  private final float[] y;
  private final int yAt;
  private final int from;
  private final int to;
  private final float[] maxima;
  private final float[] sums;
  private final float[] blockSums = new float[QUERIES];
  private final float[] before = new float[QUERIES];
  private final int step;
  private final int keyPanels;
  private final int valuePanels;
  private final int rows;
  private final int logits;
  private final int masks;
  private final float[] panels;

  private Attend(Problem p, Head head, float[] y, int yAt, int from, int to) {
    this.p = p;
    this.head = head;
    this.y = y;
    this.yAt = yAt;
    this.from = from;
    this.to = to;
    this.maxima = new float[to - from];
    this.sums = new float[to - from];
    this.step = p.tile().left(1);
    int block = Math.min(KEYS, p.keys());
    int height = p.left(Math.min(QUERIES, to - from));
    this.keyPanels = ALIGNMENT;
    this.valuePanels = keyPanels + p.right(p.depth(), block);
    this.rows = valuePanels + p.right(block, p.width());
    this.logits = rows + height;
    this.masks = logits + height;
    int length = masks + (head.mask() == null ? 0 : height);
    this.panels = (float[]) Gemm.arithmetic(y).panels(length);
  }

  /**
   * Computes outputs.
   *
   * @param p what all heads share
   * @param head what is read
   * @param y takes the outputs of the head's queries, row by row
   * @param yAt where the first query's begin
   * @param lse takes the logarithms of the sums
   * @param lseAt where the first query's goes
   * @param from the first query to compute
   * @param to the bound of those
   */
  public static void run(
      Problem p, Head head, float[] y, int yAt, float[] lse, int lseAt, int from, int to) {
    Attend attend = new Attend(p, head, y, yAt, from, to);
    attend.blocks();
    attend.finish(lse, lseAt);
  }

  private void blocks() {
    // not −∞, so that what is taken off logits of −∞ leaves −∞
    Arrays.fill(maxima, -Float.MAX_VALUE);
    Arrays.fill(y, yAt + from * p.width(), yAt + to * p.width(), 0);
    boolean skips = p.causal() && Problem.isFinite(head.v(), p.keys(), p.width());
    for (int key = 0; key < p.keys(); key += KEYS) {
      int keys = Math.min(KEYS, p.keys() - key);
      if (skips && key >= to) {
        return;
      }
      p.packRight(head.k().from(key, 0).transposed(), keys, p.depth(), panels, keyPanels);
      p.packRight(head.v().from(key, 0), p.width(), keys, panels, valuePanels);
      for (int query = from; query < to; query += QUERIES) {
        int queries = Math.min(QUERIES, to - query);
        int seen = skips ? p.up(query + queries - key) : keys;
        if (seen > 0) {
          block(query, queries, key, Math.min(keys, seen), keys);
        }
      }
    }
  }

  private void block(int query, int queries, int key, int keys, int packed) {
    p.packLeft(head.q().from(query, 0), queries, p.depth(), panels, rows);
    for (int i = 0; i < queries; i++) {
      int row = rows + i * step;
      Problem.scale(panels, row, row + p.depth(), p.scale());
    }
    p.multiply(
        panels, rows, keyPanels, p.depth(), p.depth(), panels, logits, step, queries, keys, true);
    hide(head.mask(), query, queries, key, keys);
    int at = query - from;
    System.arraycopy(maxima, at, before, 0, queries);
    p.scores().exponentials(panels, logits, step, queries, keys, maxima, blockSums, at);
    for (int i = 0; i < queries; i++) {
      float factor = p.scores().exponential(before[i] - maxima[at + i]);
      sums[at + i] = sums[at + i] * factor + blockSums[i];
      if (key > 0 && factor != 1) {
        int row = yAt + (query + i) * p.width();
        Problem.scale(y, row, row + p.width(), factor);
      }
    }
    int width = p.width();
    int target = yAt + query * width;
    p.multiply(
        panels, logits, valuePanels, packed, keys, y, target, width, queries, width, key == 0);
  }

  /** Adds the mask, or puts −∞ where a key is hidden from a query. */
  private void hide(@Nullable Mask mask, int query, int queries, int key, int keys) {
    if (mask != null) {
      mask.read(query, key, queries, keys, panels, masks, step);
      for (int i = 0; i < queries; i++) {
        int row = i * step;
        p.scores().mask(panels, logits + row, keys, masks + row, mask.isTruths());
      }
    }
    for (int i = 0; p.causal() && i < queries; i++) {
      int row = logits + i * step;
      int seen = Math.clamp((long) query + i + 1 - key, 0, keys);
      Arrays.fill(panels, row + seen, row + keys, Float.NEGATIVE_INFINITY);
    }
  }

  /** Divides by the sums; without any weight there is no mean. */
  private void finish(float[] lse, int lseAt) {
    for (int i = 0; i < to - from; i++) {
      float sum = sums[i] == 0 ? Float.NaN : sums[i];
      int row = yAt + (from + i) * p.width();
      for (int c = row; c < row + p.width(); c++) {
        y[c] /= sum;
      }
      lse[lseAt + from + i] = maxima[i] + (float) StrictMath.log(sum);
    }
  }
}
