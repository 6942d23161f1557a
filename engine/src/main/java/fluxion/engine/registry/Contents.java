package fluxion.engine.registry;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.PluginException;
import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a registry holds at one time. It never changes: a registry exchanges it for another. */
final class Contents {
  private final List<Found<Operator>> functions;
  private final List<Found<DeviceOffer>> backends;
  private final Map<String, String> preferred;
  private final Map<String, String> withdrawn;
  private final Offers<Operator> operators;
  private final Offers<DeviceOffer> devices;
  private volatile @Nullable List<Finding> plugins;

  private Contents(
      List<Found<Operator>> functions,
      List<Found<DeviceOffer>> backends,
      Map<String, String> preferred,
      Map<String, String> withdrawn,
      Offers<Operator> operators) {
    this.functions = List.copyOf(functions);
    this.backends = List.copyOf(backends);
    this.preferred = Map.copyOf(preferred);
    this.withdrawn = Map.copyOf(withdrawn);
    this.operators = operators;
    this.devices = new Offers<>("device", this.backends, this.preferred);
  }

  private static Offers<Operator> offers(
      List<Found<Operator>> functions, Map<String, String> preferred) {
    return new Offers<>("operator", functions, Map.copyOf(preferred));
  }

  /** The plugins found first, with the modules that are preferred for names. */
  static Contents of(
      List<Found<Operator>> functions,
      List<Found<DeviceOffer>> backends,
      Map<String, String> preferred) {
    return new Contents(functions, backends, preferred, Map.of(), offers(functions, preferred));
  }

  /** These and more plugins. */
  Contents with(List<Found<Operator>> moreFunctions, List<Found<DeviceOffer>> moreBackends) {
    List<Found<Operator>> allFunctions = new ArrayList<>(functions);
    allFunctions.addAll(moreFunctions);
    List<Found<DeviceOffer>> allBackends = new ArrayList<>(backends);
    allBackends.addAll(moreBackends);
    return new Contents(
        allFunctions,
        allBackends,
        preferred,
        withdrawn,
        moreFunctions.isEmpty() ? operators : offers(allFunctions, preferred));
  }

  /** Whether a plugin was added with a layer or a registration. */
  boolean hasFrom(Object source) {
    return functions.stream().anyMatch(found -> found.source() == source)
        || backends.stream().anyMatch(found -> found.source() == source);
  }

  /** These without the plugins of a layer or a registration. */
  Contents without(Object source) {
    Map<String, String> gone = new HashMap<>(withdrawn);
    List<Found<Operator>> otherFunctions = others(functions, source, gone);
    List<Found<DeviceOffer>> otherBackends = others(backends, source, gone);
    boolean same = otherFunctions.size() == functions.size();
    return new Contents(
        otherFunctions,
        otherBackends,
        preferred,
        gone,
        same ? operators : offers(otherFunctions, preferred));
  }

  private static <T> List<Found<T>> others(
      List<Found<T>> all, Object source, Map<String, String> gone) {
    List<Found<T>> others = new ArrayList<>();
    for (Found<T> found : all) {
      if (found.source() == source) {
        found.offers().keySet().forEach(name -> gone.put(name, found.place()));
      } else {
        others.add(found);
      }
    }
    return others;
  }

  /** These, with a module preferred for a name. */
  Contents preferring(String name, String module) {
    Map<String, String> changed = new HashMap<>(preferred);
    changed.put(name, module);
    return new Contents(functions, backends, changed, withdrawn, offers(functions, changed));
  }

  // ---- operators

  /** Whether every name stands for the same operator in both. */
  boolean hasOperatorsOf(Contents other) {
    return operators == other.operators;
  }

  List<String> operatorNames() {
    return List.copyOf(operators.names());
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
            refused(functions),
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
    for (Found<Operator> found : functions) {
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

  private static <T> String refused(List<Found<T>> providers) {
    String refusals =
        providers.stream()
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
                refused(backends),
                "Add the jar of a backend to the module path.")
            : sentences(
                what + " is not there: the devices are " + String.join(", ", devices.names()) + ".",
                gone,
                refused(backends)));
  }

  /** Whether a plugin is still there. */
  boolean has(Found<?> found) {
    return backends.contains(found) || functions.contains(found);
  }

  // ---- plugins

  /** All plugins, in the order of their modules' names; put together when first asked for. */
  List<Finding> plugins() {
    List<Finding> known = plugins;
    if (known == null) {
      known = describe();
      plugins = known;
    }
    return known;
  }

  private List<Finding> describe() {
    List<Finding> findings = new ArrayList<>();
    functions.forEach(
        found ->
            findings.add(new Finding(found.describe(operators.clashes(found)), found.thrown())));
    backends.forEach(
        found -> findings.add(new Finding(found.describe(devices.clashes(found)), found.thrown())));
    findings.sort(
        Comparator.comparing((Finding finding) -> finding.plugin().module())
            .thenComparing(finding -> finding.plugin().kind()));
    return List.copyOf(findings);
  }
}
