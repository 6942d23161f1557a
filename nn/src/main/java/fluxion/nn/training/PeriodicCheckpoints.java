package fluxion.nn.training;

import fluxion.api.ArgumentException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Saves a run's state every so many steps, into files of a folder of which the last few are kept.
 * They are called {@code step-000001200.pth}; other files in the folder are left alone.
 */
public final class PeriodicCheckpoints {
  private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})\\.pth");

  private final TrainingState state;
  private final Path folder;
  private final long every;
  private final int keep;

  /**
   * Looks at nothing yet.
   *
   * @param state what is saved
   * @param folder where; it is made where it is not there
   * @param every after how many steps
   * @param keep how many of the last files are kept
   * @throws ArgumentException if one of the numbers is less than 1
   */
  public PeriodicCheckpoints(TrainingState state, Path folder, long every, int keep) {
    if (every < 1 || keep < 1) {
      throw new ArgumentException(
          "checkpoints are made every 1 or more steps, and 1 or more are kept, not "
              + every
              + " and "
              + keep);
    }
    this.state = state;
    this.folder = folder;
    this.every = every;
    this.keep = keep;
  }

  /**
   * Saves the state if it is time to; to be called after each step.
   *
   * @return whether it was saved
   * @throws IOException if that fails; older files are there then
   */
  public boolean save() throws IOException {
    if (state.step() % every != 0) {
      return false;
    }
    saveNow();
    return true;
  }

  /**
   * Saves the state whatever the step is, as at the end of a run, and deletes what is too old.
   *
   * @throws IOException if that fails; older files are there then
   * @throws ArgumentException if the folder has a file of a later step, from which {@link #resume}
   *     would go on
   */
  public void saveNow() throws IOException {
    Files.createDirectories(folder);
    NavigableMap<Long, Path> files = files(folder);
    Map.Entry<Long, Path> last = files.lastEntry();
    if (last != null && last.getKey() > state.step()) {
      throw new ArgumentException(
          last.getValue()
              + " is of a later step than this one, "
              + state.step()
              + ": it is another run's; resume from it, take it away, or use another folder");
    }
    Path saved = folder.resolve("step-%09d.pth".formatted(state.step()));
    state.save(saved);
    files.put(state.step(), saved);
    while (files.size() > keep) {
      Map.Entry<Long, Path> oldest = files.firstEntry();
      files.remove(oldest.getKey());
      Files.deleteIfExists(oldest.getValue());
    }
  }

  /**
   * Goes on from the last file, if there is one.
   *
   * @return whether there was
   * @throws IOException if it cannot be read
   * @throws ArgumentException as by {@link TrainingState#load}
   */
  public boolean resume() throws IOException {
    Optional<Path> last = latest(folder);
    if (last.isPresent()) {
      state.load(last.get());
    }
    return last.isPresent();
  }

  /**
   * {@return the file of the latest step}
   *
   * @param folder where checkpoints may be
   * @throws IOException if the folder cannot be read
   */
  public static Optional<Path> latest(Path folder) throws IOException {
    Map.Entry<Long, Path> last = files(folder).lastEntry();
    return last == null ? Optional.empty() : Optional.of(last.getValue());
  }

  private static NavigableMap<Long, Path> files(Path folder) throws IOException {
    NavigableMap<Long, Path> files = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> all = Files.list(folder)) {
        all.forEach(
            file -> {
              Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
              if (name.matches()) {
                files.put(Long.parseLong(name.group(1)), file);
              }
            });
      }
    }
    return files;
  }
}
