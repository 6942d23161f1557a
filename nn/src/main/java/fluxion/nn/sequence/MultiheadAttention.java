package fluxion.nn.sequence;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.OpSite;
import fluxion.nn.Init;
import fluxion.nn.Layer;
import fluxion.nn.internal.Starts;
import fluxion.ops.nn.AttentionCall;
import org.jspecify.annotations.Nullable;

/**
 * Attention of several heads: Vaswani and others, <i>Attention Is All You Need</i>, 2017.
 *
 * <p>{@code in_proj_weight} holds the projections of queries, keys and values one below the other;
 * where their sizes differ there are {@code q_proj_weight}, {@code k_proj_weight} and {@code
 * v_proj_weight}. All numbers start as PyTorch's.
 */
public final class MultiheadAttention extends Layer {
  private static final OpSite<AttentionCall.MultiHead> OPERATOR =
      OpSite.of("multi_head_attention_forward", AttentionCall.MultiHead.class);

  private final long embedDim;
  private final long numHeads;
  private final AttentionOptions options;
  private final @Nullable Tensor together;
  private final @Nullable Tensor ofQueries;
  private final @Nullable Tensor ofKeys;
  private final @Nullable Tensor ofValues;
  private final @Nullable Tensor inBias;
  private final NonDynamicallyQuantizableLinear out;
  private final @Nullable Tensor addedKey;
  private final @Nullable Tensor addedValue;

  /**
   * Makes a layer.
   *
   * @param embedDim the size of queries and of what is given
   * @param numHeads the number of heads, a divisor of it
   */
  public MultiheadAttention(long embedDim, long numHeads) {
    this(embedDim, numHeads, AttentionOptions.DEFAULT);
  }

  /**
   * Makes a layer.
   *
   * @param embedDim the size of queries and of what is given
   * @param numHeads the number of heads, a divisor of it
   * @param options dropout and the rest
   * @throws ArgumentException if the size cannot be divided into the heads
   */
  public MultiheadAttention(long embedDim, long numHeads, AttentionOptions options) {
    if (embedDim <= 0 || numHeads <= 0) {
      throw new ArgumentException(
          "embed_dim and num_heads must be greater than 0, got embed_dim="
              + embedDim
              + " and num_heads="
              + numHeads
              + " instead");
    }
    if (embedDim % numHeads != 0) {
      throw new ArgumentException("embed_dim must be divisible by num_heads");
    }
    this.embedDim = embedDim;
    this.numHeads = numHeads;
    this.options = options;
    TensorOptions tensors = options.tensors();
    long keys = options.kdim() == null ? embedDim : options.kdim();
    long values = options.vdim() == null ? embedDim : options.vdim();
    boolean alike = keys == embedDim && values == embedDim;
    this.together =
        alike ? register("in_proj_weight", Starts.empty(tensors, 3 * embedDim, embedDim)) : null;
    this.ofQueries = alike ? null : projection("q_proj_weight", embedDim);
    this.ofKeys = alike ? null : projection("k_proj_weight", keys);
    this.ofValues = alike ? null : projection("v_proj_weight", values);
    this.inBias =
        options.bias() ? register("in_proj_bias", Starts.zeros(tensors, 3 * embedDim)) : null;
    this.out =
        register(
            "out_proj", new NonDynamicallyQuantizableLinear(embedDim, options.bias(), tensors));
    boolean added = options.addBiasKv();
    this.addedKey = added ? register("bias_k", Starts.empty(tensors, 1, 1, embedDim)) : null;
    this.addedValue = added ? register("bias_v", Starts.empty(tensors, 1, 1, embedDim)) : null;
    initialise();
  }

  private Tensor projection(String name, long size) {
    return register(name, Starts.empty(options.tensors(), embedDim, size));
  }

  /** In PyTorch's order; the map out of the heads has been drawn before. */
  private void initialise() {
    for (Tensor weight : new @Nullable Tensor[] {together, ofQueries, ofKeys, ofValues}) {
      if (weight != null) {
        Init.xavierUniform_(weight);
      }
    }
    Tensor outBias = out.bias();
    if (outBias != null) {
      Init.zeros_(outBias);
    }
    for (Tensor added : new @Nullable Tensor[] {addedKey, addedValue}) {
      if (added != null) {
        Init.xavierNormal_(added);
      }
    }
  }

  /** {@return what a sequence makes of itself, as queries, keys and values} */
  @Override
  public Tensor forward(Tensor input) {
    return forward(input, input, input, null, null, false).output();
  }

  /**
   * {@return what the queries get of the values, without masks, and the weights}
   *
   * @param query {@code [length, batch, features]} or {@code [length, features]}
   * @param key as it, of a length of its own
   * @param value as the keys
   */
  public Attention forward(Tensor query, Tensor key, Tensor value) {
    return forward(query, key, value, null, null, true);
  }

  /**
   * {@return what the queries get of the values}
   *
   * @param query {@code [length, batch, features]}, or the batch first, or without a batch
   * @param key as it, of a length of its own
   * @param value as the keys
   * @param keyPaddingMask {@code [batch, keys]}: true where a key is left out, or a summand of the
   *     logits; or null
   * @param attnMask {@code [queries, keys]} or {@code [batch · heads, queries, keys]}, likewise; or
   *     null
   * @param needWeights whether the weights are wanted, averaged over the heads
   */
  public Attention forward(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor keyPaddingMask,
      @Nullable Tensor attnMask,
      boolean needWeights) {
    boolean turned = options.batchFirst() && query.dim() == 3;
    Tensor[] results =
        OPERATOR
            .get()
            .apply(
                turned ? query.transpose(0, 1) : query,
                turned ? key.transpose(0, 1) : key,
                turned ? value.transpose(0, 1) : value,
                embedDim,
                numHeads,
                together,
                inBias,
                addedKey,
                addedValue,
                options.addZeroAttn(),
                options.dropout(),
                out.weight(),
                out.bias(),
                isTraining(),
                keyPaddingMask,
                needWeights,
                attnMask,
                together == null,
                ofQueries,
                ofKeys,
                ofValues,
                null,
                null,
                true);
    Tensor output = turned ? results[0].transpose(0, 1) : results[0];
    return new Attention(output, needWeights ? results[1] : null);
  }
}
