package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.UnaryFunction;
import java.util.List;

/**
 * Elements shifted along dimensions; what leaves at the end enters at the start.
 *
 * @param shifts how far, from 0 to below the dimension's size
 * @param dims the dimensions, from 0
 */
record Roll(List<Long> shifts, List<Integer> dims) implements UnaryFunction {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  @Override
  public Tensor forward(Context ctx, Tensor input) {
    Tensor rolled = input;
    for (int i = 0; i < dims.size(); i++) {
      rolled = roll(rolled, shifts.get(i), dims.get(i));
    }
    return rolled == input ? Primitives.copyOf(input) : rolled;
  }

  private static Tensor roll(Tensor input, long shift, int dim) {
    if (shift == 0) {
      return input;
    }
    long size = input.size(dim);
    Tensor result = Primitives.zeros(input.shape(), input.dtype(), input);
    copy(input, dim, 0, size - shift, result, shift);
    copy(input, dim, size - shift, size, result, 0);
    return result;
  }

  private static void copy(Tensor from, int dim, long start, long end, Tensor to, long at) {
    Primitives.copy(
        Primitives.alias(from, new Views.Slice(dim, start, end, 1)),
        Primitives.alias(to, new Views.Slice(dim, at, at + end - start, 1)));
  }

  @Override
  public Tensor backward(Context ctx, Tensor gradOutput) {
    Long[] back = new Long[dims.size()];
    for (int i = 0; i < back.length; i++) {
      long size = gradOutput.size(dims.get(i));
      back[i] = (size - shifts.get(i)) % size;
    }
    return Functions.apply(new Roll(List.of(back), dims), gradOutput);
  }
}
