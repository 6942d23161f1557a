package fluxion.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.lang.classfile.Attributes;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.RuntimeInvisibleAnnotationsAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.module.ModuleDescriptor;
import java.lang.reflect.AccessFlag;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The public signatures of the API and the SPI, compared with committed texts, so that no promise
 * is changed unseen. Where a change is meant, {@code mvn -Pdocs verify} writes the texts anew.
 */
final class SignaturesTest {
  private static final boolean WRITE = Boolean.getBoolean("fluxion.docs.write");
  private static final Path TEXTS =
      House.ROOT.resolve("architecture/src/test/resources/fluxion/architecture/signatures");
  private static final String EXPERIMENTAL = "Lfluxion/api/Experimental;";
  private static final Set<AccessFlag> UNSEEN =
      Set.of(AccessFlag.SYNTHETIC, AccessFlag.SUPER, AccessFlag.VARARGS, AccessFlag.SYNCHRONIZED);

  static List<House.Module> promised() {
    return List.of(House.API, House.ENGINE);
  }

  @ParameterizedTest
  @MethodSource("promised")
  void public_signatures_are_the_committed_ones(House.Module module) throws IOException {
    Path file = TEXTS.resolve(module.name() + ".txt");
    String found = text(module);
    if (WRITE) {
      Files.createDirectories(TEXTS);
      Files.writeString(file, found);
    }
    assertEquals(
        Files.readString(file),
        found,
        "the public signatures of "
            + module
            + " have changed; if that is meant, see"
            + " docs/compatibility.md and write them anew with mvn -Pdocs verify");
  }

  private static String text(House.Module module) throws IOException {
    Set<String> exported =
        module.descriptor().exports().stream()
            .filter(exports -> !exports.isQualified())
            .map(ModuleDescriptor.Exports::source)
            .collect(Collectors.toSet());
    TreeMap<String, List<String>> types = new TreeMap<>();
    for (Path file : House.files(module.classes(), ".class")) {
      if (file.endsWith("module-info.class") || file.endsWith("package-info.class")) {
        continue;
      }
      ClassModel type = ClassFile.of().parse(file);
      String name = name(type.thisClass());
      if (exported.contains(packageOf(type)) && isReachable(type)) {
        types.put(name, lines(type));
      }
    }
    return types.values().stream()
        .map(lines -> String.join("\n", lines) + "\n")
        .collect(Collectors.joining("\n"));
  }

  private static String packageOf(ClassModel type) {
    String name = type.thisClass().asInternalName();
    return name.substring(0, Math.max(name.lastIndexOf('/'), 0)).replace('/', '.');
  }

  /** Whether a type and those around it are public or protected. */
  private static boolean isReachable(ClassModel type) {
    boolean[] open = {type.flags().has(AccessFlag.PUBLIC)};
    type.findAttribute(Attributes.innerClasses())
        .ifPresent(
            inner ->
                inner
                    .classes()
                    .forEach(
                        each -> {
                          String name = type.thisClass().asInternalName();
                          String around = each.innerClass().asInternalName();
                          if (name.equals(around) || name.startsWith(around + "$")) {
                            open[0] =
                                (name.equals(around) || open[0])
                                    && (each.has(AccessFlag.PUBLIC)
                                        || each.has(AccessFlag.PROTECTED));
                          }
                        }));
    return open[0];
  }

  private static List<String> lines(ClassModel type) {
    List<String> lines = new ArrayList<>();
    lines.add(mark(type.findAttribute(Attributes.runtimeInvisibleAnnotations())) + header(type));
    Set<String> members = new TreeSet<>();
    for (FieldModel field : type.fields()) {
      if (isPromised(field.flags().flags())) {
        members.add(
            mark(field.findAttribute(Attributes.runtimeInvisibleAnnotations()))
                + words(field.flags().flags())
                + field.fieldName().stringValue()
                + " : "
                + signature(
                    field.findAttribute(Attributes.signature()),
                    field.fieldTypeSymbol().descriptorString()));
      }
    }
    for (MethodModel method : type.methods()) {
      if (isPromised(method.flags().flags()) && !method.flags().has(AccessFlag.BRIDGE)) {
        members.add(
            mark(method.findAttribute(Attributes.runtimeInvisibleAnnotations()))
                + words(method.flags().flags())
                + method.methodName().stringValue()
                + signature(
                    method.findAttribute(Attributes.signature()),
                    method.methodTypeSymbol().descriptorString()));
      }
    }
    members.forEach(member -> lines.add("  " + member));
    return lines;
  }

  private static String header(ClassModel type) {
    StringBuilder line =
        new StringBuilder(words(type.flags().flags())).append(name(type.thisClass()));
    String parents =
        type.findAttribute(Attributes.signature())
            .map(SignatureAttribute::signature)
            .map(text -> text.stringValue())
            .orElseGet(
                () ->
                    type.superclass().map(SignaturesTest::name).orElse("")
                        + type.interfaces().stream()
                            .map(each -> ", " + name(each))
                            .sorted()
                            .collect(Collectors.joining()));
    return line.append(" : ").append(readable(parents)).toString();
  }

  private static String mark(java.util.Optional<RuntimeInvisibleAnnotationsAttribute> found) {
    return found
        .filter(
            all ->
                all.annotations().stream()
                    .anyMatch(each -> each.className().equalsString(EXPERIMENTAL)))
        .map(all -> "@Experimental ")
        .orElse("");
  }

  private static boolean isPromised(Set<AccessFlag> flags) {
    return (flags.contains(AccessFlag.PUBLIC) || flags.contains(AccessFlag.PROTECTED))
        && !flags.contains(AccessFlag.SYNTHETIC);
  }

  private static String words(Set<AccessFlag> flags) {
    return flags.stream()
        .filter(flag -> !UNSEEN.contains(flag) && flag != AccessFlag.BRIDGE)
        .map(flag -> flag.name().toLowerCase(java.util.Locale.ROOT))
        .sorted()
        .map(word -> word + " ")
        .collect(Collectors.joining());
  }

  private static String signature(java.util.Optional<SignatureAttribute> generic, String plain) {
    return readable(generic.map(found -> found.signature().stringValue()).orElse(plain));
  }

  private static String readable(String descriptor) {
    return descriptor.replace("java/lang/", "").replace('/', '.');
  }

  private static String name(ClassEntry type) {
    return type.asInternalName().replace('/', '.');
  }
}
