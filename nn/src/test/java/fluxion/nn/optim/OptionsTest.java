package fluxion.nn.optim;

import static fluxion.api.Tensors.ones;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

/** Options, groups and what is refused, with PyTorch's messages. */
final class OptionsTest {
  private static Tensor leaf() {
    return ones(2).requiresGrad_();
  }

  private static final Collection<Tensor> LEAF = List.of(leaf());

  private static void assertRefused(String message, Executable making) {
    assertEquals(message, assertThrows(ArgumentException.class, making).getMessage());
  }

  @Test
  void a_negative_learning_rate_is_refused_by_all() {
    for (String name : Runs.optimizers()) {
      OptimizerOptions<?> options = Runs.options(name, Runs.noSettings()).lr(-1.0);
      assertRefused("Invalid learning rate: -1.0", () -> new ParameterGroup(LEAF, options));
    }
    assertRefused("Invalid learning rate: -1", () -> new LBFGS(LEAF, new LBFGSOptions().lr(-1)));
  }

  @Test
  void options_of_running_means_are_checked() {
    assertRefused("Invalid epsilon value: -1.0", () -> new Adam(LEAF, new AdamOptions().eps(-1.0)));
    assertRefused(
        "Invalid beta parameter at index 0: 1.0",
        () -> new AdamW(LEAF, new AdamWOptions().betas(1, 0.9)));
    assertRefused(
        "Invalid beta parameter at index 1: -0.1",
        () -> new Adamax(LEAF, new AdamaxOptions().betas(0.9, -0.1)));
    assertRefused(
        "Invalid beta parameter at index 0: nan",
        () -> new Adam(LEAF, new AdamOptions().betas(Double.NaN, 0.9)));
    assertRefused(
        "Invalid weight_decay value: -0.5",
        () -> new RAdam(LEAF, new RAdamOptions().weightDecay(-0.5)));
    assertRefused(
        "Invalid momentum_decay value: -0.5",
        () -> new NAdam(LEAF, new NAdamOptions().momentumDecay(-0.5)));
  }

  @Test
  void options_of_scaled_steps_are_checked() {
    RMSpropOptions rmsprop = new RMSpropOptions();
    assertRefused("Invalid epsilon value: -1", () -> new RMSprop(LEAF, rmsprop.eps(-1)));
    assertRefused("Invalid momentum value: -1", () -> new RMSprop(LEAF, rmsprop.momentum(-1)));
    assertRefused(
        "Invalid weight_decay value: -1", () -> new RMSprop(LEAF, rmsprop.weightDecay(-1)));
    assertRefused("Invalid alpha value: -1", () -> new RMSprop(LEAF, rmsprop.alpha(-1)));
    AdagradOptions adagrad = new AdagradOptions();
    assertRefused("Invalid lr_decay value: -1", () -> new Adagrad(LEAF, adagrad.lrDecay(-1)));
    assertRefused(
        "Invalid weight_decay value: -1", () -> new Adagrad(LEAF, adagrad.weightDecay(-1)));
    assertRefused(
        "Invalid initial_accumulator_value value: -1",
        () -> new Adagrad(LEAF, adagrad.initialAccumulatorValue(-1)));
    assertRefused("Invalid epsilon value: -1", () -> new Adagrad(LEAF, adagrad.eps(-1)));
    AdadeltaOptions adadelta = new AdadeltaOptions();
    assertRefused("Invalid rho value: 1.5", () -> new Adadelta(LEAF, adadelta.rho(1.5)));
    assertRefused("Invalid epsilon value: -1", () -> new Adadelta(LEAF, adadelta.eps(-1)));
    assertRefused(
        "Invalid weight_decay value: -1", () -> new Adadelta(LEAF, adadelta.weightDecay(-1)));
    assertRefused(
        "Invalid weight_decay value: -1", () -> new ASGD(LEAF, new ASGDOptions().weightDecay(-1)));
    assertRefused(
        "Invalid eta values: 1.0, 1.2", () -> new Rprop(LEAF, new RpropOptions().etas(1, 1.2)));
    assertRefused(
        "only 'strong_wolfe' is supported",
        () -> new LBFGS(LEAF, new LBFGSOptions().lineSearchFn("armijo")));
  }

  @Test
  void options_are_values() {
    AdamOptions options = new AdamOptions().lr(0.5).betas(0.8, 0.9).amsgrad(true);
    assertEquals(new AdamOptions().amsgrad(true).betas(0.8, 0.9).lr(0.5), options);
    assertNotEquals(options, options.maximize(true));
    assertEquals(0.5, options.lr());
    assertEquals(0.9, options.number("betas", 1));
    assertEquals(
        "AdamOptions(amsgrad=True, betas=(0.8, 0.9), eps=1e-08, lr=0.5, maximize=False,"
            + " weight_decay=0)",
        options.toString());
    assertRefused("expected a number, found None", () -> options.number("momentum"));
    assertRefused("the options have no etas[0]", () -> options.number("etas", 0));
  }

  @Test
  void groups_print_one_after_another() {
    AdamaxOptions options = new AdamaxOptions();
    Adamax optimizer =
        new Adamax(
            new ParameterGroup(LEAF, options),
            new ParameterGroup(List.of(leaf()), options.lr(1).weightDecay(0.5)));
    new ExponentialLR(optimizer, 0.5);
    assertEquals(
        """
        Adamax (
        Parameter Group 0
            betas: (0.9, 0.999)
            eps: 1e-08
            initial_lr: 0.002
            lr: 0.002
            maximize: False
            weight_decay: 0

        Parameter Group 1
            betas: (0.9, 0.999)
            eps: 1e-08
            initial_lr: 1.0
            lr: 1.0
            maximize: False
            weight_decay: 0.5
        )\
        """,
        optimizer.toString());
  }

  @Test
  void a_parameter_is_there_once() {
    Tensor p = leaf();
    SGDOptions options = new SGDOptions(0.1);
    assertRefused(
        "some parameters appear in more than one parameter group",
        () ->
            new SGD(
                new ParameterGroup(List.of(p), options), new ParameterGroup(List.of(p), options)));
    assertRefused(
        "optimizer contains a parameter group with duplicate parameters",
        () -> new SGD(List.of(p, p), options));
    SGD optimizer = new SGD(List.of(p), options);
    assertRefused(
        "some parameters appear in more than one parameter group",
        () -> optimizer.addGroup(new ParameterGroup(List.of(p), options)));
    assertEquals(1, optimizer.groups().size());
    Tensor later = leaf();
    optimizer.addGroup(new ParameterGroup(List.of(later), options.lr(0.5)));
    assertSame(later, optimizer.parameters().get(1));
  }

  @Test
  void an_optimizer_takes_its_own_options() {
    ParameterGroup group = new ParameterGroup(LEAF, new SGDOptions(0.1));
    assertRefused("Adam takes AdamOptions, not SGDOptions", () -> new Adam(group));
    assertRefused(
        "expected SGDOptions, found AdamOptions", () -> group.setOptions(new AdamOptions()));
    assertRefused("optimizer got an empty parameter list", () -> new Adam());
    assertRefused("optimizer got an empty parameter list", () -> new Adam(new ArrayList<>()));
    assertRefused(
        "LBFGS doesn't support per-parameter options (parameter groups)",
        () -> new LBFGS(LEAF).addGroup(new ParameterGroup(List.of(leaf()), new LBFGSOptions())));
  }

  @Test
  void gradients_are_taken_away_on_demand() {
    Tensor p = leaf();
    Adam optimizer = new Adam(List.of(p));
    p.sum().backward();
    optimizer.zeroGrad(true);
    assertEquals(null, p.grad());
  }

  @Test
  void a_closure_is_evaluated_with_recording_on() {
    Tensor p = leaf();
    SGD optimizer = new SGD(List.of(p), 0.5);
    try (var _ = fluxion.api.Autograd.noGrad()) {
      Tensor loss =
          optimizer.step(
              () -> {
                optimizer.zeroGrad();
                Tensor sum = p.sum();
                sum.backward();
                return sum;
              });
      assertEquals(2, loss.item());
    }
    assertEquals("tensor([0.5000, 0.5000], requires_grad=True)", p.toString());
  }
}
