package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Tensor;
import fluxion.conformance.Suites;
import fluxion.conformance.Verdict;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Runner;
import fluxion.conformance.suite.Settings;
import fluxion.engine.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong operator is caught by the rule that it names; right ones pass all of them. */
final class FunctionFaultsTest {
  private static final Settings QUICK =
      Settings.DEFAULT.withEffort(Settings.Effort.QUICK).withRules("F-*");

  private static List<String> failures(List<Check> checks) {
    Runner runner = new Runner(QUICK);
    List<String> failed = new ArrayList<>();
    for (Check check : checks) {
      Verdict verdict = runner.run(check).verdict();
      if (verdict.kind() == Verdict.Kind.FAIL) {
        failed.add(check.id() + " -> " + verdict.reason());
      }
    }
    return failed;
  }

  static List<Fault> faults() {
    return FunctionFaults.all();
  }

  @ParameterizedTest
  @MethodSource("faults")
  void a_wrong_operator_is_caught_by_its_rule(Fault fault) {
    List<String> failed = failures(fault.checks(QUICK));
    assertFalse(failed.isEmpty(), fault.rule() + " lets " + fault.name() + " pass");
    assertTrue(
        failed.stream().anyMatch(reason -> reason.contains(fault.clue())),
        () -> "'" + fault.clue() + "' is not in " + failed);
  }

  static Stream<FunctionProvider> right() {
    return Stream.of(
        WrongOperators.square((x, g) -> g.mul(x).mul(2)),
        WrongOperators.twice((x, g) -> g.mul(2)),
        WrongOperators.squareTimes(
            (ctx, g) ->
                new Tensor[] {
                  g.mul(ctx.input(0)).mul(ctx.input(1)).mul(2),
                  g.mul(ctx.input(0)).mul(ctx.input(0))
                }),
        MemoryFaults.right());
  }

  @ParameterizedTest
  @MethodSource("right")
  void the_right_twin_of_a_wrong_operator_passes_every_rule(FunctionProvider provider) {
    assertEquals(List.of(), failures(Suites.of(provider, QUICK)));
  }

  @Test
  void there_are_more_than_thirty_and_their_names_differ() {
    List<String> names = faults().stream().map(Fault::name).toList();
    assertTrue(names.size() > 30);
    assertEquals(names.size(), names.stream().distinct().count());
  }
}
