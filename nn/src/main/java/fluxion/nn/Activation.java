package fluxion.nn;

import fluxion.api.Tensor;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A function of {@link Activations}, as a layer. It prints as PyTorch's module of its kind. */
public final class Activation extends Layer {
  private final String name;
  private final String arguments;
  private final UnaryOperator<Tensor> evaluated;
  private final UnaryOperator<Tensor> trained;

  Activation(String name, String arguments, UnaryOperator<Tensor> function) {
    this(name, arguments, function, function);
  }

  /** A function that is another one in training. */
  Activation(
      String name,
      String arguments,
      UnaryOperator<Tensor> evaluated,
      UnaryOperator<Tensor> trained) {
    this.name = name;
    this.arguments = arguments;
    this.evaluated = evaluated;
    this.trained = trained;
  }

  /** A function with a weight that is trained. */
  Activation(String name, String arguments, Tensor weight, BinaryOperator<Tensor> function) {
    this(name, arguments, input -> function.apply(input, weight));
    register("weight", weight);
  }

  @Override
  public Tensor forward(Tensor input) {
    return (isTraining() ? trained : evaluated).apply(input);
  }

  @Override
  protected String extraText() {
    return arguments;
  }

  @Override
  protected String typeName() {
    return name;
  }

  /** {@return the weight, if there is one} */
  public @Nullable Tensor weight() {
    return namedParameters().get("weight");
  }
}
