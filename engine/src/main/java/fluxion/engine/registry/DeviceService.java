package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.engine.spi.BackendProvider;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What providers of devices are asked. */
final class DeviceService implements Service<BackendProvider, DeviceOffer> {
  @Override
  public Class<BackendProvider> type() {
    return BackendProvider.class;
  }

  @Override
  public Plugin.Kind kind() {
    return Plugin.Kind.BACKEND;
  }

  @Override
  public int spiVersion(BackendProvider provider) {
    return provider.spiVersion();
  }

  @Override
  public String name(BackendProvider provider) {
    return provider.name();
  }

  @Override
  public Map<String, DeviceOffer> offers(BackendProvider provider) {
    List<Device> devices = provider.devices();
    if (devices == null) {
      throw new PluginException("devices() gave null");
    }
    Map<String, DeviceOffer> offers = new LinkedHashMap<>();
    for (Device device : devices) {
      if (device == null) {
        throw new PluginException("devices() lists null");
      }
      if (offers.put(device.toString(), new DeviceOffer(device, provider)) != null) {
        throw new PluginException("devices() lists '" + device + "' twice");
      }
    }
    return offers;
  }

  @Override
  public String nothing(BackendProvider provider) {
    String why = provider.unavailable();
    return why == null || why.isBlank() ? "offers no device" : "offers no device: " + why;
  }
}
