package fluxion.conformance.fuzz.program;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.engine.spi.EngineOperators;
import org.junit.jupiter.api.Test;

class SampledCallsTest {
  private static SampledCall sampled(String name) {
    return EngineOperators.installed().stream()
        .filter(operator -> operator.name().equals(name))
        .findFirst()
        .flatMap(operator -> SampledCalls.of(operator, 0, DType.FLOAT32))
        .orElseThrow();
  }

  @Test
  void a_view_of_an_argument_is_one_and_a_view_of_memory_of_its_own_is_none() {
    assertTrue(sampled("transpose").view());
    assertFalse(sampled("multi_head_attention_forward").view());
  }
}
