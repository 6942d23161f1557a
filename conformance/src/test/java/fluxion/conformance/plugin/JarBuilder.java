package fluxion.conformance.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.attribute.ModuleAttribute;
import java.lang.classfile.attribute.ModuleAttribute.ModuleAttributeBuilder;
import java.lang.classfile.attribute.ModulePackagesAttribute;
import java.lang.constant.ClassDesc;
import java.lang.constant.ModuleDesc;
import java.lang.constant.PackageDesc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;

/** Jars of plugins, right but for what a test changes. */
final class JarBuilder {
  static final String SERVICE = "fluxion.engine.spi.FunctionProvider";

  private final Map<String, byte[]> entries = new LinkedHashMap<>();
  private final Manifest manifest = new Manifest();

  private JarBuilder() {
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
  }

  /** A right plugin: the module {@code acme.ops} with the provider {@code acme.ops.Functions}. */
  static JarBuilder right() {
    return new JarBuilder()
        .module("acme.ops", module -> {})
        .type("acme.ops.Functions", ClassFile.JAVA_25_VERSION)
        .file("META-INF/services/" + SERVICE, "# the one provider\nacme.ops.Functions\n")
        .file("META-INF/LICENSE", "Apache-2.0")
        .manifest("Bundle-ManifestVersion", "2")
        .manifest("Bundle-SymbolicName", "acme.ops")
        .manifest("Bundle-Version", "1.2.3.beta")
        .manifest("Provide-Capability", "osgi.serviceloader;osgi.serviceloader=\"" + SERVICE + "\"")
        .manifest(
            "Require-Capability",
            "osgi.extender;filter:=\"(osgi.extender=osgi.serviceloader.registrar)\"");
  }

  /** A descriptor that provides the one provider, and what else a test adds. */
  JarBuilder module(String name, Consumer<ModuleAttributeBuilder> more) {
    ModuleAttribute attribute =
        ModuleAttribute.of(
            ModuleDesc.of(name),
            module -> {
              module.requires(ModuleDesc.of("java.base"), ClassFile.ACC_MANDATED, null);
              module.requires(ModuleDesc.of("fluxion.engine"), 0, null);
              module.provides(ClassDesc.of(SERVICE), ClassDesc.of("acme.ops.Functions"));
              more.accept(module);
            });
    ModulePackagesAttribute packages = ModulePackagesAttribute.ofNames(PackageDesc.of("acme.ops"));
    entries.put(
        "module-info.class", ClassFile.of().buildModule(attribute, type -> type.with(packages)));
    return this;
  }

  /** An empty class of a version. */
  JarBuilder type(String name, int major) {
    return bytes(
        name.replace('.', '/') + ".class",
        ClassFile.of().build(ClassDesc.of(name), type -> type.withVersion(major, 0)));
  }

  JarBuilder bytes(String name, byte[] content) {
    entries.put(name, content);
    return this;
  }

  JarBuilder file(String name, String text) {
    return bytes(name, text.getBytes(StandardCharsets.UTF_8));
  }

  JarBuilder without(String name) {
    entries.remove(name);
    return this;
  }

  JarBuilder manifest(String name, String value) {
    manifest.getMainAttributes().putValue(name, value);
    return this;
  }

  JarBuilder withoutHeader(String name) {
    manifest.getMainAttributes().remove(new Attributes.Name(name));
    return this;
  }

  byte[] content(String name) {
    return entries.get(name);
  }

  /** Writes the jar. */
  Path jar(Path folder) throws IOException {
    Path jar = folder.resolve("acme-ops-1.2.3.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream out = new JarOutputStream(file, manifest)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        out.putNextEntry(new ZipEntry(entry.getKey()));
        out.write(entry.getValue());
        out.closeEntry();
      }
    }
    return jar;
  }

  /** Writes the files as a build leaves them before there is a jar. */
  Path folder(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
      Path file = folder.resolve(entry.getKey());
      Files.createDirectories(file.getParent());
      Files.write(file, entry.getValue());
    }
    return folder;
  }
}
