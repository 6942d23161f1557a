package fluxion.api;

import fluxion.api.spi.Engines;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * An array of numbers on a device, with the history of how it was computed.
 *
 * <p>Tensors are made by {@link Tensors} and by operations on tensors; an engine implements this
 * interface, programs do not. What can be computed stands in one small interface a family:
 * {@linkplain Arithmetic arithmetic}, {@linkplain Elementary elementary functions}, {@linkplain
 * Comparison comparison}, {@linkplain Reductions reductions}, {@linkplain Extremes extremes},
 * {@linkplain Shaping shape}, {@linkplain Indexing indexing}, {@linkplain LinearAlgebra linear
 * algebra}, {@linkplain Probabilities softmax}, {@linkplain InPlace changes in place} and
 * {@linkplain RandomInPlace random numbers}. Further operators are called by name, through {@link
 * Ops}, or through their modules' entry points.
 *
 * <p>A tensor may be read by many threads. One that is changed in place must not be used by another
 * thread meanwhile.
 *
 * <p>It prints as PyTorch prints it.
 */
public non-sealed interface Tensor
    extends Arithmetic,
        Elementary,
        Comparison,
        Reductions,
        Extremes,
        Ordering,
        Shaping,
        Indexing,
        LinearAlgebra,
        Probabilities,
        InPlace,
        RandomInPlace {

  // ---- what it is

  /** {@return the sizes} */
  Shape shape();

  /** {@return the steps between elements, in elements, one a dimension} */
  long[] strides();

  /** {@return where the first element lies in the memory, in elements} */
  long storageOffset();

  /** {@return the type of the elements} */
  DType dtype();

  /** {@return where the elements are} */
  Device device();

  /** {@return whether the elements lie one after another in row-major order} */
  boolean isContiguous();

  /** {@return the number of dimensions} */
  default int dim() {
    return shape().dim();
  }

  /** {@return the number of elements} */
  default long numel() {
    return shape().numel();
  }

  /**
   * {@return the size of a dimension}
   *
   * @param dim the dimension, negative from the end
   */
  default long size(int dim) {
    return shape().size(dim);
  }

  /** {@return how often the memory has been written to in place} */
  long version();

  // ---- values

  /**
   * {@return the one element, as a number}
   *
   * @throws ArgumentException if there is not exactly one element
   */
  Scalar scalar();

  /**
   * {@return the one element, as a float64}
   *
   * @throws ArgumentException if there is not exactly one element
   */
  default double item() {
    return scalar().toDouble();
  }

  /**
   * {@return the one element, as an integer; floats are cut towards zero}
   *
   * @throws ArgumentException if there is not exactly one element
   */
  default long itemLong() {
    return scalar().toLong();
  }

  /**
   * {@return whether the one element differs from 0: Python's {@code bool(x)}}
   *
   * @throws ArgumentException if there is not exactly one element
   */
  boolean isTrue();

  /** {@return the elements in row-major order, as float32} */
  float[] toFloatArray();

  /** {@return the elements in row-major order, as float64} */
  double[] toDoubleArray();

  /** {@return the elements in row-major order, as int64; floats are cut towards zero} */
  long[] toLongArray();

  /** {@return the elements in row-major order, as truth values} */
  boolean[] toBooleanArray();

  // ---- conversion

  /**
   * {@return this tensor if it has the dtype, else a copy that has}
   *
   * @param dtype the dtype
   */
  default Tensor to(DType dtype) {
    return dtype() == dtype ? this : ShapingSites.TO.get().apply(this, dtype);
  }

  /**
   * {@return this tensor if it is on the device, else a copy that is}
   *
   * @param device the device
   */
  Tensor to(Device device);

  /** {@return this tensor as float64} */
  default Tensor toDouble() {
    return to(DType.FLOAT64);
  }

  /** {@return this tensor as float32} */
  default Tensor toFloat() {
    return to(DType.FLOAT32);
  }

  /** {@return this tensor as int64} */
  default Tensor toLong() {
    return to(DType.INT64);
  }

  /** {@return this tensor as int32} */
  default Tensor toInt() {
    return to(DType.INT32);
  }

  /** {@return this tensor as bool: whether each element differs from 0} */
  default Tensor toBool() {
    return to(DType.BOOL);
  }

  /** {@return a copy with memory of its own; differentiable} */
  default Tensor clone() {
    return Sites.CLONE.get().apply(this);
  }

  // ---- memory

  /**
   * {@return the memory that holds the elements, and maybe others}
   *
   * @throws MemoryException if the tensor cannot be used any more
   */
  Storage untypedStorage();

  /**
   * Gives this tensor's memory back, at once if nobody else owns it. What a graph has saved stays
   * until the graph is walked; memory that views share is freed with the scope in which it was
   * made, or left to the garbage collector. This tensor cannot be used afterwards; closing it again
   * does nothing.
   *
   * <p>No tensor has to be closed, which is why this is no {@link AutoCloseable}: tools would ask
   * for a {@code try} around every result of an expression.
   */
  void close();

  // ---- differentiation

  /** {@return whether operations on this tensor are recorded} */
  boolean requiresGrad();

  /** {@return whether the tensor was not computed from tensors that require gradients} */
  boolean isLeaf();

  /** {@return the node that made this tensor, or null for a leaf} */
  @Nullable GradFn gradFn();

  /** {@return which output of its node this tensor is} */
  int outputNr();

  /** {@return the gradient accumulated here, or null} */
  @Nullable Tensor grad();

  /**
   * Replaces the gradient.
   *
   * @param gradient one of this tensor's shape, dtype and device, or null
   * @throws ShapeException if the shape differs
   * @throws DTypeException if the dtype differs
   */
  void setGrad(@Nullable Tensor gradient);

  /**
   * Makes a leaf require a gradient.
   *
   * @return this tensor
   */
  default Tensor requiresGrad_() {
    return requiresGrad_(true);
  }

  /**
   * Says whether a leaf requires a gradient.
   *
   * @param requiresGrad whether it does
   * @return this tensor
   * @throws AutogradException if this is no leaf
   * @throws DTypeException if the elements are not floating-point numbers
   */
  Tensor requiresGrad_(boolean requiresGrad);

  /**
   * Keeps the gradient of a tensor that is no leaf, too.
   *
   * @throws AutogradException if no gradient is required
   */
  void retainGrad();

  /** {@return the same memory as a leaf without gradient; a write here counts there} */
  Tensor detach();

  /**
   * Takes this tensor out of the graph that made it.
   *
   * @return this tensor
   * @throws AutogradException if this is a view
   */
  Tensor detach_();

  /** {@return the same memory as a leaf without gradient; a write here does not count there} */
  Tensor data();

  /**
   * Replaces the elements by those of another tensor, whose memory both share from now on:
   * PyTorch's {@code x.data = y}. Shape, dtype and device become the other's; whether a gradient is
   * required, the gradient itself and the place in optimisers stay. Whatever shared the former
   * memory keeps it, and a graph that has saved the former elements can no longer be walked.
   *
   * @param data the tensor that has the elements
   * @throws AutogradException if this is no leaf, or a view
   * @throws DTypeException if this requires a gradient and the elements are no floating-point
   *     numbers
   */
  void setData(Tensor data);

  /** {@return whether this tensor is a view of another} */
  boolean isView();

  /**
   * Adds a hook that sees, and may replace, the gradient of this tensor when it is complete.
   *
   * @param hook takes the gradient; its result takes the gradient's place, unless it is null
   * @return a handle that removes the hook
   * @throws AutogradException if no gradient is required
   */
  Hook registerHook(UnaryOperator<@Nullable Tensor> hook);

  /**
   * Accumulates the gradients of this one-element tensor into the leaves from which it was
   * computed.
   *
   * @throws AutogradException if there is not one element, or no gradient is required
   */
  default void backward() {
    backward(null, false, false);
  }

  /**
   * Accumulates gradients into the leaves, from a cotangent of this tensor.
   *
   * @param gradient the cotangent, of this tensor's shape
   */
  default void backward(Tensor gradient) {
    backward(gradient, false, false);
  }

  /**
   * Accumulates gradients into the leaves.
   *
   * @param gradient a cotangent of this tensor's shape, or null for 1
   * @param retainGraph whether saved tensors are kept for another pass
   * @param createGraph whether the pass is recorded, so that it can be differentiated
   */
  default void backward(@Nullable Tensor gradient, boolean retainGraph, boolean createGraph) {
    Engines.current()
        .autograd()
        .backward(List.of(this), Collections.singletonList(gradient), retainGraph, createGraph);
  }

  /** {@return the tensor as PyTorch prints it} */
  @Override
  String toString();
}
