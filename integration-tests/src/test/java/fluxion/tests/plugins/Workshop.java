package fluxion.tests.plugins;

import fluxion.tests.support.Modules;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles small modules into a folder, one subfolder a module. */
public final class Workshop {
  /** The version of every module made here. */
  public static final String VERSION = "1.0";

  private final Path folder;

  /**
   * Begins.
   *
   * @param folder where the modules go
   */
  public Workshop(Path folder) {
    this.folder = folder;
  }

  /** A module's sources. */
  public static final class Sources {
    private final String module;
    private final Map<String, String> files = new LinkedHashMap<>();

    private Sources(String module) {
      this.module = module;
    }

    /** Begins a module with what stands in its descriptor. */
    public static Sources of(String module, String descriptor) {
      return new Sources(module)
          .file("module-info", "module " + module + " {\n" + descriptor + "\n}\n");
    }

    /** Adds a class by its full name. */
    public Sources file(String name, String text) {
      files.put(name, text);
      return this;
    }
  }

  /**
   * A module {@code name} with a provider of operators, {@code name.Functions}, that has this body;
   * what it does not say is as in a good provider of no operator.
   */
  public static Sources operators(String name, String body) {
    Map<String, String> parts = new LinkedHashMap<>();
    parts.put("int spiVersion()", "return SpiVersion.CURRENT;");
    parts.put("String name()", "return \"" + name + " operators\";");
    parts.put("List<Operator> operators()", "return List.of();");
    String rest =
        parts.entrySet().stream()
            .filter(part -> !body.contains(part.getKey()))
            .map(part -> "public " + part.getKey() + " { " + part.getValue() + " }\n")
            .collect(Collectors.joining());
    return Sources.of(
            name,
            "requires fluxion.engine; provides fluxion.engine.spi.FunctionProvider with "
                + name
                + ".Functions;")
        .file(
            name + ".Functions",
            """
            package %s;
            import fluxion.api.*;
            import fluxion.api.spi.Call;
            import fluxion.engine.spi.*;
            import java.util.List;
            public final class Functions implements FunctionProvider {
              %s
              %s
            }
            """
                .formatted(name, body, rest));
  }

  /** A module with one pointwise operator: the tensor's elements times a constant. */
  public static Sources scaling(String module, String operator, double factor) {
    return operators(
        module,
        """
        public List<Operator> operators() {
          return List.of(Operator.unary(PointwiseFunction.unary(
              "%s", Promotion.INT_TO_FLOAT, x -> x.mul(%s))));
        }
        """
            .formatted(operator, factor));
  }

  /**
   * Compiles a module against the API, the engine and the modules made before.
   *
   * @return the folder with its classes
   */
  public Path make(Sources sources) {
    Path classes = folder.resolve(sources.module);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter complaints = new StringWriter();
    String path =
        Stream.concat(Stream.of(folder), Modules.paths("fluxion.api", "fluxion.engine").stream())
            .map(Path::toString)
            .collect(Collectors.joining(java.io.File.pathSeparator));
    List<SimpleJavaFileObject> files = new ArrayList<>();
    sources.files.forEach((name, text) -> files.add(new Source(name, text)));
    List<String> options =
        List.of("-d", classes.toString(), "-p", path, "--module-version", VERSION, "-proc:none");
    if (!compiler.getTask(complaints, null, null, options, null, files).call()) {
      throw new AssertionError(complaints.toString());
    }
    return classes;
  }

  /** Deletes a module made before, or one of its classes. */
  public void delete(String path) {
    try (Stream<Path> files = Files.walk(folder.resolve(path))) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {
    private final String text;

    Source(String name, String text) {
      super(URI.create("string:///" + name.replace('.', '/') + ".java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
