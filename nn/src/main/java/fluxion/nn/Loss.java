package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.Map;
import java.util.function.Function;

/** A loss of {@link Losses}, as a layer of several inputs. It prints as PyTorch's module. */
public final class Loss extends Layer {
  private final String name;
  private final int inputs;
  private final Function<Tensor[], Tensor> function;

  Loss(String name, int inputs, Map<String, Tensor> buffers, Function<Tensor[], Tensor> function) {
    this.name = name;
    this.inputs = inputs;
    this.function = function;
    buffers.forEach(this::registerBuffer);
  }

  /**
   * {@return the loss: one number, or, without a reduction, one for each example}
   *
   * @param given the prediction and the target, or what the loss takes
   * @throws ArgumentException if these are too many or too few
   */
  public Tensor forward(Tensor... given) {
    if (given.length != inputs) {
      throw new ArgumentException(
          name + ".forward() takes " + inputs + " tensors, but " + given.length + " were given");
    }
    return function.apply(given.clone());
  }

  /**
   * Refuses: a loss has several inputs.
   *
   * @throws ArgumentException always
   */
  @Override
  public Tensor forward(Tensor input) {
    return forward(new Tensor[] {input});
  }

  @Override
  protected String typeName() {
    return name;
  }
}
