package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import fluxion.engine.spi.TensorSpec;
import org.jspecify.annotations.Nullable;

/** A saved tensor that is not held: it is computed again when it is needed. */
final class RecomputedTensor extends SavedTensor {
  private final Recomputation source;
  private final int number;
  private final TensorSpec spec;
  private final @Nullable Node node;
  private final int outputNr;
  private volatile boolean released;

  RecomputedTensor(Recomputation source, int number, TensorImpl tensor) {
    this.source = source;
    this.number = number;
    this.spec = TensorSpec.of(tensor);
    this.node = tensor.gradFn();
    this.outputNr = tensor.outputNr();
  }

  @Override
  public TensorImpl unpack(Keeper keeper) {
    if (released) {
      throw new AutogradException(FREED);
    }
    TensorImpl tensor = source.value(number).unpack(keeper);
    TensorSpec found = TensorSpec.of(tensor);
    if (!found.equals(spec)) {
      throw new AutogradException(
          "checkpoint: Recomputed values for the following tensors have different metadata than"
              + " during the forward pass. tensor at position "
              + number
              + ": saved metadata: "
              + spec
              + "; recomputed metadata: "
              + found);
    }
    // The history is that of the graph that is differentiated, not of the recomputation.
    TensorImpl same = tensor.alias(tensor.layout());
    if (node != null) {
      same.setHistory(node, outputNr);
    }
    return same;
  }

  @Override
  public GradFn.Saved describe(String name) {
    return new GradFn.Saved(name, spec.shape(), spec.dtype(), new GradFn.Edge(node, outputNr));
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      source.release(number);
    }
  }
}
