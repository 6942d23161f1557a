package fluxion.engine.dispatch;

import fluxion.api.AutogradException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.tape.Node;
import fluxion.engine.tape.SavedTensor;
import fluxion.engine.tape.TensorImpl;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recorded call of a pointwise function: it keeps just what its gradients mention. */
final class PointwiseNode extends Node {
  private final String name;
  private final Plan.@Nullable Gradient[] gradients;
  private final @Nullable Scalar[] numbers;
  private final Scalar[] scalars;
  private final TensorSpec output;
  private volatile @Nullable SavedTensor @Nullable [] saved;

  PointwiseNode(
      String name,
      Plan plan,
      @Nullable Tensor[] tensors,
      @Nullable Scalar[] numbers,
      Scalar[] scalars,
      Shape shape) {
    super(edges(tensors));
    this.name = name;
    this.numbers = numbers;
    this.scalars = scalars;
    this.gradients = new Plan.@Nullable Gradient[tensors.length];
    Tensor any = null;
    for (int i = 0; i < tensors.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null) {
        any = tensor;
        gradients[i] = tensor.requiresGrad() ? plan.gradient(i) : null;
      }
    }
    this.output = new TensorSpec(shape, plan.stored(), Objects.requireNonNull(any).device());
  }

  /** Whether some gradient mentions an input. */
  boolean needsInput(int input) {
    for (Plan.Gradient gradient : gradients) {
      if (gradient != null) {
        for (int i : gradient.inputs) {
          if (i == input) {
            return true;
          }
        }
      }
    }
    return false;
  }

  /** Keeps what the gradients mention; the result's history must be set by now. */
  void save(@Nullable Tensor[] inputs, TensorImpl result) {
    @Nullable SavedTensor[] kept = new @Nullable SavedTensor[inputs.length + 1];
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] instanceof TensorImpl input && needsInput(i)) {
        kept[i] = SavedTensor.input(input);
      }
    }
    for (Plan.Gradient gradient : gradients) {
      if (gradient != null && gradient.takesResult) {
        kept[inputs.length] = SavedTensor.output(result);
      }
    }
    saved = kept;
  }

  @Override
  public String name() {
    return name;
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
    return true;
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable SavedTensor[] kept = saved;
    @Nullable Tensor[] results = new @Nullable Tensor[gradients.length];
    for (int i = 0; i < results.length; i++) {
      Plan.Gradient gradient = gradients[i];
      if (gradient != null) {
        results[i] = compute(gradient, kept, gradOutput);
      }
    }
    return results;
  }

  private Tensor compute(
      Plan.Gradient gradient, @Nullable SavedTensor @Nullable [] kept, Tensor gradOutput) {
    int count =
        gradient.inputs.length + (gradient.takesResult ? 1 : 0) + (gradient.takesCotangent ? 1 : 0);
    @Nullable Tensor[] arguments = new @Nullable Tensor[count];
    if (count == 0) {
      return Launches.zeros(output.shape(), gradient.dtype, gradOutput);
    }
    int at = 0;
    for (int input : gradient.inputs) {
      arguments[at++] = unpack(kept, input);
    }
    if (gradient.takesCotangent) {
      arguments[at++] = gradOutput;
    }
    if (gradient.takesResult) {
      arguments[at] = unpack(kept, gradients.length);
    }
    Scalar[] values = new Scalar[gradient.scalars.length];
    for (int j = 0; j < values.length; j++) {
      int place = gradient.scalars[j];
      values[j] =
          place < scalars.length
              ? scalars[place]
              : Objects.requireNonNull(numbers[place - scalars.length]);
    }
    if (gradient.passesCotangent && gradOutput.dtype() == gradient.dtype) {
      return gradOutput;
    }
    return gradient.function.call(arguments, new @Nullable Scalar[count], values);
  }

  private Tensor unpack(@Nullable SavedTensor @Nullable [] kept, int place) {
    if (kept == null) {
      throw new AutogradException(SavedTensor.FREED);
    }
    return Objects.requireNonNull(kept[place]).unpack(name);
  }

  @Override
  protected void release() {
    SavedTensor.release(saved);
    saved = null;
  }
}
