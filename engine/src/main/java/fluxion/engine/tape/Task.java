package fluxion.engine.tape;

import fluxion.api.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a backward pass knows of a node. */
final class Task {
  final Node node;

  /** The cotangents that have met so far, one for each output. */
  final @Nullable Tensor[] gradients;

  /** A bit for each of the first 64 outputs whose cotangent lies in memory that the pass made. */
  long owned;

  /** How many edges of the graph still lead here. */
  int dependencies;

  /** Whether a gradient is wanted at or below this node. */
  boolean needed;

  /** Whether a walk over the graph has been here. */
  boolean seen;

  /** Which captures want a cotangent of this node. */
  @Nullable List<Integer> captured;

  /** The task at the end of each edge, null where the edge leads nowhere. */
  final @Nullable Task[] next;

  /** The next task of a stack. */
  @Nullable Task below;

  private static final @Nullable Task[] NONE = {};

  Task(Node node) {
    this.node = node;
    int edges = node.next().length;
    this.next = edges == 0 ? NONE : new @Nullable Task[edges];
    this.gradients = new @Nullable Tensor[node.outputCount()];
  }

  boolean owns(int output) {
    return output < Long.SIZE && (owned >> output & 1) != 0;
  }

  void own(int output, boolean own) {
    if (output < Long.SIZE) {
      owned = own ? owned | 1L << output : owned & ~(1L << output);
    }
  }
}
