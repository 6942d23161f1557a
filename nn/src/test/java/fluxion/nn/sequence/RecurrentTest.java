package fluxion.nn.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Recurrent networks against their cells, step by step. */
final class RecurrentTest {
  private static final TensorOptions DOUBLES = TensorOptions.of(DType.FLOAT64);
  private static final RecurrentOptions OPTIONS = RecurrentOptions.DEFAULT.tensors(DOUBLES);

  @Test
  void they_print_as_in_pytorch() {
    assertEquals("RNN(3, 4)", new RNN(3, 4).toString());
    assertEquals(
        "LSTM(3, 4, num_layers=2, bias=False, batch_first=True, dropout=0.5, bidirectional=True)",
        new LSTM(
                3,
                4,
                RecurrentOptions.DEFAULT
                    .numLayers(2)
                    .bias(false)
                    .batchFirst(true)
                    .dropout(0.5)
                    .bidirectional(true))
            .toString());
    assertEquals("GRUCell(3, 4)", new GRUCell(3, 4).toString());
    assertEquals(
        "RNNCell(3, 4, bias=False, nonlinearity=relu)",
        new RNNCell(3, 4, false, true, TensorOptions.DEFAULT).toString());
  }

  @Test
  void parameters_have_pytorchs_names_and_start_from_its_numbers() {
    Tensors.manualSeed(11);
    GRU layer = new GRU(2, 3, OPTIONS.bidirectional(true).numLayers(2));
    assertEquals(
        List.of(
            "weight_ih_l0",
            "weight_hh_l0",
            "bias_ih_l0",
            "bias_hh_l0",
            "weight_ih_l0_reverse",
            "weight_hh_l0_reverse",
            "bias_ih_l0_reverse",
            "bias_hh_l0_reverse"),
        List.copyOf(layer.stateDict().keySet()).subList(0, 8));
    assertEquals(Shape.of(9, 6), layer.stateDict().get("weight_ih_l1").shape());
    Tensors.manualSeed(11);
    double bound = 1 / Math.sqrt(3);
    for (Tensor parameter : layer.parameters()) {
      Tensor drawn = Tensors.zeros(DOUBLES, parameter.shape().toArray()).uniform_(-bound, bound);
      assertArrayEquals(drawn.toDoubleArray(), parameter.toDoubleArray());
    }
  }

  /** The first layer of a network, as a cell. */
  private static <C extends Layer> C cell(C cell, Layer network) {
    Map<String, Tensor> state = new LinkedHashMap<>();
    network.stateDict().forEach((name, value) -> state.put(name.replace("_l0", ""), value));
    cell.loadStateDict(state);
    return cell;
  }

  @Test
  void a_sequence_is_one_step_after_another() {
    Tensor x = Tensors.rand(DOUBLES, 3, 2, 4);
    RNN rnn = new RNN(4, 5, true, OPTIONS);
    RNNCell rnnCell = cell(new RNNCell(4, 5, true, true, DOUBLES), rnn);
    GRU gru = new GRU(4, 5, OPTIONS);
    GRUCell gruCell = cell(new GRUCell(4, 5, true, DOUBLES), gru);
    LSTM lstm = new LSTM(4, 5, OPTIONS);
    LSTMCell lstmCell = cell(new LSTMCell(4, 5, true, DOUBLES), lstm);
    Tensor h1 = rnnCell.call(x.select(0, 0));
    Tensor h2 = gruCell.call(x.select(0, 0));
    LSTMCell.State state = lstmCell.forward(x.select(0, 0), null, null);
    for (int i = 1; i < 3; i++) {
      h1 = rnnCell.forward(x.select(0, i), h1);
      h2 = gruCell.forward(x.select(0, i), h2);
      state = lstmCell.forward(x.select(0, i), state.hidden(), state.cell());
    }
    assertClose(h1, rnn.call(x).select(0, 2));
    assertClose(h2, gru.forward(x, null).hidden().select(0, 0));
    RecurrentCells last = lstm.forward(x, null, null);
    assertClose(state.hidden(), last.hidden().select(0, 0));
    assertClose(state.cell(), last.cells().select(0, 0));
  }

  @Test
  void a_batch_may_be_absent_or_first() {
    Tensor x = Tensors.rand(DOUBLES, 3, 4);
    LSTM layer = new LSTM(4, 5, OPTIONS.bidirectional(true));
    LSTM first = new LSTM(4, 5, OPTIONS.bidirectional(true).batchFirst(true));
    first.loadStateDict(layer.stateDict());
    RecurrentCells plain = layer.forward(x, null, null);
    assertEquals(Shape.of(3, 10), plain.output().shape());
    assertEquals(Shape.of(2, 5), plain.cells().shape());
    assertClose(plain.output(), layer.call(x.unsqueeze(1)).squeeze(1));
    assertClose(plain.output(), first.call(x.unsqueeze(0)).squeeze(0));
    assertClose(plain.output(), first.call(x));
    RecurrentCells next = layer.forward(x, plain.hidden(), plain.cells());
    assertEquals(Shape.of(2, 5), next.hidden().shape());
  }

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
  }

  @Test
  void what_does_not_fit_is_refused() {
    LSTM layer = new LSTM(4, 5);
    assertEquals(
        "input.size(-1) must be equal to input_size. Expected 4, got 3",
        assertThrows(ShapeException.class, () -> layer.call(Tensors.ones(2, 3))).getMessage());
    assertEquals(
        "LSTM: Expected input to be 2D or 3D, got 1D tensor instead",
        assertThrows(ShapeException.class, () -> layer.call(Tensors.ones(4))).getMessage());
    Tensor h = Tensors.zeros(1, 5);
    assertThrows(ArgumentException.class, () -> layer.forward(Tensors.ones(2, 4), h, null));
    assertThrows(ArgumentException.class, () -> new GRU(4, 0));
    assertThrows(ArgumentException.class, () -> new GRU(4, 1, OPTIONS.dropout(2)));
    assertThrows(ArgumentException.class, () -> new GRU(4, 1, OPTIONS.numLayers(0)));
  }
}
