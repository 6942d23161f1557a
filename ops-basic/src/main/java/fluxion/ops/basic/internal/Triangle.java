package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UpdateFunction;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Matrices, in the last two dimensions, with zeros on one side of a diagonal.
 *
 * @param upper whether what is on and above the diagonal stays, else what is on and below it
 * @param diagonal which, positive above the main one
 */
record Triangle(boolean upper, long diagonal) implements UpdateFunction {
  private record Kind(boolean upper, int rank, DType dtype) {}

  private static final Map<Kind, Kernel> KERNELS = new ConcurrentHashMap<>();

  String operator() {
    return upper ? "triu" : "tril";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public String name() {
    return upper ? "TriuBackward0" : "TrilBackward0";
  }

  /** The kernel; the diagonal is given at launch, so that each needs none of its own. */
  private static Kernel kernel(Kind kind) {
    Expr distance = Expr.index(kind.rank - 1).sub(Expr.index(kind.rank - 2));
    Expr diagonal = Expr.scalar(0, DType.INT64);
    Expr x = Expr.input(0, kind.dtype).cast(kind.dtype.computeType());
    Expr kept =
        Expr.select(
            kind.upper ? distance.ge(diagonal) : distance.le(diagonal),
            x,
            Expr.literal(x.type(), 0.0));
    return Kernel.of(kept.cast(kind.dtype));
  }

  private Tensor part(Tensor input) {
    Kernel kernel =
        KERNELS.computeIfAbsent(new Kind(upper, input.dim(), input.dtype()), Triangle::kernel);
    return Primitives.pointwise(kernel, new Tensor[] {input}, Scalar.of(diagonal))[0];
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    return new Tensor[] {part(Objects.requireNonNull(inputs[0]))};
  }

  @Override
  public void update(Context ctx, Tensor target, @Nullable Tensor[] inputs) {
    Primitives.copy(part(target), target);
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    return new @Nullable Tensor[] {Functions.apply(this, gradOutputs[0])};
  }
}
