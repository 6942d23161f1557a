package fluxion.engine.registry;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The search where there is nothing to find. */
final class DiscoveryTest {
  private final Discovery discovery = new Discovery();

  @Test
  void the_engine_alone_brings_no_plugin() {
    assertEquals(List.of(), discovery.operators(null));
    assertEquals(List.of(), discovery.devices(null));
  }

  @Test
  void a_layer_without_modules_has_no_plugin() {
    assertEquals(List.of(), discovery.operators(Fakes.layer()));
    assertEquals(List.of(), discovery.devices(Fakes.layer()));
  }

  @Test
  void the_layer_of_the_engine_is_known() {
    assertTrue(discovery.isHome(Discovery.class.getModule().getLayer()));
    assertFalse(discovery.isHome(Fakes.layer()));
  }
}
