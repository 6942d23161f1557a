package fluxion.backend.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops over vectors of float32. Panels are two vectors wide, as tiles are. */
final class FloatWindows {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();
  private static final int WIDTH = 2 * LANES;

  /** Of how many runs a vector is put together at most. */
  private static final int RUNS = 4;

  /** What a trial does, and how long it takes at most once it is compiled. */
  private static final int TRIALS = 8;

  private static final int LINES = 16;
  private static final long NANOS = 30_000;

  private FloatWindows() {}

  /** Packs windows; see {@link Loops#packColumns}. */
  static void pack(
      float[] staged,
      int[] offsets,
      int line,
      int lines,
      int[] places,
      int first,
      int count,
      float[] panels,
      int at) {
    for (int lane = 0; lane < count; lane += LANES) {
      packVector(
          staged,
          offsets,
          line,
          lines,
          places,
          first + lane,
          Math.min(LANES, count - lane),
          panels,
          at + lane);
    }
  }

  /**
   * Packs a vector of windows. Its lanes are runs of memory: each is loaded as if it were the whole
   * vector, and the later ones are laid over the earlier ones from their first lane on.
   */
  private static void packVector(
      float[] staged,
      int[] offsets,
      int line,
      int lines,
      int[] places,
      int first,
      int count,
      float[] panels,
      int at) {
    int runs = 1;
    int second = LANES;
    int third = LANES;
    int fourth = LANES;
    for (int lane = 1; lane < count; lane++) {
      if (places[first + lane] != places[first + lane - 1] + 1) {
        runs++;
        if (runs == 2) {
          second = lane;
        } else if (runs == 3) {
          third = lane;
        } else if (runs == 4) {
          fourth = lane;
        }
      }
    }
    if (runs > RUNS) {
      FloatLoops.packColumns(staged, offsets, line, lines, places, first, count, panels, at, WIDTH);
      return;
    }
    int p0 = places[first];
    if (runs == 1) {
      one(staged, offsets, line, lines, p0, panels, at);
      return;
    }
    int p1 = places[first + second] - second;
    if (runs == 2) {
      two(staged, offsets, line, lines, p0, p1, from(second), panels, at);
      return;
    }
    int p2 = places[first + third] - third;
    int p3 = runs == 3 ? p2 : places[first + fourth] - fourth;
    four(
        staged,
        offsets,
        line,
        lines,
        p0,
        p1,
        p2,
        p3,
        from(second),
        from(third),
        from(fourth),
        panels,
        at);
  }

  private static VectorMask<Float> from(int lane) {
    return VectorMask.fromLong(SPECIES, (-1L << lane) & (-1L >>> (64 - LANES)));
  }

  private static void one(
      float[] staged, int[] offsets, int line, int lines, int place, float[] panels, int at) {
    for (int p = 0; p < lines; p++) {
      FloatVector.fromArray(SPECIES, staged, offsets[line + p] + place)
          .intoArray(panels, at + p * WIDTH);
    }
  }

  private static void two(
      float[] staged,
      int[] offsets,
      int line,
      int lines,
      int p0,
      int p1,
      VectorMask<Float> second,
      float[] panels,
      int at) {
    for (int p = 0; p < lines; p++) {
      int offset = offsets[line + p];
      FloatVector.fromArray(SPECIES, staged, offset + p0)
          .blend(FloatVector.fromArray(SPECIES, staged, offset + p1), second)
          .intoArray(panels, at + p * WIDTH);
    }
  }

  private static void four(
      float[] staged,
      int[] offsets,
      int line,
      int lines,
      int p0,
      int p1,
      int p2,
      int p3,
      VectorMask<Float> second,
      VectorMask<Float> third,
      VectorMask<Float> fourth,
      float[] panels,
      int at) {
    for (int p = 0; p < lines; p++) {
      int offset = offsets[line + p];
      FloatVector.fromArray(SPECIES, staged, offset + p0)
          .blend(FloatVector.fromArray(SPECIES, staged, offset + p1), second)
          .blend(FloatVector.fromArray(SPECIES, staged, offset + p2), third)
          .blend(FloatVector.fromArray(SPECIES, staged, offset + p3), fourth)
          .intoArray(panels, at + p * WIDTH);
    }
  }

  /** {@return whether a vector fits behind a row of which so many elements are free} */
  static boolean fitsBehind(int free) {
    return free >= LANES;
  }

  /**
   * Packs windows into rows; see {@link Loops#packRows}. Whole vectors are copied: of what is
   * behind a run in the row the next run is copied over it.
   */
  static void packRows(
      float[] staged,
      int[] offsets,
      int row,
      int rows,
      int[] places,
      int first,
      int count,
      float[] panels,
      int at,
      int step) {
    for (int j = 0; j < count; ) {
      int place = places[first + j];
      int most = Math.min(LANES, count - j);
      int run = most;
      // places ascend, so that the last one tells whether all are neighbours
      if (places[first + j + most - 1] != place + most - 1) {
        run = 1;
        while (places[first + j + run] == place + run) {
          run++;
        }
      }
      for (int i = 0; i < rows; i++) {
        FloatVector.fromArray(SPECIES, staged, offsets[row + i] + place)
            .intoArray(panels, at + i * step + j);
      }
      j += run;
    }
  }

  /**
   * Adds rows; see {@link Loops#addRows}. What a last vector holds beyond its row is written back
   * as it was.
   */
  static void addRows(
      float[] source, int from, int rows, int count, float[] target, int at, int stride) {
    int whole = SPECIES.loopBound(count);
    VectorMask<Float> rest = from(count - whole);
    for (int row = 0; row < rows; row++) {
      int read = from + row * count;
      int write = at + row * stride;
      for (int j = 0; j < whole; j += LANES) {
        FloatVector.fromArray(SPECIES, target, write + j)
            .add(FloatVector.fromArray(SPECIES, source, read + j))
            .intoArray(target, write + j);
      }
      if (whole < count) {
        FloatVector there = FloatVector.fromArray(SPECIES, target, write + whole);
        there
            .add(FloatVector.fromArray(SPECIES, source, read + whole))
            .blend(there, rest)
            .intoArray(target, write + whole);
      }
    }
  }

  /** {@return whether the loops are compiled: small ones are timed} */
  static boolean trial() {
    float[] staged = new float[8 * LANES + LINES];
    float[] panels = new float[WIDTH * LINES];
    int[] offsets = new int[LINES];
    for (int p = 0; p < LINES; p++) {
      offsets[p] = p;
    }
    int[] places = new int[4 * LANES];
    for (int j = 0; j < places.length; j++) {
      // one run, then two, three and four
      int part = j / LANES;
      places[j] = j % LANES + (part == 0 ? 0 : j % LANES * (part + 1) / LANES * 2) + LANES;
    }
    long start = System.nanoTime();
    for (int i = 0; i < TRIALS; i++) {
      pack(staged, offsets, 0, LINES, places, 0, WIDTH, panels, 0);
      pack(staged, offsets, 0, LINES, places, WIDTH, WIDTH, panels, 0);
      packRows(staged, offsets, 0, 2, places, WIDTH, WIDTH, panels, 0, 2 * WIDTH);
      addRows(panels, 0, 2, WIDTH - 3, staged, LANES, WIDTH);
    }
    return System.nanoTime() - start < NANOS;
  }
}
