package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of embeddings. */
public final class EmbeddingCall {
  private EmbeddingCall() {}

  /** Rows of a table. */
  @FunctionalInterface
  public interface Embedding {
    /**
     * {@return the rows, {@code […, D]}}
     *
     * @param input int64 or int32 indices
     * @param weight the table, {@code [V, D]}
     * @param paddingIdx a row that gets no gradient, negative from the end, or null
     * @param maxNorm rows that are used and whose norm is greater are scaled in place; or null
     * @param normType the order of that norm
     * @param scaleGradByFreq whether a row's gradient is divided by how often it is used
     * @param sparse not used: gradients are dense
     */
    Tensor apply(
        Tensor input,
        Tensor weight,
        @Nullable Long paddingIdx,
        @Nullable Double maxNorm,
        double normType,
        boolean scaleGradByFreq,
        boolean sparse);
  }

  /** Sums, means or maxima of rows of a table. */
  @FunctionalInterface
  public interface Bag {
    /**
     * {@return a row for each bag, {@code [B, D]}}
     *
     * @param input int64 or int32 indices, {@code [B, N]}, or {@code [N]} with offsets
     * @param weight the table, {@code [V, D]}
     * @param offsets where each bag starts, or null
     * @param maxNorm rows that are used and whose norm is greater are scaled in place; or null
     * @param normType the order of that norm
     * @param scaleGradByFreq whether a row's gradient is divided by how often it is used
     * @param mode {@code sum}, {@code mean} or {@code max}
     * @param sparse not used: gradients are dense
     * @param perSampleWeights a factor of each row, or null
     * @param includeLastOffset whether the last offset is the number of indices
     * @param paddingIdx a row that does not count, negative from the end, or null
     */
    Tensor apply(
        Tensor input,
        Tensor weight,
        @Nullable Tensor offsets,
        @Nullable Double maxNorm,
        double normType,
        boolean scaleGradByFreq,
        String mode,
        boolean sparse,
        @Nullable Tensor perSampleWeights,
        boolean includeLastOffset,
        @Nullable Long paddingIdx);
  }
}
