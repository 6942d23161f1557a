package fluxion.benchmarks;

import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** What the command line asks for. */
final class BenchOptions {
  static final String HELP =
      """
      usage: fluxion bench [OPTION...] [ROWS]

      Measures workloads, each in a process of its own, and writes target/bench/report.md, a chart
      and all figures. ROWS is a regular expression, such as sgemm or 'add|sum'; all if absent.

        --peers        DJL's and JavaCPP's libtorch too, fetched with Maven at the first time (250 MB)
        --device NAME  a device beside the processor, such as gpu, at the rows that make sense there
        --threads N    the threads of rows that have two (default: 2)
        --rounds N     how often each contestant has its turn at a row (default: 3)
        --warmup N     seconds of processor time before a turn is timed (default: 5)
        --seconds N    seconds that a turn is timed (default: 3)
        --add          keep the figures of earlier runs, and add to them
        --quick        once, for a moment: shows that everything runs, and measures nothing
        --list         print the rows and do nothing
        --help         print this and do nothing
      """;

  boolean help;
  boolean list;
  boolean peers;
  boolean add;
  String device = "cpu";
  int threads = 2;
  Pattern rows = Pattern.compile("");
  private boolean quick;
  private int rounds = 3;
  private int warmUp = 5;
  private int seconds = 3;

  BenchOptions(List<String> args) {
    for (int i = 0; i < args.size(); i++) {
      switch (args.get(i)) {
        case "--help" -> help = true;
        case "--list" -> list = true;
        case "--peers" -> peers = true;
        case "--add" -> add = true;
        case "--quick" -> quick = true;
        case "--device" -> device = value(args, i++);
        case "--threads" -> threads = count(args, i++);
        case "--rounds" -> rounds = count(args, i++);
        case "--warmup" -> warmUp = count(args, i++);
        case "--seconds" -> seconds = count(args, i++);
        default -> rows = pattern(args.get(i));
      }
    }
  }

  Effort effort() {
    return quick ? Effort.QUICK : Effort.of(rounds, warmUp, seconds);
  }

  boolean asksFor(Row row) {
    return rows.matcher(row.name()).find();
  }

  /** A row under its settings, with the number of threads that was asked for. */
  Row with(Row row) {
    return row.under(
        row.settings().stream()
            .map(setting -> setting.threads() == 1 ? setting : new Setting(threads, setting.busy()))
            // what one thread does tells nothing of how threads share cores
            .filter(setting -> setting.threads() > 1 || !setting.busy())
            .distinct()
            .toArray(Setting[]::new));
  }

  private static String value(List<String> args, int option) {
    if (option + 1 == args.size()) {
      throw new IllegalArgumentException(args.get(option) + " needs a value");
    }
    return args.get(option + 1);
  }

  private static int count(List<String> args, int option) {
    String value = value(args, option);
    if (!value.matches("[1-9][0-9]{0,3}")) {
      throw new IllegalArgumentException(
          args.get(option) + " needs a number from 1 to 9999, not " + value);
    }
    return Integer.parseInt(value);
  }

  private static Pattern pattern(String word) {
    if (word.startsWith("-")) {
      throw new IllegalArgumentException("no option " + word + "; see --help");
    }
    try {
      return Pattern.compile(word);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "'" + word + "' is no regular expression: " + e.getDescription(), e);
    }
  }
}
