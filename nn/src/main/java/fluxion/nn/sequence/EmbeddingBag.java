package fluxion.nn.sequence;

import fluxion.api.Tensor;
import fluxion.api.spi.OpSite;
import fluxion.nn.Layer;
import fluxion.ops.nn.EmbeddingCall;
import org.jspecify.annotations.Nullable;

/**
 * Sums, means or maxima of rows of a table, bag by bag. The table {@code [V, D]} starts from the
 * standard normal distribution.
 */
public final class EmbeddingBag extends Layer {
  private static final OpSite<EmbeddingCall.Bag> OPERATOR =
      OpSite.of("embedding_bag", EmbeddingCall.Bag.class);

  private final Table table;
  private final String mode;
  private final boolean includeLastOffset;

  /**
   * Makes a layer of means, in float32.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the size of a row
   */
  public EmbeddingBag(long numEmbeddings, long embeddingDim) {
    this(numEmbeddings, embeddingDim, "mean", false, EmbeddingOptions.DEFAULT);
  }

  /**
   * Makes a layer.
   *
   * @param numEmbeddings the number of rows
   * @param embeddingDim the size of a row
   * @param mode {@code sum}, {@code mean} or {@code max}
   * @param includeLastOffset whether the offsets end with the number of indices
   * @param options padding and the rest
   */
  public EmbeddingBag(
      long numEmbeddings,
      long embeddingDim,
      String mode,
      boolean includeLastOffset,
      EmbeddingOptions options) {
    this.table = Table.of(numEmbeddings, embeddingDim, options);
    this.mode = mode;
    this.includeLastOffset = includeLastOffset;
    register("weight", table.weight());
  }

  @Override
  public Tensor forward(Tensor input) {
    return forward(input, null, null);
  }

  /**
   * {@return one row for each bag, {@code [B, D]}}
   *
   * @param input indices, {@code [B, N]}, or {@code [N]} with offsets
   * @param offsets where each bag begins, {@code [B]}, or null
   * @param perSampleWeights a factor for each index, for sums, or null
   */
  public Tensor forward(Tensor input, @Nullable Tensor offsets, @Nullable Tensor perSampleWeights) {
    EmbeddingOptions options = table.options();
    return OPERATOR
        .get()
        .apply(
            input,
            table.weight(),
            offsets,
            options.maxNorm(),
            options.normType(),
            options.scaleGradByFreq(),
            mode,
            false,
            perSampleWeights,
            includeLastOffset,
            table.paddingIdx());
  }

  /** {@return the table, {@code [V, D]}} */
  public Tensor weight() {
    return table.weight();
  }

  @Override
  protected String extraText() {
    return table.text(false) + ", mode='" + mode + "'" + table.padding();
  }
}
