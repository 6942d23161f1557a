package fluxion.engine.registry;

import fluxion.engine.spi.Operator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * All providers that were come upon, by what they provide.
 *
 * @param functions those of operators
 * @param backends those of devices
 * @param accelerators those of accelerators
 * @param jars jars that were refused before anything in them was asked
 */
record Providers(
    List<Found<Operator>> functions,
    List<Found<DeviceOffer>> backends,
    List<Found<AcceleratorOffer>> accelerators,
    List<Found<Void>> jars) {
  static final Providers NONE = new Providers(List.of(), List.of(), List.of(), List.of());

  Providers {
    functions = List.copyOf(functions);
    backends = List.copyOf(backends);
    accelerators = List.copyOf(accelerators);
    jars = List.copyOf(jars);
  }

  static Providers ofFunctions(List<Found<Operator>> functions) {
    return new Providers(functions, List.of(), List.of(), List.of());
  }

  static Providers ofBackends(List<Found<DeviceOffer>> backends) {
    return new Providers(List.of(), backends, List.of(), List.of());
  }

  static Providers ofAccelerators(List<Found<AcceleratorOffer>> accelerators) {
    return new Providers(List.of(), List.of(), accelerators, List.of());
  }

  /** These with jars that were refused. */
  Providers withJars(List<Found<Void>> refused) {
    return new Providers(functions, backends, accelerators, refused);
  }

  /** These, and then others. */
  Providers and(Providers others) {
    return new Providers(
        both(functions, others.functions),
        both(backends, others.backends),
        both(accelerators, others.accelerators),
        both(jars, others.jars));
  }

  private static <T> List<Found<T>> both(List<Found<T>> first, List<Found<T>> second) {
    List<Found<T>> both = new ArrayList<>(first);
    both.addAll(second);
    return both;
  }

  /**
   * These without those that were added with a layer or a registration.
   *
   * @param source the layer or the registration
   * @param gone receives the modules of what is gone, by name on offer
   */
  Providers without(Object source, Map<String, String> gone) {
    return new Providers(
        others(functions, source, gone),
        others(backends, source, gone),
        others(accelerators, source, gone),
        others(jars, source, gone));
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

  /** All of them. */
  List<Found<?>> all() {
    List<Found<?>> all = new ArrayList<>(functions);
    all.addAll(backends);
    all.addAll(accelerators);
    all.addAll(jars);
    return all;
  }
}
