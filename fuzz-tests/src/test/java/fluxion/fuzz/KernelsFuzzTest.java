package fluxion.fuzz;

import com.code_intelligence.jazzer.junit.FuzzTest;
import fluxion.api.Device;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.conformance.fuzz.expr.KernelTarget;

class KernelsFuzzTest {
  static {
    // while fuzzing, which has a JVM for itself, every kernel is compiled at once
    if (System.getenv("JAZZER_FUZZ") != null) {
      System.setProperty("fluxion.cpu.kernels", "compiled");
    }
  }

  private static final FuzzTarget TARGET = new KernelTarget(Device.CPU, true);

  @FuzzTest
  void a_kernel_has_the_bits_of_the_interpreter(byte[] input) {
    TARGET.run(ByteSource.of(input));
  }
}
