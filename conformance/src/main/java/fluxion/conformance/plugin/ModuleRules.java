package fluxion.conformance.plugin;

import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Chapter P-4xx: the module that is published. */
final class ModuleRules {
  /** The class files of Java 25. */
  private static final int LATEST = 69;

  private static final int PREVIEW = 65535;
  private static final Set<String> TEST_LIBRARIES =
      Set.of("fluxion.conformance", "org.junit.jupiter.api", "org.opentest4j", "junit");

  private ModuleRules() {}

  @TestOf("P-401")
  static void p401_a_plugin_is_an_explicit_module(PluginSubject subject, Cases cases) {
    cases.add("module-info.class", trial -> Artefact.of(subject).descriptor());
  }

  @TestOf("P-402")
  static void p402_each_package_begins_with_the_modules_name(PluginSubject subject, Cases cases) {
    cases.add(
        "its packages",
        trial -> {
          Artefact artefact = Artefact.of(subject);
          String module = artefact.descriptor().name();
          assertNone(
              "module " + module + " has packages that do not begin with its name",
              artefact.packages().stream()
                  .filter(name -> !(name + ".").startsWith(module + "."))
                  .filter(name -> !name.isEmpty())
                  .toList(),
              "another module may have them, too, and then neither can be loaded");
        });
  }

  @TestOf("P-403")
  static void p403_no_class_is_in_the_unnamed_package(PluginSubject subject, Cases cases) {
    cases.add(
        "its classes",
        trial -> {
          Artefact artefact = Artefact.of(subject);
          assertNone(
              artefact.file() + " has classes without a package",
              artefact.classes().stream().filter(name -> !name.contains("/")).toList(),
              "a module cannot have any");
        });
  }

  @TestOf("P-404")
  static void p404_no_package_is_anothers_too(PluginSubject subject, Cases cases) {
    cases.add(
        "the modules and jars that there are",
        trial -> {
          Artefact artefact = Artefact.of(subject);
          Set<String> own = artefact.packages();
          List<String> split = new ArrayList<>();
          neighbours(subject)
              .forEach(
                  (name, packages) -> {
                    Set<String> both = new TreeSet<>(own);
                    both.retainAll(packages);
                    if (!both.isEmpty()) {
                      split.add(both + " with " + name);
                    }
                  });
          assertNone(
              artefact.file() + " shares packages",
              split,
              "a package belongs to one module, else neither can be loaded");
        });
  }

  /** The packages of all other modules, and of the other jars on the class path. */
  private static Map<String, Set<String>> neighbours(PluginSubject subject) {
    Map<String, Set<String>> neighbours = new TreeMap<>();
    Module module = subject.candidate().type().getModule();
    ModuleLayer layer = Objects.requireNonNullElse(module.getLayer(), ModuleLayer.boot());
    List<Configuration> open = new ArrayList<>(List.of(layer.configuration()));
    for (int i = 0; i < open.size(); i++) {
      for (ResolvedModule resolved : open.get(i).modules()) {
        ModuleReference reference = resolved.reference();
        if (!isAt(reference.location().map(Path::of), subject)) {
          neighbours.put("module " + resolved.name(), reference.descriptor().packages());
        }
      }
      open.addAll(open.get(i).parents());
    }
    for (String entry : System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
      Path jar = Path.of(entry);
      if (entry.endsWith(".jar") && !isAt(Optional.of(jar), subject)) {
        neighbours.put(
            String.valueOf(jar.getFileName()),
            Artefact.of(new PluginSubject(entry, subject.candidate(), jar)).packages());
      }
    }
    return neighbours;
  }

  private static boolean isAt(Optional<Path> place, PluginSubject subject) {
    // a class path may name the jar from where the program was started
    return place
        .map(path -> path.toAbsolutePath().normalize().equals(absolute(subject)))
        .orElse(false);
  }

  private static @Nullable Path absolute(PluginSubject subject) {
    Path path = subject.path();
    return path == null ? null : path.toAbsolutePath().normalize();
  }

  @TestOf("P-405")
  static void p405_what_a_module_provides_is_in_it(PluginSubject subject, Cases cases) {
    cases.add(
        "provides",
        trial -> {
          Artefact artefact = Artefact.of(subject);
          Set<String> classes = artefact.classes();
          assertNone(
              "module " + artefact.descriptor().name() + " declares providers that it lacks",
              artefact.providedServices().values().stream()
                  .flatMap(Set::stream)
                  .filter(provider -> !classes.contains(Artefact.entry(provider)))
                  .toList(),
              "the module cannot be resolved");
        });
  }

  @TestOf("P-406")
  static void p406_a_plugin_is_not_open(PluginSubject subject, Cases cases) {
    cases.add(
        "module-info",
        trial -> {
          ModuleDescriptor descriptor = Artefact.of(subject).descriptor();
          Set<String> opened =
              descriptor.opens().stream()
                  .filter(opens -> !opens.isQualified())
                  .map(ModuleDescriptor.Opens::source)
                  .collect(Collectors.toCollection(TreeSet::new));
          if (descriptor.isOpen() || !opened.isEmpty()) {
            throw new AssertionError(
                "module "
                    + descriptor.name()
                    + " is open"
                    + (opened.isEmpty() ? "" : " in " + opened)
                    + ": anybody may change its private fields; nothing of the engine needs that");
          }
        });
  }

  @TestOf("P-407")
  static void p407_a_plugin_needs_no_test_library(PluginSubject subject, Cases cases) {
    cases.add(
        "requires",
        trial -> {
          ModuleDescriptor descriptor = Artefact.of(subject).descriptor();
          assertNone(
              "module " + descriptor.name() + " requires test libraries",
              required(descriptor).stream().filter(TEST_LIBRARIES::contains).toList(),
              "an application would have to ship them");
        });
  }

  @TestOf("P-408")
  static void p408_operators_and_devices_do_not_need_each_other(
      PluginSubject subject, Cases cases) {
    cases.add(
        "requires",
        trial -> {
          ModuleDescriptor descriptor = Artefact.of(subject).descriptor();
          String other =
              subject.candidate() instanceof Candidate.Operators
                  ? "fluxion.engine.spi.BackendProvider"
                  : "fluxion.engine.spi.FunctionProvider";
          Module module = subject.candidate().type().getModule();
          ModuleLayer layer = Objects.requireNonNullElse(module.getLayer(), ModuleLayer.boot());
          List<String> wrong = new ArrayList<>();
          for (String name : required(descriptor)) {
            layer
                .findModule(name)
                .filter(required -> provides(required, other))
                .ifPresent(required -> wrong.add(name));
          }
          assertNone(
              "module "
                  + descriptor.name()
                  + " provides "
                  + subject.candidate().noun()
                  + "s and requires modules that provide "
                  + other,
              wrong,
              "each must work with any other, and without it");
        });
  }

  private static boolean provides(Module module, String service) {
    return module.getDescriptor() != null
        && module.getDescriptor().provides().stream()
            .anyMatch(provides -> provides.service().equals(service));
  }

  private static Set<String> required(ModuleDescriptor descriptor) {
    return descriptor.requires().stream()
        .filter(requires -> !requires.modifiers().contains(Requires.Modifier.STATIC))
        .map(Requires::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  @TestOf("P-409")
  static void p409_class_files_are_those_of_a_release(PluginSubject subject, Cases cases) {
    cases.add(
        "its classes",
        trial -> {
          Artefact artefact = Artefact.of(subject);
          List<String> wrong = new ArrayList<>();
          for (String name : artefact.entries()) {
            if (name.endsWith(".class")) {
              String found = version(artefact.read(name));
              if (!found.isEmpty()) {
                wrong.add(name + " " + found);
              }
            }
          }
          assertNone(
              artefact.file() + " has class files that Java 25 does not run as they are",
              wrong,
              "compile with --release 25 or less, without preview features");
        });
  }

  private static String version(byte @Nullable [] bytes) throws IOException {
    if (bytes == null || bytes.length < 8) {
      return "is cut off";
    }
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readInt() != 0xCAFEBABE) {
        return "is no class file";
      }
      int minor = in.readUnsignedShort();
      int major = in.readUnsignedShort();
      if (minor == PREVIEW) {
        return "uses preview features";
      }
      return major > LATEST ? "has version " + major + ", beyond " + LATEST : "";
    }
  }

  @TestOf("P-410")
  static void p410_every_release_of_java_sees_the_same_module(PluginSubject subject, Cases cases) {
    cases.add(
        "META-INF/versions",
        trial -> {
          Artefact artefact = Artefact.jarOf(subject);
          Set<String> entries = artefact.entries();
          List<String> wrong = new ArrayList<>();
          for (String name : entries) {
            String plain = name.replaceFirst("^META-INF/versions/\\d+/", "");
            if (!plain.equals(name)
                && (plain.endsWith(Artefact.MODULE) || !entries.contains(plain))) {
              wrong.add(name);
            }
          }
          assertNone(
              artefact.file() + " has files for some releases of Java alone",
              wrong,
              "a versioned file replaces one that is there for all, and never the module's"
                  + " descriptor");
        });
  }

  static void assertNone(String what, List<String> wrong, String why) {
    int most = 5;
    if (!wrong.isEmpty()) {
      throw new AssertionError(
          what
              + ": "
              + String.join(", ", wrong.subList(0, Math.min(most, wrong.size())))
              + (wrong.size() > most ? " and " + (wrong.size() - most) + " more" : "")
              + "; "
              + why);
    }
  }
}
