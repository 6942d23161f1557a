package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.GradFn;
import org.jspecify.annotations.Nullable;

/**
 * A saved tensor that is held, with the version that it had and the history that it belongs to.
 * Reading it fails once its memory was written to.
 */
final class HeldTensor extends SavedTensor {
  private final TensorImpl tensor;

  /** What is held, which the tensor may have exchanged since. */
  private final Storage storage;

  private final long version;
  private final @Nullable Node node;
  private final int outputNr;
  private final boolean output;
  private boolean released;

  HeldTensor(TensorImpl tensor, boolean output) {
    this.tensor = tensor;
    this.version = tensor.version();
    this.node = tensor.gradFn();
    this.outputNr = tensor.outputNr();
    this.output = output;
    this.storage = tensor.storage();
    storage.retain();
  }

  @Override
  public TensorImpl unpack(Keeper keeper) {
    long now = tensor.version();
    if (now != version) {
      throw overwritten(keeper.name(), now);
    }
    if (tensor.isClosed()) {
      TensorImpl open = tensor.reopened();
      TapeEdge edge = node == null ? tensor.gradientEdge() : new TapeEdge(node, outputNr);
      if (edge.node() != null) {
        open.setHistory(edge.node(), edge.outputNr());
      }
      return open;
    }
    if (node == null || (tensor.gradFn() == node && tensor.outputNr() == outputNr)) {
      return tensor;
    }
    TensorImpl same = tensor.alias(tensor.layout());
    same.setHistory(node, outputNr);
    return same;
  }

  @Override
  public GradFn.Saved describe(String name) {
    // The history of what was a leaf then is that of its accumulator, unless it was written to.
    TapeEdge leaf = node == null && tensor.isLeaf() ? tensor.gradientEdge() : TapeEdge.NONE;
    GradFn source = node == null ? leaf.node() : node;
    return new GradFn.Saved(
        name, tensor.shape(), tensor.dtype(), new GradFn.Edge(source, node == null ? 0 : outputNr));
  }

  @Override
  public void release() {
    if (!released) {
      released = true;
      storage.release();
    }
  }

  private AutogradException overwritten(String keeper, long now) {
    Node maker = output ? node : tensor.gradFn();
    return new AutogradException(
        "one of the variables needed for gradient computation has been modified by an inplace"
            + " operation: [torch."
            + tensor.dtype().typeName()
            + "Tensor "
            + tensor.shape()
            + "]"
            + (maker == null ? "" : ", which is output " + outputNr + " of " + maker.name() + ",")
            + " is at version "
            + now
            + "; expected version "
            + version
            + " instead. Hint: enable anomaly detection to find the operation that failed to"
            + " compute its gradient, with torch.autograd.set_detect_anomaly(True). It was saved by"
            + " "
            + keeper
            + " and overwritten by "
            + tensor.versionCounter().writer()
            + "; use the out-of-place form of that, or clone the tensor before.");
  }
}
