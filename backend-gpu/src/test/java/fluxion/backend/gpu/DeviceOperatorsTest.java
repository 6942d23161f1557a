package fluxion.backend.gpu;

import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/**
 * The kit's rules about operators and programs on the first device: a few operators for each build;
 * with {@code -Pfull} every operator in the library, forward and backward, the recorded cases and
 * the trainings.
 */
class DeviceOperatorsTest {
  private static final String A_FEW = ": (add|index_select|matmul|softmax)$";

  @Nested
  class SomeResults extends DeviceRules {
    SomeResults() {
      super("B-801", A_FEW);
    }
  }

  @Nested
  class SomeGradients extends DeviceRules {
    SomeGradients() {
      super("B-802", A_FEW);
    }
  }

  @Nested
  @Tag("full")
  class AllResults extends DeviceRules {
    AllResults() {
      super("B-801");
    }
  }

  @Nested
  @Tag("full")
  class AllGradients extends DeviceRules {
    AllGradients() {
      super("B-802");
    }
  }

  @Nested
  @Tag("full")
  class Moves extends DeviceRules {
    Moves() {
      super("B-803");
    }
  }

  @Nested
  @Tag("full")
  class RecordedCasesAndTraining extends DeviceRules {
    RecordedCasesAndTraining() {
      super("B-81*");
    }
  }

  @Nested
  @Tag("full")
  class Accelerators extends DeviceRules {
    Accelerators() {
      super("B-82*");
    }
  }
}
