import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.lang.model.SourceVersion;

/** The command {@code new}: writes a complete project for a plugin. */
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

  private static final Pattern FORM = Pattern.compile("[a-z][a-z0-9_]*(\\.[a-z][a-z0-9_]*)*");

  private NewProject() {}

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
    ProjectTemplate.Names names = ProjectTemplate.Names.of(name);
    ProjectTemplate template;
    switch (args.getFirst()) {
      case "operator" -> {
        if (isTaken(root, names.last())) {
          return fail(
              1, "'" + names.last() + "' is an operator of Fluxion already; choose another name");
        }
        template = ProjectTemplate.OPERATOR;
      }
      case "backend" -> {
        if (!names.last().matches("[a-z]+") || List.of("cpu", "gpu").contains(names.last())) {
          return fail(
              1,
              "'"
                  + names.last()
                  + "' cannot be the name of a new device; the last part of NAME is letters only"
                  + " and neither cpu nor gpu");
        }
        template = ProjectTemplate.BACKEND;
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
    for (Map.Entry<String, String> file : template.files(root).entrySet()) {
      Path path = folder.resolve(template.renamed(file.getKey(), names));
      Files.createDirectories(path.getParent());
      Files.writeString(path, template.renamed(file.getValue(), names));
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

  private static boolean isTaken(Path root, String operator) throws IOException {
    String page = Files.readString(root.resolve("docs/operators.md"));
    return page.contains("`" + operator + "`") || page.contains("`" + operator + "(");
  }
}
