package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.engine.fallback.FallbackBackend;
import fluxion.engine.spi.Backend;
import fluxion.engine.tape.OpenDevice;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The devices that have been opened. Callers hold the registry's lock. */
final class Devices {
  private record Opened(Found<DeviceOffer> from, OpenDevice device) {}

  private final List<Opened> opened = new ArrayList<>();

  /** How many threads a device may use, or 0 before that was asked. */
  private int threads;

  /**
   * How many threads a device may use. What a property says wrongly is said again at each call.
   *
   * @throws fluxion.api.ArgumentException if the property is wrong
   */
  int threads() {
    if (threads == 0) {
      threads = Threads.initial(System.getProperty(Threads.PROPERTY, ""));
    }
    return threads;
  }

  /**
   * Sets how many threads a device may use, for those that are open and those to come.
   *
   * @throws fluxion.api.ArgumentException if it is out of range; nothing has changed then
   */
  void threads(int n) {
    threads = Threads.check(n, "threads(" + n + ")");
    for (Opened known : opened) {
      known.device().backend().threads(n);
    }
  }

  /**
   * The device of an offer, opened at its first use. A failure is not kept.
   *
   * @param offer who offers it
   * @param processor finds the device that may compute what this one lacks
   * @param contents who offers accelerators for it
   * @throws DeviceException if it cannot be opened
   */
  OpenDevice open(Offers.Offer<DeviceOffer> offer, Supplier<Backend> processor, Contents contents) {
    Device device = offer.what().device();
    for (Opened known : opened) {
      if (known.from().equals(offer.from()) && known.device().device().equals(device)) {
        return known.device();
      }
    }
    OpenDevice open = new OpenDevice(device, backend(offer, device, processor));
    opened.add(new Opened(offer.from(), open));
    open.accelerators(ServedAccelerators.of(contents, offer.from().module(), open));
    return open;
  }

  private Backend backend(
      Offers.Offer<DeviceOffer> offer, Device device, Supplier<Backend> processor) {
    int n = threads();
    Backend backend;
    try {
      backend = offer.what().provider().open(device);
      if (backend != null) {
        backend.threads(n);
        backend = FallbackBackend.around(device, backend, processor);
      }
    } catch (FluxionException e) {
      throw new DeviceException(what(offer, device) + " cannot be opened: " + e.getMessage(), e);
    } catch (Throwable e) {
      Causes.letJvmsPass(e);
      throw new DeviceException(
          what(offer, device) + " cannot be opened: " + Causes.describe(e), e);
    }
    if (backend == null) {
      throw new DeviceException(what(offer, device) + " cannot be opened: open gave null");
    }
    return backend;
  }

  private static String what(Offers.Offer<DeviceOffer> offer, Device device) {
    return "device '" + device + "' of module " + offer.from().place();
  }

  /**
   * Lets go of the devices of plugins that are gone; tensors that live there keep theirs. All get
   * the accelerators that there are now.
   */
  void keepOnly(Contents contents) {
    for (Opened known : opened) {
      known
          .device()
          .accelerators(ServedAccelerators.of(contents, known.from().module(), known.device()));
    }
    opened.removeIf(known -> !contents.has(known.from()));
  }
}
