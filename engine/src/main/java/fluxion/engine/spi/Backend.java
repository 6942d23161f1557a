package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.MemoryStatistics;
import fluxion.api.Scalar;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One device: the primitives to which every operator comes down.
 *
 * <p>Operands are strided windows onto buffers of this backend. Shapes, dtypes and bounds have been
 * checked by the engine, but for the values of index operands, which only the device sees. Unless a
 * method says otherwise an output does not overlap an input, except that it may be exactly the same
 * window; an output's own elements do not overlap. An operand without elements is allowed
 * everywhere. Methods may be called from many threads at once.
 *
 * <p>Results depend on the operands' dtypes, shapes and logical values alone: never on strides, the
 * number of threads or the width of vectors.
 *
 * <p>A primitive that a device lacks, altogether or for some operands, throws a {@link
 * MissingPrimitiveException} before it has written anything; the user may ask that the processor
 * computes it instead.
 */
public interface Backend extends AutoCloseable {
  /** {@return what the device is and can do} */
  DeviceProperties properties();

  // ---- memory

  /**
   * {@return new memory, filled with zeros}
   *
   * @param dtype the type of the elements
   * @param elements how many
   * @throws fluxion.api.DeviceException if the device cannot hold that many
   */
  Buffer allocate(DType dtype, long elements);

  /**
   * {@return new memory, filled with anything: for results that are written wholly}
   *
   * @param dtype the type of the elements
   * @param elements how many
   * @throws fluxion.api.DeviceException if the device cannot hold that many
   */
  default Buffer allocateUnspecified(DType dtype, long elements) {
    return allocate(dtype, elements);
  }

  /**
   * Gives memory back, which may be handed out again once the work queued before is done. Its use
   * through this buffer is refused from now on; giving it back twice does nothing.
   *
   * @param buffer memory of this backend
   */
  void free(Buffer buffer);

  /**
   * Copies a Java array to the device.
   *
   * <p>The array is a {@code float[] double[] long[] int[]}, a {@code short[]} for int16, float16
   * and bfloat16 (as bits) or a {@code byte[]} for int8, uint8 and bool (as 0 and 1).
   *
   * @param array the source
   * @param arrayOffset its first element
   * @param target the memory
   * @param targetOffset its first element
   * @param count how many elements
   */
  void upload(Object array, int arrayOffset, Buffer target, long targetOffset, int count);

  /**
   * Copies from the device to a Java array of the kind that {@link #upload} takes; waits for the
   * work before it.
   *
   * @param source the memory
   * @param sourceOffset its first element
   * @param array the target
   * @param arrayOffset its first element
   * @param count how many elements
   */
  void download(Buffer source, long sourceOffset, Object array, int arrayOffset, int count);

  /**
   * Sets every element to a value, cast to the target's dtype.
   *
   * @param target what is written
   * @param value the value
   */
  void fill(Operand target, Scalar value);

  /**
   * Copies elements, cast to the target's dtype.
   *
   * <p>Floating point to integer cuts towards zero; to bool compares with zero; to a narrower float
   * rounds to nearest even.
   *
   * @param source what is read, of the target's shape
   * @param target what is written
   */
  void copy(Operand source, Operand target);

  // ---- computing

  /**
   * {@return a kernel made ready for {@link #launch}}
   *
   * @param kernel what to compute
   */
  CompiledKernel compile(Kernel kernel);

  /**
   * Computes a kernel at every index.
   *
   * @param kernel one that this backend compiled
   * @param outputs one for each output of the kernel, all of one shape
   * @param inputs one for each input of the kernel, of that shape
   * @param scalars the values of the runtime scalars
   */
  void launch(CompiledKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars);

  /**
   * {@return a reduction made ready for {@link #reduce}}
   *
   * @param reduction what to compute
   */
  CompiledReduction compile(Reduction reduction);

  /**
   * Folds elements over some dimensions.
   *
   * @param reduction one that this backend compiled
   * @param inputs operands of one shape, one for each input of its map {@code before}
   * @param reduced which dimensions are folded; none means that each element is mapped alone
   * @param output the result: the inputs' shape with size 1 where folded
   * @param scalars the values of the runtime scalars of both kernels
   */
  void reduce(
      CompiledReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars);

  /**
   * Finds the extreme element along a dimension: the first of equal ones; a NaN before any number.
   *
   * @param max whether the largest is sought, else the smallest
   * @param input what is searched; its size along {@code dim} is at least 1
   * @param dim the dimension
   * @param values the extreme values, of the input's shape with size 1 at {@code dim}, or null
   * @param indices their int64 indices along {@code dim}, of the same shape
   */
  void argReduce(boolean max, Operand input, int dim, @Nullable Operand values, Operand indices);

  /**
   * Combines each element with those before it along a dimension.
   *
   * @param kind how values combine
   * @param input what is read
   * @param dim the dimension
   * @param reversed whether to go from the last element to the first
   * @param output the running results, of the input's shape; its dtype is the accumulator
   * @param indices for MAX and MIN the int64 index of the running extreme, or null
   */
  void scan(
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices);

  /**
   * Multiplies matrices: {@code out[…, i, j] = epilogue(Σₖ a[…, i, k] · b[…, k, j])}.
   *
   * <p>All three operands have the same number of dimensions, at least 2, and the same leading
   * sizes; {@code a} and {@code b} have one dtype. Floats are summed in ascending k by fused
   * multiply-adds in the operands' compute dtype; with no k the sum is 0. A device may cut long
   * sums into blocks of a fixed size, summed by themselves and then combined.
   *
   * @param a the left operand, {@code […, m, k]}
   * @param b the right operand, {@code […, k, n]}
   * @param output the product, {@code […, m, n]}, of the same dtype unless there is an epilogue
   * @param epilogue what is done with each element, or null to store it
   */
  void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue);

  // ---- indexing

  /**
   * Picks along one dimension: {@code out[i][j][k] = in[i][index[i][j][k]][k]} for {@code dim} 1.
   *
   * @param input what is read; in other dimensions at least as large as {@code index}
   * @param dim the dimension
   * @param index int64 indices, from 0
   * @param output the result, of the shape of {@code index}
   * @throws fluxion.api.IndexException if an index is out of range; nothing has been written then
   */
  void gather(Operand input, int dim, Operand index, Operand output);

  /**
   * Picks by index tuples: the first {@code n} dimensions of the input are indexed by {@code n}
   * operands of one shape {@code I}; the output has shape {@code I} followed by the input's other
   * dimensions.
   *
   * @param input what is read
   * @param indices int64 indices, one operand for each leading dimension, from 0
   * @param output the result
   * @throws fluxion.api.IndexException if an index is out of range; nothing has been written then
   */
  void indexedGather(Operand input, Operand[] indices, Operand output);

  /**
   * Writes along one dimension: {@code target[i][index[i][j][k]][k] ∘= source[i][j][k]} for {@code
   * dim} 1, in the row-major order of {@code index}.
   *
   * @param mode how a value meets the one that is there
   * @param target what is changed
   * @param dim the dimension
   * @param index int64 indices, from 0
   * @param source the values, of the shape of {@code index} and the target's dtype
   * @throws fluxion.api.IndexException if an index is out of range; nothing has been written then
   */
  void scatter(ScatterMode mode, Operand target, int dim, Operand index, Operand source);

  /**
   * Writes by index tuples, the reverse of {@link #indexedGather}, in row-major order.
   *
   * @param mode how a value meets the one that is there
   * @param target what is changed
   * @param indices int64 indices, one operand for each leading dimension, from 0
   * @param source the values, of the gathered shape and the target's dtype
   * @throws fluxion.api.IndexException if an index is out of range; nothing has been written then
   */
  void indexedScatter(ScatterMode mode, Operand target, Operand[] indices, Operand source);

  /**
   * Sorts along a dimension, stably. NaN counts as larger than every number; −0 equals 0.
   *
   * @param input what is read
   * @param dim the dimension
   * @param descending whether the largest comes first
   * @param values the sorted values, of the input's shape and dtype
   * @param indices the int64 indices that they had, of the same shape
   */
  void sort(Operand input, int dim, boolean descending, Operand values, Operand indices);

  /**
   * Finds the elements that are true.
   *
   * @param mask a bool operand
   * @param indices a contiguous int64 operand of at least as many elements as are true; receives
   *     their row-major positions in the mask, ascending
   * @return how many are true
   */
  long compact(Operand mask, Operand indices);

  // ---- the device

  /** {@return a point in the device's queue after all work so far} */
  Event record();

  /** Waits until all work is done and throws the first error that it met. */
  void synchronize();

  /** {@return what has been allocated} */
  MemoryStatistics memory();

  /**
   * {@return what the device has counted since it was opened, such as launches and waits, by names
   * of its own: for people and tests}
   */
  default Map<String, Long> counters() {
    return Map.of();
  }

  /** Gives memory that is kept for reuse back to the system. */
  void trim();

  /**
   * {@return this backend's implementation of an accelerator, if it has one}
   *
   * @param <A> the accelerator
   * @param type its interface
   */
  default <A> Optional<A> accelerator(Class<A> type) {
    return Optional.empty();
  }

  /**
   * Sets how many threads of this machine the device's work is divided among at most; said when the
   * device is opened, before its first use, and whenever the number changes. Results do not depend
   * on it. A device that does not compute on this machine's threads ignores it.
   *
   * @param n the number, from 1 to 1024, the calling thread among them
   */
  default void threads(int n) {
    // nothing is divided
  }

  /**
   * Releases the device; doing so twice does nothing. Afterwards nothing more can be allocated or
   * compiled: that is a {@link fluxion.api.DeviceException}.
   */
  @Override
  void close();
}
