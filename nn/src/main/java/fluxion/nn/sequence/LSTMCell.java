package fluxion.nn.sequence;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.RecurrentCall;
import org.jspecify.annotations.Nullable;

/** One step of {@link LSTM}. */
public final class LSTMCell extends RecurrentCell {
  private static final OpSite<RecurrentCall.LstmCell> OPERATOR =
      OpSite.of("lstm_cell", RecurrentCall.LstmCell.class);

  /**
   * The state after a step.
   *
   * @param hidden the state
   * @param cell the contents of the cell
   */
  public record State(Tensor hidden, Tensor cell) {}

  /**
   * Makes a cell with biases, in float32.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   */
  public LSTMCell(long inputSize, long hiddenSize) {
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
  public LSTMCell(long inputSize, long hiddenSize, boolean bias, TensorOptions tensors) {
    super(4, inputSize, hiddenSize, bias, tensors);
  }

  /** {@return the state after one step from zeros} */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null).hidden();
  }

  /**
   * {@return the state after one step}
   *
   * @param input {@code [batch, input]} or {@code [input]}
   * @param hidden the state before, {@code [batch, hidden]} or {@code [hidden]}; null for zeros
   * @param cell the contents of the cell before, of the same shape; null for zeros
   * @throws ArgumentException if only one of them is given
   */
  public State forward(Tensor input, @Nullable Tensor hidden, @Nullable Tensor cell) {
    if ((hidden == null) != (cell == null)) {
      throw new ArgumentException("LSTMCell: state and contents of the cell are given together");
    }
    Tensor[] start = {orZeros(input, hidden), orZeros(input, cell)};
    Tensor[] next =
        OPERATOR.get().apply(input, start, ofInput(), ofState(), inputBias(), stateBias());
    return new State(next[0], next[1]);
  }
}
