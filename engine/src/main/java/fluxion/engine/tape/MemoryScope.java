package fluxion.engine.tape;

import fluxion.api.Memory;
import fluxion.api.MemoryException;
import fluxion.api.Tensor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The memory that a thread makes during a block of the program, or during a backward pass.
 *
 * <p>A scope of the program owns what it has made until it is closed. A pass owns nothing: what it
 * makes belongs to the gradients on their way, and at its end to the scope around it.
 */
final class MemoryScope implements Memory.Scope {
  /** Smaller temporaries of a pass are left alone: to count them costs more than they are worth. */
  private static final long LEAST_BYTES = 4096;

  private static final Storage[] NONE = new Storage[0];

  private final ThreadState state;
  private final Thread thread = Thread.currentThread();
  private final @Nullable MemoryScope parent;
  private final boolean pass;
  private Storage[] storages = NONE;
  private int size;
  private int crowded = 64;
  private boolean closed;

  private MemoryScope(ThreadState state, boolean pass) {
    this.state = state;
    this.parent = state.memoryScope();
    this.pass = pass;
    state.setMemoryScope(this);
  }

  /** {@return a new scope of the program on the running thread} */
  static MemoryScope open() {
    return new MemoryScope(ThreadState.current(), false);
  }

  /**
   * {@return a new scope of a pass}
   *
   * @param state the running thread's state
   */
  static MemoryScope openPass(ThreadState state) {
    return new MemoryScope(state, true);
  }

  boolean isPass() {
    return pass;
  }

  Thread thread() {
    return thread;
  }

  /** {@return a scope, or the nearest around it, that is the program's; null if there is none} */
  static @Nullable MemoryScope ofProgram(@Nullable MemoryScope scope) {
    MemoryScope found = scope;
    while (found != null && found.pass) {
      found = found.parent;
    }
    return found;
  }

  /** {@return whether a scope is this one or lies inside it} */
  boolean contains(@Nullable MemoryScope scope) {
    MemoryScope found = scope;
    while (found != null && found != this) {
      found = found.parent;
    }
    return found != null;
  }

  /** Takes hold of new memory. */
  void adopt(Storage storage) {
    if (!pass) {
      storage.setOwnership(new Ownership(this, 1));
      add(storage);
    } else if (storage.elements() * storage.dtype().bytes() >= LEAST_BYTES) {
      storage.setOwnership(new Ownership(this, 0));
      add(storage);
    } else if (parent != null) {
      parent.adopt(storage);
    }
  }

  private void add(Storage storage) {
    if (!pass && size >= crowded) {
      tidy();
    }
    if (size == storages.length) {
      storages = Arrays.copyOf(storages, Math.max(16, 2 * size));
    }
    storages[size++] = storage;
  }

  /** Forgets what has been freed or belongs to others. */
  private void tidy() {
    int left = 0;
    for (int i = 0; i < size; i++) {
      Ownership owners = storages[i].ownership();
      if (owners != null && owners.scope() == this) {
        storages[left++] = storages[i];
      }
    }
    Arrays.fill(storages, left, size, null);
    size = left;
    crowded = Math.max(64, 2 * left);
  }

  private void give(Storage storage, @Nullable MemoryScope target) {
    Ownership owners = storage.ownership();
    if (owners != null && owners.isOwned()) {
      owners.moveTo(target);
      if (target != null) {
        target.add(storage);
      }
    }
  }

  // ---- a scope of the program

  @Override
  public Tensor keep(Tensor tensor) {
    TensorImpl impl = TensorImpl.of(tensor);
    impl.checkOpen();
    keep(impl.storage());
    Tensor gradient = impl.storedGrad();
    if (gradient != null) {
      keep(TensorImpl.of(gradient).storage());
    }
    return tensor;
  }

  private void keep(Storage storage) {
    Ownership owners = storage.ownership();
    if (owners != null && owners.isOwned()) {
      MemoryScope scope = owners.scope();
      if (scope == null || contains(scope)) {
        give(storage, ofProgram(parent));
      }
    }
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    if (Thread.currentThread() != thread) {
      throw new MemoryException(
          "a Memory.scope() of the thread '"
              + thread.getName()
              + "' is closed by '"
              + Thread.currentThread().getName()
              + "'; close it on the thread that opened it");
    }
    for (MemoryScope inner = state.memoryScope(); inner != this; inner = inner.parent) {
      if (inner == null || inner.pass) {
        throw new MemoryException(
            "a Memory.scope() is closed inside a backward pass that started in it; close it after"
                + " backward() has returned");
      }
    }
    closeInner();
    end();
  }

  /** Closes the scopes that were opened inside this one and left open. */
  private void closeInner() {
    for (MemoryScope inner = state.memoryScope();
        inner != null && inner != this;
        inner = state.memoryScope()) {
      inner.end();
    }
  }

  private void end() {
    closed = true;
    state.setMemoryScope(parent);
    for (int i = 0; i < size; i++) {
      Storage storage = storages[i];
      Ownership owners = storage.ownership();
      if (owners != null && owners.scope() == this && owners.leaveScope(Ownership.SCOPE_CLOSED)) {
        storage.release();
      }
    }
    storages = NONE;
    size = 0;
  }

  // ---- a pass

  /** {@return a mark: what is made from now on} */
  int mark() {
    return size;
  }

  /** {@return whether a gradient's memory is the pass's and no other gradient lies in it} */
  boolean isPending(Tensor gradient) {
    Storage storage = TensorImpl.of(gradient).storage();
    Ownership owners = storage.ownership();
    return owners != null
        && owners.isPending(this)
        && gradient.isContiguous()
        && gradient.numel() == storage.elements();
  }

  /** A gradient waits at a node: it owns its memory. */
  static void hold(Tensor gradient) {
    Ownership owners = TensorImpl.of(gradient).storage().ownership();
    if (owners != null) {
      owners.retain();
    }
  }

  /** Gradients wait no longer. */
  static void drop(@Nullable Tensor[] gradients) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        drop(gradient);
      }
    }
  }

  /** A gradient waits no longer. */
  static void drop(Tensor gradient) {
    TensorImpl.of(gradient).storage().release();
  }

  /**
   * Makes the memory of gradients the program's, because it sees them now; also of those that lie
   * in a saved value whose scope is over.
   */
  void handOver(@Nullable Tensor[] gradients) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        Storage storage = TensorImpl.of(gradient).storage();
        Ownership owners = storage.ownership();
        if (owners != null && (owners.scope() == this || owners.scope() == null)) {
          give(storage, ofProgram(parent));
        }
      }
    }
  }

  /**
   * Ends a node's turn.
   *
   * @param mark the mark at its beginning
   * @param lent whether the node has kept nothing: then what it has made and nobody owns is freed,
   *     else it is the program's
   */
  void settle(int mark, boolean lent) {
    for (int i = mark; i < size; i++) {
      if (lent) {
        storages[i].freeUnowned();
      } else {
        handOver(storages[i]);
      }
    }
    if (size >= crowded) {
      tidy();
    }
  }

  /** Makes memory the program's, because the program may refer to it from now on. */
  private void handOver(Storage storage) {
    Ownership owners = storage.ownership();
    if (owners != null && owners.scope() == this) {
      give(storage, ofProgram(parent));
    }
  }

  /** Ends the pass: what is left of it is the program's. */
  void endPass() {
    closeInner();
    closed = true;
    state.setMemoryScope(parent);
    settle(0, false);
    storages = NONE;
    size = 0;
  }

  // ---- the gradient of a tensor

  /**
   * Gives a new gradient to the tensor that it is the gradient of, and what was there before to the
   * running thread's scope.
   *
   * @param tensor the tensor
   * @param before the gradient that was there
   * @param after the gradient that is there from now on
   */
  static void gradientReplaced(TensorImpl tensor, @Nullable Tensor before, @Nullable Tensor after) {
    if (before == after) {
      return;
    }
    if (after != null) {
      Storage storage = TensorImpl.of(after).storage();
      Ownership owners = storage.ownership();
      if (owners != null && owners.isOwned()) {
        Ownership tensorOwners = tensor.storage().ownership();
        MemoryScope home = ofProgram(tensorOwners == null ? null : tensorOwners.scope());
        MemoryScope now = owners.scope();
        if (home != null) {
          // The gradient goes with the tensor.
          if (now == null || !now.contains(home) || now.pass) {
            owners.moveTo(home);
            home.add(storage);
          }
        } else {
          owners.retain();
          if (owners.leaveScope(Ownership.SCOPE_CLOSED)) {
            storage.release();
          }
        }
      }
    }
    if (before != null) {
      Storage storage = TensorImpl.of(before).storage();
      Ownership owners = storage.ownership();
      if (owners != null && owners.isOwned() && owners.scope() == null) {
        MemoryScope current = ofProgram(ThreadState.current().memoryScope());
        owners.moveTo(current);
        if (current != null) {
          current.add(storage);
        }
        storage.release();
      }
    }
  }

  /** Notes that the program has got a tensor's gradient: without a scope it may keep it. */
  static void gradientSeen(Tensor gradient) {
    Ownership owners = TensorImpl.of(gradient).storage().ownership();
    if (owners != null
        && owners.scope() == null
        && ofProgram(ThreadState.current().memoryScope()) == null) {
      owners.leave();
    }
  }
}
