package fluxion.engine.tape;

import fluxion.api.GradFn;
import fluxion.api.Hook;
import fluxion.api.Tensor;
import fluxion.engine.spi.TensorSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One recorded operation: it turns the cotangents of its outputs into gradients of its inputs.
 *
 * <p>Edges never change once the node is part of a graph, so passes of several threads may walk the
 * same nodes.
 */
public abstract class Node implements GradFn {
  private final long sequence;
  private final TapeEdge[] next;
  private volatile @Nullable NodeHooks hooks;

  /**
   * Makes a node with the thread's next sequence number.
   *
   * @param next an edge for each input
   */
  protected Node(TapeEdge[] next) {
    this(next, ThreadState.current());
  }

  /**
   * Makes a node with the next sequence number of a thread.
   *
   * @param next an edge for each input
   * @param thread the running thread's state
   */
  protected Node(TapeEdge[] next, ThreadState thread) {
    this.next = next;
    this.sequence = thread.nextSequence();
  }

  /** {@return a number that is the greater the sooner a ready node runs: the newest first} */
  long priority() {
    return sequence;
  }

  /** {@return a number that tells most nodes apart, for tables of nodes by identity} */
  final int spread() {
    return (int) ((sequence * 0x9E3779B97F4A7C15L) >>> 32);
  }

  TapeEdge[] next() {
    return next;
  }

  /** {@return the number of outputs} */
  protected abstract int outputCount();

  /**
   * {@return what an output is}
   *
   * @param output which output
   */
  protected abstract TensorSpec outputSpec(int output);

  /**
   * {@return a gradient for each input, null where there is none}
   *
   * @param gradOutputs a cotangent for each output, null where nothing depends on it
   */
  protected abstract @Nullable Tensor[] call(@Nullable Tensor[] gradOutputs);

  /**
   * {@return whether {@link #call} leaves nothing behind: neither its cotangents nor its results
   * nor anything that it makes can be found elsewhere afterwards}
   */
  protected abstract boolean lends();

  /**
   * {@return whether a result of {@link #call} lies in memory that the call made and shows nobody,
   * if it is not the cotangent itself}
   */
  protected boolean makesResults() {
    return false;
  }

  /** Lets go of saved tensors. */
  protected void release() {}

  /** {@return the hooks, or null if there were never any} */
  @Nullable NodeHooks hooks() {
    return hooks;
  }

  private synchronized NodeHooks makeHooks() {
    NodeHooks made = hooks;
    if (made == null) {
      made = new NodeHooks();
      hooks = made;
    }
    return made;
  }

  /**
   * Adds a hook that sees, and may replace, the complete cotangent of an output.
   *
   * @param output which output
   * @param hook the hook
   * @return a handle that removes it
   */
  Hook registerOutputHook(int output, UnaryOperator<@Nullable Tensor> hook) {
    return makeHooks().add(output, hook);
  }

  /**
   * Keeps the complete cotangent of an output in the tensor that it belongs to.
   *
   * @param output which output
   * @param tensor the tensor
   */
  void retainGrad(int output, TensorImpl tensor) {
    makeHooks().retain(output, tensor);
  }

  @Override
  public Hook registerHook(
      BiFunction<
              List<@Nullable Tensor>,
              List<@Nullable Tensor>,
              @Nullable List<? extends @Nullable Tensor>>
          hook) {
    return makeHooks().addAfter(hook);
  }

  @Override
  public List<GradFn.Edge> nextFunctions() {
    List<GradFn.Edge> edges = new ArrayList<>();
    for (TapeEdge edge : next) {
      edges.add(new GradFn.Edge(edge.node(), edge.outputNr()));
    }
    return List.copyOf(edges);
  }

  @Override
  public List<GradFn.Saved> savedTensors() {
    return List.of();
  }

  @Override
  public Optional<Tensor> variable() {
    return Optional.empty();
  }

  /** {@return the name in angle brackets, as PyTorch prints it without the address} */
  @Override
  public String toString() {
    return "<" + name() + ">";
  }

  /**
   * {@return an edge for each input}
   *
   * @param inputs the inputs, null where absent
   */
  protected static TapeEdge[] edges(@Nullable Tensor[] inputs) {
    TapeEdge[] edges = new TapeEdge[inputs.length];
    for (int i = 0; i < edges.length; i++) {
      edges[i] = inputs[i] instanceof TensorImpl tensor ? tensor.gradientEdge() : TapeEdge.NONE;
    }
    return edges;
  }
}
