package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DTypeException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Operator.SampleSource;
import fluxion.ops.nn.ActivationCall;
import fluxion.ops.nn.RecurrentCall;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Recurrent networks, by step and by sequence. */
final class Recurrence {
  private static final OpSite<ActivationCall.Dropout> DROPOUT =
      OpSite.of("dropout", ActivationCall.Dropout.class);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("rnn_tanh_cell")) {
        t.add(cell("rnn_tanh_cell", RecurrentStep.TANH));
      }
      if (t.has("rnn_relu_cell")) {
        t.add(cell("rnn_relu_cell", RecurrentStep.RELU));
      }
      if (t.has("gru_cell")) {
        t.add(cell("gru_cell", RecurrentStep.GRU));
      }
      if (t.has("lstm_cell")) {
        t.add(
            named("lstm_cell")
                .overload(
                    "(Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None,"
                        + " Tensor? b_hh=None)",
                    RecurrentCall.LstmCell.class,
                    (input, hx, wIh, wHh, bIh, bHh) ->
                        step("lstm_cell", RecurrentStep.LSTM, input, hx, wIh, wHh, bIh, bHh))
                .samples(
                    s ->
                        List.of(
                            sample(
                                s.tensor(2, 3),
                                List.of(s.tensor(2, 1), s.tensor(2, 1)),
                                s.tensor(4, 3),
                                s.tensor(4, 1),
                                s.tensor(4),
                                s.tensor(4)))));
      }
      if (t.has("rnn_tanh")) {
        t.add(sequence("rnn_tanh", RecurrentStep.TANH));
      }
      if (t.has("rnn_relu")) {
        t.add(sequence("rnn_relu", RecurrentStep.RELU));
      }
      if (t.has("gru")) {
        t.add(sequence("gru", RecurrentStep.GRU));
      }
      if (t.has("lstm")) {
        t.add(
            named("lstm")
                .overload(
                    "(Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers,"
                        + " float dropout, bool train, bool bidirectional, bool batch_first)",
                    RecurrentCall.LstmSequence.class,
                    (input, hx, params, biases, layers, p, train, both, first) ->
                        new Layers("lstm", RecurrentStep.LSTM, biases, layers, p, train, both)
                            .run(input, hx, params, first))
                .samples(
                    s ->
                        List.of(
                            sample(
                                s.tensor(2, 1, 2),
                                List.of(s.tensor(2, 1, 1), s.tensor(2, 1, 1)),
                                parameters(s, RecurrentStep.LSTM),
                                true,
                                1L,
                                0.0,
                                false,
                                true,
                                false))));
      }
    }
  }

  private Recurrence() {}

  private static Operator cell(String name, RecurrentStep step) {
    long rows = step.gates();
    return named(name)
        .overload(
            "(Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor?"
                + " b_hh=None)",
            RecurrentCall.Cell.class,
            (input, hx, wIh, wHh, bIh, bHh) ->
                step(name, step, input, new Tensor[] {hx}, wIh, wHh, bIh, bHh)[0])
        .samples(
            s ->
                List.of(
                    sample(
                        s.uniform(0.1, 0.4, 2, 3),
                        s.uniform(0.1, 0.4, 2, 1),
                        s.uniform(0.1, 0.4, rows, 3),
                        s.uniform(0.1, 0.4, rows, 1),
                        s.uniform(0.1, 0.4, rows),
                        s.uniform(0.1, 0.4, rows))));
  }

  private static Operator sequence(String name, RecurrentStep step) {
    return named(name)
        .overload(
            "(Tensor input, Tensor hx, Tensor[] params, bool has_biases, int num_layers, float"
                + " dropout, bool train, bool bidirectional, bool batch_first)",
            RecurrentCall.Sequence.class,
            (input, hx, params, biases, layers, p, train, both, first) ->
                new Layers(name, step, biases, layers, p, train, both)
                    .run(input, new Tensor[] {hx}, params, first))
        .samples(
            s ->
                List.of(
                    sample(
                        s.uniform(0.1, 0.4, 2, 1, 2),
                        s.uniform(0.1, 0.4, 2, 1, 1),
                        parameters(s, step),
                        true,
                        1L,
                        0.0,
                        false,
                        true,
                        false)));
  }

  /** The parameters of one layer in both directions, for inputs of size 2 and states of size 1. */
  private static List<Tensor> parameters(SampleSource s, RecurrentStep step) {
    List<Tensor> parameters = new ArrayList<>();
    for (int direction = 0; direction < 2; direction++) {
      parameters.add(s.uniform(0.1, 0.4, step.gates(), 2));
      parameters.add(s.uniform(0.1, 0.4, step.gates(), 1));
      parameters.add(s.uniform(0.1, 0.4, step.gates()));
      parameters.add(s.uniform(0.1, 0.4, step.gates()));
    }
    return parameters;
  }

  // ---- calls

  private static Tensor[] step(
      String name,
      RecurrentStep step,
      Tensor input,
      Tensor[] hx,
      Tensor wIh,
      Tensor wHh,
      @Nullable Tensor bIh,
      @Nullable Tensor bHh) {
    checkStates(name, step, hx);
    Weights weights = new Weights(name, step, wIh, wHh, bIh, bHh);
    boolean batched = input.dim() == 2;
    if ((!batched && input.dim() != 1) || hx[0].dim() != input.dim()) {
      throw new ShapeException(
          name
              + ": Expected input and hx to be 1D or 2D, got "
              + input.dim()
              + "D and "
              + hx[0].dim()
              + "D instead");
    }
    Tensor x = batched ? input : input.unsqueeze(0);
    Tensor[] states = new Tensor[hx.length];
    for (int i = 0; i < states.length; i++) {
      states[i] = batched ? hx[i] : hx[i].unsqueeze(0);
    }
    weights.check(x, states, 0);
    Tensor[] next = step.next(weights.ofInput(x), weights.ofState(states[0]), states);
    for (int i = 0; i < next.length && !batched; i++) {
      next[i] = next[i].squeeze(0);
    }
    return next;
  }

  private static void checkStates(String name, RecurrentStep step, Tensor[] hx) {
    if (hx.length != step.states()) {
      throw new ArgumentException(
          name + ": expected hx to be of " + step.states() + " tensors, but got " + hx.length);
    }
  }

  private record Weights(
      String name,
      RecurrentStep step,
      Tensor wIh,
      Tensor wHh,
      @Nullable Tensor bIh,
      @Nullable Tensor bHh) {
    Tensor ofInput(Tensor x) {
      return Linear.ofRows(x, wIh, bIh);
    }

    Tensor ofState(Tensor h) {
      return Linear.linear(h, wHh, bHh);
    }

    void check(Tensor x, Tensor[] states, int batchDim) {
      long hidden = states[0].size(-1);
      long rows = step.gates() * hidden;
      Refusals.requireFloat(name, x.dtype());
      require("w_ih", wIh, x, rows, x.size(-1));
      require("w_hh", wHh, x, rows, hidden);
      for (Tensor bias : new @Nullable Tensor[] {bIh, bHh}) {
        if (bias != null) {
          require("a bias", bias, x, rows);
        }
      }
      for (Tensor state : states) {
        if (state.dtype() != x.dtype()) {
          throw new DTypeException(
              name + ": input is " + x.dtype() + ", but hx is " + state.dtype());
        }
        if (!state.shape().equals(states[0].shape()) || state.size(-2) != x.size(batchDim)) {
          throw new ShapeException(
              name
                  + ": Input batch size "
                  + x.size(batchDim)
                  + " doesn't match hidden hx of shape "
                  + state.shape());
        }
      }
    }

    private void require(String what, Tensor tensor, Tensor x, long... sizes) {
      if (!Arrays.equals(tensor.shape().toArray(), sizes)) {
        throw new ShapeException(
            name
                + ": expected "
                + what
                + " of shape "
                + Arrays.toString(sizes)
                + ", but got "
                + tensor.shape());
      }
      if (tensor.dtype() != x.dtype()) {
        throw new DTypeException(
            name + ": input is " + x.dtype() + ", but " + what + " is " + tensor.dtype());
      }
    }
  }

  /** The layers of a network over sequences. */
  private record Layers(
      String name,
      RecurrentStep step,
      boolean hasBiases,
      long count,
      double dropout,
      boolean train,
      boolean bidirectional) {
    Tensor[] run(Tensor input, Tensor[] hx, Tensor[] params, boolean batchFirst) {
      checkStates(name, step, hx);
      int directions = bidirectional ? 2 : 1;
      for (Tensor state : hx) {
        if (input.dim() != 3 || state.dim() != 3 || state.size(0) != hx[0].size(0)) {
          throw new ShapeException(
              name
                  + ": input and hx must have 3 dimensions, got "
                  + input.dim()
                  + " and hx of shape "
                  + state.shape());
        }
      }
      if (count < 1 || count > 1 << 16 || hx[0].size(0) != count * directions) {
        throw new ShapeException(
            name
                + ": Expected hidden size ("
                + count * directions
                + ", N, H) for num_layers="
                + count
                + ", got hx of shape "
                + hx[0].shape());
      }
      int each = hasBiases ? 4 : 2;
      if (params.length != count * directions * each) {
        throw new ArgumentException(
            name + ": expected " + count * directions * each + " params, but got " + params.length);
      }
      Tensor x = batchFirst ? input.transpose(0, 1) : input;
      if (x.size(0) == 0) {
        throw new ShapeException(name + ": Expected sequence length to be larger than 0 in RNN");
      }
      List<List<Tensor>> last = new ArrayList<>();
      for (int i = 0; i < step.states(); i++) {
        last.add(new ArrayList<>());
      }
      for (int layer = 0; layer < count; layer++) {
        if (layer > 0 && train && dropout > 0) {
          x = DROPOUT.get().apply(x, dropout, true);
        }
        Tensor[] outputs = new Tensor[directions];
        for (int direction = 0; direction < directions; direction++) {
          int at = layer * directions + direction;
          int from = at * each;
          Weights weights =
              new Weights(
                  name,
                  step,
                  params[from],
                  params[from + 1],
                  hasBiases ? params[from + 2] : null,
                  hasBiases ? params[from + 3] : null);
          Tensor[] states = new Tensor[hx.length];
          for (int i = 0; i < states.length; i++) {
            states[i] = hx[i].select(0, at);
          }
          weights.check(x, states, 1);
          outputs[direction] = walk(weights, x, states, direction == 1);
          for (int i = 0; i < states.length; i++) {
            last.get(i).add(states[i]);
          }
        }
        x = directions == 1 ? outputs[0] : Tensors.cat(2, outputs);
      }
      Tensor[] results = new Tensor[1 + hx.length];
      results[0] = batchFirst ? x.transpose(0, 1) : x;
      for (int i = 0; i < hx.length; i++) {
        results[i + 1] = Tensors.stack(0, last.get(i).toArray(Tensor[]::new));
      }
      return results;
    }

    /** Goes through a sequence; the states become the last ones. */
    private Tensor walk(Weights weights, Tensor x, Tensor[] states, boolean backwards) {
      int length = Math.toIntExact(x.size(0));
      // What the inputs give to the gates, in one product.
      Tensor[] ofInput = weights.ofInput(x).unbind(0);
      Tensor[] outputs = new Tensor[length];
      for (int i = 0; i < length; i++) {
        int at = backwards ? length - 1 - i : i;
        Tensor[] next = step.next(ofInput[at], weights.ofState(states[0]), states);
        System.arraycopy(next, 0, states, 0, states.length);
        outputs[at] = states[0];
      }
      return Tensors.stack(0, outputs);
    }
  }
}
