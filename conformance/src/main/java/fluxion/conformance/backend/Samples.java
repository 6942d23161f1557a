package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import java.util.SplittableRandom;

/** Random elements. */
final class Samples {
  /** Lengths about the borders of vectors and blocks, that each build tries. */
  static final int[] QUICK_LENGTHS = {
    1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 31, 32, 33, 63, 64, 65, 255, 256, 257, 4097, 16385, 65537
  };

  private static final int[] MORE_LENGTHS = {
    127,
    128,
    129,
    511,
    512,
    513,
    1023,
    1025,
    2047,
    2049,
    4095,
    4096,
    16383,
    16384,
    65535,
    65536,
    (1 << 17) + 3,
    (1 << 20) + 1
  };

  private Samples() {}

  /** Lengths about the borders of vectors and blocks. */
  static int[] lengths(boolean quick) {
    if (quick) {
      return QUICK_LENGTHS.clone();
    }
    int[] all = new int[70 + QUICK_LENGTHS.length + MORE_LENGTHS.length];
    int n = 0;
    for (int length = 1; length <= 70; length++) {
      all[n++] = length;
    }
    for (int length : QUICK_LENGTHS) {
      all[n++] = length;
    }
    for (int length : MORE_LENGTHS) {
      all[n++] = length;
    }
    return all;
  }

  /** Small whole numbers, whose sums and products are exact: -4 to 4, or from 0 on. */
  static Values small(SplittableRandom random, DType dtype, long... sizes) {
    boolean signed = dtype != DType.UINT8 && dtype != DType.BOOL;
    long bound = dtype == DType.BOOL ? 2 : 5;
    return Values.whole(
        dtype, Shape.of(sizes), i -> random.nextLong(signed ? -bound + 1 : 0, bound));
  }

  /** Normally distributed floats, or integers of the dtype's whole range. */
  static Values normal(SplittableRandom random, DType dtype, long... sizes) {
    return dtype.isFloatingPoint()
        ? Values.floats(dtype, Shape.of(sizes), i -> random.nextGaussian())
        : Values.longs(
            dtype, Shape.of(sizes), i -> dtype == DType.BOOL ? i % 3 % 2 : random.nextLong());
  }

  /** Numbers of all sizes, the special ones among them. */
  static Values any(SplittableRandom random, DType dtype, long... sizes) {
    Values values = normal(random, dtype, sizes);
    double[] specials = {
      Double.NaN,
      Double.POSITIVE_INFINITY,
      Double.NEGATIVE_INFINITY,
      -0.0,
      0.0,
      1,
      -1,
      DTypes.epsilon(DType.FLOAT16),
      65504
    };
    for (int i = 0; i < values.size(); i++) {
      int choice = random.nextInt(24);
      if (values.isFloating()) {
        if (choice < specials.length) {
          values.setReal(i, specials[choice]);
        } else if (choice == 23) {
          values.setReal(i, random.nextInt(1, 9) * DTypes.leastPositive(dtype));
        } else if (choice == 22) {
          values.setReal(i, DTypes.greatestFinite(dtype));
        }
      } else if (dtype != DType.BOOL && choice < 4) {
        values.setWhole(
            i,
            switch (choice) {
              case 0 -> 0;
              case 1 -> DTypes.least(dtype);
              case 2 -> DTypes.greatest(dtype);
              default -> -1;
            });
      }
    }
    return values;
  }

  /** Numbers without NaN. */
  static Values ordered(SplittableRandom random, DType dtype, long... sizes) {
    Values values = any(random, dtype, sizes);
    for (int i = 0; i < values.size(); i++) {
      if (values.isFloating() && Double.isNaN(values.real(i))) {
        values.setReal(i, 0.5);
      }
    }
    return values;
  }
}
