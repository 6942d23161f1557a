package fluxion.engine.tape;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The tasks that may run, the one of the newest node first: a binary heap. */
final class ReadyQueue {
  private @Nullable Task[] heap = new @Nullable Task[8];
  private int size;

  boolean isEmpty() {
    return size == 0;
  }

  void add(Task task) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    int at = size++;
    while (at > 0) {
      int parent = (at - 1) / 2;
      Task above = at(parent);
      if (above.node.priority() >= task.node.priority()) {
        break;
      }
      heap[at] = above;
      at = parent;
    }
    heap[at] = task;
  }

  /** Takes the first task out of a queue that is not empty. */
  Task remove() {
    Task first = at(0);
    Task last = at(--size);
    heap[size] = null;
    if (size > 0) {
      sink(last);
    }
    return first;
  }

  private void sink(Task task) {
    int at = 0;
    while (true) {
      int child = 2 * at + 1;
      if (child >= size) {
        break;
      }
      if (child + 1 < size && at(child + 1).node.priority() > at(child).node.priority()) {
        child++;
      }
      if (at(child).node.priority() <= task.node.priority()) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = task;
  }

  private Task at(int i) {
    return Objects.requireNonNull(heap[i]);
  }
}
