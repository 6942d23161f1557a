package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.LoadedPlugins;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.Selection;
import fluxion.api.spi.OpSite;
import fluxion.api.spi.OperatorTable;
import fluxion.api.spi.PluginTable;
import fluxion.engine.folder.PluginFolder;
import fluxion.engine.intrinsics.EngineFunctions;
import fluxion.engine.spi.AcceleratorProvider;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.vmap.UnbatchedException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Which plugin provides which operator and which device.
 *
 * <p>Plugins are looked for when the registry is first asked, in the engine's own layer and in
 * those that were added. A name that two modules offer is nobody's until one of them is chosen.
 *
 * <p>Threads may ask while others change what there is: each question is answered from what there
 * was at one moment.
 */
public final class Registry implements OperatorTable, PluginTable {
  private final Finder finder;
  private final Devices devices = new Devices();
  private final Set<ModuleLayer> layers = ConcurrentHashMap.newKeySet();

  /** The answers of {@link #device} so far; emptied whenever the contents change. */
  private final Map<Device, OpenDevice> current = new ConcurrentHashMap<>();

  private volatile @Nullable Contents contents;

  private final Search searching = new Search();

  private volatile boolean searchesNothing;

  /** Makes a registry that has not looked for plugins yet. */
  public Registry() {
    this(new Discovery());
  }

  Registry(Finder finder) {
    this.finder = finder;
  }

  // ---- operators

  @Override
  public <F> F link(String name, Class<F> call) {
    Operator operator = ready(contents().operator(name));
    for (Operator.Overload<?> overload : operator.overloads()) {
      if (overload.call() == call) {
        return call.cast(overload.implementation());
      }
    }
    throw new PluginException(
        "operator '"
            + name
            + "' cannot be called as "
            + call.getName()
            + "; it can be as "
            + operator.overloads().stream()
                .map(overload -> overload.signature().toString())
                .collect(Collectors.joining(", ")));
  }

  @Override
  public Object call(
      String name, List<? extends @Nullable Object> arguments, Map<String, ?> named) {
    Offers.Offer<Operator> offer = contents().operator(name);
    try {
      return Binder.call(ready(offer), offer.from().module(), arguments, named);
    } catch (UnbatchedException e) {
      throw e.in(name);
    }
  }

  /** The operator of an offer, put together and found callable if it was not yet. */
  private static Operator ready(Offers.Offer<Operator> offer) {
    Operator operator = offer.what();
    if (operator.isDeferred()) {
      try {
        OperatorService.checkCalls(operator);
      } catch (Throwable e) {
        Causes.letJvmsPass(e);
        throw new PluginException(
            "operator '"
                + operator.name()
                + "' of module "
                + offer.from().place()
                + " cannot be used: "
                + Causes.describe(e),
            e);
      }
    }
    return operator;
  }

  @Override
  public List<String> names() {
    return contents().operatorNames();
  }

  /** {@return the operators of all plugins, without those whose names clash} */
  public List<Operator> operators() {
    return contents().usableOperators();
  }

  // ---- devices

  /**
   * {@return a device, opened at its first use}
   *
   * @param device which
   * @throws DeviceException if no plugin offers it, or it cannot be opened
   * @throws PluginException if several offer it
   */
  public OpenDevice device(Device device) {
    OpenDevice known = current.get(device);
    return known != null ? known : open(device);
  }

  /** {@return the devices in use} */
  public List<OpenDevice> openDevices() {
    return List.copyOf(current.values());
  }

  private OpenDevice open(Device device) {
    contents();
    synchronized (this) {
      Contents known = contents();
      OpenDevice open =
          devices.open(known.device(device), () -> device(Device.CPU).backend(), known);
      current.put(device, open);
      return open;
    }
  }

  /**
   * {@return how many threads a device may use}
   *
   * @throws fluxion.api.ArgumentException if the property {@code fluxion.threads} is wrong
   */
  public synchronized int threads() {
    return devices.threads();
  }

  /**
   * Sets how many threads a device may use, for those that are open and those to come.
   *
   * @param n the number
   * @throws fluxion.api.ArgumentException if it is out of range; nothing has changed then
   */
  public synchronized void threads(int n) {
    devices.threads(n);
  }

  // ---- plugins

  @Override
  public List<Plugin> list() {
    return findings().stream().map(Finding::plugin).toList();
  }

  /** {@return the plugins as {@link #list} has them, with what those that failed threw} */
  public List<Finding> findings() {
    return contents().plugins();
  }

  @Override
  public List<Selection> selections() {
    return contents().selections();
  }

  @Override
  public void add(ModuleLayer layer) {
    add(layer, List.of());
  }

  private void add(ModuleLayer layer, List<Found<Void>> refusedJars) {
    contents();
    searching.run(
        () -> {
          if (!finder.isHome(layer) && layers.add(layer)) {
            try {
              Providers found = everything(layer).withJars(refusedJars);
              change(before -> before.with(found));
            } catch (Throwable e) {
              layers.remove(layer);
              throw e;
            }
          }
          return layer;
        });
  }

  @Override
  public LoadedPlugins load(Path directory) {
    contents();
    searching.refuseAnother();
    PluginFolder folder = PluginFolder.read(directory);
    add(folder.layer(), Loaded.refused(folder));
    return new Loaded(this, directory, folder.layer());
  }

  /** What was found in a layer that was added, taken or refused. */
  List<Plugin> list(ModuleLayer layer) {
    return contents().pluginsFrom(layer).stream().map(Finding::plugin).toList();
  }

  @Override
  public void remove(ModuleLayer layer) {
    contents();
    if (layers.remove(layer)) {
      change(before -> before.without(layer));
    }
  }

  /**
   * Takes a provider that was not found but handed over.
   *
   * @param provider brings operators
   * @param source stands for the provider when it is withdrawn
   * @return why it is not used, or the empty text
   */
  public String register(FunctionProvider provider, Object source) {
    return register(
        () -> Interview.askMade(new OperatorService(), provider, source), Providers::ofFunctions);
  }

  /**
   * Takes a provider that was not found but handed over.
   *
   * @param provider brings devices
   * @param source stands for the provider when it is withdrawn
   * @return why it is not used, or the empty text
   */
  public String register(BackendProvider provider, Object source) {
    return register(
        () -> Interview.askMade(new DeviceService(), provider, source), Providers::ofBackends);
  }

  /**
   * Takes a provider that was not found but handed over.
   *
   * @param provider brings accelerators
   * @param source stands for the provider when it is withdrawn
   * @return why it is not used, or the empty text
   */
  public String register(AcceleratorProvider provider, Object source) {
    return register(
        () -> Interview.askMade(new AcceleratorService(), provider, source),
        Providers::ofAccelerators);
  }

  private <T> String register(
      Supplier<Found<T>> interview, Function<List<Found<T>>, Providers> providers) {
    contents();
    Found<T> found = searching.run(interview);
    change(before -> before.with(providers.apply(List.of(found))));
    return found.refusal();
  }

  /**
   * Searches for no plugins by itself from now on and forgets those that it found: a container
   * brings them.
   */
  public void searchNothing() {
    searchesNothing = true;
    if (contents != null) {
      change(before -> Contents.of(Providers.ofFunctions(List.of(own())), Preferences.stated()));
    }
  }

  /**
   * Takes providers that a container brings, refused or not.
   *
   * @param functions brings operators, or null
   * @param backends brings devices, or null
   */
  public void bring(
      @Nullable Brought<FunctionProvider> functions, @Nullable Brought<BackendProvider> backends) {
    if (functions != null) {
      register(() -> Interview.ask(new OperatorService(), functions), Providers::ofFunctions);
    }
    if (backends != null) {
      register(() -> Interview.ask(new DeviceService(), backends), Providers::ofBackends);
    }
  }

  /**
   * Takes a provider of accelerators that a container brings, refused or not.
   *
   * @param accelerators the provider
   */
  public void bring(Brought<AcceleratorProvider> accelerators) {
    register(
        () -> Interview.ask(new AcceleratorService(), accelerators), Providers::ofAccelerators);
  }

  /**
   * Withdraws a provider that was handed over.
   *
   * @param source what stands for it
   */
  public void withdraw(Object source) {
    if (contents().hasFrom(source)) {
      change(before -> before.without(source));
    }
  }

  @Override
  public void prefer(String name, String module) {
    change(before -> before.preferring(name, module));
  }

  // ---- contents

  private Contents contents() {
    Contents known = contents;
    return known != null ? known : search();
  }

  /** Looks for plugins, unless another thread just has. Where that fails, nothing is kept. */
  private Contents search() {
    return searching.run(
        () -> {
          Contents known = contents;
          if (known == null) {
            Providers own = Providers.ofFunctions(List.of(own()));
            known =
                Contents.of(
                    searchesNothing ? own : own.and(everything(null)), Preferences.stated());
            contents = known;
          }
          return known;
        });
  }

  private Providers everything(@Nullable ModuleLayer layer) {
    return new Providers(
        finder.operators(layer), finder.devices(layer), finder.accelerators(layer), List.of());
  }

  /** The engine's own operators. */
  private static Found<Operator> own() {
    EngineFunctions own = new EngineFunctions();
    Module module = Registry.class.getModule();
    return Found.taken(
        Plugin.Kind.ENGINE,
        own.name(),
        new Found.Origin(
            "fluxion.engine", Interview.version(module), null, Location.of(Registry.class)),
        new OperatorService().offers(own));
  }

  private void change(UnaryOperator<Contents> how) {
    contents();
    synchronized (this) {
      Contents before = contents();
      Contents changed = how.apply(before);
      contents = changed;
      current.clear();
      devices.keepOnly(changed);
      if (!changed.hasOperatorsOf(before)) {
        // a device alone unlinks no call: linking hundreds of them anew takes milliseconds
        OpSite.resetAll();
      }
    }
  }
}
