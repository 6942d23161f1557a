package acme.softplusplus;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.UnaryFunction;

/**
 * A tensor divided by the root mean square of its elements along a dimension: y = x / √mean(x²).
 *
 * <p>With s = 1 / √mean(x²) the gradient is s · (g − y · mean(g · y)). It is written in tensor
 * operations, so that second derivatives need nothing more.
 *
 * @param dim the dimension, negative from the end
 */
record UnitRms(int dim) implements UnaryFunction {
  @Override
  public Tensor forward(Context ctx, Tensor x) {
    ctx.saveInput(0);
    ctx.saveOutput(0);
    return x.mul(inverseRms(x));
  }

  @Override
  public Tensor backward(Context ctx, Tensor g) {
    Tensor y = ctx.output(0);
    return inverseRms(ctx.input(0)).mul(g.sub(y.mul(mean(g.mul(y)))));
  }

  private Tensor inverseRms(Tensor x) {
    return mean(x.mul(x)).pow(-0.5);
  }

  private Tensor mean(Tensor x) {
    return x.mean(new int[] {dim}, true);
  }
}
