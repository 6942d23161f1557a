package fluxion.ops.nn.internal;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.accelerator.Attention.Form;
import fluxion.engine.spi.accelerator.Attention.Heads;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The gradients of {@link ScaledDotProduct} by a device's own loops. Inputs are the cotangent, the
 * queries, the keys, the values, a mask or null, the outputs and the logarithms of the sums; the
 * last two count as functions of the others.
 *
 * @param form how attention was paid
 */
record ScaledDotProductGradient(Form form) implements Function {
  private static final int INPUTS = 7;

  @Override
  public String name() {
    return "ScaledDotProductFlashAttentionForCpuBackwardBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor g = Objects.requireNonNull(inputs[0]);
    for (int i = 0; i < INPUTS - 2; i++) {
      ctx.saveInput(i);
    }
    Heads heads = ScaledDotProduct.heads(inputs, 1);
    Tensor ofQuery = like(heads.q(), g);
    Tensor ofKey = like(heads.k(), g);
    Tensor ofValue = like(heads.v(), g);
    ScaledDotProduct.accelerator(g)
        .gradients(
            form,
            heads,
            Primitives.operand(Objects.requireNonNull(inputs[5])),
            Primitives.operand(Objects.requireNonNull(inputs[6])),
            Primitives.operand(g),
            Primitives.operand(ofQuery),
            Primitives.operand(ofKey),
            Primitives.operand(ofValue));
    return new Tensor[] {ofQuery, ofKey, ofValue};
  }

  /** The results by operations on tensors, which make all weights. */
  Tensor[] composed(Tensor g, Tensor q, Tensor k, Tensor v, @Nullable Tensor mask) {
    Tensor p = Attention.masked(scaled(q, k), mask, form.causal()).softmax(-1);
    Tensor h = g.matmul(transposed(v));
    Tensor slopes = Attention.cleared(p.mul(h.sub(sum(p.mul(h)))), mask, form.causal());
    Tensor z = slopes.mul(form.scale());
    return new Tensor[] {z.matmul(k), transposed(z).matmul(q), transposed(p).matmul(g)};
  }

  private static Tensor like(Operand operand, Tensor on) {
    Shape shape = operand.shape();
    return Primitives.unspecified(shape, operand.dtype(), on);
  }

  /**
   * With weights p, their gradients h, and z = p · (h − d), the results are {@code scale · z · k},
   * {@code scale · zᵀ · q} and {@code pᵀ · g}. Of cotangents a, b and c their gradients are made of
   * that of z, {@code u = scale · (a · kᵀ + q · bᵀ)}, and that of the weights.
   */
  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = ctx.input(0);
    Tensor q = ctx.input(1);
    Tensor k = ctx.input(2);
    Tensor v = ctx.input(3);
    Tensor a = orZeros(gradOutputs[0], q);
    Tensor b = orZeros(gradOutputs[1], k);
    Tensor c = orZeros(gradOutputs[2], v);
    Tensor p = Attention.masked(scaled(q, k), ctx.optionalInput(4), form.causal()).softmax(-1);
    Tensor h = g.matmul(transposed(v));
    Tensor centred = h.sub(sum(p.mul(h)));
    Tensor z = p.mul(centred);
    Tensor u = scaled(a, k).add(scaled(q, b));
    Tensor pu = sum(p.mul(u));
    Tensor ofH = p.mul(u.sub(pu));
    Tensor ofP = g.matmul(transposed(c)).add(u.mul(centred)).sub(h.mul(pu));
    Tensor ofLogits = p.mul(ofP.sub(sum(p.mul(ofP)))).mul(form.scale());
    Tensor scaledZ = z.mul(form.scale());
    return new @Nullable Tensor[] {
      p.matmul(c).add(ofH.matmul(v)),
      scaledZ.matmul(b).add(ofLogits.matmul(k)),
      transposed(scaledZ).matmul(a).add(transposed(ofLogits).matmul(q)),
      transposed(ofH).matmul(g),
      null,
      null,
      null
    };
  }

  private Tensor scaled(Tensor rows, Tensor columns) {
    return rows.matmul(transposed(columns)).mul(form.scale());
  }

  private static Tensor transposed(Tensor tensor) {
    return tensor.transpose(-2, -1);
  }

  private static Tensor sum(Tensor tensor) {
    return tensor.sum(new int[] {-1}, true);
  }

  private static Tensor orZeros(@Nullable Tensor cotangent, Tensor like) {
    return cotangent == null ? like.detach().mul(0) : cotangent;
  }
}
