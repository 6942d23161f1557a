package fluxion.conformance.function;

import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Backward passes from an operator's results, and the comparison of what they give. */
final class Gradients {
  private Gradients() {}

  /** The tensors that require a gradient. */
  static List<Tensor> differentiable(List<Tensor> tensors) {
    return tensors.stream().filter(Tensor::requiresGrad).toList();
  }

  /** A random cotangent for each tensor; the same seed gives the same. */
  static List<Tensor> cotangents(List<Tensor> results, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return results.stream().map(result -> random(result, random)).toList();
  }

  private static Tensor random(Tensor like, SplittableRandom random) {
    double[] weights = new double[Math.toIntExact(like.numel())];
    for (int i = 0; i < weights.length; i++) {
      weights[i] = random.nextGaussian();
    }
    return Tensors.tensor(
        weights, like.shape(), TensorOptions.of(like.dtype()).device(like.device()));
  }

  /** The gradients of a randomly weighted sum of all results that have one, recorded. */
  static List<@Nullable Tensor> of(List<Tensor> inputs, List<Tensor> results) {
    // A result has the same cotangent whichever others have a gradient.
    List<Tensor> floats = results.stream().filter(r -> r.dtype().isFloatingPoint()).toList();
    List<Tensor> all = cotangents(floats, 1);
    List<Tensor> outputs = new ArrayList<>();
    List<Tensor> cotangents = new ArrayList<>();
    for (int i = 0; i < floats.size(); i++) {
      if (floats.get(i).requiresGrad()) {
        outputs.add(floats.get(i));
        cotangents.add(all.get(i));
      }
    }
    return pull(inputs, outputs, cotangents, true);
  }

  /**
   * The gradients of some inputs.
   *
   * @param inputs with respect to those of them that require a gradient
   * @param outputs what is differentiated; all of it requires a gradient
   * @param cotangents of the outputs
   * @param createGraph whether the pass is recorded
   */
  static List<@Nullable Tensor> pull(
      List<Tensor> inputs, List<Tensor> outputs, List<Tensor> cotangents, boolean createGraph) {
    List<Tensor> wanted = differentiable(inputs);
    if (wanted.isEmpty() || outputs.isEmpty()) {
      return List.of();
    }
    return Autograd.grad(outputs, wanted, cotangents, true, createGraph, true);
  }

  /** Those that are there. */
  static List<Tensor> there(List<@Nullable Tensor> gradients) {
    return gradients.stream().filter(Objects::nonNull).map(Objects::requireNonNull).toList();
  }

  /** Asks for the same bits; {@code where} says what the second list was made under. */
  static void requireSame(
      String what,
      List<? extends @Nullable Tensor> expected,
      List<? extends @Nullable Tensor> actual,
      String where) {
    if (expected.size() != actual.size()) {
      throw new AssertionError(
          "%d %ss instead of %d %s".formatted(actual.size(), what, expected.size(), where));
    }
    for (int i = 0; i < expected.size(); i++) {
      Tensor e = expected.get(i);
      Tensor a = actual.get(i);
      if ((e == null) != (a == null)) {
        throw new AssertionError(
            "%s %d is %s %s".formatted(what, i, a == null ? "missing" : "there only", where));
      }
      if (e != null && a != null) {
        requireSame(what + " " + i, e, a, where);
      }
    }
  }

  /** Asks for the same bits. */
  static void requireSame(String what, Tensor expected, Tensor actual, String where) {
    Optional<String> difference = Bits.difference(expected, actual);
    if (difference.isPresent()) {
      throw new AssertionError(what + " differs " + where + ": " + difference.get());
    }
  }

  /** Results, gradients and second derivatives of one call. */
  record Orders(List<Tensor> results, List<@Nullable Tensor> first, List<@Nullable Tensor> second) {
    /** Of a call on some inputs. */
    static Orders of(Session session, Arguments sample, List<Tensor> inputs) {
      List<Tensor> results = session.call(sample, inputs);
      List<@Nullable Tensor> first = Gradients.of(inputs, results);
      List<@Nullable Tensor> second = Gradients.of(inputs, there(first));
      List<Tensor> values = new ArrayList<>();
      results.forEach(result -> values.add(result.detach()));
      return new Orders(values, first, second);
    }

    /** Asks that another call gave the same bits. */
    void requireSame(Orders other, String where) {
      Gradients.requireSame("result", results, other.results, where);
      Gradients.requireSame("gradient", first, other.first, where);
      Gradients.requireSame("second derivative", second, other.second, where);
    }
  }
}
