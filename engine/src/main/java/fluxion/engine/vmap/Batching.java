package fluxion.engine.vmap;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.Storage;
import fluxion.engine.tape.TensorImpl;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The levels over which the operands of one primitive range together. The primitive runs once, on
 * all slices: each operand gets a dimension for each level, in front of those of a slice, by a
 * stride of 0 if it does not range over it.
 */
public final class Batching {
  /** No level: what nearly every primitive runs on. */
  public static final Batching NONE = new Batching(new Level[0]);

  /**
   * Whether there ever was a batched tensor: until then nothing is looked at. It is set before the
   * first one is made, so who has got one reads true.
   */
  private static boolean used;

  private final Level[] levels;
  private final long slices;

  private Batching(Level[] levels) {
    this.levels = levels;
    long product = 1;
    for (Level level : levels) {
      product *= level.size();
    }
    this.slices = product;
  }

  static void use() {
    used = true;
  }

  /** {@return whether there ever was a batched tensor} */
  public static boolean isUsed() {
    return used;
  }

  /**
   * {@return the levels of some tensors}
   *
   * @param tensors the tensors, null where absent
   */
  public static Batching of(@Nullable Tensor... tensors) {
    if (!used) {
      return NONE;
    }
    Batching all = NONE;
    for (Tensor tensor : tensors) {
      if (tensor instanceof TensorImpl impl) {
        all = all.with(impl);
      }
    }
    return all;
  }

  /**
   * {@return these levels and those of some tensors}
   *
   * @param tensors the tensors
   */
  public Batching and(Tensor... tensors) {
    Batching all = this;
    if (used) {
      for (Tensor tensor : tensors) {
        all = all.with(TensorImpl.of(tensor));
      }
    }
    return all;
  }

  private Batching with(TensorImpl tensor) {
    Batch batch = tensor.batch();
    if (batch == null || batch.levels() == levels) {
      return this;
    }
    if (this == NONE) {
      return new Batching(batch.levels());
    }
    Batch all = new Batch(levels, new long[levels.length], false);
    for (Level level : batch.levels()) {
      if (!all.has(level)) {
        all = all.with(level, 0);
      }
    }
    return all.levels().length == levels.length ? this : new Batching(all.levels());
  }

  Level[] levels() {
    return levels;
  }

  /** {@return whether there is no level} */
  public boolean isNone() {
    return levels.length == 0;
  }

  /** {@return the number of levels, and so of dimensions in front of those of a slice} */
  public int depth() {
    return levels.length;
  }

  /**
   * {@return whether there is no element in all slices}
   *
   * @param shape the shape of one
   */
  public boolean isEmpty(Shape shape) {
    return shape.numel() * slices == 0;
  }

  /**
   * {@return whether a tensor ranges over all levels}
   *
   * @param tensor the tensor
   */
  public boolean isCoveredBy(TensorImpl tensor) {
    if (levels.length == 0) {
      return true;
    }
    Batch batch = tensor.batch();
    if (batch == null) {
      return false;
    }
    for (Level level : levels) {
      if (!batch.has(level)) {
        return false;
      }
    }
    return true;
  }

  /**
   * Refuses a write into a tensor that does not range over all that is written.
   *
   * @param operator the operator that writes
   * @param target what is written
   */
  public void checkCovers(String operator, TensorImpl target) {
    if (!isCoveredBy(target)) {
      throw UnbatchedException.ofWrite(operator);
    }
  }

  /**
   * Refuses a write in place that cannot be done, or not be recorded.
   *
   * @param operator the operator that writes
   * @param target what is written
   * @param record whether the write is recorded
   */
  public void checkInPlace(String operator, TensorImpl target, boolean record) {
    checkCovers(operator, target);
    Batch batch = target.batch();
    if (record && batch != null && batch.isShared()) {
      throw UnbatchedException.ofRecordedWrite(operator);
    }
  }

  // ---- what takes a batch by itself

  /**
   * {@return the outputs of a function that takes dimensions in front for a batch}
   *
   * @param inputs its inputs, which range over all levels; null where absent
   * @param function the function, of all slices
   */
  public Tensor[] inFront(
      @Nullable Tensor[] inputs, Function<@Nullable Tensor[], Tensor[]> function) {
    if (levels.length == 0) {
      return function.apply(inputs);
    }
    int rank = 0;
    for (Tensor input : inputs) {
      rank = Math.max(rank, input == null ? 0 : input.dim());
    }
    @Nullable Tensor[] whole = new @Nullable Tensor[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      if (inputs[i] instanceof TensorImpl input) {
        Layout slice = input.layout();
        while (slice.shape().dim() < rank) {
          slice = slice.unsqueeze(0);
        }
        Batch batch = input.batch();
        whole[i] = input.alias((batch == null ? NO_LEVELS : batch).whole(slice, levels), null);
      }
    }
    Tensor[] outputs = function.apply(whole);
    for (int i = 0; i < outputs.length; i++) {
      outputs[i] = slices(TensorImpl.of(outputs[i]));
    }
    return outputs;
  }

  /** The slices of a tensor whose first dimensions are the levels. */
  private Tensor slices(TensorImpl whole) {
    int depth = levels.length;
    long[] sizes = whole.shape().toArray();
    long[] steps = whole.strides();
    Layout slice =
        Layout.of(
            Shape.of(Arrays.copyOfRange(sizes, depth, sizes.length)),
            Arrays.copyOfRange(steps, depth, steps.length),
            whole.storageOffset());
    return whole.alias(slice, new Batch(levels, Arrays.copyOf(steps, depth), false));
  }

  // ---- operands

  /**
   * {@return a new tensor over all levels, in row-major order}
   *
   * @param layout the layout of a slice, in row-major order from the start of its memory
   * @param dtype the dtype
   * @param device where it is
   * @param zeroed whether the elements have to be zero; else they are anything
   */
  public TensorImpl result(Layout layout, DType dtype, OpenDevice device, boolean zeroed) {
    long numel = layout.shape().numel();
    if (levels.length == 0) {
      return new TensorImpl(Storage.allocate(device, dtype, numel, zeroed), layout);
    }
    long[] strides = new long[levels.length];
    long stride = numel;
    for (int i = levels.length - 1; i >= 0; i--) {
      strides[i] = stride;
      stride *= levels[i].size();
    }
    Storage storage = Storage.allocate(device, dtype, stride, zeroed);
    return new TensorImpl(storage, layout, new Batch(levels, strides, false));
  }

  /**
   * {@return the window onto all slices of a tensor}
   *
   * @param tensor the tensor
   */
  public Operand operand(Tensor tensor) {
    TensorImpl impl = TensorImpl.of(tensor);
    return levels.length == 0 ? impl.operand() : operand(impl, impl.layout());
  }

  /**
   * {@return the window onto all slices of a tensor, each expanded}
   *
   * @param tensor the tensor
   * @param shape to what each slice is expanded
   */
  public Operand operand(Tensor tensor, Shape shape) {
    TensorImpl impl = TensorImpl.of(tensor);
    if (impl.shape().equals(shape)) {
      return operand(impl);
    }
    return operand(impl, impl.layout().expand(shape));
  }

  /**
   * {@return the window onto all slices of a tensor, each in another layout}
   *
   * @param tensor the tensor
   * @param slice the layout of one
   */
  public Operand operand(TensorImpl tensor, Layout slice) {
    if (levels.length == 0) {
      tensor.checkUnbatched();
      return slice.operand(tensor.buffer());
    }
    Batch batch = tensor.batch();
    Batch own = batch == null ? NO_LEVELS : batch;
    return own.whole(slice, levels).operand(tensor.buffer());
  }

  private static final Batch NO_LEVELS = new Batch(new Level[0], new long[0], false);

  /**
   * {@return windows onto all slices of some tensors, each expanded}
   *
   * @param tensors the tensors
   * @param shape to what each slice is expanded
   */
  public Operand[] operands(Tensor[] tensors, Shape shape) {
    Operand[] operands = new Operand[tensors.length];
    for (int i = 0; i < operands.length; i++) {
      operands[i] = operand(tensors[i], shape);
    }
    return operands;
  }

  /**
   * {@return for each dimension of all slices whether it is chosen: none of the levels is}
   *
   * @param dims whether a dimension of one slice is chosen
   */
  public boolean[] dims(boolean[] dims) {
    if (levels.length == 0) {
      return dims;
    }
    boolean[] shifted = new boolean[levels.length + dims.length];
    System.arraycopy(dims, 0, shifted, levels.length, dims.length);
    return shifted;
  }

  /**
   * {@return a kernel whose indices along dimensions are those of a slice}
   *
   * @param kernel a kernel for one slice
   */
  public Kernel kernel(Kernel kernel) {
    if (levels.length == 0 || !kernel.usesIndex()) {
      return kernel;
    }
    List<Expr> outputs = new ArrayList<>();
    for (Expr output : kernel.outputs()) {
      Expr shifted = output;
      // From the last to the first, so that none is moved twice.
      for (int d = kernel.indexDims() - 1; d >= 0; d--) {
        shifted = shifted.replace(Expr.index(d), Expr.index(d + levels.length));
      }
      outputs.add(shifted);
    }
    return Kernel.of(outputs);
  }

  /**
   * {@return a reduction whose indices along dimensions are those of a slice}
   *
   * @param reduction a reduction of one slice
   */
  public Reduction reduction(Reduction reduction) {
    return levels.length == 0
        ? reduction
        : new Reduction(
            reduction.kind(),
            kernel(reduction.before()),
            reduction.accumulator(),
            kernel(reduction.after()));
  }

  /**
   * {@return the shape of all slices: the sizes of the levels, then that of a slice}
   *
   * @param shape the shape of a slice
   */
  public Shape whole(Shape shape) {
    return NO_LEVELS.whole(Layout.contiguous(shape), levels).shape();
  }

  /**
   * {@return the size of a level}
   *
   * @param number which level, from the outermost
   */
  public long size(int number) {
    return levels[number].size();
  }
}
