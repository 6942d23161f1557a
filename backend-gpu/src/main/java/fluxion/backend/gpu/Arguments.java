package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import java.util.ArrayList;
import java.util.List;

/**
 * The arguments of one launch in order. Buffers are kept, so that they stay reachable until the
 * launch is queued.
 */
final class Arguments {
  private final List<Object> values = new ArrayList<>();
  private boolean wide;

  /** {@return these, in which places are longs from now on} */
  Arguments wide(boolean longs) {
    wide = longs;
    return this;
  }

  /** Adds a buffer. */
  Arguments buffer(GpuBuffer buffer) {
    values.add(buffer);
    return this;
  }

  /** Adds an {@code int}. */
  Arguments number(int value) {
    values.add(value);
    return this;
  }

  /** Adds a {@code long}. */
  Arguments number(long value) {
    values.add(value);
    return this;
  }

  /** Adds a number of the type of places. */
  Arguments place(long value) {
    values.add(wide ? (Object) value : (Object) Math.toIntExact(value));
    return this;
  }

  /** Adds places as one structure. */
  Arguments places(long[] structure) {
    if (wide) {
      values.add(structure);
    } else {
      int[] narrow = new int[structure.length];
      for (int i = 0; i < narrow.length; i++) {
        narrow[i] = Math.toIntExact(structure[i]);
      }
      values.add(narrow);
    }
    return this;
  }

  /** Adds a runtime scalar, cast to a dtype, as a register of that dtype. */
  Arguments scalar(Scalar value, DType dtype) {
    values.add(Scalars.register(value, dtype));
    return this;
  }

  /** {@return the values} */
  List<Object> values() {
    return values;
  }
}
