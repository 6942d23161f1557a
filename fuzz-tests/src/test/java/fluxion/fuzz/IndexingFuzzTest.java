package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.Device;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.surface.IndexingTarget;

class IndexingFuzzTest {
  private static final FuzzTarget TARGET = new IndexingTarget(Device.CPU);

  @FuzzTest
  void a_call_gives_the_elements_that_it_should_or_is_refused(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
