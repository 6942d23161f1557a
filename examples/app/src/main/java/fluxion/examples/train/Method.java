package fluxion.examples.train;

import fluxion.api.Tensor;
import fluxion.examples.cli.UsageException;
import fluxion.nn.optim.Adam;
import fluxion.nn.optim.AdamOptions;
import fluxion.nn.optim.AdamW;
import fluxion.nn.optim.AdamWOptions;
import fluxion.nn.optim.Optimizer;
import fluxion.nn.optim.SGD;
import fluxion.nn.optim.SGDOptions;
import java.util.Arrays;
import java.util.Collection;
import java.util.Locale;
import java.util.stream.Collectors;

/** The optimisers that {@code --optimizer} names. */
enum Method {
  /** Stochastic gradient descent with momentum. */
  SGD(0.05) {
    @Override
    Optimizer optimizer(Collection<Tensor> parameters, double learningRate) {
      return new SGD(parameters, new SGDOptions(learningRate).momentum(MOMENTUM));
    }
  },

  /** Adam. */
  ADAM(0.002) {
    @Override
    Optimizer optimizer(Collection<Tensor> parameters, double learningRate) {
      return new Adam(parameters, new AdamOptions().lr(learningRate));
    }
  },

  /** Adam with decoupled weight decay. */
  ADAMW(0.002) {
    @Override
    Optimizer optimizer(Collection<Tensor> parameters, double learningRate) {
      return new AdamW(parameters, new AdamWOptions().lr(learningRate));
    }
  };

  private static final double MOMENTUM = 0.9;

  private final double learningRate;

  Method(double learningRate) {
    this.learningRate = learningRate;
  }

  /** {@return the largest learning rate, if nothing is said} */
  double learningRate() {
    return learningRate;
  }

  /**
   * {@return an optimiser}
   *
   * @param parameters what it changes
   * @param learningRate the learning rate
   */
  abstract Optimizer optimizer(Collection<Tensor> parameters, double learningRate);

  /** {@return the name on the command line} */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** {@return the names on the command line} */
  static String names() {
    return Arrays.stream(values()).map(Method::toString).collect(Collectors.joining("|"));
  }

  /**
   * {@return the optimiser of a name}
   *
   * @param name the name on the command line
   * @throws UsageException if there is none
   */
  static Method of(String name) {
    return Arrays.stream(values())
        .filter(method -> method.toString().equals(name))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("--optimizer expects " + names() + ", not '" + name + "'"));
  }
}
