package fluxion.nn.data;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Examples that are the slices of two tensors along their first dimension. */
public final class TensorDataset implements Dataset {
  private final Tensor inputs;
  private final Tensor labels;
  private final int size;

  /**
   * Takes tensors without copying.
   *
   * @param inputs the inputs, {@code [N, …]}
   * @param labels the labels, {@code [N, …]}
   * @throws ShapeException if the first sizes differ, or a tensor has no dimension
   */
  public TensorDataset(Tensor inputs, Tensor labels) {
    if (inputs.dim() == 0 || labels.dim() == 0 || inputs.size(0) != labels.size(0)) {
      throw new ShapeException(
          "Size mismatch between tensors: inputs "
              + inputs.shape()
              + " and labels "
              + labels.shape()
              + " have no first size in common");
    }
    this.inputs = inputs.detach();
    this.labels = labels.detach();
    this.size = Math.toIntExact(inputs.size(0));
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Example get(int index) {
    Indices.check(index, size);
    return new Example(inputs.select(0, index), labels.select(0, index));
  }

  @Override
  public boolean isUniform() {
    return true;
  }

  @Override
  public Batch batch(int[] indices, RandomGenerator[] randoms) {
    for (int index : indices) {
      Indices.check(index, size);
    }
    return new Batch(pick(inputs, indices), pick(labels, indices));
  }

  private static Tensor pick(Tensor from, int[] indices) {
    Tensor index =
        Tensors.tensor(
            Arrays.stream(indices).asLongStream().toArray(),
            Shape.of(indices.length),
            TensorOptions.of(DType.INT64).device(from.device()));
    return from.indexSelect(0, index);
  }
}
