package fluxion.engine.tape;

import fluxion.api.Tensor;
import org.jspecify.annotations.Nullable;

/** A tensor's part in differentiation; tensors that have none lack it. */
final class AutogradMeta {
  /** Whether this is a leaf of which a gradient is wanted. */
  volatile boolean requiresGrad;

  /** The accumulated gradient. */
  volatile @Nullable Tensor grad;

  /** The node that made the tensor; in-place operations replace it. */
  volatile @Nullable Node gradFn;

  /** Which output of {@link #gradFn} the tensor is. */
  volatile int outputNr;

  /** Whether the gradient of a tensor that is no leaf is kept. */
  boolean retainsGrad;

  /** A leaf's accumulator, made when it is first needed. */
  @Nullable AccumulateGrad accumulator;

  /** Where a view comes from. */
  @Nullable ViewInfo view;
}
