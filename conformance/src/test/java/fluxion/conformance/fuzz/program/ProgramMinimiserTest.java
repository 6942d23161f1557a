package fluxion.conformance.fuzz.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.Device;
import fluxion.conformance.fuzz.ByteSource;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ProgramMinimiserTest {
  private static boolean calls(Program program, String operator) {
    Outcome outcome = ProgramRunner.run(program, Device.CPU, Noise.NONE);
    return outcome.refusal() == null
        && program.statements().stream()
            .anyMatch(s -> s instanceof Statement.Call call && call.operator().equals(operator));
  }

  @Test
  void what_does_not_matter_is_dropped() {
    for (long seed = 0; seed < 300; seed++) {
      Program program = ProgramGenerator.program(ByteSource.of(new SplittableRandom(seed)));
      if (program.calls() > 10 && calls(program, "exp")) {
        Program small =
            new ProgramMinimiser(candidate -> calls(candidate, "exp"), 500).minimise(program);
        assertEquals(1, small.calls(), small.java(Device.CPU));
        assertEquals(2, small.statements().size(), small.java(Device.CPU));
        assertTrue(small.outputs().isEmpty());
        return;
      }
    }
    throw new AssertionError("no program calls exp");
  }

  @Test
  void it_stops_after_so_many_tries() {
    Program program = ProgramGenerator.program(ByteSource.of(new SplittableRandom(3)));
    int[] asked = {0};
    new ProgramMinimiser(candidate -> asked[0]++ < 0, 10).minimise(program);
    assertTrue(asked[0] <= 10, asked[0] + " tries");
  }
}
