package fluxion.conformance;

import fluxion.api.Autograd;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is asked of one operator on one sample. */
final class OperatorCheck {
  /** How operators say that their result cannot be a view of an input that lies like this. */
  private static final String NO_VIEW = "not compatible with input tensor's size and stride";

  private final Operator operator;
  private final @Nullable Operator counterpart;
  private final Caller caller;

  /**
   * Takes an operator.
   *
   * @param operator the operator
   * @param counterpart for one that works in place, the operator that gives what its first input
   *     must become; null if there is none
   * @param caller calls both
   */
  OperatorCheck(Operator operator, @Nullable Operator counterpart, Caller caller) {
    this.operator = operator;
    this.counterpart = counterpart;
    this.caller = caller;
  }

  /** Whether the operator writes into its first input. */
  boolean isInPlace() {
    return operator.name().endsWith("_");
  }

  /** Whether there is a gradient to check. */
  boolean isDifferentiable(Arguments arguments) {
    return operator.isDifferentiable()
        && arguments.tensors().stream().anyMatch(Tensor::requiresGrad);
  }

  /** Whether the operator says that it cannot make a view of inputs that lie like this. */
  boolean refusesLayout(Arguments arguments, Arrangement arrangement) {
    try {
      function(arguments).apply(arranged(arguments, arrangement));
      return false;
    } catch (ShapeException e) {
      return String.valueOf(e.getMessage()).contains(NO_VIEW);
    } catch (RuntimeException | AssertionError e) {
      // the tests show it
      return false;
    }
  }

  /** Asks for that refusal. */
  void requireRefusal(Arguments arguments, Arrangement arrangement) {
    if (!refusesLayout(arguments, arrangement)) {
      throw new AssertionError(operator.name() + " refused this layout before and does not now");
    }
  }

  /** Compares the gradient with finite differences. */
  void gradient(Arguments arguments, Arrangement arrangement) {
    List<Tensor> inputs = arranged(arguments, arrangement);
    check().check(function(arguments), inputs);
  }

  /** Compares the gradient's gradient with finite differences. */
  void secondDerivative(Arguments arguments, Arrangement arrangement) {
    List<Tensor> inputs = arranged(arguments, arrangement);
    check().checkSecond(function(arguments), inputs);
  }

  /** Asks for a sample at which a wrong gradient would show. */
  void gradientShows(Stream<Arguments> samples) {
    List<String> reasons = new ArrayList<>();
    boolean shows =
        samples
            .filter(this::isDifferentiable)
            .anyMatch(
                sample -> {
                  try {
                    List<Tensor> inputs = new ArrayList<>(arranged(sample, Arrangement.CONTIGUOUS));
                    if (isInPlace() && counterpart == null) {
                      // it may overwrite its first input, of which nothing is left
                      inputs.set(0, inputs.get(0).detach());
                    }
                    check().refusingBlindPoints().check(function(sample), inputs);
                    return inputs.stream().anyMatch(t -> t.requiresGrad() && t.numel() > 0);
                  } catch (AssertionError e) {
                    reasons.add(String.valueOf(e.getMessage()));
                    return false;
                  }
                });
    if (!shows) {
      throw new AssertionError(
          "operator '%s' has no sample at which a wrong gradient would show: %s"
              .formatted(operator.name(), reasons));
    }
  }

  /** Asks that a call and its backward pass leave the inputs as they are. */
  void keeps(Arguments arguments, Arrangement arrangement) {
    List<Tensor> inputs = arranged(arguments, arrangement);
    List<Snapshot> before = inputs.stream().map(Snapshot::of).toList();
    gradients(inputs, call(arguments, inputs));
    for (int i = 0; i < inputs.size(); i++) {
      before.get(i).requireUnchanged(operator.name() + " changed its input " + i, inputs.get(i));
    }
  }

  /** Asks that the first input becomes the result of the counterpart, and that no other changes. */
  void changesFirstInput(Arguments arguments, Arrangement arrangement) {
    List<Tensor> inputs = new ArrayList<>(arranged(arguments, arrangement));
    Operator functional = counterpart;
    List<Tensor> expected =
        functional == null ? List.of() : caller.call(functional, arguments.with(inputs));
    Tensor self = inputs.get(0).detach();
    inputs.set(0, self);
    List<Snapshot> before = inputs.stream().map(Snapshot::of).toList();
    List<Tensor> results = call(arguments, inputs);
    if (results.size() != 1) {
      throw new AssertionError(operator.name() + " gave " + results.size() + " results, not one");
    }
    requireSame("the result of " + operator.name(), self, results.get(0));
    if (self.version() <= before.get(0).version()) {
      throw new AssertionError(operator.name() + " left the version of its first input as it was");
    }
    for (Tensor result : expected) {
      requireSame("the first input of " + operator.name() + " afterwards", result, self);
    }
    for (int i = 1; i < inputs.size(); i++) {
      before.get(i).requireUnchanged(operator.name() + " changed its input " + i, inputs.get(i));
    }
  }

  /** Asks for the results and derivatives of contiguous inputs, bit for bit. */
  void sameBits(Arguments arguments, Arrangement arrangement) {
    List<Tensor> inputs = arranged(arguments, arrangement);
    List<Tensor> plain = inputs.stream().map(Arrangement.CONTIGUOUS::of).toList();
    List<Tensor> expected = function(arguments).apply(plain);
    List<Tensor> actual = function(arguments).apply(inputs);
    if (expected.size() != actual.size()) {
      throw new AssertionError(
          "%d results instead of %d".formatted(actual.size(), expected.size()));
    }
    for (int o = 0; o < expected.size(); o++) {
      requireSame("result " + o, expected.get(o), actual.get(o));
    }
    List<@Nullable Tensor> expectedFirst = gradients(plain, expected);
    List<@Nullable Tensor> actualFirst = gradients(inputs, actual);
    requireSame("gradient ", expectedFirst, actualFirst);
    requireSame(
        "second derivative ",
        gradients(plain, there(expectedFirst)),
        gradients(inputs, there(actualFirst)));
  }

  private static List<Tensor> there(List<@Nullable Tensor> gradients) {
    List<Tensor> found = new ArrayList<>();
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        found.add(gradient);
      }
    }
    return found;
  }

  /** Whether the result has the first input's shape and dtype. */
  boolean fitsInPlace(Arguments arguments) {
    List<Tensor> inputs = arranged(arguments, Arrangement.CONTIGUOUS);
    if (inputs.isEmpty()) {
      return false;
    }
    Tensor self = inputs.get(0);
    List<Tensor> results = call(arguments, inputs);
    return arguments.with(inputs).get(0) instanceof Tensor
        && results.size() == 1
        && results.get(0).shape().equals(self.shape())
        && results.get(0).dtype() == self.dtype();
  }

  private GradCheck check() {
    return GradCheck.DEFAULT.withName(operator.name());
  }

  private TensorFunction function(Arguments arguments) {
    return inputs -> {
      if (!isInPlace()) {
        return call(arguments, inputs);
      }
      // a leaf that requires a gradient cannot be written to
      List<Tensor> copies = new ArrayList<>(inputs);
      copies.set(0, inputs.get(0).clone());
      return call(arguments, copies);
    };
  }

  private List<Tensor> call(Arguments arguments, List<Tensor> inputs) {
    return caller.call(operator, arguments.with(inputs));
  }

  private static List<Tensor> arranged(Arguments arguments, Arrangement arrangement) {
    return arguments.tensors().stream().map(arrangement::of).toList();
  }

  /** The gradients of a weighted sum of all results that have one, recorded. */
  private static List<@Nullable Tensor> gradients(List<Tensor> inputs, List<Tensor> results) {
    List<Tensor> wanted = inputs.stream().filter(Tensor::requiresGrad).toList();
    List<Tensor> differentiable = results.stream().filter(Tensor::requiresGrad).toList();
    if (wanted.isEmpty() || differentiable.isEmpty()) {
      return List.of();
    }
    SplittableRandom random = new SplittableRandom(1);
    List<Tensor> cotangents = new ArrayList<>();
    for (Tensor result : differentiable) {
      double[] weights = new double[Math.toIntExact(result.numel())];
      for (int i = 0; i < weights.length; i++) {
        weights[i] = random.nextGaussian();
      }
      cotangents.add(Points.leaf(weights, result.shape(), result.dtype(), false));
    }
    return Autograd.grad(differentiable, wanted, cotangents, true, true, true);
  }

  private static void requireSame(
      String what, List<@Nullable Tensor> expected, List<@Nullable Tensor> actual) {
    if (expected.size() != actual.size()) {
      throw new AssertionError(what + "is there in one layout only");
    }
    for (int i = 0; i < expected.size(); i++) {
      Tensor e = expected.get(i);
      Tensor a = actual.get(i);
      if ((e == null) != (a == null)) {
        throw new AssertionError(what + i + " is there in one layout only");
      }
      if (e != null && a != null) {
        requireSame(what + i, e, a);
      }
    }
  }

  private static void requireSame(String what, Tensor expected, Tensor actual) {
    Optional<String> difference = Bits.difference(expected, actual);
    if (difference.isPresent()) {
      throw new AssertionError(what + ": " + difference.get());
    }
  }

  /** A tensor's elements and version at one time. */
  private record Snapshot(Tensor copy, long version) {
    static Snapshot of(Tensor tensor) {
      return new Snapshot(Arrangement.CONTIGUOUS.of(tensor), tensor.version());
    }

    void requireUnchanged(String complaint, Tensor tensor) {
      Optional<String> difference = Bits.difference(copy, tensor);
      if (difference.isPresent()) {
        throw new AssertionError(complaint + ": " + difference.get());
      }
      if (tensor.version() != version) {
        throw new AssertionError(complaint + ": its version rose, its elements are the same");
      }
    }
  }
}
