package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.workers.Warmup;

/**
 * The transforms of Winograd's F(2×2, 3×3), over arrays whose elements lie side by side and are
 * computed alike. Element {@code 4·a + b} of a tile is that of its row {@code a} and column {@code
 * b}. Both implementations round alike, operation by operation.
 */
interface Transforms {
  /** The elements of a tile. */
  int ELEMENTS = 16;

  /** How many elements behind those asked for may be written, and read behind twice as many. */
  int MARGIN = 64;

  /** Whether the transforms over vectors are fast already. */
  Warmup WARMUP = new Warmup(VectorTransforms::trial);

  /** {@return the transforms of choice} */
  static Transforms of(boolean vectors) {
    return vectors && WARMUP.isDone() ? VectorTransforms.INSTANCE : PlainTransforms.INSTANCE;
  }

  /**
   * Transforms the rows of a rectangle of tiles: of elements {@code d0…d3} to {@code d0 − d2, d1 +
   * d2, d2 − d1, d1 − d3}. A tile begins two elements behind the one before, and two rows below the
   * one above.
   *
   * @param image the image
   * @param from where the first tile begins
   * @param stride the step from row to row of the image
   * @param high how many rows of tiles
   * @param wide how many tiles a row has
   * @param rows what is written, element by element, tile after tile
   * @param at where the first tile's first is
   * @param plane the step from element to element
   */
  void rows(
      float[] image, int from, int stride, int high, int wide, float[] rows, int at, int plane);

  /**
   * Transforms the columns of tiles whose rows are transformed, in the same way, and writes the
   * elements to panels, of which zeros fill the last vector.
   *
   * @param rows the tiles, element by element
   * @param plane the step from element to element
   * @param count how many tiles
   * @param panels where the panels are
   * @param at where the first tile's first element goes
   * @param step the step from element to element there
   * @param width how many tiles are side by side
   * @param panel the step to the next ones
   */
  void columns(
      float[] rows, int plane, int count, float[] panels, int at, int step, int width, int panel);

  /**
   * Transforms kernels.
   *
   * @param taps the kernels, element by element
   * @param plane the step from element to element
   * @param count how many
   * @param target what is written
   * @param places where the first kernel's elements go
   * @param at what is added to all places
   */
  void kernels(float[] taps, int plane, int count, float[] target, int[] places, int at);

  /**
   * Transforms products to two rows of outputs.
   *
   * @param products the products, element by element; they may be overwritten
   * @param from where the first tile's first is
   * @param plane the step from element to element
   * @param count how many tiles
   * @param bias what is added to each output
   * @param outputs what is written
   * @param top where the upper row goes
   * @param bottom where the lower one goes
   * @return whether all outputs are finite
   */
  boolean outputs(
      float[] products,
      int from,
      int plane,
      int count,
      float bias,
      float[] outputs,
      int top,
      int bottom);
}
