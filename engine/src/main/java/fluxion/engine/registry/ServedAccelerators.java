package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.engine.spi.Accelerator;
import fluxion.engine.spi.Backend;
import fluxion.engine.tape.OpenDevice;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The accelerators of one device while the plugins stay as they are: those of providers, where the
 * device's own are not preferred, else the device's own.
 */
final class ServedAccelerators implements OpenDevice.Accelerators {
  private final Contents contents;
  private final String backendModule;
  private final Device device;
  private final Backend backend;
  private final Map<Class<?>, Optional<?>> known = new ConcurrentHashMap<>();

  private ServedAccelerators(
      Contents contents, String backendModule, Device device, Backend backend) {
    this.contents = contents;
    this.backendModule = backendModule;
    this.device = device;
    this.backend = backend;
  }

  /** The accelerators of a device; null if nobody but the device can have any. */
  static @Nullable ServedAccelerators of(Contents contents, String backendModule, OpenDevice open) {
    return contents.hasAccelerators()
        ? new ServedAccelerators(contents, backendModule, open.device(), open.backend())
        : null;
  }

  @Override
  @SuppressWarnings("unchecked")
  public <A> Optional<A> of(Class<A> type) {
    Optional<?> served = known.get(type);
    if (served == null) {
      served = find(type);
      known.put(type, served);
    }
    return (Optional<A>) served;
  }

  private <A> Optional<A> find(Class<A> type) {
    String name = Accelerator.name(type, device.type());
    Offers.Offer<AcceleratorOffer> offer =
        backendModule.equals(contents.preferredAccelerator(name))
            ? null
            : contents.accelerator(name);
    if (offer == null || offer.what().accelerator().type() != type) {
      return backend.accelerator(type);
    }
    Optional<?> made;
    try {
      made = offer.what().accelerator().maker().apply(backend);
    } catch (Throwable e) {
      Causes.letJvmsPass(e);
      String what = e instanceof FluxionException ? e.getMessage() : Causes.describe(e);
      throw new DeviceException(
          "accelerator '"
              + name
              + "' of module "
              + offer.from().place()
              + " cannot be made: "
              + what,
          e);
    }
    return made == null || made.isEmpty() ? backend.accelerator(type) : made.map(type::cast);
  }
}
