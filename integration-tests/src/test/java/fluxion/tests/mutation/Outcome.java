package fluxion.tests.mutation;

import java.util.List;
import java.util.Optional;

/**
 * What became of a mutant.
 *
 * @param module the module of its operator
 * @param mutant the mutant
 * @param killed whether a trial noticed it
 * @param reached whether any trial comes by its formula
 * @param entry what the ledger says of it, if it was not noticed
 */
record Outcome(
    String module, Mutant mutant, boolean killed, boolean reached, Optional<Ledger.Entry> entry) {
  /** Tries a mutant. */
  static Outcome of(String module, Mutant mutant, Judge judge, Ledger ledger) {
    boolean killed = judge.kills(mutant);
    return new Outcome(
        module,
        mutant,
        killed,
        !judge.trials(mutant).isEmpty(),
        killed ? Optional.empty() : ledger.about(mutant.toString()));
  }

  /** Whether the ledger gives a reason of a kind. */
  boolean is(Ledger.Kind kind) {
    return entry.filter(e -> e.kind() == kind).isPresent();
  }

  /** Whether it counts: it can be reached and computes something else. */
  boolean counts() {
    return !is(Ledger.Kind.EQUIVALENT) && !is(Ledger.Kind.UNREACHABLE);
  }

  /** The mutants that were not noticed, and of which the ledger says nothing or nothing true. */
  static List<String> unexplained(List<Outcome> outcomes) {
    return outcomes.stream()
        .filter(o -> !o.killed())
        .filter(o -> o.entry().isEmpty() || o.is(Ledger.Kind.UNREACHABLE) == o.reached())
        .map(o -> o.mutant() + ": " + o.mutant().formula() + " became " + o.mutant().changed())
        .toList();
  }
}
