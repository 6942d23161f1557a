package fluxion.engine.dispatch;

import fluxion.api.ArgumentException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Layout;
import fluxion.engine.tape.TensorImpl;
import fluxion.engine.vmap.Batch;
import fluxion.engine.vmap.Batching;

/** Plain writes into tensors there are: like {@link Launches}, of which they are a part. */
public final class Writes {
  private Writes() {}

  /**
   * Copies values, cast to the target's dtype.
   *
   * @param source what is read; it is expanded to the target's shape
   * @param target what is written
   */
  public static void copy(Tensor source, Tensor target) {
    Batching batch = Batching.of(source, target);
    batch.checkCovers("copy_", TensorImpl.of(target));
    if (!batch.isEmpty(target.shape())) {
      Operands.device(target)
          .backend()
          .copy(batch.operand(source, target.shape()), batch.operand(target));
    }
  }

  /**
   * Sets every element.
   *
   * @param target what is written
   * @param value the value
   */
  public static void fill(Tensor target, Scalar value) {
    Batching batch = Batching.of(target);
    if (!batch.isEmpty(target.shape())) {
      Operands.device(target).backend().fill(batch.operand(target), value);
    }
  }

  /**
   * {@return the source of a copy, expanded to the target's shape}
   *
   * @param source what is to be read
   * @param target what is to be written
   */
  public static Tensor expandForCopy(Tensor source, TensorImpl target) {
    Shape shape = target.shape();
    Pointwise.checkBroadcastsInto(shape, Shape.broadcast(shape, source.shape()));
    return TensorImpl.of(source).alias(TensorImpl.of(source).layout().expand(shape));
  }

  /**
   * Copies values, where source and target may lie in the same memory.
   *
   * @param source what is read, of the target's shape
   * @param target what is written
   */
  public static void copyOverlapping(Tensor source, TensorImpl target) {
    TensorImpl from = TensorImpl.of(source);
    boolean shared = from.storage() == target.storage();
    if (shared && from.layout().equals(target.layout()) && from.batch() == target.batch()) {
      return;
    }
    copy(shared ? Launches.cast(source, source.dtype()) : source, target);
  }

  /**
   * Refuses to write to a tensor of which several elements share a place.
   *
   * @param target what is to be written
   */
  public static void checkWritable(TensorImpl target) {
    Batch batch = target.batch();
    Layout layout = batch == null ? target.layout() : batch.whole(target.layout());
    if (layout.overlapsItself()) {
      throw new ArgumentException(
          "unsupported operation: more than one element of the written-to tensor refers to a single"
              + " memory location. Please clone() the tensor before performing the operation.");
    }
  }
}
