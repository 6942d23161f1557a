package fluxion.ops.basic.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.api.spi.ReductionCall;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.UnaryFunction;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A product over one dimension or all.
 *
 * <p>The gradient is the product divided by the element; where there are zeros it is the product of
 * all other elements, found without division ({@link #others}).
 *
 * @param dims which dimensions are reduced: one or all
 * @param keepdim whether they stay with size 1
 * @param dtype the dtype of the result, to which elements are cast first
 * @param named whether a dimension was named, which PyTorch's node names tell apart
 */
record Prod(Dims dims, boolean keepdim, DType dtype, boolean named) implements UnaryFunction {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("prod")) {
        t.add(
            Operator.named("prod")
                .overload(
                    "(Tensor self, *, ScalarType? dtype=None)", ReductionCall.All.class, Prod::prod)
                .overload(
                    "(Tensor self, int dim, bool keepdim=False, *, ScalarType? dtype=None)",
                    ReductionCall.OneDim.class,
                    Prod::prod)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3)),
                            sample(s.tensor()),
                            sample(s.tensor(2, 3, 2), 1),
                            sample(s.tensor(2, 3), -1, true))));
      }
    }
  }

  private static DType resultType(Tensor self, @Nullable DType dtype) {
    if (dtype != null) {
      return dtype;
    }
    return self.dtype().isFloatingPoint() ? self.dtype() : DType.INT64;
  }

  static Tensor prod(Tensor self, @Nullable DType dtype) {
    return Functions.apply(
        new Prod(Dims.of(self.shape()), false, resultType(self, dtype), false), self);
  }

  static Tensor prod(Tensor self, int dim, boolean keepdim, @Nullable DType dtype) {
    Dims dims = Dims.of(self.shape(), dim);
    return Functions.apply(new Prod(dims, keepdim, resultType(self, dtype), true), self);
  }

  @Override
  public String name() {
    return "ProdBackward" + (named ? 1 : 0);
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    ctx.saveInput(0);
    ctx.saveOutput(0);
    DType compute = dtype.computeType();
    Reduction reduction =
        dtype == DType.BOOL
            ? Reduction.of(Reduction.Kind.ALL, input.dtype(), dtype, dtype)
            : new Reduction(
                Reduction.Kind.PROD,
                Kernel.of(Expr.input(0, input.dtype()).cast(dtype).cast(compute)),
                compute,
                Kernel.of(Expr.input(0, compute).cast(dtype)));
    return Primitives.reduce(reduction, new Tensor[] {input}, dims.mask(), keepdim);
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Tensor x = ctx.input(0).to(dtype);
    Tensor grad = dims.restore(gradOutput, keepdim);
    if (Checks.all(Comparisons.NE.callScalar(x.detach(), Scalar.of(0)).all())) {
      return grad.mul(dims.restore(ctx.output(0), keepdim).div(x));
    }
    if (dims.count(x.shape()) == x.numel()) {
      return grad.mul(others(x.reshape(-1)).reshape(x.shape().toArray()));
    }
    int dim = dims.toArray()[0];
    return grad.mul(others(x.transpose(dim, -1)).transpose(dim, -1));
  }

  /**
   * {@return for each element the product of all others along the last dimension}
   *
   * <p>Products of pairs are taken up a balanced tree; down it each node is multiplied by its
   * sibling. There is no division, so zeros do no harm, and derivatives of every order follow.
   */
  private static Tensor others(Tensor x) {
    int last = x.dim() - 1;
    Deque<Tensor[]> pairs = new ArrayDeque<>();
    Tensor level = x;
    while (level.size(last) > 1) {
      Tensor even = even(level);
      pairs.push(halves(even));
      Tensor[] pair = pairs.element();
      level = pair[0].mul(pair[1]);
    }
    Tensor rest = Tensors.onesLike(level.detach());
    while (!pairs.isEmpty()) {
      Tensor[] pair = pairs.pop();
      // A one that filled the level up has no place below.
      Tensor parents = rest.slice(last, 0, pair[0].size(last));
      Tensor children =
          Joins.stack(new Tensor[] {parents.mul(pair[1]), parents.mul(pair[0])}, last + 1);
      rest = Flattening.flatten(children, last, last + 1);
    }
    return rest.slice(last, 0, x.size(last));
  }

  /** The tensor with a one at the end of the last dimension, if its size is odd. */
  private static Tensor even(Tensor level) {
    int last = level.dim() - 1;
    long size = level.size(last);
    if (size % 2 == 0) {
      return level;
    }
    Tensor one = Tensors.onesLike(level.detach().slice(last, 0, 1));
    return Joins.cat(new Tensor[] {level, one}, last);
  }

  private static Tensor[] halves(Tensor level) {
    int last = level.dim() - 1;
    Tensor pairs = Flattening.unflatten(level.contiguous(), last, new long[] {-1, 2});
    return new Tensor[] {pairs.select(last + 1, 0), pairs.select(last + 1, 1)};
  }
}
