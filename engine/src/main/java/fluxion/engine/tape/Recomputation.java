package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.api.spi.Engines;
import fluxion.engine.vmap.Level;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One call of a function whose saved tensors are not held but computed again in the backward pass:
 * a checkpoint.
 *
 * <p>The call is recorded as any other, but each tensor that a node saves meanwhile is only
 * counted. When the first of them is needed the function is called once more, on the inputs, and
 * what its nodes save then, in the same order, is what the nodes of the first call get. Leaves that
 * require gradients are held all the same; they are the program's.
 *
 * <p>What was recomputed is let go of node by node, at the latest with the end of the pass.
 */
final class Recomputation {
  /** Takes tensors in the place of the nodes that save them. */
  sealed interface Collector {
    SavedTensor save(TensorImpl tensor, boolean output);

    Level level(long size, @Nullable Level outer);
  }

  /** Counts what the first call saves. */
  private final class Counting implements Collector {
    @Override
    public SavedTensor save(TensorImpl tensor, boolean output) {
      return new RecomputedTensor(Recomputation.this, count++, tensor);
    }

    @Override
    public Level level(long size, @Nullable Level outer) {
      Level made = new Level(size, outer);
      levels.add(made);
      return made;
    }
  }

  /** Holds what a later call saves. */
  private final class Holding implements Collector {
    final List<@Nullable SavedTensor> values = new ArrayList<>();
    private int levelsMade;

    @Override
    public SavedTensor save(TensorImpl tensor, boolean output) {
      HeldTensor held = new HeldTensor(tensor, output);
      values.add(held);
      return held;
    }

    /** The nodes of the first call know its levels, so these are the levels of each call. */
    @Override
    public Level level(long size, @Nullable Level outer) {
      int number = levelsMade++;
      Level first = number < levels.size() ? levels.get(number) : null;
      return first != null && first.size() == size ? first : new Level(size, outer);
    }
  }

  /** Whether any program has asked for a recomputation; it is never unset. */
  private static volatile boolean used;

  private final byte @Nullable [] randomState;
  private final @Nullable Level level = ThreadState.current().level();
  private final List<Level> levels = new ArrayList<>();
  private @Nullable UnaryOperator<List<Tensor>> function;
  private @Nullable SavedTensor[] inputs;
  private int count;
  private int released;
  private boolean running = true;
  private @Nullable List<@Nullable SavedTensor> values;

  private Recomputation(
      UnaryOperator<List<Tensor>> function, List<Tensor> given, boolean preserveRandomState) {
    this.function = function;
    this.randomState = preserveRandomState ? Engines.current().random().state() : null;
    inputs = new @Nullable SavedTensor[given.size()];
    for (int i = 0; i < inputs.length; i++) {
      inputs[i] = SavedTensor.input(TensorImpl.of(given.get(i)));
    }
  }

  static boolean isUsed() {
    return used;
  }

  /** Saves a tensor, in the running thread's innermost checkpoint if there is one. */
  static SavedTensor save(TensorImpl tensor, boolean output) {
    Collector collector = ThreadState.current().collector();
    if (collector == null || (tensor.gradFn() == null && tensor.requiresGrad())) {
      return new HeldTensor(tensor, output);
    }
    return collector.save(tensor, output);
  }

  /**
   * {@return what a function gives, to be recomputed in the backward pass}
   *
   * @param function the function
   * @param inputs its inputs
   * @param preserveRandomState whether the generator is put back for the recomputation
   */
  static List<Tensor> call(
      UnaryOperator<List<Tensor>> function, List<Tensor> inputs, boolean preserveRandomState) {
    ThreadState state = ThreadState.current();
    if (!state.isGradEnabled()) {
      return function.apply(inputs);
    }
    used = true;
    return new Recomputation(function, inputs, preserveRandomState).first(inputs, state);
  }

  private List<Tensor> first(List<Tensor> given, ThreadState state) {
    UnaryOperator<List<Tensor>> called = function;
    if (called == null) {
      throw new AssertionError("nothing is released before the first call");
    }
    MemoryScope outer = state.memoryScope();
    // A scope around the call would own what the function computes until it is closed.
    MemoryScope scope = outer == null || outer.isPass() ? null : MemoryScope.open();
    Collector before = state.setCollector(new Counting());
    try {
      List<Tensor> outputs = List.copyOf(called.apply(given));
      if (scope != null) {
        outputs.forEach(scope::keep);
      }
      return outputs;
    } finally {
      state.setCollector(before);
      if (scope != null) {
        scope.close();
      }
      synchronized (this) {
        running = false;
      }
    }
  }

  /** A tensor that a node has saved, recomputed with all others unless it is there. */
  synchronized SavedTensor value(int number) {
    List<@Nullable SavedTensor> found = values;
    if (found == null) {
      found = recompute();
    }
    SavedTensor value = number < found.size() ? found.get(number) : null;
    if (value == null) {
      throw differs(found.size());
    }
    return value;
  }

  private AutogradException differs(int found) {
    return new AutogradException(
        "checkpoint: A different number of tensors was saved during the original forward and"
            + " recomputation. Number of tensors saved during forward: "
            + count
            + ". Number of tensors saved during recomputation: "
            + found
            + ". The function must compute the same each time it is called.");
  }

  private List<@Nullable SavedTensor> recompute() {
    UnaryOperator<List<Tensor>> called = function;
    if (called == null) {
      throw new AutogradException(SavedTensor.FREED);
    }
    List<Tensor> given = new ArrayList<>();
    for (SavedTensor input : inputs) {
      if (input != null) {
        given.add(input.unpack(() -> "checkpoint"));
      }
    }
    ThreadState state = ThreadState.current();
    Holding holding = new Holding();
    Collector before = state.setCollector(holding);
    boolean enabled = state.setGradEnabled(true);
    Level outside = state.level();
    state.setLevel(level);
    // What is recomputed outlives the node for which it is: it is no temporary of the pass.
    MemoryScope scope = state.memoryScope();
    state.setMemoryScope(null);
    byte[] random = randomState == null ? null : Engines.current().random().state();
    try {
      if (randomState != null) {
        Engines.current().random().restore(randomState);
      }
      List<Tensor> unused = called.apply(given);
      assert unused != null : "the first call gave tensors";
    } finally {
      state.setCollector(before);
      state.setGradEnabled(enabled);
      state.setLevel(outside);
      state.setMemoryScope(scope);
      if (random != null) {
        Engines.current().random().restore(random);
      }
    }
    if (!running && holding.values.size() != count) {
      throw differs(holding.values.size());
    }
    values = holding.values;
    List<Recomputation> ofPass = state.recomputed();
    if (ofPass == null) {
      ofPass = new ArrayList<>();
      state.setRecomputed(ofPass);
    }
    ofPass.add(this);
    return holding.values;
  }

  /** A node needs a tensor no more. */
  synchronized void release(int number) {
    List<@Nullable SavedTensor> found = values;
    SavedTensor value = found == null || number >= found.size() ? null : found.get(number);
    if (found != null && value != null) {
      found.set(number, null);
      value.release();
    }
    released++;
    if (released == count && !running) {
      function = null;
      SavedTensor.release(inputs);
      inputs = new @Nullable SavedTensor[0];
    }
  }

  /** Lets go of what was recomputed. */
  private synchronized void drop() {
    List<@Nullable SavedTensor> found = values;
    values = null;
    if (found != null) {
      for (SavedTensor value : found) {
        if (value != null) {
          value.release();
        }
      }
    }
  }

  /**
   * Ends a pass.
   *
   * @param recomputed what was recomputed for it, or null for nothing
   */
  static void endPass(@Nullable List<Recomputation> recomputed) {
    if (recomputed != null) {
      recomputed.forEach(Recomputation::drop);
    }
  }
}
