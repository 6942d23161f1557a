package fluxion.conformance.fuzz.program;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A call on an operator's own sample, which has been tried.
 *
 * @param operator the operator's name
 * @param arguments the sample's arguments, its floating-point tensors in the dtype that was tried
 * @param results what the call gives
 * @param view whether a result shares memory with an argument
 * @param free whether the call is taken, and gives as much, whatever its floating-point tensors
 *     hold
 */
record SampledCall(
    String operator,
    List<? extends @Nullable Object> arguments,
    List<Result> results,
    boolean view,
    boolean free) {
  /** What one result is. */
  record Result(Shape shape, DType dtype) {
    static Result of(Tensor tensor) {
      return new Result(tensor.shape(), tensor.dtype());
    }
  }

  SampledCall {
    arguments = Collections.unmodifiableList(new ArrayList<>(arguments));
    results = List.copyOf(results);
  }

  /** Whether it writes into its first argument, whose shape and dtype stay. */
  boolean isInPlace() {
    return operator.endsWith("_");
  }
}
