package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
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
