package fluxion.conformance.cli;

import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Says which devices are fuzzed: the one that is asked for, else those of the plugins to judge,
 * else the CPU.
 *
 * @param device the device that is asked for
 * @param judged the names of the modules to judge; none for all
 */
record Fuzzed(Optional<Device> device, Set<String> judged) {
  /** The devices; none if there are plugins to judge, and none of them offers a device here. */
  List<Device> devices() {
    if (device.isPresent()) {
      return List.of(device.get());
    }
    List<Plugin> backends = backends();
    return backends.isEmpty()
        ? List.of(Device.CPU)
        : backends.stream().flatMap(plugin -> plugin.offers().stream()).map(Device::of).toList();
  }

  /** The plugins to judge that are there for devices and offer none, unless one is asked for. */
  List<Plugin> withoutDevices() {
    return device.isPresent()
        ? List.of()
        : backends().stream().filter(plugin -> plugin.offers().isEmpty()).toList();
  }

  private List<Plugin> backends() {
    return Plugins.list().stream()
        .filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND)
        .filter(plugin -> judged.isEmpty() || judged.contains(plugin.module()))
        .toList();
  }
}
