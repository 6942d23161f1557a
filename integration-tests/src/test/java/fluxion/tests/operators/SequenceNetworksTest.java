package fluxion.tests.operators;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.Ops;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Attention, recurrent networks and dropout. */
final class SequenceNetworksTest {
  private static final TensorOptions DOUBLE = TensorOptions.of(DType.FLOAT64);

  private static Tensor vector(double... values) {
    return Tensors.tensor(values);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  @Test
  void equal_keys_give_the_mean_of_the_values() {
    Tensor query = Tensors.ones(DOUBLE, 2, 3);
    Tensor key = Tensors.ones(DOUBLE, 4, 3);
    Tensor value = vector(1, 2, 3, 4).reshape(4, 1);
    Tensor y = Ops.call("scaled_dot_product_attention", query, key, value);
    assertArrayEquals(new double[] {2.5, 2.5}, y.toDoubleArray(), 1e-15);
    Tensor causal =
        Ops.call(
            "scaled_dot_product_attention", List.of(query, key, value), Map.of("is_causal", true));
    assertArrayEquals(new double[] {1, 1.5}, causal.toDoubleArray(), 1e-15);
  }

  @Test
  void a_mask_says_to_what_a_query_attends() {
    Tensor one = Tensors.ones(DOUBLE, 1, 1);
    Tensor key = Tensors.ones(DOUBLE, 3, 1);
    Tensor value = vector(1, 2, 6).reshape(3, 1);
    Tensor mask = Tensors.tensor(new boolean[][] {{true, false, true}});
    Tensor y = Ops.call("scaled_dot_product_attention", one, key, value, mask);
    assertArrayEquals(new double[] {3.5}, y.toDoubleArray(), 1e-15);
    String message =
        assertThrows(
                FluxionException.class,
                () -> Ops.call("scaled_dot_product_attention", one, key, value, mask, 0.0, true))
            .getMessage();
    assertTrue(
        message.contains("Explicit attn_mask should not be set when is_causal=True"), message);
  }

  @Test
  void one_head_with_identity_projections_is_plain_attention() {
    Tensor x = vector(1, 0, 0, 1, 1, 1).reshape(3, 1, 2);
    Tensor eye = Tensors.eye(2, 2, DOUBLE);
    Tensor all = Tensors.cat(0, eye, eye, eye);
    List<Tensor> found =
        Ops.callAll(
            "multi_head_attention_forward",
            Arrays.asList(x, x, x, 2L, 1L, all, null, null, null, false, 0.0, eye, null, false),
            Map.of());
    Tensor rows = x.squeeze(1);
    Tensor plain = Ops.call("scaled_dot_product_attention", rows, rows, rows);
    assertArrayEquals(plain.toDoubleArray(), found.get(0).toDoubleArray(), 1e-15);
    assertEquals(Shape.of(1, 3, 3), found.get(1).shape());
  }

  @Test
  void an_lstm_step_is_what_its_equations_say() {
    Tensor weights = vector(0.1, 0.2, 0.3, 0.4).reshape(4, 1);
    Tensor recurrent = vector(-0.1, 0.5, 0.2, 0.3).reshape(4, 1);
    Tensor h = vector(0.5).reshape(1, 1);
    Tensor c = vector(-0.25).reshape(1, 1);
    List<Tensor> found =
        Ops.callAll(
            "lstm_cell",
            List.of(vector(2).reshape(1, 1), List.of(h, c), weights, recurrent),
            Map.of());
    double in = sigmoid(0.2 - 0.05);
    double forget = sigmoid(0.4 + 0.25);
    double fresh = Math.tanh(0.6 + 0.1);
    double out = sigmoid(0.8 + 0.15);
    double memory = forget * -0.25 + in * fresh;
    assertEquals(memory, found.get(1).item(), 1e-15);
    assertEquals(out * Math.tanh(memory), found.get(0).item(), 1e-15);
  }

  @Test
  void a_gru_step_is_what_its_equations_say() {
    Tensor weights = vector(0.1, 0.2, 0.3).reshape(3, 1);
    Tensor recurrent = vector(-0.1, 0.5, 0.2).reshape(3, 1);
    Tensor y =
        Ops.call(
            "gru_cell",
            vector(2).reshape(1, 1),
            vector(0.5).reshape(1, 1),
            weights,
            recurrent,
            null,
            vector(0, 0, 0.4));
    double reset = sigmoid(0.2 - 0.05);
    double update = sigmoid(0.4 + 0.25);
    double fresh = Math.tanh(0.6 + reset * (0.1 + 0.4));
    assertEquals((1 - update) * fresh + update * 0.5, y.item(), 1e-15);
  }

  @Test
  void a_sequence_is_its_steps_one_after_another_in_both_directions() {
    Tensor x = vector(0.5, -1, 2).reshape(3, 1, 1);
    Tensor start = Tensors.zeros(DOUBLE, 2, 1, 1);
    Tensor in = vector(0.7).reshape(1, 1);
    Tensor back = vector(-0.4).reshape(1, 1);
    List<Tensor> found =
        Ops.callAll(
            "rnn_tanh",
            List.of(x, start, List.of(in, back, in, back), false, 1L, 0.0, false, true, false),
            Map.of());
    double a = Math.tanh(0.35);
    double b = Math.tanh(-0.7 - 0.4 * a);
    double c = Math.tanh(1.4 - 0.4 * b);
    double p = Math.tanh(1.4);
    double q = Math.tanh(-0.7 - 0.4 * p);
    double r = Math.tanh(0.35 - 0.4 * q);
    assertArrayEquals(new double[] {a, r, b, q, c, p}, found.get(0).toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {c, r}, found.get(1).toDoubleArray(), 1e-15);
  }

  @Test
  void dropout_scales_what_it_keeps_and_draws_as_bernoulli_does() {
    Tensor x = Tensors.ones(DOUBLE, 3, 40);
    Tensors.manualSeed(5);
    Tensor y = Ops.call("dropout", x, 0.25);
    Tensors.manualSeed(5);
    Tensor kept = Tensors.zeros(DOUBLE, 3, 40).bernoulli_(0.75);
    assertArrayEquals(kept.div(0.75).toDoubleArray(), y.toDoubleArray());
    assertArrayEquals(x.toDoubleArray(), Ops.call("dropout", x, 0.25, false).toDoubleArray());
  }

  @Test
  void dropout_in_place_draws_the_same_numbers_and_keeps_the_history() {
    for (String name :
        List.of("dropout", "feature_dropout", "alpha_dropout", "feature_alpha_dropout", "rrelu")) {
      Object[] rest = name.equals("rrelu") ? new Object[] {0.1, 0.4, true} : new Object[] {0.5};
      Tensor leaf = Tensors.arange(24).to(DType.FLOAT64).sub(11.5).view(3, 4, 2).requiresGrad_();
      Tensors.manualSeed(7);
      Tensor expected = Ops.call(name, with(leaf, rest));
      Tensors.manualSeed(7);
      Tensor x = leaf.clone();
      Tensor found = Ops.call(name + "_", with(x, rest));
      assertSame(x, found);
      assertArrayEquals(expected.toDoubleArray(), found.toDoubleArray(), name);
      assertArrayEquals(
          Autograd.grad(expected.sum(), leaf).toDoubleArray(),
          Autograd.grad(found.sum(), leaf).toDoubleArray(),
          name);
      if (rest.length == 1) {
        assertSame(x, Ops.call(name + "_", x, 0.0));
        assertArrayEquals(expected.toDoubleArray(), x.toDoubleArray(), name);
      }
    }
  }

  private static Object[] with(Tensor first, Object... rest) {
    return Stream.concat(Stream.of(first), Stream.of(rest)).toArray();
  }

  @Test
  void dropout_of_channels_drops_whole_ones() {
    Tensors.manualSeed(1);
    Tensor y = Ops.call("dropout2d", Tensors.ones(DOUBLE, 2, 8, 3, 2), 0.5);
    for (Tensor channel : y.reshape(16, 6).unbind(0)) {
      double first = channel.toDoubleArray()[0];
      assertArrayEquals(channel.mul(0.0).add(first).toDoubleArray(), channel.toDoubleArray());
    }
  }

  @Test
  void hard_gumbel_samples_are_one_hot() {
    Tensors.manualSeed(3);
    Tensor y = Ops.call("gumbel_softmax", Tensors.zeros(DOUBLE, 5, 4), 1.0, true);
    assertArrayEquals(new double[] {1, 1, 1, 1, 1}, y.sum(1).toDoubleArray(), 1e-15);
    assertArrayEquals(new double[] {1, 1, 1, 1, 1}, y.amax(1).toDoubleArray(), 1e-15);
  }

  @Test
  void a_probability_beyond_1_is_refused() {
    String message =
        assertThrows(FluxionException.class, () -> Ops.call("dropout", Tensors.ones(2), 1.5))
            .getMessage();
    assertTrue(message.contains("dropout probability has to be between 0 and 1, but got"), message);
  }
}
