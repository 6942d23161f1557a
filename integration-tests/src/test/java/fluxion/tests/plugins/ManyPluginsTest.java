package fluxion.tests.plugins;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.tests.support.ChildJvm;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A program with a thousand plugins of twenty operators each on its module path. What counts is the
 * processor's time, so that a busy machine gives similar figures, less that of a program on the
 * same path which does nothing: the JVM opens and resolves the jars of both.
 */
@Tag("full")
final class ManyPluginsTest {
  private static final int OPERATORS = 20;
  private static final int[] COUNTS = {250, 500, 1000};
  private static final int RUNS = 3;

  /** Milliseconds of the processor to the first call, beyond the JVM's own; half are usual. */
  private static final double MOST = 1600;

  /** What all modules are made from: the name is exchanged for another of the same length. */
  private static final String TEMPLATE = "m0000";

  @TempDir Path folder;

  /** A module of operators {@code mNNNN_0}, {@code mNNNN_1} and so on. */
  private Path template() {
    return new Workshop(folder)
        .make(
            Workshop.operators(
                "many." + TEMPLATE,
                """
                public List<Operator> operators() {
                  return Catalogue.of(this);
                }
                public void lines(Catalogue table) {
                  for (int i = 0; i < %d; i++) {
                    String name = "%s_".concat(String.valueOf(i));
                    if (table.has(name)) {
                      table.add(Operator.named(name)
                          .overload("(Tensor self)", Call.Unary.class, self -> self));
                    }
                  }
                }
                """
                    .formatted(OPERATORS, TEMPLATE)));
  }

  private Path program() {
    return new Workshop(folder)
        .make(
            Workshop.Sources.of("tiny", "requires fluxion.api; requires java.management;")
                .file(
                    "tiny.Main",
                    """
                    package tiny;
                    import fluxion.api.*;
                    public final class Main {
                      private static double nanoseconds(String name, Tensor x) {
                        var threads = java.lang.management.ManagementFactory.getThreadMXBean();
                        double best = Double.MAX_VALUE;
                        for (int turn = 0; turn < 20; turn++) {
                          long begin = threads.getCurrentThreadCpuTime();
                          for (int i = 0; i < 2000; i++) {
                            Ops.call(name, x);
                          }
                          best =
                              Math.min(best, (threads.getCurrentThreadCpuTime() - begin) / 2000.0);
                        }
                        return best;
                      }
                      private static long milliseconds() {
                        return ProcessHandle.current().info().totalCpuDuration().orElseThrow()
                            .toMillis();
                      }
                      public static void main(String[] args) {
                        if (args.length == 0) {
                          System.out.println(milliseconds());
                          return;
                        }
                        Tensor x = Tensors.tensor(1.0);
                        Ops.call(args[0], x);
                        long used = milliseconds();
                        System.out.println(
                            Ops.names().size() + " " + used + " " + nanoseconds(args[0], x));
                      }
                    }
                    """));
  }

  /**
   * What was measured with some plugins.
   *
   * @param names how many names there are
   * @param empty milliseconds of a program that does nothing
   * @param start milliseconds to the first call, beyond that
   * @param call nanoseconds of a call
   */
  private record Measured(int names, double empty, double start, double call) {}

  private Measured measure(Path plugins, Path program, String operator) {
    double empty = Double.MAX_VALUE;
    double start = Double.MAX_VALUE;
    double call = Double.MAX_VALUE;
    int names = 0;
    for (int run = 0; run < RUNS; run++) {
      empty = Math.min(empty, Double.parseDouble(run(plugins, program)[0]));
      String[] words = run(plugins, program, operator);
      names = Integer.parseInt(words[0]);
      start = Math.min(start, Double.parseDouble(words[1]));
      call = Math.min(call, Double.parseDouble(words[2]));
    }
    return new Measured(names, empty, start - empty, call);
  }

  private String[] run(Path plugins, Path program, String... arguments) {
    ChildJvm.Result result =
        new ChildJvm(folder)
            .with("fluxion.api", "fluxion.engine", "fluxion.backend.cpu")
            .with(plugins)
            .with(program)
            .run("tiny/tiny.Main", arguments);
    assertEquals(0, result.exitCode(), result.err());
    return result.out().strip().split(" ", -1);
  }

  private static byte[] renamed(byte[] content, String name) {
    String text = new String(content, StandardCharsets.ISO_8859_1);
    return text.replace(TEMPLATE, name).getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void the_start_grows_with_their_number_and_a_call_costs_what_it_costs_with_few()
      throws Exception {
    Path template = template();
    Path program = program();
    byte[] descriptor = Files.readAllBytes(template.resolve("module-info.class"));
    byte[] provider = Files.readAllBytes(template.resolve("many/" + TEMPLATE + "/Functions.class"));
    Path plugins = Files.createDirectory(folder.resolve("plugins"));
    Measured[] measured = new Measured[COUNTS.length];
    int made = 0;
    for (int c = 0; c < COUNTS.length; c++) {
      for (; made < COUNTS[c]; made++) {
        String name = String.format(Locale.ROOT, "m%04d", made);
        Jar.empty()
            .with("module-info.class", renamed(descriptor, name))
            .with("many/" + name + "/Functions.class", renamed(provider, name))
            .write(plugins.resolve(name + ".jar"));
      }
      measured[c] = measure(plugins, program, "m0007_3");
      assertEquals(7 + COUNTS[c] * OPERATORS, measured[c].names());
      System.out.printf(
          Locale.ROOT,
          "%d plugins, %d operators: the first call came after %.0f ms of the processor beyond the"
              + " %.0f ms of an empty program, a call takes %.0f ns%n",
          COUNTS[c],
          measured[c].names(),
          measured[c].start(),
          measured[c].empty(),
          measured[c].call());
    }
    Measured few = measured[0];
    Measured many = measured[COUNTS.length - 1];
    // four times as many take four times as long at most, but for what the clock misses
    assertTrue(many.start() < 5 * few.start(), few + ", " + many);
    assertTrue(many.start() < MOST, few + ", " + many);
    assertTrue(many.call() < 3 * few.call(), few + ", " + many);
  }
}
