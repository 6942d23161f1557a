package fluxion.backend.cpu.reduce;

import fluxion.engine.spi.Reduction;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Folds {@code float} values with vectors where they lie one after another. Each accumulator is one
 * vector lane, so that the bits are those of the loops over single elements, however wide vectors
 * are.
 */
final class FloatVectorFold extends FloatFold {
  private static final VectorSpecies<Float> SPECIES = species();
  private static final int LENGTH = SPECIES.length();
  private static final int LANES = 32;

  /** An element at the begin of a line of the cache, where an array lies at the begin of one. */
  private static final int ALIGNED = (64 - 16) / Float.BYTES;

  FloatVectorFold(Reduction.Kind kind) {
    super(kind);
  }

  private static VectorSpecies<Float> species() {
    VectorSpecies<Float> preferred = FloatVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? FloatVector.SPECIES_512 : preferred;
  }

  @Override
  public Fold vectors() {
    return this;
  }

  // ---- lanes

  /** Eight vectors accumulate at once, over as many blocks as that takes. */
  @Override
  int blocksAtOnce() {
    return hasLoops() ? 8 * LENGTH / LANES : 0;
  }

  private boolean hasLoops() {
    return switch (kind()) {
      case SUM, MIN, MAX -> true;
      case PROD, ALL, ANY -> false;
    };
  }

  @Override
  void laneRows(Object lanes, Object values, int from, int rows) {
    float[] a = (float[]) lanes;
    float[] x = (float[]) values;
    if (!hasLoops() || 2 * LENGTH > LANES) {
      super.laneRows(lanes, values, from, rows);
      return;
    }
    for (int lane = 0; lane < LANES; lane += 2 * LENGTH) {
      switch (kind()) {
        case SUM -> addLanes(a, lane, x, from + lane, rows);
        case MIN -> minLanes(a, lane, x, from + lane, rows);
        default -> maxLanes(a, lane, x, from + lane, rows);
      }
    }
  }

  private static void addLanes(float[] lanes, int lane, float[] x, int from, int rows) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, lanes, lane);
    FloatVector a1 = FloatVector.fromArray(SPECIES, lanes, lane + LENGTH);
    int end = from + rows * LANES;
    for (int i = from; i < end; i += LANES) {
      a0 = a0.add(FloatVector.fromArray(SPECIES, x, i));
      a1 = a1.add(FloatVector.fromArray(SPECIES, x, i + LENGTH));
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + LENGTH);
  }

  private static void minLanes(float[] lanes, int lane, float[] x, int from, int rows) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, lanes, lane);
    FloatVector a1 = FloatVector.fromArray(SPECIES, lanes, lane + LENGTH);
    int end = from + rows * LANES;
    for (int i = from; i < end; i += LANES) {
      a0 = a0.min(FloatVector.fromArray(SPECIES, x, i));
      a1 = a1.min(FloatVector.fromArray(SPECIES, x, i + LENGTH));
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + LENGTH);
  }

  private static void maxLanes(float[] lanes, int lane, float[] x, int from, int rows) {
    FloatVector a0 = FloatVector.fromArray(SPECIES, lanes, lane);
    FloatVector a1 = FloatVector.fromArray(SPECIES, lanes, lane + LENGTH);
    int end = from + rows * LANES;
    for (int i = from; i < end; i += LANES) {
      a0 = a0.max(FloatVector.fromArray(SPECIES, x, i));
      a1 = a1.max(FloatVector.fromArray(SPECIES, x, i + LENGTH));
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + LENGTH);
  }

  // ---- blocks

  @Override
  void blocks(Object results, int at, Object values, int from, int step) {
    int blocks = blocksAtOnce();
    float[] lanes = new float[blocks * LANES];
    int distance = step * LANE_BLOCK;
    switch (kind()) {
      case SUM -> addBlocks(lanes, (float[]) values, from, distance);
      case MIN -> minBlocks(lanes, (float[]) values, from, distance);
      default -> maxBlocks(lanes, (float[]) values, from, distance);
    }
    float[] ends = new float[blocks];
    for (int b = 0; b < blocks; b++) {
      ends[b] = lanes[b * LANES];
    }
    rows(ends, 0, lanes, 1, 1, LANES, LANES - 1, blocks);
    for (int b = 0; b < blocks; b++) {
      ((float[]) results)[at + b * step] = ends[b];
    }
  }

  /** Where the vector of an accumulator starts, from the first block on. */
  private static int start(int accumulator, int distance) {
    int lane = accumulator * LENGTH;
    return lane / LANES * distance + lane % LANES;
  }

  /**
   * Adds whole blocks. Vectors are read where they lie within a line of the cache if the array
   * begins as large ones do, so a vector's first element may be that of a later lane; the first
   * elements of a block and some of its last row are added one by one.
   */
  private static void addBlocks(float[] lanes, float[] x, int from, int distance) {
    int shift = ALIGNED - from & LENGTH - 1;
    float[] turned = new float[lanes.length];
    for (int b = 0; b < lanes.length; b += LANES) {
      int start = from + b / LANES * distance;
      for (int i = 0; i < shift; i++) {
        turned[b + LANES - shift + i] = 0 + x[start + i];
      }
    }
    addRows(turned, x, from + shift, distance);
    for (int b = 0; b < lanes.length; b += LANES) {
      int last = from + b / LANES * distance + LANE_BLOCK - LANES;
      System.arraycopy(turned, b + LANES - shift, lanes, b, shift);
      for (int lane = shift; lane < LANES; lane++) {
        lanes[b + lane] = turned[b + lane - shift] + x[last + lane];
      }
    }
  }

  /** Adds all rows of blocks but the last. */
  private static void addRows(float[] lanes, float[] x, int from, int distance) {
    int i0 = from + start(0, distance);
    int i1 = from + start(1, distance);
    int i2 = from + start(2, distance);
    int i3 = from + start(3, distance);
    int i4 = from + start(4, distance);
    int i5 = from + start(5, distance);
    int i6 = from + start(6, distance);
    int i7 = from + start(7, distance);
    FloatVector a0 = FloatVector.fromArray(SPECIES, lanes, 0);
    FloatVector a1 = FloatVector.fromArray(SPECIES, lanes, LENGTH);
    FloatVector a2 = FloatVector.fromArray(SPECIES, lanes, 2 * LENGTH);
    FloatVector a3 = FloatVector.fromArray(SPECIES, lanes, 3 * LENGTH);
    FloatVector a4 = FloatVector.fromArray(SPECIES, lanes, 4 * LENGTH);
    FloatVector a5 = FloatVector.fromArray(SPECIES, lanes, 5 * LENGTH);
    FloatVector a6 = FloatVector.fromArray(SPECIES, lanes, 6 * LENGTH);
    FloatVector a7 = FloatVector.fromArray(SPECIES, lanes, 7 * LENGTH);
    for (int i = 0; i < LANE_BLOCK - LANES; i += LANES) {
      a0 = a0.add(FloatVector.fromArray(SPECIES, x, i0 + i));
      a1 = a1.add(FloatVector.fromArray(SPECIES, x, i1 + i));
      a2 = a2.add(FloatVector.fromArray(SPECIES, x, i2 + i));
      a3 = a3.add(FloatVector.fromArray(SPECIES, x, i3 + i));
      a4 = a4.add(FloatVector.fromArray(SPECIES, x, i4 + i));
      a5 = a5.add(FloatVector.fromArray(SPECIES, x, i5 + i));
      a6 = a6.add(FloatVector.fromArray(SPECIES, x, i6 + i));
      a7 = a7.add(FloatVector.fromArray(SPECIES, x, i7 + i));
    }
    a0.intoArray(lanes, 0);
    a1.intoArray(lanes, LENGTH);
    a2.intoArray(lanes, 2 * LENGTH);
    a3.intoArray(lanes, 3 * LENGTH);
    a4.intoArray(lanes, 4 * LENGTH);
    a5.intoArray(lanes, 5 * LENGTH);
    a6.intoArray(lanes, 6 * LENGTH);
    a7.intoArray(lanes, 7 * LENGTH);
  }

  private static void minBlocks(float[] lanes, float[] x, int from, int distance) {
    int i0 = from + start(0, distance);
    int i1 = from + start(1, distance);
    int i2 = from + start(2, distance);
    int i3 = from + start(3, distance);
    int i4 = from + start(4, distance);
    int i5 = from + start(5, distance);
    int i6 = from + start(6, distance);
    int i7 = from + start(7, distance);
    FloatVector a0 = FloatVector.broadcast(SPECIES, Float.POSITIVE_INFINITY);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (int i = 0; i < LANE_BLOCK; i += LANES) {
      a0 = a0.min(FloatVector.fromArray(SPECIES, x, i0 + i));
      a1 = a1.min(FloatVector.fromArray(SPECIES, x, i1 + i));
      a2 = a2.min(FloatVector.fromArray(SPECIES, x, i2 + i));
      a3 = a3.min(FloatVector.fromArray(SPECIES, x, i3 + i));
      a4 = a4.min(FloatVector.fromArray(SPECIES, x, i4 + i));
      a5 = a5.min(FloatVector.fromArray(SPECIES, x, i5 + i));
      a6 = a6.min(FloatVector.fromArray(SPECIES, x, i6 + i));
      a7 = a7.min(FloatVector.fromArray(SPECIES, x, i7 + i));
    }
    a0.intoArray(lanes, 0);
    a1.intoArray(lanes, LENGTH);
    a2.intoArray(lanes, 2 * LENGTH);
    a3.intoArray(lanes, 3 * LENGTH);
    a4.intoArray(lanes, 4 * LENGTH);
    a5.intoArray(lanes, 5 * LENGTH);
    a6.intoArray(lanes, 6 * LENGTH);
    a7.intoArray(lanes, 7 * LENGTH);
  }

  private static void maxBlocks(float[] lanes, float[] x, int from, int distance) {
    int i0 = from + start(0, distance);
    int i1 = from + start(1, distance);
    int i2 = from + start(2, distance);
    int i3 = from + start(3, distance);
    int i4 = from + start(4, distance);
    int i5 = from + start(5, distance);
    int i6 = from + start(6, distance);
    int i7 = from + start(7, distance);
    FloatVector a0 = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    FloatVector a1 = a0;
    FloatVector a2 = a0;
    FloatVector a3 = a0;
    FloatVector a4 = a0;
    FloatVector a5 = a0;
    FloatVector a6 = a0;
    FloatVector a7 = a0;
    for (int i = 0; i < LANE_BLOCK; i += LANES) {
      a0 = a0.max(FloatVector.fromArray(SPECIES, x, i0 + i));
      a1 = a1.max(FloatVector.fromArray(SPECIES, x, i1 + i));
      a2 = a2.max(FloatVector.fromArray(SPECIES, x, i2 + i));
      a3 = a3.max(FloatVector.fromArray(SPECIES, x, i3 + i));
      a4 = a4.max(FloatVector.fromArray(SPECIES, x, i4 + i));
      a5 = a5.max(FloatVector.fromArray(SPECIES, x, i5 + i));
      a6 = a6.max(FloatVector.fromArray(SPECIES, x, i6 + i));
      a7 = a7.max(FloatVector.fromArray(SPECIES, x, i7 + i));
    }
    a0.intoArray(lanes, 0);
    a1.intoArray(lanes, LENGTH);
    a2.intoArray(lanes, 2 * LENGTH);
    a3.intoArray(lanes, 3 * LENGTH);
    a4.intoArray(lanes, 4 * LENGTH);
    a5.intoArray(lanes, 5 * LENGTH);
    a6.intoArray(lanes, 6 * LENGTH);
    a7.intoArray(lanes, 7 * LENGTH);
  }

  // ---- rows of many columns

  @Override
  void wide(float[] a, int at, float[] x, int from, int step, int rows, int columns) {
    if (!hasLoops()) {
      super.wide(a, at, x, from, step, rows, columns);
      return;
    }
    int vectors = SPECIES.loopBound(columns);
    int r = 0;
    for (; r + 4 <= rows; r += 4) {
      int i = from + r * step;
      switch (kind()) {
        case SUM -> addRows(a, at, x, i, step, vectors);
        case MIN -> minRows(a, at, x, i, step, vectors);
        default -> maxRows(a, at, x, i, step, vectors);
      }
    }
    if (r < rows) {
      super.wide(a, at, x, from + r * step, step, rows - r, vectors);
    }
    rows(a, at + vectors, x, from + vectors, step, 1, rows, columns - vectors);
  }

  private static void addRows(float[] a, int at, float[] x, int from, int step, int columns) {
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    for (int c = 0; c < columns; c += LENGTH) {
      FloatVector.fromArray(SPECIES, a, at + c)
          .add(FloatVector.fromArray(SPECIES, x, from + c))
          .add(FloatVector.fromArray(SPECIES, x, i1 + c))
          .add(FloatVector.fromArray(SPECIES, x, i2 + c))
          .add(FloatVector.fromArray(SPECIES, x, i3 + c))
          .intoArray(a, at + c);
    }
  }

  private static void minRows(float[] a, int at, float[] x, int from, int step, int columns) {
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    for (int c = 0; c < columns; c += LENGTH) {
      FloatVector.fromArray(SPECIES, a, at + c)
          .min(FloatVector.fromArray(SPECIES, x, from + c))
          .min(FloatVector.fromArray(SPECIES, x, i1 + c))
          .min(FloatVector.fromArray(SPECIES, x, i2 + c))
          .min(FloatVector.fromArray(SPECIES, x, i3 + c))
          .intoArray(a, at + c);
    }
  }

  private static void maxRows(float[] a, int at, float[] x, int from, int step, int columns) {
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    for (int c = 0; c < columns; c += LENGTH) {
      FloatVector.fromArray(SPECIES, a, at + c)
          .max(FloatVector.fromArray(SPECIES, x, from + c))
          .max(FloatVector.fromArray(SPECIES, x, i1 + c))
          .max(FloatVector.fromArray(SPECIES, x, i2 + c))
          .max(FloatVector.fromArray(SPECIES, x, i3 + c))
          .intoArray(a, at + c);
    }
  }
}
