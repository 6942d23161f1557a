package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScatterMode;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.vmap.Batching;
import fluxion.engine.vmap.UnbatchedException;
import java.util.Arrays;

/**
 * The primitives that take indices, on tensors: like {@link Launches}, of which they are a part.
 */
public final class IndexLaunches {
  private IndexLaunches() {}

  /**
   * {@return elements picked along a dimension}
   *
   * @param input the tensor
   * @param dim the dimension, from 0
   * @param index int64 indices, from 0
   */
  public static Tensor gather(Tensor input, int dim, Tensor index) {
    OpenDevice device = Operands.device(input, index);
    Batching batch = Batching.of(input, index);
    Layout layout = Layout.contiguous(index.shape());
    TensorImpl result = batch.result(layout, input.dtype(), device, false);
    if (!batch.isEmpty(index.shape())) {
      Operand source = batch.operand(input);
      int at = batch.depth() + dim;
      device.backend().gather(source, at, batch.operand(index), batch.operand(result));
    }
    return result;
  }

  /**
   * {@return zeros into which elements are added along a dimension}
   *
   * @param shape the shape of the result
   * @param dim the dimension, from 0
   * @param index int64 indices, from 0
   * @param source the elements
   */
  public static Tensor scatterAdd(Shape shape, int dim, Tensor index, Tensor source) {
    OpenDevice device = Operands.device(index, source);
    Batching batch = Batching.of(index, source);
    TensorImpl result = batch.result(Layout.contiguous(shape), source.dtype(), device, true);
    if (!batch.isEmpty(source.shape())) {
      device
          .backend()
          .scatter(
              ScatterMode.ADD,
              batch.operand(result),
              batch.depth() + dim,
              batch.operand(index),
              batch.operand(source));
    }
    return result;
  }

  /**
   * Writes elements along a dimension of a tensor.
   *
   * @param mode how a value meets the one that is there
   * @param target what is changed
   * @param dim the dimension, from 0
   * @param index int64 indices, from 0
   * @param source the values
   */
  public static void scatterInto(
      ScatterMode mode, Tensor target, int dim, Tensor index, Tensor source) {
    OpenDevice device = Operands.device(target, index, source);
    Batching batch = Batching.of(target, index, source);
    batch.checkCovers("scatter_", TensorImpl.of(target));
    if (!batch.isEmpty(index.shape())) {
      device
          .backend()
          .scatter(
              mode,
              batch.operand(target),
              batch.depth() + dim,
              batch.operand(index),
              batch.operand(source));
    }
  }

  /**
   * {@return elements picked by index tuples}
   *
   * @param input what is read
   * @param indices int64 indices of one shape, one tensor for each leading dimension
   */
  public static Tensor indexedGather(Tensor input, Tensor[] indices) {
    OpenDevice device = Operands.device(input, indices);
    Batching batch = Batching.of(indices).and(input);
    Layout layout = Layout.contiguous(indexedShape(input.shape(), indices));
    TensorImpl result = batch.result(layout, input.dtype(), device, false);
    if (!batch.isEmpty(layout.shape())) {
      Operand[] operands = tuples(batch, indices, device);
      device.backend().indexedGather(batch.operand(input), operands, batch.operand(result));
    }
    return result;
  }

  /**
   * Writes elements by index tuples.
   *
   * @param mode how a value meets the one that is there
   * @param target what is changed
   * @param indices int64 indices of one shape, one tensor for each leading dimension
   * @param source the values; they are expanded to the gathered shape
   */
  public static void indexedScatterInto(
      ScatterMode mode, Tensor target, Tensor[] indices, Tensor source) {
    OpenDevice device = Operands.device(target, indices);
    Operands.device(target, source);
    Shape shape = indexedShape(target.shape(), indices);
    Batching batch = Batching.of(indices).and(target, source);
    batch.checkCovers("index_put_", TensorImpl.of(target));
    if (!batch.isEmpty(shape)) {
      Operand[] operands = tuples(batch, indices, device);
      device
          .backend()
          .indexedScatter(mode, batch.operand(target), operands, batch.operand(source, shape));
    }
  }

  /** Index tuples of all slices: the slice's own number comes first, for each level. */
  private static Operand[] tuples(Batching batch, Tensor[] indices, OpenDevice device) {
    Shape shape = indices[0].shape();
    int depth = batch.depth();
    Operand[] tuples = new Operand[depth + indices.length];
    for (int i = 0; i < depth; i++) {
      long[] numbers = new long[Math.toIntExact(batch.size(i))];
      Arrays.setAll(numbers, n -> n);
      TensorImpl slice = Launches.fromArray(numbers, Shape.of(numbers.length), DType.INT64, device);
      long[] strides = new long[depth + shape.dim()];
      strides[i] = 1;
      Layout layout = Layout.of(batch.whole(shape), strides, 0);
      tuples[i] = layout.operand(slice.buffer());
    }
    for (int i = 0; i < indices.length; i++) {
      tuples[depth + i] = batch.operand(indices[i], shape);
    }
    return tuples;
  }

  private static Shape indexedShape(Shape shape, Tensor[] indices) {
    long[] index = indices[0].shape().toArray();
    long[] rest = Arrays.copyOfRange(shape.toArray(), indices.length, shape.dim());
    long[] sizes = Arrays.copyOf(index, index.length + rest.length);
    System.arraycopy(rest, 0, sizes, index.length, rest.length);
    return Shape.of(sizes);
  }

  /**
   * {@return the row-major positions of the elements that are true, ascending, as int64}
   *
   * @param mask a bool tensor
   */
  public static Tensor compact(Tensor mask) {
    if (TensorImpl.of(mask).batch() != null) {
      throw UnbatchedException.of("nonzero");
    }
    OpenDevice device = Operands.device(mask);
    TensorImpl positions = Launches.result(Shape.of(mask.numel()), DType.INT64, device);
    long count =
        mask.numel() == 0
            ? 0
            : device.backend().compact(Operands.operand(mask), positions.operand());
    Layout found = positions.layout().slice(0, 0, count, 1);
    return count * 2 < mask.numel()
        ? Launches.cast(positions.alias(found), DType.INT64) // so that the long memory is let go
        : positions.alias(found);
  }
}
