package fluxion.conformance.cli;

import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.conformance.Profile;
import fluxion.conformance.suite.Settings;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What the command line asks for. */
final class Options {
  /** What {@code --help} prints. */
  static final String HELP =
      """
      usage: fluxion conformance [OPTION...]

      Holds plugins to the rules of the specification and writes a report. Judged are the plugins
      on --module-path, or without it those that come with fluxion.

        --module-path PATH      jars, or folders of jars, with the plugins to judge
        --backend NAME          judge only this device, such as cpu or gpu:1
        --all                   judge all plugins, also those that come with fluxion
        --rule GLOB             only these rules, such as B-101 or 'F-2*'
        --golden DIR            run the recorded cases below this folder, and no rules
                                (unless --rule or --all is given, too)
        --fuzz MINUTES          try random programs, kernels and calls for so long, and no rules
                                (unless --rule or --all is given, too)
        --profile basic|tight   the error bounds to hold (default tight)
        --seed N                decides all random values (default 0)
        --quick                 fewer cases
        --report DIR            where the report goes (default target/conformance)
        --expect-failures FILE  lines 'GLOB = REASON': checks that are known to fail; one of them
                                that passes is a failure
        --limit SECONDS         how long one check may take (default 60)
        --heap MB               the memory of the JVM that runs the checks (default 2048)
        --list                  print the rules and do nothing
        --verbose, -v           say more: what plugins print, and on errors where they came from
        --help, -h              print this and do nothing

      It exits with 0 if nothing failed (skipped cases are no failures), 1 if something failed,
      and 2 if it could not do as asked: options that it does not understand, a rule or a device
      that is not there, a malformed --golden folder, a report that cannot be written.
      """;

  private static final Set<String> FLAGS = Set.of("--all", "--quick", "--list", "--verbose");
  private static final Set<String> VALUES =
      Set.of(
          "--module-path",
          "--backend",
          "--rule",
          "--golden",
          "--fuzz",
          "--profile",
          "--seed",
          "--report",
          "--expect-failures",
          "--limit",
          "--heap");
  private static final long LONGEST = 24 * 60 * 60;
  private static final long MOST_MINUTES = 24 * 60;
  private static final long LEAST_HEAP = 64;
  private static final long MOST_HEAP = 1 << 20;

  private final Map<String, String> given;
  private final List<Path> modulePath;
  private final Optional<Device> device;
  private final Settings settings;
  private final long heap;
  private final long fuzz;

  private Options(Map<String, String> given) {
    this.given = given;
    this.modulePath = paths(text("--module-path").orElse(""));
    this.device = text("--backend").map(Options::device);
    this.settings =
        Settings.DEFAULT
            .withProfile(profile(text("--profile").orElse("tight")))
            .withEffort(has("--quick") ? Settings.Effort.QUICK : Settings.Effort.FULL)
            .withSeed(number("--seed", 0, Long.MIN_VALUE, Long.MAX_VALUE))
            .withRules(text("--rule").orElse("*"))
            .withLimit(Duration.ofSeconds(number("--limit", 60, 1, LONGEST)))
            .withExpectedFailures(
                text("--expect-failures").map(ExpectedFailures::read).orElse(Map.of()));
    this.fuzz = number("--fuzz", 0, 1, MOST_MINUTES);
    this.heap = number("--heap", 2048, LEAST_HEAP, MOST_HEAP);
    if (device.isPresent() && has("--all")) {
      throw new UsageException("--backend judges one device and --all everything: give one");
    }
  }

  /**
   * What a command line asks for.
   *
   * @throws UsageException if it cannot be understood
   */
  static Options parse(List<String> args) {
    Map<String, String> given = new LinkedHashMap<>();
    for (int i = 0; i < args.size(); i++) {
      String arg = args.get(i);
      int equals = arg.startsWith("--") ? arg.indexOf('=') : -1;
      String name = full(equals < 0 ? arg : arg.substring(0, equals));
      if (FLAGS.contains(name) && equals < 0) {
        given.put(name, "");
      } else if (FLAGS.contains(name)) {
        throw new UsageException(name + " takes no value");
      } else if (!VALUES.contains(name)) {
        String what = arg.startsWith("-") ? "option" : "argument";
        throw new UsageException("unknown " + what + " '" + arg + "' (see --help)");
      } else if (equals >= 0) {
        given.put(name, arg.substring(equals + 1));
      } else if (i + 1 < args.size()) {
        given.put(name, args.get(++i));
      } else {
        throw new UsageException(name + " needs a value (see --help)");
      }
    }
    return new Options(given);
  }

  private static String full(String name) {
    return name.equals("-v") ? "--verbose" : name;
  }

  private Optional<String> text(String name) {
    return Optional.ofNullable(given.get(name));
  }

  private boolean has(String name) {
    return given.containsKey(name);
  }

  private long number(String name, long otherwise, long least, long most) {
    Optional<String> text = text(name);
    if (text.isEmpty()) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text.get());
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException _) {
      // told below
    }
    String range = least == Long.MIN_VALUE ? "" : " from " + least + " to " + most;
    throw new UsageException(
        name + " expects a whole number" + range + ", not '" + text.get() + "'");
  }

  private static Profile profile(String text) {
    for (Profile profile : Profile.values()) {
      if (profile.name().toLowerCase(Locale.ROOT).equals(text)) {
        return profile;
      }
    }
    throw new UsageException("--profile is basic or tight, not '" + text + "'");
  }

  private static Device device(String name) {
    try {
      return Device.of(name);
    } catch (DeviceException e) {
      throw new UsageException("--backend: " + e.getMessage(), e);
    }
  }

  private static List<Path> paths(String text) {
    List<Path> paths = new ArrayList<>();
    for (String part : text.split(File.pathSeparator, -1)) {
      if (!part.isEmpty()) {
        Path path = path("--module-path", part);
        if (!Files.exists(path)) {
          throw new UsageException("--module-path: there is no '" + part + "'");
        }
        paths.add(path.toAbsolutePath().normalize());
      }
    }
    return paths;
  }

  private static Path path(String option, String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new UsageException(option + ": '" + text + "' is no path: " + e.getReason(), e);
    }
  }

  /** Where the plugins are that are to be judged; empty for those that come with the kit. */
  List<Path> modulePath() {
    return modulePath;
  }

  /** The device that alone is to be judged. */
  Optional<Device> device() {
    return device;
  }

  /** Whether all plugins are to be judged. */
  boolean isAll() {
    return has("--all");
  }

  /** Whether the rules of the specification are asked for. */
  boolean wantsRules() {
    return !(has("--golden") || has("--fuzz")) || has("--rule") || isAll();
  }

  /** The folder of recorded cases. */
  Optional<Path> golden() {
    return text("--golden").map(text -> path("--golden", text));
  }

  /** How long to fuzz, if at all. */
  Optional<Duration> fuzz() {
    return fuzz == 0 ? Optional.empty() : Optional.of(Duration.ofMinutes(fuzz));
  }

  /** How the suite is run. */
  Settings settings() {
    return settings;
  }

  /** The heap of the worker, in megabytes. */
  long heap() {
    return heap;
  }

  /** Where the report goes. */
  Path report() {
    return path("--report", text("--report").orElse("target/conformance"));
  }

  /** Whether only the rules are listed. */
  boolean isList() {
    return has("--list");
  }

  /** Whether to say more. */
  boolean isVerbose() {
    return has("--verbose");
  }

  /** The command line again, from which {@link #parse} makes equal options. */
  List<String> arguments() {
    List<String> arguments = new ArrayList<>();
    given.forEach(
        (name, value) -> {
          arguments.add(FLAGS.contains(name) ? name : name + "=" + value);
        });
    return arguments;
  }
}
