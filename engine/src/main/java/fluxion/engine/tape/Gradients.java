package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.DTypeException;
import fluxion.api.DeviceException;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.intrinsics.Intrinsics;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.vmap.Batching;

/** What the engine does with gradients itself: it adds them and fits them to their inputs. */
final class Gradients {
  private Gradients() {}

  /** Refuses a gradient that is not of a tensor's shape, dtype and device. */
  static void checkAssignable(Tensor gradient, Tensor leaf) {
    if (gradient.dtype() != leaf.dtype()) {
      throw new DTypeException(
          "assigned grad has data of a different type: "
              + gradient.dtype()
              + " for a tensor of "
              + leaf.dtype());
    }
    if (!gradient.device().equals(leaf.device())) {
      throw new DeviceException(
          "assigned grad has data located on a different device: "
              + gradient.device()
              + " for a tensor on "
              + leaf.device());
    }
    if (!gradient.shape().equals(leaf.shape())) {
      throw new ShapeException(
          "assigned grad has data of a different size: "
              + gradient.shape()
              + " for a tensor of shape "
              + leaf.shape());
    }
    if (gradient == leaf) {
      throw new AutogradException("can't assign Variable as its own grad");
    }
  }

  /** The sum of two gradients of one input. */
  static Tensor add(Tensor a, Tensor b) {
    return Intrinsics.ADD.call(a, b);
  }

  /** Adds in place, unrecorded, into a gradient that may be written to. */
  static void addInto(Tensor target, Tensor gradient) {
    Intrinsics.ADD.callInPlace(target, gradient);
  }

  /** Whether a gradient ranges over all slices of a batch that another one does. */
  static boolean mayAddInto(Tensor target, Tensor gradient) {
    return !Batching.isUsed() || Batching.of(gradient).isCoveredBy(TensorImpl.of(target));
  }

  /** A copy in the leaf's layout, recorded where the pass is. */
  static Tensor copyOf(Tensor gradient, TensorImpl leaf) {
    if (ThreadState.current().isGradEnabled() && gradient.requiresGrad()) {
      return Intrinsics.recordedCopy(gradient);
    }
    return Launches.cast(gradient, gradient.dtype());
  }

  /** Brings a gradient to the shape and dtype of a node's output. */
  static Tensor fit(Node node, int output, Tensor gradient, String from) {
    return fitTo(from, output, gradient, node.outputSpec(output));
  }

  /** Whether a gradient is of the shape, dtype and device that a node's output has. */
  static boolean fits(Tensor gradient, TensorSpec spec) {
    return gradient.dtype() == spec.dtype()
        && gradient.shape().equals(spec.shape())
        && (gradient.device() == spec.device() || gradient.device().equals(spec.device()));
  }

  /** Sums over broadcast dimensions and casts. */
  static Tensor fitTo(String from, int index, Tensor gradient, TensorSpec spec) {
    Tensor fitted = gradient;
    if (!fitted.shape().equals(spec.shape())) {
      if (!spec.shape().expandsTo(fitted.shape())) {
        throw new AutogradException(
            "Function "
                + from
                + " returned an invalid gradient at index "
                + index
                + " - got "
                + gradient.shape()
                + " but expected shape compatible with "
                + spec.shape());
      }
      fitted = Intrinsics.sumTo(fitted, spec.shape());
    }
    if (fitted.dtype() != spec.dtype()) {
      fitted = Intrinsics.cast(fitted, spec.dtype());
    }
    return fitted.to(spec.device());
  }

  /** Asks that a tensor may require a gradient, or no longer require one. */
  static void checkFlag(Tensor tensor, boolean requiresGrad) {
    if (!tensor.isLeaf()) {
      if (!requiresGrad) {
        throw new AutogradException(
            "you can only change requires_grad flags of leaf variables. If you want to use a"
                + " computed variable in a subgraph that doesn't require differentiation use"
                + " var_no_grad = var.detach().");
      }
    } else if (requiresGrad && !tensor.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "only Tensors of floating point dtype can require gradients; this one is "
              + tensor.dtype());
    }
  }
}
