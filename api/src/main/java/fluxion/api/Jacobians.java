package fluxion.api;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Jacobians and Hessians, row by row or all rows at once. */
final class Jacobians {
  private Jacobians() {}

  static List<List<Tensor>> jacobian(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> given,
      boolean createGraph,
      boolean strict,
      boolean vectorize) {
    if (strict && vectorize) {
      throw new ArgumentException(
          "torch.autograd.functional.jacobian: `strict=True` and `vectorized=True` are not"
              + " supported together. Please either set `strict=False` or `vectorize=False`.");
    }
    try (var _ = Autograd.enableGrad()) {
      List<Tensor> inputs = TransformSteps.separate(given, createGraph, true);
      List<Tensor> outputs = f.apply(inputs);
      if (strict) {
        TransformSteps.checkOutputs(outputs);
      }
      List<List<Tensor>> jacobian = new ArrayList<>();
      for (int i = 0; i < outputs.size(); i++) {
        List<Tensor> rows =
            vectorize && outputs.get(i).requiresGrad() && outputs.get(i).numel() > 0
                ? allRows(outputs.get(i), inputs, createGraph)
                : rows(outputs.get(i), i, inputs, createGraph, strict);
        jacobian.add(TransformSteps.finish(rows, createGraph));
      }
      return List.copyOf(jacobian);
    }
  }

  /** The Jacobians of one output: a gradient for each of its elements, stacked. */
  private static List<Tensor> rows(
      Tensor output, int number, List<Tensor> inputs, boolean createGraph, boolean strict) {
    Tensor flat = output.reshape(-1);
    int count = Math.toIntExact(flat.numel());
    Tensor[][] rows = new Tensor[inputs.size()][count];
    for (int row = 0; row < count; row++) {
      List<@Nullable Tensor> gradients =
          TransformSteps.grad(List.of(flat.select(0, row)), inputs, null, true, createGraph);
      for (int i = 0; i < rows.length; i++) {
        Tensor gradient = gradients.get(i);
        if (strict) {
          checkStrict(gradient, number, i, createGraph);
        }
        rows[i][row] = gradient == null ? Tensors.zerosLike(inputs.get(i)) : gradient;
      }
    }
    List<Tensor> jacobians = new ArrayList<>();
    for (int i = 0; i < rows.length; i++) {
      jacobians.add(shaped(rows[i], output, inputs.get(i)));
    }
    return jacobians;
  }

  /** The Jacobians of one output: the gradients for all of its elements, in one pass. */
  private static List<Tensor> allRows(Tensor output, List<Tensor> inputs, boolean createGraph) {
    Tensor flat = output.reshape(-1);
    long count = flat.numel();
    Tensor basis =
        Tensors.eye(count, count, TensorOptions.of(output.dtype()).device(output.device()));
    UnaryOperator<List<Tensor>> gradients =
        cotangent -> {
          List<@Nullable Tensor> found =
              TransformSteps.grad(List.of(flat), inputs, cotangent, true, createGraph);
          return TransformSteps.fillInZeros(
              found, inputs, false, createGraph, TransformSteps.Stage.BACK);
        };
    List<Tensor> rows = Transforms.vmap(gradients, List.of(0), List.of(0)).apply(List.of(basis));
    List<Tensor> jacobians = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      jacobians.add(rows.get(i).reshape(joined(output, inputs.get(i))));
    }
    return jacobians;
  }

  private static void checkStrict(
      @Nullable Tensor gradient, int output, int input, boolean createGraph) {
    if (gradient == null) {
      throw new AutogradException(
          "Output "
              + output
              + " of the user-provided function is independent of input "
              + input
              + ". This is not allowed in strict mode.");
    }
    if (createGraph && !gradient.requiresGrad()) {
      throw new AutogradException(
          "The jacobian of the user-provided function is independent of input "
              + input
              + ". This is not allowed in strict mode when create_graph=True.");
    }
  }

  /** The sizes of an output followed by those of an input. */
  private static long[] joined(Tensor output, Tensor input) {
    long[] head = output.shape().toArray();
    long[] tail = input.shape().toArray();
    long[] sizes = new long[head.length + tail.length];
    System.arraycopy(head, 0, sizes, 0, head.length);
    System.arraycopy(tail, 0, sizes, head.length, tail.length);
    return sizes;
  }

  private static Tensor shaped(Tensor[] rows, Tensor output, Tensor input) {
    long[] sizes = joined(output, input);
    return rows.length == 0
        ? Tensors.zeros(TensorOptions.of(input.dtype()).device(input.device()), sizes)
        : Tensors.stack(0, rows).view(sizes);
  }

  static List<List<Tensor>> hessian(
      UnaryOperator<List<Tensor>> f,
      List<Tensor> inputs,
      boolean createGraph,
      boolean strict,
      boolean vectorize) {
    UnaryOperator<List<Tensor>> number =
        xs -> {
          List<Tensor> outputs = f.apply(xs);
          if (strict) {
            TransformSteps.checkOutputs(outputs);
          }
          return List.of(TransformSteps.single(outputs, "hessian"));
        };
    UnaryOperator<List<Tensor>> gradient =
        xs -> {
          List<Tensor> gradients = new ArrayList<>();
          List<Tensor> jacobians = jacobian(number, xs, true, false, false).get(0);
          for (int i = 0; i < jacobians.size(); i++) {
            // An output of shape [1] or so would add dimensions of size 1.
            gradients.add(jacobians.get(i).view(xs.get(i).shape().toArray()));
          }
          if (strict) {
            TransformSteps.checkJacobian(gradients);
          }
          return gradients;
        };
    return jacobian(gradient, inputs, createGraph, strict, vectorize);
  }
}
