package fluxion.ops.basic.internal;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.UnaryFunction;

/** The functions that combine each element with those before it, along one dimension. */
final class Running {
  private Running() {}

  /**
   * The dtype in which is combined: as in PyTorch float64 for float32, where the device has it, and
   * float32 for 16 bits.
   */
  private static DType accumulator(Tensor input) {
    DType compute = input.dtype().computeType();
    return input.dtype() == DType.FLOAT32 && Primitives.computes(DType.FLOAT64, input)
        ? DType.FLOAT64
        : compute;
  }

  private static Tensor scan(ScanKind kind, Tensor input, int dim, boolean reversed) {
    return Primitives.scan(kind, input, dim, reversed, accumulator(input)).to(input.dtype());
  }

  /**
   * Running sums. The gradient is a running sum the other way.
   *
   * @param dim the dimension, from 0
   * @param reversed whether to go from the last element to the first
   */
  record Sum(int dim, boolean reversed) implements UnaryFunction {
    @Override
    public boolean keepsGradients() {
      return false;
    }

    @Override
    public String name() {
      return "CumsumBackward0";
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      return scan(ScanKind.SUM, input, dim, reversed);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      return Functions.apply(new Sum(dim, !reversed), gradOutput);
    }
  }

  /**
   * Running products.
   *
   * <p>Without zeros the gradient is {@code Σ_{k ≥ i} gₖ yₖ / xᵢ}, as in PyTorch. With zeros it is
   * {@code y_{i−1} sᵢ}, where {@code sᵢ = gᵢ + x_{i+1} s_{i+1}}.
   *
   * @param dim the dimension, from 0
   */
  record Product(int dim) implements UnaryFunction {
    @Override
    public String name() {
      return "CumprodBackward0";
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      ctx.saveOutput(0);
      return scan(ScanKind.PROD, input, dim, false);
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor x = ctx.input(0);
      Tensor y = ctx.output(0);
      if (Checks.all(Comparisons.NE.callScalar(x.detach(), Scalar.of(0)).all())) {
        return Functions.apply(new Sum(dim, true), gradOutput.mul(y)).div(x);
      }
      long n = x.size(dim);
      Tensor one = Tensors.onesLike(x.detach().narrow(dim, 0, 1));
      Tensor before = Joins.cat(new Tensor[] {one, y.narrow(dim, 0, n - 1)}, dim);
      Tensor after = Recurrence.backwards(x.narrow(dim, 1, n - 1), gradOutput, dim);
      return before.mul(after);
    }
  }

  /**
   * Logarithms of running sums of exponentials.
   *
   * <p>The gradient is {@code exp(xᵢ − yᵢ) sᵢ}, where {@code sᵢ = gᵢ + exp(yᵢ − y_{i+1}) s_{i+1}};
   * no exponent is above 0. Between equal infinities the factor is 1, so that an infinity among the
   * elements leaves the gradients of those before it as they are, as in PyTorch.
   *
   * @param dim the dimension, from 0
   */
  record LogSumExp(int dim) implements UnaryFunction {
    @Override
    public String name() {
      return "LogcumsumexpBackward0";
    }

    @Override
    public Tensor forward(Context ctx, Tensor input) {
      ctx.saveInput(0);
      ctx.saveOutput(0);
      long n = input.size(dim);
      Tensor y = input.to(accumulator(input));
      for (long step = 1; step < n; step *= 2) {
        Tensor tail = Special.logaddexp(y.narrow(dim, step, n - step), y.narrow(dim, 0, n - step));
        y = Joins.cat(new Tensor[] {y.narrow(dim, 0, step), tail}, dim);
      }
      return n > 1 ? y.to(input.dtype()) : input.clone();
    }

    @Override
    public Tensor backward(Context ctx, Tensor gradOutput) {
      Tensor x = ctx.input(0);
      Tensor y = ctx.output(0);
      long n = x.size(dim);
      if (n < 2) {
        return gradOutput;
      }
      Tensor before = y.narrow(dim, 0, n - 1);
      Tensor after = y.narrow(dim, 1, n - 1);
      Tensor still = before.detach().isinf().logicalAnd(before.detach().eq(after.detach()));
      Tensor factor = before.sub(after).maskedFill(still, 0).exp();
      return Recurrence.backwards(factor, gradOutput, dim).mul(x.sub(y).exp());
    }
  }
}
