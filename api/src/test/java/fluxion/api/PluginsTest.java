package fluxion.api;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins as the API shows and adds them, without an engine. */
final class PluginsTest {
  @TempDir Path folder;

  @Test
  void a_plugin_keeps_its_own_list_and_is_usable_unless_refused() {
    List<String> names = new ArrayList<>(List.of("twist"));
    Plugin plugin = new Plugin(Plugin.Kind.OPERATORS, "ops", "acme", "1.0", names, "");
    names.clear();
    assertEquals(List.of("twist"), plugin.offers());
    assertTrue(plugin.isFullyUsable());
    assertFalse(
        new Plugin(Plugin.Kind.OPERATORS, "ops", "acme", "", List.of(), "broken").isFullyUsable());
  }

  @Test
  void a_folder_without_modules_cannot_be_added() {
    for (Path place : List.of(folder, folder.resolve("nowhere"))) {
      PluginException e = assertThrows(PluginException.class, () -> Plugins.add(place));
      assertEquals("there is no module in " + place + " to add: expected jars", e.getMessage());
    }
  }

  @Test
  void a_folder_with_a_broken_jar_cannot_be_added() throws IOException {
    Files.writeString(folder.resolve("acme.jar"), "no archive");
    PluginException e = assertThrows(PluginException.class, () -> Plugins.add(folder));
    assertTrue(
        e.getMessage().startsWith("the modules in " + folder + " could not be added: "),
        e.getMessage());
  }
}
