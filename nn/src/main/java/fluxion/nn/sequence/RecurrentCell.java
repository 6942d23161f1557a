package fluxion.nn.sequence;

import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Init;
import fluxion.nn.Layer;
import fluxion.nn.internal.Starts;
import org.jspecify.annotations.Nullable;

/**
 * One step of a recurrent network, with {@code weight_ih}, {@code weight_hh}, {@code bias_ih} and
 * {@code bias_hh}, drawn uniformly between ±1/√hidden in this order. Inputs are {@code [batch,
 * input]} or {@code [input]}.
 */
public abstract sealed class RecurrentCell extends Layer permits GRUCell, LSTMCell, RNNCell {
  private final long hiddenSize;
  private final Tensor ofInput;
  private final Tensor ofState;
  private final @Nullable Tensor inputBias;
  private final @Nullable Tensor stateBias;

  RecurrentCell(int gates, long inputSize, long hiddenSize, boolean bias, TensorOptions tensors) {
    this.hiddenSize = hiddenSize;
    long rows = gates * hiddenSize;
    this.ofInput = register("weight_ih", Starts.empty(tensors, rows, inputSize));
    this.ofState = register("weight_hh", Starts.empty(tensors, rows, hiddenSize));
    this.inputBias = bias ? register("bias_ih", Starts.empty(tensors, rows)) : null;
    this.stateBias = bias ? register("bias_hh", Starts.empty(tensors, rows)) : null;
    double bound = hiddenSize > 0 ? 1 / Math.sqrt((double) hiddenSize) : 0;
    parameters().forEach(parameter -> Init.uniform_(parameter, -bound, bound));
  }

  final Tensor ofInput() {
    return ofInput;
  }

  final Tensor ofState() {
    return ofState;
  }

  final @Nullable Tensor inputBias() {
    return inputBias;
  }

  final @Nullable Tensor stateBias() {
    return stateBias;
  }

  /** A state of zeros for an input. */
  final Tensor orZeros(Tensor input, @Nullable Tensor state) {
    if (input.dim() != 1 && input.dim() != 2) {
      throw new ShapeException(
          typeName() + ": Expected input to be 1D or 2D, got " + input.dim() + "D instead");
    }
    if (state != null) {
      return state;
    }
    TensorOptions options = TensorOptions.of(input.dtype()).device(input.device());
    return input.dim() == 1
        ? Starts.zeros(options, hiddenSize)
        : Starts.zeros(options, input.size(0), hiddenSize);
  }

  @Override
  protected String extraText() {
    return ofInput.size(1) + ", " + hiddenSize + (inputBias == null ? ", bias=False" : "");
  }
}
