package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.spi.OpSite;
import fluxion.api.spi.OperatorTable;
import fluxion.api.spi.PluginTable;
import fluxion.engine.intrinsics.EngineFunctions;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.FunctionProvider;
import fluxion.engine.spi.Operator;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.vmap.UnbatchedException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
  private final Set<ModuleLayer> layers = new HashSet<>();

  /** The answers of {@link #device} so far; emptied whenever the contents change. */
  private final Map<Device, OpenDevice> current = new ConcurrentHashMap<>();

  private volatile @Nullable Contents contents;
  private boolean searching;
  private boolean searchesNothing;

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

  private synchronized OpenDevice open(Device device) {
    OpenDevice open = devices.open(contents().device(device), () -> device(Device.CPU).backend());
    current.put(device, open);
    return open;
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
  public synchronized void add(ModuleLayer layer) {
    Contents before = contents();
    if (!finder.isHome(layer) && !layers.contains(layer)) {
      Contents more =
          before.with(find(() -> finder.operators(layer)), find(() -> finder.devices(layer)));
      layers.add(layer);
      change(more);
    }
  }

  @Override
  public synchronized void remove(ModuleLayer layer) {
    Contents before = contents();
    if (layers.remove(layer)) {
      change(before.without(layer));
    }
  }

  /**
   * Takes a provider that was not found but handed over.
   *
   * @param provider brings operators
   * @param source stands for the provider when it is withdrawn
   * @return why it is not used, or the empty text
   */
  public synchronized String register(FunctionProvider provider, Object source) {
    Contents before = contents();
    List<Found<Operator>> found =
        find(() -> List.of(Interview.askMade(new OperatorService(), provider, source)));
    change(before.with(found, List.of()));
    return found.getFirst().refusal();
  }

  /**
   * Takes a provider that was not found but handed over.
   *
   * @param provider brings devices
   * @param source stands for the provider when it is withdrawn
   * @return why it is not used, or the empty text
   */
  public synchronized String register(BackendProvider provider, Object source) {
    Contents before = contents();
    List<Found<DeviceOffer>> found =
        find(() -> List.of(Interview.askMade(new DeviceService(), provider, source)));
    change(before.with(List.of(), found));
    return found.getFirst().refusal();
  }

  /**
   * Searches for no plugins by itself from now on and forgets those that it found: a container
   * brings them.
   */
  public synchronized void searchNothing() {
    searchesNothing = true;
    if (contents != null) {
      change(search(true));
    }
  }

  /**
   * Takes providers that a container brings, refused or not.
   *
   * @param functions brings operators, or null
   * @param backends brings devices, or null
   */
  public synchronized void bring(
      @Nullable Brought<FunctionProvider> functions, @Nullable Brought<BackendProvider> backends) {
    Contents before = contents();
    List<Found<Operator>> operators =
        functions == null
            ? List.of()
            : find(() -> List.of(Interview.ask(new OperatorService(), functions)));
    List<Found<DeviceOffer>> offers =
        backends == null
            ? List.of()
            : find(() -> List.of(Interview.ask(new DeviceService(), backends)));
    change(before.with(operators, offers));
  }

  /**
   * Withdraws a provider that was handed over.
   *
   * @param source what stands for it
   */
  public synchronized void withdraw(Object source) {
    Contents before = contents();
    if (before.hasFrom(source)) {
      change(before.without(source));
    }
  }

  @Override
  public synchronized void prefer(String name, String module) {
    change(contents().preferring(name, module));
  }

  // ---- contents

  private Contents contents() {
    Contents known = contents;
    return known != null ? known : search();
  }

  /** Looks for plugins, unless another thread just has. Where that fails, nothing is kept. */
  private synchronized Contents search() {
    Contents known = contents;
    if (known == null) {
      known = search(searchesNothing);
      contents = known;
    }
    return known;
  }

  /** What there is: what is found, or the engine's own operators alone. */
  private Contents search(boolean nothing) {
    Map<String, String> preferred = preferences(System.getProperty(Offers.PREFER, ""));
    List<Found<Operator>> functions = new ArrayList<>();
    functions.add(own());
    if (nothing) {
      return Contents.of(functions, List.of(), preferred);
    }
    functions.addAll(find(() -> finder.operators(null)));
    return Contents.of(functions, find(() -> finder.devices(null)), preferred);
  }

  /** The engine's own operators. */
  private static Found<Operator> own() {
    EngineFunctions own = new EngineFunctions();
    Module module = Registry.class.getModule();
    return Found.taken(
        Plugin.Kind.ENGINE,
        own.name(),
        new Found.Origin("fluxion.engine", Interview.version(module), null),
        new OperatorService().offers(own));
  }

  private interface Search<T> {
    List<Found<T>> run();
  }

  /** Runs a search, during which providers must not ask the registry in turn. */
  private <T> List<Found<T>> find(Search<T> search) {
    if (searching) {
      throw new PluginException(
          "plugins are being looked for; a provider must not make tensors or call operators while"
              + " it is made or lists what it offers");
    }
    searching = true;
    try {
      return search.run();
    } finally {
      searching = false;
    }
  }

  private void change(Contents changed) {
    Contents before = contents;
    contents = changed;
    current.clear();
    devices.keepOnly(changed);
    if (before == null || !changed.hasOperatorsOf(before)) {
      // a device alone unlinks no call: linking hundreds of them anew takes milliseconds
      OpSite.resetAll();
    }
  }

  /**
   * What a property says of preferred modules.
   *
   * @param text {@code name=module,…}
   * @throws PluginException if it is not of that form
   */
  static Map<String, String> preferences(String text) {
    Map<String, String> preferred = new HashMap<>();
    for (String choice : text.split(",", -1)) {
      if (!choice.isBlank()) {
        String[] parts = choice.split("=", -1);
        if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
          throw new PluginException(
              "-D" + Offers.PREFER + "=" + text + ": expected name=module, got '" + choice + "'");
        }
        preferred.put(parts[0].strip(), parts[1].strip());
      }
    }
    return preferred;
  }
}
