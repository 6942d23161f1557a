package fluxion.backend.cpu.reduce;

import fluxion.engine.spi.Reduction;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Folds {@code double} values with vectors where they lie one after another. Each accumulator is
 * one vector lane, so that the bits are those of the loops over single elements, however wide
 * vectors are.
 */
final class DoubleVectorFold extends DoubleFold {
  private static final VectorSpecies<Double> SPECIES = species();
  private static final int LENGTH = SPECIES.length();
  private static final int LANES = 16;

  DoubleVectorFold(Reduction.Kind kind) {
    super(kind);
  }

  private static VectorSpecies<Double> species() {
    VectorSpecies<Double> preferred = DoubleVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? DoubleVector.SPECIES_512 : preferred;
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
    double[] a = (double[]) lanes;
    double[] x = (double[]) values;
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

  private static void addLanes(double[] lanes, int lane, double[] x, int from, int rows) {
    DoubleVector a0 = DoubleVector.fromArray(SPECIES, lanes, lane);
    DoubleVector a1 = DoubleVector.fromArray(SPECIES, lanes, lane + LENGTH);
    int end = from + rows * LANES;
    for (int i = from; i < end; i += LANES) {
      a0 = a0.add(DoubleVector.fromArray(SPECIES, x, i));
      a1 = a1.add(DoubleVector.fromArray(SPECIES, x, i + LENGTH));
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + LENGTH);
  }

  private static void minLanes(double[] lanes, int lane, double[] x, int from, int rows) {
    DoubleVector a0 = DoubleVector.fromArray(SPECIES, lanes, lane);
    DoubleVector a1 = DoubleVector.fromArray(SPECIES, lanes, lane + LENGTH);
    int end = from + rows * LANES;
    for (int i = from; i < end; i += LANES) {
      a0 = a0.min(DoubleVector.fromArray(SPECIES, x, i));
      a1 = a1.min(DoubleVector.fromArray(SPECIES, x, i + LENGTH));
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + LENGTH);
  }

  private static void maxLanes(double[] lanes, int lane, double[] x, int from, int rows) {
    DoubleVector a0 = DoubleVector.fromArray(SPECIES, lanes, lane);
    DoubleVector a1 = DoubleVector.fromArray(SPECIES, lanes, lane + LENGTH);
    int end = from + rows * LANES;
    for (int i = from; i < end; i += LANES) {
      a0 = a0.max(DoubleVector.fromArray(SPECIES, x, i));
      a1 = a1.max(DoubleVector.fromArray(SPECIES, x, i + LENGTH));
    }
    a0.intoArray(lanes, lane);
    a1.intoArray(lanes, lane + LENGTH);
  }

  // ---- blocks

  @Override
  void blocks(Object results, int at, Object values, int from, int step) {
    int blocks = blocksAtOnce();
    double[] lanes = new double[blocks * LANES];
    int distance = step * LANE_BLOCK;
    switch (kind()) {
      case SUM -> addBlocks(lanes, (double[]) values, from, distance);
      case MIN -> minBlocks(lanes, (double[]) values, from, distance);
      default -> maxBlocks(lanes, (double[]) values, from, distance);
    }
    double[] ends = new double[blocks];
    for (int b = 0; b < blocks; b++) {
      ends[b] = lanes[b * LANES];
    }
    rows(ends, 0, lanes, 1, 1, LANES, LANES - 1, blocks);
    for (int b = 0; b < blocks; b++) {
      ((double[]) results)[at + b * step] = ends[b];
    }
  }

  /** Where the vector of an accumulator starts, from the first block on. */
  private static int start(int accumulator, int distance) {
    int lane = accumulator * LENGTH;
    return lane / LANES * distance + lane % LANES;
  }

  private static void addBlocks(double[] lanes, double[] x, int from, int distance) {
    int i0 = from + start(0, distance);
    int i1 = from + start(1, distance);
    int i2 = from + start(2, distance);
    int i3 = from + start(3, distance);
    int i4 = from + start(4, distance);
    int i5 = from + start(5, distance);
    int i6 = from + start(6, distance);
    int i7 = from + start(7, distance);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, 0);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector a4 = a0;
    DoubleVector a5 = a0;
    DoubleVector a6 = a0;
    DoubleVector a7 = a0;
    for (int i = 0; i < LANE_BLOCK; i += LANES) {
      a0 = a0.add(DoubleVector.fromArray(SPECIES, x, i0 + i));
      a1 = a1.add(DoubleVector.fromArray(SPECIES, x, i1 + i));
      a2 = a2.add(DoubleVector.fromArray(SPECIES, x, i2 + i));
      a3 = a3.add(DoubleVector.fromArray(SPECIES, x, i3 + i));
      a4 = a4.add(DoubleVector.fromArray(SPECIES, x, i4 + i));
      a5 = a5.add(DoubleVector.fromArray(SPECIES, x, i5 + i));
      a6 = a6.add(DoubleVector.fromArray(SPECIES, x, i6 + i));
      a7 = a7.add(DoubleVector.fromArray(SPECIES, x, i7 + i));
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

  private static void minBlocks(double[] lanes, double[] x, int from, int distance) {
    int i0 = from + start(0, distance);
    int i1 = from + start(1, distance);
    int i2 = from + start(2, distance);
    int i3 = from + start(3, distance);
    int i4 = from + start(4, distance);
    int i5 = from + start(5, distance);
    int i6 = from + start(6, distance);
    int i7 = from + start(7, distance);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector a4 = a0;
    DoubleVector a5 = a0;
    DoubleVector a6 = a0;
    DoubleVector a7 = a0;
    for (int i = 0; i < LANE_BLOCK; i += LANES) {
      a0 = a0.min(DoubleVector.fromArray(SPECIES, x, i0 + i));
      a1 = a1.min(DoubleVector.fromArray(SPECIES, x, i1 + i));
      a2 = a2.min(DoubleVector.fromArray(SPECIES, x, i2 + i));
      a3 = a3.min(DoubleVector.fromArray(SPECIES, x, i3 + i));
      a4 = a4.min(DoubleVector.fromArray(SPECIES, x, i4 + i));
      a5 = a5.min(DoubleVector.fromArray(SPECIES, x, i5 + i));
      a6 = a6.min(DoubleVector.fromArray(SPECIES, x, i6 + i));
      a7 = a7.min(DoubleVector.fromArray(SPECIES, x, i7 + i));
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

  private static void maxBlocks(double[] lanes, double[] x, int from, int distance) {
    int i0 = from + start(0, distance);
    int i1 = from + start(1, distance);
    int i2 = from + start(2, distance);
    int i3 = from + start(3, distance);
    int i4 = from + start(4, distance);
    int i5 = from + start(5, distance);
    int i6 = from + start(6, distance);
    int i7 = from + start(7, distance);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector a4 = a0;
    DoubleVector a5 = a0;
    DoubleVector a6 = a0;
    DoubleVector a7 = a0;
    for (int i = 0; i < LANE_BLOCK; i += LANES) {
      a0 = a0.max(DoubleVector.fromArray(SPECIES, x, i0 + i));
      a1 = a1.max(DoubleVector.fromArray(SPECIES, x, i1 + i));
      a2 = a2.max(DoubleVector.fromArray(SPECIES, x, i2 + i));
      a3 = a3.max(DoubleVector.fromArray(SPECIES, x, i3 + i));
      a4 = a4.max(DoubleVector.fromArray(SPECIES, x, i4 + i));
      a5 = a5.max(DoubleVector.fromArray(SPECIES, x, i5 + i));
      a6 = a6.max(DoubleVector.fromArray(SPECIES, x, i6 + i));
      a7 = a7.max(DoubleVector.fromArray(SPECIES, x, i7 + i));
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
  void wide(double[] a, int at, double[] x, int from, int step, int rows, int columns) {
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

  private static void addRows(double[] a, int at, double[] x, int from, int step, int columns) {
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    for (int c = 0; c < columns; c += LENGTH) {
      DoubleVector.fromArray(SPECIES, a, at + c)
          .add(DoubleVector.fromArray(SPECIES, x, from + c))
          .add(DoubleVector.fromArray(SPECIES, x, i1 + c))
          .add(DoubleVector.fromArray(SPECIES, x, i2 + c))
          .add(DoubleVector.fromArray(SPECIES, x, i3 + c))
          .intoArray(a, at + c);
    }
  }

  private static void minRows(double[] a, int at, double[] x, int from, int step, int columns) {
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    for (int c = 0; c < columns; c += LENGTH) {
      DoubleVector.fromArray(SPECIES, a, at + c)
          .min(DoubleVector.fromArray(SPECIES, x, from + c))
          .min(DoubleVector.fromArray(SPECIES, x, i1 + c))
          .min(DoubleVector.fromArray(SPECIES, x, i2 + c))
          .min(DoubleVector.fromArray(SPECIES, x, i3 + c))
          .intoArray(a, at + c);
    }
  }

  private static void maxRows(double[] a, int at, double[] x, int from, int step, int columns) {
    int i1 = from + step;
    int i2 = i1 + step;
    int i3 = i2 + step;
    for (int c = 0; c < columns; c += LENGTH) {
      DoubleVector.fromArray(SPECIES, a, at + c)
          .max(DoubleVector.fromArray(SPECIES, x, from + c))
          .max(DoubleVector.fromArray(SPECIES, x, i1 + c))
          .max(DoubleVector.fromArray(SPECIES, x, i2 + c))
          .max(DoubleVector.fromArray(SPECIES, x, i3 + c))
          .intoArray(a, at + c);
    }
  }
}
