package fluxion.backend.gpu;

import fluxion.conformance.BackendConformance;
import fluxion.conformance.Profile;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Settings.Effort;
import fluxion.engine.spi.BackendProvider;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.TestFactory;

/** Some of the kit's rules on the first device, with all of their cases or with some. */
abstract class DeviceRules implements BackendConformance {
  private final String rules;
  private final Pattern cases;

  DeviceRules(String rules) {
    this(rules, ".*");
  }

  /**
   * Chooses.
   *
   * @param rules the rules, as a glob
   * @param cases the cases, a regular expression of which each one's name has a part
   */
  DeviceRules(String rules, String cases) {
    this.rules = rules;
    this.cases = Pattern.compile(cases);
  }

  @Override
  public BackendProvider provider() {
    return OpenCl.provider();
  }

  @Override
  public Settings settings() {
    return new Settings(Profile.BASIC, Effort.QUICK, 0, rules, Duration.ofMinutes(10), Map.of());
  }

  @Override
  @TestFactory
  public Stream<DynamicNode> rules() {
    List<DynamicNode> chosen = new ArrayList<>();
    BackendConformance.super
        .rules()
        .map(DynamicContainer.class::cast)
        .forEach(
            rule -> {
              List<DynamicNode> some = new ArrayList<>();
              rule.getChildren()
                  .filter(test -> cases.matcher(test.getDisplayName()).find())
                  .forEach(some::add);
              if (!some.isEmpty()) {
                chosen.add(DynamicContainer.dynamicContainer(rule.getDisplayName(), some));
              }
            });
    if (chosen.isEmpty()) {
      throw new IllegalStateException("no rule " + rules + " has a case " + cases);
    }
    return chosen.stream();
  }
}
