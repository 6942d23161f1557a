package fluxion.engine.tape;

import fluxion.engine.spi.FunctionObserver;
import fluxion.engine.vmap.Level;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tape knows of the running thread. */
public final class ThreadState {
  private static final ThreadLocal<ThreadState> STATES = ThreadLocal.withInitial(ThreadState::new);

  private boolean gradEnabled = true;
  private long sequence;
  private @Nullable MemoryScope memoryScope;
  private @Nullable FunctionObserver observer;
  private @Nullable Level level;
  private Recomputation.@Nullable Collector collector;
  private @Nullable List<Recomputation> recomputed;

  /**
   * The state of the thread that asked first, nearly always the one that asks most: it finds it by
   * its own number, in a fraction of the time that a thread-local takes.
   */
  private static @Nullable ThreadState first;

  private final long owner = Thread.currentThread().threadId();

  private ThreadState() {}

  /** {@return the running thread's state} */
  public static ThreadState current() {
    ThreadState known = first;
    return known != null && known.owner == Thread.currentThread().threadId() ? known : found();
  }

  private static ThreadState found() {
    ThreadState state = STATES.get();
    if (first == null) {
      first = state; // of threads that ask at once any one may be it
    }
    return state;
  }

  /** {@return whether operations are recorded} */
  public boolean isGradEnabled() {
    return gradEnabled;
  }

  /**
   * Switches recording.
   *
   * @param enabled whether operations are recorded
   * @return whether they were before
   */
  public boolean setGradEnabled(boolean enabled) {
    boolean before = gradEnabled;
    gradEnabled = enabled;
    return before;
  }

  /** {@return the innermost scope of memory, or null} */
  @Nullable MemoryScope memoryScope() {
    return memoryScope;
  }

  void setMemoryScope(@Nullable MemoryScope scope) {
    memoryScope = scope;
  }

  /** {@return what sees the functions that the thread applies, or null} */
  @Nullable FunctionObserver observer() {
    return observer;
  }

  /**
   * Sets what sees the functions that the thread applies.
   *
   * @param changed the observer, or null for none
   * @return the one before
   */
  public @Nullable FunctionObserver setObserver(@Nullable FunctionObserver changed) {
    FunctionObserver before = observer;
    observer = changed;
    return before;
  }

  /** {@return the innermost level over which a function is called, or null} */
  public @Nullable Level level() {
    return level;
  }

  /**
   * {@return a new level inside the innermost; in a recomputation, that of the first call}
   *
   * @param size the number of slices
   */
  public Level newLevel(long size) {
    Recomputation.Collector active = collector;
    return active == null ? new Level(size, level) : active.level(size, level);
  }

  /**
   * Sets the innermost level over which a function is called.
   *
   * @param changed the level, or null for none
   */
  public void setLevel(@Nullable Level changed) {
    level = changed;
  }

  /** {@return what takes the tensors that are saved, or null if their nodes do} */
  Recomputation.@Nullable Collector collector() {
    return collector;
  }

  /**
   * Sets what takes the tensors that are saved.
   *
   * @param changed the collector, or null for none
   * @return the one before
   */
  Recomputation.@Nullable Collector setCollector(Recomputation.@Nullable Collector changed) {
    Recomputation.Collector before = collector;
    collector = changed;
    return before;
  }

  /** {@return what was recomputed during the pass that runs, or null if nothing was} */
  @Nullable List<Recomputation> recomputed() {
    return recomputed;
  }

  void setRecomputed(@Nullable List<Recomputation> list) {
    recomputed = list;
  }

  /** {@return a number that grows with every node of this thread} */
  long nextSequence() {
    return sequence++;
  }
}
