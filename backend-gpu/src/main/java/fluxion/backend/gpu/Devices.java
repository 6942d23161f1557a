package fluxion.backend.gpu;

import fluxion.api.Device;
import fluxion.api.FluxionException;
import fluxion.backend.gpu.opencl.Library;
import fluxion.backend.gpu.opencl.OpenClException;
import fluxion.backend.gpu.opencl.Platforms;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The devices of all platforms, looked for once: graphics cards before accelerators before
 * processors, each kind in the order in which the drivers list them. {@code
 * -Dfluxion.gpu.device=TEXT} keeps those whose name or platform has the text in it.
 */
final class Devices {
  private static final String PROPERTY = "fluxion.gpu.device";

  private record Found(long platform, long id, int rank) {}

  private static final Devices ALL = find();

  private final List<Capabilities> list;
  private final String problem;

  private Devices(List<Capabilities> list, String problem) {
    this.list = List.copyOf(list);
    this.problem = problem;
  }

  private static Devices none(String reason) {
    return new Devices(List.of(), "no OpenCL device: " + reason);
  }

  private static Devices find() {
    if (!Library.problem().isEmpty()) {
      return none(Library.problem());
    }
    try {
      return search(System.getProperty(PROPERTY, "").toLowerCase(Locale.ROOT));
    } catch (OpenClException | IllegalStateException | FluxionException e) {
      return none(String.valueOf(e.getMessage()));
    } catch (LinkageError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return none(String.valueOf(cause.getMessage()));
    }
  }

  private static Devices search(String wanted) {
    long[] platforms = Platforms.platforms();
    if (platforms.length == 0) {
      return none(
          "the loader knows no driver (in /etc/OpenCL/vendors, or where OCL_ICD_VENDORS says);"
              + " install the one of your card, or PoCL for the processor");
    }
    List<String> problems = new ArrayList<>();
    List<Found> found = new ArrayList<>();
    for (long platform : platforms) {
      String name = Platforms.text(platform, Platforms.NAME);
      long[] ids = Platforms.devices(platform);
      if (ids.length == 0) {
        problems.add(
            "the platform '"
                + name
                + "' lists none"
                + (name.contains("Portable Computing Language")
                    ? " (PoCL does so where it cannot write to its cache, POCL_CACHE_DIR="
                        + System.getenv().getOrDefault("POCL_CACHE_DIR", "~/.cache/pocl")
                        + ")"
                    : ""));
      }
      for (long id : ids) {
        String problem = Capabilities.problem(id);
        if (problem.isEmpty()) {
          found.add(new Found(platform, id, Capabilities.rank(id)));
        } else {
          problems.add("a device of the platform '" + name + "' " + problem);
        }
      }
    }
    found.sort(Comparator.comparingInt(Found::rank));
    List<Capabilities> all =
        found.stream().map(device -> Capabilities.of(device.platform(), device.id())).toList();
    List<Capabilities> chosen =
        all.stream()
            .filter(
                device ->
                    (device.name() + " " + device.driver())
                        .toLowerCase(Locale.ROOT)
                        .contains(wanted))
            .toList();
    if (chosen.isEmpty() && !all.isEmpty()) {
      return none(
          "none has '%s' in its name (-D%s); there are %s"
              .formatted(
                  wanted,
                  PROPERTY,
                  String.join(", ", all.stream().map(Capabilities::name).toList())));
    }
    return chosen.isEmpty() ? none(String.join("; ", problems)) : new Devices(chosen, "");
  }

  /** {@return the devices of this machine} */
  static Devices all() {
    return ALL;
  }

  /** {@return the devices' names in Fluxion} */
  List<Device> names() {
    List<Device> names = new ArrayList<>();
    for (int i = 0; i < list.size(); i++) {
      names.add(new Device("gpu", i));
    }
    return names;
  }

  /** {@return what the device of a number is} */
  Capabilities get(int index) {
    return list.get(index);
  }

  /** {@return why there is no device, or the empty text} */
  String problem() {
    return problem;
  }
}
