package fluxion.tests.mutation;

import fluxion.api.Ops;
import fluxion.api.Tensor;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.GoldenData;
import fluxion.conformance.GradCheck;
import fluxion.conformance.TensorFunction;
import fluxion.conformance.Verdict;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.tests.support.SampleTensors;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What judges a formula: none of it knows the formula. */
final class Trials {
  private Trials() {}

  /** PyTorch's recorded values, gradients and gradients of gradients that are met. */
  static List<Trial> recorded(Set<GoldenCase.Kind> kinds) {
    List<Trial> trials = new ArrayList<>();
    for (GoldenCase one : GoldenData.builtIn()) {
      if (kinds.contains(one.kind())) {
        trials.add(
            new Trial(
                one.kind() + " " + one.id(),
                () -> {
                  Verdict verdict = one.run();
                  if (verdict.kind() != Verdict.Kind.PASS) {
                    throw new AssertionError(verdict);
                  }
                }));
      }
    }
    return trials;
  }

  /** First and second derivatives against finite differences, on the samples of the operators. */
  static List<Trial> derivatives(FunctionProvider provider) {
    List<Trial> trials = new ArrayList<>();
    provider.operators().forEach(operator -> trials.addAll(derivatives(operator)));
    return trials;
  }

  /** The same of one operator; none if it has no derivatives, or works in place. */
  static List<Trial> derivatives(Operator operator) {
    List<Trial> trials = new ArrayList<>();
    if (operator.isDifferentiable() && !operator.name().endsWith("_")) {
      int count = operator.samples(new SampleTensors()).size();
      for (int i = 0; i < count; i++) {
        int sample = i;
        String name = operator.name() + ", sample " + i;
        trials.add(new Trial("gradient of " + name, () -> check(operator, sample, false)));
        trials.add(new Trial("second derivative of " + name, () -> check(operator, sample, true)));
      }
    }
    return trials;
  }

  private static void check(Operator operator, int sample, boolean second) {
    List<? extends @Nullable Object> arguments =
        operator.samples(new SampleTensors()).get(sample).arguments();
    List<Tensor> inputs = new ArrayList<>();
    for (Object argument : arguments) {
      inputs.addAll(tensors(argument));
    }
    if (inputs.stream().noneMatch(Tensor::requiresGrad)) {
      return;
    }
    GradCheck check = GradCheck.DEFAULT.withName(operator.name());
    TensorFunction function =
        given -> Ops.callAll(operator.name(), with(arguments, given), Map.of());
    if (second) {
      check.checkSecond(function, inputs);
    } else {
      check.check(function, inputs);
    }
  }

  private static List<Tensor> tensors(@Nullable Object argument) {
    return switch (argument) {
      case Tensor tensor -> List.of(tensor);
      case Tensor[] all -> List.of(all);
      case List<?> all when all.stream().allMatch(Tensor.class::isInstance) ->
          all.stream().map(Tensor.class::cast).toList();
      case null, default -> List.of();
    };
  }

  private static List<@Nullable Object> with(
      List<? extends @Nullable Object> arguments, List<Tensor> given) {
    Iterator<Tensor> next = given.iterator();
    List<@Nullable Object> changed = new ArrayList<>();
    for (Object argument : arguments) {
      List<Tensor> here = tensors(argument);
      if (argument instanceof Tensor) {
        changed.add(next.next());
      } else if (here.isEmpty()) {
        changed.add(argument);
      } else {
        changed.add(here.stream().map(t -> next.next()).toList());
      }
    }
    return changed;
  }
}
