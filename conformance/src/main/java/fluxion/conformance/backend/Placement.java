package fluxion.conformance.backend;

import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import java.util.List;
import java.util.Locale;

/** The ways in which the kit's operands lie in memory. */
enum Placement {
  /** One element after another from the start of the memory. */
  CONTIGUOUS,
  /** The dimensions in reversed order. */
  TRANSPOSED,
  /** Every second element, with a gap after each row. */
  STRIDED,
  /** One element after another, from the eighth on. */
  OFFSET,
  /** From the last element to the first. */
  NEGATIVE,
  /** The first slice of the first dimension, repeated with stride 0: for what is read only. */
  EXPANDED;

  /** Those that can be written, too. */
  static final List<Placement> WRITABLE =
      List.of(CONTIGUOUS, TRANSPOSED, STRIDED, OFFSET, NEGATIVE);

  /** The name as it stands in a sentence. */
  String words() {
    return switch (this) {
      case OFFSET -> "at an offset";
      case NEGATIVE -> "with negative strides";
      default -> name().toLowerCase(Locale.ROOT);
    };
  }

  /** What lies this way when given values are placed. */
  Values of(Values values) {
    return this == EXPANDED ? values.firstSliceRepeated() : values;
  }

  /** Where the elements of a shape lie. */
  Layout layout(Shape shape) {
    long[] strides = shape.contiguousStrides();
    long offset = 0;
    switch (this) {
      case CONTIGUOUS -> {}
      case OFFSET -> offset = 7;
      case TRANSPOSED -> {
        long step = 1;
        for (int d = 0; d < strides.length; d++) {
          strides[d] = step;
          step *= Math.max(shape.size(d), 1);
        }
      }
      case STRIDED -> {
        long step = 2;
        for (int d = strides.length - 1; d >= 0; d--) {
          strides[d] = step;
          step *= Math.max(shape.size(d), 1) + (d == strides.length - 1 ? 2 : 0);
        }
        offset = 3;
      }
      case NEGATIVE -> {
        offset = 4;
        for (int d = 0; d < strides.length; d++) {
          offset += strides[d] * Math.max(shape.size(d) - 1, 0);
          strides[d] = -strides[d];
        }
      }
      case EXPANDED -> {
        if (strides.length > 0) {
          strides[0] = 0;
        }
        offset = 2;
      }
    }
    for (int d = 0; d < strides.length; d++) {
      if (shape.size(d) == 1 && this != CONTIGUOUS) {
        strides[d] = -11; // a step that is never taken
      }
    }
    return Layout.of(shape, strides, offset);
  }
}
