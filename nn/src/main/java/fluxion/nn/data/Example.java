package fluxion.nn.data;

import fluxion.api.Tensor;
import fluxion.api.Tensors;

/**
 * One example of a data set.
 *
 * @param input what a model is shown
 * @param label what it is to say; of a class its number, int64 of shape {@code []}
 */
public record Example(Tensor input, Tensor label) {

  /**
   * {@return an example of a class}
   *
   * @param input what a model is shown
   * @param label the number of the class
   */
  public static Example of(Tensor input, long label) {
    return new Example(input, Tensors.tensor(label));
  }
}
