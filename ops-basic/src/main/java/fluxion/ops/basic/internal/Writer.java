package fluxion.ops.basic.internal;

import fluxion.api.Tensor;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.UpdateFunction;
import org.jspecify.annotations.Nullable;

/**
 * How an operator writes: into a copy, or in place.
 *
 * @param operator the operator's name, without underscore
 * @param inPlace whether in place
 */
record Writer(String operator, boolean inPlace) {
  /** The name of the operator. */
  String name() {
    return inPlace ? operator + "_" : operator;
  }

  /** Applies a function whose first input is written. */
  Tensor apply(UpdateFunction function, @Nullable Tensor... inputs) {
    return inPlace
        ? Functions.applyInPlace(name(), function, inputs)
        : Functions.apply(function, inputs);
  }

  /** What is written of a tensor: one without dimensions is seen as one with one element. */
  static Tensor lines(Tensor self) {
    return self.dim() == 0 ? self.view(1) : self;
  }

  /** The result of a write into {@link #lines}: the tensor itself if it was written in place. */
  Tensor result(Tensor self, Tensor written) {
    if (inPlace) {
      return self;
    }
    return self.dim() == 0 ? written.view(new long[0]) : written;
  }

  /** The number of dimensions of {@link #lines}. */
  static int rank(Tensor tensor) {
    return Math.max(tensor.dim(), 1);
  }
}
