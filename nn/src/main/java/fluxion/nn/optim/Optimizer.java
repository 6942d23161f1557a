package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import fluxion.api.Autograd;
import fluxion.api.Tensor;
import fluxion.nn.Gradients;
import fluxion.nn.Stateful;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Changes parameters by their gradients. Not thread-safe. */
public abstract class Optimizer implements Stateful {
  private final Class<? extends OptimizerOptions<?>> optionsType;
  private final List<ParameterGroup> groups = new ArrayList<>();
  private final IdentityHashMap<Tensor, ParameterState> state = new IdentityHashMap<>();

  /**
   * Makes an optimiser.
   *
   * @param optionsType the class of its options
   * @param groups what it changes
   * @throws ArgumentException if there is no parameter, one is there twice, or a group has options
   *     of another class
   */
  protected Optimizer(Class<? extends OptimizerOptions<?>> optionsType, ParameterGroup... groups) {
    this.optionsType = optionsType;
    if (Arrays.stream(groups).allMatch(group -> group.parameters().isEmpty())) {
      throw new ArgumentException("optimizer got an empty parameter list");
    }
    for (ParameterGroup group : groups) {
      add(group);
    }
  }

  private void add(ParameterGroup group) {
    if (group.options().getClass() != optionsType) {
      throw new ArgumentException(
          getClass().getSimpleName()
              + " takes "
              + optionsType.getSimpleName()
              + ", not "
              + group.options().getClass().getSimpleName());
    }
    Set<Tensor> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    seen.addAll(parameters());
    Set<Tensor> own = Collections.newSetFromMap(new IdentityHashMap<>());
    for (Tensor parameter : group.parameters()) {
      if (seen.contains(parameter)) {
        throw new ArgumentException("some parameters appear in more than one parameter group");
      }
      if (!own.add(parameter)) {
        throw new ArgumentException(
            "optimizer contains a parameter group with duplicate parameters");
      }
    }
    groups.add(group);
  }

  /** Refuses more groups than the optimiser takes. */
  void checkGroups(int count) {}

  /**
   * Adds parameters, such as those of a layer that was frozen so far.
   *
   * @param group the parameters and their options
   * @throws ArgumentException if a parameter is there already, or the options are of another class
   */
  public final void addGroup(ParameterGroup group) {
    checkGroups(groups.size() + 1);
    add(group);
  }

  /**
   * Changes every parameter that has a gradient, in place.
   *
   * @throws ArgumentException if the optimiser has to evaluate the loss: see {@link
   *     #step(Supplier)}
   */
  public abstract void step();

  /**
   * Evaluates the loss, then changes every parameter that has a gradient, in place.
   *
   * @param closure sets the gradients to zero, computes the loss, runs its backward pass and gives
   *     it; gradients are recorded meanwhile
   * @return the loss before the step
   */
  public Tensor step(Supplier<Tensor> closure) {
    Tensor loss = evaluate(closure);
    step();
    return loss;
  }

  static Tensor evaluate(Supplier<Tensor> closure) {
    try (var _ = Autograd.enableGrad()) {
      return closure.get();
    }
  }

  /** {@return the groups, which can be changed} */
  public final List<ParameterGroup> groups() {
    return Collections.unmodifiableList(groups);
  }

  /** {@return all parameters, group by group} */
  public final List<Tensor> parameters() {
    return groups.stream().flatMap(group -> group.parameters().stream()).toList();
  }

  /** {@return the learning rate of the first group} */
  public final double lr() {
    return groups.getFirst().lr();
  }

  /**
   * Changes the learning rate of all groups from the next step on.
   *
   * @param lr the learning rate
   * @throws ArgumentException if it is negative
   */
  public final void setLr(Number lr) {
    groups.forEach(group -> group.setLr(lr));
  }

  /** Sets the gradients that there are to zero. A parameter without a gradient stays without. */
  public final void zeroGrad() {
    zeroGrad(false);
  }

  /**
   * Clears the gradients.
   *
   * @param setToNull whether they are taken away, which saves memory and a pass, instead of being
   *     set to zero
   */
  public final void zeroGrad(boolean setToNull) {
    if (setToNull) {
      for (ParameterGroup group : groups) {
        for (Tensor parameter : group.parameters()) {
          parameter.setGrad(null);
        }
      }
    } else {
      Gradients.zero(parameters());
    }
  }

  // ---- what is remembered

  /** {@return what the optimiser remembers of each parameter} */
  protected abstract StateLayout stateLayout();

  /**
   * {@return what is remembered of a parameter; empty at first}
   *
   * @param parameter the parameter
   */
  protected final ParameterState state(Tensor parameter) {
    return state.computeIfAbsent(parameter, _ -> new ParameterState());
  }

  /**
   * {@return what the optimiser remembers and its options, as PyTorch's state dict has them}
   *
   * <p>{@code state} has, by the number of a parameter, its tensors and numbers; {@code
   * param_groups} has for each group the options and, as {@code params}, the numbers of its
   * parameters. The tensors are the optimiser's own and change with the next step: clone them to
   * keep them.
   */
  @Override
  public final Map<String, Object> stateDict() {
    return OptimizerDict.save(this);
  }

  /**
   * Goes on from saved state: copies it, to the parameters' dtypes and devices, and takes the
   * options over.
   *
   * @param dict what {@link #stateDict()} gave, or PyTorch saved
   * @throws ArgumentException if it does not fit these parameters: the message lists everything
   *     that is wrong, and nothing is changed
   */
  public final void loadStateDict(Map<?, ?> dict) {
    prepareLoad(dict).run();
  }

  @Override
  public final Runnable prepareLoad(Map<?, ?> dict) {
    return OptimizerDict.prepare(this, dict);
  }

  /** What is remembered of a parameter, or null. */
  @Nullable ParameterState stateOrNull(Tensor parameter) {
    return state.get(parameter);
  }

  void replaceState(IdentityHashMap<Tensor, ParameterState> loaded) {
    state.clear();
    state.putAll(loaded);
  }

  /** What is remembered of a parameter, as it is saved. */
  Map<String, Object> save(ParameterState remembered) {
    return OptimizerDict.saved(remembered);
  }

  /** What was saved of a parameter. */
  ParameterState load(Map<?, ?> saved, Tensor parameter, Consumer<String> problem) {
    return OptimizerDict.loaded(stateLayout(), saved, parameter, problem);
  }

  /** {@return the name and the options as PyTorch prints an optimiser} */
  @Override
  public final String toString() {
    StringBuilder text = new StringBuilder(getClass().getSimpleName()).append(" (");
    for (int i = 0; i < groups.size(); i++) {
      text.append("\nParameter Group ").append(i).append('\n');
      groups
          .get(i)
          .values()
          .forEach(
              (name, value) ->
                  text.append("    ")
                      .append(name)
                      .append(": ")
                      .append(Values.text(value))
                      .append('\n'));
    }
    return text.append(')').toString();
  }
}
