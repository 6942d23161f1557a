package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.PluginException;
import fluxion.api.Selection;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a registry holds at one time. It never changes: a registry exchanges it for another. */
final class Contents {
  private final Providers providers;
  private final Map<String, String> preferred;
  private final Map<String, String> withdrawn;
  private final Offers<Operator> operators;
  private final Offers<DeviceOffer> devices;
  private final Offers<AcceleratorOffer> accelerators;
  private volatile @Nullable List<Finding> plugins;

  private Contents(
      Providers providers,
      Map<String, String> preferred,
      Map<String, String> withdrawn,
      Offers<Operator> operators) {
    this.providers = providers;
    this.preferred = Map.copyOf(preferred);
    this.withdrawn = Map.copyOf(withdrawn);
    this.operators = operators;
    this.devices = new Offers<>(Offers.Noun.DEVICE, providers.backends(), this.preferred);
    this.accelerators =
        new Offers<>(Offers.Noun.ACCELERATOR, providers.accelerators(), this.preferred);
  }

  private static Offers<Operator> offers(Providers providers, Map<String, String> preferred) {
    return new Offers<>(Offers.Noun.OPERATOR, providers.functions(), Map.copyOf(preferred));
  }

  /** The plugins found first, with the modules that are preferred for names. */
  static Contents of(Providers providers, Map<String, String> preferred) {
    return new Contents(providers, preferred, Map.of(), offers(providers, preferred));
  }

  /** These and more plugins. */
  Contents with(Providers more) {
    Providers all = providers.and(more);
    return new Contents(
        all, preferred, withdrawn, more.functions().isEmpty() ? operators : offers(all, preferred));
  }

  /** Whether a plugin was added with a layer or a registration. */
  boolean hasFrom(Object source) {
    return providers.all().stream().anyMatch(found -> found.source() == source);
  }

  /** These without the plugins of a layer or a registration. */
  Contents without(Object source) {
    Map<String, String> gone = new HashMap<>(withdrawn);
    Providers others = providers.without(source, gone);
    boolean same = others.functions().size() == providers.functions().size();
    return new Contents(others, preferred, gone, same ? operators : offers(others, preferred));
  }

  /** These, with a module preferred for a name. */
  Contents preferring(String name, String module) {
    Map<String, String> changed = new HashMap<>(preferred);
    changed.put(name, module);
    return new Contents(providers, changed, withdrawn, offers(providers, changed));
  }

  // ---- operators

  /** Whether every name stands for the same operator in both. */
  boolean hasOperatorsOf(Contents other) {
    return operators == other.operators;
  }

  List<String> operatorNames() {
    return operators.names();
  }

  List<Operator> usableOperators() {
    return operators.usable();
  }

  /**
   * The operator with a name.
   *
   * @throws PluginException if nobody offers it, or several do
   */
  Offers.Offer<Operator> operator(String name) {
    Offers.Offer<Operator> offer = operators.find(name);
    if (offer != null) {
      return offer;
    }
    String what = "operator '" + name + "'";
    throw new PluginException(
        sentences(
            missing(what, name),
            NearNames.question(name, operators.names()),
            there(),
            refused(providers.functions()),
            "Add the jar of a module that provides it to the module path."));
  }

  private String missing(String what, String name) {
    String module = withdrawn.get(name);
    return module == null
        ? what + " is missing: no module on the path provides it."
        : what + " is missing: " + module + ", which provided it, was withdrawn.";
  }

  /** The modules that bring operators. */
  private String there() {
    Map<String, Integer> counts = new LinkedHashMap<>();
    for (Found<Operator> found : providers.functions()) {
      if (found.isUsed()) {
        counts.merge(found.module(), found.offers().size(), Integer::sum);
      }
    }
    return counts.entrySet().stream()
        .map(
            e ->
                e.getKey()
                    + " ("
                    + e.getValue()
                    + (e.getValue() == 1 ? " operator)" : " operators)"))
        .collect(Collectors.joining(", ", "There are: ", "."));
  }

  /** Who of some providers was refused, and which jars were. */
  private <T> String refused(List<Found<T>> some) {
    String refusals =
        Stream.concat(some.stream(), providers.jars().stream())
            .filter(found -> !found.isUsed())
            .map(found -> found.place() + " (" + found.refusal() + ")")
            .collect(Collectors.joining(", "));
    return refusals.isEmpty() ? "" : "Refused: " + refusals + ".";
  }

  private static String sentences(String... sentences) {
    List<String> said = new ArrayList<>();
    for (String sentence : sentences) {
      if (!sentence.isEmpty()) {
        said.add(sentence);
      }
    }
    return String.join(" ", said);
  }

  // ---- devices

  /**
   * The offer of a device.
   *
   * @throws DeviceException if nobody offers it
   * @throws PluginException if several do
   */
  Offers.Offer<DeviceOffer> device(Device device) {
    Offers.Offer<DeviceOffer> offer = devices.find(device.toString());
    if (offer != null) {
      return offer;
    }
    String what = "device '" + device + "'";
    String module = withdrawn.get(device.toString());
    String gone = module == null ? "" : module + ", which provided it, was withdrawn.";
    throw new DeviceException(
        devices.names().isEmpty()
            ? sentences(
                what + " is not there: no module on the path provides a device.",
                gone,
                refused(providers.backends()),
                "Add the jar of a backend to the module path.")
            : sentences(
                what + " is not there: the devices are " + String.join(", ", devices.names()) + ".",
                gone,
                refused(providers.backends())));
  }

  /** Whether a plugin is still there. */
  boolean has(Found<?> found) {
    return providers.backends().contains(found) || providers.functions().contains(found);
  }

  // ---- accelerators

  /** Whether anybody offers an accelerator. */
  boolean hasAccelerators() {
    return !providers.accelerators().isEmpty();
  }

  /** The module that is preferred for an accelerator, or null. */
  @Nullable String preferredAccelerator(String name) {
    return accelerators.preferred(name);
  }

  /**
   * The offer of an accelerator, or null.
   *
   * @throws PluginException if several offer it
   */
  Offers.@Nullable Offer<AcceleratorOffer> accelerator(String name) {
    return accelerators.find(name);
  }

  // ---- plugins

  /** Who serves what: operators, then devices, then accelerators, in the order of their names. */
  List<Selection> selections() {
    List<Selection> all = new ArrayList<>(operators.selections());
    all.addAll(devices.selections());
    all.addAll(accelerators.selections());
    return all;
  }

  /** All plugins, in the order of their modules' names; put together when first asked for. */
  List<Finding> plugins() {
    List<Finding> known = plugins;
    if (known == null) {
      known = describe(found -> true);
      plugins = known;
    }
    return known;
  }

  /** The plugins that were added with a layer or a registration. */
  List<Finding> pluginsFrom(Object source) {
    return describe(found -> found.source() == source);
  }

  private List<Finding> describe(Predicate<Found<?>> which) {
    List<Finding> findings = new ArrayList<>();
    describe(providers.functions(), operators::clashes, which, findings);
    describe(providers.backends(), devices::clashes, which, findings);
    describe(providers.accelerators(), accelerators::clashes, which, findings);
    describe(providers.jars(), found -> "", which, findings);
    findings.sort(
        Comparator.comparing((Finding finding) -> finding.plugin().module())
            .thenComparing(finding -> finding.plugin().kind()));
    return List.copyOf(findings);
  }

  private static <T> void describe(
      List<Found<T>> some,
      Function<Found<T>, String> clashes,
      Predicate<Found<?>> which,
      List<Finding> findings) {
    for (Found<T> found : some) {
      if (which.test(found)) {
        findings.add(new Finding(found.describe(clashes.apply(found)), found.thrown()));
      }
    }
  }
}
