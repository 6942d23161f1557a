package fluxion.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The number of threads: where it comes from, whom it reaches and what is refused. */
final class ThreadsTest {
  private final Fakes.Finds finds = new Fakes.Finds();
  private final Registry registry = new Registry(finds);
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void clear() {
    System.clearProperty(Threads.PROPERTY);
  }

  private void offer(String device) {
    finds.devices(
        null,
        "acme." + device,
        new Fakes.Devices(
            List.of(Device.of(device)),
            "",
            () -> Fakes.backend(threads -> told.add(device + " " + threads))));
  }

  @Test
  void at_first_it_is_the_number_of_processors() {
    assertEquals(Runtime.getRuntime().availableProcessors(), registry.threads());
  }

  @Test
  void a_property_gives_another() {
    System.setProperty(Threads.PROPERTY, " 7 ");
    assertEquals(7, registry.threads());
  }

  @Test
  void devices_learn_it_when_they_are_opened_and_when_it_changes() {
    offer("first");
    offer("second");
    registry.threads(5);
    registry.device(Device.of("first"));
    registry.threads(6);
    registry.device(Device.of("second"));
    registry.device(Device.of("first"));
    registry.threads(7);
    assertEquals(List.of("first 5", "first 6", "second 6", "first 7", "second 7"), told);
    assertEquals(7, registry.threads());
  }

  @Test
  void a_number_out_of_range_changes_nothing() {
    registry.threads(1);
    registry.threads(1024);
    for (int n : new int[] {0, -3, 1025}) {
      ArgumentException e = assertThrows(ArgumentException.class, () -> registry.threads(n));
      assertEquals(
          "threads(" + n + "): expected a number of threads from 1 to 1024", e.getMessage());
    }
    assertEquals(1024, registry.threads());
  }

  @Test
  void a_wrong_property_is_named_by_every_use_until_a_number_is_set() {
    offer("first");
    for (String text : List.of("many", "0", "1e3", " ", "99999999999")) {
      System.setProperty(Threads.PROPERTY, text);
      String expected =
          "-Dfluxion.threads=" + text + ": expected a number of threads from 1 to 1024";
      assertEquals(expected, assertThrows(ArgumentException.class, registry::threads).getMessage());
      assertEquals(
          expected,
          assertThrows(ArgumentException.class, () -> registry.device(Device.of("first")))
              .getMessage());
    }
    registry.threads(2);
    registry.device(Device.of("first"));
    assertEquals(List.of("first 2"), told);
  }

  @Test
  void a_device_that_cannot_take_it_cannot_be_opened() {
    finds.devices(
        null,
        "acme",
        new Fakes.Devices(
            List.of(Device.of("first")),
            "",
            () ->
                Fakes.backend(
                    threads -> {
                      throw new IllegalStateException("no threads");
                    })));
    DeviceException e =
        assertThrows(DeviceException.class, () -> registry.device(Device.of("first")));
    assertEquals(
        "device 'first' of module acme 1.0 cannot be opened: IllegalStateException: no threads",
        e.getMessage());
  }
}
