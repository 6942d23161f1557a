package fluxion.engine.spi;

import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.intrinsics.Embed;
import fluxion.engine.tape.InPlaceUpdate;
import fluxion.engine.tape.Recorder;
import fluxion.engine.tape.ThreadState;
import org.jspecify.annotations.Nullable;

/** Applies functions: the forward is run, and recorded where gradients are wanted. */
public final class Functions {
  private Functions() {}

  /**
   * {@return the outputs of a function}
   *
   * @param function the function
   * @param inputs its inputs, null for absent optional ones
   */
  public static Tensor[] applyAll(Function function, @Nullable Tensor... inputs) {
    return Recorder.apply(function, inputs);
  }

  /**
   * {@return the first output of a function}
   *
   * @param function the function
   * @param inputs its inputs, null for absent optional ones
   */
  public static Tensor apply(Function function, @Nullable Tensor... inputs) {
    return Recorder.apply(function, inputs)[0];
  }

  /**
   * Applies a function in place: its first input becomes the result.
   *
   * @param name the operator that writes, for messages
   * @param function the function
   * @param inputs its inputs, of which the first is written
   * @return the first input
   * @throws fluxion.api.AutogradException if it is a leaf that requires a gradient, or a view of
   *     one
   * @throws fluxion.api.ArgumentException if elements of it share a place, or another input shares
   *     memory with it
   */
  public static Tensor applyInPlace(
      String name, UpdateFunction function, @Nullable Tensor... inputs) {
    return InPlaceUpdate.apply(name, function, inputs);
  }

  /**
   * {@return a view}
   *
   * @param function the view's layout
   * @param input the tensor whose memory is seen
   */
  public static Tensor view(ViewFunction function, Tensor input) {
    return Recorder.view(function, input);
  }

  /**
   * Turns a tensor into a view of what it was: its elements stay where they are.
   *
   * @param name the operator that does so, for messages
   * @param function the layout that the tensor takes
   * @param self the tensor
   * @return the tensor
   * @throws fluxion.api.AutogradException if it is a leaf that requires a gradient, or a view of
   *     one
   */
  public static Tensor viewInPlace(String name, ViewFunction function, Tensor self) {
    return Recorder.viewInPlace(name, function, self);
  }

  /**
   * {@return several views that one function makes; they refuse to be changed in place}
   *
   * @param nodeName the name of the function's node in the graph
   * @param functions the views' layouts
   * @param input the tensor whose memory is seen
   */
  public static Tensor[] views(String nodeName, ViewFunction[] functions, Tensor input) {
    return Recorder.views(nodeName, functions, input);
  }

  /**
   * {@return zeros with a tensor's elements where a view of them would lie}
   *
   * @param view the view
   * @param shape the shape of the zeros
   * @param values the view's elements
   */
  public static Tensor embed(ViewFunction view, Shape shape, Tensor values) {
    return apply(new Embed(view, shape), values);
  }

  /**
   * Runs a program while an observer sees the functions that the running thread applies.
   *
   * @param observer the observer; one that was there before sees nothing meanwhile
   * @param program the program
   */
  public static void observing(FunctionObserver observer, Runnable program) {
    ThreadState thread = ThreadState.current();
    FunctionObserver before = thread.setObserver(observer);
    try {
      program.run();
    } finally {
      thread.setObserver(before);
    }
  }
}
