import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/**
 * The command {@code new}: writes a complete project for a plugin. What it writes is what the
 * project's own build tries: the files of the page for operator authors, and the example of a
 * vendor's backend, under other names.
 */
final class NewProject {
  private static final String USAGE =
      """
      usage: fluxion new operator|backend NAME DIR

      Writes a project of its own into DIR, a folder that is not there yet or empty: module-info,
      code, a test class of the conformance kit, README. It builds and passes as it is.

        operator NAME   a plugin with operators. NAME is its module and package, such as
                        my.swish; its last part names the operators: swish, swish_, swish_norm
        backend NAME    a plugin with a device; the last part of NAME names the device
      """;

  private static final Pattern BLOCK =
      Pattern.compile("<!-- file: ([^\\n]+) -->\\n```\\w*\\n(.*?\\n)```\\n", Pattern.DOTALL);

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  private final Path root;
  private final String name;

  private NewProject(Path root, String name) {
    this.root = root;
    this.name = name;
  }

  /**
   * Runs the command.
   *
   * @param root the root of Fluxion's project
   * @param args the arguments
   * @return the exit status
   */
  static int run(Path root, List<String> args) throws IOException {
    if (args.contains("--help") || args.contains("-h")) {
      System.out.print(USAGE);
      return 0;
    }
    if (args.size() != 3) {
      System.err.print(USAGE);
      return 2;
    }
    String name = args.get(1);
    if (!FORM.matcher(name).matches() || !SourceVersion.isName(name)) {
      return fail(2, "'" + name + "' is no name of a package in small letters, such as my.swish");
    }
    NewProject project = new NewProject(root, name);
    Map<String, String> files;
    switch (args.getFirst()) {
      case "operator" -> {
        if (project.isTaken()) {
          return fail(
              1, "'" + project.last() + "' is an operator of Fluxion already; choose another name");
        }
        files = project.operator();
      }
      case "backend" -> {
        if (!project.last().matches("[a-z]+") || List.of("cpu", "gpu").contains(project.last())) {
          return fail(
              1,
              "'"
                  + project.last()
                  + "' cannot be the name of a new device; the last part of NAME is letters only"
                  + " and neither cpu nor gpu");
        }
        files = project.backend();
      }
      default -> {
        return fail(2, "expected operator or backend, found '" + args.getFirst() + "'");
      }
    }
    Path folder = Path.of(args.get(2));
    if (Files.exists(folder)) {
      try (Stream<Path> old = Files.list(folder)) {
        if (old.findAny().isPresent()) {
          return fail(1, folder + " is not empty");
        }
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
      System.out.println(path);
    }
    System.out.println();
    System.out.println("Build and test it: cd " + folder + " && mvn verify");
    System.out.println(
        "It takes Fluxion from the local repository; to put it there: cd "
            + root
            + " && mvn install -Dmaven.test.skip=true");
    return 0;
  }

  private static int fail(int status, String problem) {
    System.err.println("fluxion new: " + problem);
    return status;
  }

  private String last() {
    return name.substring(name.lastIndexOf('.') + 1);
  }

  /** The last part of the name as a class would have it: soft_sign is SoftSign. */
  private String camel() {
    return Pattern.compile("(?:^|_+)([a-z0-9])")
        .matcher(last())
        .replaceAll(match -> match.group(1).toUpperCase(Locale.ROOT))
        .replace("_", "");
  }

  private boolean isTaken() throws IOException {
    String page = Files.readString(root.resolve("docs/operators.md"));
    return page.contains("`" + last() + "`") || page.contains("`" + last() + "(");
  }

  // --- the two kinds ---

  private Map<String, String> operator() throws IOException {
    String camel = camel();
    Map<String, String> names = new LinkedHashMap<>();
    names.put("acme.ops", name);
    names.put("acme/ops", name.replace('.', '/'));
    names.put("acme-ops", artifact());
    names.put("unit_norm", last() + "_norm");
    names.put("UnitNorm", camel + "Norm");
    names.put(
        "unitNorm", camel.substring(0, 1).toLowerCase(Locale.ROOT) + camel.substring(1) + "Norm");
    names.put("squareplus", last());
    names.put("SQUAREPLUS", last().toUpperCase(Locale.ROOT));
    names.put("Acme", camel);
    Map<String, String> files = new LinkedHashMap<>();
    Matcher block = BLOCK.matcher(Files.readString(root.resolve("docs/operator-authors.md")));
    while (block.find()) {
      put(files, block.group(1), block.group(2), names);
    }
    put(
        files,
        "src/main/java/acme/ops/package-info.java",
        "/** The operators {@code squareplus} and {@code unit_norm}. */\npackage acme.ops;\n",
        names);
    put(
        files,
        "README.md",
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
        """,
        names);
    return files;
  }

  private Map<String, String> backend() throws IOException {
    Map<String, String> names = new LinkedHashMap<>();
    names.put("acme.device", name);
    names.put("acme/device", name.replace('.', '/'));
    names.put("acme-device", artifact());
    names.put("Acme", camel());
    names.put("ACME", last().toUpperCase(Locale.ROOT));
    names.put("acme", last());
    Path example = root.resolve("examples/vendor-backend");
    Map<String, String> files = new LinkedHashMap<>();
    put(files, "pom.xml", Files.readString(example.resolve("pom.xml")), names);
    put(files, "bnd.bnd", Files.readString(example.resolve("bnd.bnd")), names);
    try (Stream<Path> sources = Files.walk(example.resolve("src"))) {
      for (Path source : sources.filter(Files::isRegularFile).sorted().toList()) {
        String path = example.relativize(source).toString().replace('\\', '/');
        put(files, path, Files.readString(source), names);
      }
    }
    put(
        files,
        "README.md",
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
        """,
        names);
    return files;
  }

  private String artifact() {
    return name.replace('.', '-');
  }

  private void put(Map<String, String> files, String path, String text, Map<String, String> names) {
    String changed = text;
    if (path.equals("pom.xml")) {
      String group = name.contains(".") ? name.substring(0, name.lastIndexOf('.')) : name;
      changed =
          changed
              .replaceFirst("(?s)<!-- A project of its own.*?-->\n", "")
              .replace("<groupId>example</groupId>", "<groupId>" + group + "</groupId>");
    }
    files.put(renamed(path, names), renamed(changed, names));
  }

  /** Replaces all names at once, so that none is found in what another was replaced by. */
  private static String renamed(String text, Map<String, String> names) {
    String any = String.join("|", names.keySet().stream().map(Pattern::quote).toList());
    return Pattern.compile(any)
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(names.get(match.group())));
  }
}
