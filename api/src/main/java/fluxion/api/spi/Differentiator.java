package fluxion.api.spi;

import fluxion.api.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Records what is computed and walks it backwards. */
public interface Differentiator {
  /** {@return whether this thread records what it computes} */
  boolean isGradEnabled();

  /**
   * Switches recording on this thread.
   *
   * @param enabled whether to record
   */
  void setGradEnabled(boolean enabled);

  /**
   * Accumulates the gradients of some tensors into the leaves.
   *
   * @param tensors what is differentiated
   * @param gradients a cotangent for each, or null for 1
   * @param retainGraph whether saved tensors are kept
   * @param createGraph whether the backward pass is itself recorded
   */
  void backward(
      List<Tensor> tensors,
      List<? extends @Nullable Tensor> gradients,
      boolean retainGraph,
      boolean createGraph);

  /**
   * {@return the gradients of some tensors with respect to others}
   *
   * @param outputs what is differentiated
   * @param inputs with respect to what
   * @param gradOutputs a cotangent for each output, or null for 1
   * @param retainGraph whether saved tensors are kept
   * @param createGraph whether the backward pass is itself recorded
   * @param allowUnused whether an input that was not used gives null instead of an error
   */
  List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      List<? extends @Nullable Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph,
      boolean allowUnused);

  /**
   * {@return what a function gives, recorded so that what its operations save is not held but
   * computed again in the backward pass}
   *
   * @param function the function
   * @param inputs its inputs
   * @param preserveRandomState whether the generator of random numbers is put back for the
   *     recomputation, and restored afterwards
   */
  List<Tensor> checkpoint(
      UnaryOperator<List<Tensor>> function, List<Tensor> inputs, boolean preserveRandomState);

  /**
   * {@return what a function of slices gives for all slices of its inputs, stacked}
   *
   * @param function the function, called once
   * @param inputs its inputs
   * @param inDims along which dimension each input is cut; null for one that is handed over whole
   * @param outDims at which dimension results are stacked, one for all or one for each; null for a
   *     result that is the same for all slices
   */
  List<Tensor> vmap(
      UnaryOperator<List<Tensor>> function,
      List<Tensor> inputs,
      List<? extends @Nullable Integer> inDims,
      List<? extends @Nullable Integer> outDims);
}
