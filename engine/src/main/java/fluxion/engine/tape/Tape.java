package fluxion.engine.tape;

import fluxion.api.ArgumentException;
import fluxion.api.AutogradException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.spi.Differentiator;
import fluxion.engine.intrinsics.Intrinsics;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.vmap.Vmap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The differentiator that walks the recorded graph. */
public final class Tape implements Differentiator {
  /** Makes the differentiator; all state is the threads' and the graphs'. */
  public Tape() {}

  @Override
  public boolean isGradEnabled() {
    return ThreadState.current().isGradEnabled();
  }

  @Override
  public void setGradEnabled(boolean enabled) {
    ThreadState.current().setGradEnabled(enabled);
  }

  @Override
  public void backward(
      List<Tensor> tensors,
      List<? extends @Nullable Tensor> gradients,
      boolean retainGraph,
      boolean createGraph) {
    if (ThreadState.current().level() != null) {
      throw new AutogradException(
          "backward() called inside vmap. This is not supported, please use Autograd.grad or"
              + " Autograd.vjp instead, or call backward() outside of vmap.");
    }
    List<Tensor> cotangents = cotangents(tensors, gradients);
    new BackwardPass(retainGraph || createGraph, createGraph, List.of())
        .run(roots(tensors), cotangents);
  }

  @Override
  public List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      List<? extends @Nullable Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph,
      boolean allowUnused) {
    if (inputs.isEmpty()) {
      throw new ArgumentException("grad requires non-empty inputs.");
    }
    List<Tensor> cotangents = cotangents(outputs, gradOutputs);
    List<TapeEdge> roots = roots(outputs);
    List<TapeEdge> captures = new ArrayList<>();
    for (Tensor input : inputs) {
      TapeEdge edge = TensorImpl.of(input).gradientEdge();
      if (edge.node() == null) {
        throw new AutogradException("One of the differentiated Tensors does not require grad");
      }
      captures.add(edge);
    }
    @Nullable Tensor[] found =
        new BackwardPass(retainGraph || createGraph, createGraph, captures).run(roots, cotangents);
    for (Tensor gradient : found) {
      if (gradient == null && !allowUnused) {
        throw new AutogradException(
            "One of the differentiated Tensors appears to not have been used in the graph. Set"
                + " allow_unused=True if this is the desired behavior.");
      }
    }
    return Arrays.asList(found);
  }

  @Override
  public List<Tensor> checkpoint(
      UnaryOperator<List<Tensor>> function, List<Tensor> inputs, boolean preserveRandomState) {
    return Recomputation.call(function, inputs, preserveRandomState);
  }

  @Override
  public List<Tensor> vmap(
      UnaryOperator<List<Tensor>> function,
      List<Tensor> inputs,
      List<? extends @Nullable Integer> inDims,
      List<? extends @Nullable Integer> outDims) {
    return Vmap.call(function, inputs, inDims, outDims);
  }

  private static List<TapeEdge> roots(List<Tensor> tensors) {
    List<TapeEdge> roots = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      TapeEdge edge = TensorImpl.of(tensors.get(i)).gradientEdge();
      if (edge.node() == null) {
        throw new AutogradException(
            "element " + i + " of tensors does not require grad and does not have a grad_fn");
      }
      roots.add(edge);
    }
    return roots;
  }

  private static List<Tensor> cotangents(
      List<Tensor> tensors, List<? extends @Nullable Tensor> given) {
    if (tensors.size() != given.size()) {
      throw new ArgumentException(
          "got " + tensors.size() + " tensors and " + given.size() + " gradients");
    }
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < tensors.size(); i++) {
      Tensor tensor = tensors.get(i);
      Tensor gradient = given.get(i);
      if (gradient == null) {
        if (tensor.requiresGrad() && tensor.numel() != 1) {
          throw new AutogradException("grad can be implicitly created only for scalar outputs");
        }
        cotangents.add(Intrinsics.onesLike(tensor));
      } else {
        if (!gradient.shape().equals(tensor.shape())) {
          throw new fluxion.api.ShapeException(
              "Mismatch in shape: grad_output["
                  + i
                  + "] has a shape of "
                  + size(gradient.shape())
                  + " and output["
                  + i
                  + "] has a shape of "
                  + size(tensor.shape())
                  + ".");
        }
        cotangents.add(Gradients.fitTo("backward", i, gradient, TensorSpec.of(tensor)));
      }
    }
    return cotangents;
  }

  private static String size(Shape shape) {
    return "torch.Size(" + shape + ")";
  }
}
