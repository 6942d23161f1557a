package fluxion.engine.osgi;

import fluxion.engine.registry.Brought;
import fluxion.engine.registry.Registry;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.ServiceReference;
import org.osgi.util.tracker.ServiceTracker;
import org.osgi.util.tracker.ServiceTrackerCustomizer;

/**
 * Takes providers that bundles register as OSGi services of {@link FunctionProvider}, {@link
 * BackendProvider} and {@link AcceleratorProvider}. Those that a service-loader mediator registers
 * are left to {@link PluginBundles}, which reads the same declarations.
 */
final class PluginServices {
  /** What a mediator marks its registrations with. */
  private static final String MEDIATED = "serviceloader.mediator";

  private final List<ServiceTracker<?, Object>> trackers;

  PluginServices(BundleContext context, Registry registry) {
    this.trackers =
        List.of(
            new ServiceTracker<>(
                context,
                FunctionProvider.class,
                new Customizer<FunctionProvider>(
                    context, registry, brought -> registry.bring(brought, null))),
            new ServiceTracker<>(
                context,
                BackendProvider.class,
                new Customizer<BackendProvider>(
                    context, registry, brought -> registry.bring(null, brought))),
            new ServiceTracker<>(
                context,
                AcceleratorProvider.class,
                new Customizer<AcceleratorProvider>(context, registry, registry::bring)));
  }

  void open() {
    trackers.forEach(ServiceTracker::open);
  }

  void close() {
    trackers.forEach(ServiceTracker::close);
  }

  private interface Taker<P> {
    void take(Brought<P> brought);
  }

  /** Stands for each service by an object of its own. */
  private record Customizer<P>(BundleContext context, Registry registry, Taker<P> taker)
      implements ServiceTrackerCustomizer<P, Object> {

    @Override
    public @Nullable Object addingService(ServiceReference<P> reference) {
      if (reference.getProperty(MEDIATED) != null) {
        return null;
      }
      P provider = context.getService(reference);
      if (provider == null) {
        return null;
      }
      Object source = new Object();
      Bundle home = reference.getBundle();
      taker.take(
          new Brought<>(
              provider.getClass().getName(),
              () -> provider,
              home == null ? provider.getClass().getName() : home.getSymbolicName(),
              home == null ? "" : home.getVersion().toString(),
              source));
      return source;
    }

    @Override
    public void modifiedService(ServiceReference<P> reference, Object source) {}

    @Override
    public void removedService(ServiceReference<P> reference, Object source) {
      registry.withdraw(source);
      context.ungetService(reference);
    }
  }
}
