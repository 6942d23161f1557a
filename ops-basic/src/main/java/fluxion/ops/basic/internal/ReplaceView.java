package fluxion.ops.basic.internal;

import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UpdateFunction;
import fluxion.engine.spi.ViewFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A tensor with what a view shows replaced by the second input, or by zeros where there is none.
 *
 * @param view the view
 * @param name the name of the node
 */
record ReplaceView(ViewFunction view, String name) implements UpdateFunction {
  /** A tensor with a view's elements replaced. */
  static Tensor apply(String name, ViewFunction view, Tensor self, Tensor src) {
    Shape shape = view.layout(Layout.contiguous(self.shape())).shape();
    if (!shape.equals(src.shape())) {
      throw new ShapeException(
          "expected src to have a size equal to the slice of self. src size = "
              + src.shape()
              + ", slice size = "
              + shape);
    }
    return Functions.apply(new ReplaceView(view, name), self, src);
  }

  @Override
  public void update(Context ctx, Tensor target, @Nullable Tensor[] inputs) {
    Tensor src = inputs[1];
    Primitives.copy(
        src == null ? Primitives.zeros(Shape.SCALAR, target.dtype(), target) : src,
        Primitives.alias(target, view));
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    return new @Nullable Tensor[] {
      ctx.needsGradient(0) ? Functions.apply(this, gradOutput, null) : null,
      ctx.needsGradient(1) ? Functions.view(view, gradOutput) : null
    };
  }
}
