package fluxion.conformance;

import fluxion.api.Tensor;
import java.util.List;

/**
 * A function from tensors to tensors. It depends on its arguments' values alone, changes none of
 * them, and gives as many results of the same shapes each time.
 */
@FunctionalInterface
public interface TensorFunction {
  /**
   * {@return the results}
   *
   * @param inputs the arguments
   */
  List<Tensor> apply(List<Tensor> inputs);
}
