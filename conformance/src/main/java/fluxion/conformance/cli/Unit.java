package fluxion.conformance.cli;

import fluxion.conformance.report.Judged;
import fluxion.conformance.suite.Check;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** One thing that is judged: a provider, or a folder of recorded cases. */
interface Unit {
  /** Its name, which is known before any of its code has run. */
  String name();

  /** Its checks, always the same in the same order; what fails here is the plugin's fault. */
  List<Check> checks();

  /**
   * How long one of its checks may take.
   *
   * @param usual how long a check may take as a rule
   */
  default Duration limit(Duration usual) {
    return usual;
  }

  /** What it says of itself, if it is a plugin. */
  Optional<Judged> judged();
}
