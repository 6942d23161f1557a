package fluxion.conformance.cli;

import fluxion.api.Device;
import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.Suites;
import fluxion.conformance.report.Judged;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.NotRun;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;

/** A provider that a module of this JVM declares. Nothing of it is loaded before it is asked. */
final class ProviderUnit implements Unit {
  private final Class<?> service;
  private final Module module;
  private final String type;
  private final Options options;
  private @Nullable Object made;

  /**
   * Takes a provider.
   *
   * @param service {@link BackendProvider} or {@link FunctionProvider}
   * @param module the module that declares it
   * @param type the name of its class
   * @param options what is asked for
   */
  ProviderUnit(Class<?> service, Module module, String type, Options options) {
    this.service = service;
    this.module = module;
    this.type = type;
    this.options = options;
  }

  @Override
  public String name() {
    return module.getName();
  }

  @Override
  public List<Check> checks() {
    Object provider = provider();
    Optional<Check> loaded = loaded(provider);
    List<Check> checks = new ArrayList<>();
    loaded.ifPresent(checks::add);
    if (provider instanceof BackendProvider backends) {
      for (Check check : Suites.of(backends, options.settings())) {
        if (isAskedFor(check)) {
          checks.add(check);
        }
      }
    } else {
      checks.addAll(Suites.of((FunctionProvider) provider, options.settings()));
    }
    // of a plugin that the engine does not use, only the rules about plugins can be tried
    return loaded.isEmpty()
        ? checks
        : checks.stream().filter(check -> check.rule().id().startsWith("P-")).toList();
  }

  private boolean isAskedFor(Check check) {
    return options.device().isEmpty()
        || !check.rule().id().startsWith("B-")
        || check.subject().equals(options.device().get().toString());
  }

  /** A check that shows why the engine does not use the plugin, if it does not. */
  private Optional<Check> loaded(Object provider) {
    if (provider instanceof BackendProvider backends && backends.devices().isEmpty()) {
      String reason = backends.unavailable();
      return Optional.of(
          new Check(
              OwnRules.LOADED,
              name(),
              type,
              trial -> {
                throw NotRun.because(
                    "it has no device here" + (reason.isEmpty() ? "" : ": " + reason));
              }));
    }
    return refusal()
        .map(
            reason ->
                new Check(
                    OwnRules.LOADED,
                    name(),
                    type,
                    trial -> {
                      throw new AssertionError("the engine refuses it: " + reason);
                    }));
  }

  private Optional<String> refusal() {
    Plugin.Kind kind =
        service == BackendProvider.class ? Plugin.Kind.BACKEND : Plugin.Kind.OPERATORS;
    return Plugins.list().stream()
        .filter(plugin -> plugin.module().equals(name()) && plugin.kind() == kind)
        .filter(plugin -> !plugin.isFullyUsable() && plugin.offers().isEmpty())
        .map(Plugin::refusal)
        .findFirst();
  }

  /** The provider, made at the first call. */
  private Object provider() {
    Object known = made;
    if (known == null) {
      known =
          service == BackendProvider.class
              ? find(BackendProvider.class)
              : find(FunctionProvider.class);
      made = known;
    }
    return known;
  }

  private <P> P find(Class<P> wanted) {
    ServiceLoader<P> loader =
        wanted == BackendProvider.class
            ? cast(ServiceLoader.load(ModuleLayer.boot(), BackendProvider.class))
            : cast(ServiceLoader.load(ModuleLayer.boot(), FunctionProvider.class));
    Iterator<ServiceLoader.Provider<P>> providers = loader.stream().iterator();
    @Nullable ServiceConfigurationError failure = null;
    while (true) {
      try {
        if (!providers.hasNext()) {
          throw new IllegalStateException("module " + name() + " does not give " + type, failure);
        }
        ServiceLoader.Provider<P> provider = providers.next();
        if (provider.type().getName().equals(type)) {
          return provider.get();
        }
        // where a static method provides the service, the declared type need not tell whose it is
        if (provider.type() == wanted) {
          P candidate = provider.get();
          if (candidate.getClass().getModule() == module) {
            return candidate;
          }
        }
      } catch (ServiceConfigurationError e) {
        // another module's trouble, unless it names this class; the second time it is the end
        boolean again =
            failure != null && String.valueOf(failure.getMessage()).equals(e.getMessage());
        if (again || String.valueOf(e.getMessage()).contains(type)) {
          throw e;
        }
        failure = e;
      }
    }
  }

  @SuppressWarnings("unchecked") // the caller compared the classes
  private static <P> ServiceLoader<P> cast(ServiceLoader<?> loader) {
    return (ServiceLoader<P>) loader;
  }

  @Override
  public Optional<Judged> judged() {
    Object provider = made;
    String version = module.getDescriptor().rawVersion().orElse("");
    if (provider instanceof BackendProvider backends) {
      List<Judged.JudgedDevice> devices = new ArrayList<>();
      for (Device device : backends.devices()) {
        if (options.device().isEmpty() || options.device().get().equals(device)) {
          devices.add(new Judged.JudgedDevice(device.toString(), description(backends, device)));
        }
      }
      return devices.isEmpty() && options.device().isPresent()
          ? Optional.empty()
          : Optional.of(new Judged(Judged.BACKEND, backends.name(), name(), version, devices, 0));
    }
    if (provider instanceof FunctionProvider functions) {
      int operators = functions.operators().size();
      return Optional.of(
          new Judged(Judged.OPERATORS, functions.name(), name(), version, List.of(), operators));
    }
    return Optional.empty();
  }

  private static String description(BackendProvider provider, Device device) {
    try (Backend backend = provider.open(device)) {
      return backend.properties().description();
    } catch (RuntimeException | LinkageError | AssertionError e) {
      return "it could not be opened: " + e;
    }
  }
}
