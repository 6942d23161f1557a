package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.expr.DerivativeTarget;

class DerivativesFuzzTest {
  private static final FuzzTarget TARGET = new DerivativeTarget();

  @FuzzTest
  void a_derivative_agrees_with_differences(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
