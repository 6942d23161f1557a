package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import fluxion.api.Tensor;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.TensorSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recorded call of a {@link Function}. */
final class FunctionNode extends Node {
  private final Function function;
  private final CallContext context;

  FunctionNode(Function function, CallContext context, TapeEdge[] next, ThreadState thread) {
    super(next, thread);
    this.function = function;
    this.context = context;
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  protected int outputCount() {
    return context.outputSpecs().length;
  }

  @Override
  protected TensorSpec outputSpec(int output) {
    return context.outputSpec(output);
  }

  @Override
  protected boolean lends() {
    return !function.keepsGradients();
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    context.checkNotReleased();
    @Nullable Tensor[] gradients = function.backward(context, gradOutputs);
    if (gradients == null || gradients.length != context.inputCount()) {
      throw new AutogradException(
          "function "
              + name()
              + " returned an incorrect number of gradients (expected "
              + context.inputCount()
              + ", got "
              + (gradients == null ? 0 : gradients.length)
              + ")");
    }
    return gradients;
  }

  @Override
  public List<GradFn.Saved> savedTensors() {
    return context.savedTensors();
  }

  @Override
  protected void release() {
    context.release();
  }
}
