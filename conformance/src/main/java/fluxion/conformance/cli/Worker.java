package fluxion.conformance.cli;

import fluxion.api.Plugin;
import fluxion.api.Plugins;
import fluxion.conformance.suite.Check;
import fluxion.conformance.suite.Result;
import fluxion.conformance.suite.Runner;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The main class of the JVM in which plugins run. It tells its parent of every step before it takes
 * it, so that the parent knows what it was at when it died; it ends when its parent has ended.
 */
public final class Worker {
  private static final int ORPHANED = 3;

  private final Options options;
  private final PrintStream channel;

  private Worker(Options options, PrintStream channel) {
    this.options = options;
    this.channel = channel;
  }

  /**
   * Judges, and ends the JVM.
   *
   * @param args the unit and the check in it to begin with, then the options of the command
   */
  public static void main(String[] args) {
    // the real output is the way to the parent; what plugins print goes to the error stream
    PrintStream channel =
        new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8);
    System.setOut(System.err);
    Thread.ofPlatform().daemon().name("parent").start(Worker::awaitOrphanhood);
    List<String> rest = Arrays.asList(args).subList(2, args.length);
    new Worker(Options.parse(rest), channel)
        .run(Integer.parseInt(args[0]), Integer.parseInt(args[1]));
    // threads and shutdown hooks of plugins are of no interest any more
    Runtime.getRuntime().halt(0);
  }

  private static void awaitOrphanhood() {
    try {
      while (System.in.read() >= 0) {
        // the parent says nothing; its end closes the stream
      }
    } catch (IOException e) {
      // as good as closed
    }
    Runtime.getRuntime().halt(ORPHANED);
  }

  private synchronized void tell(Event event) {
    // whatever a plugin may have written to the descriptor itself stays on a line of its own
    channel.print("\n" + event.line() + "\n");
    channel.flush();
  }

  private void run(int firstUnit, int firstCheck) {
    String missing = missingDevice();
    if (!missing.isEmpty()) {
      tell(new Event.Refused(missing));
      return;
    }
    List<Unit> units = Units.of(options, this::tell);
    tell(new Event.Found(units.stream().map(Unit::name).toList()));
    for (int u = firstUnit; u < units.size(); u++) {
      if (!judge(units.get(u), u == firstUnit ? firstCheck : 0)) {
        tell(new Event.Replace());
        return;
      }
    }
    tell(new Event.Done());
  }

  /** Why the device that is asked for cannot be judged, or the empty text. */
  private String missingDevice() {
    if (options.device().isEmpty()) {
      return "";
    }
    String device = options.device().get().toString();
    List<Plugin> plugins = Plugins.list();
    List<String> devices =
        plugins.stream()
            .filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND)
            .flatMap(plugin -> plugin.offers().stream())
            .sorted()
            .toList();
    if (devices.contains(device)) {
      return "";
    }
    String refused =
        plugins.stream()
            .filter(plugin -> plugin.kind() == Plugin.Kind.BACKEND && !plugin.isFullyUsable())
            .map(plugin -> "; " + plugin.module() + ": " + plugin.refusal())
            .collect(Collectors.joining());
    return "--backend: no plugin offers the device '"
        + device
        + "'; there are: "
        + (devices.isEmpty() ? "none" : String.join(", ", devices))
        + refused;
  }

  /** Judges a unit; says whether this JVM is fit for the next one. */
  private boolean judge(Unit unit, int first) {
    tell(new Event.Listing());
    Listing listing = Listing.of(unit, Patience.listing(options));
    if (!listing.failure().isEmpty()) {
      tell(new Event.Unlisted(listing.failure()));
      return !listing.isSpoilt();
    }
    List<Check> checks = listing.checks();
    tell(Event.listed(checks));
    Duration limit = unit.limit(options.settings().limit());
    Runner runner = new Runner(options.settings().withLimit(limit));
    for (Check check : checks.subList(Math.min(first, checks.size()), checks.size())) {
      tell(new Event.Begun(limit));
      Result result = runner.run(check);
      tell(Event.ended(result));
      if (isSpoilt(result, limit)) {
        return false;
      }
    }
    unit.judged().ifPresent(plugin -> tell(new Event.Described(plugin)));
    tell(new Event.Closed());
    return true;
  }

  /** Whether a check has left a thread that does not end, or memory that is full. */
  private static boolean isSpoilt(Result result, Duration limit) {
    return result.took().compareTo(limit) >= 0
        || result.verdict().reason().contains(OutOfMemoryError.class.getName());
  }
}
