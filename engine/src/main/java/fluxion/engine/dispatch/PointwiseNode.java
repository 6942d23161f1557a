package fluxion.engine.dispatch;

import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.tape.Node;
import fluxion.engine.tape.SavedTensor;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ThreadState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A recorded call of a pointwise function: it keeps just what its gradients mention. */
final class PointwiseNode extends Node implements SavedTensor.Keeper {
  private static final @Nullable SavedTensor[] NOTHING = {};

  private final Plan plan;

  /** A bit for each input whose gradient is wanted. */
  private final long wanted;

  private final @Nullable Scalar[] numbers;
  private final Scalar[] scalars;
  private final TensorSpec output;

  /** The inputs and, last, the result, as far as they are kept; null when they are freed. */
  private volatile @Nullable SavedTensor @Nullable [] saved;

  PointwiseNode(
      Plan plan,
      @Nullable Tensor[] tensors,
      @Nullable Scalar[] numbers,
      Scalar[] scalars,
      TensorSpec output,
      ThreadState thread) {
    super(edges(tensors), thread);
    this.plan = plan;
    this.numbers = numbers;
    this.scalars = scalars;
    this.output = output;
    long bits = 0;
    for (int i = 0; i < tensors.length; i++) {
      Tensor tensor = tensors[i];
      if (tensor != null && tensor.requiresGrad()) {
        bits |= 1L << i;
      }
    }
    this.wanted = bits;
  }

  private boolean wants(int input) {
    return (wanted >> input & 1) != 0;
  }

  /** Whether some wanted gradient mentions an input, or, after the inputs, the result. */
  boolean needsInput(int place) {
    for (int i = 0; i < plan.inputs(); i++) {
      Gradient gradient = wants(i) ? plan.gradient(i) : null;
      if (gradient != null && (gradient.mentions >> place & 1) != 0) {
        return true;
      }
    }
    return false;
  }

  /** Keeps what the gradients mention; the result's history must be set by now. */
  void save(@Nullable Tensor[] inputs, TensorImpl result) {
    @Nullable SavedTensor[] kept = NOTHING;
    for (int i = 0; i <= inputs.length; i++) {
      if (needsInput(i)) {
        if (kept.length == 0) {
          kept = new @Nullable SavedTensor[inputs.length + 1];
        }
        kept[i] =
            i == inputs.length
                ? SavedTensor.output(result)
                : inputs[i] instanceof TensorImpl input ? SavedTensor.input(input) : null;
      }
    }
    saved = kept;
  }

  @Override
  public String name() {
    return plan.nodeName();
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
  protected boolean makesResults() {
    return true;
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    @Nullable SavedTensor[] kept = saved;
    @Nullable Tensor[] results = new @Nullable Tensor[plan.inputs()];
    for (int i = 0; i < results.length; i++) {
      Gradient gradient = wants(i) ? plan.gradient(i) : null;
      if (gradient != null) {
        results[i] = compute(gradient, kept, gradOutput);
      }
    }
    return results;
  }

  private Tensor compute(
      Gradient gradient, @Nullable SavedTensor @Nullable [] kept, Tensor gradOutput) {
    if (gradient.passesCotangent && gradOutput.dtype() == gradient.dtype) {
      return gradOutput;
    }
    int count = gradient.arity();
    if (count == 0) {
      return Launches.zeros(output.shape(), gradient.dtype, gradOutput);
    }
    @Nullable Tensor[] arguments = new @Nullable Tensor[count];
    int at = 0;
    for (int input : gradient.inputs) {
      arguments[at++] = unpack(kept, input);
    }
    if (gradient.takesCotangent) {
      arguments[at++] = gradOutput;
    }
    if (gradient.takesResult) {
      arguments[at] = unpack(kept, plan.inputs());
    }
    return gradient.function.call(arguments, gradient.noNumbers, scalars(gradient.scalars));
  }

  /** The runtime scalars that a gradient takes. */
  private Scalar[] scalars(int[] places) {
    if (places.length == 0) {
      return NO_SCALARS;
    }
    Scalar[] values = new Scalar[places.length];
    for (int j = 0; j < values.length; j++) {
      int place = places[j];
      values[j] =
          place < scalars.length
              ? scalars[place]
              : Objects.requireNonNull(numbers[place - scalars.length]);
    }
    return values;
  }

  private static final Scalar[] NO_SCALARS = {};

  private Tensor unpack(@Nullable SavedTensor @Nullable [] kept, int place) {
    if (kept == null) {
      throw new AutogradException(SavedTensor.FREED);
    }
    return Objects.requireNonNull(kept[place]).unpack(this);
  }

  @Override
  public List<GradFn.Saved> savedTensors() {
    @Nullable SavedTensor[] kept = saved;
    if (kept == null) {
      throw new AutogradException(SavedTensor.FREED);
    }
    List<GradFn.Saved> described = new ArrayList<>();
    for (int i = 0; i < kept.length; i++) {
      SavedTensor one = kept[i];
      if (one != null) {
        int inputs = plan.inputs();
        described.add(one.describe(i == inputs ? "result" : SavedTensor.inputName(i, inputs)));
      }
    }
    return described;
  }

  @Override
  protected void release() {
    @Nullable SavedTensor @Nullable [] kept = saved;
    if (kept != NOTHING) {
      SavedTensor.release(kept);
      saved = null;
    }
  }
}
