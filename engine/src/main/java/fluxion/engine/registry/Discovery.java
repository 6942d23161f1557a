package fluxion.engine.registry;

import fluxion.engine.spi.Operator;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Looks for providers with the service loader. */
final class Discovery implements Finder {
  private static final OperatorService OPERATORS = new OperatorService();
  private static final DeviceService DEVICES = new DeviceService();
  private static final AcceleratorService ACCELERATORS = new AcceleratorService();

  @Override
  public List<Found<Operator>> operators(@Nullable ModuleLayer layer) {
    return search(OPERATORS, layer);
  }

  @Override
  public List<Found<DeviceOffer>> devices(@Nullable ModuleLayer layer) {
    return search(DEVICES, layer);
  }

  @Override
  public List<Found<AcceleratorOffer>> accelerators(@Nullable ModuleLayer layer) {
    return search(ACCELERATORS, layer);
  }

  @Override
  public boolean isHome(ModuleLayer layer) {
    ModuleLayer home = home();
    return home != null && withParents(home).contains(layer);
  }

  /** The engine's own layer; null on the class path. */
  private static @Nullable ModuleLayer home() {
    return Discovery.class.getModule().getLayer();
  }

  private static <P, T> List<Found<T>> search(Service<P, T> service, @Nullable ModuleLayer layer) {
    ModuleLayer searched = layer == null ? home() : layer;
    // the module's descriptor names both services; load must be called from this module
    ServiceLoader<P> loader =
        searched == null
            ? ServiceLoader.load(service.type(), Discovery.class.getClassLoader())
            : ServiceLoader.load(searched, service.type());
    List<Question<T>> questions = new ArrayList<>();
    Iterator<ServiceLoader.Provider<P>> providers = loader.stream().iterator();
    String before = "";
    while (true) {
      try {
        if (!providers.hasNext()) {
          return Asking.all(questions);
        }
        questions.add(question(service, providers.next(), layer));
      } catch (ServiceConfigurationError e) {
        String message = String.valueOf(e.getMessage());
        if (message.equals(before)) {
          return Asking.all(questions);
        }
        before = message;
        Found<T> failed = unloadable(service, searched, layer, e);
        if (failed != null) {
          questions.add(new Question<>(() -> failed, stack -> failed));
        }
      }
    }
  }

  private static <P, T> Question<T> question(
      Service<P, T> service, ServiceLoader.Provider<P> provider, @Nullable ModuleLayer layer) {
    Class<?> type = provider.type();
    return new Question<>(
        () -> ask(service, provider, layer),
        stack ->
            Found.refused(
                service.kind(),
                type.getName(),
                Interview.origin(type, layer),
                Causes.silence(type, stack),
                null));
  }

  /**
   * What a provider says, or null if it is of a parent of the layer. Where a static method provides
   * the service, the type that is declared need not tell whose it is; the provider does.
   */
  private static <P, T> @Nullable Found<T> ask(
      Service<P, T> service, ServiceLoader.Provider<P> provider, @Nullable ModuleLayer layer) {
    if (provider.type() == service.type()) {
      P made = provider.get();
      return isFrom(layer, made.getClass())
          ? Interview.ask(service, made.getClass(), () -> made, layer)
          : null;
    }
    return isFrom(layer, provider.type())
        ? Interview.ask(service, provider.type(), provider, layer)
        : null;
  }

  private static boolean isFrom(@Nullable ModuleLayer layer, Class<?> type) {
    return layer == null || type.getModule().getLayer() == layer;
  }

  /** A provider whose class could not be loaded, or null if it is of a parent of the layer. */
  private static <P, T> @Nullable Found<T> unloadable(
      Service<P, T> service,
      @Nullable ModuleLayer searched,
      @Nullable ModuleLayer layer,
      ServiceConfigurationError thrown) {
    String message = String.valueOf(thrown.getMessage());
    if (searched != null) {
      for (ModuleLayer candidate : withParents(searched)) {
        for (Module module : candidate.modules()) {
          String name = providerNamed(message, module, service.type());
          if (name != null) {
            return layer != null && candidate != layer
                ? null
                : Found.refused(
                    service.kind(),
                    name,
                    new Found.Origin(
                        module.getName(), Interview.version(module), layer, Location.of(module)),
                    Causes.describe(thrown),
                    thrown);
          }
        }
      }
    }
    return Found.refused(
        service.kind(),
        "unknown provider",
        new Found.Origin("class path", "", layer, ServiceFiles.naming(service.type(), message)),
        Causes.describe(thrown),
        thrown);
  }

  /** The provider of a module that a message is about, or null. */
  private static @Nullable String providerNamed(String message, Module module, Class<?> service) {
    if (module.getDescriptor() != null) {
      for (var provides : module.getDescriptor().provides()) {
        if (provides.service().equals(service.getName())) {
          for (String provider : provides.providers()) {
            if (message.matches(".*(?<![\\w$.])" + Pattern.quote(provider) + "(?![\\w$]).*")) {
              return provider;
            }
          }
        }
      }
    }
    return null;
  }

  private static Set<ModuleLayer> withParents(ModuleLayer layer) {
    Set<ModuleLayer> seen = new LinkedHashSet<>();
    Deque<ModuleLayer> open = new ArrayDeque<>(List.of(layer));
    while (!open.isEmpty()) {
      ModuleLayer next = open.remove();
      if (seen.add(next)) {
        open.addAll(next.parents());
      }
    }
    return seen;
  }
}
