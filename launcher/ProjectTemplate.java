import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a project for a plugin begins with. It is what the project's own build tries: the files of
 * the page for operator authors, and the example of a vendor's backend, under other names.
 */
enum ProjectTemplate {
  OPERATOR {
    @Override
    void read(Path root, Map<String, String> files) throws IOException {
      Matcher block = BLOCK.matcher(Files.readString(root.resolve("docs/operator-authors.md")));
      while (block.find()) {
        files.put(block.group(1), block.group(2));
      }
      files.put(
          "src/main/java/acme/ops/package-info.java",
          "/** The operators {@code squareplus} and {@code unit_norm}. */\npackage acme.ops;\n");
      files.put(
          README,
          """
          # Operators

          | operator | what it is | where |
          |---|---|---|
          | `squareplus`, `squareplus_` | pointwise: a formula, from which kernels and derivatives follow | [`AcmeOps`](src/main/java/acme/ops/AcmeOps.java) |
          | `unit_norm` | a function with a backward of its own | [`UnitNorm`](src/main/java/acme/ops/UnitNorm.java) |

          Put your own in their place. `mvn verify` builds the plugin and holds every operator to the
          rules of Fluxion's conformance kit; `target/modules` then has the jar. On the module path,
          on the class path or as an OSGi bundle, any application calls

          ```java
          Ops.call("squareplus", x, 0.5)
          ```

          Fluxion's docs/operator-authors.md goes through these files one by one.
          """);
    }

    @Override
    Map<String, String> replacements(Names names) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("acme.ops", names.module());
      all.put("acme/ops", names.folder());
      all.put("acme-ops", names.artifact());
      all.put("unit_norm", names.last() + "_norm");
      all.put("UnitNorm", names.camel() + "Norm");
      all.put("unitNorm", names.lower() + "Norm");
      all.put("squareplus", names.last());
      all.put("SQUAREPLUS", names.upper());
      all.put("Acme", names.camel());
      return all;
    }
  },

  BACKEND {
    @Override
    void read(Path root, Map<String, String> files) throws IOException {
      Path example = root.resolve("examples/vendor-backend");
      files.put(POM, Files.readString(example.resolve(POM)));
      files.put("bnd.bnd", Files.readString(example.resolve("bnd.bnd")));
      try (Stream<Path> sources = Files.walk(example.resolve("src"))) {
        for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
          String path = example.relativize(source).toString().replace('\\', '/');
          files.put(path, Files.readString(source));
        }
      }
      files.put(
          README,
          """
          # The device `acme`

          It is simulated so far: memory is arrays on the heap, kernels are interpreted, every
          primitive is the plainest loop that is right. Replace it part by part by what your device
          does; the tests say when something is wrong.

          | read in this order | what it is |
          |---|---|
          | [`AcmeBackendProvider`](src/main/java/acme/device/AcmeBackendProvider.java) | the service: which devices there are |
          | [`AcmeBuffer`](src/main/java/acme/device/AcmeBuffer.java) | memory |
          | [`Window`](src/main/java/acme/device/Window.java) | strides, and how values are cast |
          | [`AcmeKernel`](src/main/java/acme/device/AcmeKernel.java) | kernels |
          | [`AcmeBackend`](src/main/java/acme/device/AcmeBackend.java) | properties, memory, kernels, events |
          | [`Folds`](src/main/java/acme/device/Folds.java) | reductions, scans, matrix products |
          | [`Indexing`](src/main/java/acme/device/Indexing.java) | gather, scatter, sort, compact |

          `mvn verify` builds the jar and holds the device to the rules of Fluxion's conformance kit;
          `target/modules` then has it. An application with that jar on its path writes
          `x.to(Device.of("acme"))`.

          Fluxion's docs/backend-vendors.md goes through these files one by one.
          """);
    }

    @Override
    Map<String, String> replacements(Names names) {
      Map<String, String> all = new LinkedHashMap<>();
      all.put("acme.device", names.module());
      all.put("acme/device", names.folder());
      all.put("acme-device", names.artifact());
      all.put("Acme", names.camel());
      all.put("ACME", names.upper());
      all.put("acme", names.last());
      return all;
    }
  };

  /**
   * The names in a project.
   *
   * @param module the module and its package, {@code my.soft_sign}
   * @param folder the folders of that package, {@code my/soft_sign}
   * @param group the group id, {@code my}
   * @param artifact the artifact id, {@code my-soft_sign}
   * @param version the project's version
   * @param last what the operator or the device is called, {@code soft_sign}
   * @param camel the same as a class has it, {@code SoftSign}
   * @param lower the same as a variable has it, {@code softSign}
   * @param upper the same as a constant has it, {@code SOFT_SIGN}
   */
  record Names(
      String module,
      String folder,
      String group,
      String artifact,
      String version,
      String last,
      String camel,
      String lower,
      String upper) {
    /** The names that follow from that of the module. */
    static Names of(String module) {
      int dot = module.lastIndexOf('.');
      String last = module.substring(dot + 1);
      String camel =
          Pattern.compile("(?:^|_+)([a-z0-9])")
              .matcher(last)
              .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT))
              .replace("_", "");
      return new Names(
          module,
          module.replace('.', '/'),
          dot < 0 ? module : module.substring(0, dot),
          module.replace('.', '-'),
          "1.0.0-SNAPSHOT",
          last,
          camel,
          camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1),
          last.toUpperCase(Locale.ROOT));
    }
  }

  private static final Pattern BLOCK =
      Pattern.compile("<!-- file: ([^\\n]+) -->\\n```\\w*\\n(.*?\\n)```\\n", Pattern.DOTALL);

  private static final String POM = "pom.xml";
  private static final String README = "README.md";

  abstract void read(Path root, Map<String, String> files) throws IOException;

  abstract Map<String, String> replacements(Names names);

  /**
   * The files of a project as the template has them, text by path.
   *
   * @param root the root of Fluxion's project
   */
  Map<String, String> files(Path root) throws IOException {
    Map<String, String> files = new LinkedHashMap<>();
    read(root, files);
    files.computeIfPresent(
        POM, (_, pom) -> pom.replaceFirst("(?s)<!-- A project of its own.*?-->\n", ""));
    return files;
  }

  /** A path or a text of the template under other names. */
  String renamed(String text, Names names) {
    Map<String, String> all = replacements(names);
    all.put("<groupId>example</groupId>", "<groupId>" + names.group() + "</groupId>");
    all.put("<version>1.0.0-SNAPSHOT</version>", "<version>" + names.version() + "</version>");
    // at once, so that none is found in what another was replaced by
    String any = String.join("|", all.keySet().stream().map(Pattern::quote).toList());
    return Pattern.compile(any)
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(all.get(match.group())));
  }
}
