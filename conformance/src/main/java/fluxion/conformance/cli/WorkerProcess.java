package fluxion.conformance.cli;

import fluxion.engine.spi.BackendProvider;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** One worker JVM, as its parent sees it. */
final class WorkerProcess implements AutoCloseable {
  private static final int LAST_LINES = 8;
  private static final long SECONDS_TO_END = 10;

  /** Says how a worker ended before its time. */
  static final class Died extends Exception {
    private static final long serialVersionUID = 1L;

    Died(String message) {
      super(message, null, false, false);
    }
  }

  private final Process process;
  private final Thread killer;
  private final BlockingQueue<Optional<Event>> events = new LinkedBlockingQueue<>();
  private final Deque<String> errors = new ArrayDeque<>();
  private final Thread errorReader;

  private WorkerProcess(Process process, Optional<PrintStream> echo) {
    this.process = process;
    this.killer = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(killer);
    read(
        process.getInputStream(),
        line -> Event.parse(line).ifPresent(e -> events.add(Optional.of(e))),
        () -> events.add(Optional.empty()));
    this.errorReader =
        read(
            process.getErrorStream(),
            line -> {
              remember(line);
              echo.ifPresent(out -> out.println(line));
            },
            () -> {});
  }

  /**
   * Starts a worker.
   *
   * @param options what is asked for
   * @param path the module path, in the order of precedence
   * @param judged the modules to judge; none for all
   * @param unit the unit to begin with
   * @param check the check in it to begin with
   * @param echo where what it prints goes, if anywhere
   */
  static WorkerProcess start(
      Options options,
      List<Path> path,
      List<String> judged,
      int unit,
      int check,
      Optional<PrintStream> echo) {
    List<String> call = new ArrayList<>();
    call.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    call.add("-Xmx" + options.heap() + "m");
    call.add("-XX:MaxDirectMemorySize=" + options.heap() + "m");
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("fluxion.")) {
        call.add("-D" + name + "=" + System.getProperty(name));
      }
    }
    call.add("-D" + Units.JUDGED + "=" + String.join(",", judged));
    String backends = backends(path);
    if (!backends.isEmpty()) {
      call.add("--enable-native-access=" + backends);
    }
    call.add("--module-path");
    call.add(path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator)));
    call.add("--module");
    call.add(Worker.class.getModule().getName() + "/" + Worker.class.getName());
    call.add(Integer.toString(unit));
    call.add(Integer.toString(check));
    call.addAll(options.arguments());
    try {
      return new WorkerProcess(new ProcessBuilder(call).start(), echo);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The modules that provide devices, which may be native code's, with commas between them. */
  private static String backends(List<Path> path) {
    try {
      return ModuleFinder.of(path.toArray(Path[]::new)).findAll().stream()
          .map(ModuleReference::descriptor)
          .filter(
              module ->
                  module.provides().stream()
                      .anyMatch(given -> given.service().equals(BackendProvider.class.getName())))
          .map(ModuleDescriptor::name)
          .sorted()
          .collect(Collectors.joining(","));
    } catch (FindException e) {
      return ""; // the worker meets the same, and says it
    }
  }

  private static Thread read(InputStream in, Consumer<String> lines, Runnable end) {
    return Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                reader.lines().forEach(lines);
              } catch (IOException | UncheckedIOException e) {
                // the process was killed: there is no more
              } finally {
                end.run();
              }
            });
  }

  private void remember(String line) {
    // what the JVM says of modules that incubate is no trouble of a plugin's
    if (!line.startsWith("WARNING: Using incubator modules") && !line.isBlank()) {
      synchronized (errors) {
        errors.addLast(line);
        if (errors.size() > LAST_LINES) {
          errors.removeFirst();
        }
      }
    }
  }

  /** Forgets what was printed so far: it has nothing to do with what comes. */
  void forgetOutput() {
    synchronized (errors) {
      errors.clear();
    }
  }

  /**
   * The next event.
   *
   * @param silence how long to wait for it
   * @throws Died if there is none: the JVM has ended, or is silent and was killed
   */
  Event next(Duration silence) throws Died {
    try {
      Optional<Event> event = events.poll(silence.toMillis(), TimeUnit.MILLISECONDS);
      if (event == null) {
        process.destroyForcibly();
        throw new Died(
            "the JVM that ran it was silent for "
                + silence.toSeconds()
                + " s and had to be killed"
                + output());
      }
      if (event.isPresent()) {
        return event.get();
      }
      if (!process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      errorReader.join(Duration.ofSeconds(SECONDS_TO_END));
      throw new Died("the JVM that ran it ended with exit code " + process.waitFor() + output());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Died("the run was interrupted");
    }
  }

  private String output() {
    synchronized (errors) {
      return errors.isEmpty()
          ? " and printed nothing"
          : "; the last it printed was\n  " + String.join("\n  ", errors);
    }
  }

  /** Ends the JVM, however it is. */
  @Override
  public void close() {
    process.destroyForcibly();
    try {
      process.waitFor(SECONDS_TO_END, TimeUnit.SECONDS);
      Runtime.getRuntime().removeShutdownHook(killer);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // this JVM is about to end, and the hook runs
    }
  }
}
