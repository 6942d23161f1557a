package fluxion.engine.spi;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** Sees the functions that a thread applies, those in backward passes too: for tools. */
@FunctionalInterface
public interface FunctionObserver {
  /**
   * Sees a function that has been applied. What this throws, the program that applied it throws.
   *
   * @param function the function
   * @param inputs its inputs, null for absent ones
   * @param outputs its outputs
   */
  void applied(Function function, @Nullable Tensor[] inputs, Tensor[] outputs);
}
