package fluxion.conformance.reference;

/** All indices of a shape in row-major order, the last dimension fastest. */
final class Walk {
  private final long[] sizes;
  private final long[] index;
  private boolean inside = true;

  Walk(long[] sizes) {
    this.sizes = sizes;
    this.index = new long[sizes.length];
    for (long size : sizes) {
      inside &= size > 0;
    }
  }

  /** {@return whether there is an index here, or all have been visited} */
  boolean isInside() {
    return inside;
  }

  /** {@return the index; the array is the walk's own} */
  long[] index() {
    return index;
  }

  /** Goes to the next index. */
  void next() {
    for (int d = sizes.length - 1; d >= 0; d--) {
      if (++index[d] < sizes[d]) {
        return;
      }
      index[d] = 0;
    }
    inside = false;
  }
}
