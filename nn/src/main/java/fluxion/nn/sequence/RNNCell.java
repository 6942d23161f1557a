package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.RecurrentCall;
import org.jspecify.annotations.Nullable;

/** One step of {@link RNN}. */
public final class RNNCell extends RecurrentCell {
  private static final OpSite<RecurrentCall.Cell> TANH =
      OpSite.of("rnn_tanh_cell", RecurrentCall.Cell.class);
  private static final OpSite<RecurrentCall.Cell> RELU =
      OpSite.of("rnn_relu_cell", RecurrentCall.Cell.class);

  private final boolean relu;

  /**
   * Makes a cell with biases, in float32.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   */
  public RNNCell(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, true, false, TensorOptions.DEFAULT);
  }

  /**
   * Makes a cell.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   * @param bias whether there are biases
   * @param relu whether the function is {@code max(x, 0)} instead of the hyperbolic tangent
   * @param tensors dtype and device of the parameters
   */
  public RNNCell(
      long inputSize, long hiddenSize, boolean bias, boolean relu, TensorOptions tensors) {
    super(1, inputSize, hiddenSize, bias, tensors);
    this.relu = relu;
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
    return (relu ? RELU : TANH)
        .get()
        .apply(input, start, ofInput(), ofState(), inputBias(), stateBias());
  }

  @Override
  protected String extraText() {
    return super.extraText() + (relu ? ", nonlinearity=relu" : "");
  }
}
