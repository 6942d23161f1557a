package fluxion.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Which names are suggested. */
final class NearNamesTest {
  private static final List<String> NAMES =
      List.of("add", "add_", "exp", "expand", "log", "log_softmax", "matmul", "relu", "sub", "sum");

  @Test
  void a_slip_of_the_finger_is_found() {
    assertEquals("Did you mean 'matmul'?", NearNames.question("matmull", NAMES));
    assertEquals("Did you mean 'relu'?", NearNames.question("reul", NAMES));
    assertEquals("Did you mean 'log_softmax'?", NearNames.question("LogSoftmax", NAMES));
  }

  @Test
  void the_nearest_come_first() {
    assertEquals(List.of("sub", "sum"), NearNames.near("sup", NAMES));
    assertEquals(List.of("add", "add_"), NearNames.near("ad", NAMES));
  }

  @Test
  void what_is_far_is_not_suggested() {
    assertEquals("", NearNames.question("conv2d", NAMES));
    assertEquals("", NearNames.question("", NAMES));
  }

  @Test
  void swapped_letters_are_one_step() {
    assertEquals(0, NearNames.distance("exp", "exp"));
    assertEquals(1, NearNames.distance("exp", "epx"));
    assertEquals(2, NearNames.distance("exp", "expand".substring(0, 5)));
    assertEquals(3, NearNames.distance("", "exp"));
  }
}
