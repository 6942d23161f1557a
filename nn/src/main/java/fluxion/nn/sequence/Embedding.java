package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.ops.nn.EmbeddingCall;

/**
 * Rows of a table by their numbers: int64 {@code […]} to {@code […, D]}. The table {@code [V, D]}
 * starts from the standard normal distribution.
 */
public final class Embedding extends Layer {
  private static final OpSite<EmbeddingCall.Embedding> OPERATOR =
      OpSite.of("embedding", EmbeddingCall.Embedding.class);

  private final Table table;

  /**
   * Makes a layer in float32.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the size of a row
   */
  public Embedding(long numEmbeddings, long embeddingDim) {
    this(numEmbeddings, embeddingDim, EmbeddingOptions.DEFAULT);
  }

  /**
   * Makes a layer.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the size of a row
   * @param options padding and the rest
   * @throws fluxion.api.ArgumentException if there is no such row of padding
   */
  public Embedding(long numEmbeddings, long embeddingDim, EmbeddingOptions options) {
    this(Table.of(numEmbeddings, embeddingDim, options));
  }

  private Embedding(Table table) {
    this.table = table;
    register("weight", table.weight());
  }

  /**
   * {@return a layer with a table that is given}
   *
   * @param weight {@code [V, D]}
   * @param freeze whether it stays as it is
   * @param options padding and the rest; its dtype and device do not count
   */
  public static Embedding fromPretrained(Tensor weight, boolean freeze, EmbeddingOptions options) {
    Embedding embedding = new Embedding(Table.given(weight.detach(), options));
    embedding.requiresGrad_(!freeze);
    return embedding;
  }

  @Override
  public Tensor forward(Tensor input) {
    EmbeddingOptions options = table.options();
    return OPERATOR
        .get()
        .apply(
            input,
            table.weight(),
            table.paddingIdx(),
            options.maxNorm(),
            options.normType(),
            options.scaleGradByFreq(),
            false);
  }

  /** {@return the table, {@code [V, D]}} */
  public Tensor weight() {
    return table.weight();
  }

  @Override
  protected String extraText() {
    return table.text(true);
  }
}
