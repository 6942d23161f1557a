import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Has PIT change the code of the tape and of the general functions, and requires that tests notice
 * 90 % of the changes and that the others are listed with a reason.
 *
 * <p>Arguments: the repository's root; the folder with PIT's jars; that for its reports; whether to
 * write the section of {@code docs/mutation.md}; then, if not all, the names of the aims. The class
 * path is that of the tests.
 *
 * <p>The tests run on the class path, where the modules' jars carry their services. The mutators
 * are PIT's defaults: conditionals, boundaries, arithmetic, increments, calls without result,
 * returned values. The stronger set removes further conditionals, each a change that a default
 * mutator makes already in the other direction.
 */
final class Pit {
  private static final double REQUIRED = 0.9;
  private static final String BEGIN = "<!-- code: written by mvn -Pfull,docs verify -->\n";
  private static final String END = "<!-- code: end -->\n";

  /**
   * What is changed and what has to notice.
   *
   * @param name its name
   * @param jars beginnings of the names of the jars with the code
   * @param classes PIT's globs of the classes
   * @param tests PIT's globs of the tests
   * @param excluded the tags of tests that take too long, or the empty text
   */
  private record Aim(
      String name, List<String> jars, List<String> classes, List<String> tests, String excluded) {}

  private record Mutant(String name, String what, boolean detected) {}

  private record Entry(boolean equivalent, String prefix, String reason) {}

  private static final List<Aim> AIMS =
      List.of(
          new Aim(
              "tape",
              List.of("fluxion-engine-"),
              List.of("fluxion.engine.tape.*"),
              List.of(
                  "fluxion.tests.autograd.BackwardTest",
                  "fluxion.tests.autograd.BadInputTest",
                  "fluxion.tests.autograd.FunctionContractTest",
                  "fluxion.tests.autograd.SetDataTest",
                  "fluxion.tests.autograd.ViewsAndInPlaceTest",
                  "fluxion.tests.memory.BackwardMemoryTest",
                  "fluxion.tests.memory.CloseTest",
                  "fluxion.tests.memory.ScopeTest",
                  "fluxion.tests.memory.TooLargeTest",
                  "fluxion.tests.operators.InPlaceViewsTest",
                  "fluxion.tests.operators.IndexingTest",
                  "fluxion.tests.profiling.FlightRecorderTest",
                  "fluxion.tests.tape.*",
                  "fluxion.tests.transforms.CheckpointTest",
                  "fluxion.tests.transforms.JacobianTest",
                  "fluxion.tests.transforms.VectorProductsTest",
                  "fluxion.tests.transforms.VmapRefusalsTest",
                  "fluxion.tests.transforms.VmapTest"),
              "full,long"),
          new Aim(
              "functions",
              List.of("fluxion-ops-basic-", "fluxion-ops-nn-"),
              Stream.concat(
                      Stream.of(
                              "Addmm",
                              "Cat",
                              "Extreme",
                              "Gather",
                              "Norm",
                              "Prod",
                              "Product",
                              "ScatterAdd",
                              "Stack",
                              "Sum",
                              "Variance",
                              "Views$*")
                          .map("fluxion.ops.basic.internal."::concat),
                      Stream.of(
                              "BinaryCrossEntropyWithLogits",
                              "DifferenceLoss",
                              "NllLoss",
                              "PickClass",
                              "ScatterToClass",
                              "Softmax",
                              "SoftmaxGradient")
                          .map("fluxion.ops.nn.internal."::concat))
                  .toList(),
              List.of("fluxion.tests.mutation.GeneralFunctionsTest", "fluxion.tests.operators.*"),
              ""));

  private Pit() {}

  public static void main(String[] args) throws Exception {
    Path root = Path.of(args[0]);
    Path tools = Path.of(args[1]);
    Path reports = Path.of(args[2]);
    boolean write = Boolean.parseBoolean(args[3]);
    Set<String> wanted = Set.of(Arrays.copyOfRange(args, 4, args.length));
    List<Entry> entries = entries(root.resolve("build/pit-survivors.txt"));
    StringBuilder section = new StringBuilder("\n");
    boolean good = true;
    for (Aim aim : AIMS) {
      if (wanted.isEmpty() || wanted.contains(aim.name())) {
        Path folder = reports.resolve(aim.name());
        run(aim, root, tools, folder);
        good &= judge(aim, mutants(folder.resolve("mutations.xml")), entries, section);
      }
    }
    if (write) {
      write(root.resolve("docs/mutation.md"), section.toString());
    }
    if (!good) {
      System.exit(1);
    }
  }

  private static void run(Aim aim, Path root, Path tools, Path folder) throws Exception {
    String[] classPath = System.getProperty("java.class.path").split(File.pathSeparator, -1);
    List<String> jars =
        Arrays.stream(classPath)
            .filter(e -> aim.jars().stream().anyMatch(fileName(e)::startsWith))
            .toList();
    if (jars.size() != aim.jars().size()) {
      throw new IllegalStateException("not on the class path: " + aim.jars() + " in " + jars);
    }
    String sources =
        Stream.of("engine", "ops-basic", "ops-nn")
            .map(module -> root.resolve(module).resolve("src/main/java").toString())
            .collect(Collectors.joining(","));
    List<String> options = new ArrayList<>();
    options.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    options.add("-cp");
    options.add(tools + "/*" + File.pathSeparator + System.getProperty("java.class.path"));
    options.add("org.pitest.mutationtest.commandline.MutationCoverageReport");
    options.addAll(List.of("--reportDir", folder.toString(), "--sourceDirs", sources));
    options.addAll(List.of("--targetClasses", String.join(",", aim.classes())));
    options.addAll(List.of("--targetTests", String.join(",", aim.tests())));
    options.addAll(List.of("--mutableCodePaths", String.join(",", jars)));
    options.addAll(List.of("--classPath", String.join(",", classPath)));
    options.addAll(List.of("--timestampedReports=false", "--outputFormats", "XML"));
    options.addAll(List.of("--threads", "2", "--timeoutConst", "8000", "--timeoutFactor", "3"));
    options.addAll(List.of("--verbosity", "QUIET"));
    // Short-lived JVMs: what C2 would gain is less than it costs.
    options.add(
        "--jvmArgs=--add-modules=jdk.incubator.vector,-Xmx700m,-XX:+UseSerialGC,"
            + "-XX:TieredStopAtLevel=1,-Dfluxion.memory.poison=true");
    if (!aim.excluded().isEmpty()) {
      options.addAll(List.of("--excludedGroups", aim.excluded()));
    }
    int status = new ProcessBuilder(options).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("PIT ended with status " + status);
    }
  }

  private static String fileName(String element) {
    Path name = Path.of(element).getFileName();
    return name == null ? "" : name.toString();
  }

  private static List<Mutant> mutants(Path report) throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newDefaultInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("mutation");
    List<Mutant> mutants = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element mutation = (Element) nodes.item(i);
      String type = text(mutation, "mutatedClass");
      String mutator = text(mutation, "mutator");
      mutants.add(
          new Mutant(
              type.substring(type.lastIndexOf('.') + 1)
                  + "."
                  + text(mutation, "mutatedMethod")
                  + " "
                  + mutator.substring(mutator.lastIndexOf('.') + 1).replace("Mutator", ""),
              "line " + text(mutation, "lineNumber") + ": " + text(mutation, "description"),
              mutation.getAttribute("detected").equals("true")));
    }
    if (mutants.isEmpty()) {
      throw new IllegalStateException(report + " has no mutants");
    }
    return mutants;
  }

  private static String text(Element mutation, String tag) {
    return mutation.getElementsByTagName(tag).item(0).getTextContent();
  }

  private static boolean judge(
      Aim aim, List<Mutant> mutants, List<Entry> entries, StringBuilder section) {
    Map<Entry, Integer> counts = new LinkedHashMap<>();
    List<Mutant> unexplained = new ArrayList<>();
    int equivalent = 0;
    int detected = 0;
    for (Mutant mutant : mutants) {
      if (mutant.detected()) {
        detected++;
        continue;
      }
      Entry entry =
          entries.stream()
              .filter(e -> mutant.name().startsWith(e.prefix()))
              .findFirst()
              .orElse(null);
      if (entry == null) {
        unexplained.add(mutant);
      } else {
        counts.merge(entry, 1, Integer::sum);
        equivalent += entry.equivalent() ? 1 : 0;
      }
    }
    int counted = mutants.size() - equivalent;
    String line =
        "%s: %d of %d noticed, %.1f %%; %d equivalent besides"
            .formatted(aim.name(), detected, counted, 100.0 * detected / counted, equivalent);
    System.out.println("mutants of the " + line);
    unexplained.forEach(
        m -> System.out.println("  without a reason: " + m.name() + ", " + m.what()));
    section
        .append("### The ")
        .append(line)
        .append("\n\n| mutants | | | reason |\n|---|--:|---|---|\n");
    Set<Entry> listed = new LinkedHashSet<>(entries);
    listed.retainAll(counts.keySet());
    for (Entry entry : listed) {
      section.append(
          "| %s | %d | %s | %s |\n"
              .formatted(
                  entry.prefix(),
                  counts.get(entry),
                  entry.equivalent() ? "equivalent" : "survivor",
                  entry.reason()));
    }
    section.append('\n');
    return unexplained.isEmpty() && detected >= REQUIRED * counted;
  }

  private static List<Entry> entries(Path file) throws IOException {
    List<Entry> entries = new ArrayList<>();
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        String[] parts = line.split(" \\| ", 3);
        if (parts.length != 3 || !Set.of("equivalent", "survivor").contains(parts[0])) {
          throw new IllegalArgumentException("not 'kind | mutants | reason': " + line);
        }
        entries.add(new Entry(parts[0].equals("equivalent"), parts[1], parts[2]));
      }
    }
    return entries;
  }

  private static void write(Path page, String section) throws IOException {
    String text = Files.readString(page);
    int begin = text.indexOf(BEGIN) + BEGIN.length();
    int end = text.indexOf(END);
    if (begin < BEGIN.length() || end < begin) {
      throw new IllegalStateException(page + " has no place for the section about code");
    }
    Files.writeString(page, text.substring(0, begin) + section + text.substring(end));
  }
}
