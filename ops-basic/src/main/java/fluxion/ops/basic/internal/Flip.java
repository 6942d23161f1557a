package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UnaryFunction;

/**
 * Elements in reverse order along dimensions.
 *
 * @param dims the dimensions
 */
record Flip(Dims dims) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  /** The layout that goes through dimensions backwards. */
  static Layout reversed(Layout layout, Dims dims) {
    long[] strides = layout.strides();
    long offset = layout.offset();
    for (int d = 0; d < strides.length; d++) {
      if (dims.contains(d) && layout.shape().numel() > 0) {
        offset += strides[d] * (layout.shape().size(d) - 1);
        strides[d] = -strides[d];
      }
    }
    return Layout.of(layout.shape(), strides, offset);
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    return Primitives.copyOf(Primitives.alias(input, layout -> reversed(layout, dims)));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Functions.apply(this, gradOutput);
  }
}
