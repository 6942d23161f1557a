package fluxion.tests.mutation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import fluxion.conformance.GoldenCase;
import fluxion.engine.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Wrong formulas are noticed: every formula and every stated gradient of the operators is changed,
 * one change at a time, and recorded cases, derivative checks or special values have to fail.
 */
final class FormulaMutationTest {
  private static final double REQUIRED = 0.9;

  @TestFactory
  Stream<DynamicTest> special_values_and_gradients_at_kinks_are_the_expected_ones() {
    return Stream.concat(SpecialValues.all().stream(), Kinks.all().stream())
        .map(trial -> dynamicTest(trial.name(), () -> trial.body().run()));
  }

  @Test
  void changed_clamps_are_noticed_by_special_values_and_kinks_alone() {
    List<Subject> clamps =
        subjects().get("fluxion.ops.basic").stream()
            .filter(subject -> subject.name().startsWith("Extremes.CLAMP_M"))
            .toList();
    assertEquals(4, clamps.size());
    List<Trial> trials = new ArrayList<>(SpecialValues.all());
    trials.addAll(Kinks.all());
    Judge judge = new Judge(clamps, trials);
    for (Subject subject : clamps) {
      List<Mutant> mutants = Mutant.of(subject);
      assertTrue(mutants.size() > 10, () -> subject + " has few mutants: " + mutants);
      assertTrue(
          mutants.stream().anyMatch(judge::kills), () -> "nothing notices a wrong " + subject);
    }
    trials.forEach(trial -> assertTrue(trial.passes(), () -> trial + " fails afterwards"));
  }

  @Test
  @Tag("full")
  void nine_of_ten_changed_formulas_are_noticed_and_the_others_explained() {
    List<Trial> trials =
        new ArrayList<>(
            Trials.recorded(EnumSet.of(GoldenCase.Kind.VALUES, GoldenCase.Kind.SECOND_ORDER)));
    trials.addAll(SpecialValues.all());
    trials.addAll(Kinks.all());
    trials.addAll(OwnTests.all());
    providers().forEach(provider -> trials.addAll(Trials.derivatives(provider)));
    Map<String, List<Subject>> subjects = subjects();
    Judge judge = new Judge(subjects.values().stream().flatMap(List::stream).toList(), trials);
    Ledger ledger = Ledger.read();
    List<Outcome> outcomes = new ArrayList<>();
    subjects.forEach(
        (module, functions) -> {
          for (Subject function : functions) {
            for (Mutant mutant : Mutant.of(function)) {
              outcomes.add(Outcome.of(module, mutant, judge, ledger));
            }
          }
        });
    assertEquals(List.of(), Outcome.unexplained(outcomes), "not noticed, and no reason is given");
    Set<Ledger.Entry> stale = new LinkedHashSet<>(ledger.entries());
    outcomes.forEach(outcome -> outcome.entry().ifPresent(stale::remove));
    assertEquals(Set.of(), stale, "all of these mutants are noticed: strike them off");
    long counted = outcomes.stream().filter(Outcome::counts).count();
    long killed = outcomes.stream().filter(Outcome::killed).count();
    assertTrue(
        killed >= REQUIRED * counted, () -> "only " + killed + " of " + counted + " are noticed");
    Page.check(outcomes, ledger);
  }

  private static List<FunctionProvider> providers() {
    return ServiceLoader.load(FunctionProvider.class).stream()
        .map(ServiceLoader.Provider::get)
        .filter(p -> p.getClass().getModule().getName().startsWith("fluxion.ops."))
        .toList();
  }

  private static Map<String, List<Subject>> subjects() {
    Map<String, List<Subject>> subjects = new LinkedHashMap<>();
    for (FunctionProvider provider : providers()) {
      subjects.put(provider.getClass().getModule().getName(), Subjects.of(provider));
    }
    return subjects;
  }
}
