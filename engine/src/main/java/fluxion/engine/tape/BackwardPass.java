package fluxion.engine.tape;

import fluxion.api.Tensor;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a graph, from the outputs that are differentiated to the leaves.
 *
 * <p>Each node waits until every node above it has run; of those that are ready the newest runs
 * first. The queue is explicit, so a long chain does not recurse, and each node and edge is touched
 * a fixed number of times. All state is the pass's own: passes of several threads may share nodes.
 */
final class BackwardPass {
  /** What a pass knows of a node. */
  private static final class Task {
    final Node node;
    final @Nullable Tensor[] gradients;
    final boolean[] owned;
    int dependencies;
    boolean needed;
    @Nullable List<Integer> captured;

    Task(Node node) {
      this.node = node;
      this.gradients = new @Nullable Tensor[node.outputCount()];
      this.owned = new boolean[gradients.length];
    }
  }

  private final IdentityHashMap<Node, Task> tasks = new IdentityHashMap<>();
  private final PriorityQueue<Task> ready =
      new PriorityQueue<>(Comparator.comparingLong((Task t) -> t.node.sequence()).reversed());
  private final boolean retainGraph;
  private final boolean createGraph;
  private final List<TapeEdge> captures;
  private final @Nullable Tensor[] captured;
  private @Nullable MemoryScope memory;

  /**
   * Prepares a pass.
   *
   * @param captures where gradients are caught instead of accumulated; none to accumulate
   */
  BackwardPass(boolean retainGraph, boolean createGraph, List<TapeEdge> captures) {
    this.retainGraph = retainGraph;
    this.createGraph = createGraph;
    this.captures = captures;
    this.captured = new @Nullable Tensor[captures.size()];
  }

  /**
   * Walks the graph.
   *
   * @param roots the outputs' edges
   * @param gradients their cotangents
   * @return what was captured
   */
  @Nullable Tensor[] run(List<TapeEdge> roots, List<Tensor> gradients) {
    discover(roots);
    markNeeded(roots);
    ThreadState state = ThreadState.current();
    boolean before = state.setGradEnabled(createGraph);
    // What a recorded pass computes is part of a graph, and so is never a temporary.
    MemoryScope scope = createGraph ? null : MemoryScope.openPass(state);
    memory = scope;
    try {
      for (int i = 0; i < roots.size(); i++) {
        deliver(roots.get(i), gradients.get(i), false);
      }
      Set<Task> started = Collections.newSetFromMap(new IdentityHashMap<>());
      for (TapeEdge root : roots) {
        Task task = task(root);
        if (task.dependencies == 0 && started.add(task)) {
          ready.add(task);
        }
      }
      while (!ready.isEmpty()) {
        execute(ready.remove());
      }
    } finally {
      state.setGradEnabled(before);
      if (scope != null) {
        scope.endPass();
      }
    }
    return captured;
  }

  private Task task(TapeEdge edge) {
    Task task = tasks.get(edge.node());
    if (task == null) {
      throw new AssertionError("every node was discovered");
    }
    return task;
  }

  /** Finds all nodes and counts the edges that lead to each. */
  private void discover(List<TapeEdge> roots) {
    Deque<Task> pending = new ArrayDeque<>();
    for (TapeEdge root : roots) {
      visit(root, pending);
    }
    while (!pending.isEmpty()) {
      for (TapeEdge edge : pending.pop().node.next()) {
        if (edge.node() != null) {
          visit(edge, pending).dependencies++;
        }
      }
    }
  }

  private Task visit(TapeEdge edge, Deque<Task> pending) {
    Node node = edge.node();
    if (node == null) {
      throw new AssertionError("only edges to nodes are visited");
    }
    Task task = tasks.get(node);
    if (task == null) {
      task = new Task(node);
      tasks.put(node, task);
      pending.push(task);
    }
    return task;
  }

  /** Finds the nodes on a path to a capture; without captures all are needed. */
  private void markNeeded(List<TapeEdge> roots) {
    if (captures.isEmpty()) {
      tasks.values().forEach(task -> task.needed = true);
      return;
    }
    for (int i = 0; i < captures.size(); i++) {
      Task task = tasks.get(captures.get(i).node());
      if (task != null) {
        if (task.captured == null) {
          task.captured = new ArrayList<>();
        }
        task.captured.add(i);
      }
    }
    // Post-order: a node is marked after all below it.
    record Visit(Task task, boolean leaving) {}
    Set<Task> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Visit> pending = new ArrayDeque<>();
    for (TapeEdge root : roots) {
      pending.push(new Visit(task(root), false));
    }
    while (!pending.isEmpty()) {
      Visit visit = pending.pop();
      if (visit.leaving) {
        for (TapeEdge edge : visit.task.node.next()) {
          if (edge.node() != null) {
            Task below = task(edge);
            visit.task.needed |= below.needed || below.captured != null;
          }
        }
      } else if (seen.add(visit.task)) {
        pending.push(new Visit(visit.task, true));
        for (TapeEdge edge : visit.task.node.next()) {
          if (edge.node() != null) {
            pending.push(new Visit(task(edge), false));
          }
        }
      }
    }
  }

  private void execute(Task task) {
    Node node = task.node;
    @Nullable Tensor[] gradients = task.gradients;
    NodeHooks hooks = node.hooks();
    MemoryScope scope = memory;
    boolean lent = hooks == null && task.captured == null && node.lends();
    int mark = 0;
    if (scope != null) {
      mark = scope.mark();
      if (!lent) {
        scope.handOver(gradients);
        MemoryScope.drop(gradients);
      }
    }
    if (hooks != null) {
      hooks.runBefore(node, gradients);
      Arrays.fill(task.owned, false);
    }
    if (task.captured != null) {
      for (int i : task.captured) {
        captured[i] = gradients[captures.get(i).outputNr()];
      }
    }
    boolean any = false;
    boolean called = false;
    for (Tensor gradient : gradients) {
      any |= gradient != null;
    }
    TapeEdge[] next = node.next();
    @Nullable Tensor[] results = new @Nullable Tensor[next.length];
    if (task.needed && any) {
      if (node instanceof AccumulateGrad leaf) {
        Tensor gradient = gradients[0];
        if (gradient != null) {
          leaf.accumulate(gradient, isOwned(task, 0));
        }
      } else {
        results = node.call(gradients.clone());
        called = true;
      }
      if (hooks != null) {
        results = hooks.runAfter(results, gradients);
      }
    }
    for (int i = 0; i < next.length; i++) {
      TapeEdge edge = next[i];
      if (edge.node() == null) {
        continue;
      }
      Task below = task(edge);
      Tensor result = results[i];
      if (result != null && (below.needed || below.captured != null)) {
        Tensor fitted =
            Gradients.fitTo(node.name(), i, result, edge.node().outputSpec(edge.outputNr()));
        // A sum over broadcast dimensions, and a cast, are the pass's own memory.
        deliver(edge, fitted, fitted != result && !createGraph);
      }
      if (--below.dependencies == 0) {
        ready.add(below);
      }
    }
    if (scope != null) {
      if (lent) {
        MemoryScope.drop(gradients);
      } else {
        scope.handOver(results);
      }
      scope.settle(mark, lent);
    }
    if (called && !retainGraph) {
      node.release(); // only now: a result may lie in a saved value
    }
    Arrays.fill(gradients, null); // a pass holds no gradient longer than it must
  }

  private void hold(Tensor gradient) {
    if (memory != null) {
      MemoryScope.hold(gradient);
    }
  }

  /** Whether the pass has made a gradient and nobody else can see it. */
  private boolean isOwned(Task task, int at) {
    Tensor gradient = task.gradients[at];
    return task.owned[at] || (memory != null && gradient != null && memory.isPending(gradient));
  }

  /** Adds a gradient to those that have met at a node's output. */
  private void deliver(TapeEdge edge, Tensor gradient, boolean owned) {
    Task task = task(edge);
    int at = edge.outputNr();
    Tensor before = task.gradients[at];
    if (before == null) {
      task.gradients[at] = gradient;
      task.owned[at] = owned;
      hold(gradient);
    } else if (isOwned(task, at)) {
      Gradients.addInto(before, gradient);
    } else {
      Tensor sum = Gradients.add(before, gradient);
      task.gradients[at] = sum;
      task.owned[at] = !createGraph;
      hold(sum);
      if (memory != null) {
        MemoryScope.drop(new @Nullable Tensor[] {before});
      }
    }
  }
}
