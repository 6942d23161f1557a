package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.DTypeException;
import fluxion.engine.intrinsics.AsStrided;
import fluxion.engine.spi.TensorSpec;
import org.jspecify.annotations.Nullable;

/**
 * Views and writes into them: which writes are allowed, how a base takes up the history of a write
 * into its view, and how a view's history is made anew after its memory was written to elsewhere.
 */
public final class ViewHistory {
  private ViewHistory() {}

  /** Makes a stale view's history anew: the view of what the base has become. */
  static void refresh(TensorImpl tensor, AutogradMeta meta, ViewInfo view) {
    synchronized (meta) {
      long now = tensor.version();
      if (view.historyVersion == now) {
        return;
      }
      if (meta.history.node() != null || view.base.requiresGrad()) {
        Node node =
            new ViewNode(
                new AsStrided(view.base.layout(), tensor.layout()),
                TensorSpec.of(view.base),
                TensorSpec.of(tensor),
                view.base.gradientEdge());
        meta.history = new TapeEdge(node, 0);
      }
      view.historyVersion = now;
    }
  }

  /**
   * Refuses a write that PyTorch refuses, while recording.
   *
   * @param self what is to be written
   */
  public static void checkInPlace(TensorImpl self) {
    if (!ThreadState.current().isGradEnabled() || !self.requiresGrad()) {
      return;
    }
    ViewInfo view = self.viewInfo();
    if (view != null) {
      checkCreation(self, view);
      if (view.base.requiresGrad() && view.base.isLeaf()) {
        throw new AutogradException(
            "a view of a leaf Variable that requires grad is being used in an in-place operation.");
      }
    }
    if (self.isLeaf()) {
      throw new AutogradException(
          "a leaf Variable that requires grad is being used in an in-place operation.");
    }
  }

  private static void checkCreation(TensorImpl self, ViewInfo view) {
    Node node = self.gradFn();
    String what = "Output " + view.index + " of " + (node == null ? view.creator : node.name());
    if (view.creation == ViewInfo.Creation.MULTI) {
      throw new AutogradException(
          what
              + " is a view and is being modified inplace. This view is the output of a function"
              + " that returns multiple views. Such functions do not allow the output views to be"
              + " modified inplace. You should replace the inplace operation by an out-of-place"
              + " one.");
    }
    if (view.creation == ViewInfo.Creation.NO_GRAD) {
      throw new AutogradException(
          what
              + " is a view and is being modified inplace. This view was created in no_grad mode."
              + " You should replace the inplace operation by an out-of-place one, or create the"
              + " view outside of no_grad.");
    }
  }

  /**
   * Refuses to record a write into a view that must not be written to.
   *
   * @param self what is to be written
   */
  public static void checkRebase(TensorImpl self) {
    ViewInfo view = self.viewInfo();
    if (view != null) {
      checkCreation(self, view);
    }
  }

  /**
   * Refuses to give a tensor other elements where that is not defined: to what was computed, to a
   * view, and integers to what requires a gradient.
   *
   * @param self the tensor
   * @param from whose elements it is to take
   */
  static void checkNewData(TensorImpl self, TensorImpl from) {
    self.checkUnbatched();
    from.checkUnbatched();
    self.checkOpen();
    from.checkOpen();
    if (!self.isLeaf() || self.isView()) {
      throw new AutogradException(
          "set_data: only leaves that are no views take other elements; this one "
              + (self.isView() ? "is a view" : "was computed")
              + ", use detach() or clone() first");
    }
    if (self.requiresGrad() && !from.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "data set to a tensor that requires gradients must be floating point or complex dtype");
    }
  }

  /**
   * Makes a write the last step of a tensor's history, and of its base's.
   *
   * @param self what was written
   * @param node the write; its first edge is the tensor's history before
   */
  public static void rebase(TensorImpl self, Node node) {
    ViewInfo view = self.viewInfo();
    if (view == null) {
      self.setHistory(node, 0);
      return;
    }
    TensorImpl base = view.base;
    base.setHistory(
        new CopySlices(
            base.gradientEdge(), TensorSpec.of(base), base.layout(), self.layout(), node),
        0);
    Node unused = self.gradFn();
    assert unused != null : "the view's history is made anew";
  }

  /** {@return how a view of a tensor is said to be made} */
  static ViewInfo.Creation creation(TensorImpl input, boolean gradEnabled, boolean multi) {
    @Nullable ViewInfo parent = input.viewInfo();
    if (parent != null && parent.creation != ViewInfo.Creation.DEFAULT) {
      return parent.creation;
    }
    if (!gradEnabled) {
      return ViewInfo.Creation.NO_GRAD;
    }
    return multi ? ViewInfo.Creation.MULTI : ViewInfo.Creation.DEFAULT;
  }

  /** Refuses to take the history from a view. */
  static void checkDetach(TensorImpl tensor) {
    if (tensor.isView()) {
      throw new AutogradException(
          "Can't detach views in-place. Use detach() instead. If you are using"
              + " DistributedDataParallel (DDP) for training, and gradient_as_bucket_view is set as"
              + " True, gradients are views of DDP buckets, and hence detach_() cannot be called on"
              + " these gradients. To fix this error, please refer to the Optimizer.zero_grad()"
              + " function in torch/optim/optimizer.py as a solution.");
    }
  }
}
