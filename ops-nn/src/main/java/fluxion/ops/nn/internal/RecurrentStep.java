package fluxion.ops.nn.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import java.util.function.UnaryOperator;

/**
 * The step of a kind of recurrent network: the next states from the last ones and from what input
 * and state give to the gates.
 */
enum RecurrentStep {
  /** {@code tanh(x + h)}. */
  TANH(1, 1),
  /** {@code relu(x + h)}. */
  RELU(1, 1),
  /** The gated recurrent unit: reset, update and new gate. */
  GRU(3, 1),
  /** Long short-term memory: input, forget, cell and output gate. */
  LSTM(4, 2);

  private static final PointwiseFunction PLAIN = sum("rnn_tanh", Expr::tanh);
  private static final PointwiseFunction RECTIFIED =
      sum("rnn_relu", x -> Expr.select(x.lt(0), Expr.literal(x.type(), 0), x))
          .gradient(0, (x, s, out, g) -> rectified(out, g))
          .gradient(1, (x, s, out, g) -> rectified(out, g));

  /** Of input and state the parts of reset, update and new gate, and the state. */
  private static final PointwiseFunction GATED =
      PointwiseFunction.of(
          "gru_state",
          7,
          0,
          Promotion.PROMOTE,
          (x, s) -> {
            Expr reset = x[0].add(x[3]).sigmoid();
            Expr update = x[1].add(x[4]).sigmoid();
            Expr fresh = x[2].add(reset.mul(x[5])).tanh();
            return x[6].sub(fresh).mul(update).add(fresh);
          });

  /** Input, forget and cell gate, and the cell state. */
  private static final PointwiseFunction MEMORY =
      PointwiseFunction.of(
          "lstm_memory",
          4,
          0,
          Promotion.PROMOTE,
          (x, s) -> x[1].sigmoid().mul(x[3]).add(x[0].sigmoid().mul(x[2].tanh())));

  /** Output gate and cell state. */
  private static final PointwiseFunction SHOWN =
      PointwiseFunction.of(
          "lstm_state", 2, 0, Promotion.PROMOTE, (x, s) -> x[0].sigmoid().mul(x[1].tanh()));

  private final int gates;
  private final int states;

  RecurrentStep(int gates, int states) {
    this.gates = gates;
    this.states = states;
  }

  private static PointwiseFunction sum(String name, UnaryOperator<Expr> activation) {
    return PointwiseFunction.of(
        name, 2, 0, Promotion.PROMOTE, (x, s) -> activation.apply(x[0].add(x[1])));
  }

  private static Expr rectified(Expr out, Expr g) {
    return Expr.select(out.le(0), Expr.literal(g.type(), 0), g);
  }

  /** The number of gates. */
  int gates() {
    return gates;
  }

  /** The number of states. */
  int states() {
    return states;
  }

  /**
   * The next states.
   *
   * @param ofInput what the input gives to the gates, {@code [N, gates · H]}
   * @param ofState what the state gives to them
   * @param last the last states, {@code [N, H]} each
   */
  Tensor[] next(Tensor ofInput, Tensor ofState, Tensor[] last) {
    return switch (this) {
      case TANH -> new Tensor[] {PLAIN.call(ofInput, ofState)};
      case RELU -> new Tensor[] {RECTIFIED.call(ofInput, ofState)};
      case GRU -> {
        Tensor[] x = ofInput.chunk(3, 1);
        Tensor[] h = ofState.chunk(3, 1);
        yield new Tensor[] {
          GATED.callAll(new Tensor[] {x[0], x[1], x[2], h[0], h[1], h[2], last[0]})
        };
      }
      case LSTM -> {
        Tensor[] g = ofInput.add(ofState).chunk(4, 1);
        Tensor memory = MEMORY.callAll(new Tensor[] {g[0], g[1], g[2], last[1]});
        yield new Tensor[] {SHOWN.call(g[3], memory), memory};
      }
    };
  }
}
