package fluxion.api;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The steps of which {@link Transforms} are made, in the order and with the errors of {@code
 * torch.autograd.functional}.
 */
final class TransformSteps {
  /** Which gradient is missing, or is a constant, where strictness forbids it. */
  enum Stage {
    /** A gradient. */
    BACK("The output of the user-provided function is independent of input ", "."),
    /** The gradient of a gradient with respect to the cotangent. */
    BACK_TRICK(
        "The gradient with respect to the input is independent of entry ",
        " in the grad_outputs when using the double backward trick to compute forward mode"
            + " gradients."),
    /** A second gradient. */
    DOUBLE_BACK("The jacobian of the user-provided function is independent of input ", "."),
    /** The gradient of a second gradient with respect to the cotangent. */
    DOUBLE_BACK_TRICK(
        "The hessian of the user-provided function is independent of entry ",
        " in the grad_jacobian."),
    ;

    private final String before;
    private final String after;

    Stage(String before, String after) {
      this.before = before;
      this.after = after;
    }

    private AutogradException absent(int entry) {
      String why =
          this == DOUBLE_BACK_TRICK
              ? " as it prevents from using the double backward trick to replace forward mode AD."
              : ".";
      return new AutogradException(
          before + entry + after + " This is not allowed in strict mode" + why);
    }

    private AutogradException constant(int entry) {
      String what = this == BACK || this == BACK_TRICK ? "jacobian" : "hessian";
      return new AutogradException(
          "The "
              + what
              + " of the user-provided function is independent of input "
              + entry
              + ". This is not allowed in strict mode when create_graph=True.");
    }
  }

  private TransformSteps() {}

  /** A function of one tensor as one of lists. */
  static UnaryOperator<List<Tensor>> ofLists(UnaryOperator<Tensor> f) {
    return inputs -> List.of(f.apply(inputs.get(0)));
  }

  /**
   * New tensors of the same memory, so that what is given to a function differs from what it
   * captures: connected to the inputs if gradients are to flow there, else leaves.
   */
  static List<Tensor> separate(List<Tensor> inputs, boolean createGraph, boolean needGraph) {
    List<Tensor> separate = new ArrayList<>();
    for (Tensor input : inputs) {
      separate.add(
          createGraph && input.requiresGrad()
              ? input.view(input.shape().toArray())
              : input.detach().requiresGrad_(needGraph));
    }
    return separate;
  }

  /** Results as they are handed out. */
  static List<Tensor> finish(List<Tensor> results, boolean createGraph) {
    if (createGraph) {
      return List.copyOf(results);
    }
    List<Tensor> detached = new ArrayList<>();
    for (Tensor result : results) {
      detached.add(result.detach());
    }
    return List.copyOf(detached);
  }

  /** Gradients of those outputs that have any. */
  static List<@Nullable Tensor> grad(
      List<? extends @Nullable Tensor> outputs,
      List<Tensor> inputs,
      @Nullable List<Tensor> cotangents,
      boolean retainGraph,
      boolean createGraph) {
    List<Tensor> differentiable = new ArrayList<>();
    List<@Nullable Tensor> given = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Tensor output = outputs.get(i);
      if (output != null && output.requiresGrad()) {
        differentiable.add(output);
        given.add(cotangents == null ? null : cotangents.get(i));
      }
    }
    if (differentiable.isEmpty()) {
      return Collections.nCopies(inputs.size(), null);
    }
    return Autograd.grad(
        differentiable, inputs, given, retainGraph || createGraph, createGraph, true);
  }

  /** The gradients with zeros in the place of absent ones. */
  static List<Tensor> fillInZeros(
      List<@Nullable Tensor> gradients,
      List<Tensor> like,
      boolean strict,
      boolean createGraph,
      Stage stage) {
    List<Tensor> filled = new ArrayList<>();
    for (int i = 0; i < gradients.size(); i++) {
      Tensor gradient = gradients.get(i);
      if (gradient == null) {
        if (strict) {
          throw stage.absent(i);
        }
        gradient = Tensors.zerosLike(like.get(i));
      } else if (strict && createGraph && !gradient.requiresGrad()) {
        throw stage.constant(i);
      }
      filled.add(gradient);
    }
    return filled;
  }

  /** Zeros that require a gradient: the cotangent of a derivative by double backward. */
  static List<Tensor> cotangentsLike(List<Tensor> tensors) {
    List<Tensor> zeros = new ArrayList<>();
    for (Tensor tensor : tensors) {
      zeros.add(Tensors.zerosLike(tensor).requiresGrad_());
    }
    return zeros;
  }

  // ---- checks

  /** Refuses outputs that depend on no input. */
  static void checkOutputs(List<Tensor> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      if (!outputs.get(i).requiresGrad()) {
        throw new AutogradException(
            "Output "
                + i
                + " of the user-provided function does not require gradients. The outputs must be"
                + " computed in a differentiable manner from the input when running in strict"
                + " mode.");
      }
    }
  }

  /** Refuses gradients that are absent or constant. */
  static void checkGradients(
      List<? extends @Nullable Tensor> gradients, String constant, String remedy) {
    for (int i = 0; i < gradients.size(); i++) {
      Tensor gradient = gradients.get(i);
      if (gradient == null) {
        throw Stage.BACK.absent(i);
      }
      if (!gradient.requiresGrad()) {
        throw new AutogradException(
            constant.replace("{}", Integer.toString(i))
                + " This is not allowed in strict mode."
                + remedy);
      }
    }
  }

  /** Refuses gradients that are constant, in the words for a first gradient. */
  static void checkGradInputs(List<? extends @Nullable Tensor> gradients) {
    checkGradients(
        gradients,
        "The gradient with respect to input {} is independent of the inputs of the user-provided"
            + " function.",
        "");
  }

  /** Refuses gradients that are constant, in the words for a gradient of which another is taken. */
  static void checkJacobian(List<? extends @Nullable Tensor> gradients) {
    checkGradients(
        gradients,
        "While computing the hessian, found that the jacobian of the user-provided function with"
            + " respect to input {} is independent of the input.",
        " You should ensure that your function is twice differentiable and that the jacobian"
            + " depends on the inputs (this would be violated by a linear function for example).");
  }

  /** Refuses vectors that are not of the given tensors' shapes. */
  static void checkVectors(List<Tensor> vectors, List<Tensor> like, boolean several) {
    if (vectors.size() != like.size()) {
      throw new ArgumentException(
          several
              ? "v is a tuple of invalid length: should be "
                  + like.size()
                  + " but got "
                  + vectors.size()
                  + "."
              : "The given v should contain a single Tensor.");
    }
    for (int i = 0; i < like.size(); i++) {
      if (!vectors.get(i).shape().equals(like.get(i).shape())) {
        throw new ShapeException(
            (several ? "Entry " + i + " in " : "")
                + "v has invalid size: should be torch.Size("
                + like.get(i).shape()
                + ") but got torch.Size("
                + vectors.get(i).shape()
                + ").");
      }
    }
  }

  /** Refuses to do without a vector where there is more than one number. */
  static void checkNoVector(List<Tensor> tensors, String what) {
    if (tensors.size() != 1 || tensors.get(0).numel() != 1) {
      throw new ArgumentException("The vector v can only be None if the " + what);
    }
  }

  /** Refuses a result that is not one number. */
  static Tensor single(List<Tensor> outputs, String transform) {
    if (outputs.size() != 1) {
      throw new ArgumentException(
          "The function given to " + transform + " should return a single Tensor");
    }
    if (outputs.get(0).numel() != 1) {
      throw new ArgumentException(
          "The Tensor returned by the function given to "
              + transform
              + " should contain a single element");
    }
    return outputs.get(0);
  }
}
