package fluxion.examples.transcript;

import static fluxion.api.TensorOptions.withGrad;
import static fluxion.api.Tensors.ones;

import fluxion.nn.Linear;
import fluxion.nn.ReLU;
import fluxion.nn.Sequential;
import fluxion.nn.optim.SGD;
import java.util.List;

/** Layers and an optimiser. */
final class LayerRules {
  private LayerRules() {}

  static void add(Rules rules) {
    rules.rule(
        "a layer tells an input that does not fit", () -> new Linear(3, 2).forward(ones(2, 4)));
    rules.rule("a layer prints", () -> IO.println(new Linear(3, 2)));
    rules.leftOut("load_state_dict comes with checkpoints");
    rules.leftOut("load_state_dict comes with checkpoints");
    rules.rule(
        "a sequence of layers prints",
        () -> IO.println(new Sequential(new Linear(3, 2), new ReLU())));
    rules.rule(
        "a result is not optimised", () -> new SGD(List.of(ones(withGrad(), 2).mul(2)), 0.1));
    rules.rule("no parameters are not optimised", () -> new SGD(List.of(), 0.1));
    rules.rule("a learning rate is not negative", () -> new SGD(List.of(ones(withGrad(), 2)), -1));
  }
}
