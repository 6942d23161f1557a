package fluxion.engine.tape;

import fluxion.api.Tensor;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recorded view. */
final class ViewNode extends Node {
  private final ViewFunction function;
  private final TensorSpec input;
  private final TensorSpec output;

  ViewNode(ViewFunction function, TensorSpec input, TensorSpec output, TapeEdge next) {
    super(new TapeEdge[] {next});
    this.function = function;
    this.input = input;
    this.output = output;
  }

  @Override
  public String name() {
    return function.name();
  }

  @Override
  protected int outputCount() {
    return 1;
  }

  @Override
  protected TensorSpec outputSpec(int index) {
    return output;
  }

  @Override
  protected boolean lends() {
    return !function.keepsGradients();
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    return new @Nullable Tensor[] {
      function.backward(input, Objects.requireNonNull(gradOutputs[0]))
    };
  }
}
