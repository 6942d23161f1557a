package fluxion.examples.graph;

import fluxion.api.FormatException;
import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.CommandLine;
import fluxion.examples.cli.Options;
import fluxion.examples.cli.UsageException;
import fluxion.nn.graph.GraphOptions;
import fluxion.nn.graph.Graphs;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The command {@code graph}: writes pictures of the tutorials' graphs. */
public final class GraphCommand {
  private static final List<TutorialGraph> GRAPHS =
      List.of(TutorialGraph.AUTOGRAD, TutorialGraph.ONE_LAYER, TutorialGraph.RESNET18);

  private GraphCommand() {}

  /**
   * Runs the command and exits.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, args));
  }

  /**
   * {@return the status to exit with}
   *
   * @param out where help and the names of the files go
   * @param err where errors go
   * @param args the command line
   */
  static int run(PrintStream out, PrintStream err, String... args) {
    return CommandLine.run(
        options(), args, out, err, arguments -> GraphCommand.write(arguments, out));
  }

  private static Options options() {
    return new Options(
            "graph",
            "Writes the computation graphs of the tutorials as pictures: autograd (3a³ - b²),"
                + " one-layer (a layer and its loss) and resnet18 (with initial weights).")
        .value("--out", "DIR", ".", "the folder that they go into; it is made if need be")
        .value("--format", "svg|dot", "svg", "pictures, or the language of Graphviz")
        .flag("--saved", "show the tensors that are kept for the gradients, too");
  }

  private static void write(Arguments arguments, PrintStream out) {
    String format = arguments.text("--format").orElse("svg");
    if (!format.equals("svg") && !format.equals("dot")) {
      throw new UsageException("--format expects svg or dot, not '" + format + "'");
    }
    Path folder = arguments.requiredPath("--out");
    try {
      Files.createDirectories(folder);
      for (TutorialGraph graph : GRAPHS) {
        Path file = folder.resolve(graph.name() + "." + format);
        Files.writeString(file, text(graph, format, arguments.has("--saved")));
        out.println(file);
      }
    } catch (IOException e) {
      throw new FormatException(folder + " cannot be written to: " + e, e);
    }
  }

  /**
   * {@return the picture of a graph}
   *
   * @param graph the graph
   * @param format {@code svg} or {@code dot}
   * @param saved whether saved tensors are shown
   */
  static String text(TutorialGraph graph, String format, boolean saved) {
    TutorialGraph.Recorded recorded = graph.program().get();
    GraphOptions options =
        GraphOptions.DEFAULT.names(recorded.names()).saved(saved).title(graph.title());
    return format.equals("svg")
        ? Graphs.svg(recorded.result(), options)
        : Graphs.dot(recorded.result(), options);
  }
}
