package fluxion.conformance.cli;

import fluxion.conformance.Verdict;
import fluxion.conformance.report.Judged;
import fluxion.conformance.report.Outcome;
import fluxion.conformance.suite.Specification;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.BiFunction;

/**
 * Watches over workers: takes what they tell, notes a failure when one dies, and starts the next
 * one behind the check at which it died, until all is judged or a plugin has used up its chances.
 */
final class Supervisor {
  /** After so many deaths at one rule for one subject the rest of its cases is not run. */
  private static final int DEATHS_AT_A_RULE = 2;

  /** After so many deaths in one unit the rest of its checks is not run. */
  private static final int DEATHS_IN_A_UNIT = 12;

  private final Options options;
  private final BiFunction<Integer, Integer, WorkerProcess> starter;
  private final Progress progress;
  private final Specification specification = Specification.load();
  private final List<Outcome> outcomes = new ArrayList<>();
  private final List<Judged> plugins = new ArrayList<>();

  private List<String> units = List.of();
  private List<Event.Named> checks = List.of();
  private int unit;
  private int check;
  private Stage stage = Stage.STARTING;
  private Duration limit = Duration.ZERO;
  private long inputs;
  private int deathsInUnit;
  private int deathsAtRule;

  /**
   * Makes a supervisor.
   *
   * @param options what is asked for
   * @param starter starts a worker at a unit and a check in it
   * @param progress is told how far the run is
   */
  Supervisor(
      Options options, BiFunction<Integer, Integer, WorkerProcess> starter, Progress progress) {
    this.options = options;
    this.starter = starter;
    this.progress = progress;
  }

  /** What came of each check. */
  List<Outcome> outcomes() {
    return outcomes;
  }

  /** What was judged. */
  List<Judged> plugins() {
    return plugins;
  }

  /**
   * Runs all checks.
   *
   * @throws UsageException if a worker finds that what is asked for is not there
   */
  void run() {
    boolean more = true;
    while (more) {
      stage = Stage.STARTING;
      try (WorkerProcess worker = starter.apply(unit, check)) {
        more = follow(worker);
      }
    }
  }

  /** Follows one worker to its end; says whether another one is needed. */
  private boolean follow(WorkerProcess worker) {
    try {
      while (true) {
        Event event = worker.next(Patience.silence(options, stage, limit));
        switch (event) {
          case Event.Found found -> units = found.names();
          case Event.Listing _ -> stage = Stage.LISTING;
          case Event.Listed listed -> listed(listed);
          case Event.Unlisted unlisted -> {
            noteUnit(units.get(unit), unlisted.reason());
            nextUnit();
          }
          case Event.Begun begun -> {
            worker.forgetOutput();
            stage = Stage.CHECKING;
            limit = begun.limit();
            inputs = 0;
          }
          case Event.Trying trying -> {
            inputs = trying.inputs();
            progress.trying(trying.inputs(), trying.percent());
          }
          case Event.Ended ended -> ended(ended);
          case Event.Described described -> plugins.add(described.plugin());
          case Event.Closed _ -> nextUnit();
          case Event.Replace _ -> {
            return unit < units.size();
          }
          case Event.Refused refused -> throw new UsageException(refused.reason());
          case Event.Done _ -> {
            return false;
          }
        }
      }
    } catch (WorkerProcess.Died death) {
      return died(String.valueOf(death.getMessage()));
    }
  }

  private void listed(Event.Listed listed) {
    checks = listed.checks();
    stage = Stage.BETWEEN;
    progress.unit(units.get(unit), unit + 1, units.size(), checks.size(), check);
  }

  private void ended(Event.Ended ended) {
    stage = Stage.BETWEEN;
    Event.Named named = checks.get(check);
    note(
        new Outcome(
            OwnRules.rule(specification, named.rule()),
            named.subject(),
            named.name(),
            ended.verdict(),
            ended.took(),
            ended.errors(),
            ended.reproducer()));
    next();
  }

  private void note(Outcome outcome) {
    outcomes.add(outcome);
    progress.outcome(outcome);
  }

  private void note(Event.Named named, Verdict verdict) {
    note(
        Outcome.of(
            OwnRules.rule(specification, named.rule()), named.subject(), named.name(), verdict));
  }

  private void noteUnit(String name, String reason) {
    note(Outcome.of(OwnRules.LOADED, name, "it lists what it offers", Verdict.fail(reason)));
  }

  private void next() {
    if (check + 1 == checks.size() || !sameRule(check, check + 1)) {
      deathsAtRule = 0;
    }
    check++;
  }

  private boolean sameRule(int one, int other) {
    Event.Named a = checks.get(one);
    Event.Named b = checks.get(other);
    return a.rule().equals(b.rule()) && a.subject().equals(b.subject());
  }

  private void nextUnit() {
    unit++;
    check = 0;
    checks = List.of();
    deathsInUnit = 0;
    deathsAtRule = 0;
  }

  /** Notes why a worker died; says whether there is something left for another one. */
  private boolean died(String reason) {
    if (units.isEmpty()) {
      noteUnit("all plugins", "while plugins were looked for, " + reason);
      return false;
    }
    if (stage == Stage.STARTING || stage == Stage.LISTING) {
      noteUnit(units.get(unit), "while its checks were listed, " + reason);
      nextUnit();
    } else if (check == checks.size()) {
      // it was asked what it is, after all its checks
      noteUnit(units.get(unit), "while it was asked to describe itself, " + reason);
      nextUnit();
    } else {
      diedAtCheck(reason);
    }
    return unit < units.size();
  }

  private void diedAtCheck(String reason) {
    String when = stage == Stage.CHECKING ? afterInputs() : "before it began, ";
    Event.Named named = checks.get(check);
    note(named, options.settings().judge(named.id(), Verdict.fail(when + reason)));
    deathsInUnit++;
    deathsAtRule++;
    boolean tired = deathsAtRule >= DEATHS_AT_A_RULE;
    next();
    if (deathsInUnit >= DEATHS_IN_A_UNIT) {
      skip(checks.size(), "the plugin ended the JVM " + deathsInUnit + " times before");
      nextUnit();
    } else if (tired) {
      int end = check;
      while (end < checks.size() && sameRule(check - 1, end)) {
        end++;
      }
      skip(end, "earlier cases of this rule ended the JVM " + DEATHS_AT_A_RULE + " times");
    }
  }

  /** In the words of a sentence's begin, how far a check was that tries many inputs. */
  private String afterInputs() {
    return inputs == 0
        ? ""
        : String.format(
            Locale.ROOT,
            "after about %,d inputs from the seed %d, ",
            inputs,
            options.settings().seed());
  }

  private void skip(int end, String reason) {
    while (check < end) {
      note(checks.get(check), Verdict.notRun(reason));
      next();
    }
  }
}
