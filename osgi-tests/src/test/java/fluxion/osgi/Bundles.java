package fluxion.osgi;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small bundles against the published jars. */
final class Bundles {
  private final Path folder;
  private int made;

  Bundles(Path folder) {
    this.folder = folder;
  }

  /**
   * A bundle of operators, {@code name.Functions}, one of which multiplies by a factor.
   *
   * @param declared whether the manifest declares the provider; otherwise an activator of the
   *     bundle registers it as a service
   */
  Path scaling(String name, String version, String operator, double factor, boolean declared)
      throws IOException {
    String provider =
        """
        package %1$s;
        import fluxion.engine.spi.*;
        import java.util.List;
        public final class Functions implements FunctionProvider {
          public int spiVersion() { return SpiVersion.CURRENT; }
          public String name() { return "%1$s operators"; }
          public List<Operator> operators() {
            return List.of(Operator.unary(PointwiseFunction.unary(
                "%2$s", Promotion.INT_TO_FLOAT, x -> x.mul(%3$s))));
          }
        }
        """
            .formatted(name, operator, factor);
    if (declared) {
      return make(name, version, Map.of("Provide-Capability", declares(name)), provider);
    }
    String activator =
        """
        package %1$s;
        import fluxion.engine.spi.FunctionProvider;
        import org.osgi.framework.*;
        public final class Activator implements BundleActivator {
          public void start(BundleContext context) {
            context.registerService(FunctionProvider.class, new Functions(), null);
          }
          public void stop(BundleContext context) {}
        }
        """
            .formatted(name);
    return make(
        name, version, Map.of("Bundle-Activator", name + ".Activator"), provider, activator);
  }

  /** What declares {@code name.Functions} as a provider of operators. */
  static String declares(String name) {
    return "osgi.serviceloader;osgi.serviceloader=\"fluxion.engine.spi.FunctionProvider\""
        + ";register:=\""
        + name
        + ".Functions\"";
  }

  /** Compiles sources of one package and packs them as a bundle of its name. */
  Path make(String name, String version, Map<String, String> headers, String... sources)
      throws IOException {
    Path classes = folder.resolve("classes-" + made);
    Path jar = folder.resolve("bundle-" + made++ + ".jar");
    compile(classes, sources);
    Manifest manifest = new Manifest();
    Attributes attributes = manifest.getMainAttributes();
    attributes.put(Attributes.Name.MANIFEST_VERSION, "1.0");
    attributes.putValue("Bundle-ManifestVersion", "2");
    attributes.putValue("Bundle-SymbolicName", name);
    attributes.putValue("Bundle-Version", version);
    attributes.putValue(
        "Import-Package",
        "fluxion.api,fluxion.api.spi,fluxion.engine.spi;resolution:=optional,org.osgi.framework");
    headers.forEach(attributes::putValue);
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream packed = new JarOutputStream(out, manifest);
        Stream<Path> files = Files.walk(classes)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        String entry = classes.relativize(file).toString().replace(File.separatorChar, '/');
        packed.putNextEntry(new JarEntry(entry));
        Files.copy(file, packed);
      }
    }
    return jar;
  }

  private static void compile(Path classes, String... sources) {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    String path =
        String.join(
            File.pathSeparator,
            Container.jar("fluxion-api").toString(),
            Container.jar("fluxion-engine").toString(),
            System.getProperty("java.class.path"));
    List<Source> files = Stream.of(sources).map(Source::new).toList();
    List<String> options = List.of("-d", classes.toString(), "-cp", path, "-proc:none");
    if (!compiler.getTask(complaints, null, null, options, null, files).call()) {
      throw new AssertionError(complaints.toString());
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String text) {
      super(URI.create("string:///" + nameIn(text) + ".java"), Kind.SOURCE);
      this.text = text;
    }

    private static String nameIn(String text) {
      return text.replaceFirst("(?s).*?public final class (\\w+).*", "$1");
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
