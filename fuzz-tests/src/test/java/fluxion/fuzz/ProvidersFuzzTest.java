package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.surface.ProviderTarget;

class ProvidersFuzzTest {
  private static final FuzzTarget TARGET = new ProviderTarget();

  @FuzzTest
  void a_provider_is_taken_or_refused_with_a_reason(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
