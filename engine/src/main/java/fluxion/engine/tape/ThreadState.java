package fluxion.engine.tape;

import fluxion.engine.spi.FunctionObserver;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the tape knows of the running thread. */
public final class ThreadState {
  private static final ThreadLocal<ThreadState> STATES = ThreadLocal.withInitial(ThreadState::new);

  private boolean gradEnabled = true;
  private long sequence;
  private @Nullable MemoryScope memoryScope;
  private @Nullable FunctionObserver observer;
  private Recomputation.@Nullable Collector collector;
  private @Nullable List<Recomputation> recomputed;

  private ThreadState() {}

  /** {@return the running thread's state} */
  public static ThreadState current() {
    return STATES.get();
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
