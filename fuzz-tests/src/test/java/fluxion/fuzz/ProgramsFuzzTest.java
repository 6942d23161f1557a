package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.Device;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.Oracle;
import fluxion.conformance.fuzz.program.ProgramTarget;

class ProgramsFuzzTest {
  private static final FuzzTarget TARGET = new ProgramTarget(Device.CPU, Oracle.open().device());

  @FuzzTest
  void a_program_gives_what_the_reference_gives(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
