package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.RecurrentCall;
import org.jspecify.annotations.Nullable;

/** A network of gated recurrent units: Cho and others, 2014. */
public final class GRU extends RecurrentLayer {
  private static final OpSite<RecurrentCall.Sequence> OPERATOR =
      OpSite.of("gru", RecurrentCall.Sequence.class);

  /**
   * Makes a network of one layer.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   */
  public GRU(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
  }

  /**
   * Makes a network.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   * @param options layers, directions and the rest
   */
  public GRU(long inputSize, long hiddenSize, RecurrentOptions options) {
    super(3, inputSize, hiddenSize, options);
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
        OPERATOR
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
