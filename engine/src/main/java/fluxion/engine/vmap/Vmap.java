package fluxion.engine.vmap;

import fluxion.api.ArgumentException;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Launches;
import fluxion.engine.spi.Layout;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.tape.ThreadState;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Calls a function once for all slices of its inputs. */
public final class Vmap {
  private Vmap() {}

  /**
   * {@return what a function gives for each slice of its inputs, stacked}
   *
   * @param function the function, of one slice of each input
   * @param inputs the inputs
   * @param inDims along which dimension each input is cut; null for one that is handed over whole
   * @param outDims at which dimension each result is stacked; null for one that is the same for all
   *     slices; one for all results, or one for each
   */
  public static List<Tensor> call(
      UnaryOperator<List<Tensor>> function,
      List<Tensor> inputs,
      List<? extends @Nullable Integer> inDims,
      List<? extends @Nullable Integer> outDims) {
    String called = "vmap(f, in_dims=" + tuple(inDims) + ", ...)(<inputs>): ";
    int[] dims = new int[inputs.size()];
    ThreadState state = ThreadState.current();
    Level before = state.level();
    Level level = state.newLevel(size(called, inputs, inDims, dims));
    Batching.use();
    List<Tensor> slices = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      Tensor input = inputs.get(i);
      slices.add(inDims.get(i) == null ? input : enter(input, dims[i], level));
    }
    List<Tensor> outputs;
    state.setLevel(level);
    try {
      outputs = function.apply(slices);
    } finally {
      state.setLevel(before);
    }
    if (outDims.size() != 1 && outDims.size() != outputs.size()) {
      throw new ArgumentException(
          "vmap(f, ..., out_dims="
              + tuple(outDims)
              + "): out_dims is not compatible with the structure of `outputs`: it has "
              + outDims.size()
              + " entries for "
              + outputs.size()
              + " results");
    }
    List<Tensor> results = new ArrayList<>();
    for (int i = 0; i < outputs.size(); i++) {
      Integer dim = outDims.get(outDims.size() == 1 ? 0 : i);
      results.add(dim == null ? whole(outputs.get(i), level) : leave(outputs.get(i), dim, level));
    }
    return List.copyOf(results);
  }

  private static String tuple(List<? extends @Nullable Integer> dims) {
    StringBuilder text = new StringBuilder("(");
    for (Integer dim : dims) {
      text.append(text.length() == 1 ? "" : ", ").append(dim == null ? "None" : dim);
    }
    return text.append(dims.size() == 1 ? ",)" : ")").toString();
  }

  private static long size(
      String called, List<Tensor> inputs, List<? extends @Nullable Integer> inDims, int[] dims) {
    if (inputs.isEmpty()) {
      throw new ArgumentException(
          called
              + "got no inputs. Maybe you forgot to add inputs, or you are trying to vmap over a"
              + " function with no inputs. The latter is unsupported.");
    }
    if (inDims.size() != inputs.size()) {
      throw new ArgumentException(
          called
              + "in_dims is not compatible with the structure of `inputs`. in_dims has "
              + inDims.size()
              + " entries but inputs has "
              + inputs.size()
              + ".");
    }
    List<Long> sizes = new ArrayList<>();
    for (int i = 0; i < dims.length; i++) {
      Integer dim = inDims.get(i);
      if (dim != null) {
        int rank = inputs.get(i).dim();
        if (dim < -rank || dim >= rank) {
          throw new IndexException(
              called
                  + "Got in_dim="
                  + dim
                  + " for some input, but that input is a Tensor of dimensionality "
                  + rank
                  + " so expected in_dim to satisfy -"
                  + rank
                  + " <= in_dim < "
                  + rank
                  + ".");
        }
        dims[i] = dim < 0 ? dim + rank : dim;
        sizes.add(inputs.get(i).size(dims[i]));
      }
    }
    if (sizes.isEmpty()) {
      throw new ArgumentException("vmap: Expected at least one Tensor to vmap over.");
    }
    for (long size : sizes) {
      if (size != sizes.get(0)) {
        throw new ArgumentException(
            "vmap: Expected all tensors to have the same size in the mapped dimension, got sizes "
                + sizes
                + " for the mapped dimension");
      }
    }
    return sizes.get(0);
  }

  private static Tensor whole(Tensor output, Level level) {
    Batch batch = TensorImpl.of(output).batch();
    if (batch != null && batch.has(level)) {
      throw new ArgumentException(
          "vmap(`f`, ...): `f` can not return a BatchedTensor when out_dim is None");
    }
    return output;
  }

  // ---- into a level, and out of it

  /**
   * {@return a tensor's slices}
   *
   * @param tensor the tensor
   * @param dim along which dimension it is cut, from 0
   * @param level the level that ranges over it
   */
  static Tensor enter(Tensor tensor, int dim, Level level) {
    TensorImpl impl = TensorImpl.of(tensor);
    Layout layout = impl.layout();
    Batch batch = batch(impl).with(level, layout.stride(dim));
    Layout slice =
        level.size() == 0
            ? Layout.of(without(layout.shape(), dim), without(layout.strides(), dim), 0)
            : layout.select(dim, 0);
    TensorImpl slices = impl.alias(slice, batch);
    if (ThreadState.current().isGradEnabled() && impl.requiresGrad()) {
      slices.startHistory(LevelNode.enter(impl, slices, dim, level), 0);
    }
    return slices;
  }

  private static Batch batch(TensorImpl tensor) {
    Batch batch = tensor.batch();
    return batch == null ? new Batch(new Level[0], new long[0], true) : batch;
  }

  private static Shape without(Shape shape, int dim) {
    return Shape.of(without(shape.toArray(), dim));
  }

  private static long[] without(long[] values, int at) {
    long[] fewer = new long[values.length - 1];
    System.arraycopy(values, 0, fewer, 0, at);
    System.arraycopy(values, at + 1, fewer, at, fewer.length - at);
    return fewer;
  }

  /**
   * {@return a tensor's slices as one tensor}
   *
   * @param tensor the tensor; one that does not range over the level is repeated
   * @param dim at which dimension the slices are stacked, negative from the end
   * @param level the level
   */
  static Tensor leave(Tensor tensor, int dim, Level level) {
    boolean enabled = ThreadState.current().isGradEnabled();
    TensorImpl impl = lift(TensorImpl.of(tensor), new Level[] {level}, enabled);
    int at = Shape.wrap(dim, impl.dim() + 1);
    Batch batch = batch(impl);
    // A result never shares memory with what lies outside the function, unless nobody can write it.
    boolean apart = !batch.isShared() || (batch.stride(level) == 0 && level.size() > 1);
    TensorImpl own = apart ? impl : TensorImpl.of(Launches.cast(impl, impl.dtype()));
    Batch from = batch(own);
    Layout slice = own.layout();
    long[] sizes = new long[slice.shape().dim() + 1];
    long[] strides = new long[sizes.length];
    for (int to = 0; to < sizes.length; to++) {
      int source = to < at ? to : to - 1;
      sizes[to] = to == at ? level.size() : slice.shape().size(source);
      strides[to] = to == at ? from.stride(level) : slice.stride(source);
    }
    Batch rest = from.without(level);
    TensorImpl stacked =
        own.alias(
            Layout.of(Shape.of(sizes), strides, slice.offset()),
            rest.levels().length == 0 ? null : rest);
    if (enabled && impl.requiresGrad()) {
      stacked.startHistory(LevelNode.leave(impl, stacked, at, level), 0);
    }
    return stacked;
  }

  // ---- operands

  /**
   * {@return tensors that all range over the levels of any}
   *
   * <p>The gradient of one that was lifted is the sum over the slices, unless it is asked for
   * inside the function, where each slice has its own.
   *
   * @param tensors the tensors, null where absent
   * @param all whether to lift also those of which no gradient is recorded
   */
  public static @Nullable Tensor[] lifted(@Nullable Tensor[] tensors, boolean all) {
    Batching batching = Batching.of(tensors);
    if (batching.isNone()) {
      return tensors;
    }
    boolean enabled = ThreadState.current().isGradEnabled();
    @Nullable Tensor[] lifted = tensors;
    for (int i = 0; i < tensors.length; i++) {
      if (tensors[i] instanceof TensorImpl tensor
          && !batching.isCoveredBy(tensor)
          && (all || (enabled && tensor.requiresGrad()))) {
        lifted = lifted == tensors ? tensors.clone() : lifted;
        lifted[i] = lift(tensor, batching.levels(), enabled);
      }
    }
    return lifted;
  }

  private static TensorImpl lift(TensorImpl tensor, Level[] levels, boolean enabled) {
    TensorImpl lifted = tensor;
    for (Level level : levels) {
      Batch batch = batch(lifted);
      if (!batch.has(level)) {
        TensorImpl more = lifted.alias(lifted.layout(), batch.with(level, 0));
        if (enabled && lifted.requiresGrad()) {
          more.startHistory(LevelNode.lift(lifted, more, level), 0);
        }
        lifted = more;
      }
    }
    return lifted;
  }

  // ---- what is refused inside a function

  /** Refuses to draw random numbers inside a function over a batch. */
  public static void checkRandom() {
    if (Batching.isUsed() && ThreadState.current().level() != null) {
      throw new ArgumentException(
          "vmap: called random operation while in randomness error mode. Please perform the"
              + " randomness operation out of vmap, and pass its result as an input");
    }
  }

  /**
   * {@return a tensor that can be read: of a batched one all of whose slices are the same, the
   * slice}
   *
   * @param tensor the tensor
   * @throws UnbatchedException if its slices differ
   */
  public static TensorImpl readable(TensorImpl tensor) {
    Batch batch = tensor.batch();
    if (batch == null) {
      return tensor;
    }
    if (!batch.isUniform()) {
      throw UnbatchedException.ofRead();
    }
    return tensor.alias(tensor.layout(), null);
  }

  /**
   * {@return a batched tensor as text}
   *
   * @param tensor the tensor
   */
  public static String print(TensorImpl tensor) {
    Batch batch = batch(tensor);
    Level[] levels = batch.levels();
    Level inner = levels[levels.length - 1];
    Tensor stacked = leave(tensor, 0, inner);
    return "BatchedTensor(lvl="
        + inner.depth()
        + ", bdim=0, value=\n    "
        + String.join("\n    ", Arrays.asList(stacked.toString().split("\n")))
        + "\n)";
  }
}
