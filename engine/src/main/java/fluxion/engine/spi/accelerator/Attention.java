package fluxion.engine.spi.accelerator;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import org.jspecify.annotations.Nullable;

/**
 * Scaled dot-product attention and its gradients, without a matrix of all weights. The scheme is
 * that of T. Dao, D. Fu, S. Ermon, A. Rudra and C. Ré, "FlashAttention: Fast and Memory-Efficient
 * Exact Attention with IO-Awareness", 2022: weights are made block by block, and made again for the
 * gradients from the logarithms of their sums.
 *
 * <p>With queries {@code q […, L, E]}, keys {@code k […, S, E]} and values {@code v […, S, V]}, the
 * logits are {@code x[i, j] = scale · Σ q[i, e] · k[j, e]}. A mask of truth values, {@code […, L,
 * S]}, puts −∞ where it is false, whatever was there; one of q's dtype is added. Causal attention
 * puts −∞ where {@code j > i}. The weights are {@code p[i, j] = exp(x[i, j] − lse[i])} with {@code
 * lse[i] = log Σ exp(x[i, j])} over j, and the outputs {@code y[i, c] = Σ p[i, j] · v[j, c]} over
 * j. Where all logits of a query are −∞, or one is NaN or +∞, its outputs are NaN, and so is its
 * lse.
 *
 * <p>Operands have one dtype, but a mask of truth values, and the same leading dimensions; no
 * dimension has size 0. What is read has any layout, broadcast ones among them. What is written is
 * contiguous and overlaps nothing else; all of its elements are written, whatever they were. The
 * order of summands, and the blocks in which sums are taken, depend on shapes alone.
 */
public interface Attention {
  /**
   * How attention is paid.
   *
   * @param scale the factor of the logits
   * @param causal whether query i attends only to keys up to i; there is no mask then
   */
  record Form(double scale, boolean causal) {}

  /**
   * What attention reads.
   *
   * @param q the queries
   * @param k the keys
   * @param v the values
   * @param mask the mask, or null
   */
  record Heads(Operand q, Operand k, Operand v, @Nullable Operand mask) {}

  /**
   * {@return whether operands are taken}
   *
   * @param dtype their dtype
   * @param depth the size of a query and of a key, E
   * @param width the size of a value, V
   */
  boolean takes(DType dtype, long depth, long width);

  /**
   * Computes the outputs.
   *
   * @param form how attention is paid
   * @param heads what is read
   * @param y the outputs, {@code […, L, V]}
   * @param lse the logarithms of the sums, {@code […, L]}
   */
  void attend(Form form, Heads heads, Operand y, Operand lse);

  /**
   * Computes the gradients: with {@code h[i, j] = Σ g[i, c] · v[j, c]} and {@code d[i] = Σ g[i, c]
   * · y[i, c]}, and with {@code z[i, j] = p[i, j] · (h[i, j] − d[i])}, or 0 where truth values or
   * causality hide key j from query i, they are {@code scale · Σ z[i, j] · k[j, e]} over j for the
   * queries, {@code scale · Σ z[i, j] · q[i, e]} over i for the keys and {@code Σ p[i, j] · g[i,
   * c]} over i for the values.
   *
   * @param form how attention was paid
   * @param heads what was read
   * @param y the outputs that were computed, contiguous
   * @param lse the logarithms of the sums that were computed, contiguous
   * @param g the outputs' cotangent, {@code […, L, V]}, of any layout
   * @param ofQ the gradient of the queries, {@code […, L, E]}
   * @param ofK the gradient of the keys, {@code […, S, E]}
   * @param ofV the gradient of the values, {@code […, S, V]}
   */
  void gradients(
      Form form,
      Heads heads,
      Operand y,
      Operand lse,
      Operand g,
      Operand ofQ,
      Operand ofK,
      Operand ofV);
}
