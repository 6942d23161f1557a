package fluxion.api;

import fluxion.api.spi.Engines;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Derivatives of functions: products with Jacobians and Hessians, and these themselves. They are
 * those of {@code torch.autograd.functional}.
 *
 * {@snippet :
 * Tensor jacobian = Transforms.jacobian(x -> x.square().matmul(w), x, false, false);
 * }
 *
 * <p>A function takes and gives a tensor, or a list of tensors. It is called with new tensors of
 * the inputs' values: what it captures counts as constant, unless {@code createGraph} connects the
 * results to the graph, where they can be differentiated again.
 *
 * <p>An input that the function does not use, and an output that does not depend on the inputs,
 * give zeros. If {@code strict}, they are an {@link AutogradException}; so are constant results
 * where {@code createGraph} asks for such as can be differentiated.
 *
 * <p>{@link Autograd} has the shortest forms.
 */
public final class Transforms {
  private Transforms() {}

  /**
   * What a function gives, and a product with its derivative.
   *
   * @param output the function's result
   * @param product the product
   */
  public record Product(Tensor output, Tensor product) {}

  /**
   * What a function of several tensors gives, and products with its derivative.
   *
   * @param outputs the function's results
   * @param products the products
   */
  public record Products(List<Tensor> outputs, List<Tensor> products) {
    Product single() {
      return new Product(outputs.get(0), products.get(0));
    }
  }

  // ---- products with the Jacobian

  /**
   * {@return the result, and the product of a vector with the Jacobian: the gradient}
   *
   * @param f the function
   * @param input where it is differentiated
   * @param v a cotangent of the result's shape; null if the result has one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   * @throws ShapeException if {@code v} has not the result's shape
   */
  public static Product vjp(
      UnaryOperator<Tensor> f,
      Tensor input,
      @Nullable Tensor v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.vjp(
            TransformSteps.ofLists(f), List.of(input), list(v), createGraph, strict, false)
        .single();
  }

  /**
   * {@return the results, and for each input the product of vectors with the Jacobian}
   *
   * @param f the function
   * @param inputs where it is differentiated
   * @param v a cotangent of each result's shape; null if there is one result of one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   * @throws ShapeException if an entry of {@code v} has not its result's shape
   */
  public static Products vjp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.vjp(f, inputs, v, createGraph, strict, true);
  }

  /**
   * {@return the result, and the product of the Jacobian with a vector: the derivative in a
   * direction, by differentiating the gradient with respect to its cotangent}
   *
   * @param f the function, whose gradient can be differentiated
   * @param input where it is differentiated
   * @param v a tangent of the input's shape; null if the input has one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   * @throws ShapeException if {@code v} has not the input's shape
   */
  public static Product jvp(
      UnaryOperator<Tensor> f,
      Tensor input,
      @Nullable Tensor v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.jvp(
            TransformSteps.ofLists(f), List.of(input), list(v), createGraph, strict, false)
        .single();
  }

  /**
   * {@return the results, and for each of them the product of the Jacobian with vectors, by
   * differentiating the gradient with respect to its cotangent}
   *
   * @param f the function, whose gradient can be differentiated
   * @param inputs where it is differentiated
   * @param v a tangent of each input's shape; null if there is one input of one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   * @throws ShapeException if an entry of {@code v} has not its input's shape
   */
  public static Products jvp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.jvp(f, inputs, v, createGraph, strict, true);
  }

  // ---- products with the Hessian

  /**
   * {@return the result, and the product of a vector with the Hessian}
   *
   * @param f the function, of one number
   * @param input where it is differentiated
   * @param v a vector of the input's shape; null if the input has one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   */
  public static Product vhp(
      UnaryOperator<Tensor> f,
      Tensor input,
      @Nullable Tensor v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.vhp(
            TransformSteps.ofLists(f), List.of(input), list(v), createGraph, strict, false)
        .single();
  }

  /**
   * {@return the result, and for each input the product of vectors with the Hessian}
   *
   * @param f the function, of one number
   * @param inputs where it is differentiated
   * @param v a vector of each input's shape; null if there is one input of one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   */
  public static Products vhp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.vhp(f, inputs, v, createGraph, strict, true);
  }

  /**
   * {@return the result, and the product of the Hessian with a vector}
   *
   * <p>Where the Hessian is symmetric, as it is of smooth functions, {@code vhp} gives the same for
   * less.
   *
   * @param f the function, of one number, three times differentiable
   * @param input where it is differentiated
   * @param v a vector of the input's shape; null if the input has one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   */
  public static Product hvp(
      UnaryOperator<Tensor> f,
      Tensor input,
      @Nullable Tensor v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.hvp(
            TransformSteps.ofLists(f), List.of(input), list(v), createGraph, strict, false)
        .single();
  }

  /**
   * {@return the result, and for each input the product of the Hessian with vectors}
   *
   * @param f the function, of one number, three times differentiable
   * @param inputs where it is differentiated
   * @param v a vector of each input's shape; null if there is one input of one element
   * @param createGraph whether the results can be differentiated
   * @param strict whether constant results are an error
   */
  public static Products hvp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict) {
    return VectorProducts.hvp(f, inputs, v, createGraph, strict, true);
  }

  private static @Nullable List<Tensor> list(@Nullable Tensor v) {
    return v == null ? null : List.of(v);
  }

  // ---- Jacobians and Hessians

  /**
   * {@return the Jacobian: the result's shape followed by the input's}
   *
   * @param f the function
   * @param input where it is differentiated
   * @param createGraph whether the Jacobian can be differentiated
   * @param strict whether constant results are an error
   */
  public static Tensor jacobian(
      UnaryOperator<Tensor> f, Tensor input, boolean createGraph, boolean strict) {
    return jacobian(TransformSteps.ofLists(f), List.of(input), createGraph, strict).get(0).get(0);
  }

  /**
   * {@return for each result, and each input in it, the Jacobian: the result's shape followed by
   * the input's}
   *
   * @param f the function
   * @param inputs where it is differentiated
   * @param createGraph whether the Jacobians can be differentiated
   * @param strict whether constant results are an error
   */
  public static List<List<Tensor>> jacobian(
      UnaryOperator<List<Tensor>> f, List<Tensor> inputs, boolean createGraph, boolean strict) {
    return Jacobians.jacobian(f, inputs, createGraph, strict);
  }

  /**
   * {@return the matrix of second derivatives: the input's shape twice}
   *
   * @param f the function, of one number
   * @param input where it is differentiated
   * @param createGraph whether the Hessian can be differentiated
   * @param strict whether constant results are an error
   * @throws ArgumentException if the function does not give one number
   */
  public static Tensor hessian(
      UnaryOperator<Tensor> f, Tensor input, boolean createGraph, boolean strict) {
    return hessian(TransformSteps.ofLists(f), List.of(input), createGraph, strict).get(0).get(0);
  }

  /**
   * {@return for each two inputs the second derivatives: the shape of the one followed by that of
   * the other}
   *
   * @param f the function, of one number
   * @param inputs where it is differentiated
   * @param createGraph whether the Hessians can be differentiated
   * @param strict whether constant results are an error
   * @throws ArgumentException if the function does not give one number
   */
  public static List<List<Tensor>> hessian(
      UnaryOperator<List<Tensor>> f, List<Tensor> inputs, boolean createGraph, boolean strict) {
    return Jacobians.hessian(f, inputs, createGraph, strict);
  }

  // ---- recomputation

  /**
   * {@return what a function gives; what its operations save for the backward pass is not held
   * meanwhile, but computed again by calling the function anew: less memory for more time}
   *
   * <p>Gradients flow to the inputs and to all that the function captures, and can be
   * differentiated again. If recording is off, or nothing requires a gradient, this is a plain
   * call.
   *
   * <p>The function must compute the same each time it is called, and not change its inputs. It is
   * called once more in each backward pass that needs what it saved. Within a {@link Memory} scope
   * nothing that it computes outlives the call, except its results.
   *
   * @param f the function
   * @param inputs its inputs
   * @param preserveRandomState whether random numbers are the same in each call; the generator is
   *     restored afterwards
   */
  public static List<Tensor> checkpoint(
      UnaryOperator<List<Tensor>> f, List<Tensor> inputs, boolean preserveRandomState) {
    return Engines.current().autograd().checkpoint(f, inputs, preserveRandomState);
  }
}
