package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;

/**
 * A tensor several times along each dimension.
 *
 * @param repeats how often; the tensor's dimensions are the last ones
 * @param shape the shape of the result
 */
record Repeat(List<Long> repeats, Shape shape) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  /** The result's shape with each dimension split into the repeats and the tensor's size. */
  private long[] split(Shape input) {
    int lead = repeats.size() - input.dim();
    long[] sizes = new long[2 * repeats.size()];
    for (int d = 0; d < repeats.size(); d++) {
      sizes[2 * d] = repeats.get(d);
      sizes[2 * d + 1] = d < lead ? 1 : input.size(d - lead);
    }
    return sizes;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    long[] split = split(input.shape());
    long[] once = split.clone();
    for (int d = 0; d < once.length; d += 2) {
      once[d] = 1;
    }
    Tensor result = Primitives.zeros(shape, input.dtype(), input);
    Primitives.copy(
        Primitives.alias(input, layout -> spread(layout, once)),
        Primitives.alias(result, new Views.View(Shape.of(split))));
    return result;
  }

  /** The input's layout with dimensions of size 1 between its own. */
  private static Layout spread(Layout layout, long[] sizes) {
    long[] strides = new long[sizes.length];
    int from = layout.shape().dim() - 1;
    for (int d = sizes.length - 1; d > 0 && from >= 0; d -= 2) {
      strides[d] = layout.stride(from--);
    }
    return Layout.of(Shape.of(sizes), strides, layout.offset());
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Shape input = ctx.inputSpec(0).shape();
    if (repeats.isEmpty()) {
      return gradOutput;
    }
    int[] dims = new int[repeats.size()];
    for (int d = 0; d < dims.length; d++) {
      dims[d] = 2 * d;
    }
    return gradOutput.reshape(split(input)).sum(dims).reshape(input.toArray());
  }
}
