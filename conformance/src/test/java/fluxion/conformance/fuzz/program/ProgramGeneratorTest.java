package fluxion.conformance.fuzz.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.AutogradException;
import fluxion.api.Device;
import fluxion.conformance.fuzz.ByteSource;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ProgramGeneratorTest {
  private static final int PROGRAMS = 150;

  private static Draft draft(long seed) {
    return ProgramGenerator.draft(ByteSource.of(new SplittableRandom(seed)));
  }

  @Test
  void the_same_bytes_make_the_same_program() {
    assertEquals(draft(7).finish(), draft(7).finish());
  }

  @Test
  void no_bytes_make_a_program_too() {
    assertTrue(ProgramGenerator.program(ByteSource.of(new byte[0])).calls() > 0);
  }

  @Test
  void every_call_is_taken_and_gives_the_shape_and_dtype_that_are_tracked() {
    for (long seed = 0; seed < PROGRAMS; seed++) {
      Draft draft = draft(seed);
      Outcome outcome = ProgramRunner.run(draft.finish(), Device.CPU, Noise.NONE);
      for (int i = 0; i < outcome.values().size(); i++) {
        Known known = draft.known().get(i);
        assertEquals(
            known.dtype().shortName() + " " + known.shape(),
            outcome.values().get(i).kind(),
            "program " + seed + ", t" + i + " = " + draft.finish().statements().get(i).java());
      }
      Outcome.Refusal refusal = outcome.refusal();
      if (refusal != null) {
        assertEquals("backward", refusal.where(), "program " + seed + ": " + refusal);
        assertEquals(AutogradException.class, refusal.thrown().getClass());
      }
    }
  }

  @Test
  void most_programs_have_gradients() {
    int differentiated = 0;
    for (long seed = 0; seed < PROGRAMS; seed++) {
      Outcome outcome = ProgramRunner.run(draft(seed).finish(), Device.CPU, Noise.NONE);
      if (outcome.gradients().stream().anyMatch(gradient -> gradient != null)) {
        differentiated++;
      }
    }
    assertTrue(differentiated > PROGRAMS / 2, differentiated + " of " + PROGRAMS);
  }

  @Test
  void programs_are_long_and_call_many_operators() {
    Set<String> operators = new TreeSet<>();
    int longest = 0;
    for (long seed = 0; seed < 400; seed++) {
      Program program = draft(seed).finish();
      longest = Math.max(longest, program.calls());
      for (Statement statement : program.statements()) {
        if (statement instanceof Statement.Call call) {
          operators.add(call.operator());
        }
      }
    }
    assertTrue(longest >= ProgramGenerator.MOST_CALLS, "the longest has " + longest + " calls");
    assertTrue(operators.size() > 300, operators.size() + " operators");
  }

  @Test
  void a_programs_memory_is_read_before_it_is_freed() {
    Outcome outcome = ProgramRunner.run(draft(1).finish(), Device.CPU, Noise.NONE);
    assertNull(outcome.refusal());
    assertEquals(draft(1).known().size(), outcome.values().size());
  }
}
