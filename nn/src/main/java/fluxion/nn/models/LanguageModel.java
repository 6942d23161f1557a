package fluxion.nn.models;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Dropout;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.norm.LayerNorm;
import fluxion.nn.sequence.Embedding;
import fluxion.nn.sequence.EmbeddingOptions;
import fluxion.nn.sequence.EncoderOptions;
import fluxion.nn.sequence.TransformerEncoder;
import fluxion.nn.sequence.TransformerEncoderLayer;

/**
 * A stack of blocks that predicts each next token from those before, as GPT does: embeddings of
 * tokens and places, normalisation first, {@code gelu}, four times the width in between.
 *
 * <p>It is put together from {@link TransformerEncoder} and has its names: {@code
 * encoder.layers.0.self_attn.in_proj_weight}. It takes int64 tokens {@code [N, L]} and gives logits
 * {@code [N, L, vocabulary]}.
 */
public final class LanguageModel extends Layer {
  private final LanguageModelOptions options;
  private final Layer embedding;
  private final Layer position;
  private final Layer dropout;
  private final TransformerEncoder encoder;
  private final Layer head;

  /**
   * Makes a model.
   *
   * @param options its sizes
   */
  public LanguageModel(LanguageModelOptions options) {
    this.options = options;
    TensorOptions tensors = options.tensors();
    long width = options.width();
    EmbeddingOptions table = EmbeddingOptions.DEFAULT.tensors(tensors);
    this.embedding = register("embedding", new Embedding(options.vocabulary(), width, table));
    this.position = register("position", new Embedding(options.context(), width, table));
    this.dropout = register("dropout", new Dropout(options.dropout()));
    EncoderOptions block =
        EncoderOptions.DEFAULT
            .dimFeedforward(4 * width)
            .dropout(options.dropout())
            .gelu(true)
            .batchFirst(true)
            .normFirst(true)
            .tensors(tensors);
    this.encoder =
        register(
            "encoder",
            new TransformerEncoder(
                new TransformerEncoderLayer(width, options.heads(), block),
                options.layers(),
                new LayerNorm(1e-5, true, true, tensors, width)));
    this.head = register("head", new Linear(width, options.vocabulary(), false, tensors));
  }

  /**
   * {@return logits of each next token, {@code [N, L, vocabulary]}}
   *
   * @param input tokens, int64 {@code [N, L]}
   * @throws ShapeException if a sequence is longer than the context
   */
  @Override
  public Tensor forward(Tensor input) {
    if (input.dim() != 2 || input.size(1) > options.context()) {
      throw new ShapeException(
          "LanguageModel takes tokens [N, L] with L at most "
              + options.context()
              + ", but got "
              + input.shape());
    }
    long length = input.size(1);
    TensorOptions indices = TensorOptions.of(DType.INT64).device(input.device());
    Tensor places = Tensors.arange(Scalar.of(0), Scalar.of(length), Scalar.of(1), indices);
    Tensor x = dropout.call(embedding.call(input).add(position.call(places)));
    Tensor mask = TransformerEncoder.causalMask(length).to(input.device());
    return head.call(encoder.forward(x, mask, null));
  }
}
