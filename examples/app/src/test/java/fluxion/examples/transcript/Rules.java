package fluxion.examples.transcript;

import java.util.ArrayList;
import java.util.List;

/** The rules of autograd, one for each snippet of the transcript's section about them, in order. */
final class Rules {
  /**
   * A rule.
   *
   * @param sentence what it says; for one that is left out, why
   * @param body a snippet of Java that shows it, or null if it is left out
   */
  record Rule(String sentence, Runnable body) {}

  private final List<Rule> rules = new ArrayList<>();

  /** Adds the next rule, and the snippet of Java that shows it. */
  void rule(String sentence, Runnable body) {
    rules.add(new Rule(sentence, body));
  }

  /** Leaves the next snippet out, and says why. */
  void leftOut(String reason) {
    rules.add(new Rule(reason, null));
  }

  List<Rule> all() {
    return List.copyOf(rules);
  }
}
