package fluxion.examples.train;

import fluxion.api.FormatException;
import fluxion.nn.training.EarlyStopping;
import fluxion.nn.training.TrainingState;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/** Trains a named network epoch by epoch, and keeps of the run what is asked for. */
final class ModelRun {
  private final PrintStream out;
  private final boolean terminal;
  private final Images.Split split;
  private final TrainOptions options;
  private final ModelTrainer trainer;
  private final TrainingState state;
  private final Optional<EarlyStopping> stopping;

  /**
   * Makes a run that has not begun.
   *
   * @param out where its lines go
   * @param terminal whether that is a terminal, on which a line can be drawn over
   * @param split the images
   * @param options how is trained, and what is kept
   * @param trainer trains
   */
  ModelRun(
      PrintStream out,
      boolean terminal,
      Images.Split split,
      TrainOptions options,
      ModelTrainer trainer) {
    this.out = out;
    this.terminal = terminal;
    this.split = split;
    this.options = options;
    this.trainer = trainer;
    this.state = trainer.state();
    this.stopping =
        options
            .run()
            .patience()
            .map(
                patience ->
                    new EarlyStopping(EarlyStopping.Mode.MAX, patience).restoring(trainer.model()));
    stopping.ifPresent(part -> state.with("stopping", part));
  }

  /**
   * Trains.
   *
   * @return what the test images are taken for in the end
   * @throws FormatException if a file cannot be read or written
   * @throws fluxion.api.ArgumentException if the run to go on from is another one
   */
  int[] run() {
    options.run().checkpoint().ifPresent(ModelRun::makeFolder);
    options.run().resume().ifPresent(this::resume);
    try (RunLog log = RunLog.open(options.run(), state)) {
      int[] predicted = {};
      boolean tested = false;
      while (state.epoch() < options.epochs() && !isEnough()) {
        predicted = epoch(log);
        tested = true;
      }
      if (stopping.isPresent() && stopping.get().bestUpdate() > 0) {
        predicted = best(stopping.get());
        tested = true;
      }
      return tested ? predicted : trainer.predict();
    }
  }

  private boolean isEnough() {
    return stopping.isPresent() && stopping.get().shouldStop();
  }

  private int[] epoch(RunLog log) {
    int number = Math.toIntExact(state.epoch()) + 1;
    EpochLine line = new EpochLine(out, terminal, number, options.epochs());
    ModelTrainer.Epoch result =
        trainer.epoch(seen -> line.images(seen, split.train().size()), this::saveWithinEpoch);
    int[] predicted = trainer.predict();
    double accuracy = Report.confusion(split.test(), predicted).accuracy();
    line.end(result.loss(), accuracy, result.seconds());
    trainer.nextEpoch();
    stopping.ifPresent(part -> part.update(accuracy));
    log.epoch(trainer, result, accuracy);
    save();
    return predicted;
  }

  /** Goes back to the state of the best epoch. */
  private int[] best(EarlyStopping part) {
    if (state.epoch() < options.epochs()) {
      out.printf(
          Locale.ROOT,
          "stopped after epoch %d: %d without better test accuracy%n",
          state.epoch(),
          state.epoch() - part.bestUpdate());
    }
    out.printf(
        Locale.ROOT,
        "the best test accuracy, %.2f %%, is that of epoch %d%n",
        100 * part.best(),
        part.bestUpdate());
    part.restore();
    return trainer.predict();
  }

  // ---- files

  /** Whether a file can be there shows now, not after the first epoch. */
  private static void makeFolder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    if (folder == null || Files.isDirectory(file)) {
      throw new FormatException(file + ": expected the name of a file, found a folder");
    }
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw RunLog.failed(file, "written", e);
    }
  }

  private void saveWithinEpoch() {
    if (options.run().every().map(every -> state.step() % every == 0).orElse(false)) {
      save();
    }
  }

  private void save() {
    options.run().checkpoint().ifPresent(this::save);
  }

  private void save(Path file) {
    try {
      state.save(file);
    } catch (IOException e) {
      throw RunLog.failed(file, "written", e);
    }
  }

  private void resume(Path file) {
    try {
      state.load(file);
    } catch (NoSuchFileException e) {
      throw new FormatException(file + ": there is no such file", e);
    } catch (IOException e) {
      throw RunLog.failed(file, "read", e);
    }
    out.printf(
        Locale.ROOT,
        "resumed from %s after %d epochs and %d steps%n",
        file,
        state.epoch(),
        state.stepOfEpoch());
  }
}
