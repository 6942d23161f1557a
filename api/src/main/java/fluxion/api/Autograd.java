package fluxion.api;

import fluxion.api.spi.Differentiator;
import fluxion.api.spi.Engines;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Automatic differentiation: whether it records, and how gradients are asked for.
 *
 * <p>Recording is a matter of the thread. A switch can be a plain call, or last as long as a block:
 *
 * {@snippet :
 * try (var _ = Autograd.noGrad()) {
 *   weight.sub_(weight.grad().mul(0.1));
 * }
 * }
 */
public final class Autograd {
  private Autograd() {}

  /** A switch of recording that closing undoes. */
  public static final class GradMode implements AutoCloseable {
    private final boolean before;

    private GradMode(boolean enabled) {
      Differentiator autograd = autograd();
      before = autograd.isGradEnabled();
      autograd.setGradEnabled(enabled);
    }

    /** Puts the thread back as it was before the switch. */
    @Override
    public void close() {
      autograd().setGradEnabled(before);
    }
  }

  private static Differentiator autograd() {
    return Engines.current().autograd();
  }

  /** {@return a switch: nothing is recorded on this thread until it is closed} */
  public static GradMode noGrad() {
    return new GradMode(false);
  }

  /** {@return a switch: this thread records until it is closed} */
  public static GradMode enableGrad() {
    return new GradMode(true);
  }

  /**
   * Switches recording on this thread, for good or until the result is closed.
   *
   * @param enabled whether to record
   * @return a switch that may be closed to undo this
   */
  public static GradMode setGradEnabled(boolean enabled) {
    return new GradMode(enabled);
  }

  /** {@return whether this thread records what it computes} */
  public static boolean isGradEnabled() {
    return autograd().isGradEnabled();
  }

  /**
   * Accumulates gradients into the leaves, for several tensors at once.
   *
   * @param tensors what is differentiated
   * @param gradients a cotangent for each, or null for 1
   * @param retainGraph whether saved tensors are kept for another pass
   * @param createGraph whether the pass is recorded, so that it can be differentiated
   */
  public static void backward(
      List<Tensor> tensors,
      List<? extends @Nullable Tensor> gradients,
      boolean retainGraph,
      boolean createGraph) {
    autograd().backward(tensors, gradients, retainGraph, createGraph);
  }

  /**
   * {@return the gradient of a scalar with respect to a tensor}
   *
   * @param output a tensor with one element
   * @param input with respect to what
   */
  public static Tensor grad(Tensor output, Tensor input) {
    return grad(output, input, false);
  }

  /**
   * {@return the gradient of a scalar with respect to a tensor}
   *
   * @param output a tensor with one element
   * @param input with respect to what
   * @param createGraph whether the pass is recorded, so that the gradient can be differentiated;
   *     the graph is then retained
   */
  public static Tensor grad(Tensor output, Tensor input, boolean createGraph) {
    List<@Nullable Tensor> gradients =
        grad(List.of(output), List.of(input), null, createGraph, createGraph, false);
    Tensor gradient = gradients.get(0);
    if (gradient == null) {
      throw new AssertionError("an unused input is an error");
    }
    return gradient;
  }

  /**
   * {@return the gradients of some tensors with respect to others; leaves are left alone}
   *
   * @param outputs what is differentiated
   * @param inputs with respect to what
   * @param gradOutputs a cotangent for each output, null for 1; or null for 1 everywhere
   * @param retainGraph whether saved tensors are kept for another pass
   * @param createGraph whether the pass is recorded, so that the gradients can be differentiated
   * @param allowUnused whether an input that was not used gives null instead of an error
   */
  public static List<@Nullable Tensor> grad(
      List<Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<? extends @Nullable Tensor> gradOutputs,
      boolean retainGraph,
      boolean createGraph,
      boolean allowUnused) {
    List<? extends @Nullable Tensor> cotangents =
        gradOutputs == null ? Collections.nCopies(outputs.size(), null) : gradOutputs;
    return autograd().grad(outputs, inputs, cotangents, retainGraph, createGraph, allowUnused);
  }

  // ---- transforms of functions

  /**
   * {@return the result of a function, and the product of a cotangent with its Jacobian}
   *
   * <p>{@link Transforms} has forms for several tensors, and such whose results can be
   * differentiated.
   *
   * @param f the function
   * @param input where it is differentiated
   * @param v a cotangent of the result's shape; null if the result has one element
   */
  public static Transforms.Product vjp(UnaryOperator<Tensor> f, Tensor input, @Nullable Tensor v) {
    return Transforms.vjp(f, input, v, false, false);
  }

  /**
   * {@return the result of a function, and the product of its Jacobian with a tangent}
   *
   * @param f the function
   * @param input where it is differentiated
   * @param v a tangent of the input's shape; null if the input has one element
   */
  public static Transforms.Product jvp(UnaryOperator<Tensor> f, Tensor input, @Nullable Tensor v) {
    return Transforms.jvp(f, input, v, false, false);
  }

  /**
   * {@return the Jacobian of a function: the result's shape followed by the input's}
   *
   * @param f the function
   * @param input where it is differentiated
   */
  public static Tensor jacobian(UnaryOperator<Tensor> f, Tensor input) {
    return Transforms.jacobian(f, input, false, false, false);
  }

  /**
   * {@return the second derivatives of a function of one number: the input's shape twice}
   *
   * @param f the function
   * @param input where it is differentiated
   */
  public static Tensor hessian(UnaryOperator<Tensor> f, Tensor input) {
    return Transforms.hessian(f, input, false, false, false);
  }

  /**
   * {@return a function of a batch, from one of a single tensor: it is called once, for all slices
   * of its input along the first dimension, and its results are stacked}
   *
   * <p>{@link Transforms#vmap(UnaryOperator, List, List)} says what can be batched.
   *
   * @param f the function
   */
  public static UnaryOperator<Tensor> vmap(UnaryOperator<Tensor> f) {
    return Transforms.vmap(f);
  }

  /**
   * {@return what a function gives; what its operations save is not held, but computed again in the
   * backward pass}
   *
   * <p>{@link Transforms#checkpoint} says what the function must keep to.
   *
   * @param f the function
   * @param input its input
   */
  public static Tensor checkpoint(UnaryOperator<Tensor> f, Tensor input) {
    return Transforms.checkpoint(TransformSteps.ofLists(f), List.of(input), true).get(0);
  }
}
