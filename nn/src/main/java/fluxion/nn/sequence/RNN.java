package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.RecurrentCall;
import org.jspecify.annotations.Nullable;

/** A recurrent network of Elman's kind: {@code h' = tanh(W x + U h + b)}. */
public final class RNN extends RecurrentLayer {
  private static final OpSite<RecurrentCall.Sequence> TANH =
      OpSite.of("rnn_tanh", RecurrentCall.Sequence.class);
  private static final OpSite<RecurrentCall.Sequence> RELU =
      OpSite.of("rnn_relu", RecurrentCall.Sequence.class);

  private final boolean relu;

  /**
   * Makes a network of one layer.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   */
  public RNN(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
  }

  /**
   * Makes a network.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   * @param options layers, directions and the rest
   */
  public RNN(long inputSize, long hiddenSize, RecurrentOptions options) {
    this(inputSize, hiddenSize, false, options);
  }

  /**
   * Makes a network.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   * @param relu whether the function is {@code max(x, 0)} instead of the hyperbolic tangent
   * @param options layers, directions and the rest
   */
  public RNN(long inputSize, long hiddenSize, boolean relu, RecurrentOptions options) {
    super(1, inputSize, hiddenSize, options);
    this.relu = relu;
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null).output();
  }

  /**
   * {@return the outputs and the last states}
   *
   * @param input a sequence, with or without a batch
   * @param hidden the states to start from, {@code [layers · directions, batch, hidden]}, without
   *     the batch if the input has none; null for zeros
   */
  public Recurrent forward(Tensor input, @Nullable Tensor hidden) {
    boolean batch = isBatched(input);
    Tensor x = batched(input);
    Tensor start = hidden == null ? zeros(x) : batch ? hidden : hidden.unsqueeze(1);
    Tensor[] results =
        (relu ? RELU : TANH)
            .get()
            .apply(
                x,
                start,
                weights(),
                options().bias(),
                options().numLayers(),
                options().dropout(),
                isTraining(),
                options().bidirectional(),
                options().batchFirst());
    return batch
        ? new Recurrent(results[0], results[1])
        : new Recurrent(results[0].squeeze(batchDim()), results[1].squeeze(1));
  }
}
