package fluxion.nn.sequence;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.norm.LayerNorm;
import fluxion.ops.nn.ActivationFunctions;
import fluxion.ops.nn.Functional;
import fluxion.ops.nn.LayerFunctions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Embeddings, attention and encoders. */
final class AttentionTest {
  private static final TensorOptions DOUBLES = TensorOptions.of(DType.FLOAT64);
  private static final AttentionOptions OPTIONS = AttentionOptions.DEFAULT.tensors(DOUBLES);

  private static void assertClose(Tensor expected, Tensor actual) {
    assertEquals(expected.shape(), actual.shape());
    assertArrayEquals(expected.toDoubleArray(), actual.toDoubleArray(), 1e-12);
  }

  @Test
  void an_embedding_prints_as_in_pytorch_and_looks_up_rows() {
    assertEquals("Embedding(5, 4)", new Embedding(5, 4).toString());
    Embedding layer =
        new Embedding(
            5, 4, EmbeddingOptions.DEFAULT.paddingIdx(-1).maxNorm(2, 1).scaleGradByFreq(true));
    assertEquals(
        "Embedding(5, 4, padding_idx=4, max_norm=2.0, norm_type=1.0, scale_grad_by_freq=True)",
        layer.toString());
    assertArrayEquals(new double[4], layer.weight().select(0, 4).toDoubleArray());
    assertEquals(Shape.of(2, 4), layer.call(Tensors.tensor(1, 4)).shape());
    Embedding given = Embedding.fromPretrained(Tensors.eye(3), true, EmbeddingOptions.DEFAULT);
    assertEquals(false, given.weight().requiresGrad());
    assertArrayEquals(new double[] {0, 1, 0}, given.call(Tensors.tensor(1L)).toDoubleArray());
    assertEquals(
        "Padding_idx must be within num_embeddings",
        assertThrows(
                ArgumentException.class,
                () -> new Embedding(5, 4, EmbeddingOptions.DEFAULT.paddingIdx(5)))
            .getMessage());
  }

  @Test
  void a_bag_is_the_mean_of_its_rows() {
    EmbeddingBag layer = new EmbeddingBag(4, 2);
    assertEquals("EmbeddingBag(4, 2, mode='mean')", layer.toString());
    Tensor indices = Tensors.tensor(0, 2, 3);
    Tensor bags = layer.forward(indices, Tensors.tensor(0, 1), null);
    Tensor rows = LayerFunctions.embedding(indices, layer.weight());
    assertArrayEquals(
        rows.narrow(0, 1, 2).mean(0).toDoubleArray(), bags.select(0, 1).toDoubleArray(), 1e-6);
  }

  @Test
  void parameters_of_attention_have_pytorchs_names_and_start_from_its_numbers() {
    Tensors.manualSeed(3);
    MultiheadAttention layer = new MultiheadAttention(4, 2, OPTIONS.added(true, false));
    assertEquals(
        List.of(
            "in_proj_weight",
            "in_proj_bias",
            "bias_k",
            "bias_v",
            "out_proj.weight",
            "out_proj.bias"),
        List.copyOf(layer.stateDict().keySet()));
    // the map out of the heads is drawn first, weight and bias, then the other weights
    Tensors.manualSeed(3);
    assertDrawn(layer, "out_proj.weight", Math.sqrt(3) * Math.sqrt(1.0 / 3) / 2);
    Tensors.zeros(DOUBLES, 4).uniform_(-0.5, 0.5);
    assertDrawn(layer, "in_proj_weight", Math.sqrt(3) * Math.sqrt(2.0 / 16));
    assertArrayEquals(new double[4], layer.stateDict().get("out_proj.bias").toDoubleArray());
    MultiheadAttention unlike = new MultiheadAttention(4, 2, OPTIONS.sizes(3, 5));
    assertEquals(
        List.of(
            "q_proj_weight",
            "k_proj_weight",
            "v_proj_weight",
            "in_proj_bias",
            "out_proj.weight",
            "out_proj.bias"),
        List.copyOf(unlike.stateDict().keySet()));
    assertEquals(
        Shape.of(2, 1, 4),
        unlike
            .forward(
                Tensors.rand(DOUBLES, 2, 1, 4),
                Tensors.rand(DOUBLES, 3, 1, 3),
                Tensors.rand(DOUBLES, 3, 1, 5))
            .output()
            .shape());
  }

  private static void assertDrawn(Layer layer, String name, double bound) {
    Tensor parameter = Objects.requireNonNull(layer.stateDict().get(name));
    Tensor drawn = Tensors.zeros(DOUBLES, parameter.shape().toArray()).uniform_(-bound, bound);
    assertArrayEquals(drawn.toDoubleArray(), parameter.toDoubleArray(), 1e-12);
  }

  @Test
  void heads_attend_each_to_their_part() {
    MultiheadAttention layer = new MultiheadAttention(4, 2, OPTIONS.batchFirst(true));
    Tensor x = Tensors.rand(DOUBLES, 3, 5, 4);
    Map<String, Tensor> state = layer.stateDict();
    Tensor[] parts =
        Functional.linear(x, state.get("in_proj_weight"), state.get("in_proj_bias")).chunk(3, 2);
    Tensor[] heads = new Tensor[3];
    for (int i = 0; i < 3; i++) {
      heads[i] = parts[i].unflatten(2, 2, 2).transpose(1, 2);
    }
    Tensor joined =
        LayerFunctions.scaledDotProductAttention(heads[0], heads[1], heads[2], null, true)
            .transpose(1, 2)
            .flatten(2, 3);
    Tensor expected =
        Functional.linear(joined, state.get("out_proj.weight"), state.get("out_proj.bias"));
    Tensor mask = TransformerEncoder.causalMask(5);
    Attention masked = layer.forward(x, x, x, null, mask, true);
    assertClose(expected, masked.output());
    assertEquals(Shape.of(3, 5, 5), Objects.requireNonNull(masked.weights()).shape());
    assertNull(layer.forward(x, x, x, null, mask, false).weights());
    assertClose(layer.forward(x, x, x).output(), layer.call(x));
    assertEquals(
        "embed_dim must be divisible by num_heads",
        assertThrows(ArgumentException.class, () -> new MultiheadAttention(4, 3)).getMessage());
  }

  @Test
  void a_layer_of_an_encoder_prints_as_in_pytorch() {
    assertEquals(
        """
        TransformerEncoderLayer(
          (self_attn): MultiheadAttention(
            (out_proj): NonDynamicallyQuantizableLinear(in_features=4, out_features=4, bias=True)
          )
          (linear1): Linear(in_features=4, out_features=2048, bias=True)
          (dropout): Dropout(p=0.1, inplace=False)
          (linear2): Linear(in_features=2048, out_features=4, bias=True)
          (norm1): LayerNorm((4,), eps=1e-05, elementwise_affine=True)
          (norm2): LayerNorm((4,), eps=1e-05, elementwise_affine=True)
          (dropout1): Dropout(p=0.1, inplace=False)
          (dropout2): Dropout(p=0.1, inplace=False)
        )\
        """,
        new TransformerEncoderLayer(4, 2).toString());
  }

  @Test
  void layers_of_an_encoder_start_alike_and_drawing_them_moves_no_generator() {
    EncoderOptions options =
        EncoderOptions.DEFAULT.dimFeedforward(8).tensors(DOUBLES).dropout(0).batchFirst(true);
    TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, options);
    Tensors.manualSeed(1);
    TransformerEncoder encoder =
        new TransformerEncoder(layer, 2, new LayerNorm(1e-5, true, true, DOUBLES, 4));
    double next = Tensors.rand(1).item();
    Tensors.manualSeed(1);
    assertEquals(Tensors.rand(1).item(), next);
    Map<String, Tensor> state = encoder.stateDict();
    assertArrayEquals(
        state.get("layers.0.linear1.weight").toDoubleArray(),
        state.get("layers.1.linear1.weight").toDoubleArray());
    Tensor x = Tensors.rand(DOUBLES, 2, 3, 4);
    Tensor expected = layer.call(layer.call(x));
    Layer norm = Objects.requireNonNull(encoder.namedLayers().get("norm"));
    assertClose(norm.call(expected), encoder.call(x));
  }

  @Test
  void normalisation_comes_last_or_first() {
    for (boolean first : new boolean[] {false, true}) {
      EncoderOptions options =
          EncoderOptions.DEFAULT
              .dimFeedforward(8)
              .tensors(DOUBLES)
              .dropout(0)
              .batchFirst(true)
              .gelu(first)
              .normFirst(first);
      TransformerEncoderLayer layer = new TransformerEncoderLayer(4, 2, options);
      Map<String, Layer> parts = layer.namedLayers();
      Layer attention = Objects.requireNonNull(parts.get("self_attn"));
      Layer norm1 = Objects.requireNonNull(parts.get("norm1"));
      Layer norm2 = Objects.requireNonNull(parts.get("norm2"));
      Layer linear1 = Objects.requireNonNull(parts.get("linear1"));
      Layer linear2 = Objects.requireNonNull(parts.get("linear2"));
      Tensor x = Tensors.rand(DOUBLES, 2, 3, 4);
      Tensor expected;
      if (first) {
        Tensor y = x.add(attention.call(norm1.call(x)));
        Tensor wide = linear1.call(norm2.call(y));
        expected = y.add(linear2.call(ActivationFunctions.gelu(wide)));
      } else {
        Tensor y = norm1.call(x.add(attention.call(x)));
        expected = norm2.call(y.add(linear2.call(linear1.call(y).relu())));
      }
      assertClose(expected, layer.call(x));
      Tensor masked = layer.forward(x, TransformerEncoder.causalMask(3), null);
      assertClose(layer.call(x.narrow(1, 0, 1)), masked.narrow(1, 0, 1));
    }
  }
}
