package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Accelerator;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.spi.SpiVersion;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Pretended tensors, operators and plugins. */
final class Fakes {
  /** A tensor that can only be passed on. */
  static final Tensor TENSOR = mock(Tensor.class);

  private Fakes() {}

  private static <T> T mock(Class<T> type) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (proxy, method, args) -> {
              throw new UnsupportedOperationException(method.toString());
            }));
  }

  /** A device that does nothing, also when it is told a number of threads. */
  static Backend backend() {
    return backend(n -> {});
  }

  /** A device that only takes the number of threads. */
  static Backend backend(IntConsumer threads) {
    return (Backend)
        Proxy.newProxyInstance(
            Backend.class.getClassLoader(),
            new Class<?>[] {Backend.class},
            (proxy, method, args) -> {
              if (!method.getName().equals("threads")) {
                throw new UnsupportedOperationException(method.toString());
              }
              threads.accept((int) args[0]);
              return null;
            });
  }

  /** An operator that gives its tensor back. */
  static Operator operator(String name) {
    return Operator.named(name).overload("(Tensor self)", Call.Unary.class, self -> self);
  }

  /** A layer without modules. */
  static ModuleLayer layer() {
    Configuration nothing =
        Configuration.empty().resolve(ModuleFinder.of(), ModuleFinder.of(), Set.of());
    return ModuleLayer.empty().defineModulesWithOneLoader(nothing, null);
  }

  /** A provider with some operators. */
  record Functions(int spiVersion, String name, Supplier<List<Operator>> lister)
      implements FunctionProvider {
    static Functions of(String... names) {
      List<Operator> operators = new ArrayList<>();
      for (String name : names) {
        operators.add(operator(name));
      }
      return new Functions(SpiVersion.CURRENT, "fake operators", () -> operators);
    }

    static Functions listing(Supplier<List<Operator>> lister) {
      return new Functions(SpiVersion.CURRENT, "fake operators", lister);
    }

    @Override
    public List<Operator> operators() {
      return lister.get();
    }
  }

  /** A provider with some devices. */
  record Devices(List<Device> devices, String unavailable, Supplier<Backend> opener)
      implements BackendProvider {
    static Devices of(String... names) {
      List<Device> devices = new ArrayList<>();
      for (String name : names) {
        devices.add(Device.of(name));
      }
      return new Devices(devices, "", Fakes::backend);
    }

    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "fake devices";
    }

    @Override
    public Backend open(Device device) {
      return opener.get();
    }
  }

  /** A provider with some accelerators. */
  record Accelerators(List<Accelerator<?>> accelerators) implements AcceleratorProvider {
    @Override
    public int spiVersion() {
      return SpiVersion.CURRENT;
    }

    @Override
    public String name() {
      return "fake accelerators";
    }
  }

  /** What is found where: said beforehand. */
  static final class Finds implements Finder {
    private final Map<@Nullable ModuleLayer, List<Supplier<Found<Operator>>>> operators =
        new HashMap<>();
    private final Map<@Nullable ModuleLayer, List<Found<DeviceOffer>>> devices = new HashMap<>();
    private final Map<@Nullable ModuleLayer, List<Found<AcceleratorOffer>>> accelerators =
        new HashMap<>();
    private final Set<ModuleLayer> homes = Set.of(ModuleLayer.boot());

    Finds operators(@Nullable ModuleLayer layer, String module, Supplier<FunctionProvider> maker) {
      operators
          .computeIfAbsent(layer, l -> new ArrayList<>())
          .add(() -> found(new OperatorService(), layer, module, maker));
      return this;
    }

    Finds operators(@Nullable ModuleLayer layer, String module, FunctionProvider provider) {
      return operators(layer, module, () -> provider);
    }

    Finds devices(@Nullable ModuleLayer layer, String module, BackendProvider provider) {
      devices
          .computeIfAbsent(layer, l -> new ArrayList<>())
          .add(found(new DeviceService(), layer, module, () -> provider));
      return this;
    }

    /** As an interview finds it, with a module's name of our choice. */
    private static <P, T> Found<T> found(
        Service<P, T> service, @Nullable ModuleLayer layer, String module, Supplier<P> maker) {
      Found<T> asked = Interview.ask(service, service.type(), maker, null);
      return new Found<>(
          asked.kind(),
          asked.name(),
          new Found.Origin(module, "1.0", layer, Location.UNKNOWN),
          asked.offers(),
          asked.refusal(),
          asked.thrown());
    }

    Finds accelerators(@Nullable ModuleLayer layer, String module, AcceleratorProvider provider) {
      accelerators
          .computeIfAbsent(layer, l -> new ArrayList<>())
          .add(found(new AcceleratorService(), layer, module, () -> provider));
      return this;
    }

    @Override
    public List<Found<AcceleratorOffer>> accelerators(@Nullable ModuleLayer layer) {
      return accelerators.getOrDefault(layer, List.of());
    }

    @Override
    public List<Found<Operator>> operators(@Nullable ModuleLayer layer) {
      return operators.getOrDefault(layer, List.of()).stream().map(Supplier::get).toList();
    }

    @Override
    public List<Found<DeviceOffer>> devices(@Nullable ModuleLayer layer) {
      return devices.getOrDefault(layer, List.of());
    }

    @Override
    public boolean isHome(ModuleLayer layer) {
      return homes.contains(layer);
    }
  }
}
