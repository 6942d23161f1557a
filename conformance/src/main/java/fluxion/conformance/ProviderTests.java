package fluxion.conformance;

import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;

/** Makes the tests of one provider's operators. */
final class ProviderTests {
  private final List<Operator> operators;
  private final Caller caller;

  /**
   * Takes a provider that the engine finds.
   *
   * @param provider the provider
   */
  ProviderTests(FunctionProvider provider) {
    this(provider, Caller.BY_NAME);
  }

  /**
   * Takes a provider, found or not.
   *
   * @param provider the provider
   * @param caller calls its operators
   */
  ProviderTests(FunctionProvider provider, Caller caller) {
    this.operators = List.copyOf(provider.operators());
    this.caller = caller;
  }

  /** One container an operator. */
  Stream<DynamicNode> nodes() {
    return operators.stream().map(this::container);
  }

  private DynamicContainer container(Operator operator) {
    List<Operator.Sample> samples;
    try {
      samples = samples(operator);
    } catch (RuntimeException e) {
      return dynamicContainer(
          operator.name(),
          List.of(
              dynamicTest(
                  "has samples",
                  () -> {
                    throw new AssertionError(
                        "the samples of '" + operator.name() + "' cannot be made: " + e, e);
                  })));
    }
    if (samples.isEmpty()) {
      return dynamicContainer(
          operator.name(), List.of(dynamicTest("has samples", () -> noSamples(operator))));
    }
    List<DynamicNode> nodes = new ArrayList<>();
    OperatorCheck check = new OperatorCheck(operator, counterpart(operator).orElse(null), caller);
    for (int i = 0; i < samples.size(); i++) {
      Arguments arguments = new Arguments(samples.get(i).arguments());
      for (Arrangement arrangement : Arrangement.values()) {
        if (arrangement == Arrangement.CONTIGUOUS || arguments.changes(arrangement)) {
          nodes.add(sample(check, i, arguments, arrangement));
        }
      }
    }
    if (operator.isDifferentiable() && !operator.isFlat()) {
      nodes.add(
          dynamicTest(
              "a wrong gradient would show in some sample",
              () -> check.gradientShows(samples.stream().map(s -> new Arguments(s.arguments())))));
    }
    return dynamicContainer(operator.name(), nodes);
  }

  private static DynamicContainer sample(
      OperatorCheck check, int number, Arguments arguments, Arrangement arrangement) {
    String name = "sample " + number + " " + arguments + ", " + arrangement.words();
    if (arrangement != Arrangement.CONTIGUOUS && check.refusesLayout(arguments, arrangement)) {
      return dynamicContainer(
          name,
          List.of(
              dynamicTest(
                  "no view is possible, and the error says so",
                  () -> check.requireRefusal(arguments, arrangement))));
    }
    List<DynamicNode> tests = new ArrayList<>();
    // expanded inputs hold equal elements, where functions may have kinks
    boolean smooth = arrangement != Arrangement.EXPANDED;
    if (smooth && check.isDifferentiable(arguments)) {
      tests.add(dynamicTest("the gradient is right", () -> check.gradient(arguments, arrangement)));
      tests.add(
          dynamicTest(
              "the second derivative is right",
              () -> check.secondDerivative(arguments, arrangement)));
    }
    if (check.isInPlace() && arrangement != Arrangement.EXPANDED) {
      tests.add(
          dynamicTest(
              "the first input becomes the result, and no other changes",
              () -> check.changesFirstInput(arguments, arrangement)));
    } else if (!check.isInPlace()) {
      tests.add(
          dynamicTest("the inputs stay as they are", () -> check.keeps(arguments, arrangement)));
    }
    if (arrangement != Arrangement.CONTIGUOUS) {
      tests.add(
          dynamicTest(
              "the bits are those of contiguous inputs",
              () -> check.sameBits(arguments, arrangement)));
    }
    return dynamicContainer(name, tests);
  }

  /** An operator's samples, or for one that works in place those of its counterpart that fit. */
  private List<Operator.Sample> samples(Operator operator) {
    List<Operator.Sample> own = made(operator);
    Optional<Operator> other = counterpart(operator);
    if (!own.isEmpty() || other.isEmpty()) {
      return own;
    }
    OperatorCheck functional = new OperatorCheck(other.get(), null, caller);
    return made(other.get()).stream()
        .filter(sample -> functional.fitsInPlace(new Arguments(sample.arguments())))
        .toList();
  }

  private static List<Operator.Sample> made(Operator operator) {
    return operator.samples(new SampleTensors(operator.name().hashCode()));
  }

  /** For an operator that works in place, the one that does not. */
  private Optional<Operator> counterpart(Operator operator) {
    return operators.stream()
        .filter(other -> (other.name() + "_").equals(operator.name()))
        .findFirst();
  }

  private static void noSamples(Operator operator) {
    if (operator.isDifferentiable() && !operator.name().endsWith("_")) {
      throw new AssertionError(
          "operator '"
              + operator.name()
              + "' is differentiable but has no samples, so nothing tells whether its gradient is"
              + " right; give it some with Operator.samples, or call notDifferentiable()");
    }
    Assumptions.abort("operator '" + operator.name() + "' has no samples");
  }
}
