package fluxion.engine.registry;

import fluxion.api.Plugin;
import fluxion.api.PluginException;
import fluxion.api.Selection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Who offers what under which name. A name that several offer is nobody's until one of their
 * modules is preferred.
 *
 * @param <T> what is offered
 */
final class Offers<T> {
  /** The system property that prefers modules: {@code name=module,…}. */
  static final String PREFER = "fluxion.prefer";

  private static final int SHOWN = 3;

  /**
   * What one provider offers under a name.
   *
   * @param <T> what is offered
   */
  record Offer<T>(Found<T> from, T what) {}

  /** What a thing on offer is called. */
  enum Noun {
    OPERATOR("operator", "op:", Plugin.Kind.OPERATORS),
    DEVICE("device", "device:", Plugin.Kind.BACKEND),
    ACCELERATOR("accelerator", "accelerator:", Plugin.Kind.ACCELERATORS);

    private final String word;

    /** Stands before a name in a preference that is about nothing else of that name. */
    private final String prefix;

    private final Plugin.Kind kind;

    Noun(String word, String prefix, Plugin.Kind kind) {
      this.word = word;
      this.prefix = prefix;
      this.kind = kind;
    }
  }

  private final Noun noun;

  /** Found as quickly whatever their number. */
  private final Map<String, List<Offer<T>>> byName;

  /** The names in their order; sorted when somebody first asks. */
  private volatile @Nullable List<String> names;

  private final Map<String, String> preferred;

  /**
   * Puts together what providers offer.
   *
   * @param noun what a thing on offer is called
   * @param providers the providers
   * @param preferred the module that each name is to come from, where that was said
   */
  Offers(Noun noun, List<Found<T>> providers, Map<String, String> preferred) {
    this.noun = noun;
    this.preferred = preferred;
    int count = 0;
    for (Found<T> provider : providers) {
      count += provider.offers().size();
    }
    this.byName = HashMap.newHashMap(count);
    for (Found<T> provider : providers) {
      for (Map.Entry<String, T> offer : provider.offers().entrySet()) {
        List<Offer<T>> mine = List.of(new Offer<>(provider, offer.getValue()));
        List<Offer<T>> known = byName.put(offer.getKey(), mine);
        if (known != null) {
          List<Offer<T>> all = new ArrayList<>(known);
          all.addAll(mine);
          byName.put(offer.getKey(), all);
        }
      }
    }
  }

  /** All names in their order, also those that are nobody's. */
  List<String> names() {
    List<String> known = names;
    if (known == null) {
      List<String> sorted = new ArrayList<>(byName.keySet());
      Collections.sort(sorted);
      known = Collections.unmodifiableList(sorted);
      names = known;
    }
    return known;
  }

  /** Everything that can be had, in the order of the names. */
  List<T> usable() {
    List<T> usable = new ArrayList<>();
    for (String name : names()) {
      List<Offer<T>> candidates = candidates(name);
      if (candidates.size() == 1) {
        usable.add(candidates.getFirst().what());
      }
    }
    return usable;
  }

  /**
   * What is offered under a name, or null.
   *
   * @throws PluginException if several offer it and none of them is preferred
   */
  @Nullable Offer<T> find(String name) {
    List<Offer<T>> candidates = candidates(name);
    if (candidates.size() > 1) {
      throw clash(name, candidates);
    }
    return candidates.isEmpty() ? null : candidates.getFirst();
  }

  /** The offers of a name: those of the preferred module, if it is among them. */
  private List<Offer<T>> candidates(String name) {
    List<Offer<T>> all = byName.getOrDefault(name, List.of());
    if (all.size() > 1) {
      String module = preferred(name);
      List<Offer<T>> chosen =
          all.stream().filter(offer -> offer.from().module().equals(module)).toList();
      return chosen.isEmpty() ? all : chosen;
    }
    return all;
  }

  /** The module that is preferred for a name, or null. */
  @Nullable String preferred(String name) {
    String exact = preferred.get(noun.prefix.concat(name));
    return exact != null ? exact : preferred.get(name);
  }

  /** Who serves what, in the order of the names. */
  List<Selection> selections() {
    List<Selection> selections = new ArrayList<>();
    for (String name : names()) {
      List<Offer<T>> all = byName.getOrDefault(name, List.of());
      List<String> modules = all.stream().map(offer -> offer.from().module()).distinct().toList();
      List<Offer<T>> candidates = candidates(name);
      boolean served = candidates.size() == 1;
      String module = served ? candidates.getFirst().from().module() : "";
      String reason;
      if (noun == Noun.ACCELERATOR
          && preferred(name) != null
          && !modules.contains(preferred(name))) {
        module = String.valueOf(preferred(name));
        reason = "preferred to what is offered; served by the device itself";
      } else if (!served) {
        reason = String.valueOf(clash(name, candidates).getMessage());
      } else if (all.size() > 1) {
        reason = "preferred";
      } else if (noun == Noun.ACCELERATOR) {
        reason = "offered by no other plugin; it replaces what the device has";
      } else {
        reason = "offered by no other";
      }
      selections.add(new Selection(noun.kind, name, module, modules, reason));
    }
    return selections;
  }

  private PluginException clash(String name, List<Offer<T>> candidates) {
    List<String> modules = candidates.stream().map(offer -> offer.from().module()).toList();
    String what = noun.word + " '" + name + "'";
    if (Set.copyOf(modules).size() == 1) {
      return new PluginException(
          what
              + " is offered by several providers of module "
              + modules.getFirst()
              + " ("
              + candidates.stream()
                  .map(offer -> offer.from().name() + " in " + offer.from().place())
                  .collect(Collectors.joining(", "))
              + "); leave one of them on the path");
    }
    String chosen = preferred(name);
    return new PluginException(
        what
            + " is offered by modules "
            + String.join(" and ", modules)
            + (chosen == null ? "" : ", and not by " + chosen + ", which was preferred")
            + "; choose one with -D"
            + PREFER
            + "="
            + name
            + "="
            + modules.getFirst()
            + " or with Plugins.prefer");
  }

  /**
   * What of a provider's offers is nobody's because others offer it, too; the empty text if all is
   * well.
   */
  String clashes(Found<T> provider) {
    Map<String, List<String>> byRivals = new TreeMap<>();
    for (String name : provider.offers().keySet()) {
      List<Offer<T>> candidates = candidates(name);
      if (candidates.size() > 1) {
        Set<String> rivals = new TreeSet<>();
        for (Offer<T> offer : candidates) {
          if (!offer.from().equals(provider)) {
            rivals.add(offer.from().module());
          }
        }
        byRivals.computeIfAbsent(String.join(" and ", rivals), r -> new ArrayList<>()).add(name);
      }
    }
    List<String> texts = new ArrayList<>();
    byRivals.forEach(
        (rivals, names) ->
            texts.add(
                shown(names)
                    + " offered also by "
                    + rivals
                    + ", so that no module has it; choose with -D"
                    + PREFER
                    + "="
                    + names.getFirst()
                    + "="
                    + provider.module()));
    return String.join("; ", texts);
  }

  private static String shown(List<String> names) {
    String text =
        names.stream().limit(SHOWN).map(n -> "'" + n + "'").collect(Collectors.joining(", "));
    int more = names.size() - SHOWN;
    return more > 0
        ? text + " and " + more + " more are"
        : text + (names.size() > 1 ? " are" : " is");
  }
}
