package fluxion.ops.nn.internal;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** What convolutions refuse, in PyTorch's words. */
final class ConvolutionChecks {
  private ConvolutionChecks() {}

  /** That the result has a number of elements that can be counted. */
  static void checkMemory(Tensor input, long channels, long[] sizes) {
    Shape.of(Windows.join(new long[] {input.size(0), channels}, sizes));
  }

  static void checkRanks(String name, int dims, Tensor input, Tensor weight) {
    if (input.dim() != dims + 1 && input.dim() != dims + 2) {
      throw new ShapeException(
          "Expected "
              + (dims + 1)
              + "D (unbatched) or "
              + (dims + 2)
              + "D (batched) input to "
              + name
              + ", but got input of size: "
              + input.shape());
    }
    if (weight.dim() != dims + 2) {
      throw new ShapeException(
          "Expected "
              + (dims + 2)
              + "-dimensional weight for "
              + name
              + ", but got weight of size "
              + weight.shape());
    }
  }

  static void checkSteps(long[] stride, long[] padding, long[] dilation, long groups) {
    if (groups <= 0) {
      throw new ArgumentException("non-positive groups is not supported");
    }
    for (int d = 0; d < stride.length; d++) {
      if (padding[d] < 0) {
        throw new ArgumentException("negative padding is not supported");
      }
      if (stride[d] <= 0) {
        throw new ArgumentException("non-positive stride is not supported");
      }
      if (dilation[d] <= 0) {
        throw new ArgumentException("dilation should be greater than zero");
      }
    }
  }

  static void checkGroups(Tensor weight, long groups) {
    if (weight.size(0) < groups || weight.size(0) % groups != 0) {
      throw new ShapeException(
          "Given groups="
              + groups
              + ", expected weight to be "
              + (weight.size(0) < groups ? "at least " : "divisible by ")
              + groups
              + " at dimension 0, but got weight of size "
              + weight.shape()
              + " instead");
    }
  }

  static void checkBias(String given, Tensor weight, @Nullable Tensor bias, long channels) {
    if (bias != null && (bias.dim() != 1 || bias.size(0) != channels)) {
      throw new ShapeException(
          given
              + weight.shape()
              + ", expected bias to be 1-dimensional with "
              + channels
              + " elements, but got bias of size "
              + bias.shape()
              + " instead");
    }
  }

  static void checkTypes(String name, Tensor input, Tensor weight, @Nullable Tensor bias) {
    if (input.dtype() != weight.dtype()) {
      throw new DTypeException(
          "Input type ("
              + Refusals.spelled(input.dtype())
              + ") and weight type ("
              + Refusals.spelled(weight.dtype())
              + ") should be the same");
    }
    if (bias != null && bias.dtype() != input.dtype()) {
      throw new DTypeException(
          "Input type ("
              + Refusals.spelled(input.dtype())
              + ") and bias type ("
              + Refusals.spelled(bias.dtype())
              + ") should be the same");
    }
    if (input.dtype() == DType.BOOL) {
      throw Refusals.notImplemented(name, DType.BOOL);
    }
  }
}
