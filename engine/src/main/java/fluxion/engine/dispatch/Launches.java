package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.spi.Engines;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ViewFunction;
import fluxion.engine.tape.HostValues;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.Storage;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.vmap.Batching;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Primitives on tensors: results are allocated, operands made, and the backend is called. */
public final class Launches {
  private Launches() {}

  /**
   * {@return a new tensor, in row-major order, of zeros}
   *
   * @param shape its shape
   * @param dtype its dtype
   * @param device where it is
   */
  public static TensorImpl allocate(Shape shape, DType dtype, OpenDevice device) {
    return new TensorImpl(
        Storage.allocate(device, dtype, shape.numel(), true), Layout.contiguous(shape));
  }

  /**
   * {@return a new tensor, in row-major order, of any content: for a result that is written wholly}
   *
   * @param shape its shape
   * @param dtype its dtype
   * @param device where it is
   */
  public static TensorImpl result(Shape shape, DType dtype, OpenDevice device) {
    return result(Layout.contiguous(shape), dtype, device);
  }

  /**
   * {@return a new tensor, in row-major order, of any content: for a result that is written wholly}
   *
   * @param layout its layout, from the start of its memory; tensors may share it
   * @param dtype its dtype
   * @param device where it is
   */
  static TensorImpl result(Layout layout, DType dtype, OpenDevice device) {
    return new TensorImpl(Storage.allocate(device, dtype, layout.shape().numel(), false), layout);
  }

  /**
   * {@return a new tensor with every element set to a value}
   *
   * @param shape its shape
   * @param value the value
   * @param dtype its dtype
   * @param device where it is
   */
  public static TensorImpl full(Shape shape, Scalar value, DType dtype, OpenDevice device) {
    boolean zero =
        value.isFloatingPoint()
            ? Double.doubleToRawLongBits(value.toDouble()) == 0
            : value.toLong() == 0;
    TensorImpl tensor = zero ? allocate(shape, dtype, device) : result(shape, dtype, device);
    if (!zero && shape.numel() > 0) {
      device.backend().fill(tensor.operand(), value);
    }
    return tensor;
  }

  /**
   * {@return whether a tensor's device computes in a dtype}
   *
   * @param dtype the dtype
   * @param like a tensor on the device
   */
  public static boolean computes(DType dtype, Tensor like) {
    return Operands.device(like).backend().properties().computeTypes().contains(dtype);
  }

  /**
   * {@return zeros}
   *
   * @param shape the shape
   * @param dtype the dtype
   * @param like a tensor on the device where they are to be
   */
  public static Tensor zeros(Shape shape, DType dtype, Tensor like) {
    return Batching.of(like).result(Layout.contiguous(shape), dtype, Operands.device(like), true);
  }

  /**
   * {@return a tensor of any content: for a result that is written wholly}
   *
   * @param shape the shape
   * @param dtype the dtype
   * @param like a tensor on the device where it is to be
   */
  public static Tensor unspecified(Shape shape, DType dtype, Tensor like) {
    return Batching.of(like).result(Layout.contiguous(shape), dtype, Operands.device(like), false);
  }

  /**
   * {@return a tensor with every element set to a value}
   *
   * @param shape the shape
   * @param value the value
   * @param dtype the dtype
   * @param like a tensor on the device where it is to be
   */
  public static Tensor full(Shape shape, Scalar value, DType dtype, Tensor like) {
    OpenDevice device = Operands.device(like);
    Tensor result = Batching.of(like).result(Layout.contiguous(shape), dtype, device, false);
    Writes.fill(result, value);
    return result;
  }

  /**
   * {@return a tensor with the values of an array}
   *
   * @param values a primitive array of the kind that the dtype is uploaded from
   * @param shape the shape
   * @param dtype the dtype
   * @param device where it is to be
   */
  public static TensorImpl fromArray(Object values, Shape shape, DType dtype, OpenDevice device) {
    TensorImpl tensor = result(shape, dtype, device);
    int count = java.lang.reflect.Array.getLength(values);
    if (count > 0) {
      device.backend().upload(values, 0, tensor.storage().buffer(), 0, count);
    }
    return tensor;
  }

  /**
   * {@return an int64 tensor}
   *
   * @param values its values
   * @param shape its shape
   * @param like a tensor on the device where it is to be
   */
  public static Tensor fromArray(long[] values, Shape shape, Tensor like) {
    return fromArray(values, shape, DType.INT64, Operands.device(like));
  }

  /**
   * {@return a copy in row-major order, in a dtype}
   *
   * @param tensor the tensor
   * @param dtype the dtype
   */
  public static Tensor cast(Tensor tensor, DType dtype) {
    Batching batch = Batching.of(tensor);
    Layout layout = Layout.contiguous(tensor.shape());
    TensorImpl result = batch.result(layout, dtype, Operands.device(tensor), false);
    if (!batch.isEmpty(tensor.shape())) {
      Operands.device(tensor).backend().copy(batch.operand(tensor), batch.operand(result));
    }
    return result;
  }

  /**
   * {@return a copy in row-major order on another device, by way of the host}
   *
   * @param tensor the tensor
   * @param target the device
   */
  public static Tensor copyTo(Tensor tensor, Device target) {
    DType dtype = tensor.dtype();
    TensorOptions options = TensorOptions.of(dtype).device(target);
    // A tensor without elements finds the device, or says that it is not there.
    Tensor probe = Engines.current().tensors().full(Shape.of(0), Scalar.of(0), options);
    return fromArray(
        HostValues.array(TensorImpl.of(tensor), dtype),
        tensor.shape(),
        dtype,
        Operands.device(probe));
  }

  /**
   * {@return memory in another layout, without history}
   *
   * @param tensor the tensor
   * @param layout makes the layout from the tensor's
   */
  public static Tensor alias(Tensor tensor, ViewFunction layout) {
    TensorImpl impl = TensorImpl.of(tensor);
    return impl.alias(layout.layout(impl.layout()));
  }

  /**
   * {@return the results of a kernel at every index}
   *
   * @param kernel what is computed
   * @param inputs tensors that are expanded to one shape
   * @param scalars the values of the runtime scalars
   */
  public static Tensor[] pointwise(Kernel kernel, Tensor[] inputs, Scalar... scalars) {
    OpenDevice device = Operands.device(inputs);
    Shape shape = Operands.broadcast(inputs);
    TensorImpl[] results = new TensorImpl[kernel.outputs().size()];
    Batching batch = Batching.of(inputs);
    Operand[] outs = new Operand[results.length];
    for (int i = 0; i < results.length; i++) {
      DType dtype = kernel.outputs().get(i).type();
      results[i] = batch.result(Layout.contiguous(shape), dtype, device, false);
      outs[i] = batch.operand(results[i]);
    }
    if (!batch.isEmpty(shape)) {
      device
          .backend()
          .launch(
              device.compile(batch.kernel(kernel)), outs, batch.operands(inputs, shape), scalars);
    }
    return results;
  }

  /**
   * {@return a fold over some dimensions}
   *
   * @param reduction what is computed
   * @param inputs tensors that are expanded to one shape
   * @param reduced which dimensions are folded
   * @param keepdim whether folded dimensions stay with size 1
   * @param scalars the values of the runtime scalars
   */
  public static Tensor reduce(
      Reduction reduction, Tensor[] inputs, boolean[] reduced, boolean keepdim, Scalar... scalars) {
    OpenDevice device = Operands.device(inputs);
    Shape shape = Operands.broadcast(inputs);
    Layout kept = Layout.contiguous(reducedShape(shape, reduced, true));
    Layout layout = keepdim ? kept : Layout.contiguous(reducedShape(shape, reduced, false));
    Batching batch = Batching.of(inputs);
    TensorImpl result = batch.result(layout, reduction.after().output(0).type(), device, false);
    if (!batch.isEmpty(layout.shape())) {
      Operand output = batch.operand(result, kept);
      device
          .backend()
          .reduce(
              device.compile(batch.reduction(reduction)),
              batch.operands(inputs, shape),
              batch.dims(reduced),
              output,
              scalars);
    }
    return result;
  }

  private static Shape reducedShape(Shape shape, boolean[] reduced, boolean keepdim) {
    long[] sizes = new long[shape.dim()];
    int count = 0;
    for (int d = 0; d < sizes.length; d++) {
      if (keepdim || !reduced[d]) {
        sizes[count++] = reduced[d] ? 1 : shape.size(d);
      }
    }
    return count == 0 ? Shape.SCALAR : Shape.of(Arrays.copyOf(sizes, count));
  }

  /**
   * {@return the int64 indices of the extreme elements along a dimension, which stays with size 1}
   *
   * @param max whether the largest are sought
   * @param input the tensor
   * @param dim the dimension, from 0
   */
  public static Tensor argReduce(boolean max, Tensor input, int dim) {
    OpenDevice device = Operands.device(input);
    Batching batch = Batching.of(input);
    Layout layout = Layout.contiguous(input.shape().with(dim, 1));
    TensorImpl indices = batch.result(layout, DType.INT64, device, false);
    if (!batch.isEmpty(layout.shape())) {
      Operand source = batch.operand(input);
      int at = batch.depth() + dim;
      device.backend().argReduce(max, source, at, null, batch.operand(indices));
    }
    return indices;
  }

  /**
   * {@return a product of matrices}
   *
   * @param a the left factor, {@code […, m, k]}
   * @param b the right factor, {@code […, k, n]}
   * @param epilogue what is done with each element, or null
   * @param inputs the epilogue's further inputs
   * @param scalars the epilogue's runtime scalars
   */
  public static Tensor matmul(
      Tensor a, Tensor b, @Nullable Kernel epilogue, Tensor[] inputs, Scalar... scalars) {
    OpenDevice device = Operands.device(a, b);
    Operands.device(a, inputs);
    int dims = a.dim();
    if (dims < 2 || b.dim() != dims || a.dtype() != b.dtype()) {
      throw new ShapeException(
          "matmul primitive: operands of shapes "
              + a.shape()
              + " and "
              + b.shape()
              + ", dtypes "
              + a.dtype()
              + " and "
              + b.dtype());
    }
    Shape shape = a.shape().with(dims - 1, b.size(dims - 1));
    DType dtype = epilogue == null ? a.dtype() : epilogue.outputs().get(0).type();
    Batching batch = Batching.of(a, b).and(inputs);
    TensorImpl result = batch.result(Layout.contiguous(shape), dtype, device, false);
    if (!batch.isEmpty(shape)) {
      MatmulEpilogue after =
          epilogue == null
              ? null
              : new MatmulEpilogue(
                  device.compile(batch.kernel(epilogue)), batch.operands(inputs, shape), scalars);
      device.backend().matmul(batch.operand(a), batch.operand(b), batch.operand(result), after);
    }
    return result;
  }

  /**
   * {@return a device's implementation of an accelerator, if it has one}
   *
   * @param <A> the accelerator
   * @param type its interface
   * @param on tensors on the device
   */
  public static <A> Optional<A> accelerator(Class<A> type, Tensor... on) {
    OpenDevice device = Operands.device(on);
    for (Tensor tensor : on) {
      // What an accelerator does with memory is its own: it has no rule for a batch.
      if (TensorImpl.of(tensor).batch() != null) {
        return Optional.empty();
      }
    }
    return device.accelerator(type);
  }

  /**
   * {@return the window onto a tensor's memory}
   *
   * @param tensor the tensor
   */
  public static Operand operand(Tensor tensor) {
    return TensorImpl.of(tensor).operand();
  }
}
