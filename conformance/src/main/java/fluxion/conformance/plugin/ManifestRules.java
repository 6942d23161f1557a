package fluxion.conformance.plugin;

import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.regex.Pattern;

/** Chapter P-4xx: the jar's manifest and other files, on the class path and in OSGi. */
final class ManifestRules {
  private static final Pattern OSGI_VERSION =
      Pattern.compile("\\d+(\\.\\d+(\\.\\d+(\\.[A-Za-z0-9_-]+)?)?)?");
  private static final Pattern PLACE =
      Pattern.compile("(^|[\\s\"'=,;:])(/[\\w.-]+/[\\w.-]+|[A-Za-z]:[\\\\/]|file:)");

  private ManifestRules() {}

  @TestOf("P-411")
  static void p411_module_path_and_class_path_find_the_same(PluginSubject subject, Cases cases) {
    cases.add(
        "META-INF/services",
        trial -> {
          Artefact artefact = Artefact.jarOf(subject);
          Map<String, Set<String>> provided = artefact.providedServices();
          Map<String, Set<String>> listed = artefact.listedServices();
          if (!provided.equals(listed)) {
            throw new AssertionError(
                "in "
                    + artefact.file()
                    + " the module provides "
                    + provided
                    + ", and META-INF/services lists "
                    + listed
                    + "; they must be the same");
          }
        });
  }

  @TestOf("P-412")
  static void p412_a_bundle_has_its_modules_name_and_a_version(PluginSubject subject, Cases cases) {
    cases.add(
        "the manifest",
        trial -> {
          Artefact artefact = Artefact.jarOf(subject);
          Attributes manifest = bundle(artefact);
          String name = value(manifest, "Bundle-SymbolicName").replaceFirst(";.*", "").strip();
          String version = value(manifest, "Bundle-Version");
          String module = artefact.descriptor().name();
          if (!name.equals(module)) {
            throw new AssertionError(
                "the bundle " + name + " is the module " + module + "; give both one name");
          }
          if (!OSGI_VERSION.matcher(version).matches()) {
            throw new AssertionError(
                "the bundle "
                    + name
                    + " has the version '"
                    + version
                    + "'; expected up to three numbers and a qualifier, as 1.2.3.beta");
          }
          if (!value(manifest, "Bundle-ManifestVersion").equals("2")) {
            throw new AssertionError("the bundle " + name + " lacks Bundle-ManifestVersion: 2");
          }
        });
  }

  @TestOf("P-413")
  static void p413_a_bundle_registers_what_its_module_provides(PluginSubject subject, Cases cases) {
    cases.add(
        "the manifest",
        trial -> {
          Artefact artefact = Artefact.jarOf(subject);
          Attributes manifest = bundle(artefact);
          String offered = value(manifest, "Provide-Capability").replaceAll("[\"\\s]", "");
          List<String> missing = new ArrayList<>();
          artefact
              .providedServices()
              .keySet()
              .forEach(
                  service -> {
                    if (!offered.contains("osgi.serviceloader=" + service)) {
                      missing.add("Provide-Capability: osgi.serviceloader=" + service);
                    }
                  });
          if (!value(manifest, "Require-Capability").contains("osgi.serviceloader.registrar")) {
            missing.add("Require-Capability: osgi.extender=osgi.serviceloader.registrar");
          }
          ModuleRules.assertNone(
              "the bundle of " + artefact.file() + " lacks capabilities",
              missing,
              "without them no container registers its providers");
        });
  }

  /** The manifest of a bundle. */
  private static Attributes bundle(Artefact artefact) {
    Attributes manifest = artefact.manifest().getMainAttributes();
    if (value(manifest, "Bundle-SymbolicName").isEmpty()) {
      throw NotRun.unsupported(
          artefact.file() + " is no OSGi bundle: its manifest has no Bundle-SymbolicName");
    }
    return manifest;
  }

  private static String value(Attributes manifest, String name) {
    String value = manifest.getValue(name);
    return value == null ? "" : value;
  }

  @TestOf("P-414")
  static void p414_a_manifest_names_no_place(PluginSubject subject, Cases cases) {
    cases.add(
        "the manifest",
        trial -> {
          Artefact artefact = Artefact.jarOf(subject);
          Set<String> wrong = new TreeSet<>();
          artefact
              .manifest()
              .getMainAttributes()
              .forEach(
                  (name, value) -> {
                    String text = String.valueOf(value);
                    if (name.equals(Attributes.Name.CLASS_PATH) || PLACE.matcher(text).find()) {
                      wrong.add(name + ": " + text);
                    }
                  });
          ModuleRules.assertNone(
              "the manifest of " + artefact.file() + " names places of the machine that built it",
              List.copyOf(wrong),
              "the jar runs on others");
        });
  }

  @TestOf("P-415")
  static void p415_a_jar_carries_its_licence(PluginSubject subject, Cases cases) {
    cases.add(
        "META-INF",
        trial -> {
          Artefact artefact = Artefact.jarOf(subject);
          boolean file =
              artefact.entries().stream()
                  .anyMatch(name -> name.matches("(?i)(META-INF/)?LICEN[CS]E([.-].*)?"));
          boolean header =
              !value(artefact.manifest().getMainAttributes(), "Bundle-License").isEmpty();
          if (!file && !header) {
            throw new AssertionError(
                artefact.file()
                    + " has neither a file META-INF/LICENSE nor a header Bundle-License, so that"
                    + " nobody knows whether they may use it");
          }
        });
  }
}
