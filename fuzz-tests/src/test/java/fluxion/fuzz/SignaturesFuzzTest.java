package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.surface.SignatureTarget;

class SignaturesFuzzTest {
  private static final FuzzTarget TARGET = new SignatureTarget();

  @FuzzTest
  void a_signature_is_written_as_it_is_read(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
