package fluxion.engine.tape;

import fluxion.api.Tensor;
import fluxion.engine.profile.BackwardEvent;
import fluxion.engine.profile.BackwardNodeEvent;
import fluxion.engine.spi.Profiling;
import fluxion.engine.spi.TensorSpec;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One walk over a graph, from the outputs that are differentiated to the leaves.
 *
 * <p>Each node waits until every node above it has run; of those that are ready the newest runs
 * first. The queue is explicit, so a long chain does not recurse, and each node and edge is touched
 * a fixed number of times. All state is the pass's own: passes of several threads may share nodes.
 */
final class BackwardPass {
  private final TaskTable tasks = new TaskTable();
  private final ReadyQueue ready = new ReadyQueue();
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
    if (Profiling.isOn()) {
      BackwardEvent event = BackwardEvent.start();
      walk(roots, gradients);
      event.finish(tasks.size(), createGraph);
      return captured;
    }
    return walk(roots, gradients);
  }

  private @Nullable Tensor[] walk(List<TapeEdge> roots, List<Tensor> gradients) {
    discover(roots);
    if (!captures.isEmpty()) {
      markNeeded(roots);
    }
    ThreadState state = ThreadState.current();
    boolean before = state.setGradEnabled(createGraph);
    // What a recorded pass computes is part of a graph, and so is never a temporary.
    MemoryScope scope = createGraph ? null : MemoryScope.openPass(state);
    memory = scope;
    List<Recomputation> outer = state.recomputed();
    state.setRecomputed(null);
    try {
      for (int i = 0; i < roots.size(); i++) {
        deliver(task(roots.get(i)), roots.get(i).outputNr(), gradients.get(i), false);
      }
      for (int i = 0; i < roots.size(); i++) {
        Task task = task(roots.get(i));
        if (task.dependencies == 0) {
          task.dependencies = -1; // a tensor may be given twice
          ready.add(task);
        }
      }
      while (!ready.isEmpty()) {
        execute(ready.remove());
      }
    } finally {
      state.setGradEnabled(before);
      Recomputation.endPass(state.recomputed());
      state.setRecomputed(outer);
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
    boolean all = captures.isEmpty();
    Task stack = null;
    for (int i = 0; i < roots.size(); i++) {
      Node node = roots.get(i).node();
      if (node != null && tasks.get(node) == null) {
        stack = push(node, all, stack);
      }
    }
    while (stack != null) {
      Task above = stack;
      TapeEdge[] next = above.node.next();
      stack = above.below;
      for (int i = 0; i < next.length; i++) {
        Node node = next[i].node();
        if (node != null) {
          Task task = tasks.get(node);
          if (task == null) {
            task = push(node, all, stack);
            stack = task;
          }
          task.dependencies++;
          above.next[i] = task;
        }
      }
    }
  }

  private Task push(Node node, boolean needed, @Nullable Task stack) {
    Task task = tasks.add(node);
    task.needed = needed;
    task.below = stack;
    return task;
  }

  /** Finds the nodes on a path to a capture. */
  private void markNeeded(List<TapeEdge> roots) {
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
    Deque<Visit> pending = new ArrayDeque<>();
    for (TapeEdge root : roots) {
      pending.push(new Visit(task(root), false));
    }
    while (!pending.isEmpty()) {
      Visit visit = pending.pop();
      if (visit.leaving) {
        for (Task below : visit.task.next) {
          visit.task.needed |= below != null && (below.needed || below.captured != null);
        }
      } else if (!visit.task.seen) {
        visit.task.seen = true;
        pending.push(new Visit(visit.task, true));
        for (Task below : visit.task.next) {
          if (below != null) {
            pending.push(new Visit(below, false));
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
      task.owned = 0;
    }
    if (task.captured != null) {
      for (int i : task.captured) {
        captured[i] = gradients[captures.get(i).outputNr()];
      }
    }
    if (node instanceof AccumulateGrad leaf) {
      Tensor gradient = gradients[0];
      if (task.needed && gradient != null) {
        leaf.accumulate(gradient, owns(task, 0));
        if (hooks != null) {
          hooks.runAfter(NO_TENSORS, gradients);
        }
      }
      settle(gradients, mark, lent);
      return;
    }
    boolean runs = task.needed && any(gradients);
    @Nullable Tensor[] results = NO_TENSORS;
    if (runs) {
      results = called(node, hooks == null ? gradients : gradients.clone());
      if (hooks != null) {
        results = hooks.runAfter(results, gradients);
      }
    }
    deliver(task, results, lent);
    if (scope != null && !lent) {
      scope.handOver(results);
    }
    settle(gradients, mark, lent);
    if (runs && !retainGraph) {
      node.release(); // only now: a result may lie in a saved value
    }
  }

  private static @Nullable Tensor[] called(Node node, @Nullable Tensor[] gradients) {
    if (Profiling.isOn()) {
      BackwardNodeEvent event = BackwardNodeEvent.start();
      @Nullable Tensor[] results = node.call(gradients);
      event.finish(node.name());
      return results;
    }
    return node.call(gradients);
  }

  /** Ends a node's turn: its cotangents, and what it made besides its results, are let go of. */
  private void settle(@Nullable Tensor[] gradients, int mark, boolean lent) {
    if (memory != null) {
      if (lent) {
        MemoryScope.drop(gradients);
      }
      memory.settle(mark, lent);
    }
    Arrays.fill(gradients, null); // a pass holds no gradient longer than it must
  }

  /** Whether the pass has made a cotangent and nobody else can see it. */
  private boolean owns(Task task, int at) {
    Tensor gradient = task.gradients[at];
    return task.owns(at) || (memory != null && gradient != null && memory.isPending(gradient));
  }

  private void hold(Tensor gradient) {
    if (memory != null) {
      MemoryScope.hold(gradient);
    }
  }

  private static final @Nullable Tensor[] NO_TENSORS = {};

  private static boolean any(@Nullable Tensor[] gradients) {
    for (Tensor gradient : gradients) {
      if (gradient != null) {
        return true;
      }
    }
    return false;
  }

  /**
   * Hands a node's results, none if it has not run, down its edges.
   *
   * @param lent whether the node and its hooks have kept nothing
   */
  private void deliver(Task task, @Nullable Tensor[] results, boolean lent) {
    Node node = task.node;
    boolean makes = lent && !createGraph && node.makesResults();
    TapeEdge[] edges = node.next();
    for (int i = 0; i < edges.length; i++) {
      Task below = task.next[i];
      if (below == null) {
        continue;
      }
      Tensor result = results.length == 0 ? null : results[i];
      if (result != null && (below.needed || below.captured != null)) {
        int at = edges[i].outputNr();
        TensorSpec spec = below.node.outputSpec(at);
        Tensor fitted =
            Gradients.fits(result, spec) ? result : Gradients.fitTo(node.name(), i, result, spec);
        // A sum over broadcast dimensions, and a cast, are the pass's own memory.
        boolean own = fitted != result && !createGraph;
        if (!own && makes) {
          own = result != task.gradients[0] || (task.owns(0) && isOnly(result, results));
        }
        deliver(below, at, fitted, own);
      }
      if (--below.dependencies == 0) {
        ready.add(below);
      }
    }
  }

  /** Whether a node hands a tensor on once. */
  private static boolean isOnly(Tensor result, @Nullable Tensor[] results) {
    int count = 0;
    for (Tensor other : results) {
      count += other == result ? 1 : 0;
    }
    return count == 1;
  }

  /** Adds a gradient to those that have met at a node's output. */
  private void deliver(Task task, int at, Tensor gradient, boolean owned) {
    Tensor before = task.gradients[at];
    if (before == null) {
      task.gradients[at] = gradient;
      task.own(at, owned);
      hold(gradient);
    } else if (owns(task, at) && Gradients.mayAddInto(before, gradient)) {
      Gradients.addInto(before, gradient);
    } else {
      Tensor sum = Gradients.add(before, gradient);
      task.gradients[at] = sum;
      task.own(at, !createGraph);
      hold(sum);
      if (memory != null) {
        TensorImpl.of(before).storage().release();
      }
    }
  }
}
