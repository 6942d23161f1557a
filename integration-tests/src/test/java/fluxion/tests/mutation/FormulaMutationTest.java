package fluxion.tests.mutation;

import fluxion.conformance.GoldenCase;
import fluxion.engine.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** Wrong formulas are noticed. */
final class FormulaMutationTest {
  @Test
  void trial() {
    long t0 = System.nanoTime();
    List<Subject> subjects = new ArrayList<>();
    List<Trial> trials =
        new ArrayList<>(
            Trials.recorded(EnumSet.of(GoldenCase.Kind.VALUES, GoldenCase.Kind.SECOND_ORDER)));
    trials.addAll(SpecialValues.all());
    trials.addAll(Kinks.all());
    for (FunctionProvider provider : ServiceLoader.load(FunctionProvider.class)) {
      String module = provider.getClass().getModule().getName();
      if (module.startsWith("fluxion.ops")) {
        subjects.addAll(Subjects.of(provider));
        trials.addAll(Trials.derivatives(provider));
      }
    }
    System.out.println(subjects.size() + " subjects " + trials.size() + " trials");
    Judge judge = new Judge(subjects, trials);
    System.out.println(judge.trials() + " pass; s: " + (System.nanoTime() - t0) / 1e9);
    int n = 0;
    int killed = 0;
    for (Subject subject : subjects) {
      long t1 = System.nanoTime();
      List<Mutant> mutants = Mutant.of(subject);
      int k = 0;
      for (Mutant m : mutants) {
        if (judge.kills(m)) {
          k++;
        } else {
          System.out.println(
              "SURVIVED "
                  + m
                  + " ["
                  + judge.trials(m).size()
                  + "]: "
                  + m.formula()
                  + " -> "
                  + m.changed());
        }
      }
      n += mutants.size();
      killed += k;
      System.out.println(
          subject + " " + k + "/" + mutants.size() + " s: " + (System.nanoTime() - t1) / 1e9);
    }
    System.out.println(killed + "/" + n + " s: " + (System.nanoTime() - t0) / 1e9);
  }
}
