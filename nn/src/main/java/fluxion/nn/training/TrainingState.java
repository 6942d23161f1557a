package fluxion.nn.training;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.FluxionException;
import fluxion.api.FormatException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.nn.Layer;
import fluxion.nn.Stateful;
import fluxion.nn.checkpoint.OrderedDict;
import fluxion.nn.checkpoint.PyTorch;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that a training run needs to go on bit for bit: the parts that it is made of, how far it has
 * come, and the generator of random numbers.
 *
 * {@snippet :
 * var state =
 *     new TrainingState()
 *         .with("model", model)
 *         .with("optimizer", optimizer)
 *         .with("scheduler", scheduler);
 * state.save(file);   // after a step of the optimiser
 * state.load(file);   // in another process, with parts that were made in the same way
 * }
 *
 * <p>The file is one of PyTorch's, {@code torch.load} gives a dict: {@code format} and {@code
 * version}, {@code types} (the parts' classes), {@code epoch}, {@code step}, {@code step_of_epoch},
 * {@code metadata}, {@code rng_state} (as {@code torch.get_rng_state} gives it), and each part's
 * state dict under the part's name. Not saved are gradients, so that a run goes on from between two
 * steps; whether layers are in training mode; and what parts are made of that is no state, such as
 * functions.
 */
public final class TrainingState {
  private static final String FORMAT = "fluxion training state";
  private static final long VERSION = 1;
  private static final String GENERATOR = "rng_state";
  private static final String EPOCH_STEP = "step_of_epoch";
  private static final Set<String> RESERVED =
      Set.of("format", "version", "types", "epoch", "step", EPOCH_STEP, "metadata", GENERATOR);

  private final Map<String, Stateful> parts = new LinkedHashMap<>();
  private final Map<String, @Nullable Object> metadata = new LinkedHashMap<>();
  private long epoch;
  private long step;
  private long stepOfEpoch;

  /** Makes the state of a run that has no parts yet and has not begun. */
  public TrainingState() {}

  /**
   * Adds a part.
   *
   * @param name its name
   * @param part a model, an optimiser, a scheduler, a metric, a source of data
   * @return this state
   * @throws ArgumentException if the name is empty, taken or reserved
   */
  public TrainingState with(String name, Stateful part) {
    if (name.isEmpty() || RESERVED.contains(name) || parts.containsKey(name)) {
      throw new ArgumentException("a part of a training state cannot be called '" + name + "'");
    }
    parts.put(name, part);
    return this;
  }

  /** {@return how many epochs have ended} */
  public long epoch() {
    return epoch;
  }

  /** {@return how many steps have been made} */
  public long step() {
    return step;
  }

  /** {@return how many steps have been made since the last epoch ended} */
  public long stepOfEpoch() {
    return stepOfEpoch;
  }

  /** Counts an epoch that has ended. */
  public void nextEpoch() {
    epoch++;
    stepOfEpoch = 0;
  }

  /** Counts a step that was made. */
  public void nextStep() {
    step++;
    stepOfEpoch++;
  }

  /**
   * {@return what else is to be saved, which may be changed: numbers, truth values, texts, tensors,
   * lists and maps of them}
   */
  public Map<String, @Nullable Object> metadata() {
    return metadata;
  }

  /**
   * Writes everything into a file.
   *
   * @param file the file, which is replaced when the new one is whole
   * @throws IOException if it cannot be written
   * @throws ArgumentException if a part or the metadata hold what a checkpoint does not
   */
  public void save(Path file) throws IOException {
    PyTorch.save(dict(), file);
  }

  /** What is in the file. */
  Map<String, @Nullable Object> dict() {
    Map<String, @Nullable Object> dict = new LinkedHashMap<>();
    Map<String, String> types = new LinkedHashMap<>();
    parts.forEach((name, part) -> types.put(name, typeOf(part)));
    dict.put("format", FORMAT);
    dict.put("version", VERSION);
    dict.put("types", types);
    dict.put("epoch", epoch);
    dict.put("step", step);
    dict.put(EPOCH_STEP, stepOfEpoch);
    dict.put("metadata", metadata);
    byte[] generator = Tensors.rngState();
    dict.put(
        GENERATOR,
        Tensors.fromBytes(
            MemorySegment.ofArray(generator),
            Shape.of(generator.length),
            TensorOptions.of(DType.UINT8)));
    parts.forEach(
        (name, part) -> {
          Map<String, ? extends @Nullable Object> state = part.stateDict();
          dict.put(name, part instanceof Layer ? new OrderedDict(state) : state);
        });
    return dict;
  }

  /** The name of the class in which a part is known to its users. */
  private static String typeOf(Stateful part) {
    Class<?> type = part.getClass();
    while (type.isAnonymousClass()) {
      type = type.getSuperclass();
    }
    return type.getSimpleName();
  }

  /**
   * Goes on from a file: everything, or nothing if it is the file of another run.
   *
   * @param file the file
   * @throws IOException if it is not there or cannot be read
   * @throws FormatException if it is damaged or no training state
   * @throws ArgumentException if it does not fit the parts that there are: the message lists
   *     everything that is wrong
   */
  public void load(Path file) throws IOException {
    load(PyTorch.load(file), file.toString());
  }

  /**
   * Goes on from what is in a file.
   *
   * @param value what {@link #dict()} gave
   * @param file what it is called in messages
   */
  void load(@Nullable Object value, String file) {
    Saved saved = read(value, file);
    List<String> problems = new ArrayList<>();
    List<Runnable> changes = new ArrayList<>();
    parts.forEach(
        (name, part) -> {
          if (saved.dict().get(name) instanceof Map<?, ?> dict) {
            try {
              checkType(part, saved.types().get(name));
              changes.add(part.prepareLoad(dict));
            } catch (FluxionException e) {
              problems.add(name + ": " + String.valueOf(e.getMessage()).replace("\n", "\n\t"));
            }
          } else {
            problems.add(name + ": there is none in the file");
          }
        });
    for (Object name : saved.dict().keySet()) {
      if (!(name instanceof String text && (RESERVED.contains(text) || parts.containsKey(text)))) {
        problems.add(name + ": this run has none");
      }
    }
    if (!problems.isEmpty()) {
      throw new ArgumentException(
          file
              + " is the state of another run; nothing was loaded:\n\t"
              + String.join("\n\t", problems));
    }
    try {
      Tensors.setRngState(bytes(saved.generator()));
    } catch (FormatException e) {
      throw new FormatException(file + ": " + GENERATOR + ": " + e.getMessage(), e);
    }
    changes.forEach(Runnable::run);
    epoch = saved.epoch();
    step = saved.step();
    stepOfEpoch = saved.stepOfEpoch();
    metadata.clear();
    metadata.putAll(saved.metadata());
  }

  /** Layers go by what they hold; a state of another optimiser might fit by chance. */
  private static void checkType(Stateful part, @Nullable Object saved) {
    String type = typeOf(part);
    if (!(part instanceof Layer) && !type.equals(saved)) {
      throw new ArgumentException("expected the state of " + type + ", found that of " + saved);
    }
  }

  /** What a file holds, as far as it can be checked without the parts. */
  private record Saved(
      Map<?, ?> dict,
      Map<?, ?> types,
      long epoch,
      long step,
      long stepOfEpoch,
      Map<String, @Nullable Object> metadata,
      Tensor generator) {}

  private static Saved read(@Nullable Object content, String file) {
    if (!(content instanceof Map<?, ?> dict && FORMAT.equals(dict.get("format")))) {
      throw new FormatException(
          file
              + ": expected a training state, which is a dict with format '"
              + FORMAT
              + "'; to load weights alone, use Layer.loadStateDict");
    }
    if (!(dict.get("version") instanceof Long version && version == VERSION)) {
      throw new FormatException(
          file + ": expected version " + VERSION + ", found " + dict.get("version"));
    }
    if (dict.get("types") instanceof Map<?, ?> types
        && dict.get("epoch") instanceof Long epoch
        && epoch >= 0
        && dict.get("step") instanceof Long step
        && step >= 0
        && dict.get(EPOCH_STEP) instanceof Long stepOfEpoch
        && stepOfEpoch >= 0
        && dict.get("metadata") instanceof Map<?, ?> metadata
        && dict.get(GENERATOR) instanceof Tensor generator
        && generator.dtype() == DType.UINT8) {
      Map<String, @Nullable Object> notes = new LinkedHashMap<>();
      metadata.forEach((key, value) -> notes.put(String.valueOf(key), value));
      return new Saved(dict, types, epoch, step, stepOfEpoch, notes, generator);
    }
    throw new FormatException(
        file
            + ": expected types, epoch, step, step_of_epoch, metadata and rng_state, which are a"
            + " dict, integers from 0, a dict and a tensor of bytes");
  }

  private static byte[] bytes(Tensor tensor) {
    long[] values = tensor.toLongArray();
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return bytes;
  }
}
