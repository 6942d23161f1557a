package fluxion.engine.registry;

import fluxion.api.PluginException;
import java.util.HashMap;
import java.util.Map;

/** Which modules are preferred for names, as a system property says it. */
final class Preferences {
  private Preferences() {}

  /**
   * What the property says.
   *
   * @throws PluginException if it is not of its form
   */
  static Map<String, String> stated() {
    return of(System.getProperty(Offers.PREFER, ""));
  }

  /**
   * What a property says of preferred modules.
   *
   * @param text {@code name=module,…}
   * @throws PluginException if it is not of that form
   */
  static Map<String, String> of(String text) {
    Map<String, String> preferred = new HashMap<>();
    for (String choice : text.split(",", -1)) {
      if (!choice.isBlank()) {
        String[] parts = choice.split("=", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
          throw new PluginException(
              "-D" + Offers.PREFER + "=" + text + ": expected name=module, got '" + choice + "'");
        }
        preferred.put(parts[0].strip(), parts[1].strip());
      }
    }
    return preferred;
  }
}
