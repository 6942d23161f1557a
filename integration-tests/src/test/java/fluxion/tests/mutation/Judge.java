package fluxion.tests.mutation;

import fluxion.api.DType;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Tries mutants on the trials that come by the changed formula. */
final class Judge {
  private record Use(Subject subject, Target target, DType dtype) {}

  private final Map<Use, Set<Trial>> uses = new HashMap<>();

  /**
   * Runs every trial once and notes which formulas it comes by; those that fail as things are do
   * not count.
   */
  Judge(List<Subject> subjects, List<Trial> trials) {
    Set<Use> noted = new LinkedHashSet<>();
    for (Trial trial : trials) {
      noted.clear();
      for (Subject subject : subjects) {
        subject.become(
            (target, dtype, formula) -> {
              noted.add(new Use(subject, target, dtype));
              return formula;
            });
      }
      if (trial.passes()) {
        noted.forEach(use -> uses.computeIfAbsent(use, u -> new LinkedHashSet<>()).add(trial));
      }
    }
    subjects.forEach(Subject::restore);
  }

  /** The trials that come by a mutant's formula. */
  List<Trial> trials(Mutant mutant) {
    Set<Trial> found = new LinkedHashSet<>();
    for (DType dtype : mutant.dtypes()) {
      found.addAll(uses.getOrDefault(new Use(mutant.subject(), mutant.target(), dtype), Set.of()));
    }
    return List.copyOf(found);
  }

  /** Whether a trial notices a mutant. */
  boolean kills(Mutant mutant) {
    mutant.install();
    try {
      return trials(mutant).stream().anyMatch(trial -> !trial.passes());
    } finally {
      mutant.subject().restore();
    }
  }
}
