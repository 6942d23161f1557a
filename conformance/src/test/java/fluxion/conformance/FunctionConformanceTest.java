package fluxion.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Ops;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.conformance.WrongFunctions.Slope;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The rules find what is wrong with an operator, and nothing where nothing is wrong. */
final class FunctionConformanceTest {
  private static final Slope RIGHT = (x, g) -> g.mul(x).mul(2);
  private static final Settings RULES = Settings.DEFAULT.withRules("F-*");

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

  private static Operator unary(String name, Call.Unary call) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, call);
  }

  private static Operator sampled(String name, Call.Unary call) {
    return unary(name, call).samples(s -> List.of(Operator.sample(s.tensor(2, 3))));
  }

  private static Operator square(Slope slope) {
    return sampled("kit_square", x -> Functions.apply(new WrongFunctions.Square(slope), x));
  }

  private static FunctionConformance inheriting(Settings settings, Operator... operators) {
    return new FunctionConformance() {
      @Override
      public FunctionProvider provider() {
        return new Provider(List.of(operators));
      }

      @Override
      public Settings settings() {
        return settings;
      }
    };
  }

  /** Runs the rules; gives the verdicts by the ids of the checks. */
  private static Map<String, Verdict> run(Operator... operators) {
    Map<String, Verdict> verdicts = new TreeMap<>();
    Runner runner = new Runner(RULES);
    for (Check check : Suites.of(new Provider(List.of(operators)), RULES)) {
      verdicts.put(check.id(), runner.run(check).verdict());
    }
    return verdicts;
  }

  private static List<String> failures(Map<String, Verdict> verdicts) {
    List<String> failed = new ArrayList<>();
    verdicts.forEach(
        (id, verdict) -> {
          if (verdict.kind() == Verdict.Kind.FAIL) {
            failed.add(id + " " + verdict.reason());
          }
        });
    return failed;
  }

  private static void assertFails(String rule, Operator... operators) {
    List<String> failed = failures(run(operators));
    assertTrue(failed.stream().anyMatch(f -> f.startsWith(rule)), () -> rule + " not in " + failed);
  }

  @Test
  void a_right_operator_passes_in_every_layout() {
    Map<String, Verdict> verdicts = run(square(RIGHT));
    assertEquals(List.of(), failures(verdicts));
    for (String layout :
        List.of("contiguous", "transposed", "strided", "at an offset", "expanded")) {
      assertTrue(verdicts.keySet().stream().anyMatch(id -> id.endsWith(layout)), layout);
    }
  }

  @Test
  void the_tests_are_one_container_a_rule() {
    FunctionConformance test = inheriting(RULES.withRules("F-20?"), square(RIGHT));
    List<String> containers = test.rules().map(node -> node.getDisplayName()).toList();
    assertEquals("F-201 Gradients are right", containers.getFirst());
    assertTrue(containers.size() >= 8, containers::toString);
  }

  @Test
  void an_operator_that_the_engine_did_not_find_can_be_called_while_it_is_tried() {
    assertFalse(Ops.names().contains("kit_square"));
    run(square(RIGHT));
    assertFalse(Ops.names().contains("kit_square"));
  }

  @Test
  void a_wrong_gradient_fails() {
    assertFails("F-201", square((x, g) -> g.mul(x)));
    assertFails("F-201", square((x, g) -> g.mul(0)));
    assertFails("F-203", square((x, g) -> g.mul(x)));
  }

  @Test
  void a_wrong_second_derivative_fails() {
    assertFails("F-202", square((x, g) -> g.mul(x.detach()).mul(2)));
    assertFails("F-203", square((x, g) -> g.mul(x.detach()).mul(2)));
  }

  @Test
  void an_operator_that_changes_its_input_fails() {
    assertFails(
        "F-123",
        sampled(
            "kit_spoil",
            x -> {
              Tensor result = x.mul(2);
              x.detach().add_(1);
              return result;
            }));
  }

  @Test
  void an_operator_that_depends_on_strides_fails() {
    assertFails("F-122", sampled("kit_lean", x -> x.mul(x.isContiguous() ? 1 : 1 + 1e-12)));
  }

  @Test
  void an_operator_may_refuse_to_make_a_view_if_it_says_so() {
    assertEquals(List.of(), failures(run(sampled("kit_view", x -> x.view(-1)))));
    assertFails(
        "F-122",
        sampled(
            "kit_choosy",
            x -> {
              if (!x.isContiguous()) {
                throw new ShapeException("not like this");
              }
              return x.mul(1);
            }));
  }

  @Test
  void a_differentiable_operator_without_samples_fails() {
    List<String> failed = failures(run(unary("kit_bare", x -> x.mul(2))));
    assertEquals(1, failed.size());
    assertTrue(failed.get(0).contains("operator 'kit_bare' is differentiable but has no samples"));
  }

  @Test
  void an_operator_without_gradient_and_samples_is_not_tried_and_the_reason_is_given() {
    Map<String, Verdict> verdicts = run(unary("kit_bare", x -> x.detach()).notDifferentiable());
    assertTrue(
        verdicts.containsValue(Verdict.notRun("operator 'kit_bare' has no samples")),
        verdicts::toString);
  }

  @Test
  void samples_at_which_no_gradient_shows_fail() {
    assertFails("F-114", sampled("kit_faint", x -> x.mul(1e-9)));
  }

  @Test
  void samples_that_cannot_be_made_fail() {
    Operator operator =
        unary("kit_odd", x -> x.mul(2))
            .samples(
                s -> {
                  throw new IllegalStateException("no samples today");
                });
    List<String> failed = failures(run(operator));
    assertTrue(failed.get(0).startsWith("F-110"), failed::toString);
    assertTrue(failed.get(0).contains("no samples today"), failed::toString);
  }

  @Test
  void an_operator_in_place_is_tried_on_the_samples_of_its_counterpart() {
    Operator twice = sampled("kit_twice", x -> x.mul(2));
    assertEquals(List.of(), failures(run(twice, unary("kit_twice_", x -> x.mul_(2)))));
    assertFails("F-311", twice, unary("kit_twice_", x -> x.mul_(3)));
    assertFails("F-311", twice, unary("kit_twice_", x -> x.mul(2)));
  }

  private static Set<String> tried(Settings settings, Operator... operators) {
    return Suites.of(new Provider(List.of(operators)), settings).stream()
        .map(Check::subject)
        .collect(Collectors.toSet());
  }

  @Test
  void a_further_name_beside_the_first_one_is_tried_with_full_effort_alone() {
    Operator first = square(RIGHT);
    Operator further = first.alias("kit_quadratic");
    Settings quick = RULES.withEffort(Settings.Effort.QUICK);
    assertEquals(Set.of("kit_square"), tried(quick, first, further));
    assertEquals(Set.of("kit_quadratic"), tried(quick, further));
    assertEquals(
        Set.of("kit_square", "kit_quadratic"),
        tried(quick, sampled("kit_square", x -> x.mul(x)), further));
    assertEquals(Set.of("kit_square", "kit_quadratic"), tried(RULES, first, further));
  }
}
