package fluxion.ops.nn.internal;

import static fluxion.ops.nn.internal.StepKernels.FIRST_OWN;

import fluxion.api.ArgumentException;
import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.ops.nn.OptimizerCall;
import fluxion.ops.nn.internal.StepKernels.Common;
import fluxion.ops.nn.internal.StepKernels.State;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps along the gradient, scaled an element by what earlier gradients were, or averaged: RMSprop,
 * Adagrad, Adadelta, ASGD and Rprop, with PyTorch's order of operations.
 */
final class ScaledSteps {
  private static final int MOMENTUM = FIRST_OWN;
  private static final int CENTERED = 2 * FIRST_OWN;
  private static final int AVERAGING = FIRST_OWN;

  private static final StepKernels RMSPROP =
      new StepKernels("rmsprop_step_", 5, ScaledSteps::rmsprop);
  private static final StepKernels ADAGRAD =
      new StepKernels("adagrad_step_", 2, ScaledSteps::adagrad);
  private static final StepKernels ADADELTA =
      new StepKernels("adadelta_step_", 4, ScaledSteps::adadelta);
  private static final StepKernels ASGD = new StepKernels("asgd_step_", 3, ScaledSteps::asgd);
  private static final StepKernels RPROP = new StepKernels("rprop_step_", 4, ScaledSteps::rprop);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("rmsprop_step_")) {
        t.add(
            Operator.named("rmsprop_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor square_avg, Tensor? momentum_buffer,"
                        + " Tensor? grad_avg, float lr, *, float alpha=0.99, float eps=1e-08,"
                        + " float weight_decay=0.0, float momentum=0.0, bool maximize=False)",
                    OptimizerCall.RMSprop.class,
                    ScaledSteps::rmspropStep)
                .notDifferentiable());
      }
      if (t.has("adagrad_step_")) {
        t.add(
            Operator.named("adagrad_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor state_sum, float lr, int step, *,"
                        + " float lr_decay=0.0, float weight_decay=0.0, float eps=1e-10,"
                        + " bool maximize=False)",
                    OptimizerCall.Adagrad.class,
                    ScaledSteps::adagradStep)
                .notDifferentiable());
      }
      if (t.has("adadelta_step_")) {
        t.add(
            Operator.named("adadelta_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor square_avg, Tensor acc_delta, float lr, *,"
                        + " float rho=0.9, float eps=1e-06, float weight_decay=0.0,"
                        + " bool maximize=False)",
                    OptimizerCall.Adadelta.class,
                    ScaledSteps::adadeltaStep)
                .notDifferentiable());
      }
      if (t.has("asgd_step_")) {
        t.add(
            Operator.named("asgd_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor ax, float eta, float mu, *,"
                        + " float lambd=0.0001, float weight_decay=0.0, bool maximize=False)",
                    OptimizerCall.Asgd.class,
                    ScaledSteps::asgdStep)
                .notDifferentiable());
      }
      if (t.has("rprop_step_")) {
        t.add(
            Operator.named("rprop_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor prev, Tensor step_size, *,"
                        + " float etaminus=0.5, float etaplus=1.2, float step_size_min=1e-06,"
                        + " float step_size_max=50.0, bool maximize=False)",
                    OptimizerCall.Rprop.class,
                    ScaledSteps::rpropStep)
                .notDifferentiable());
      }
    }
  }

  private ScaledSteps() {}

  // s: alpha, 1 - alpha, eps, lr, momentum; the state's order is v, b, a
  private static List<Expr> rmsprop(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    List<Expr> results = new ArrayList<>();
    Expr v = state[0].mul(s[0]).add(s[1].mul(g).mul(g));
    boolean momentum = (variant & MOMENTUM) != 0;
    Expr spread = v;
    Expr a = null;
    if ((variant & CENTERED) != 0) {
      a = state[momentum ? 2 : 1].mul(s[0]).add(g.mul(s[1]));
      spread = v.sub(a.mul(a));
    }
    Expr denominator = spread.sqrt().add(s[2]);
    results.add(v);
    if (momentum) {
      Expr b = state[1].mul(s[4]).add(g.div(denominator));
      results.add(b);
      results.addFirst(p.sub(b.mul(s[3])));
    } else {
      results.addFirst(p.sub(s[3].mul(g).div(denominator)));
    }
    if (a != null) {
      results.add(a);
    }
    return results;
  }

  private static Tensor rmspropStep(
      Tensor self,
      Tensor grad,
      Tensor squareAvg,
      @Nullable Tensor momentumBuffer,
      @Nullable Tensor gradAvg,
      double lr,
      double alpha,
      double eps,
      double weightDecay,
      double momentum,
      boolean maximize) {
    List<State> state = new ArrayList<>();
    state.add(new State("square_avg", squareAvg));
    int variant = 0;
    if (momentumBuffer != null) {
      variant |= MOMENTUM;
      state.add(new State("momentum_buffer", momentumBuffer));
    } else if (momentum != 0) {
      throw new ArgumentException("rmsprop_step_: momentum needs a momentum buffer");
    }
    if (gradAvg != null) {
      variant |= CENTERED;
      state.add(new State("grad_avg", gradAvg));
    }
    return RMSPROP.step(
        variant,
        self,
        grad,
        state,
        Common.of(maximize, weightDecay),
        alpha,
        1 - alpha,
        eps,
        lr,
        momentum);
  }

  // s: the learning rate as it has fallen, eps
  private static List<Expr> adagrad(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr sum = state[0].add(g.mul(g));
    return List.of(p.sub(s[0].mul(g).div(sum.sqrt().add(s[1]))), sum);
  }

  private static Tensor adagradStep(
      Tensor self,
      Tensor grad,
      Tensor stateSum,
      double lr,
      long step,
      double lrDecay,
      double weightDecay,
      double eps,
      boolean maximize) {
    return ADAGRAD.step(
        0,
        self,
        grad,
        List.of(new State("state_sum", stateSum)),
        Common.of(maximize, weightDecay),
        lr / (1 + (step - 1) * lrDecay),
        eps);
  }

  // s: rho, 1 - rho, eps, lr
  private static List<Expr> adadelta(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr v = state[0].mul(s[0]).add(s[1].mul(g).mul(g));
    Expr delta = state[1].add(s[2]).sqrt().div(v.add(s[2]).sqrt()).mul(g);
    Expr u = state[1].mul(s[0]).add(s[1].mul(delta).mul(delta));
    return List.of(p.sub(delta.mul(s[3])), v, u);
  }

  private static Tensor adadeltaStep(
      Tensor self,
      Tensor grad,
      Tensor squareAvg,
      Tensor accDelta,
      double lr,
      double rho,
      double eps,
      double weightDecay,
      boolean maximize) {
    return ADADELTA.step(
        0,
        self,
        grad,
        List.of(new State("square_avg", squareAvg), new State("acc_delta", accDelta)),
        Common.of(maximize, weightDecay),
        rho,
        1 - rho,
        eps,
        lr);
  }

  // s: 1 - lambd · eta, eta, mu
  private static List<Expr> asgd(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr moved = p.mul(s[0]).sub(g.mul(s[1]));
    Expr ax = state[0];
    return List.of(moved, (variant & AVERAGING) == 0 ? moved : ax.add(moved.sub(ax).mul(s[2])));
  }

  private static Tensor asgdStep(
      Tensor self,
      Tensor grad,
      Tensor ax,
      double eta,
      double mu,
      double lambd,
      double weightDecay,
      boolean maximize) {
    return ASGD.step(
        mu == 1 ? 0 : AVERAGING,
        self,
        grad,
        List.of(new State("ax", ax)),
        Common.of(maximize, weightDecay),
        1 - lambd * eta,
        eta,
        mu);
  }

  // s: etaminus, etaplus, the least and the largest step
  private static List<Expr> rprop(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr agreement = g.mul(state[0]);
    Expr turned = agreement.lt(0.0);
    Expr one = Expr.literal(p.type(), 1.0);
    Expr factor = Expr.select(agreement.gt(0.0), s[1], Expr.select(turned, s[0], one));
    Expr size = state[1].mul(factor).max(s[2]).min(s[3]);
    Expr followed = Expr.select(turned, Expr.literal(p.type(), 0.0), g);
    return List.of(p.sub(followed.sign().mul(size)), followed, size);
  }

  private static Tensor rpropStep(
      Tensor self,
      Tensor grad,
      Tensor prev,
      Tensor stepSize,
      double etaminus,
      double etaplus,
      double stepSizeMin,
      double stepSizeMax,
      boolean maximize) {
    return RPROP.step(
        0,
        self,
        grad,
        List.of(new State("prev", prev), new State("step_size", stepSize)),
        Common.of(maximize, 0),
        etaminus,
        etaplus,
        stepSizeMin,
        stepSizeMax);
  }
}
