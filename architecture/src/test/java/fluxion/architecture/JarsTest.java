package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The jars as they are published: one jar is a JPMS module, an OSGi bundle, and a plain jar. */
final class JarsTest {

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_bundle_has_its_modules_name_and_exports(House.Module module) throws IOException {
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertEquals(module.name(), manifest.getValue("Bundle-SymbolicName"));
      Set<String> exported =
          module.descriptor().exports().stream()
              .map(ModuleDescriptor.Exports::source)
              .collect(Collectors.toCollection(TreeSet::new));
      assertEquals(exported, packages(manifest.getValue("Export-Package")));
    }
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void the_class_path_finds_the_same_services_as_the_module_path(House.Module module)
      throws IOException {
    Map<String, Set<String>> declared = new TreeMap<>();
    for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
      declared.put(provides.service(), new TreeSet<>(provides.providers()));
    }
    Map<String, Set<String>> listed = new TreeMap<>();
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      for (JarEntry entry : jar.stream().toList()) {
        String name = entry.getName();
        if (name.startsWith("META-INF/services/") && !entry.isDirectory()) {
          listed.put(name.substring("META-INF/services/".length()), providers(jar, entry));
        }
      }
    }
    assertEquals(declared, listed, "module-info.java and bnd.bnd differ");
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_jar_carries_its_licence_and_its_descriptor(House.Module module) throws IOException {
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      for (String entry : Set.of("META-INF/LICENSE", "META-INF/NOTICE", "module-info.class")) {
        assertNotNull(jar.getEntry(entry), entry);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_jars_packages_begin_with_its_modules_name(House.Module module) throws IOException {
    for (String name : jarPackages(module)) {
      assertTrue(
          (name + ".").startsWith(module.name() + "."), "'" + name + "' in the jar of " + module);
    }
  }

  @Test
  void no_package_is_in_two_jars() throws IOException {
    Map<String, House.Module> homes = new TreeMap<>();
    for (House.Module module : House.modules()) {
      for (String name : jarPackages(module)) {
        House.Module other = homes.put(name, module);
        assertNull(other, name + " is in the jars of " + other + " and " + module);
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_manifest_says_what_the_bundle_is_and_names_no_place(House.Module module)
      throws IOException {
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      Attributes manifest = jar.getManifest().getMainAttributes();
      assertEquals("2", manifest.getValue("Bundle-ManifestVersion"));
      assertEquals("Apache-2.0", manifest.getValue("Bundle-License"));
      assertNotNull(manifest.getValue("Bundle-Name"));
      assertTrue(
          manifest.getValue("Bundle-Version").matches("\\d+\\.\\d+\\.\\d+(\\.[\\w-]+)?"),
          manifest.getValue("Bundle-Version"));
      assertNull(manifest.getValue("Class-Path"));
      assertNull(manifest.getValue("Multi-Release"));
      // who built it, when and where is nobody's business, and would differ from build to build
      for (String header : Set.of("Built-By", "Bnd-LastModified", "Build-Jdk", "Tool")) {
        assertNull(manifest.getValue(header), header);
      }
      for (Object value : manifest.values()) {
        assertFalse(value.toString().contains(House.ROOT.toString()), value.toString());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_bundle_offers_its_services_as_capabilities(House.Module module) throws IOException {
    Set<String> due = new TreeSet<>();
    for (ModuleDescriptor.Provides provides : module.descriptor().provides()) {
      for (String provider : provides.providers()) {
        due.add(
            "osgi.serviceloader;osgi.serviceloader="
                + provides.service()
                + ";register:="
                + provider);
      }
    }
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      String header = jar.getManifest().getMainAttributes().getValue("Provide-Capability");
      Set<String> offered = new TreeSet<>();
      if (header != null) {
        offered.addAll(List.of(header.replace("\"", "").split(",", -1)));
      }
      assertEquals(due, offered);
    }
  }

  /** The packages that have classes in the jar. */
  private static Set<String> jarPackages(House.Module module) throws IOException {
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      return jar.stream()
          .map(JarEntry::getName)
          .filter(name -> name.endsWith(".class") && !name.equals("module-info.class"))
          .map(name -> name.substring(0, Math.max(name.lastIndexOf('/'), 0)).replace('/', '.'))
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }

  private static Set<String> providers(JarFile jar, JarEntry entry) throws IOException {
    String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
    return text.lines()
        .map(line -> line.replaceFirst("#.*", "").strip())
        .filter(line -> !line.isEmpty())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The package names of an {@code Export-Package} header, attributes and directives left out. */
  private static Set<String> packages(@Nullable String header) {
    Set<String> names = new TreeSet<>();
    if (header != null) {
      for (String clause : header.replaceAll("\"[^\"]*\"", "").split(",", -1)) {
        names.add(clause.replaceFirst(";.*", "").strip());
      }
    }
    return names;
  }
}
