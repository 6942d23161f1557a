package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.RecurrentCall;
import org.jspecify.annotations.Nullable;

/** One step of {@link GRU}. */
public final class GRUCell extends RecurrentCell {
  private static final OpSite<RecurrentCall.Cell> OPERATOR =
      OpSite.of("gru_cell", RecurrentCall.Cell.class);

  /**
   * Makes a cell with biases, in float32.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   */
  public GRUCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, TensorOptions.DEFAULT);
  }

  /**
   * Makes a cell.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   * @param bias whether there are biases
   * @param tensors dtype and device of the parameters
   */
  public GRUCell(long inputSize, long hiddenSize, boolean bias, TensorOptions tensors) {
    super(3, inputSize, hiddenSize, bias, tensors);
  }

  /** {@return the state after one step from zeros} */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null);
  }

  /**
   * {@return the state after one step}
   *
   * @param input {@code [batch, input]} or {@code [input]}
   * @param hidden the state before, {@code [batch, hidden]} or {@code [hidden]}; null for zeros
   */
  public Tensor forward(Tensor input, @Nullable Tensor hidden) {
    Tensor start = orZeros(input, hidden);
    return OPERATOR.get().apply(input, start, ofInput(), ofState(), inputBias(), stateBias());
  }
}
