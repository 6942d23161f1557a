package fluxion.engine.tape;

import fluxion.api.AutogradException;
import org.jspecify.annotations.Nullable;

/**
 * A tensor kept for the backward pass, with the version that it had and the history that it belongs
 * to. Reading it fails once its memory was written to.
 */
public final class SavedTensor {
  /** Who keeps a tensor: it is asked for its name only for a message. */
  @FunctionalInterface
  public interface Keeper {
    /** {@return the name of the node} */
    String name();
  }

  /** What a backward says that finds saved tensors gone. */
  public static final String FREED =
      "Trying to backward through the graph a second time (or directly access saved tensors after"
          + " they have already been freed). Saved intermediate values of the graph are freed when"
          + " you call .backward() or autograd.grad(). Specify retain_graph=True if you need to"
          + " backward through the graph a second time or if you need to access saved tensors after"
          + " calling backward.";

  private final TensorImpl tensor;
  private final long version;
  private final @Nullable Node node;
  private final int outputNr;
  private final boolean output;
  private boolean released;

  private SavedTensor(TensorImpl tensor, boolean output) {
    this.tensor = tensor;
    this.version = tensor.version();
    this.node = tensor.gradFn();
    this.outputNr = tensor.outputNr();
    this.output = output;
    tensor.storage().retain();
  }

  /**
   * {@return an input, kept}
   *
   * @param tensor the input
   */
  public static SavedTensor input(TensorImpl tensor) {
    return new SavedTensor(tensor, false);
  }

  /**
   * {@return an output, kept; its history must be set by now}
   *
   * @param tensor the output
   */
  public static SavedTensor output(TensorImpl tensor) {
    return new SavedTensor(tensor, true);
  }

  /**
   * {@return the tensor with the history that it had when it was kept}
   *
   * @param keeper who kept it
   */
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

  /** Lets go of the tensor's memory; it is not read again. */
  public void release() {
    if (!released) {
      released = true;
      tensor.storage().release();
    }
  }

  /**
   * Lets go of several.
   *
   * @param saved what was kept, null where nothing was
   */
  public static void release(@Nullable SavedTensor @Nullable [] saved) {
    if (saved != null) {
      for (SavedTensor one : saved) {
        if (one != null) {
          one.release();
        }
      }
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
