package fluxion.tests.mutation;

import static fluxion.api.Tensors.tensor;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.Autograd;
import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.Verdict;
import fluxion.conformance.reference.ReferenceBackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.Registration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceLoader;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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

  @ParameterizedTest
  @ValueSource(strings = {"softmax", "log_softmax"})
  void a_softmax_is_put_together_where_the_device_has_none(String operator) {
    try (Registration registration = Registration.of(new ReferenceBackendProvider())) {
      assertEquals("", registration.refusal());
      for (GoldenCase one : CASES.get(operator)) {
        Verdict verdict = one.run(ReferenceBackendProvider.DEVICE);
        if (verdict.kind() != Verdict.Kind.NOT_RUN) {
          assertEquals(Verdict.PASS, verdict, one::id);
        }
      }
    }
  }

  @Test
  void special_values_and_gradients_at_kinks_are_the_expected_ones() {
    SpecialValues.all().forEach(trial -> trial.body().run());
    Kinks.all().forEach(trial -> trial.body().run());
  }

  @Test
  void the_gradients_of_losses_and_softmax_can_be_differentiated_and_are_named() {
    Tensor x = tensor(0.5, -1, 2, 1, 0, 0.25).reshape(2, 3).detach().requiresGrad_();
    for (String operator : List.of("softmax", "log_softmax")) {
      Tensor y = Ops.call(operator, x, 1L);
      Tensor g = Autograd.grad(y.mul(y).sum(), x, true);
      assertEquals(
          operator.equals("softmax")
              ? "SoftmaxBackwardDataBackward0"
              : "LogSoftmaxBackwardDataBackward0",
          Objects.requireNonNull(g.gradFn()).name());
    }
  }

  @Test
  void the_gradient_of_a_negative_log_likelihood_is_linear_in_cotangent_and_weights() {
    Tensor x = tensor(0.5, -1, 2, 1, 0, 0.25).reshape(2, 3).detach().requiresGrad_();
    Tensor cotangent = tensor(3.0).requiresGrad_();
    Tensor weights = tensor(1.0, 2, 3, 4, 5, 6).reshape(2, 3).detach().requiresGrad_();
    Tensor loss = Ops.call("nll_loss", x, tensor(2L, 0L));
    Tensor g =
        Objects.requireNonNull(
            Autograd.grad(List.of(loss), List.of(x), List.of(cotangent), true, true, false).get(0));
    assertEquals("NllLossBackwardBackward0", Objects.requireNonNull(g.gradFn()).name());
    Tensor picked = Autograd.grad(g.mul(weights).sum(), cotangent, true);
    // the mean over two samples of the weights of classes 2 and 0, negated
    assertEquals(-(3 + 4) / 2.0, picked.item());
    assertArrayEquals(
        new double[] {0, 0, -0.5, -0.5, 0, 0}, Autograd.grad(picked, weights).toDoubleArray());
  }
}
