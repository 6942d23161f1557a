package fluxion.nn.sequence;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.ops.nn.RecurrentCall;
import org.jspecify.annotations.Nullable;

/** A network of long short-term memory: Hochreiter and Schmidhuber, 1997. */
public final class LSTM extends RecurrentLayer {
  private static final OpSite<RecurrentCall.LstmSequence> OPERATOR =
      OpSite.of("lstm", RecurrentCall.LstmSequence.class);

  /**
   * Makes a network of one layer.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   */
  public LSTM(long inputSize, long hiddenSize) {
    this(inputSize, hiddenSize, RecurrentOptions.DEFAULT);
  }

  /**
   * Makes a network.
   *
   * @param inputSize the size of an input
   * @param hiddenSize the size of a state
   * @param options layers, directions and the rest
   */
  public LSTM(long inputSize, long hiddenSize, RecurrentOptions options) {
    super(4, inputSize, hiddenSize, options);
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null).output();
  }

  /**
   * {@return the outputs, the last states and the last contents of cells}
   *
   * @param input a sequence, with or without a batch
   * @param hidden the states to start from, {@code [layers · directions, batch, hidden]}, without
   *     the batch if the input has none; null for zeros
   * @param cells the contents of cells to start from, of the same shape; null for zeros
   * @throws ArgumentException if only one of them is given
   */
  public RecurrentCells forward(Tensor input, @Nullable Tensor hidden, @Nullable Tensor cells) {
    if ((hidden == null) != (cells == null)) {
      throw new ArgumentException("LSTM: states and contents of cells are given together");
    }
    boolean batch = isBatched(input);
    Tensor x = batched(input);
    Tensor[] start = {state(x, hidden, batch), state(x, cells, batch)};
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
        ? new RecurrentCells(results[0], results[1], results[2])
        : new RecurrentCells(
            results[0].squeeze(batchDim()), results[1].squeeze(1), results[2].squeeze(1));
  }

  private Tensor state(Tensor input, @Nullable Tensor given, boolean batch) {
    return given == null ? zeros(input) : batch ? given : given.unsqueeze(1);
  }
}
