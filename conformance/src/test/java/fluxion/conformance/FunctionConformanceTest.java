package fluxion.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.conformance.WrongFunctions.Slope;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** The inherited tests find what is wrong with an operator, and nothing where nothing is wrong. */
final class FunctionConformanceTest {
  private static final Slope RIGHT = (x, g) -> g.mul(x).mul(2);

  private record Provider(List<Operator> operators) implements FunctionProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "test";
    }
  }

  private static final Caller DIRECTLY =
      (operator, arguments) -> {
        Call.Unary call = (Call.Unary) operator.overloads().get(0).implementation();
        return List.of(call.apply((Tensor) arguments.get(0)));
      };

  private static Operator unary(String name, Call.Unary call) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, call);
  }

  private static Operator sampled(String name, Call.Unary call) {
    return unary(name, call).samples(s -> List.of(Operator.sample(s.tensor(2, 3))));
  }

  private static Operator square(Slope slope) {
    return sampled("square", x -> Functions.apply(new WrongFunctions.Square(slope), x));
  }

  /** Runs the tests of a provider; gives their outcomes by the paths of their names. */
  private static Map<String, String> run(Operator... operators) {
    Map<String, String> outcomes = new TreeMap<>();
    run("", new ProviderTests(new Provider(List.of(operators)), DIRECTLY).nodes(), outcomes);
    return outcomes;
  }

  private static void run(
      String path, Stream<? extends DynamicNode> nodes, Map<String, String> outcomes) {
    nodes.forEach(
        node -> {
          String name = path + "/" + node.getDisplayName();
          if (node instanceof DynamicContainer container) {
            run(name, container.getChildren(), outcomes);
          } else if (node instanceof DynamicTest test) {
            outcomes.put(name, outcome(test));
          }
        });
  }

  private static String outcome(DynamicTest test) {
    try {
      test.getExecutable().execute();
      return "passed";
    } catch (TestAbortedException e) {
      return "skipped: " + e.getMessage();
    } catch (Throwable e) {
      return "failed: " + e.getMessage();
    }
  }

  private static List<String> failures(Map<String, String> outcomes) {
    List<String> failed = new ArrayList<>();
    outcomes.forEach(
        (name, outcome) -> {
          if (outcome.startsWith("failed")) {
            failed.add(name + " " + outcome);
          }
        });
    return failed;
  }

  private static void assertFails(String test, Operator... operators) {
    List<String> failed = failures(run(operators));
    assertTrue(failed.stream().anyMatch(f -> f.contains(test)), () -> test + " not in " + failed);
  }

  @Test
  void a_right_operator_passes_in_every_layout() {
    Map<String, String> outcomes = run(square(RIGHT));
    assertEquals(List.of(), failures(outcomes));
    // four layouts with two derivatives; five with inputs; the bits of all but one; visibility
    assertEquals(4 * 2 + 5 + 4 + 1, outcomes.size(), outcomes::toString);
    for (String layout :
        List.of("contiguous", "transposed", "strided", "at an offset", "expanded")) {
      assertTrue(outcomes.keySet().stream().anyMatch(name -> name.contains(", " + layout)), layout);
    }
  }

  @Test
  void a_wrong_gradient_fails() {
    assertFails("the gradient is right", square((x, g) -> g.mul(x)));
    assertFails("the gradient is right", square((x, g) -> g.mul(0)));
  }

  @Test
  void a_wrong_second_derivative_fails() {
    assertFails("the second derivative is right", square((x, g) -> g.mul(x.detach()).mul(2)));
  }

  @Test
  void an_operator_that_changes_its_input_fails() {
    assertFails(
        "the inputs stay as they are",
        sampled(
            "spoil",
            x -> {
              Tensor result = x.mul(2);
              x.detach().add_(1);
              return result;
            }));
  }

  @Test
  void an_operator_that_depends_on_strides_fails() {
    assertFails(
        "the bits are those of contiguous inputs",
        sampled("lean", x -> x.mul(x.isContiguous() ? 1 : 1 + 1e-12)));
  }

  @Test
  void an_operator_may_refuse_to_make_a_view_if_it_says_so() {
    Operator operator = sampled("view", x -> x.view(-1));
    Map<String, String> outcomes = run(operator);
    assertEquals(List.of(), failures(outcomes));
    long refused = outcomes.keySet().stream().filter(name -> name.contains("no view")).count();
    assertEquals(3, refused, outcomes::toString);
    assertFails(
        "the bits are those of contiguous inputs",
        sampled(
            "choosy",
            x -> {
              if (!x.isContiguous()) {
                throw new ShapeException("not like this");
              }
              return x.mul(1);
            }));
  }

  @Test
  void a_differentiable_operator_without_samples_fails() {
    List<String> failed = failures(run(unary("bare", x -> x.mul(2))));
    assertEquals(1, failed.size());
    assertTrue(failed.get(0).contains("operator 'bare' is differentiable but has no samples"));
  }

  @Test
  void an_operator_without_gradient_and_samples_is_skipped_with_the_reason() {
    Map<String, String> outcomes = run(unary("bare", x -> x.detach()).notDifferentiable());
    assertEquals(
        List.of("skipped: operator 'bare' has no samples"), List.copyOf(outcomes.values()));
  }

  @Test
  void samples_at_which_no_gradient_shows_fail() {
    assertFails("a wrong gradient would show", sampled("faint", x -> x.mul(1e-9)));
  }

  @Test
  void samples_that_cannot_be_made_fail() {
    Operator operator =
        unary("odd", x -> x.mul(2))
            .samples(
                s -> {
                  throw new IllegalStateException("no samples today");
                });
    List<String> failed = failures(run(operator));
    assertTrue(failed.get(0).contains("no samples today"), failed::toString);
  }

  @Test
  void an_operator_in_place_is_tried_on_the_samples_of_its_counterpart() {
    Operator twice = sampled("twice", x -> x.mul(2));
    assertEquals(List.of(), failures(run(twice, unary("twice_", x -> x.mul_(2)))));
    assertFails("becomes the result", twice, unary("twice_", x -> x.mul_(3)));
    assertFails("becomes the result", twice, unary("twice_", x -> x.mul(2)));
  }
}
