package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Weighted sums of elements along a dimension: output {@code o} is the sum over {@code k} of {@code
 * weight[o, k] · x[place[o, k]]}. As in PyTorch, a tap of weight 0 that reads an infinity gives
 * NaN. Inputs are the tensor, the int64 places {@code [output · count]} and the weights {@code
 * [output, count]} in the compute dtype.
 *
 * @param dim the dimension
 * @param size its size
 * @param adjoint whether elements are instead spread to the places
 */
record Taps(int dim, long size, boolean adjoint) implements Function {
  private record Kernels(Reduction sum, Kernel product) {
    static Kernels of(DType dtype) {
      DType compute = dtype.computeType();
      Expr weight = Expr.input(1, compute);
      Expr absent = weight.eq(0.0).and(weight.bits().lt(0L));
      Expr product =
          Expr.select(
              absent, Expr.literal(compute, 0.0), Expr.input(0, dtype).cast(compute).mul(weight));
      return new Kernels(
          new Reduction(
              Reduction.Kind.SUM,
              Kernel.of(product),
              compute,
              Kernel.of(Expr.input(0, compute).cast(dtype))),
          Kernel.of(product.cast(dtype)));
    }
  }

  private static final PerDType<Kernels> KERNELS = new PerDType<>(Kernels::of);

  /** Places and weights while they are written. */
  static final class Plan {
    private final long size;
    private final int output;
    private final int count;
    private final long[] places;
    private final double[] weights;

    /**
     * Zeros.
     *
     * @param size the size of the dimension
     * @param output the number of outputs
     * @param count the number of taps of each
     */
    Plan(long size, int output, int count) {
      this.size = size;
      this.output = output;
      this.count = count;
      this.places = new long[Math.multiplyExact(output, count)];
      this.weights = new double[places.length];
    }

    int count() {
      return count;
    }

    void set(int o, int k, long place, double weight) {
      places[o * count + k] = place;
      weights[o * count + k] = weight + 0.0; // −0 becomes 0
    }

    /** Leaves a tap out. */
    void leave(int o, int k) {
      weights[o * count + k] = -0.0;
    }

    /** The weighted sums along a dimension of a tensor. */
    Tensor apply(Tensor x, int dim) {
      TensorOptions options = TensorOptions.DEFAULT.device(x.device());
      Tensor at = Tensors.tensor(places, Shape.of(places.length), options.dtype(DType.INT64));
      Tensor factors =
          Tensors.tensor(weights, Shape.of(output, count), options.dtype(x.dtype().computeType()));
      return Functions.apply(new Taps(dim, size, false), x, at, factors);
    }
  }

  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    Tensor input = Objects.requireNonNull(inputs[0]);
    Tensor places = Objects.requireNonNull(inputs[1]);
    Tensor weights = Objects.requireNonNull(inputs[2]);
    ctx.saveInput(1);
    ctx.saveInput(2);
    long output = weights.size(0);
    long count = weights.size(1);
    long[] sizes = input.shape().toArray();
    long[] lead = Arrays.copyOf(sizes, dim);
    long[] tail = Arrays.copyOfRange(sizes, dim + 1, sizes.length);
    long[] cut = Windows.join(lead, new long[] {output, count}, tail);
    long[] flat = Windows.join(lead, new long[] {output * count}, tail);
    Tensor at = along(places, dim, sizes.length, output * count).expand(flat);
    long[] own = new long[cut.length];
    Arrays.fill(own, 1);
    own[dim] = output;
    own[dim + 1] = count;
    Tensor factors = weights.reshape(own);
    Kernels kernels = KERNELS.of(input.dtype());
    if (adjoint) {
      Tensor wide = input.unsqueeze(dim + 1).expand(cut);
      Tensor parts = Primitives.pointwise(kernels.product(), new Tensor[] {wide, factors})[0];
      Shape shape = Shape.of(Windows.join(lead, new long[] {size}, tail));
      return new Tensor[] {Primitives.scatterAdd(shape, dim, at, parts.reshape(flat))};
    }
    Tensor picked = Primitives.gather(input, dim, at).reshape(cut);
    boolean[] mask = new boolean[cut.length];
    mask[dim + 1] = true;
    return new Tensor[] {
      Primitives.reduce(kernels.sum(), new Tensor[] {picked, factors}, mask, false)
    };
  }

  private static Tensor along(Tensor vector, int dim, int dims, long size) {
    long[] sizes = new long[dims];
    Arrays.fill(sizes, 1);
    sizes[dim] = size;
    return vector.reshape(sizes);
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Tensor g = Objects.requireNonNull(gradOutputs[0]);
    Taps other = new Taps(dim, size, !adjoint);
    return new @Nullable Tensor[] {
      Functions.apply(other, g, ctx.input(1), ctx.input(2)), null, null
    };
  }
}
