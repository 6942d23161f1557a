package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Tensor;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.tape.OpenDevice;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.vmap.Batching;

/**
 * The primitives that go along lines and keep their length, on tensors: like {@link Launches}, of
 * which they are a part.
 */
public final class LineLaunches {
  private LineLaunches() {}

  /**
   * {@return running results along a dimension}
   *
   * @param kind how values combine
   * @param input the tensor
   * @param dim the dimension, from 0
   * @param reversed whether to go from the last element to the first
   * @param dtype the dtype of the result, in which is combined
   */
  public static Tensor scan(ScanKind kind, Tensor input, int dim, boolean reversed, DType dtype) {
    OpenDevice device = Operands.device(input);
    Batching batch = Batching.of(input);
    TensorImpl result = batch.result(Layout.contiguous(input.shape()), dtype, device, false);
    if (!batch.isEmpty(input.shape())) {
      Operand source = batch.operand(input);
      int at = batch.depth() + dim;
      device.backend().scan(kind, source, at, reversed, batch.operand(result), null);
    }
    return result;
  }

  /**
   * {@return the int64 indices of the running extremes along a dimension}
   *
   * @param max whether the largest are sought
   * @param input the tensor
   * @param dim the dimension, from 0
   */
  public static Tensor argScan(boolean max, Tensor input, int dim) {
    OpenDevice device = Operands.device(input);
    Batching batch = Batching.of(input);
    Layout layout = Layout.contiguous(input.shape());
    TensorImpl values = batch.result(layout, input.dtype(), device, false);
    TensorImpl indices = batch.result(layout, DType.INT64, device, false);
    if (!batch.isEmpty(input.shape())) {
      ScanKind kind = max ? ScanKind.MAX : ScanKind.MIN;
      Operand source = batch.operand(input);
      Operand found = batch.operand(indices);
      int at = batch.depth() + dim;
      device.backend().scan(kind, source, at, false, batch.operand(values), found);
    }
    return indices;
  }

  /**
   * {@return the sorted values along a dimension, and the int64 indices that they had}
   *
   * @param input the tensor
   * @param dim the dimension, from 0
   * @param descending whether the largest comes first
   */
  public static Tensor[] sort(Tensor input, int dim, boolean descending) {
    OpenDevice device = Operands.device(input);
    Batching batch = Batching.of(input);
    Layout layout = Layout.contiguous(input.shape());
    TensorImpl values = batch.result(layout, input.dtype(), device, false);
    TensorImpl indices = batch.result(layout, DType.INT64, device, false);
    if (!batch.isEmpty(input.shape())) {
      Operand source = batch.operand(input);
      Operand found = batch.operand(indices);
      int at = batch.depth() + dim;
      device.backend().sort(source, at, descending, batch.operand(values), found);
    }
    return new Tensor[] {values, indices};
  }
}
