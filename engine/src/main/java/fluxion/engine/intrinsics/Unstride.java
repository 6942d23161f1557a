package fluxion.engine.intrinsics;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.IndexLaunches;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.UnaryFunction;

/**
 * The gradient of a view by strides: zeros as the base lies, with the cotangent added where the
 * view's elements lie.
 *
 * @param view the view
 */
record Unstride(AsStrided view) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    Tensor memory;
    Layout layout = view.view();
    if (mayOverlap(layout)) {
      // Elements that share a place add up there.
      Tensor positions = Launches.fromArray(positions(layout), Shape.of(input.numel()), input);
      Tensor flat =
          Launches.alias(
              Launches.cast(input, input.dtype()),
              any -> Layout.contiguous(Shape.of(input.numel())));
      memory = IndexLaunches.scatterAdd(Shape.of(view.base().bound()), 0, positions, flat);
    } else {
      memory = Intrinsics.zerosLike(view, input);
      Writes.copy(input, Launches.alias(memory, Intrinsics.in(layout)));
    }
    return Launches.alias(memory, Intrinsics.in(view.base()));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    return Intrinsics.restride(gradOutput, view);
  }

  /** Whether two indices may name one place: not if each stride steps over all smaller ones. */
  private static boolean mayOverlap(Layout layout) {
    long[] strides = layout.strides();
    Integer[] order = new Integer[strides.length];
    java.util.Arrays.setAll(order, d -> d);
    java.util.Arrays.sort(order, java.util.Comparator.comparingLong(d -> Math.abs(strides[d])));
    long reach = 0;
    for (int d : order) {
      long size = layout.shape().size(d);
      if (size > 1) {
        if (Math.abs(strides[d]) <= reach) {
          return true;
        }
        reach += Math.abs(strides[d]) * (size - 1);
      }
    }
    return false;
  }

  private static long[] positions(Layout layout) {
    long[] positions = new long[(int) layout.shape().numel()];
    for (int i = 0; i < positions.length; i++) {
      long rest = i;
      long position = layout.offset();
      for (int d = layout.shape().dim() - 1; d >= 0; d--) {
        long size = layout.shape().size(d);
        position += rest % size * layout.stride(d);
        rest /= size;
      }
      positions[i] = position;
    }
    return positions;
  }
}
