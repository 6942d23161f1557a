package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Attention;
import java.util.List;
import java.util.Optional;

/** Devices that offer an accelerator for attention, and compute it wrongly. */
final class AttentionFaults {
  private AttentionFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "attention-does-not-scale",
            "logits are not multiplied by the scale",
            "B-823",
            "the outputs of attention without a mask",
            inner -> new HasAttention(inner, false)),
        fault(
            "attention-looks-ahead",
            "queries attend to keys that come later",
            "B-823",
            "the outputs of attention with causality",
            inner -> new HasAttention(inner, true)));
  }

  /** Makes all weights, by primitives. */
  private static final class HasAttention extends ForwardingBackend implements Attention {
    private static final Scalar[] NONE = {};

    private final boolean scales;

    HasAttention(Backend inner, boolean scales) {
      super(inner);
      this.scales = scales;
    }

    @Override
    public <A> Optional<A> accelerator(Class<A> type) {
      return type == Attention.class ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public boolean takes(DType dtype, long depth, long width) {
      return dtype == DType.FLOAT64;
    }

    @Override
    public void attend(Form form, Heads heads, Operand y, Operand lse) {
      Operand weights = weights(form, heads, lse);
      inner.matmul(weights, heads.v(), y, null);
      inner.free(weights.buffer());
    }

    private Operand weights(Form form, Heads heads, Operand lse) {
      Operand q = heads.q();
      Operand k = heads.k();
      long batch = q.shape().size(0);
      long queries = q.shape().size(1);
      long keys = k.shape().size(1);
      Operand x = made(batch, queries, keys);
      inner.matmul(q, transposed(k), x, null);
      Expr logit = Expr.input(0, DType.FLOAT64);
      launch(logit.mul(scales ? form.scale() : 1).exp(), x, x);
      Operand sums = lse.layout().unsqueeze(2).operand(lse.buffer());
      DType dtype = DType.FLOAT64;
      inner.reduce(
          inner.compile(Reduction.of(Reduction.Kind.SUM, dtype, dtype, dtype)),
          new Operand[] {x},
          new boolean[] {false, false, true},
          sums,
          NONE);
      Operand expanded = sums.layout().expand(x.shape()).operand(sums.buffer());
      launch(logit.div(Expr.input(1, DType.FLOAT64)), x, x, expanded);
      launch(logit.log(), lse, lse);
      return x;
    }

    @Override
    public void gradients(
        Form form,
        Heads heads,
        Operand y,
        Operand lse,
        Operand g,
        Operand ofQ,
        Operand ofK,
        Operand ofV) {
      Operand p = weights(form, heads, lse);
      inner.matmul(transposed(p), g, ofV, null);
      Operand h = made(p.shape().size(0), p.shape().size(1), p.shape().size(2));
      inner.matmul(g, transposed(heads.v()), h, null);
      Expr product = Expr.input(0, DType.FLOAT64).mul(Expr.input(1, DType.FLOAT64));
      Operand products = made(p.shape().size(0), p.shape().size(1), p.shape().size(2));
      launch(product, products, p, h);
      Operand sums = made(p.shape().size(0), p.shape().size(1), 1);
      DType dtype = DType.FLOAT64;
      inner.reduce(
          inner.compile(Reduction.of(Reduction.Kind.SUM, dtype, dtype, dtype)),
          new Operand[] {products},
          new boolean[] {false, false, true},
          sums,
          NONE);
      Expr slope =
          Expr.input(1, DType.FLOAT64)
              .sub(Expr.input(2, DType.FLOAT64))
              .mul(Expr.input(0, DType.FLOAT64))
              .mul(form.scale());
      launch(slope, p, p, h, sums.layout().expand(p.shape()).operand(sums.buffer()));
      inner.matmul(p, heads.k(), ofQ, null);
      inner.matmul(transposed(p), heads.q(), ofK, null);
      for (Operand operand : List.of(p, h, products, sums)) {
        inner.free(operand.buffer());
      }
    }

    private static Operand transposed(Operand operand) {
      return operand.layout().transpose(1, 2).operand(operand.buffer());
    }

    private Operand made(long... sizes) {
      Shape shape = Shape.of(sizes);
      return new Operand(
          inner.allocate(DType.FLOAT64, shape.numel()), shape, shape.contiguousStrides(), 0);
    }

    private void launch(Expr formula, Operand output, Operand... inputs) {
      inner.launch(inner.compile(Kernel.of(formula)), new Operand[] {output}, inputs, NONE);
    }
  }
}
