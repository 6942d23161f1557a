package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.ViewFunction;

/**
 * The elements whose indices in two dimensions are equal. They take the place of the first
 * dimension; the second one is dropped.
 *
 * @param kept the dimension that stays, from 0
 * @param dropped the dimension that does not
 */
record MatrixDiagonal(int kept, int dropped) implements ViewFunction {
  @Override
  public String name() {
    return "DiagonalBackward0";
  }

  @Override
  public Layout layout(Layout input) {
    Shape shape = input.shape();
    long[] sizes = new long[shape.dim() - 1];
    long[] strides = new long[sizes.length];
    int to = 0;
    for (int d = 0; d < shape.dim(); d++) {
      if (d != dropped) {
        sizes[to] = d == kept ? Math.min(shape.size(d), shape.size(dropped)) : shape.size(d);
        strides[to++] = d == kept ? input.stride(d) + input.stride(dropped) : input.stride(d);
      }
    }
    return Layout.of(Shape.of(sizes), strides, input.offset());
  }
}
