package fluxion.engine.tape;

import fluxion.api.Tensor;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;
import org.jspecify.annotations.Nullable;

/** A recorded function of several views. */
final class MultiViewNode extends Node {
  private final String name;
  private final ViewFunction[] functions;
  private final TensorSpec input;
  private final TensorSpec[] outputs;

  MultiViewNode(
      String name,
      ViewFunction[] functions,
      TensorSpec input,
      TensorSpec[] outputs,
      TapeEdge next) {
    super(new TapeEdge[] {next});
    this.name = name;
    this.functions = functions;
    this.input = input;
    this.outputs = outputs;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  protected int outputCount() {
    return outputs.length;
  }

  @Override
  protected TensorSpec outputSpec(int index) {
    return outputs[index];
  }

  @Override
  protected boolean lends() {
    for (ViewFunction function : functions) {
      if (function.keepsGradients()) {
        return false;
      }
    }
    return true;
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    Tensor sum = null;
    for (int i = 0; i < functions.length; i++) {
      Tensor gradOutput = gradOutputs[i];
      Tensor part = gradOutput == null ? null : functions[i].backward(input, gradOutput);
      if (part != null) {
        sum = sum == null ? part : Gradients.add(sum, part);
      }
    }
    return new @Nullable Tensor[] {sum};
  }
}
