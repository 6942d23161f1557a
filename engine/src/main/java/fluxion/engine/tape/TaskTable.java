package fluxion.engine.tape;

import org.jspecify.annotations.Nullable;

/**
 * The tasks of a pass by node: an open-addressing table by identity.
 *
 * <p>{@link java.util.IdentityHashMap} would ask each node for its identity hash, which costs more
 * than running a small node does.
 */
final class TaskTable {
  private @Nullable Task[] slots = new @Nullable Task[16];
  private int size;

  /** {@return the task of a node, or null if it has none} */
  @Nullable Task get(@Nullable Node node) {
    return node == null ? null : slots[slot(slots, node)];
  }

  /** {@return the number of tasks} */
  int size() {
    return size;
  }

  /** Adds a task for a node that has none. */
  Task add(Node node) {
    if (2 * (size + 1) > slots.length) {
      grow();
    }
    size++;
    Task task = new Task(node);
    slots[slot(slots, node)] = task;
    return task;
  }

  private static int slot(@Nullable Task[] slots, Node node) {
    int mask = slots.length - 1;
    int at = node.spread() & mask;
    while (true) {
      Task task = slots[at];
      if (task == null || task.node == node) {
        return at;
      }
      at = at + 1 & mask;
    }
  }

  private void grow() {
    @Nullable Task[] larger = new @Nullable Task[4 * slots.length];
    for (Task task : slots) {
      if (task != null) {
        larger[slot(larger, task.node)] = task;
      }
    }
    slots = larger;
  }
}
