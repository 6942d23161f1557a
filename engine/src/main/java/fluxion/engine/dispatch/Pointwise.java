package fluxion.engine.dispatch;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.profile.FunctionEvent;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Profiling;
import fluxion.engine.spi.TensorSpec;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TapeEdge;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ThreadState;
import fluxion.engine.tape.ViewHistory;
import fluxion.engine.vmap.Batching;
import fluxion.engine.vmap.Vmap;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one pointwise function: the dtypes are agreed, the shapes broadcast, the kernel
 * launched, and the call recorded where gradients are wanted.
 */
public final class Pointwise {
  /** How many bits of a signature an input takes. */
  private static final int CODE_BITS = 5;

  private record Known(long signature, Plan plan) {}

  private final Definition definition;
  private volatile Known[] known = new Known[0];
  private volatile Known[] knownInPlace = new Known[0];

  Pointwise(Definition definition) {
    this.definition = definition;
  }

  /**
   * {@return the calls of a function}
   *
   * @param function the function
   */
  public static Pointwise of(PointwiseFunction function) {
    return new Pointwise(new Definition.Declared(function));
  }

  // ---- plans

  /**
   * All that type promotion looks at, as one number: for each input whether it is a tensor with
   * dimensions, one without, or a number, and its dtype.
   */
  @SuppressWarnings("EnumOrdinal") // a number for this run alone
  private static long signature(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers) {
    long signature = 0;
    for (int i = 0; i < tensors.length; i++) {
      Tensor tensor = tensors[i];
      int code;
      if (tensor != null) {
        code = tensor.dtype().ordinal() * 2 + (tensor.shape().dim() > 0 ? 1 : 0);
      } else {
        Scalar number = numbers[i];
        code = number == null ? 31 : number.isFloatingPoint() ? 30 : number.dtype().ordinal() + 20;
      }
      signature = signature << CODE_BITS | code;
    }
    return signature;
  }

  private Plan plan(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers, int scalarCount) {
    long signature = signature(tensors, numbers);
    for (Known k : known) {
      if (k.signature == signature) {
        return k.plan;
      }
    }
    DType working = definition.working(tensors, numbers);
    synchronized (this) {
      Plan plan = plan(working, definition.result(working), tensors, scalarCount);
      known = with(known, new Known(signature, plan));
      return plan;
    }
  }

  private Plan planInPlace(
      @Nullable Tensor[] tensors, @Nullable Scalar[] numbers, int scalarCount, DType target) {
    long signature = signature(tensors, numbers);
    for (Known k : knownInPlace) {
      if (k.signature == signature) {
        return k.plan;
      }
    }
    DType working = definition.working(tensors, numbers);
    DType result = definition.result(working);
    if (!Types.canCast(result, target)) {
      throw new DTypeException(
          "result type "
              + result.typeName()
              + " can't be cast to the desired output type "
              + target.typeName());
    }
    synchronized (this) {
      Plan plan = plan(working, target, tensors, scalarCount);
      knownInPlace = with(knownInPlace, new Known(signature, plan));
      return plan;
    }
  }

  /** A plan for some dtypes; signatures that come to the same dtypes share one. */
  private Plan plan(DType working, DType stored, @Nullable Tensor[] tensors, int scalarCount) {
    @Nullable DType[] dtypes = new @Nullable DType[tensors.length];
    for (int i = 0; i < dtypes.length; i++) {
      Tensor tensor = tensors[i];
      dtypes[i] = tensor == null ? null : tensor.dtype();
    }
    for (Known[] list : List.of(known, knownInPlace)) {
      for (Known k : list) {
        if (k.plan.fits(working, stored, dtypes)) {
          return k.plan;
        }
      }
    }
    return new Plan(definition, working, stored, dtypes, scalarCount);
  }

  private static Known[] with(Known[] list, Known more) {
    Known[] longer = Arrays.copyOf(list, list.length + 1);
    longer[list.length] = more;
    return longer;
  }

  // ---- calls

  /**
   * {@return the result}
   *
   * @param given the inputs, null where one is a number
   * @param numbers the numbers
   * @param scalars the runtime scalars
   */
  public Tensor call(@Nullable Tensor[] given, @Nullable Scalar[] numbers, Scalar[] scalars) {
    if (Profiling.isOn()) {
      FunctionEvent event = FunctionEvent.start();
      Tensor result = called(given, numbers, scalars);
      event.finish(definition.nodeName(), result);
      return result;
    }
    return called(given, numbers, scalars);
  }

  private Tensor called(@Nullable Tensor[] given, @Nullable Scalar[] numbers, Scalar[] scalars) {
    @Nullable Tensor[] tensors = Batching.isUsed() ? Vmap.lifted(given, false) : given;
    TensorImpl first = first(tensors);
    OpenDevice device = device(first, tensors);
    Plan plan = plan(tensors, numbers, scalars.length);
    Layout layout = resultLayout(first, tensors);
    Batching batch = Batching.of(tensors);
    TensorImpl result = batch.result(layout, plan.stored(), device, false);
    launch(plan, device, batch, result, tensors, numbers, scalars);
    if (plan.stored().isFloatingPoint()) {
      ThreadState thread = ThreadState.current();
      if (recorded(tensors, thread)) {
        PointwiseNode node =
            new PointwiseNode(plan, tensors, numbers, scalars, TensorSpec.of(result), thread);
        result.startHistory(node, 0);
        node.save(tensors, result);
      }
    }
    return result;
  }

  /**
   * Computes in place.
   *
   * @param self the first input, which becomes the result
   * @param given the inputs, of which {@code self} is the first; null where one is a number
   * @param numbers the numbers
   * @param scalars the runtime scalars
   * @return {@code self}
   */
  public Tensor callInPlace(
      Tensor self, @Nullable Tensor[] given, @Nullable Scalar[] numbers, Scalar[] scalars) {
    if (Profiling.isOn()) {
      FunctionEvent event = FunctionEvent.start();
      calledInPlace(self, given, numbers, scalars);
      event.finish(definition.nodeName(), self);
      return self;
    }
    return calledInPlace(self, given, numbers, scalars);
  }

  private Tensor calledInPlace(
      Tensor self, @Nullable Tensor[] given, @Nullable Scalar[] numbers, Scalar[] scalars) {
    TensorImpl target = TensorImpl.of(self);
    Batching batch = Batching.of(given);
    @Nullable Tensor[] tensors = given;
    if (!batch.isNone()) {
      batch.checkInPlace(definition.name() + "_", target, recorded(given, ThreadState.current()));
      tensors = Vmap.lifted(given, false);
    }
    OpenDevice device = device(target, tensors);
    Plan plan = planInPlace(tensors, numbers, scalars.length, target.dtype());
    checkBroadcastsInto(target.shape(), broadcast(target.shape(), tensors));
    ViewHistory.checkInPlace(target);
    Writes.checkWritable(target);
    ThreadState thread = ThreadState.current();
    boolean record = target.dtype().isFloatingPoint() && recorded(tensors, thread);
    @Nullable Tensor[] inputs = tensors;
    PointwiseNode node = null;
    if (record) {
      ViewHistory.checkRebase(target);
      node = new PointwiseNode(plan, tensors, numbers, scalars, TensorSpec.of(target), thread);
      inputs = tensors.clone();
      // What the derivative needs of the memory that is about to be overwritten is copied.
      for (int i = 0; i < inputs.length; i++) {
        if (inputs[i] instanceof TensorImpl input
            && input.storage() == target.storage()
            && node.needsInput(i)) {
          inputs[i] = copyWithHistory(input);
        }
      }
    }
    launch(plan, device, batch, target, separate(inputs, target), numbers, scalars);
    target.versionCounter().bump(definition.name(), "_");
    if (node != null) {
      ViewHistory.rebase(target, node);
      node.save(inputs, target);
    }
    return self;
  }

  private static TensorImpl copyWithHistory(TensorImpl tensor) {
    TensorImpl copy = TensorImpl.of(Launches.cast(tensor, tensor.dtype()));
    TapeEdge edge = tensor.gradientEdge();
    if (edge.node() != null) {
      copy.setHistory(edge.node(), edge.outputNr());
    }
    return copy;
  }

  /** Inputs that lie in the target's memory, but not exactly as it does, are copied first. */
  private static @Nullable Tensor[] separate(@Nullable Tensor[] inputs, TensorImpl target) {
    @Nullable Tensor[] separate = inputs;
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] instanceof TensorImpl input
          && input.storage() == target.storage()
          && !(input.layout().equals(target.layout()) && input.batch() == target.batch())) {
        separate = separate == inputs ? inputs.clone() : separate;
        separate[i] = Launches.cast(input, input.dtype());
      }
    }
    return separate;
  }

  private static void launch(
      Plan plan,
      OpenDevice device,
      Batching batch,
      TensorImpl result,
      @Nullable Tensor[] tensors,
      @Nullable Scalar[] numbers,
      Scalar[] scalars) {
    if (batch.isEmpty(result.shape())) {
      return;
    }
    int[] places = plan.kernelInputs();
    Operand[] operands = new Operand[places.length];
    for (int i = 0; i < places.length; i++) {
      Tensor tensor = tensors[places[i]];
      if (tensor == null) {
        throw new AssertionError("a kernel's input is a tensor");
      }
      operands[i] = batch.operand(tensor, result.shape());
    }
    device
        .backend()
        .launch(
            plan.compiled(device),
            new Operand[] {batch.operand(result)},
            operands,
            plan.launchScalars(numbers, scalars));
  }

  private static boolean recorded(@Nullable Tensor[] tensors, ThreadState thread) {
    if (thread.isGradEnabled()) {
      for (Tensor tensor : tensors) {
        if (tensor != null && tensor.requiresGrad()) {
          return true;
        }
      }
    }
    return false;
  }

  private TensorImpl first(@Nullable Tensor[] tensors) {
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        return TensorImpl.of(tensor);
      }
    }
    throw new ArgumentException(definition.name() + "(): at least one input must be a tensor");
  }

  private static OpenDevice device(TensorImpl first, @Nullable Tensor[] tensors) {
    OpenDevice device = first.storage().device();
    for (Tensor tensor : tensors) {
      if (tensor != null && Operands.device(tensor) != device) {
        return Operands.device(first, tensor); // an error
      }
    }
    return device;
  }

  /** The layout of the result, shared with an input where it can be. */
  private static Layout resultLayout(TensorImpl first, @Nullable Tensor[] tensors) {
    Shape shape = broadcast(first.shape(), tensors);
    if (shape == first.shape() && first.layout().isPacked()) {
      return first.layout();
    }
    for (Tensor tensor : tensors) {
      if (tensor instanceof TensorImpl input
          && input.layout().isPacked()
          && input.shape().equals(shape)) {
        return input.layout();
      }
    }
    return Layout.contiguous(shape);
  }

  private static Shape broadcast(Shape first, @Nullable Tensor[] tensors) {
    Shape shape = first;
    for (Tensor tensor : tensors) {
      if (tensor != null && tensor.shape() != shape) {
        shape = Shape.broadcast(shape, tensor.shape());
      }
    }
    return shape;
  }

  /**
   * Refuses to store a result in a tensor whose shape is not that of the result.
   *
   * @param shape the tensor's shape
   * @param result the result's
   */
  static void checkBroadcastsInto(Shape shape, Shape result) {
    if (!shape.equals(result)) {
      throw new ShapeException(
          "output with shape " + shape + " doesn't match the broadcast shape " + result);
    }
  }
}
