package fluxion.conformance.backend;

import fluxion.api.Shape;

/** The lines of a tensor along one dimension, as row-major positions. */
final class Lines {
  private final Shape shape;
  private final int dim;
  private final int length;
  private final int step;

  Lines(Shape shape, int dim) {
    this.shape = shape;
    this.dim = dim;
    this.length = Math.toIntExact(shape.size(dim));
    long after = 1;
    for (int d = dim + 1; d < shape.dim(); d++) {
      after *= shape.size(d);
    }
    this.step = Math.toIntExact(after);
  }

  /** How many lines there are. */
  int count() {
    return length == 0 ? 0 : Math.toIntExact(shape.numel() / length);
  }

  /** How long each is. */
  int length() {
    return length;
  }

  /** The position of an element of a line. */
  int at(int line, int i) {
    return line / step * step * length + line % step + i * step;
  }

  /** The shape with another size along the dimension. */
  Shape with(long size) {
    return shape.with(dim, size);
  }
}
