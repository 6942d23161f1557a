package fluxion.backend.gpu;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The kit's rules about primitives on the first device: a quick choice of them for each build, all
 * of them with {@code -Pfull}.
 */
class DeviceConformanceTest {
  @Nested
  class Memory extends DeviceRules {
    Memory() {
      super("B-10*");
    }
  }

  @Nested
  class Compacting extends DeviceRules {
    Compacting() {
      super("B-63*");
    }
  }

  @Nested
  class Matrices extends DeviceRules {
    Matrices() {
      super("B-50?");
    }
  }

  @Nested
  class Failures extends DeviceRules {
    Failures() {
      super("B-71*");
    }
  }

  @Nested
  class Life extends DeviceRules {
    Life() {
      super("B-72*");
    }
  }

  @Nested
  class Errors extends DeviceRules {
    Errors() {
      super("B-73*");
    }
  }

  @Nested
  @Tag("full")
  class AllMemory extends DeviceRules {
    AllMemory() {
      super("B-1*");
    }
  }

  @Nested
  @Tag("full")
  class AllKernels extends DeviceRules {
    AllKernels() {
      super("B-2*");
    }
  }

  @Nested
  @Tag("full")
  class AllBounds extends DeviceRules {
    AllBounds() {
      super("B-3*");
    }
  }

  @Nested
  @Tag("full")
  class AllReductions extends DeviceRules {
    AllReductions() {
      super("B-4*");
    }
  }

  @Nested
  @Tag("full")
  class AllMatrices extends DeviceRules {
    AllMatrices() {
      super("B-5*");
    }
  }

  @Nested
  @Tag("full")
  class AllIndexing extends DeviceRules {
    AllIndexing() {
      super("B-6*");
    }
  }

  @Nested
  @Tag("full")
  class AllThreads extends DeviceRules {
    AllThreads() {
      super("B-70*");
    }
  }
}
