package fluxion.nn.sequence;

import fluxion.api.ArgumentException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.nn.Init;
import fluxion.nn.Layer;
import fluxion.nn.internal.Starts;
import fluxion.nn.internal.Texts;
import java.util.ArrayList;
import java.util.List;

/**
 * What recurrent networks have: for each layer and direction {@code weight_ih_l0}, {@code
 * weight_hh_l0}, {@code bias_ih_l0}, {@code bias_hh_l0}, the names of the way back ending in {@code
 * _reverse}, all drawn uniformly between ±1/√hidden in this order, as PyTorch draws them.
 *
 * <p>{@link #forward(Tensor)} starts from states of zeros and gives the outputs alone, so that a
 * network can be one of a chain; each class has a form that takes and gives states.
 */
public abstract sealed class RecurrentLayer extends Layer permits GRU, LSTM, RNN {
  private final long inputSize;
  private final long hiddenSize;
  private final RecurrentOptions options;
  private final List<Tensor> weights = new ArrayList<>();

  RecurrentLayer(int gates, long inputSize, long hiddenSize, RecurrentOptions options) {
    if (!(options.dropout() >= 0 && options.dropout() <= 1)) {
      throw new ArgumentException(
          "dropout should be a number in range [0, 1] representing the probability of an element"
              + " being zeroed");
    }
    if (hiddenSize <= 0) {
      throw new ArgumentException("hidden_size must be greater than zero");
    }
    if (options.numLayers() <= 0) {
      throw new ArgumentException("num_layers must be greater than zero");
    }
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.options = options;
    TensorOptions tensors = options.tensors();
    long rows = gates * hiddenSize;
    for (long layer = 0; layer < options.numLayers(); layer++) {
      long columns = layer == 0 ? inputSize : hiddenSize * directions();
      for (int direction = 0; direction < directions(); direction++) {
        String end = "_l" + layer + (direction == 1 ? "_reverse" : "");
        add("weight_ih" + end, Starts.empty(tensors, rows, columns));
        add("weight_hh" + end, Starts.empty(tensors, rows, hiddenSize));
        if (options.bias()) {
          add("bias_ih" + end, Starts.empty(tensors, rows));
          add("bias_hh" + end, Starts.empty(tensors, rows));
        }
      }
    }
    double bound = 1 / Math.sqrt((double) hiddenSize);
    weights.forEach(weight -> Init.uniform_(weight, -bound, bound));
  }

  private void add(String name, Tensor weight) {
    weights.add(register(name, weight));
  }

  private int directions() {
    return options.bidirectional() ? 2 : 1;
  }

  final RecurrentOptions options() {
    return options;
  }

  final Tensor[] weights() {
    return weights.toArray(Tensor[]::new);
  }

  /** Whether there is a batch; refuses what is no sequence. */
  final boolean isBatched(Tensor input) {
    if (input.dim() != 2 && input.dim() != 3) {
      throw new ShapeException(
          typeName() + ": Expected input to be 2D or 3D, got " + input.dim() + "D tensor instead");
    }
    if (input.size(-1) != inputSize) {
      throw new ShapeException(
          "input.size(-1) must be equal to input_size. Expected "
              + inputSize
              + ", got "
              + input.size(-1));
    }
    return input.dim() == 3;
  }

  /** A sequence with a batch of one where there is none. */
  final Tensor batched(Tensor input) {
    return isBatched(input) ? input : input.unsqueeze(batchDim());
  }

  final int batchDim() {
    return options.batchFirst() ? 0 : 1;
  }

  /** States of zeros for a sequence with a batch. */
  final Tensor zeros(Tensor input) {
    return Starts.zeros(
        TensorOptions.of(input.dtype()).device(input.device()),
        options.numLayers() * directions(),
        input.size(batchDim()),
        hiddenSize);
  }

  @Override
  protected final String extraText() {
    StringBuilder text = new StringBuilder();
    text.append(inputSize).append(", ").append(hiddenSize);
    if (options.numLayers() != 1) {
      text.append(", num_layers=").append(options.numLayers());
    }
    if (!options.bias()) {
      text.append(", bias=False");
    }
    if (options.batchFirst()) {
      text.append(", batch_first=True");
    }
    if (options.dropout() != 0) {
      text.append(", dropout=").append(Texts.of(options.dropout()));
    }
    if (options.bidirectional()) {
      text.append(", bidirectional=True");
    }
    return text.toString();
  }
}
