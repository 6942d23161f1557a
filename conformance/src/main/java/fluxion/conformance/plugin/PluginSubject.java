package fluxion.conformance.plugin;

import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;

/**
 * A plugin that is judged.
 *
 * @param name its module, or its class on the class path
 * @param provider the provider
 */
public record PluginSubject(String name, Object provider) {
  /**
   * {@return the plugin of a provider of operators}
   *
   * @param provider the provider
   */
  public static PluginSubject of(FunctionProvider provider) {
    return new PluginSubject(name(provider), provider);
  }

  /**
   * {@return the plugin of a provider of devices}
   *
   * @param provider the provider
   */
  public static PluginSubject of(BackendProvider provider) {
    return new PluginSubject(name(provider), provider);
  }

  private static String name(Object provider) {
    Module module = provider.getClass().getModule();
    return module.isNamed() ? module.getName() : provider.getClass().getName();
  }
}
