package fluxion.nn.data;

import fluxion.api.Device;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.List;

/**
 * Some examples of a data set, one behind the other.
 *
 * @param inputs the inputs, {@code [N, …]}
 * @param labels the labels, {@code [N, …]}
 */
public record Batch(Tensor inputs, Tensor labels) {

  /**
   * {@return examples as a batch}
   *
   * @param examples the examples, at least one
   * @throws ShapeException if the inputs or the labels differ in shape
   */
  public static Batch of(List<Example> examples) {
    return new Batch(
        Tensors.stack(0, examples.stream().map(Example::input).toArray(Tensor[]::new)),
        Tensors.stack(0, examples.stream().map(Example::label).toArray(Tensor[]::new)));
  }

  /** {@return the number of examples} */
  public long size() {
    return inputs.size(0);
  }

  /**
   * {@return this batch on a device}
   *
   * @param device the device
   */
  public Batch to(Device device) {
    return new Batch(inputs.to(device), labels.to(device));
  }
}
