package fluxion.backend.cpu.reduce;

import fluxion.backend.cpu.workers.Workers;

/**
 * One walk of a fold: for each result the blocks of its elements are folded, and the blocks'
 * results are combined in a balanced tree.
 *
 * <p>Many results are shared out among threads; a few long ones by their blocks. Either way the
 * bits are the same.
 */
public final class Folding {
  /** The most columns of a block. */
  private static final int WIDTH = 2048;

  /** The most columns where each has lanes. */
  private static final int LANED_WIDTH = 128;

  /** The most results of blocks that are kept at once. */
  private static final int KEPT = 1 << 16;

  /** The fewest columns of a block that is narrowed so that there are more of them. */
  private static final int NARROW = 64;

  /**
   * The number of parts into which work is cut, so that threads of different speed end together.
   */
  private static final int PARTS = 32;

  /** Threads share blocks in groups of this size. */
  private static final int GROUP = 4;

  /** With fewer blocks than this, threads share columns. */
  private static final int FEW_BLOCKS = 8;

  /** From how many elements on vectors are used; below, their classes are not even loaded. */
  public static final int VECTORS = 4 * Fold.LANE_BLOCK;

  private final Fold fold;
  private final Window window;
  private final Source source;
  private final Object target;
  private final int targetOffset;
  private final long folded;
  private final int blocks;
  private final int width;
  private final int chunks;

  private Folding(
      Fold fold,
      Window window,
      Source source,
      Object target,
      int targetOffset,
      long elements,
      boolean shared) {
    this.fold = elements >= VECTORS ? fold.vectors() : fold;
    this.window = window;
    this.source = source;
    this.target = target;
    this.targetOffset = targetOffset;
    this.folded = window.reduced().positions();
    this.blocks = (int) ((folded + window.block() - 1) / window.block());
    int most = window.lanes() ? LANED_WIDTH : WIDTH;
    int wide = Math.clamp(KEPT / Math.max(blocks, 1), 1, Math.min(most, window.columns()));
    long needed = (PARTS + window.outer().positions() - 1) / window.outer().positions();
    int narrow = (int) Math.max((window.columns() + needed - 1) / needed, NARROW);
    this.width = shared && blocks < FEW_BLOCKS ? Math.min(wide, narrow) : wide;
    this.chunks = (window.columns() + width - 1) / width;
  }

  /**
   * Folds everything.
   *
   * @param fold what is computed
   * @param window which elements go to which results
   * @param source the elements
   * @param target an array of the carrier that takes the results
   * @param targetOffset where the first result goes
   * @param parallel from how many elements on the work is shared out among threads
   */
  public static void run(
      Fold fold, Window window, Source source, Object target, int targetOffset, long parallel) {
    long results = window.outer().positions() * window.columns();
    long elements = results * Math.max(window.reduced().positions(), 1);
    boolean share = elements >= parallel;
    Folding folding = new Folding(fold, window, source, target, targetOffset, elements, share);
    long units = window.outer().positions() * folding.chunks;
    if (!share) {
      folding.units(0, units);
    } else if (units >= PARTS || folding.blocks < FEW_BLOCKS) {
      int parts = (int) Math.min(units, PARTS);
      Workers.run(parts, part -> folding.units(part * units / parts, (part + 1) * units / parts));
    } else {
      for (long unit = 0; unit < units; unit++) {
        folding.shared(unit);
      }
    }
  }

  /**
   * {@return whether sequences of a length are folded in order, and at once: one block without
   * lanes}
   *
   * @param fold what is computed
   * @param lastReduced whether the last dimension is among the folded ones
   * @param length the elements of a sequence
   */
  public static boolean isInOrder(Fold fold, boolean lastReduced, long length) {
    return length <= (lastReduced ? fold.lanes() : Fold.ROW_BLOCK);
  }

  /**
   * Folds sequences side by side that are {@linkplain #isInOrder folded in order}, without anything
   * that larger ones need.
   *
   * @param fold what is computed
   * @param target takes the results, one after another; another array than that of the elements
   * @param at where the first result goes
   * @param values an array of the carrier
   * @param from the first element of the first sequence
   * @param step the step from one element to the next
   * @param columnStep the step from one sequence to the next
   * @param rows the elements of a sequence
   * @param columns the number of sequences
   */
  public static void inOrder(
      Fold fold,
      Object target,
      int at,
      Object values,
      int from,
      int step,
      int columnStep,
      int rows,
      int columns) {
    fold.neutral(target, at, columns);
    fold.rows(target, at, values, from, step, columnStep, rows, columns);
    fold.store(target, at, 1, target, at, columns);
  }

  private void units(long from, long to) {
    Object results = fold.array(Math.max(blocks, 1) * width);
    Block block = new Block(fold, window.lanes(), width);
    for (long unit = from; unit < to; unit++) {
      fold(unit, block, results, 0, blocks);
      end(unit, results);
    }
  }

  private void shared(long unit) {
    Object results = fold.array(blocks * width);
    // a few blocks at a time: that many may be folded at once
    int groups = (blocks + GROUP - 1) / GROUP;
    int parts = Math.min(groups, PARTS);
    Workers.run(
        parts,
        part -> {
          int from = (int) ((long) part * groups / parts) * GROUP;
          int to = Math.min((int) ((part + 1L) * groups / parts) * GROUP, blocks);
          fold(unit, new Block(fold, window.lanes(), width), results, from, to);
        });
    end(unit, results);
  }

  private int columns(long unit) {
    return Math.min(width, window.columns() - (int) (unit % chunks) * width);
  }

  /** Folds some blocks; the results of block {@code b} go to row {@code b}. */
  private void fold(long unit, Block block, Object results, int from, int to) {
    long outer = unit / chunks;
    int column = (int) (unit % chunks) * width;
    int columns = columns(unit);
    int size = window.block();
    int b = from;
    int atOnce = fold.blocksAtOnce();
    if (atOnce > 0
        && window.lanes()
        && window.columns() == 1
        && source instanceof ArraySource array
        && array.contiguous()) {
      int whole = (int) Math.min(to, folded / size);
      int start = array.start(outer);
      // each of those that are folded at once goes on where it ended: memory is fetched ahead
      int step = Math.max(whole - b, 0) / atOnce;
      for (int end = b + step; b < end; b++) {
        fold.blocks(results, b, array.array(), start + b * size, step);
      }
      b += step * (atOnce - 1);
    }
    for (; b < to; b++) {
      long first = (long) b * size;
      block.start(columns);
      source.add(block, outer, first, (int) Math.min(size, folded - first), column);
      block.finish(results, b * columns);
    }
  }

  private void end(long unit, Object results) {
    int columns = columns(unit);
    if (blocks == 0) {
      fold.neutral(results, 0, columns);
    }
    for (int n = blocks; n > 1; n = (n + 1) / 2) {
      for (int pair = 0; pair < n / 2; pair++) {
        int left = 2 * pair * columns;
        fold.rows(results, left, results, left + columns, 0, 1, 1, columns);
        System.arraycopy(results, left, results, pair * columns, columns);
      }
      if (n % 2 != 0) {
        System.arraycopy(results, (n - 1) * columns, results, n / 2 * columns, columns);
      }
    }
    int at = targetOffset + window.outer().place(0, unit / chunks);
    int step = window.columnStep(0);
    fold.store(target, at + (int) (unit % chunks) * width * step, step, results, 0, columns);
  }
}
