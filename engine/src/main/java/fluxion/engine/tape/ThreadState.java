package fluxion.engine.tape;

import fluxion.engine.spi.FunctionObserver;
import org.jspecify.annotations.Nullable;

/** What the tape knows of the running thread. */
public final class ThreadState {
  private static final ThreadLocal<ThreadState> STATES = ThreadLocal.withInitial(ThreadState::new);

  private boolean gradEnabled = true;
  private long sequence;
  private @Nullable MemoryScope memoryScope;
  private @Nullable FunctionObserver observer;

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

  /** {@return a number that grows with every node of this thread} */
  long nextSequence() {
    return sequence++;
  }
}
