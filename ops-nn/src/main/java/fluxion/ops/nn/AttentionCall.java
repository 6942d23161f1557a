package fluxion.ops.nn;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** The forms of call of attention. */
public final class AttentionCall {
  private AttentionCall() {}

  /** Attention of queries to keys. */
  @FunctionalInterface
  public interface ScaledDotProduct {
    /**
     * {@return the weighted means of the values, {@code […, L, V]}}
     *
     * @param query {@code […, L, E]}
     * @param key {@code […, S, E]}
     * @param value {@code […, S, V]}
     * @param attnMask {@code […, L, S]}: true where a query attends to a key, or a summand of the
     *     logits; or null
     * @param dropoutP the probability that a weight is dropped
     * @param isCausal whether query i attends only to keys up to i
     * @param scale the factor of the logits; null for {@code 1 / √E}
     */
    Tensor apply(
        Tensor query,
        Tensor key,
        Tensor value,
        @Nullable Tensor attnMask,
        double dropoutP,
        boolean isCausal,
        @Nullable Double scale);
  }

  /** Multi-head attention with its projections. */
  @FunctionalInterface
  public interface MultiHead {
    /**
     * {@return the result, {@code [L, N, E]}, and, where asked for, the weights}
     *
     * @param query {@code [L, N, E]} or {@code [L, E]}
     * @param key {@code [S, N, K]} or {@code [S, K]}
     * @param value {@code [S, N, V]} or {@code [S, V]}
     * @param embedDimToCheck E
     * @param numHeads the number of heads, which divides E
     * @param inProjWeight {@code [3E, E]}, or null with separate weights
     * @param inProjBias {@code [3E]}, or null
     * @param biasK a further key, {@code [1, 1, E]}, or null
     * @param biasV a further value, {@code [1, 1, E]}, or null
     * @param addZeroAttn whether a key and a value of zeros are added
     * @param dropoutP the probability that a weight is dropped
     * @param outProjWeight {@code [E, E]}
     * @param outProjBias {@code [E]}, or null
     * @param training whether anything is dropped
     * @param keyPaddingMask {@code [N, S]}: true where a key does not count, or a summand; or null
     * @param needWeights whether the weights are wanted
     * @param attnMask {@code [L, S]} or {@code [N · heads, L, S]}: true where a query does not
     *     attend, or a summand; or null
     * @param useSeparateProjWeight whether query, key and value have weights of their own
     * @param qProjWeight {@code [E, E]}, or null
     * @param kProjWeight {@code [E, K]}, or null
     * @param vProjWeight {@code [E, V]}, or null
     * @param staticK keys that are used as they are, {@code [N · heads, S, E / heads]}, or null
     * @param staticV values that are used as they are, or null
     * @param averageAttnWeights whether the weights are a mean over the heads
     */
    Tensor[] apply(
        Tensor query,
        Tensor key,
        Tensor value,
        long embedDimToCheck,
        long numHeads,
        @Nullable Tensor inProjWeight,
        @Nullable Tensor inProjBias,
        @Nullable Tensor biasK,
        @Nullable Tensor biasV,
        boolean addZeroAttn,
        double dropoutP,
        Tensor outProjWeight,
        @Nullable Tensor outProjBias,
        boolean training,
        @Nullable Tensor keyPaddingMask,
        boolean needWeights,
        @Nullable Tensor attnMask,
        boolean useSeparateProjWeight,
        @Nullable Tensor qProjWeight,
        @Nullable Tensor kProjWeight,
        @Nullable Tensor vProjWeight,
        @Nullable Tensor staticK,
        @Nullable Tensor staticV,
        boolean averageAttnWeights);
  }
}
