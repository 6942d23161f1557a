package fluxion.conformance;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Calls an operator. */
@FunctionalInterface
interface Caller {
  /** Calls what the engine knows under the operator's name. */
  Caller BY_NAME = (operator, arguments) -> Ops.callAll(operator.name(), arguments, Map.of());

  /**
   * The results of an operator.
   *
   * @param operator the operator
   * @param arguments its positional arguments
   */
  List<Tensor> call(Operator operator, List<? extends @Nullable Object> arguments);
}
