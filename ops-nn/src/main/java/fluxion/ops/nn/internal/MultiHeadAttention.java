package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.ops.nn.ActivationCall;
import fluxion.ops.nn.AttentionCall;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Attention of several heads, with the projections into and out of them. */
final class MultiHeadAttention {
  private static final OpSite<ActivationCall.Dropout> DROPOUT =
      OpSite.of("dropout", ActivationCall.Dropout.class);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("multi_head_attention_forward")) {
        t.add(
            named("multi_head_attention_forward")
                .overload(
                    "(Tensor query, Tensor key, Tensor value, int embed_dim_to_check, int"
                        + " num_heads, Tensor? in_proj_weight, Tensor? in_proj_bias, Tensor?"
                        + " bias_k, Tensor? bias_v, bool add_zero_attn, float dropout_p, Tensor"
                        + " out_proj_weight, Tensor? out_proj_bias, bool training=True, Tensor?"
                        + " key_padding_mask=None, bool need_weights=True, Tensor? attn_mask=None,"
                        + " bool use_separate_proj_weight=False, Tensor? q_proj_weight=None,"
                        + " Tensor? k_proj_weight=None, Tensor? v_proj_weight=None, Tensor?"
                        + " static_k=None, Tensor? static_v=None, bool average_attn_weights=True)",
                    AttentionCall.MultiHead.class,
                    MultiHeadAttention::forward)
                .samples(
                    s ->
                        List.of(
                            sample(
                                s.tensor(2, 1, 2),
                                s.tensor(3, 1, 2),
                                s.tensor(3, 1, 2),
                                2L,
                                2L,
                                s.tensor(6, 2),
                                s.tensor(6),
                                null,
                                null,
                                false,
                                0.0,
                                s.tensor(2, 2),
                                s.tensor(2)),
                            sample(
                                s.tensor(2, 2),
                                s.tensor(3, 2),
                                s.tensor(3, 2),
                                2L,
                                1L,
                                s.tensor(6, 2),
                                null,
                                s.tensor(1, 1, 2),
                                s.tensor(1, 1, 2),
                                true,
                                0.0,
                                s.tensor(2, 2),
                                null,
                                false,
                                null,
                                false))));
      }
    }
  }

  private MultiHeadAttention() {}

  private static Tensor[] forward(
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
      boolean averageAttnWeights) {
    boolean batched = checkRanks(query, key, value);
    Tensor q = batched ? query : query.unsqueeze(1);
    Tensor k = batched ? key : key.unsqueeze(1);
    Tensor v = batched ? value : value.unsqueeze(1);
    long width = q.size(2);
    checkSizes(q, k, v, embedDimToCheck, numHeads);
    Heads heads = new Heads(q.size(1), numHeads, width / numHeads);
    Tensor[] projected =
        useSeparateProjWeight
            ? separate(
                q,
                k,
                v,
                required("q_proj_weight", qProjWeight),
                required("k_proj_weight", kProjWeight),
                required("v_proj_weight", vProjWeight),
                inProjBias)
            : together(q, k, v, required("in_proj_weight", inProjWeight), inProjBias);
    Tensor keys = projected[1];
    Tensor values = projected[2];
    long added = 0;
    if (biasK != null && biasV != null && staticK == null && staticV == null) {
      long[] row = {1, heads.batch(), width};
      keys = Tensors.cat(0, keys, biasK.expand(row));
      values = Tensors.cat(0, values, biasV.expand(row));
      added++;
    } else if (biasK != null || biasV != null) {
      throw new ArgumentException(
          "multi_head_attention_forward: bias_k and bias_v go together, and not with static_k or"
              + " static_v");
    }
    Tensor queries = heads.split(projected[0]);
    keys = staticK == null ? heads.split(keys) : heads.checked("static_k", staticK);
    values = staticV == null ? heads.split(values) : heads.checked("static_v", staticV);
    if (addZeroAttn) {
      TensorOptions options = TensorOptions.of(keys.dtype()).device(keys.device());
      Tensor zeros = Tensors.zeros(options, heads.count(), 1, heads.size());
      keys = Tensors.cat(1, keys, zeros);
      values = Tensors.cat(1, values, zeros);
      added++;
    }
    Tensor logits = queries.div(Math.sqrt((double) heads.size())).matmul(keys.transpose(1, 2));
    logits = masked(logits, heads, attnMask, keyPaddingMask, added);
    Tensor weights = logits.softmax(-1);
    if (training && dropoutP > 0) {
      weights = DROPOUT.get().apply(weights, dropoutP, true);
    }
    long length = q.size(0);
    Tensor joined = weights.matmul(values).transpose(0, 1).reshape(length * heads.batch(), width);
    Tensor result =
        Linear.ofRows(joined, outProjWeight, outProjBias)
            .reshape(length, heads.batch(), outProjWeight.size(0));
    Tensor output = batched ? result : result.squeeze(1);
    if (!needWeights) {
      return new Tensor[] {output};
    }
    Tensor shown = weights.reshape(heads.batch(), numHeads, length, weights.size(2));
    Tensor told = averageAttnWeights ? shown.mean(1) : shown;
    return new Tensor[] {output, batched ? told : told.squeeze(0)};
  }

  /** A batch of so many, each with heads of a size. */
  private record Heads(long batch, long number, long size) {
    long count() {
      return batch * number;
    }

    /** From {@code [L, N, E]} to {@code [N · heads, L, E / heads]}. */
    Tensor split(Tensor x) {
      return x.reshape(x.size(0), count(), size).transpose(0, 1);
    }

    Tensor checked(String name, Tensor given) {
      if (given.dim() != 3 || given.size(0) != count() || given.size(2) != size) {
        throw new ShapeException(
            "expecting "
                + name
                + ".size(0) of "
                + count()
                + " and "
                + name
                + ".size(2) of "
                + size
                + ", but got "
                + given.shape());
      }
      return given;
    }
  }

  private static boolean checkRanks(Tensor query, Tensor key, Tensor value) {
    int dims = query.dim();
    if ((dims != 2 && dims != 3) || key.dim() != dims || value.dim() != dims) {
      throw new ShapeException(
          "query should be unbatched 2D or batched 3D tensor, and key and value as it, but received"
              + " tensors of "
              + dims
              + "D, "
              + key.dim()
              + "D and "
              + value.dim()
              + "D");
    }
    Refusals.requireFloat("multi_head_attention_forward", query.dtype());
    return dims == 3;
  }

  private static void checkSizes(
      Tensor q, Tensor k, Tensor v, long embedDimToCheck, long numHeads) {
    if (q.size(2) != embedDimToCheck) {
      throw new ShapeException(
          "was expecting embedding dimension of " + embedDimToCheck + ", but got " + q.size(2));
    }
    if (numHeads <= 0 || q.size(2) % numHeads != 0) {
      throw new ArgumentException(
          "embed_dim " + q.size(2) + " not divisible by num_heads " + numHeads);
    }
    if (k.size(0) != v.size(0) || k.size(1) != v.size(1) || k.size(1) != q.size(1)) {
      throw new ShapeException(
          "key's sequence and batch dims "
              + k.shape()
              + " do not match value's "
              + v.shape()
              + " or query's "
              + q.shape());
    }
  }

  private static Tensor required(String name, @Nullable Tensor weight) {
    if (weight == null || weight.dim() != 2) {
      throw new ArgumentException(
          "multi_head_attention_forward: "
              + name
              + " must be a matrix, but is "
              + (weight == null ? "None" : "of shape " + weight.shape()));
    }
    return weight;
  }

  private static Tensor[] together(
      Tensor q, Tensor k, Tensor v, Tensor weight, @Nullable Tensor bias) {
    long width = q.size(2);
    if (weight.size(0) != 3 * width) {
      throw new ShapeException(
          "multi_head_attention_forward: in_proj_weight must have "
              + 3 * width
              + " rows, but has shape "
              + weight.shape());
    }
    Tensor[] weights = weight.chunk(3, 0);
    return separate(q, k, v, weights[0], weights[1], weights[2], bias);
  }

  private static Tensor[] separate(
      Tensor q,
      Tensor k,
      Tensor v,
      Tensor qWeight,
      Tensor kWeight,
      Tensor vWeight,
      @Nullable Tensor bias) {
    long width = q.size(2);
    if (bias != null && (bias.dim() != 1 || bias.size(0) != 3 * width)) {
      throw new ShapeException(
          "multi_head_attention_forward: in_proj_bias must have "
              + 3 * width
              + " elements, but has shape "
              + bias.shape());
    }
    @Nullable Tensor[] biases = bias == null ? new @Nullable Tensor[3] : bias.chunk(3, 0);
    return new Tensor[] {
      Linear.ofRows(q, qWeight, biases[0]),
      Linear.ofRows(k, kWeight, biases[1]),
      Linear.ofRows(v, vWeight, biases[2])
    };
  }

  private static Tensor masked(
      Tensor logits,
      Heads heads,
      @Nullable Tensor attnMask,
      @Nullable Tensor keyPaddingMask,
      long added) {
    Tensor result = logits;
    if (attnMask != null) {
      result = hidden(result, widened(attnMask, added));
    }
    if (keyPaddingMask != null) {
      Tensor mask = keyPaddingMask.dim() == 1 ? keyPaddingMask.unsqueeze(0) : keyPaddingMask;
      if (mask.dim() != 2 || mask.size(0) != heads.batch()) {
        throw new ShapeException(
            "expecting key_padding_mask shape of ("
                + heads.batch()
                + ", "
                + (logits.size(2) - added)
                + "), but got "
                + keyPaddingMask.shape());
      }
      Tensor wide = widened(mask, added);
      long[] sizes = {heads.batch(), heads.number(), 1, wide.size(1)};
      Tensor perHead =
          wide.reshape(heads.batch(), 1, 1, wide.size(1))
              .expand(sizes)
              .reshape(heads.count(), 1, wide.size(1));
      result = hidden(result, perHead);
    }
    return result;
  }

  /** A mask with so many more keys, which are not hidden. */
  private static Tensor widened(Tensor mask, long added) {
    if (added == 0) {
      return mask;
    }
    long[] sizes = mask.shape().toArray();
    sizes[sizes.length - 1] = added;
    TensorOptions options = TensorOptions.of(mask.dtype()).device(mask.device());
    return Tensors.cat(mask.dim() - 1, mask, Tensors.zeros(options, sizes));
  }

  private static Tensor hidden(Tensor logits, Tensor mask) {
    if (mask.dtype() == DType.BOOL) {
      return logits.maskedFill(mask, Double.NEGATIVE_INFINITY);
    }
    if (!mask.dtype().isFloatingPoint()) {
      throw new ArgumentException(
          "only bool and floating types of key_padding_mask and attn_mask are supported, not "
              + mask.dtype()
              + " as of shape "
              + Arrays.toString(mask.shape().toArray()));
    }
    return logits.add(mask.to(logits.dtype()));
  }
}
