package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Scalar;
import org.jspecify.annotations.Nullable;

/** What the gradient of one input of a pointwise function is computed from. */
final class Gradient {
  /** The function. */
  final Pointwise function;

  /** The inputs that it takes, in order: places of the function's own inputs. */
  final int[] inputs;

  /** Whether it takes the function's result, last. */
  final boolean takesResult;

  /** Whether it takes the cotangent, after the inputs. */
  final boolean takesCotangent;

  /** The runtime scalars that it takes: those of the function, then numbers given as inputs. */
  final int[] scalars;

  /** Whether it is the cotangent itself. */
  final boolean passesCotangent;

  /** The dtype of the gradient. */
  final DType dtype;

  /** A bit for each input that it takes, and after those one for the result. */
  final long mentions;

  /** As many nulls as it takes tensors: none of them is a number. */
  final @Nullable Scalar[] noNumbers;

  Gradient(
      Pointwise function,
      int[] inputs,
      boolean takesResult,
      boolean takesCotangent,
      int[] scalars,
      boolean passesCotangent,
      DType dtype,
      int inputsOfFunction) {
    this.function = function;
    this.inputs = inputs;
    this.takesResult = takesResult;
    this.takesCotangent = takesCotangent;
    this.scalars = scalars;
    this.passesCotangent = passesCotangent;
    this.dtype = dtype;
    long bits = takesResult ? 1L << inputsOfFunction : 0;
    for (int input : inputs) {
      bits |= 1L << input;
    }
    this.mentions = bits;
    this.noNumbers = new @Nullable Scalar[arity()];
  }

  /** {@return how many tensors it takes} */
  int arity() {
    return inputs.length + (takesResult ? 1 : 0) + (takesCotangent ? 1 : 0);
  }
}
