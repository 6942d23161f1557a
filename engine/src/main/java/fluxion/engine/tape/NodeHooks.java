package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.Hook;
import fluxion.api.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The hooks of a node, in the order in which they were registered. */
final class NodeHooks {
  private record OutputHook(int output, UnaryOperator<@Nullable Tensor> hook) {}

  private record Retained(int output, TensorImpl tensor) {}

  private record AfterHook(
      BiFunction<
              List<@Nullable Tensor>,
              List<@Nullable Tensor>,
              @Nullable List<? extends @Nullable Tensor>>
          hook) {}

  private final List<OutputHook> before = new CopyOnWriteArrayList<>();
  private final List<Retained> retained = new CopyOnWriteArrayList<>();
  private final List<AfterHook> after = new CopyOnWriteArrayList<>();

  /** Registers a hook on a tensor's gradient: on what made the tensor, or on the leaf. */
  static Hook register(TensorImpl tensor, UnaryOperator<@Nullable Tensor> hook) {
    if (!tensor.requiresGrad()) {
      throw new AutogradException(
          "cannot register a hook on a tensor that doesn't require gradient");
    }
    TapeEdge edge = tensor.gradientEdge();
    Node node = edge.node();
    if (node == null) {
      throw new AssertionError("a tensor that requires a gradient has a node");
    }
    return node.registerOutputHook(edge.outputNr(), hook);
  }

  Hook add(int output, UnaryOperator<@Nullable Tensor> hook) {
    OutputHook added = new OutputHook(output, hook);
    before.add(added);
    return () -> before.removeIf(h -> h == added);
  }

  void retain(int output, TensorImpl tensor) {
    retained.add(new Retained(output, tensor));
  }

  Hook addAfter(
      BiFunction<
              List<@Nullable Tensor>,
              List<@Nullable Tensor>,
              @Nullable List<? extends @Nullable Tensor>>
          hook) {
    AfterHook added = new AfterHook(hook);
    after.add(added);
    return () -> after.removeIf(h -> h == added);
  }

  /** Runs the tensor hooks on complete cotangents, then keeps those that are retained. */
  void runBefore(Node node, @Nullable Tensor[] gradients) {
    for (OutputHook h : before) {
      Tensor gradient = gradients[h.output];
      if (gradient != null) {
        Tensor replaced = h.hook.apply(gradient);
        if (replaced != null) {
          gradients[h.output] = Gradients.fit(node, h.output, replaced, "a hook");
        }
      }
    }
    for (Retained r : retained) {
      Tensor gradient = gradients[r.output];
      if (gradient != null) {
        r.tensor.accumulateRetained(gradient);
      }
    }
  }

  /** Runs the node's hooks on its results. */
  @Nullable Tensor[] runAfter(@Nullable Tensor[] gradients, @Nullable Tensor[] gradOutputs) {
    @Nullable Tensor[] results = gradients;
    for (AfterHook h : after) {
      List<? extends @Nullable Tensor> replaced =
          h.hook.apply(
              java.util.Collections.unmodifiableList(Arrays.asList(results)),
              java.util.Collections.unmodifiableList(Arrays.asList(gradOutputs)));
      if (replaced != null) {
        if (replaced.size() != results.length) {
          throw new fluxion.api.AutogradException(
              "a node hook returned "
                  + replaced.size()
                  + " gradients where there are "
                  + results.length
                  + " inputs");
        }
        results = replaced.toArray(new @Nullable Tensor[0]);
      }
    }
    return results;
  }
}
