package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.nn.training.events.Histogram;
import fluxion.nn.training.events.Message;
import fluxion.nn.training.events.RecordFile;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Writes files that TensorBoard shows, as {@code torch.utils.tensorboard.SummaryWriter} does:
 * {@code tensorboard --logdir FOLDER}.
 *
 * {@snippet :
 * try (var writer = new SummaryWriter(Path.of("runs/lenet"))) {
 *   writer.addScalar("loss/train", loss.item(), step);
 *   writer.addHistogram("fc.weight", weight, step);
 * }
 * }
 *
 * <p>What is written shows up on {@link #flush}, on {@link #close}, and whenever something is added
 * two minutes after it showed up last.
 */
public final class SummaryWriter implements Closeable {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);
  private static final AtomicInteger FILES = new AtomicInteger();

  // fields of the messages Event, Summary, Summary.Value and so on
  private static final int EVENT_TIME = 1;
  private static final int EVENT_STEP = 2;
  private static final int EVENT_VERSION = 3;
  private static final int EVENT_SUMMARY = 5;
  private static final int EVENT_SESSION = 7;
  private static final int SESSION_START = 1;
  private static final int SUMMARY_VALUE = 1;
  private static final int VALUE_TAG = 1;
  private static final int VALUE_SCALAR = 2;
  private static final int VALUE_HISTOGRAM = 5;
  private static final int VALUE_TENSOR = 8;
  private static final int VALUE_METADATA = 9;
  private static final int DT_STRING = 7;

  private final RecordFile file;
  private final InstantSource clock;
  private Instant flushed;

  /**
   * Begins a file.
   *
   * @param folder where; it is made where it is not there
   * @throws IOException if that fails
   */
  public SummaryWriter(Path folder) throws IOException {
    this(folder, null, InstantSource.system());
  }

  SummaryWriter(Path folder, @Nullable Long purgeStep, InstantSource clock) throws IOException {
    this.clock = clock;
    this.flushed = clock.instant();
    Files.createDirectories(folder);
    file = new RecordFile(folder.resolve(name(flushed)));
    write(0, new Message().text(EVENT_VERSION, "brain.Event:2"));
    if (purgeStep != null) {
      Message session = new Message().integer(1, SESSION_START);
      write(purgeStep, new Message().message(EVENT_SESSION, session));
    }
    flush();
  }

  /**
   * {@return a writer that goes on in a folder}
   *
   * @param folder where earlier files are, or none yet
   * @param purgeStep from which step on TensorBoard forgets what they hold: the first that is
   *     written again
   * @throws IOException if a file cannot be made
   */
  public static SummaryWriter resume(Path folder, long purgeStep) throws IOException {
    return new SummaryWriter(folder, purgeStep, InstantSource.system());
  }

  /** As PyTorch names it: time, machine, process, and a number for several in one process. */
  private static String name(Instant now) {
    String host = System.getenv("HOSTNAME");
    boolean fits = host != null && host.matches("[A-Za-z0-9._-]+");
    return String.format(
        Locale.ROOT,
        "events.out.tfevents.%010d.%s.%d.%d",
        now.getEpochSecond(),
        fits ? host : "localhost",
        ProcessHandle.current().pid(),
        FILES.getAndIncrement());
  }

  /** Writes an event, of which the fields from 3 on are given. */
  private void write(long step, Message rest) throws IOException {
    Instant now = clock.instant();
    Message event =
        new Message()
            .number(EVENT_TIME, now.getEpochSecond() + now.getNano() / 1e9)
            .integer(EVENT_STEP, step);
    file.write(event.followedBy(rest).toBytes());
    if (Duration.between(flushed, now).compareTo(LONGEST_WAIT) >= 0) {
      flush();
    }
  }

  private void writeValue(String tag, long step, Message value) throws IOException {
    if (tag.isEmpty()) {
      throw new ArgumentException("what is shown in TensorBoard needs a tag that is not empty");
    }
    Message tagged = new Message().text(VALUE_TAG, tag).followedBy(value);
    Message summary = new Message().message(SUMMARY_VALUE, tagged);
    write(step, new Message().message(EVENT_SUMMARY, summary));
  }

  /**
   * Writes a number; TensorBoard has it as float32.
   *
   * @param tag what it is; tags with a common part before a slash are shown together
   * @param value the number
   * @param step the step at which it was so
   * @throws IOException if it cannot be written
   * @throws ArgumentException if the tag is empty
   */
  public void addScalar(String tag, double value, long step) throws IOException {
    writeValue(tag, step, new Message().single(VALUE_SCALAR, (float) value));
  }

  /**
   * Writes how numbers are distributed, in TensorBoard's buckets.
   *
   * @param tag what they are
   * @param values the numbers, of any shape; they are read
   * @param step the step at which they were so
   * @throws IOException if it cannot be written
   * @throws ArgumentException if the tag is empty, there is no number, or none from -1e20 to 1e20
   */
  public void addHistogram(String tag, Tensor values, long step) throws IOException {
    Histogram histogram;
    try {
      histogram = new Histogram(values.detach().toDoubleArray());
    } catch (ArgumentException e) {
      throw new ArgumentException(tag + ": " + e.getMessage(), e);
    }
    writeValue(tag, step, new Message().message(VALUE_HISTOGRAM, histogram.toMessage()));
  }

  /**
   * Writes a text, which TensorBoard takes as Markdown.
   *
   * @param tag what it is
   * @param text the text
   * @param step the step to which it belongs
   * @throws IOException if it cannot be written
   * @throws ArgumentException if the tag is empty
   */
  public void addText(String tag, String text, long step) throws IOException {
    if (tag.isEmpty()) {
      throw new ArgumentException("what is shown in TensorBoard needs a tag that is not empty");
    }
    Message one = new Message().message(2, new Message().integer(1, 1));
    Message tensor = new Message().integer(1, DT_STRING).message(2, one).text(8, text);
    Message metadata = new Message().message(1, new Message().text(1, "text"));
    writeValue(
        tag + "/text_summary",
        step,
        new Message().message(VALUE_TENSOR, tensor).message(VALUE_METADATA, metadata));
  }

  /**
   * Lets TensorBoard see what was written.
   *
   * @throws IOException if it cannot be written
   */
  public void flush() throws IOException {
    flushed = clock.instant();
    file.flush();
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
