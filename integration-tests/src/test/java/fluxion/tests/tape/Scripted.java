package fluxion.tests.tape;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;

/**
 * A function given by what its forward and its backward do.
 *
 * @param forwards the forward
 * @param backwards the backward
 * @param keepsGradients whether the backward may leave gradients behind
 */
record Scripted(Step forwards, Step backwards, boolean keepsGradients) implements Function {
  /** One direction. */
  @FunctionalInterface
  interface Step {
    Tensor[] run(Context ctx, Tensor[] tensors);
  }

  Scripted(Step forwards, Step backwards) {
    this(forwards, backwards, true);
  }

  /** A function that doubles its first input; its gradients are those that a step makes. */
  static Scripted doubling(Step backwards) {
    return new Scripted((ctx, in) -> new Tensor[] {in[0].mul(2)}, backwards);
  }

  @Override
  public Tensor[] forward(Context ctx, Tensor[] inputs) {
    return forwards.run(ctx, inputs);
  }

  @Override
  public Tensor[] backward(Context ctx, Tensor[] gradOutputs) {
    return backwards.run(ctx, gradOutputs);
  }
}
