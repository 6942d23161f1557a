package fluxion.ops.nn.internal;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;

/**
 * A tensor with a margin of a constant. Its adjoint cuts the margin off, which is a margin of
 * negative widths.
 *
 * @param before what is added before the elements of each dimension; negative cuts off
 * @param after what is added behind them
 * @param value the constant
 */
record ConstantPad(List<Long> before, List<Long> after, double value) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return "ConstantPadNdBackward0";
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    long[] sizes = input.shape().toArray();
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] += before.get(d) + after.get(d);
    }
    boolean whole = value == (long) value && !input.dtype().isFloatingPoint();
    Shape shape = Shape.of(sizes);
    Scalar margin = whole ? Scalar.of((long) value) : Scalar.of(value);
    Tensor result =
        value == 0
            ? Primitives.zeros(shape, input.dtype(), input)
            : Primitives.full(shape, margin, input.dtype(), input);
    Tensor source = Primitives.alias(input, layout -> inner(layout, -1));
    Primitives.copy(source, Primitives.alias(result, layout -> inner(layout, 1)));
    return result;
  }

  /** What is in both input and result, of either: the one that has the margin of a sign. */
  private Layout inner(Layout layout, long sign) {
    Layout result = layout;
    for (int d = 0; d < before.size(); d++) {
      long size = layout.shape().size(d);
      long from = Math.min(Math.max(0, sign * before.get(d)), size);
      long to = size - Math.max(0, sign * after.get(d));
      result = result.slice(d, from, Math.max(from, to), 1);
    }
    return result;
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    ConstantPad adjoint =
        new ConstantPad(
            before.stream().map(n -> -n).toList(), after.stream().map(n -> -n).toList(), 0);
    return Functions.apply(adjoint, gradOutput);
  }
}
