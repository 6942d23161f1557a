package fluxion.conformance.cli;

import fluxion.conformance.suite.Settings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a report says of the machine and of how the run was asked for. */
final class Environment {
  private Environment() {}

  /** The facts, by the names that they have in {@code claim.json}. */
  static Map<String, Object> of(Options options) {
    Settings settings = options.settings();
    Map<String, Object> facts = new LinkedHashMap<>();
    facts.put("kit", version());
    facts.put("profile", settings.profile().name().toLowerCase(Locale.ROOT));
    facts.put("effort", settings.effort().name().toLowerCase(Locale.ROOT));
    facts.put("seed", settings.seed());
    facts.put("rule", options.wantsRules() ? settings.rules() : "");
    facts.put("golden", options.golden().isPresent());
    facts.put("fuzz_minutes", options.fuzz().map(Duration::toMinutes).orElse(0L));
    facts.put("jvm", property("java.vm.name") + " " + property("java.runtime.version"));
    facts.put("os", property("os.name") + " " + property("os.version") + " " + property("os.arch"));
    facts.put("processors", Runtime.getRuntime().availableProcessors());
    facts.put("heap_mb", options.heap());
    facts.put("limit_s", settings.limit().toSeconds());
    facts.put("time", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    return facts;
  }

  /** In words, what keeps the run from being a whole one. */
  static List<String> limits(Options options) {
    Settings settings = options.settings();
    List<String> limits = new ArrayList<>();
    if (!options.wantsRules()) {
      limits.add("only " + instead(options) + ", no rules");
    } else if (!settings.rules().equals("*")) {
      limits.add("only rules " + settings.rules());
    }
    if (settings.isQuick()) {
      limits.add("quick effort");
    }
    return limits;
  }

  private static String instead(Options options) {
    String golden = options.golden().isPresent() ? "recorded cases" : "";
    String fuzz = options.fuzz().isPresent() ? "fuzzing" : "";
    return golden + (golden.isEmpty() || fuzz.isEmpty() ? "" : " and ") + fuzz;
  }

  private static String version() {
    return Environment.class.getModule().getDescriptor().rawVersion().orElse("unversioned");
  }

  private static String property(String name) {
    return System.getProperty(name, "");
  }
}
