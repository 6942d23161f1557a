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
 * The kit's rules on the first device. A quick choice of them for each build, more with {@code
 * -Pfull}. Those about each operator compile many thousand kernels and are left to {@code ./fluxion
 * conformance --backend gpu}.
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
  class AllMemory extends Rules {
    AllMemory() {
      super("B-1*");
    }
  }

  @Nested
  @Tag("full")
  class AllKernels extends Rules {
    AllKernels() {
      super("B-2*");
    }
  }

  @Nested
  @Tag("full")
  class AllBounds extends Rules {
    AllBounds() {
      super("B-3*");
    }
  }

  @Nested
  @Tag("full")
  class AllReductions extends Rules {
    AllReductions() {
      super("B-4*");
    }
  }

  @Nested
  @Tag("full")
  class AllIndexing extends Rules {
    AllIndexing() {
      super("B-6*");
    }
  }

  @Nested
  @Tag("full")
  class AllThreads extends Rules {
    AllThreads() {
      super("B-70*");
    }
  }

  @Nested
  @Tag("full")
  class Moves extends Rules {
    Moves() {
      super("B-803");
    }
  }

  @Nested
  @Tag("full")
  class Training extends Rules {
    Training() {
      super("B-812");
    }
  }
}
