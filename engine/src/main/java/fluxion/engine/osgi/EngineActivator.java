package fluxion.engine.osgi;

import fluxion.api.spi.Engine;
import fluxion.api.spi.Engines;
import fluxion.engine.DefaultEngine;
import fluxion.engine.registry.Registry;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/**
 * Starts and stops the engine with its bundle.
 *
 * <p>The registry then looks for nothing by itself, whether or not a service-loader mediator is
 * there: a mediator shows providers that come, but not those that go. The bundles are watched
 * instead.
 */
public final class EngineActivator implements BundleActivator {
  private @Nullable Engine engine;
  private @Nullable PluginBundles bundles;
  private @Nullable PluginServices services;

  /** Made by the container. */
  public EngineActivator() {}

  @Override
  public void start(BundleContext context) {
    DefaultEngine provider = new DefaultEngine();
    Engine own = provider.engine();
    Registry registry = (Registry) own.plugins();
    registry.searchNothing();
    engine = own;
    bundles = new PluginBundles(context, registry);
    bundles.open();
    services = new PluginServices(context, registry);
    services.open();
    Engines.use(provider);
  }

  @Override
  public void stop(BundleContext context) {
    if (engine != null) {
      Engines.stopped(engine);
    }
    if (services != null) {
      services.close();
    }
    if (bundles != null) {
      bundles.close();
    }
  }
}
