package fluxion.engine.tape;

import fluxion.api.Tensor;
import fluxion.engine.spi.TensorSpec;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The end of a path: adds what arrives to a leaf's gradient. Threads take turns. */
final class AccumulateGrad extends Node {
  private static final TapeEdge[] NO_EDGES = {};

  private final TensorImpl leaf;

  AccumulateGrad(TensorImpl leaf) {
    super(NO_EDGES);
    this.leaf = leaf;
  }

  /** Leaves come after all other nodes, so that a pass that fails changes no gradient. */
  @Override
  long priority() {
    return Long.MIN_VALUE;
  }

  @Override
  public String name() {
    return "torch::autograd::AccumulateGrad";
  }

  @Override
  public Optional<Tensor> variable() {
    return Optional.of(leaf);
  }

  @Override
  protected int outputCount() {
    return 1;
  }

  @Override
  protected TensorSpec outputSpec(int output) {
    return TensorSpec.of(leaf);
  }

  @Override
  protected boolean lends() {
    return true;
  }

  @Override
  protected @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs) {
    accumulate(Objects.requireNonNull(gradOutputs[0]), false);
    return new @Nullable Tensor[0];
  }

  /**
   * Adds to the leaf's gradient.
   *
   * @param gradient what is added
   * @param owned whether the pass allocated it and nobody else has seen it
   */
  synchronized void accumulate(Tensor gradient, boolean owned) {
    boolean recording = ThreadState.current().isGradEnabled();
    Tensor before = leaf.storedGrad();
    if (before == null) {
      boolean takeOver = owned && !recording && gradient.isContiguous() && leaf.isContiguous();
      leaf.storeGrad(takeOver ? gradient : Gradients.copyOf(gradient, leaf));
    } else if (recording || !Gradients.mayAddInto(before, gradient)) {
      leaf.storeGrad(Gradients.add(before, gradient));
    } else {
      Gradients.addInto(before, gradient);
    }
  }
}
