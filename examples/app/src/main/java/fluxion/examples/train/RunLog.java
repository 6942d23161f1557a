package fluxion.examples.train;

import fluxion.api.FormatException;
import fluxion.api.Tensor;
import fluxion.nn.training.CsvLog;
import fluxion.nn.training.SummaryWriter;
import fluxion.nn.training.TrainingState;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The log of a run in the folder that the user has named, if he has. */
final class RunLog implements AutoCloseable {
  private static final String NAME = "log.csv";
  private static final String[] COLUMNS = {
    "epoch", "step", "loss", "test_accuracy", "lr", "seconds"
  };

  /** The files of a log that is kept. */
  private record Files(Path folder, CsvLog rows, SummaryWriter events) {}

  private final @Nullable Files files;

  private RunLog(@Nullable Files files) {
    this.files = files;
  }

  /**
   * {@return a log that begins, or goes on where the run does}
   *
   * @param options what is kept of the run
   * @param state how far it has come
   * @throws FormatException if a file cannot be written, or is another run's
   */
  static RunLog open(RunOptions options, TrainingState state) {
    if (options.log().isEmpty()) {
      return new RunLog(null);
    }
    Path folder = options.log().get();
    Path rows = folder.resolve(NAME);
    try {
      return new RunLog(
          options.resume().isPresent()
              ? new Files(
                  folder,
                  CsvLog.resume(rows, state.epoch(), COLUMNS),
                  SummaryWriter.resume(folder, state.step() + 1))
              : new Files(folder, CsvLog.create(rows, COLUMNS), new SummaryWriter(folder)));
    } catch (FileAlreadyExistsException e) {
      throw new FormatException(
          rows + " is there already, of another run: give another --log, or --resume that run", e);
    } catch (IOException e) {
      throw failed(folder, "written", e);
    }
  }

  /**
   * {@return what is thrown where a file cannot be used}
   *
   * @param file the file
   * @param what what could not be done with it
   * @param cause why
   */
  static FormatException failed(Path file, String what, IOException cause) {
    String why = cause.getClass().getSimpleName().replace("Exception", "");
    return new FormatException(
        file + ": cannot be " + what + ": " + why + ": " + cause.getMessage(), cause);
  }

  /**
   * Notes an epoch that has ended.
   *
   * @param trainer what has trained
   * @param result what came of it
   * @param accuracy the share of test images that were recognised
   * @throws FormatException if that cannot be written
   */
  void epoch(ModelTrainer trainer, ModelTrainer.Epoch result, double accuracy) {
    if (files == null) {
      return;
    }
    long step = trainer.state().step();
    double lr = trainer.learningRate();
    try {
      files
          .rows()
          .row(trainer.state().epoch(), step, result.loss(), accuracy, lr, result.seconds());
      SummaryWriter events = files.events();
      events.addScalar("loss/train", result.loss(), step);
      events.addScalar("accuracy/test", accuracy, step);
      events.addScalar("lr", lr, step);
      for (Map.Entry<String, Tensor> weight : trainer.model().namedParameters().entrySet()) {
        events.addHistogram(weight.getKey(), weight.getValue(), step);
      }
      events.flush();
    } catch (IOException e) {
      throw failed(files.folder(), "written", e);
    }
  }

  @Override
  public void close() {
    if (files == null) {
      return;
    }
    try (SummaryWriter _ = files.events();
        CsvLog _ = files.rows()) {
      // both are closed, whatever the other does
    } catch (IOException e) {
      throw failed(files.folder(), "written", e);
    }
  }
}
