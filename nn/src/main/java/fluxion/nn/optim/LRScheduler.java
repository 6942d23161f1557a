package fluxion.nn.optim;

/** A scheduler that goes by the number of its steps alone: one an epoch, or one a batch. */
public abstract class LRScheduler extends Scheduler {
  static final String INITIAL_LR = "initial_lr";

  LRScheduler(Optimizer optimizer) {
    super(optimizer);
  }

  /** Sets the learning rates of the next epoch or batch; comes after the optimiser's steps. */
  public abstract void step();

  /** Gives the groups the rates that they started from. */
  final void resetRates() {
    for (ParameterGroup group : groups()) {
      group.put("lr", group.number(INITIAL_LR));
    }
  }

  /** Starts anew; the groups have the rates that they started from. */
  abstract void rewind();

  /** Goes to an epoch, whatever was before. */
  abstract void jump(long epoch);
}
