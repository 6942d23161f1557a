package fluxion.examples.tutorials;

import fluxion.api.Tensor;
import fluxion.examples.cli.Arguments;
import fluxion.examples.cli.CommandLine;
import fluxion.examples.cli.Options;
import fluxion.examples.cli.StateFile;
import fluxion.examples.cli.UsageException;
import java.io.PrintStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The command {@code tutorials}: runs them, and shows each snippet above what it prints. */
public final class TutorialsCommand {
  private TutorialsCommand() {}

  /**
   * Runs the command and exits.
   *
   * @param args the command line
   */
  public static void main(String[] args) {
    System.exit(run(System.err, args));
  }

  /**
   * {@return the status to exit with}
   *
   * @param err where errors go; the tutorials print to the standard output
   * @param args the command line
   */
  static int run(PrintStream err, String... args) {
    return CommandLine.run(options(), args, System.out, err, TutorialsCommand::show);
  }

  private static Options options() {
    String list =
        Tutorial.ALL.stream()
            .map(tutorial -> "  " + tutorial.number() + "  " + tutorial.title())
            .collect(Collectors.joining("\n"));
    return new Options(
            "tutorials",
            "Runs the tutorials and prints each snippet of Java above its output:\n\n" + list)
        .value("--only", "NUMBER", null, "run this one alone")
        .value(
            "--weights",
            "FILE",
            null,
            "the state dict of torchvision's resnet18 for 1000 classes, .pth or .safetensors,"
                + " instead of initial weights");
  }

  private static void show(Arguments arguments) {
    List<Tutorial> chosen =
        arguments.text("--only").map(TutorialsCommand::find).map(List::of).orElse(Tutorial.ALL);
    Optional<Map<String, Tensor>> weights = arguments.path("--weights").map(StateFile::load);
    PrintStream out = System.out;
    String gap = "";
    for (Tutorial tutorial : chosen) {
      String heading = "Tutorial " + tutorial.number() + ": " + tutorial.title();
      out.println(gap + heading);
      out.println("=".repeat(heading.length()));
      Snippets snippets = Snippets.of(tutorial.home());
      printSource("Imports", String.join("\n", snippets.imports()), out);
      tutorial.body().accept(new Printed(snippets, weights, out));
      gap = "\n";
    }
  }

  /** Prints the source of a snippet where it begins. */
  private record Printed(Snippets snippets, Optional<Map<String, Tensor>> weights, PrintStream out)
      implements Notebook {
    @Override
    public void cell(String title) {
      printSource(title, snippets.text(title), out);
    }

    @Override
    public void remark(String text) {
      out.println();
      out.println(text);
    }
  }

  private static Tutorial find(String number) {
    for (Tutorial tutorial : Tutorial.ALL) {
      if (tutorial.number().equals(number)) {
        return tutorial;
      }
    }
    String numbers = Tutorial.ALL.stream().map(Tutorial::number).collect(Collectors.joining(", "));
    throw new UsageException("no tutorial '" + number + "'; there are " + numbers);
  }

  private static void printSource(String title, String source, PrintStream out) {
    out.println();
    out.println("-- " + title);
    source.lines().forEach(line -> out.println(line.isEmpty() ? "   |" : "   | " + line));
  }
}
