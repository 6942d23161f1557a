package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.Device;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.surface.PrintingTarget;

class PrintingFuzzTest {
  private static final FuzzTarget TARGET = new PrintingTarget(Device.CPU);

  @FuzzTest
  void a_tensor_is_printed_to_the_digits_that_are_shown(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
