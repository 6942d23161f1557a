package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * {@code beta · self + alpha · (mat1 @ mat2)}, the sum being part of the product's kernel. If beta
 * is 0 the summand is ignored, NaN and infinities included. The factors are matrices, or batches of
 * them.
 *
 * @param beta the factor of the summand
 * @param alpha the factor of the product
 * @param matrices how the gradients of two matrices are to be laid out; null if the factors are
 *     batches of matrices, which the node's name tells
 */
record Addmm(Scalar beta, Scalar alpha, @Nullable FactorGradients matrices) implements Function {
  private static final int WAYS = 6;
  private static final @Nullable Kernel[] EPILOGUES =
      new @Nullable Kernel[DType.values().length * WAYS];

  @Override
  public String name() {
    return matrices == null ? "BaddbmmBackward0" : "AddmmBackward0";
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor self = Objects.requireNonNull(inputs[0]);
    Tensor mat1 = Objects.requireNonNull(inputs[1]);
    Tensor mat2 = Objects.requireNonNull(inputs[2]);
    if (ctx.needsGradient(1)) {
      ctx.saveInput(2);
    }
    if (ctx.needsGradient(2)) {
      ctx.saveInput(1);
    }
    boolean ignored = !beta.toBoolean();
    Kernel epilogue = epilogue(self.dtype(), !isOne(alpha), !isOne(beta), ignored);
    Tensor[] others = ignored ? new Tensor[0] : new Tensor[] {self};
    return new Tensor[] {Primitives.matmul(mat1, mat2, epilogue, others, alpha, beta)};
  }

  /** What is done with each element: which factors there are decides, not what they are. */
  @SuppressWarnings("EnumOrdinal") // a place in a table of this run alone
  private static Kernel epilogue(
      DType dtype, boolean scaled, boolean summandScaled, boolean ignored) {
    int way = (scaled ? 1 : 0) + (ignored ? 4 : summandScaled ? 2 : 0);
    int place = dtype.ordinal() * WAYS + way;
    Kernel epilogue = EPILOGUES[place];
    if (epilogue == null) {
      DType compute = dtype.computeType();
      Expr product = Expr.input(0, compute);
      Expr summand = Expr.input(1, dtype).cast(compute);
      if (scaled) {
        product = product.mul(Expr.scalar(0, compute));
      }
      if (summandScaled) {
        summand = summand.mul(Expr.scalar(1, compute));
      }
      epilogue = Kernel.of((ignored ? product : summand.add(product)).cast(dtype));
      EPILOGUES[place] = epilogue; // another thread's would be equal
    }
    return epilogue;
  }

  private static boolean isOne(Scalar factor) {
    return factor.toDouble() == 1;
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor gradOutput = Objects.requireNonNull(gradOutputs[0]);
    return new @Nullable Tensor[] {
      ctx.needsGradient(0) ? scale(gradOutput, beta) : null,
      ctx.needsGradient(1) ? scale(left(gradOutput, ctx.input(2)), alpha) : null,
      ctx.needsGradient(2) ? scale(right(ctx.input(1), gradOutput), alpha) : null
    };
  }

  private Tensor left(Tensor gradOutput, Tensor right) {
    return matrices == null
        ? gradOutput.bmm(right.transpose(1, 2))
        : matrices.left(gradOutput, right);
  }

  private Tensor right(Tensor left, Tensor gradOutput) {
    return matrices == null
        ? left.transpose(1, 2).bmm(gradOutput)
        : matrices.right(left, gradOutput);
  }

  private static Tensor scale(Tensor tensor, Scalar factor) {
    return isOne(factor) ? tensor : tensor.mul(factor.toDouble());
  }
}
