package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of devices. */
final class DeviceTest {
  @Test
  void a_name_has_an_optional_number() {
    assertEquals(new Device("gpu", 0), Device.of("gpu"));
    assertEquals(new Device("gpu", 0), Device.of("gpu:0"));
    assertEquals(new Device("gpu", 12), Device.of("gpu:12"));
    assertEquals(Device.CPU, Device.of("cpu"));
  }

  @Test
  void the_number_0_is_not_printed() {
    assertEquals("cpu", Device.CPU.toString());
    assertEquals("gpu:1", Device.of("gpu:1").toString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", ":1", "g pu", "gpu:", "gpu:x", "gpu:1:2", "gpu:-1", "gpu:99999999999"})
  void what_is_no_device_is_refused(String name) {
    DeviceException e = assertThrows(DeviceException.class, () -> Device.of(name));
    assertTrue(e.getMessage().contains("'"), e.getMessage());
  }
}
