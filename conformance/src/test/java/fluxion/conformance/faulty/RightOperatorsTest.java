package fluxion.conformance.faulty;

import static org.junit.jupiter.api.Assertions.assertEquals;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The right twins of wrong operators pass all rules: it is the mistake that is caught. */
final class RightOperatorsTest {
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
}
