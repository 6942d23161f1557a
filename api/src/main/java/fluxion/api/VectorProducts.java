package fluxion.api;

import fluxion.api.TransformSteps.Stage;
import fluxion.api.Transforms.Products;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Products of vectors with Jacobians and Hessians. */
final class VectorProducts {
  private static final String ONE_OUTPUT =
      "user-provided function returns a single Tensor with a single element.";
  private static final String ONE_INPUT =
      "input to the user-provided function is a single Tensor with a single element.";

  private VectorProducts() {}

  static Products vjp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> given,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict,
      boolean several) {
    List<Tensor> inputs;
    List<Tensor> outputs;
    List<Tensor> vectors = null;
    try (var _ = Autograd.enableGrad()) {
      inputs = TransformSteps.separate(given, createGraph, true);
      outputs = f.apply(inputs);
      if (strict) {
        TransformSteps.checkOutputs(outputs);
      }
      if (v == null) {
        TransformSteps.checkNoVector(outputs, ONE_OUTPUT);
      } else {
        vectors = TransformSteps.separate(v, createGraph, false);
        TransformSteps.checkVectors(vectors, outputs, several);
      }
    }
    try (var _ = Autograd.setGradEnabled(createGraph || Autograd.isGradEnabled())) {
      List<@Nullable Tensor> gradients =
          TransformSteps.grad(outputs, inputs, vectors, false, createGraph);
      List<Tensor> products =
          TransformSteps.fillInZeros(gradients, inputs, strict, createGraph, Stage.BACK);
      return finish(outputs, products, createGraph);
    }
  }

  /** The gradient of a function of one number. */
  static Tensor gradient(UnaryOperator<Tensor> f, Tensor input) {
    boolean createGraph = Autograd.isGradEnabled() && input.requiresGrad();
    UnaryOperator<Tensor> number =
        x -> {
          Tensor output = f.apply(x);
          if (output.dim() != 0) {
            throw new ShapeException(
                "grad(f)(*args): Expected f(*args) to return a scalar tensor, got tensor with "
                    + output.dim()
                    + " dims. Maybe you wanted to use the vjp or jacobian APIs instead?");
          }
          return output;
        };
    return Transforms.vjp(number, input, null, createGraph, false).product();
  }

  static Products jvp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> given,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict,
      boolean several) {
    try (var _ = Autograd.enableGrad()) {
      List<Tensor> inputs = TransformSteps.separate(given, createGraph, true);
      List<Tensor> vectors = vectors(v, inputs, createGraph, several);
      List<Tensor> outputs = f.apply(inputs);
      if (strict) {
        TransformSteps.checkOutputs(outputs);
      }
      // The gradient is linear in its cotangent, so any finite one does.
      List<Tensor> cotangents = TransformSteps.cotangentsLike(outputs);
      List<@Nullable Tensor> gradients =
          TransformSteps.grad(outputs, inputs, cotangents, true, true);
      if (strict) {
        TransformSteps.checkGradInputs(gradients);
      }
      List<@Nullable Tensor> tangents =
          TransformSteps.grad(gradients, cotangents, vectors, false, createGraph);
      List<Tensor> products =
          TransformSteps.fillInZeros(tangents, outputs, strict, createGraph, Stage.BACK_TRICK);
      return finish(outputs, products, createGraph);
    }
  }

  static Products vhp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> given,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict,
      boolean several) {
    try (var _ = Autograd.enableGrad()) {
      List<Tensor> inputs = TransformSteps.separate(given, createGraph, true);
      List<Tensor> vectors = vectors(v, inputs, createGraph, several);
      List<Tensor> outputs = List.of(TransformSteps.single(f.apply(inputs), "vhp"));
      List<@Nullable Tensor> jacobian = firstGradient(outputs, inputs, strict);
      List<@Nullable Tensor> gradients =
          TransformSteps.grad(jacobian, inputs, vectors, false, createGraph);
      List<Tensor> products =
          TransformSteps.fillInZeros(gradients, inputs, strict, createGraph, Stage.DOUBLE_BACK);
      return finish(outputs, products, createGraph);
    }
  }

  static Products hvp(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> given,
      @Nullable List<Tensor> v,
      boolean createGraph,
      boolean strict,
      boolean several) {
    try (var _ = Autograd.enableGrad()) {
      List<Tensor> inputs = TransformSteps.separate(given, createGraph, true);
      List<Tensor> vectors = vectors(v, inputs, createGraph, several);
      List<Tensor> outputs = List.of(TransformSteps.single(f.apply(inputs), "hvp"));
      List<@Nullable Tensor> jacobian = firstGradient(outputs, inputs, strict);
      List<Tensor> cotangents = TransformSteps.cotangentsLike(inputs);
      List<@Nullable Tensor> second = TransformSteps.grad(jacobian, inputs, cotangents, true, true);
      List<@Nullable Tensor> tangents =
          TransformSteps.grad(second, cotangents, vectors, false, createGraph);
      List<Tensor> products =
          TransformSteps.fillInZeros(
              tangents, inputs, strict, createGraph, Stage.DOUBLE_BACK_TRICK);
      return finish(outputs, products, createGraph);
    }
  }

  private static List<@Nullable Tensor> firstGradient(
      List<Tensor> outputs, List<Tensor> inputs, boolean strict) {
    if (strict) {
      TransformSteps.checkOutputs(outputs);
    }
    List<@Nullable Tensor> jacobian = TransformSteps.grad(outputs, inputs, null, true, true);
    if (strict) {
      TransformSteps.checkJacobian(jacobian);
    }
    return jacobian;
  }

  private static @Nullable List<Tensor> vectors(
      @Nullable List<Tensor> v, List<Tensor> inputs, boolean createGraph, boolean several) {
    if (v == null) {
      TransformSteps.checkNoVector(inputs, ONE_INPUT);
      return null;
    }
    List<Tensor> vectors = TransformSteps.separate(v, createGraph, false);
    TransformSteps.checkVectors(vectors, inputs, several);
    return vectors;
  }

  private static Products finish(List<Tensor> outputs, List<Tensor> products, boolean createGraph) {
    return new Products(
        TransformSteps.finish(outputs, createGraph), TransformSteps.finish(products, createGraph));
  }
}
