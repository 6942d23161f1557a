package fluxion.backend.cpu.reduce;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Lane folds over contiguous {@code double} elements with vectors: each lane is one vector lane, so
 * that the bits are those of the loops over single elements.
 *
 * <p>Eight vectors accumulate at once, over as many blocks as that takes: more streams of memory,
 * and a chain of operations for each unit.
 */
final class DoubleLanes {
  private static final VectorSpecies<Double> SPECIES = species();
  private static final int LENGTH = SPECIES.length();
  private static final int LANES = 16;

  /** How many blocks are folded at once; 0 where vectors are too short to gain anything. */
  static final int BLOCKS = 8 * LENGTH / LANES;

  private DoubleLanes() {}

  private static VectorSpecies<Double> species() {
    VectorSpecies<Double> preferred = DoubleVector.SPECIES_PREFERRED;
    return preferred.vectorBitSize() > 512 ? DoubleVector.SPECIES_512 : preferred;
  }

  /** Where the vector of an accumulator starts within the blocks. */
  private static int start(int accumulator) {
    int lane = accumulator * LENGTH;
    return lane / LANES * Fold.LANE_BLOCK + lane % LANES;
  }

  /**
   * Folds the sums of blocks; lane {@code l} of block {@code b} goes to {@code lanes[b·16 + l]}.
   */
  static void sum(double[] lanes, double[] x, int from) {
    int i0 = from + start(0);
    int i1 = from + start(1);
    int i2 = from + start(2);
    int i3 = from + start(3);
    int i4 = from + start(4);
    int i5 = from + start(5);
    int i6 = from + start(6);
    int i7 = from + start(7);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, 0);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector a4 = a0;
    DoubleVector a5 = a0;
    DoubleVector a6 = a0;
    DoubleVector a7 = a0;
    for (int i = 0; i < Fold.LANE_BLOCK; i += LANES) {
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

  /**
   * Folds the minima of blocks; lane {@code l} of block {@code b} goes to {@code lanes[b·16 + l]}.
   */
  static void min(double[] lanes, double[] x, int from) {
    int i0 = from + start(0);
    int i1 = from + start(1);
    int i2 = from + start(2);
    int i3 = from + start(3);
    int i4 = from + start(4);
    int i5 = from + start(5);
    int i6 = from + start(6);
    int i7 = from + start(7);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, Double.POSITIVE_INFINITY);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector a4 = a0;
    DoubleVector a5 = a0;
    DoubleVector a6 = a0;
    DoubleVector a7 = a0;
    for (int i = 0; i < Fold.LANE_BLOCK; i += LANES) {
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

  /**
   * Folds the maxima of blocks; lane {@code l} of block {@code b} goes to {@code lanes[b·16 + l]}.
   */
  static void max(double[] lanes, double[] x, int from) {
    int i0 = from + start(0);
    int i1 = from + start(1);
    int i2 = from + start(2);
    int i3 = from + start(3);
    int i4 = from + start(4);
    int i5 = from + start(5);
    int i6 = from + start(6);
    int i7 = from + start(7);
    DoubleVector a0 = DoubleVector.broadcast(SPECIES, Double.NEGATIVE_INFINITY);
    DoubleVector a1 = a0;
    DoubleVector a2 = a0;
    DoubleVector a3 = a0;
    DoubleVector a4 = a0;
    DoubleVector a5 = a0;
    DoubleVector a6 = a0;
    DoubleVector a7 = a0;
    for (int i = 0; i < Fold.LANE_BLOCK; i += LANES) {
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
}
