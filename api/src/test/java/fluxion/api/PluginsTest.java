package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Plugins as the API shows them. */
final class PluginsTest {
  @Test
  void a_plugin_keeps_its_own_list_and_is_usable_unless_refused() {
    List<String> names = new ArrayList<>(List.of("twist"));
    Plugin plugin = new Plugin(Plugin.Kind.OPERATORS, "ops", "acme", "1.0", "", names, "");
    names.clear();
    assertEquals(List.of("twist"), plugin.offers());
    assertTrue(plugin.isFullyUsable());
    assertFalse(
        new Plugin(Plugin.Kind.OPERATORS, "ops", "acme", "", "", List.of(), "broken")
            .isFullyUsable());
  }
}
