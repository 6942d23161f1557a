package fluxion.engine.osgi;

import fluxion.engine.registry.Brought;
import fluxion.engine.registry.Registry;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleEvent;
import org.osgi.framework.wiring.BundleCapability;
import org.osgi.framework.wiring.BundleWiring;
import org.osgi.util.tracker.BundleTracker;
import org.osgi.util.tracker.BundleTrackerCustomizer;

/**
 * Takes the providers that active bundles declare as capabilities of the name space {@code
 * osgi.serviceloader}, and withdraws them as soon as a bundle begins to stop.
 */
final class PluginBundles implements BundleTrackerCustomizer<Object> {
  private static final String NAMESPACE = "osgi.serviceloader";

  private final Registry registry;
  private final BundleTracker<Object> tracker;

  PluginBundles(BundleContext context, Registry registry) {
    this.registry = registry;
    this.tracker = new BundleTracker<>(context, Bundle.ACTIVE, this);
  }

  void open() {
    tracker.open();
  }

  void close() {
    tracker.close();
  }

  /** Stands for a bundle as long as it is active; null if it brings nothing. */
  @Override
  public @Nullable Object addingBundle(Bundle bundle, @Nullable BundleEvent event) {
    Object source = new Object();
    boolean brings = false;
    for (String provider : providers(bundle, FunctionProvider.class)) {
      registry.bring(brought(bundle, FunctionProvider.class, provider, source), null);
      brings = true;
    }
    for (String provider : providers(bundle, BackendProvider.class)) {
      registry.bring(null, brought(bundle, BackendProvider.class, provider, source));
      brings = true;
    }
    for (String provider : providers(bundle, AcceleratorProvider.class)) {
      registry.bring(brought(bundle, AcceleratorProvider.class, provider, source));
      brings = true;
    }
    return brings ? source : null;
  }

  @Override
  public void modifiedBundle(Bundle bundle, @Nullable BundleEvent event, Object source) {}

  @Override
  public void removedBundle(Bundle bundle, @Nullable BundleEvent event, Object source) {
    registry.withdraw(source);
  }

  private static <P> Brought<P> brought(
      Bundle bundle, Class<P> service, String provider, Object source) {
    return new Brought<>(
        provider,
        () -> make(bundle, service, provider),
        bundle.getSymbolicName(),
        bundle.getVersion().toString(),
        source);
  }

  private static List<String> providers(Bundle bundle, Class<?> service) {
    List<String> names = new ArrayList<>();
    BundleWiring wiring = bundle.adapt(BundleWiring.class);
    if (wiring != null) {
      for (BundleCapability capability : wiring.getCapabilities(NAMESPACE)) {
        String register = capability.getDirectives().get("register");
        if (register != null
            && !register.isBlank()
            && service.getName().equals(capability.getAttributes().get(NAMESPACE))) {
          names.add(register.strip());
        }
      }
    }
    return names;
  }

  private static <P> P make(Bundle bundle, Class<P> service, String provider) {
    try {
      Class<?> type = bundle.loadClass(provider);
      if (!service.isAssignableFrom(type)) {
        throw new IllegalStateException(
            provider
                + " does not implement the "
                + service.getName()
                + " of this engine; is the bundle wired to another copy of the SPI?");
      }
      return service.cast(type.getConstructor().newInstance());
    } catch (ReflectiveOperationException e) {
      throw Problems.thrown(e);
    }
  }
}
