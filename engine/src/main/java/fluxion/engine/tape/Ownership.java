package fluxion.engine.tape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * Who owns a storage that a scope has made: the scope, saved values, a tensor's {@code .grad} and
 * the pending gradients of a backward pass. The last one that lets go frees it.
 *
 * <p>Only the thread that made the storage counts, and so it needs no locks. As soon as another
 * thread uses the storage it is left to the garbage collector: nobody can know how long that thread
 * reads. The two may happen at once, so the state changes by compare-and-set.
 */
final class Ownership {
  /** What a message says of memory whose only tensor was closed. */
  static final String CLOSED = "the tensor was closed by close(); clone() what is needed later";

  /** What a message says of memory whose scope was closed. */
  static final String SCOPE_CLOSED =
      "the Memory.scope() in which it was made was closed; pass the tensor to the scope's keep()"
          + " before, or clone() it outside";

  /** What a message says of a gradient that was on its way. */
  static final String PASS_DONE = "it was a temporary of a backward pass";

  private static final int OWNED = 0;
  private static final int LEFT = 1;
  private static final int FREED = 2;

  private static final VarHandle STATE;

  static {
    try {
      STATE = MethodHandles.lookup().findVarHandle(Ownership.class, "state", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private final @Nullable Thread thread;
  private volatile int state;
  private int owners;
  private @Nullable MemoryScope scope;
  private String end;

  /**
   * Memory that a scope has made.
   *
   * @param scope the scope
   * @param owners how many owners there are: a scope of the program is one, a pass is none
   */
  Ownership(MemoryScope scope, int owners) {
    this.thread = scope.thread();
    this.scope = scope;
    this.owners = owners;
    this.end = PASS_DONE;
  }

  private Ownership(String end) {
    this.thread = null;
    this.state = FREED;
    this.end = end;
  }

  /** The state of memory that was freed without ever having been counted. */
  static Ownership freed(String end) {
    return new Ownership(end);
  }

  /** {@return whether the memory is still there, for the running thread to read} */
  boolean mayRead() {
    return isOwned() || state != FREED;
  }

  /**
   * {@return whether the owners count}
   *
   * <p>On another thread than the one that made the memory they stop to count now.
   */
  boolean isOwned() {
    if (state != OWNED) {
      return false;
    }
    if (Thread.currentThread() != thread) {
      leave();
      return false;
    }
    return true;
  }

  /** Leaves the memory to the garbage collector, for good. */
  void leave() {
    STATE.compareAndSet(this, OWNED, LEFT);
  }

  /** {@return why the memory is not there any more} */
  String end() {
    return end;
  }

  /** {@return whether the memory is to be freed: now, and if no other thread has used it} */
  boolean free() {
    return STATE.compareAndSet(this, OWNED, FREED);
  }

  void retain() {
    if (isOwned()) {
      owners++;
    }
  }

  /** {@return whether that was the last owner} */
  boolean release() {
    return isOwned() && --owners == 0;
  }

  /** {@return whether nobody owns the memory: it is a temporary of a pass} */
  boolean isUnowned() {
    return isOwned() && owners == 0;
  }

  /** {@return whether a pass made the memory and one gradient of it is all that refers to it} */
  boolean isPending(MemoryScope pass) {
    return isOwned() && scope == pass && owners == 1;
  }

  /** {@return the scope that the memory belongs to, or null} */
  @Nullable MemoryScope scope() {
    return isOwned() ? scope : null;
  }

  /**
   * Takes the memory out of its scope.
   *
   * @param why what is said if it is freed now
   * @return whether the scope was an owner, who now has to be counted off
   */
  boolean leaveScope(String why) {
    MemoryScope before = scope();
    if (before == null) {
      return false;
    }
    scope = null;
    end = why;
    return !before.isPass();
  }

  /**
   * Gives the memory to another scope of the program, or leaves it if there is none.
   *
   * @param target the scope
   */
  void moveTo(@Nullable MemoryScope target) {
    if (target == null) {
      leave();
    } else if (isOwned()) {
      if (scope == null || scope.isPass()) {
        owners++;
      }
      scope = target;
    }
  }
}
