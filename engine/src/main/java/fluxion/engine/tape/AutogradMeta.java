package fluxion.engine.tape;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** A tensor's part in differentiation; tensors that have none lack it. */
final class AutogradMeta {
  /** Whether this is a leaf of which a gradient is wanted. */
  volatile boolean requiresGrad;

  /** The accumulated gradient. */
  volatile @Nullable Tensor grad;

  /**
   * The node that made the tensor, and which of its outputs the tensor is; {@link TapeEdge#NONE}
   * for a leaf. In-place operations replace it.
   *
   * <p>A plain field: it is set before the tensor is shown to anyone, and changed by in-place
   * operations only, which must not run while other threads use the tensor.
   */
  TapeEdge history = TapeEdge.NONE;

  /** Whether the gradient of a tensor that is no leaf is kept. */
  boolean retainsGrad;

  /** The edge to a leaf's accumulator, made when it is first needed. */
  @Nullable TapeEdge accumulator;

  /** Where a view comes from. */
  @Nullable ViewInfo view;
}
