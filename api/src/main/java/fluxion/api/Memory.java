package fluxion.api;

import fluxion.api.spi.Engines;

/**
 * Who owns the memory of tensors.
 *
 * <p>Nothing has to be done: memory that nobody can reach is the garbage collector's. A program
 * that computes the same again and again is faster, and needs less memory, if it says when results
 * are no longer wanted. A scope does so for all that a block computes:
 *
 * {@snippet :
 * for (Batch batch : batches) {
 *   try (var scope = Memory.scope()) {
 *     Tensor loss = loss(model, batch);
 *     loss.backward();
 *     optimizer.step();
 *     last = scope.keep(loss.detach());
 *   }
 * }
 * }
 *
 * <p>{@link Tensor#close()} does so for one tensor. Memory that was given back is used for the next
 * results; a tensor that still refers to it cannot be used any more, and says so.
 */
public final class Memory {
  private Memory() {}

  /**
   * What a thread computes between the opening and the closing of a scope, and so does not outlive
   * it.
   *
   * <p>Closing frees the memory of every tensor that the scope's thread made meanwhile, except
   *
   * <ul>
   *   <li>what was kept;
   *   <li>{@code .grad} of tensors that live longer than the scope: it lives as long as it is
   *       there, and one that is replaced or taken away inside a scope is freed with that scope;
   *   <li>values that a graph has saved, until the graph is walked: a loss may be differentiated
   *       after the scope in which it was computed.
   * </ul>
   *
   * <p>Results of {@link Autograd#grad} are results like others. Views and their base share memory:
   * keeping one keeps all. A kept tensor belongs to the scope around this one, if there is one.
   * What other threads make does not belong to the scope, and memory that another thread has used
   * is left to the garbage collector.
   */
  public interface Scope extends AutoCloseable {
    /**
     * Lets a tensor outlive the scope.
     *
     * @param tensor a tensor, from this scope or not
     * @return the tensor
     * @throws MemoryException if the tensor cannot be used any more
     */
    Tensor keep(Tensor tensor);

    /**
     * Frees what the scope made. Closing again does nothing; scopes inside this one are closed with
     * it.
     *
     * @throws MemoryException if another thread opened the scope, or a backward pass that started
     *     inside it is running
     */
    @Override
    void close();
  }

  /** {@return a new scope of the running thread, inside those that are open} */
  public static Scope scope() {
    return Engines.current().memory().openScope();
  }

  /**
   * Lets a tensor outlive every scope: for what an object computes once and keeps, such as the
   * state of an optimiser, whatever scopes its caller has opened.
   *
   * @param tensor the tensor
   * @return the tensor
   * @throws MemoryException if the tensor cannot be used any more
   */
  public static Tensor unscoped(Tensor tensor) {
    Engines.current().memory().unscope(tensor);
    return tensor;
  }

  /**
   * {@return what a device has handed out since the start}
   *
   * @param device the device
   */
  public static MemoryStatistics statistics(Device device) {
    return Engines.current().memory().statistics(device);
  }

  /** Gives memory that the devices keep for reuse back to the system. */
  public static void trim() {
    Engines.current().memory().trim();
  }
}
