package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.InPlaceLaunch;
import fluxion.engine.dispatch.IndexLaunches;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.dispatch.LineLaunches;
import fluxion.engine.dispatch.Writes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A backend's primitives, on tensors: results are allocated on the inputs' device, nothing is
 * recorded. This is what {@link Function#forward} computes with.
 */
public final class Primitives {
  private Primitives() {}

  /**
   * {@return whether a tensor's device computes in a dtype}
   *
   * @param dtype the dtype
   * @param like a tensor on the device
   */
  public static boolean computes(DType dtype, Tensor like) {
    return Launches.computes(dtype, like);
  }

  /**
   * {@return a new tensor of zeros}
   *
   * @param shape its shape
   * @param dtype its dtype
   * @param like a tensor on the device where it is to be; if it is one of a batch, so are the zeros
   */
  public static Tensor zeros(Shape shape, DType dtype, Tensor like) {
    return Launches.zeros(shape, dtype, like);
  }

  /**
   * {@return a new tensor of any content, for a result that an accelerator writes wholly}
   *
   * @param shape its shape
   * @param dtype its dtype
   * @param like a tensor on the device where it is to be; if it is one of a batch, so is the result
   */
  public static Tensor unspecified(Shape shape, DType dtype, Tensor like) {
    return Launches.unspecified(shape, dtype, like);
  }

  /**
   * {@return a new tensor with every element set to a value}
   *
   * @param shape its shape
   * @param value the value
   * @param dtype its dtype
   * @param like a tensor on the device where it is to be; if it is one of a batch, so is the result
   */
  public static Tensor full(Shape shape, Scalar value, DType dtype, Tensor like) {
    return Launches.full(shape, value, dtype, like);
  }

  /**
   * {@return a copy of a tensor, in row-major order}
   *
   * @param tensor the tensor
   */
  public static Tensor copyOf(Tensor tensor) {
    return Launches.cast(tensor, tensor.dtype());
  }

  /**
   * Copies values, cast to the target's dtype, into a tensor that this forward has made.
   *
   * @param source what is read; it is expanded to the target's shape
   * @param target what is written
   */
  public static void copy(Tensor source, Tensor target) {
    Writes.copy(source, target);
  }

  /**
   * {@return what a tensor's elements are in another layout of its memory}
   *
   * @param tensor the tensor
   * @param layout makes the layout from the tensor's
   */
  public static Tensor alias(Tensor tensor, ViewFunction layout) {
    return Launches.alias(tensor, layout);
  }

  /**
   * {@return the results of a kernel at every index}
   *
   * @param kernel what is computed
   * @param inputs tensors that are expanded to one shape, one for each input of the kernel
   * @param scalars the values of the runtime scalars
   */
  public static Tensor[] pointwise(Kernel kernel, Tensor[] inputs, Scalar... scalars) {
    return Launches.pointwise(kernel, inputs, scalars);
  }

  /**
   * Writes the results of a kernel at every index into tensors that there are, in one pass: what an
   * optimiser does to a parameter and its state. An output may be an input too. Each output's
   * version is counted up; nothing is recorded, so recording must be off where a tensor requires a
   * gradient.
   *
   * @param name the operator that writes, for messages
   * @param kernel what is computed
   * @param outputs one tensor for each output of the kernel, of its dtype, all of one shape and in
   *     memory of their own
   * @param inputs tensors that are expanded to that shape, one for each input of the kernel
   * @param scalars the values of the runtime scalars
   * @throws fluxion.api.AutogradException if the write would have to be recorded
   * @throws fluxion.api.ShapeException if the outputs' shapes differ, or an input does not expand
   * @throws fluxion.api.DTypeException if an output's dtype is not that of its result
   * @throws fluxion.api.ArgumentException if written-to elements share a place
   */
  public static void pointwiseInto(
      String name, Kernel kernel, Tensor[] outputs, Tensor[] inputs, Scalar... scalars) {
    InPlaceLaunch.pointwise(name, kernel, outputs, inputs, scalars);
  }

  /**
   * {@return a fold over some dimensions}
   *
   * @param reduction what is computed
   * @param inputs tensors that are expanded to one shape, one for each input of the map before
   * @param reduced which dimensions of that shape are folded
   * @param keepdim whether folded dimensions stay with size 1
   * @param scalars the values of the runtime scalars
   */
  public static Tensor reduce(
      Reduction reduction, Tensor[] inputs, boolean[] reduced, boolean keepdim, Scalar... scalars) {
    return Launches.reduce(reduction, inputs, reduced, keepdim, scalars);
  }

  /**
   * {@return the int64 indices of the extreme elements along a dimension, which stays with size 1}
   *
   * @param max whether the largest are sought, else the smallest
   * @param input the tensor
   * @param dim the dimension, from 0
   */
  public static Tensor argReduce(boolean max, Tensor input, int dim) {
    return Launches.argReduce(max, input, dim);
  }

  /**
   * {@return running results along a dimension}
   *
   * @param kind how each element is combined with those before it
   * @param input the tensor
   * @param dim the dimension, from 0
   * @param reversed whether to go from the last element to the first
   * @param dtype the dtype of the result, in which is combined
   */
  public static Tensor scan(ScanKind kind, Tensor input, int dim, boolean reversed, DType dtype) {
    return LineLaunches.scan(kind, input, dim, reversed, dtype);
  }

  /**
   * {@return the int64 indices of the running extremes along a dimension; of equal values the last}
   *
   * @param max whether the largest are sought, else the smallest
   * @param input the tensor
   * @param dim the dimension, from 0
   */
  public static Tensor argScan(boolean max, Tensor input, int dim) {
    return LineLaunches.argScan(max, input, dim);
  }

  /**
   * {@return the sorted values along a dimension, and the int64 indices that they had}
   *
   * <p>Equal values keep their order; a NaN is larger than every number.
   *
   * @param input the tensor
   * @param dim the dimension, from 0
   * @param descending whether the largest comes first
   */
  public static Tensor[] sort(Tensor input, int dim, boolean descending) {
    return LineLaunches.sort(input, dim, descending);
  }

  /**
   * {@return a product of matrices or of batches of them, {@code […, m, k]} by {@code […, k, n]}}
   *
   * @param a the left factor
   * @param b the right factor, of the same dtype and leading sizes
   */
  public static Tensor matmul(Tensor a, Tensor b) {
    return Launches.matmul(a, b, null, new Tensor[0]);
  }

  /**
   * {@return a product of matrices with each element mapped before it is stored}
   *
   * @param a the left factor, {@code […, m, k]}
   * @param b the right factor, {@code […, k, n]}
   * @param epilogue the map: input 0 is the element of the product, input {@code i + 1} that of
   *     {@code inputs[i]}
   * @param inputs further tensors, expanded to the product's shape
   * @param scalars the values of the runtime scalars
   */
  public static Tensor matmul(
      Tensor a, Tensor b, @Nullable Kernel epilogue, Tensor[] inputs, Scalar... scalars) {
    return Launches.matmul(a, b, epilogue, inputs, scalars);
  }

  /**
   * {@return elements picked along a dimension}
   *
   * @param input the tensor
   * @param dim the dimension, from 0
   * @param index int64 indices, from 0
   */
  public static Tensor gather(Tensor input, int dim, Tensor index) {
    return IndexLaunches.gather(input, dim, index);
  }

  /**
   * {@return zeros into which elements are added along a dimension}
   *
   * @param shape the shape of the result
   * @param dim the dimension, from 0
   * @param index int64 indices, from 0
   * @param source the elements, of the shape of the indices
   */
  public static Tensor scatterAdd(Shape shape, int dim, Tensor index, Tensor source) {
    return IndexLaunches.scatterAdd(shape, dim, index, source);
  }

  /**
   * Writes elements along a dimension of a tensor that this forward has made, or that an {@link
   * UpdateFunction} is given. If an index is out of range, nothing is written.
   *
   * @param mode how a value meets the one that is there
   * @param target what is changed
   * @param dim the dimension, from 0
   * @param index int64 indices, from 0
   * @param source the values, of the shape of the indices and the target's dtype
   */
  public static void scatterInto(
      ScatterMode mode, Tensor target, int dim, Tensor index, Tensor source) {
    IndexLaunches.scatterInto(mode, target, dim, index, source);
  }

  /**
   * {@return elements picked by index tuples: the shape of the indices is followed by the input's
   * other dimensions}
   *
   * @param input the tensor
   * @param indices int64 indices of one shape, from 0, one tensor for each leading dimension
   */
  public static Tensor indexedGather(Tensor input, Tensor[] indices) {
    return IndexLaunches.indexedGather(input, indices);
  }

  /**
   * Writes elements by index tuples, the reverse of {@link #indexedGather}, into a tensor that this
   * forward has made, or that an {@link UpdateFunction} is given. If an index is out of range,
   * nothing is written.
   *
   * @param mode how a value meets the one that is there
   * @param target what is changed
   * @param indices int64 indices of one shape, from 0, one tensor for each leading dimension
   * @param source the values, of the target's dtype; they expand to the gathered shape
   */
  public static void indexedScatterInto(
      ScatterMode mode, Tensor target, Tensor[] indices, Tensor source) {
    IndexLaunches.indexedScatterInto(mode, target, indices, source);
  }

  /**
   * {@return the row-major positions of the elements that are true, ascending, as int64}
   *
   * @param mask a bool tensor
   */
  public static Tensor compact(Tensor mask) {
    return IndexLaunches.compact(mask);
  }

  /**
   * {@return a device's implementation of an accelerator, if it has one}
   *
   * @param <A> the accelerator
   * @param type its interface
   * @param on tensors on the device: those that it is to read
   */
  public static <A> Optional<A> accelerator(Class<A> type, Tensor... on) {
    return Launches.accelerator(type, on);
  }

  /**
   * {@return the window onto a tensor's memory, for an accelerator}
   *
   * @param tensor the tensor; if it is written to, it is one that this forward has made
   */
  public static Operand operand(Tensor tensor) {
    return Launches.operand(tensor);
  }
}
