package fluxion.tests.golden;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The operators give what PyTorch gave. */
final class GoldenTest {
  private static final List<GoldenCase> CASES = GoldenData.builtIn();

  /** Indexing by tensors and lists, which is not there yet. */
  private static final Set<String> NOT_YET =
      Set.of(
          "VALUES __getitem__.001",
          "VALUES __getitem__.002",
          "VALUES __getitem__.006",
          "VALUES __getitem__.008",
          "VALUES __getitem__.017",
          "SECOND_ORDER __getitem__.006",
          "ERROR err.227");

  /**
   * Gradients at NaN that follow no rule: the vector loop of PyTorch's backward kernel gives
   * another one than the loop over what is left at the end.
   */
  private static final Set<String> WITHOUT_RULE =
      Set.of("F.hardtanh.028", "F.relu6.021", "F.selu.017");

  private static final Set<String> OPERATORS =
      Set.of(
          """
          add sub mul div true_divide rsub pow exp log sigmoid sin cos sqrt neg reciprocal
          nn.functional.relu eq ne lt le gt ge sum mean norm all argmax
          matmul mm mv dot bmm addmm nn.functional.linear
          view reshape transpose permute expand select squeeze unsqueeze __getitem__ unbind split
          stack log_softmax softmax nn.functional.nll_loss nn.functional.cross_entropy
          nn.functional.binary_cross_entropy_with_logits
          abs acos acosh amax amin aminmax any argmin asin asinh atan atan2 atanh bitwise_and
          bitwise_not bitwise_or bitwise_xor cat ceil chunk clamp clamp_max clamp_min cosh dstack
          erf erfc erfinv exp2 expm1 flatten floor floor_divide fmod frac gather hstack hypot
          index_select isfinite isinf isnan log10 log1p log2 logical_and logical_not logical_or
          logical_xor masked_fill max maximum min minimum movedim narrow nn.functional.celu
          nn.functional.elu nn.functional.gelu nn.functional.hardshrink nn.functional.hardswish
          nn.functional.hardtanh nn.functional.huber_loss nn.functional.l1_loss
          nn.functional.leaky_relu nn.functional.logsigmoid nn.functional.mish
          nn.functional.mse_loss nn.functional.relu6 nn.functional.selu nn.functional.silu
          nn.functional.smooth_l1_loss nn.functional.softplus nn.functional.softshrink
          nn.functional.tanhshrink nn.functional.threshold prod remainder round rsqrt sign sinh split_with_sizes square std std_mean swapaxes take_along_dim tan
          tanh trunc var var_mean vstack where
          """
              .strip()
              .split("\\s+"));

  @TestFactory
  Stream<DynamicNode> results_gradients_and_float32_results_are_those_of_PyTorch() {
    return tests(GoldenCase.Kind.VALUES);
  }

  @TestFactory
  Stream<DynamicNode> second_derivatives_are_those_of_PyTorch() {
    return tests(GoldenCase.Kind.SECOND_ORDER);
  }

  @TestFactory
  Stream<DynamicNode> wrong_calls_have_the_messages_of_PyTorch() {
    return tests(GoldenCase.Kind.ERROR);
  }

  private static Stream<DynamicNode> tests(GoldenCase.Kind kind) {
    Map<String, List<DynamicNode>> byOperator = new LinkedHashMap<>();
    for (GoldenCase one : CASES) {
      if (one.kind() == kind) {
        byOperator
            .computeIfAbsent(one.operator(), operator -> new ArrayList<>())
            .add(dynamicTest(one.id(), () -> run(one)));
      }
    }
    return byOperator.entrySet().stream().map(e -> dynamicContainer(e.getKey(), e.getValue()));
  }

  private static void run(GoldenCase one) {
    Verdict verdict = one.run();
    boolean known = NOT_YET.contains(one.kind() + " " + one.id());
    boolean withoutRule = WITHOUT_RULE.contains(one.id());
    switch (verdict.kind()) {
      case FAIL -> {
        if (!withoutRule) {
          fail(one + ": " + verdict.reason());
        }
        Assumptions.abort(verdict.reason());
      }
      case UNSUPPORTED, NOT_RUN, EXPECTED_FAILURE -> {
        if (!known) {
          fail(one + " was not run: " + verdict.reason());
        }
        Assumptions.abort(verdict.reason());
      }
      case PASS -> {
        if (known || withoutRule) {
          fail(one + " passes: strike it off the list of what is not there yet");
        }
      }
    }
  }

  @Test
  void no_case_is_lost() {
    Map<GoldenCase.Kind, Integer> counts = new EnumMap<>(GoldenCase.Kind.class);
    CASES.forEach(one -> counts.merge(one.kind(), 1, Integer::sum));
    assertEquals(
        Map.of(
            GoldenCase.Kind.VALUES, 1697,
            GoldenCase.Kind.SECOND_ORDER, 327,
            GoldenCase.Kind.ERROR, 98),
        counts);
  }

  @Test
  void every_operator_has_cases() {
    Set<String> covered =
        CASES.stream()
            .filter(one -> one.kind() == GoldenCase.Kind.VALUES)
            .map(GoldenCase::operator)
            .collect(Collectors.toCollection(TreeSet::new));
    assertEquals(new TreeSet<>(OPERATORS), covered);
  }
}
