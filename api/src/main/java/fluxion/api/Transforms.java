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
   * @param vectorize whether all rows are computed at once, by {@code vmap}
   */
  public static Tensor jacobian(
      UnaryOperator<Tensor> f,
      Tensor input,
      boolean createGraph,
      boolean strict,
      boolean vectorize) {
    return jacobian(TransformSteps.ofLists(f), List.of(input), createGraph, strict, vectorize)
        .get(0)
        .get(0);
  }

  /**
   * {@return for each result, and each input in it, the Jacobian: the result's shape followed by
   * the input's}
   *
   * @param f the function
   * @param inputs where it is differentiated
   * @param createGraph whether the Jacobians can be differentiated
   * @param strict whether constant results are an error
   * @param vectorize whether all rows are computed at once, by {@code vmap}
   */
  public static List<List<Tensor>> jacobian(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      boolean createGraph,
      boolean strict,
      boolean vectorize) {
    return Jacobians.jacobian(f, inputs, createGraph, strict, vectorize);
  }

  /**
   * {@return the matrix of second derivatives: the input's shape twice}
   *
   * @param f the function, of one number
   * @param input where it is differentiated
   * @param createGraph whether the Hessian can be differentiated
   * @param strict whether constant results are an error
   * @param vectorize whether all rows are computed at once, by {@code vmap}
   * @throws ArgumentException if the function does not give one number
   */
  public static Tensor hessian(
      UnaryOperator<Tensor> f,
      Tensor input,
      boolean createGraph,
      boolean strict,
      boolean vectorize) {
    return hessian(TransformSteps.ofLists(f), List.of(input), createGraph, strict, vectorize)
        .get(0)
        .get(0);
  }

  /**
   * {@return for each two inputs the second derivatives: the shape of the one followed by that of
   * the other}
   *
   * @param f the function, of one number
   * @param inputs where it is differentiated
   * @param createGraph whether the Hessians can be differentiated
   * @param strict whether constant results are an error
   * @param vectorize whether all rows are computed at once, by {@code vmap}
   * @throws ArgumentException if the function does not give one number
   */
  public static List<List<Tensor>> hessian(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      boolean createGraph,
      boolean strict,
      boolean vectorize) {
    return Jacobians.hessian(f, inputs, createGraph, strict, vectorize);
  }

  // ---- batches

  /**
   * {@return a function of a batch, from one of a single tensor: it is called once, for all slices
   * of its input along the first dimension, and its results are stacked along the first}
   *
   * @param f the function
   */
  public static UnaryOperator<Tensor> vmap(UnaryOperator<Tensor> f) {
    return vmap(f, 0, 0);
  }

  /**
   * {@return a function of a batch, from one of a single tensor}
   *
   * @param f the function
   * @param inDim along which dimension the input is cut, negative from the end
   * @param outDim at which dimension the results are stacked, negative from the end
   */
  public static UnaryOperator<Tensor> vmap(UnaryOperator<Tensor> f, int inDim, int outDim) {
    UnaryOperator<List<Tensor>> batched =
        vmap(TransformSteps.ofLists(f), List.of(inDim), List.of(outDim));
    return input -> batched.apply(List.of(input)).get(0);
  }

  /**
   * {@return a function of batches, from one of single tensors}
   *
   * <p>The function sees tensors without the dimension along which they are cut, and may be any
   * composition of what is batched: pointwise operators, views, reductions, running results,
   * sorting, products of matrices, gathering and scattering, and gradients of all that, so that
   * {@code vmap(grad(f))} has the gradients of all slices. Not batched are operators that compute
   * on the host, such as most factorisations of matrices, and those whose result's shape depends on
   * values, such as {@code nonzero}: they are refused by name. So are reading values, writing into
   * a tensor that is not batched, and drawing random numbers.
   *
   * @param f the function
   * @param inDims for each input along which dimension it is cut, negative from the end; null for
   *     one that is the same for all slices
   * @param outDims for each result at which dimension it is stacked, negative from the end, or one
   *     for all; null for one that is the same for all slices
   */
  public static UnaryOperator<List<Tensor>> vmap(
      UnaryOperator<List<Tensor>> f,
      List<? extends @Nullable Integer> inDims,
      List<? extends @Nullable Integer> outDims) {
    return inputs -> Engines.current().autograd().vmap(f, inputs, inDims, outDims);
  }

  /**
   * {@return the gradient of a function of one number, as a function}
   *
   * <p>Where its input requires a gradient, and recording is on, it can be differentiated again.
   *
   * @param f the function, whose result has no dimensions
   */
  public static UnaryOperator<Tensor> grad(UnaryOperator<Tensor> f) {
    return input -> VectorProducts.gradient(f, input);
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
