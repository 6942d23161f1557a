package fluxion.engine.tape;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.Writes;
import fluxion.engine.spi.UpdateFunction;
import fluxion.engine.vmap.Batching;
import fluxion.engine.vmap.Vmap;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Functions that write into their first input. */
public final class InPlaceUpdate {
  private InPlaceUpdate() {}

  /**
   * Writes, and records the write where a gradient is wanted.
   *
   * @param name the operator, for messages
   * @param function the function
   * @param given its inputs, of which the first is written
   * @return the first input
   */
  public static Tensor apply(String name, UpdateFunction function, @Nullable Tensor[] given) {
    Tensor self = Objects.requireNonNull(given[0]);
    TensorImpl target = TensorImpl.of(self);
    @Nullable Tensor[] inputs = given;
    if (Batching.isUsed()) {
      Batching.of(given).checkInPlace(name, target, Recorder.isRecorded(given));
      inputs = Vmap.lifted(given, true);
    }
    ViewHistory.checkInPlace(target);
    Writes.checkWritable(target);
    ThreadState state = ThreadState.current();
    boolean enabled = state.isGradEnabled();
    boolean[] needs = new boolean[inputs.length];
    boolean record = false;
    for (int i = 0; i < inputs.length; i++) {
      Tensor input = inputs[i];
      needs[i] = enabled && input != null && input.requiresGrad();
      record |= needs[i];
    }
    record &= target.dtype().isFloatingPoint();
    if (record) {
      ViewHistory.checkRebase(target);
    }
    @Nullable Tensor[] apart = apart(target, inputs);
    // The histories are those before the write.
    TapeEdge[] edges = Node.edges(inputs);
    CallContext context = new CallContext(function, apart, needs);
    state.setGradEnabled(false);
    try {
      function.update(context, target.alias(target.layout()), apart);
    } finally {
      state.setGradEnabled(enabled);
    }
    target.versionCounter().bump(name);
    if (record) {
      ViewHistory.rebase(target, new FunctionNode(function, context, edges, state));
      context.finish(apart, new TensorImpl[] {target});
    }
    return self;
  }

  /** Refuses inputs of which some elements are written; others on the same memory are copied. */
  private static @Nullable Tensor[] apart(TensorImpl target, @Nullable Tensor[] inputs) {
    @Nullable Tensor[] apart = inputs;
    for (int i = 1; i < inputs.length; i++) {
      if (inputs[i] instanceof TensorImpl input && input.storage() == target.storage()) {
        if (overlap(input, target)) {
          throw new ArgumentException(
              "unsupported operation: some elements of the input tensor and the written-to tensor"
                  + " refer to a single memory location. Please clone() the tensor before"
                  + " performing the operation.");
        }
        apart = apart == inputs ? inputs.clone() : apart;
        apart[i] = Launches.cast(input, input.dtype());
      }
    }
    return apart;
  }

  /** Whether two tensors surely share elements: both lie dense, and their ranges meet. */
  private static boolean overlap(TensorImpl one, TensorImpl other) {
    return one.numel() > 0
        && other.numel() > 0
        && one.layout().isContiguous()
        && other.layout().isContiguous()
        && one.layout().start() < other.layout().bound()
        && other.layout().start() < one.layout().bound();
  }
}
