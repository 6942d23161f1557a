package fluxion.conformance.function;

import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.engine.spi.Signature;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether an operator computes each element of its result from the elements at the same place, as
 * far as its samples show: found by computing each element alone.
 */
final class Elementwise {
  private static final Set<Signature.Type> PLAIN =
      Set.of(
          Signature.Type.TENSOR,
          Signature.Type.SCALAR,
          Signature.Type.FLOAT,
          Signature.Type.BOOL,
          Signature.Type.STRING);

  private Elementwise() {}

  /**
   * The samples of several elements, if the operator works element by element on all of them; else
   * none.
   */
  static List<Arguments> samples(Session session) {
    List<Arguments> several = new ArrayList<>();
    for (Arguments sample : session.samples()) {
      Optional<Shape> shape = shape(Session.copies(sample));
      if (shape.isEmpty() || (shape.get().numel() > 1 && !isElementwise(session, sample))) {
        return List.of();
      }
      if (shape.get().numel() > 1) {
        several.add(sample);
      }
    }
    return several;
  }

  private static Optional<Shape> shape(List<Tensor> tensors) {
    try {
      return Optional.of(broadcast(tensors));
    } catch (ShapeException e) {
      return Optional.empty();
    }
  }

  private static boolean isElementwise(Session session, Arguments sample) {
    Optional<Binding> binding = Binding.of(session.subject().operator(), sample.values());
    if (binding.isEmpty() || !hasPlainParameters(binding.get())) {
      return false;
    }
    List<Tensor> inputs = detached(Session.copies(sample));
    Shape shape = broadcast(inputs);
    List<Tensor> results = session.call(sample, inputs);
    if (results.size() != 1 || !results.getFirst().shape().equals(shape) || shape.numel() < 2) {
      return false;
    }
    double[] whole = results.getFirst().toDoubleArray();
    for (int k = 0; k < whole.length; k++) {
      List<Tensor> alone = new ArrayList<>();
      for (Tensor input : inputs) {
        alone.add(element(input, shape, k, Shape.of(1)));
      }
      Refusal one = Refusal.of("one element", () -> session.call(sample, alone));
      if (one.isRefused()) {
        return false;
      }
      double found = one.results().getFirst().toDoubleArray()[0];
      if (!(Math.abs(found - whole[k]) <= 1e-9 * (1 + Math.abs(whole[k])))) {
        return false;
      }
    }
    return true;
  }

  private static boolean hasPlainParameters(Binding binding) {
    return binding.overload().signature().parameters().stream()
        .allMatch(parameter -> PLAIN.contains(parameter.type()));
  }

  private static List<Tensor> detached(List<Tensor> tensors) {
    return tensors.stream().map(Tensor::detach).toList();
  }

  /** The shape to which some tensors broadcast. */
  static Shape broadcast(List<Tensor> tensors) {
    Shape shape = Shape.of();
    for (Tensor tensor : tensors) {
      shape = Shape.broadcast(shape, tensor.shape());
    }
    return shape;
  }

  /** One element of a tensor that is broadcast to a shape, as a tensor of a shape of its own. */
  static Tensor element(Tensor tensor, Shape to, int index, Shape own) {
    Tensor expanded = Arrangement.CONTIGUOUS.of(tensor.detach().expand(to.toArray()));
    return reshaped(expanded, index, own, tensor.requiresGrad());
  }

  /** A leaf of the elements of a tensor from some place on, as many as a shape has. */
  static Tensor reshaped(Tensor tensor, int from, Shape shape, boolean requiresGrad) {
    int end = from + Math.toIntExact(shape.numel());
    Object values =
        switch (tensor.dtype().category()) {
          case FLOATING -> Arrays.copyOfRange(tensor.toDoubleArray(), from, end);
          case INTEGRAL -> Arrays.copyOfRange(tensor.toLongArray(), from, end);
          case BOOL -> Arrays.copyOfRange(tensor.toBooleanArray(), from, end);
        };
    return Tensors.tensor(
        values,
        shape,
        TensorOptions.of(tensor.dtype()).device(tensor.device()).requiresGrad(requiresGrad));
  }

  /** A sample's tensors, all broadcast to their common shape and then given another. */
  static List<Tensor> inShape(Arguments sample, Shape shape) {
    List<Tensor> inputs = Session.copies(sample);
    long[] common = broadcast(inputs).toArray();
    List<Tensor> changed = new ArrayList<>();
    for (Tensor input : inputs) {
      Tensor whole = Arrangement.CONTIGUOUS.of(input.detach().expand(common));
      changed.add(reshaped(whole, 0, shape, input.requiresGrad()));
    }
    return changed;
  }
}
