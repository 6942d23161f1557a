package fluxion.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A contestant's turn at a row.
 *
 * @param contestant whose
 * @param row at which
 * @param setting under which
 * @param effort how long
 * @param output where logs and images go
 */
record Turn(Contestant contestant, Row row, Setting setting, Effort effort, Path output) {
  /**
   * What came of a turn.
   *
   * @param median nanoseconds or bytes
   * @param best the least that was seen
   * @param check a number that all contestants should come to, or NaN
   */
  record Outcome(double median, double best, double check) {
    static Outcome of(double bytes) {
      return new Outcome(bytes, bytes, Double.NaN);
    }
  }

  /** What a process printed, and when its first line came. */
  private record Printed(List<String> lines, double nanosToFirst) {}

  Outcome take() throws IOException, InterruptedException {
    return switch (row.kind()) {
      case TIME ->
          measured(
              contestant.measuring(setting),
              setting.threads() == 1 && contestant.computesOnTheCaller() ? "cpu" : "time",
              row.workload(),
              Integer.toString(effort.warmUp()),
              Integer.toString(effort.millis()));
      case MEMORY ->
          measured(
              contestant.plain(setting),
              "memory",
              row.workload(),
              Integer.toString(effort.calls()));
      case START -> start(contestant.starting(setting));
      case IMAGE -> start(Image.of(contestant.jars(), contestant.classes(), output).command());
      case DISK -> Outcome.of(Jars.bytes(contestant.jars()));
    };
  }

  private Outcome measured(List<String> command, String... arguments)
      throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(command);
    call.add(Contestant.MEASURE);
    call.addAll(Arrays.asList(arguments));
    for (String line : run(call).lines) {
      if (line.startsWith("result ")) {
        String[] words = line.split(" ");
        return new Outcome(
            Double.parseDouble(words[1]),
            Double.parseDouble(words[2]),
            Double.parseDouble(words[3]));
      }
    }
    throw new IOException(contestant.name() + " printed no result");
  }

  /** The median of some starts, each from before the process is made to its first line. */
  private Outcome start(List<String> command) throws IOException, InterruptedException {
    List<String> call = new ArrayList<>(command);
    call.add(Contestant.FIRST_GRADIENT);
    double[] all = new double[effort.starts()];
    for (int i = 0; i < all.length; i++) {
      Printed printed = run(call);
      if (!printed.lines.stream().anyMatch(line -> line.startsWith("[4.0, 5.33"))) {
        throw new IOException(contestant.name() + " printed no gradient");
      }
      all[i] = printed.nanosToFirst;
    }
    Arrays.sort(all);
    return new Outcome(all[all.length / 2], all[0], Double.NaN);
  }

  private Printed run(List<String> call) throws IOException, InterruptedException {
    Path log = output.resolve(contestant.name().replace(' ', '-') + ".log");
    ProcessBuilder builder = new ProcessBuilder(call).redirectError(log.toFile());
    if (!call.toString().contains("enable-native-access=fluxion")) {
      builder.environment().remove("LD_PRELOAD"); // the launcher's, for drivers of devices
    }
    builder.environment().putAll(contestant.environment(setting));
    long begin = System.nanoTime();
    double toFirst = Double.NaN;
    List<String> lines = new ArrayList<>();
    Process process = builder.start();
    try (BufferedReader reader = process.inputReader()) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (lines.isEmpty()) {
          toFirst = System.nanoTime() - begin;
        }
        lines.add(line);
      }
    } finally {
      process.destroy();
    }
    int status = process.waitFor();
    if (status != 0) {
      throw new IOException(
          contestant.name() + " ended with status " + status + "; what it printed is in " + log);
    }
    return new Printed(lines, toFirst);
  }
}
