package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Memory;
import fluxion.api.Tensor;
import fluxion.api.Tensors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * L-BFGS (Nocedal, Updating Quasi-Newton Matrices with Limited Storage; the form is that of
 * minFunc): each step makes several iterations, for which it evaluates the loss anew.
 *
 * {@snippet :
 * var optimizer = new LBFGS(model.parameters(), new LBFGSOptions().strongWolfe());
 * optimizer.step(
 *     () -> {
 *       optimizer.zeroGrad();
 *       Tensor loss = Functional.mseLoss(model.forward(x), y);
 *       loss.backward();
 *       return loss;
 *     });
 * }
 *
 * <p>It waits for losses and products of gradients, on which its course depends, and remembers two
 * vectors of the size of all parameters for each of up to {@code historySize} iterations. There is
 * one group of parameters, all of one dtype and on one device.
 */
public final class LBFGS extends Optimizer {
  private static final StateLayout STATE =
      new StateLayout(Set.of("func_evals", "n_iter"), Set.of(), Set.of());

  /** Below this curvature a step teaches nothing. */
  private static final double LEAST_CURVATURE = 1e-10;

  /**
   * Makes an optimiser with PyTorch's default options.
   *
   * @param parameters the parameters: leaves
   * @throws ArgumentException if there is no parameter, or one is no leaf
   */
  public LBFGS(Collection<Tensor> parameters) {
    this(parameters, new LBFGSOptions());
  }

  /**
   * Makes an optimiser.
   *
   * @param parameters the parameters: leaves
   * @param options learning rate, line search and so on
   * @throws ArgumentException if there is no parameter, one is no leaf, or an option will not do
   */
  public LBFGS(Collection<Tensor> parameters, LBFGSOptions options) {
    super(LBFGSOptions.class, new ParameterGroup(parameters, options.resolved()));
  }

  @Override
  void checkGroups(int count) {
    if (count > 1) {
      throw new ArgumentException("LBFGS doesn't support per-parameter options (parameter groups)");
    }
  }

  @Override
  protected StateLayout stateLayout() {
    return STATE;
  }

  /**
   * Not possible: the loss has to be evaluated.
   *
   * @throws ArgumentException always
   */
  @Override
  public void step() {
    throw new ArgumentException("step() missing 1 required positional argument: 'closure'");
  }

  @Override
  public Tensor step(Supplier<Tensor> closure) {
    try (var _ = Autograd.noGrad()) {
      return new Run(closure).run();
    }
  }

  @Override
  Map<String, Object> save(ParameterState remembered) {
    return LBFGSMemory.of(remembered).save();
  }

  @Override
  ParameterState load(Map<?, ?> saved, Tensor parameter, Consumer<String> problem) {
    long size = parameters().stream().mapToLong(Tensor::numel).sum();
    ParameterState state = new ParameterState();
    state.put(LBFGSMemory.KEY, LBFGSMemory.load(saved, size, parameter, problem));
    return state;
  }

  /** One step: several iterations. */
  private final class Run {
    final Supplier<Tensor> closure;
    final OptimizerOptions<?> options = groups().getFirst().options();
    final double lr = options.lr();
    final double flatEnough = options.number("tolerance_grad");
    final double leastChange = options.number("tolerance_change");
    final LBFGSMemory memory = LBFGSMemory.of(state(parameters().getFirst()));
    double loss;
    Tensor gradient;

    Run(Supplier<Tensor> closure) {
      this.closure = closure;
      this.gradient = Tensors.zeros(0);
    }

    /** Evaluates loss and gradient where the parameters are. */
    private Tensor look() {
      Tensor found = evaluate(closure);
      loss = found.item();
      gradient = flatGradient();
      return found;
    }

    Tensor run() {
      Tensor first = look();
      long evaluations = 1;
      memory.evaluations++;
      long most = (long) options.number("max_iter");
      long mostEvaluations = (long) options.number("max_eval");
      boolean searches = options.values().get("line_search_fn") != null;
      for (long i = 1; i <= most && !isFlat(); i++) {
        memory.iterations++;
        Tensor direction = direction();
        memory.gradient = Memory.unscoped(gradient);
        double before = loss;
        memory.loss = before;
        double slope = gradient.dot(direction).item();
        memory.length =
            memory.iterations == 1 ? Math.min(1, 1 / gradient.abs().sum().item()) * lr : lr;
        if (slope > -leastChange) {
          break;
        }
        long looks = 0;
        if (searches) {
          looks = search(direction, slope);
        } else {
          move(direction, memory.length);
          if (i != most) {
            // After the last iteration nobody would look at the loss.
            look();
            looks = 1;
          }
        }
        evaluations += looks;
        memory.evaluations += looks;
        double moved = direction.mul(memory.length).abs().max().item();
        if (evaluations >= mostEvaluations
            || moved <= leastChange
            || Math.abs(loss - before) < leastChange) {
          break;
        }
      }
      return first;
    }

    private boolean isFlat() {
      return gradient.abs().max().item() <= flatEnough;
    }

    /**
     * The direction of an iteration: minus the gradient, divided by the curvature as it is known.
     */
    private Tensor direction() {
      Tensor direction;
      if (memory.iterations == 1) {
        direction = gradient.neg();
        memory.forget();
      } else {
        memory.learn(gradient, LEAST_CURVATURE, (int) options.number("history_size"));
        direction = memory.divide(gradient.neg());
      }
      memory.direction = Memory.unscoped(direction);
      return direction;
    }

    private long search(Tensor direction, double slope) {
      List<Tensor> from = new ArrayList<>();
      parameters().forEach(parameter -> from.add(parameter.clone()));
      LineSearch search =
          new LineSearch(
              step -> {
                move(direction, step);
                look();
                for (int i = 0; i < from.size(); i++) {
                  parameters().get(i).copy_(from.get(i));
                }
                return new LineSearch.Point(step, loss, gradient, gradient.dot(direction).item());
              },
              new LineSearch.Point(0, loss, gradient, slope),
              direction.abs().max().item(),
              // PyTorch does not hand the option on.
              1e-9);
      LineSearch.Point found = search.search(memory.length);
      loss = found.loss();
      gradient = found.gradient();
      memory.length = found.step();
      move(direction, found.step());
      return search.evaluations();
    }
  }

  /** Adds a step in a direction to the parameters. */
  private void move(Tensor direction, double step) {
    long offset = 0;
    for (Tensor parameter : parameters()) {
      long size = parameter.numel();
      Tensor part = direction.narrow(0, offset, size).view(parameter.shape().toArray());
      parameter.add_(part, step);
      offset += size;
    }
  }

  /** The gradients of all parameters as one vector, zeros where there is none. */
  private Tensor flatGradient() {
    List<Tensor> parts = new ArrayList<>();
    for (Tensor parameter : parameters()) {
      Tensor own = parameter.grad();
      parts.add((own == null ? Tensors.zerosLike(parameter) : own.detach()).reshape(-1));
    }
    return Tensors.cat(0, parts.toArray(new Tensor[0]));
  }
}
