package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.nn.Dropout;
import fluxion.nn.Layer;
import fluxion.nn.Linear;
import fluxion.nn.norm.LayerNorm;
import fluxion.ops.nn.ActivationFunctions;
import org.jspecify.annotations.Nullable;

/**
 * Attention of a sequence to itself, then two linear maps of each place, each with a way around and
 * a normalisation: one layer of an encoder, with PyTorch's names.
 */
public final class TransformerEncoderLayer extends Layer {
  private final long width;
  private final long heads;
  private final EncoderOptions options;
  private final MultiheadAttention attention;
  private final Layer linear1;
  private final Layer dropout;
  private final Layer linear2;
  private final Layer norm1;
  private final Layer norm2;
  private final Layer dropout1;
  private final Layer dropout2;

  /**
   * Makes a layer.
   *
   * @param width the size of an element of the sequence: {@code d_model}
   * @param heads the number of heads
   */
  public TransformerEncoderLayer(long width, long heads) {
    this(width, heads, EncoderOptions.DEFAULT);
  }

  /**
   * Makes a layer.
   *
   * @param width the size of an element of the sequence: {@code d_model}
   * @param heads the number of heads
   * @param options the rest
   */
  public TransformerEncoderLayer(long width, long heads, EncoderOptions options) {
    this.width = width;
    this.heads = heads;
    this.options = options;
    var tensors = options.tensors();
    double p = options.dropout();
    AttentionOptions attended =
        AttentionOptions.DEFAULT.dropout(p).batchFirst(options.batchFirst()).tensors(tensors);
    this.attention = register("self_attn", new MultiheadAttention(width, heads, attended));
    this.linear1 = register("linear1", new Linear(width, options.dimFeedforward(), true, tensors));
    this.dropout = register("dropout", new Dropout(p));
    this.linear2 = register("linear2", new Linear(options.dimFeedforward(), width, true, tensors));
    double eps = options.layerNormEps();
    this.norm1 = register("norm1", new LayerNorm(eps, true, true, tensors, width));
    this.norm2 = register("norm2", new LayerNorm(eps, true, true, tensors, width));
    this.dropout1 = register("dropout1", new Dropout(p));
    this.dropout2 = register("dropout2", new Dropout(p));
  }

  /** {@return another layer with the same numbers; nothing is drawn} */
  TransformerEncoderLayer copy() {
    byte[] generator = Tensors.rngState();
    TransformerEncoderLayer copy = new TransformerEncoderLayer(width, heads, options);
    Tensors.setRngState(generator);
    copy.loadStateDict(stateDict());
    return copy;
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null);
  }

  /**
   * {@return what becomes of a sequence}
   *
   * @param input {@code [length, batch, width]}, or the batch first, or without a batch
   * @param mask {@code [length, length]}: true where a place does not see another, or a summand of
   *     the logits; or null
   * @param keyPaddingMask {@code [batch, length]}: true where there is only padding, or null
   */
  public Tensor forward(Tensor input, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    if (options.normFirst()) {
      Tensor x = input.add(attend(norm1.call(input), mask, keyPaddingMask));
      return x.add(feed(norm2.call(x)));
    }
    Tensor x = norm1.call(input.add(attend(input, mask, keyPaddingMask)));
    return norm2.call(x.add(feed(x)));
  }

  private Tensor attend(Tensor x, @Nullable Tensor mask, @Nullable Tensor keyPaddingMask) {
    Tensor attended =
        mask == null && keyPaddingMask == null
            ? attention.call(x)
            : attention.forward(x, x, x, keyPaddingMask, mask, false).output();
    return dropout1.call(attended);
  }

  private Tensor feed(Tensor x) {
    Tensor wide = linear1.call(x);
    Tensor active = options.gelu() ? ActivationFunctions.gelu(wide) : wide.relu();
    return dropout2.call(linear2.call(dropout.call(active)));
  }
}
