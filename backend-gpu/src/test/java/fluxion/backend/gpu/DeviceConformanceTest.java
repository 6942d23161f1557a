package fluxion.backend.gpu;

import fluxion.conformance.BackendConformance;
import fluxion.conformance.Profile;
import fluxion.conformance.suite.Settings;
import fluxion.conformance.suite.Settings.Effort;
import fluxion.engine.spi.BackendProvider;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The kit's rules on the first device. A quick choice of them for each build; all of them, which
 * compile some thousand kernels, with {@code -Pfull}.
 */
class DeviceConformanceTest {
  /** Some rules. */
  abstract static class Rules implements BackendConformance {
    private final String rules;

    Rules(String rules) {
      this.rules = rules;
    }

    @Override
    public BackendProvider provider() {
      return OpenCl.provider();
    }

    @Override
    public Settings settings() {
      return new Settings(Profile.BASIC, Effort.QUICK, 0, rules, Duration.ofMinutes(5), Map.of());
    }
  }

  @Nested
  class Memory extends Rules {
    Memory() {
      super("B-10*");
    }
  }

  @Nested
  class Compacting extends Rules {
    Compacting() {
      super("B-63*");
    }
  }

  @Nested
  class Matrices extends Rules {
    Matrices() {
      super("B-50?");
    }
  }

  @Nested
  class Failures extends Rules {
    Failures() {
      super("B-71*");
    }
  }

  @Nested
  class Life extends Rules {
    Life() {
      super("B-72*");
    }
  }

  @Nested
  class Errors extends Rules {
    Errors() {
      super("B-73*");
    }
  }

  @Nested
  @Tag("full")
  class Everything extends Rules {
    Everything() {
      super("B-*");
    }
  }
}
