package fluxion.nn.optim;

import java.util.Collections;
import java.util.List;
import java.util.function.LongToDoubleFunction;

/**
 * Multiplies the learning rate that a group started from by a function of the epoch. The functions
 * are not saved.
 */
public final class LambdaLR extends EpochScheduler {
  private final List<LongToDoubleFunction> lambdas;

  /**
   * Makes a scheduler with one function for all groups.
   *
   * @param optimizer the optimiser
   * @param lrLambda the function
   */
  public LambdaLR(Optimizer optimizer, LongToDoubleFunction lrLambda) {
    this(optimizer, Collections.nCopies(optimizer.groups().size(), lrLambda));
  }

  /**
   * Makes a scheduler, and sets the rates of epoch 0.
   *
   * @param optimizer the optimiser
   * @param lrLambdas a function for each group
   * @throws fluxion.api.ArgumentException if they are not as many as the groups
   */
  public LambdaLR(Optimizer optimizer, List<? extends LongToDoubleFunction> lrLambdas) {
    super(optimizer);
    requireEach("lr_lambdas", lrLambdas.size());
    lambdas = List.copyOf(lrLambdas);
    begin();
  }

  @Override
  double rate(int group, double lr, double base) {
    return base * lambdas.get(group).applyAsDouble(lastEpoch());
  }
}
