package fluxion.engine.tape;

import fluxion.api.AutogradException;
import fluxion.api.Tensor;
import fluxion.engine.profile.FunctionEvent;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.FunctionObserver;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Profiling;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.spi.ViewFunction;
import fluxion.engine.vmap.Batching;
import fluxion.engine.vmap.UnbatchedException;
import fluxion.engine.vmap.Vmap;
import org.jspecify.annotations.Nullable;

/** Runs functions and records them where gradients are wanted. */
public final class Recorder {
  private Recorder() {}

  /**
   * {@return the outputs of a function}
   *
   * @param function the function
   * @param given its inputs, null for absent optional ones
   */
  public static Tensor[] apply(Function function, @Nullable Tensor[] given) {
    return Profiling.isOn() ? profiled(function, given) : applied(function, given);
  }

  private static Tensor[] profiled(Function function, @Nullable Tensor[] given) {
    FunctionEvent event = FunctionEvent.start();
    Tensor[] outputs = applied(function, given);
    event.finish(function.name(), outputs);
    return outputs;
  }

  private static Tensor[] applied(Function function, @Nullable Tensor[] given) {
    ThreadState state = ThreadState.current();
    @Nullable Tensor[] inputs = Batching.isUsed() ? Vmap.lifted(given, true) : given;
    boolean enabled = state.isGradEnabled();
    boolean[] needs = new boolean[inputs.length];
    boolean record = false;
    for (int i = 0; i < inputs.length; i++) {
      Tensor input = inputs[i];
      needs[i] = enabled && input != null && input.requiresGrad();
      record |= needs[i];
    }
    CallContext context = new CallContext(function, inputs, needs);
    Tensor[] outputs;
    state.setGradEnabled(false);
    try {
      outputs =
          Batching.isUsed() && function.batchesInFront()
              ? Batching.of(inputs).inFront(inputs, whole -> function.forward(context, whole))
              : function.forward(context, inputs);
    } catch (UnbatchedException e) {
      throw UnbatchedException.ofNode(function.name());
    } finally {
      state.setGradEnabled(enabled);
    }
    TensorImpl[] results = fresh(function, inputs, outputs);
    if (record) {
      FunctionNode node = new FunctionNode(function, context, Node.edges(inputs), state);
      for (int i = 0; i < results.length; i++) {
        if (results[i].dtype().isFloatingPoint() && context.isDifferentiable(i)) {
          results[i].startHistory(node, i);
        }
      }
      context.finish(inputs, results);
    }
    FunctionObserver observer = state.observer();
    if (observer != null) {
      observer.applied(function, inputs, results);
    }
    return results;
  }

  /** Whether a function of some inputs is recorded. */
  static boolean isRecorded(@Nullable Tensor[] inputs) {
    if (ThreadState.current().isGradEnabled()) {
      for (Tensor input : inputs) {
        if (input != null && input.requiresGrad()) {
          return true;
        }
      }
    }
    return false;
  }

  /** The outputs as tensors without any past, sharing no memory with an input. */
  private static TensorImpl[] fresh(
      Function function, @Nullable Tensor[] inputs, Tensor @Nullable [] outputs) {
    if (outputs == null) {
      throw new AutogradException("function " + function.name() + " returned null from forward");
    }
    TensorImpl[] results = new TensorImpl[outputs.length];
    for (int i = 0; i < outputs.length; i++) {
      if (outputs[i] == null) {
        throw new AutogradException(
            "function " + function.name() + " returned null as output " + i);
      }
      TensorImpl output = TensorImpl.of(outputs[i]);
      for (int j = 0; j < inputs.length; j++) {
        if (inputs[j] instanceof TensorImpl input && input.storage() == output.storage()) {
          throw new AutogradException(
              "function "
                  + function.name()
                  + " returned memory of its input "
                  + j
                  + " as output "
                  + i
                  + "; return a clone, or write it as a ViewFunction");
        }
      }
      results[i] = output.hasMeta() ? output.alias(output.layout()) : output;
    }
    return results;
  }

  /**
   * {@return a view}
   *
   * @param function the view's layout
   * @param input the tensor whose memory is seen
   */
  public static Tensor view(ViewFunction function, Tensor input) {
    TensorImpl base = TensorImpl.of(input);
    boolean enabled = ThreadState.current().isGradEnabled();
    TensorImpl view = base.alias(function.layout(base.layout()));
    TapeEdge history = TapeEdge.NONE;
    if (enabled && base.requiresGrad()) {
      Node node =
          new ViewNode(function, TensorSpec.of(base), TensorSpec.of(view), base.gradientEdge());
      history = new TapeEdge(node, 0);
    }
    view.startView(
        info(base, ViewHistory.creation(base, enabled, false), function.name(), 0), history);
    return view;
  }

  /**
   * Turns a tensor into a view of what it was.
   *
   * @param name the operator that does so, for messages
   * @param function the layout that the tensor takes
   * @param input the tensor
   * @return the tensor
   */
  public static Tensor viewInPlace(String name, ViewFunction function, Tensor input) {
    TensorImpl self = TensorImpl.of(input);
    if (self.batch() != null) {
      throw UnbatchedException.of(name);
    }
    ViewHistory.checkInPlace(self);
    Layout layout = function.layout(self.layout());
    boolean record = ThreadState.current().isGradEnabled() && self.requiresGrad();
    TensorSpec before = TensorSpec.of(self);
    TapeEdge history = record ? self.gradientEdge() : TapeEdge.NONE;
    self.relayout(layout);
    self.versionCounter().bump(name);
    if (record) {
      ViewInfo view = self.viewInfo();
      if (view != null) {
        // The tensor's own history goes on; other views of the memory are as they were.
        view.historyVersion = self.version();
      }
      self.setHistory(new ViewNode(function, before, TensorSpec.of(self), history), 0);
    }
    return self;
  }

  /**
   * {@return several views that one function makes}
   *
   * @param name the name of the function's node
   * @param functions the views' layouts
   * @param input the tensor whose memory is seen
   */
  public static Tensor[] views(String name, ViewFunction[] functions, Tensor input) {
    TensorImpl base = TensorImpl.of(input);
    boolean enabled = ThreadState.current().isGradEnabled();
    ViewInfo.Creation creation = ViewHistory.creation(base, enabled, true);
    TensorImpl[] views = new TensorImpl[functions.length];
    TensorSpec[] specs = new TensorSpec[functions.length];
    for (int i = 0; i < functions.length; i++) {
      views[i] = base.alias(functions[i].layout(base.layout()));
      specs[i] = TensorSpec.of(views[i]);
    }
    Node node = null;
    if (enabled && base.requiresGrad() && views.length > 0) {
      node = new MultiViewNode(name, functions, TensorSpec.of(base), specs, base.gradientEdge());
    }
    for (int i = 0; i < views.length; i++) {
      views[i].startView(
          info(base, creation, name, i), node == null ? TapeEdge.NONE : new TapeEdge(node, i));
    }
    return views;
  }

  private static ViewInfo info(
      TensorImpl input, ViewInfo.Creation creation, String creator, int index) {
    ViewInfo parent = input.viewInfo();
    return new ViewInfo(
        parent == null ? input : parent.base, creation, creator, index, input.version());
  }
}
