package fluxion.engine.spi;

import fluxion.api.PluginException;
import fluxion.api.spi.Engines;
import fluxion.api.spi.PluginTable;
import fluxion.engine.registry.Registry;

/**
 * A provider that is handed to the engine instead of being found as a service: by tools that test
 * one, and where there is no service loader's mediator.
 *
 * <p>It is asked and listed like any other. What it offers is withdrawn by {@link #close}; calls
 * that need it fail from then on.
 */
public final class Registration implements AutoCloseable {
  private final Registry registry;
  private String refusal = "";

  private Registration(Registry registry) {
    this.registry = registry;
  }

  /**
   * Hands over a provider of operators.
   *
   * @param provider the provider
   * @return the registration, of a provider that was taken or refused
   * @throws PluginException if the engine in use is not this module's
   */
  public static Registration of(FunctionProvider provider) {
    Registration registration = new Registration(registry());
    registration.refusal = registration.registry.register(provider, registration);
    return registration;
  }

  /**
   * Hands over a provider of devices.
   *
   * @param provider the provider
   * @return the registration, of a provider that was taken or refused
   * @throws PluginException if the engine in use is not this module's
   */
  public static Registration of(BackendProvider provider) {
    Registration registration = new Registration(registry());
    registration.refusal = registration.registry.register(provider, registration);
    return registration;
  }

  /**
   * Hands over a provider of accelerators.
   *
   * @param provider the provider
   * @return the registration, of a provider that was taken or refused
   * @throws PluginException if the engine in use is not this module's
   */
  public static Registration of(AcceleratorProvider provider) {
    Registration registration = new Registration(registry());
    registration.refusal = registration.registry.register(provider, registration);
    return registration;
  }

  private static Registry registry() {
    PluginTable table = Engines.current().plugins();
    if (table instanceof Registry registry) {
      return registry;
    }
    throw new PluginException(
        "the engine in use, "
            + table.getClass().getModule()
            + ", is not fluxion.engine, so no provider can be handed to it");
  }

  /** {@return why the provider is not used, or the empty text if it is} */
  public String refusal() {
    return refusal;
  }

  /** Withdraws the provider. Doing so twice does nothing. */
  @Override
  public void close() {
    registry.withdraw(this);
  }
}
