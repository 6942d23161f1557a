package fluxion.conformance.cli;

import fluxion.api.Device;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.lang.module.ModuleDescriptor;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** What a worker judges: always the same in the same order. */
final class Units {
  /** The property that names the modules to judge, with commas; none for all. */
  static final String JUDGED = "fluxion.conformance.judged";

  /** The services that plugins provide; those of devices come first. */
  private static final List<Class<?>> SERVICES =
      List.of(BackendProvider.class, FunctionProvider.class);

  private Units() {}

  /**
   * What there is to judge.
   *
   * @param options what is asked for
   * @param progress is told how far a check is that takes long
   */
  static List<Unit> of(Options options, Consumer<Event> progress) {
    List<Unit> units = new ArrayList<>();
    if (options.wantsRules()) {
      for (Class<?> service : SERVICES) {
        if (service == BackendProvider.class || options.device().isEmpty()) {
          units.addAll(providers(service, options));
        }
      }
    }
    Device device = options.device().orElse(Device.CPU);
    options.golden().ifPresent(folder -> units.add(new GoldenUnit(folder, device)));
    options
        .fuzz()
        .ifPresent(
            time ->
                units.add(new FuzzUnit(new Fuzzed(options.device(), judged()), time, progress)));
    return units;
  }

  private static List<Unit> providers(Class<?> service, Options options) {
    Set<String> judged = judged();
    List<Unit> units = new ArrayList<>();
    ModuleLayer.boot().modules().stream()
        .filter(module -> judged.isEmpty() || judged.contains(module.getName()))
        .sorted(Comparator.comparing(Module::getName))
        .forEach(
            module -> {
              for (String type : provided(module.getDescriptor(), service)) {
                units.add(new ProviderUnit(service, module, type, options));
              }
            });
    return units;
  }

  /** The names of the modules to judge; none for all. */
  private static Set<String> judged() {
    String judged = System.getProperty(JUDGED, "");
    return judged.isEmpty() ? Set.of() : Set.of(judged.split(","));
  }

  private static List<String> provided(ModuleDescriptor descriptor, Class<?> service) {
    return descriptor.provides().stream()
        .filter(provides -> provides.service().equals(service.getName()))
        .flatMap(provides -> provides.providers().stream())
        .toList();
  }

  /** Whether a module provides operators or devices. */
  static boolean isPlugin(ModuleDescriptor descriptor) {
    return SERVICES.stream().anyMatch(service -> !provided(descriptor, service).isEmpty());
  }
}
