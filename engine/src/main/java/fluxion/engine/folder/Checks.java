package fluxion.engine.folder;

import fluxion.api.Tensor;
import java.io.File;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleFinder;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Whether modules of a directory fit the program and each other. The JDK would refuse all of them
 * for one that does not; so each is looked at by itself, and told what to do.
 */
final class Checks {
  private final Path directory;
  private final List<Artefact> artefacts;
  private final ModuleLayer parent;

  Checks(Path directory, List<Artefact> artefacts, ModuleLayer parent) {
    this.directory = directory;
    this.artefacts = artefacts;
    this.parent = parent;
  }

  /** Refuses what does not fit. */
  void refuseMisfits() {
    good().forEach(this::refuseCopies);
    refuseDoubles();
    refuseSplitPackages();
    while (good().stream().anyMatch(this::refuseUnmet)) {
      // what required the one that was refused is looked at again
    }
  }

  private List<Artefact> good() {
    return artefacts.stream().filter(Artefact::isGood).toList();
  }

  // ---- what the program has already

  private void refuseCopies(Artefact artefact) {
    if (parent.findModule(artefact.module()).isPresent()) {
      artefact.refuse(
          "is module "
              + artefact.module()
              + ", which this program has already; take it out of "
              + directory,
          null);
      return;
    }
    for (Module own : List.of(Tensor.class.getModule(), Checks.class.getModule())) {
      for (String name : artefact.descriptor().packages()) {
        if (own.getPackages().contains(name)) {
          String module = own.isNamed() ? own.getName() : "fluxion";
          artefact.refuse(
              "holds its own copy of "
                  + module
                  + " (package "
                  + name
                  + "); a plugin requires that module and does not carry it: leave it out of the"
                  + " jar",
              null);
        }
      }
    }
  }

  // ---- what several have

  private void refuseDoubles() {
    Map<String, List<Artefact>> byModule =
        good().stream()
            .collect(Collectors.groupingBy(Artefact::module, TreeMap::new, Collectors.toList()));
    byModule.forEach(
        (module, same) ->
            refuseAll(
                same,
                others ->
                    "is module "
                        + module
                        + ", and so is "
                        + others
                        + "; leave one of them in "
                        + directory));
  }

  private void refuseSplitPackages() {
    Map<String, List<Artefact>> byPackage = new TreeMap<>();
    for (Artefact artefact : good()) {
      for (String name : artefact.descriptor().packages()) {
        byPackage.computeIfAbsent(name, n -> new ArrayList<>()).add(artefact);
      }
    }
    byPackage.forEach(
        (name, holders) ->
            refuseAll(
                holders,
                others ->
                    "holds package "
                        + name
                        + ", and so does "
                        + others
                        + "; a package is of one module only: rename it in one of them, or load"
                        + " them from folders of their own"));
  }

  private static void refuseAll(
      List<Artefact> same, java.util.function.UnaryOperator<String> reason) {
    if (same.size() > 1) {
      for (Artefact artefact : same) {
        String others =
            same.stream()
                .filter(other -> other != artefact)
                .map(Artefact::file)
                .collect(Collectors.joining(" and "));
        artefact.refuse(reason.apply(others), null);
      }
    }
  }

  // ---- what is missing

  /** Refuses a module that requires what is not there; gives whether it did. */
  private boolean refuseUnmet(Artefact artefact) {
    for (Requires requires : artefact.descriptor().requires()) {
      String name = requires.name();
      if (!requires.modifiers().contains(Requires.Modifier.STATIC)
          && parent.findModule(name).isEmpty()
          && good().stream().noneMatch(other -> other.module().equals(name))) {
        artefact.refuse("requires module " + name + ", " + remedy(name), null);
        return true;
      }
    }
    return false;
  }

  private String remedy(String module) {
    for (Artefact artefact : artefacts) {
      if (artefact.isModule() && artefact.module().equals(module)) {
        return "which is refused: " + artefact.refused().refusal();
      }
    }
    if (isWithinReach(module)) {
      return "which this program could have and runs without: start it with --add-modules "
          + module;
    }
    if (!Checks.class.getModule().isNamed() && module.startsWith("fluxion.")) {
      return "and this program has Fluxion on its class path; put Fluxion's jars on the module"
          + " path, or this jar on the class path, too";
    }
    return "which is neither in "
        + directory
        + " nor among the modules of this program; add the jar that has it";
  }

  /** Whether the JDK or the module path has a module that was not asked for. */
  private static boolean isWithinReach(String module) {
    if (ModuleFinder.ofSystem().find(module).isPresent()) {
      return true;
    }
    try {
      Path[] path =
          Pattern.compile(File.pathSeparator, Pattern.LITERAL)
              .splitAsStream(System.getProperty("jdk.module.path", ""))
              .filter(element -> !element.isEmpty())
              .map(Path::of)
              .toArray(Path[]::new);
      return ModuleFinder.of(path).find(module).isPresent();
    } catch (InvalidPathException | FindException e) {
      return false;
    }
  }
}
