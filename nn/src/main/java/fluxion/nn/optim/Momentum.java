package fluxion.nn.optim;

import fluxion.api.ArgumentException;
import java.util.List;

/** The momentum of a group, or what Adam and its kin have for it: the first of the betas. */
final class Momentum {
  private static final String MOMENTUM = "momentum";
  private static final String BETAS = "betas";

  private Momentum() {}

  /** Refuses an optimiser that has neither. */
  static void require(Optimizer optimizer) {
    ParameterGroup group = optimizer.groups().getFirst();
    if (!group.hasOption(MOMENTUM) && !group.hasOption(BETAS)) {
      throw new ArgumentException(
          "optimizer must support momentum or beta1 with `cycle_momentum` option enabled");
    }
  }

  static void set(ParameterGroup group, double momentum) {
    if (group.hasOption(BETAS)) {
      group.put(BETAS, List.of(momentum, group.options().number(BETAS, 1)));
    } else {
      group.put(MOMENTUM, momentum);
    }
  }
}
