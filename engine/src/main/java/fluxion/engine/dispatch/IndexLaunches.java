package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScatterMode;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
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
    TensorImpl result = Launches.result(index.shape(), input.dtype(), device);
    if (result.numel() > 0) {
      device
          .backend()
          .gather(Operands.operand(input), dim, Operands.operand(index), result.operand());
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
    TensorImpl result = Launches.allocate(shape, source.dtype(), device);
    if (source.numel() > 0) {
      device
          .backend()
          .scatter(
              ScatterMode.ADD,
              result.operand(),
              dim,
              Operands.operand(index),
              Operands.operand(source));
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
    if (index.numel() > 0) {
      device
          .backend()
          .scatter(
              mode,
              Operands.operand(target),
              dim,
              Operands.operand(index),
              Operands.operand(source));
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
    TensorImpl result =
        Launches.result(indexedShape(input.shape(), indices), input.dtype(), device);
    if (result.numel() > 0) {
      Operand[] operands = Operands.operands(indices, indices[0].shape());
      device.backend().indexedGather(Operands.operand(input), operands, result.operand());
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
    if (shape.numel() > 0) {
      Operand[] operands = Operands.operands(indices, indices[0].shape());
      device
          .backend()
          .indexedScatter(
              mode, Operands.operand(target), operands, Operands.operand(source, shape));
    }
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
