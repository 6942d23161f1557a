package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.accelerator.Attention.Form;
import fluxion.ops.nn.ActivationCall;
import fluxion.ops.nn.AttentionCall;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Weighted means of values, with weights from the products of queries and keys. */
final class Attention {
  private static final OpSite<ActivationCall.Dropout> DROPOUT =
      OpSite.of("dropout", ActivationCall.Dropout.class);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("scaled_dot_product_attention")) {
        t.add(
            named("scaled_dot_product_attention")
                .overload(
                    "(Tensor query, Tensor key, Tensor value, Tensor? attn_mask=None, float"
                        + " dropout_p=0.0, bool is_causal=False, *, float? scale=None)",
                    AttentionCall.ScaledDotProduct.class,
                    Attention::scaledDotProduct)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3, 4), s.tensor(2, 2, 4), s.tensor(2, 2, 3)),
                            sample(s.tensor(3, 2), s.tensor(4, 2), s.tensor(4, 1), s.tensor(3, 4)),
                            sample(
                                s.tensor(1, 2, 3, 2),
                                s.tensor(1, 2, 3, 2),
                                s.tensor(1, 2, 3, 2),
                                null,
                                0.0,
                                true))));
      }
    }
  }

  private Attention() {}

  static Tensor scaledDotProduct(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor attnMask,
      double dropoutP,
      boolean isCausal,
      @Nullable Double scale) {
    double factor = check(query, key, value, attnMask, isCausal, scale);
    Tensor mask = ofDType(attnMask, query.dtype());
    if (dropoutP == 0 && ScaledDotProduct.takes(query, key, value, mask)) {
      Form form = new Form(factor, isCausal);
      return Functions.apply(new ScaledDotProduct(form), query, key, value, mask);
    }
    Tensor logits = query.matmul(key.transpose(-2, -1)).mul(factor);
    return drop(masked(logits, mask, isCausal).softmax(-1), dropoutP).matmul(value);
  }

  /** The factor of the logits, if the operands fit together. */
  private static double check(
      Tensor query,
      Tensor key,
      Tensor value,
      @Nullable Tensor attnMask,
      boolean isCausal,
      @Nullable Double scale) {
    for (Tensor tensor : new Tensor[] {query, key, value}) {
      if (tensor.dim() < 2) {
        throw new ShapeException(
            "scaled_dot_product_attention: Expected query, key, and value to all be at least 2"
                + " dimensional, but got Query dim: "
                + query.dim()
                + ", Key dim: "
                + key.dim()
                + " and Value dim: "
                + value.dim()
                + " instead.");
      }
      if (tensor.dtype() != query.dtype()) {
        throw new DTypeException(
            "Expected query, key, and value to have the same dtype, but got query.dtype: "
                + query.dtype()
                + " key.dtype: "
                + key.dtype()
                + " and value.dtype: "
                + value.dtype()
                + " instead.");
      }
    }
    Refusals.requireFloat("scaled_dot_product_attention", query.dtype());
    if (query.size(-1) != key.size(-1) || key.size(-2) != value.size(-2)) {
      throw new ShapeException(
          "scaled_dot_product_attention: query, key and value of shapes "
              + query.shape()
              + ", "
              + key.shape()
              + " and "
              + value.shape()
              + " do not fit: [..., L, E], [..., S, E] and [..., S, V] are expected");
    }
    if (isCausal && attnMask != null) {
      throw new ArgumentException("Explicit attn_mask should not be set when is_causal=True");
    }
    return scale != null ? scale : 1 / Math.sqrt((double) query.size(-1));
  }

  /** A mask of truth values, or of summands of a dtype. */
  private static @Nullable Tensor ofDType(@Nullable Tensor mask, DType dtype) {
    if (mask == null || mask.dtype() == DType.BOOL) {
      return mask;
    }
    if (!mask.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "Expected attn_mask dtype to be bool or to match query dtype, but got attn_mask.dtype: "
              + mask.dtype()
              + " and query.dtype: "
              + dtype
              + " instead.");
    }
    return mask.to(dtype);
  }

  /** Logits with summands, or with −∞ where a truth value is false or a key comes later. */
  static Tensor masked(Tensor logits, @Nullable Tensor mask, boolean isCausal) {
    Tensor truths = isCausal ? causal(logits) : mask;
    if (truths == null) {
      return logits;
    }
    return truths.dtype() == DType.BOOL
        ? logits.maskedFill(truths.logicalNot(), Double.NEGATIVE_INFINITY)
        : logits.add(truths);
  }

  /** The logits' gradients, which are 0 where {@link #masked} replaces a logit. */
  static Tensor cleared(Tensor gradients, @Nullable Tensor mask, boolean isCausal) {
    Tensor truths = isCausal ? causal(gradients) : mask;
    return truths == null || truths.dtype() != DType.BOOL
        ? gradients
        : gradients.maskedFill(truths.logicalNot(), 0);
  }

  /** Where a query attends: to keys up to its own place. */
  private static Tensor causal(Tensor logits) {
    TensorOptions options = TensorOptions.of(DType.INT64).device(logits.device());
    Tensor rows = range(logits.size(-2), options).unsqueeze(1);
    Tensor columns = range(logits.size(-1), options).unsqueeze(0);
    return columns.le(rows);
  }

  private static Tensor range(long end, TensorOptions options) {
    return Tensors.arange(Scalar.of(0L), Scalar.of(end), Scalar.of(1L), options);
  }

  private static Tensor drop(Tensor weights, double p) {
    return p == 0 ? weights : DROPOUT.get().apply(weights, p, true);
  }
}
