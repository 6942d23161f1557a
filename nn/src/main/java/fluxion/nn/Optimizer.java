package fluxion.nn;

import fluxion.api.ArgumentException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;

/** Changes parameters by their gradients. Not thread-safe. */
public abstract class Optimizer {
  private final List<Tensor> parameters;

  /**
   * Makes an optimiser.
   *
   * @param parameters what it changes: leaves
   * @throws ArgumentException if there is no parameter, or one is no leaf
   */
  protected Optimizer(Collection<Tensor> parameters) {
    this.parameters = List.copyOf(parameters);
    if (this.parameters.isEmpty()) {
      throw new ArgumentException("optimizer got an empty parameter list");
    }
    for (Tensor parameter : this.parameters) {
      if (!parameter.isLeaf()) {
        throw new ArgumentException("can't optimize a non-leaf Tensor");
      }
    }
  }

  /** Changes every parameter that has a gradient, in place. */
  public abstract void step();

  /** {@return the parameters} */
  public final List<Tensor> parameters() {
    return parameters;
  }

  /** Sets the gradients that there are to zero. A parameter without a gradient stays without. */
  public final void zeroGrad() {
    Gradients.zero(parameters);
  }

  /** {@return the options by PyTorch's names} */
  protected abstract SortedMap<String, Scalar> options();

  /** {@return the name and the options as PyTorch prints an optimiser} */
  @Override
  public final String toString() {
    StringBuilder text =
        new StringBuilder(getClass().getSimpleName()).append(" (\nParameter Group 0\n");
    options()
        .forEach(
            (name, value) ->
                text.append("    ").append(name).append(": ").append(value).append('\n'));
    return text.append(')').toString();
  }
}
