package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The descriptors in the jars, word for word: what a module requires, exports, uses and provides is
 * a promise, and a change of it is meant. The expected texts are this class's resources, one a
 * module.
 */
final class DescriptorsTest {

  @ParameterizedTest
  @MethodSource("fluxion.architecture.House#modules")
  void a_jars_descriptor_is_the_expected_one(House.Module module) throws IOException {
    assertEquals(expected(module), text(descriptor(module)), module + " has another descriptor");
  }

  private static String expected(House.Module module) throws IOException {
    String name = "descriptors/" + module.name() + ".txt";
    try (InputStream text = DescriptorsTest.class.getResourceAsStream(name)) {
      assertNotNull(text, name);
      return new String(text.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static ModuleDescriptor descriptor(House.Module module) throws IOException {
    try (JarFile jar = new JarFile(module.jar().toFile())) {
      JarEntry entry = jar.getJarEntry("module-info.class");
      assertNotNull(entry, "no descriptor in the jar of " + module);
      return ModuleDescriptor.read(jar.getInputStream(entry));
    }
  }

  /** A descriptor as one would write it, in the order of the alphabet. */
  private static String text(ModuleDescriptor descriptor) {
    Set<String> lines = new TreeSet<>();
    for (ModuleDescriptor.Requires requires : descriptor.requires()) {
      if (!requires.name().equals("java.base")) {
        lines.add(line("requires", requires.modifiers(), requires.name()));
      }
    }
    for (ModuleDescriptor.Exports exports : descriptor.exports()) {
      lines.add(line("exports", exports.modifiers(), exports.source() + to(exports.targets())));
    }
    for (ModuleDescriptor.Opens opens : descriptor.opens()) {
      lines.add(line("opens", opens.modifiers(), opens.source() + to(opens.targets())));
    }
    for (String service : descriptor.uses()) {
      lines.add("uses " + service);
    }
    for (ModuleDescriptor.Provides provides : descriptor.provides()) {
      lines.add(
          "provides " + provides.service() + " with " + String.join(", ", provides.providers()));
    }
    List<String> all = new ArrayList<>();
    all.add(line("", descriptor.modifiers(), "module " + descriptor.name()));
    all.addAll(lines);
    return String.join("\n", all) + "\n";
  }

  private static String line(String word, Collection<?> modifiers, String rest) {
    String words =
        modifiers.stream()
            .map(modifier -> modifier.toString().toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(" "));
    return String.join(" ", word, words, rest).replaceAll(" +", " ").strip();
  }

  private static String to(Set<String> targets) {
    return targets.isEmpty() ? "" : " to " + String.join(", ", new TreeSet<>(targets));
  }
}
