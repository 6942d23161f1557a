package fluxion.engine.dispatch;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TapeEdge;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ThreadState;
import fluxion.engine.tape.ViewHistory;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one pointwise function: the dtypes are agreed, the shapes broadcast, the kernel
 * launched, and the call recorded where gradients are wanted.
 */
public final class Pointwise {
  private final Definition definition;
  private volatile Plan[] plans = new Plan[0];

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

  private Plan plan(DType working, DType stored, @Nullable Tensor[] tensors, int scalarCount) {
    for (Plan plan : plans) {
      if (plan.fits(working, stored, tensors)) {
        return plan;
      }
    }
    synchronized (this) {
      @Nullable DType[] dtypes = new @Nullable DType[tensors.length];
      for (int i = 0; i < dtypes.length; i++) {
        Tensor tensor = tensors[i];
        dtypes[i] = tensor == null ? null : tensor.dtype();
      }
      Plan plan = new Plan(definition, working, stored, dtypes, scalarCount);
      Plan[] more = java.util.Arrays.copyOf(plans, plans.length + 1);
      more[plans.length] = plan;
      plans = more;
      return plan;
    }
  }

  /**
   * {@return the result}
   *
   * @param tensors the inputs, null where one is a number
   * @param numbers the numbers
   * @param scalars the runtime scalars
   */
  public Tensor call(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers, Scalar[] scalars) {
    OpenDevice device = device(tensors);
    DType working = definition.working(tensors, numbers);
    Shape shape = broadcast(tensors);
    Plan plan = plan(working, definition.result(working), tensors, scalars.length);
    TensorImpl result = Launches.result(shape, plan.stored(), device);
    launch(plan, device, result, tensors, numbers, scalars);
    if (plan.stored().isFloatingPoint() && recorded(tensors)) {
      PointwiseNode node =
          new PointwiseNode(definition.nodeName(), plan, tensors, numbers, scalars, shape);
      result.setHistory(node, 0);
      node.save(tensors, result);
    }
    return result;
  }

  /**
   * Computes in place.
   *
   * @param self the first input, which becomes the result
   * @param tensors the inputs, of which {@code self} is the first; null where one is a number
   * @param numbers the numbers
   * @param scalars the runtime scalars
   * @return {@code self}
   */
  public Tensor callInPlace(
      Tensor self, @Nullable Tensor[] tensors, @Nullable Scalar[] numbers, Scalar[] scalars) {
    TensorImpl target = TensorImpl.of(self);
    OpenDevice device = device(tensors);
    DType working = definition.working(tensors, numbers);
    DType result = definition.result(working);
    if (!Types.canCast(result, target.dtype())) {
      throw new DTypeException(
          "result type "
              + result.typeName()
              + " can't be cast to the desired output type "
              + target.dtype().typeName());
    }
    checkBroadcastsInto(target.shape(), broadcast(tensors));
    ViewHistory.checkInPlace(target);
    Launches.checkWritable(target);
    Plan plan = plan(working, target.dtype(), tensors, scalars.length);
    boolean record = target.dtype().isFloatingPoint() && recorded(tensors);
    @Nullable Tensor[] inputs = tensors.clone();
    PointwiseNode node = null;
    if (record) {
      ViewHistory.checkRebase(target);
      node =
          new PointwiseNode(definition.nodeName(), plan, tensors, numbers, scalars, target.shape());
      // What the derivative needs of the memory that is about to be overwritten is copied.
      for (int i = 0; i < inputs.length; i++) {
        if (inputs[i] instanceof TensorImpl input
            && input.storage() == target.storage()
            && node.needsInput(i)) {
          inputs[i] = copyWithHistory(input);
        }
      }
    }
    launch(plan, device, target, separate(inputs, target), numbers, scalars);
    target.versionCounter().bump(definition.name() + "_");
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
          && !input.layout().equals(target.layout())) {
        separate = separate == inputs ? inputs.clone() : separate;
        separate[i] = Launches.cast(input, input.dtype());
      }
    }
    return separate;
  }

  private static void launch(
      Plan plan,
      OpenDevice device,
      TensorImpl result,
      @Nullable Tensor[] tensors,
      @Nullable Scalar[] numbers,
      Scalar[] scalars) {
    if (result.numel() == 0) {
      return;
    }
    int[] places = plan.kernelInputs();
    Operand[] operands = new Operand[places.length];
    for (int i = 0; i < places.length; i++) {
      Tensor tensor = tensors[places[i]];
      if (tensor == null) {
        throw new AssertionError("a kernel's input is a tensor");
      }
      operands[i] = Operands.operand(tensor, result.shape());
    }
    device
        .backend()
        .launch(
            plan.compiled(device),
            new Operand[] {result.operand()},
            operands,
            plan.launchScalars(numbers, scalars));
  }

  private static boolean recorded(@Nullable Tensor[] tensors) {
    if (!ThreadState.current().isGradEnabled()) {
      return false;
    }
    for (Tensor tensor : tensors) {
      if (tensor != null && tensor.requiresGrad()) {
        return true;
      }
    }
    return false;
  }

  private OpenDevice device(@Nullable Tensor[] tensors) {
    Tensor first = null;
    OpenDevice device = null;
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        device = first == null ? Operands.device(tensor) : Operands.device(first, tensor);
        first = tensor;
      }
    }
    if (device == null) {
      throw new ArgumentException(definition.name() + "(): at least one input must be a tensor");
    }
    return device;
  }

  private static Shape broadcast(@Nullable Tensor[] tensors) {
    Shape shape = null;
    for (Tensor tensor : tensors) {
      if (tensor != null) {
        shape = shape == null ? tensor.shape() : Shape.broadcast(shape, tensor.shape());
      }
    }
    return shape == null ? Shape.SCALAR : shape;
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
