package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The forms of call of recurrent networks. T is the length of a sequence, N the size of a batch, I
 * the size of an input and H that of a state. Weights hold G gates one after another: 1 of a plain
 * network, 3 of a GRU, 4 of an LSTM.
 */
public final class RecurrentCall {
  private RecurrentCall() {}

  /** One step. */
  @FunctionalInterface
  public interface Cell {
    /**
     * {@return the next state, {@code [N, H]}}
     *
     * @param input {@code [N, I]}
     * @param hx the state, {@code [N, H]}
     * @param wIh {@code [G · H, I]}
     * @param wHh {@code [G · H, H]}
     * @param bIh {@code [G · H]}, or null
     * @param bHh {@code [G · H]}, or null
     */
    Tensor apply(
        Tensor input,
        Tensor hx,
        Tensor wIh,
        Tensor wHh,
        @Nullable Tensor bIh,
        @Nullable Tensor bHh);
  }

  /** One step of an LSTM. */
  @FunctionalInterface
  public interface LstmCell {
    /**
     * {@return the next state and the next cell state}
     *
     * @param input {@code [N, I]}
     * @param hx state and cell state, {@code [N, H]} each
     * @param wIh {@code [4H, I]}
     * @param wHh {@code [4H, H]}
     * @param bIh {@code [4H]}, or null
     * @param bHh {@code [4H]}, or null
     */
    Tensor[] apply(
        Tensor input,
        Tensor[] hx,
        Tensor wIh,
        Tensor wHh,
        @Nullable Tensor bIh,
        @Nullable Tensor bHh);
  }

  /** A sequence, through layers in one or both directions. */
  @FunctionalInterface
  public interface Sequence {
    /**
     * {@return the last layer's states, {@code [T, N, D · H]} for D directions, and the last states
     * of all layers, {@code [layers · D, N, H]}}
     *
     * @param input {@code [T, N, I]}
     * @param hx the first states, {@code [layers · D, N, H]}
     * @param params weights and biases as for a cell, for each layer and direction
     * @param hasBiases whether there are biases
     * @param numLayers the number of layers
     * @param dropout the probability that what goes from layer to layer is dropped
     * @param train whether anything is dropped
     * @param bidirectional whether each layer also goes backwards
     * @param batchFirst whether input and output are {@code [N, T, …]}
     */
    Tensor[] apply(
        Tensor input,
        Tensor hx,
        Tensor[] params,
        boolean hasBiases,
        long numLayers,
        double dropout,
        boolean train,
        boolean bidirectional,
        boolean batchFirst);
  }

  /** A sequence through an LSTM. */
  @FunctionalInterface
  public interface LstmSequence {
    /**
     * {@return the last layer's states, the last states and the last cell states of all layers}
     *
     * @param input {@code [T, N, I]}
     * @param hx the first states and cell states, {@code [layers · D, N, H]} each
     * @param params weights and biases as for a cell, for each layer and direction
     * @param hasBiases whether there are biases
     * @param numLayers the number of layers
     * @param dropout the probability that what goes from layer to layer is dropped
     * @param train whether anything is dropped
     * @param bidirectional whether each layer also goes backwards
     * @param batchFirst whether input and output are {@code [N, T, …]}
     */
    Tensor[] apply(
        Tensor input,
        Tensor[] hx,
        Tensor[] params,
        boolean hasBiases,
        long numLayers,
        double dropout,
        boolean train,
        boolean bidirectional,
        boolean batchFirst);
  }
}
