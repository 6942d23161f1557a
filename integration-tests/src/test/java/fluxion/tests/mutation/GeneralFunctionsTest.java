package fluxion.tests.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operators that are no formulas, each for itself: the recorded cases that pass, and
 * derivatives. {@code build/Pit.java} has PIT run it, once for every mutant of a function.
 */
@Tag("full")
final class GeneralFunctionsTest {
  private static final Map<String, List<GoldenCase>> CASES =
      GoldenData.builtIn().stream().collect(Collectors.groupingBy(one -> name(one.operator())));

  private static String name(String operator) {
    return operator.substring(operator.lastIndexOf('.') + 1);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sum",
        "mean",
        "prod",
        "norm",
        "var",
        "std",
        "var_mean",
        "amax",
        "amin",
        "aminmax",
        "max",
        "min",
        "cat",
        "stack",
        "hstack",
        "gather",
        "index_select",
        "take_along_dim",
        "matmul",
        "mm",
        "mv",
        "dot",
        "bmm",
        "addmm",
        "linear",
        "softmax",
        "log_softmax",
        "nll_loss",
        "cross_entropy",
        "binary_cross_entropy_with_logits",
        "mse_loss",
        "l1_loss",
        "smooth_l1_loss",
        "huber_loss",
        "view",
        "reshape",
        "flatten",
        "transpose",
        "permute",
        "expand",
        "select",
        "squeeze",
        "unsqueeze",
        "narrow",
        "split",
        "unbind",
        "chunk",
        "movedim",
        "__getitem__"
      })
  void an_operator_passes_its_recorded_cases_and_its_derivatives_are_right(String operator) {
    for (GoldenCase one : CASES.getOrDefault(operator, List.of())) {
      Verdict verdict = one.run();
      if (verdict.kind() != Verdict.Kind.NOT_RUN) {
        assertEquals(Verdict.PASS, verdict, one::id);
      }
    }
    for (FunctionProvider provider : ServiceLoader.load(FunctionProvider.class)) {
      for (Operator each : provider.operators()) {
        if (each.name().equals(operator)) {
          Trials.derivatives(each).forEach(trial -> trial.body().run());
        }
      }
    }
  }
}
