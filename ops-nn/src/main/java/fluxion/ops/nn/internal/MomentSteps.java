package fluxion.ops.nn.internal;

import static fluxion.ops.nn.internal.StepKernels.FIRST_OWN;

import fluxion.api.Tensor;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Operator;
import fluxion.ops.nn.OptimizerCall;
import fluxion.ops.nn.internal.StepKernels.Common;
import fluxion.ops.nn.internal.StepKernels.State;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Steps along a running mean of gradients, divided by their running size: Adam, AdamW, Adamax,
 * NAdam and RAdam, with PyTorch's order of operations.
 */
final class MomentSteps {
  private static final int AMSGRAD = FIRST_OWN;
  private static final int RECTIFIED = FIRST_OWN;

  /** From this length of the average on its variance is bounded. */
  private static final double LEAST_LENGTH = 5;

  private static final StepKernels ADAM = new StepKernels("adam_step_", 7, MomentSteps::adam);
  private static final StepKernels ADAMAX = new StepKernels("adamax_step_", 5, MomentSteps::adamax);
  private static final StepKernels NADAM = new StepKernels("nadam_step_", 8, MomentSteps::nadam);
  private static final StepKernels RADAM = new StepKernels("radam_step_", 9, MomentSteps::radam);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("adam_step_")) {
        t.add(
            Operator.named("adam_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor exp_avg, Tensor exp_avg_sq,"
                        + " Tensor? max_exp_avg_sq, float lr, int step, *, float beta1=0.9,"
                        + " float beta2=0.999, float eps=1e-08, float weight_decay=0.0,"
                        + " bool decoupled_weight_decay=False, bool maximize=False)",
                    OptimizerCall.Adam.class,
                    MomentSteps::adamStep)
                .notDifferentiable());
      }
      if (t.has("adamax_step_")) {
        t.add(
            Operator.named("adamax_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor exp_avg, Tensor exp_inf, float lr, int step,"
                        + " *, float beta1=0.9, float beta2=0.999, float eps=1e-08,"
                        + " float weight_decay=0.0, bool maximize=False)",
                    OptimizerCall.Adamax.class,
                    MomentSteps::adamaxStep)
                .notDifferentiable());
      }
      if (t.has("nadam_step_")) {
        t.add(
            Operator.named("nadam_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor exp_avg, Tensor exp_avg_sq, float lr,"
                        + " int step, float mu, float mu_next, float mu_product,"
                        + " float mu_product_next, *, float beta1=0.9, float beta2=0.999,"
                        + " float eps=1e-08, float weight_decay=0.0,"
                        + " bool decoupled_weight_decay=False, bool maximize=False)",
                    OptimizerCall.NAdam.class,
                    MomentSteps::nadamStep)
                .notDifferentiable());
      }
      if (t.has("radam_step_")) {
        t.add(
            Operator.named("radam_step_")
                .overload(
                    "(Tensor self, Tensor grad, Tensor exp_avg, Tensor exp_avg_sq, float lr,"
                        + " int step, *, float beta1=0.9, float beta2=0.999, float eps=1e-08,"
                        + " float weight_decay=0.0, bool decoupled_weight_decay=False,"
                        + " bool maximize=False)",
                    OptimizerCall.RAdam.class,
                    MomentSteps::radamStep)
                .notDifferentiable());
      }
    }
  }

  private MomentSteps() {}

  /** What a running average becomes; {@code rest} is 1 − kept. */
  private static Expr average(Expr before, Expr kept, Expr value, Expr rest) {
    return before.mul(kept).add(value.mul(rest));
  }

  /** What a running average of squares becomes; {@code rest} is 1 − kept. */
  private static Expr squares(Expr before, Expr kept, Expr value, Expr rest) {
    return before.mul(kept).add(rest.mul(value).mul(value));
  }

  // s: beta1, 1 - beta1, beta2, 1 - beta2, lr / correction of m, root of the correction of v, eps
  private static List<Expr> adam(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr m = average(state[0], s[0], g, s[1]);
    Expr v = squares(state[1], s[2], g, s[3]);
    boolean amsgrad = (variant & AMSGRAD) != 0;
    Expr largest = amsgrad ? state[2].max(v) : v;
    Expr denominator = largest.sqrt().div(s[5]).add(s[6]);
    Expr moved = p.sub(s[4].mul(m).div(denominator));
    return amsgrad ? List.of(moved, m, v, largest) : List.of(moved, m, v);
  }

  private static Tensor adamStep(
      Tensor self,
      Tensor grad,
      Tensor expAvg,
      Tensor expAvgSq,
      @Nullable Tensor maxExpAvgSq,
      double lr,
      long step,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupledWeightDecay,
      boolean maximize) {
    State m = new State("exp_avg", expAvg);
    State v = new State("exp_avg_sq", expAvgSq);
    return ADAM.step(
        maxExpAvgSq == null ? 0 : AMSGRAD,
        self,
        grad,
        maxExpAvgSq == null
            ? List.of(m, v)
            : List.of(m, v, new State("max_exp_avg_sq", maxExpAvgSq)),
        new Common(maximize, weightDecay, decoupledWeightDecay, lr),
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        lr / correction(beta1, step),
        Math.sqrt(correction(beta2, step)),
        eps);
  }

  /** By how much an average that started from 0 is too small: 1 − beta^step. */
  private static double correction(double beta, long step) {
    return 1 - StrictMath.pow(beta, (double) step);
  }

  // s: beta1, 1 - beta1, beta2, eps, lr / correction of m
  private static List<Expr> adamax(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr m = average(state[0], s[0], g, s[1]);
    Expr u = state[1].mul(s[2]).max(g.abs().add(s[3]));
    return List.of(p.sub(s[4].mul(m).div(u)), m, u);
  }

  private static Tensor adamaxStep(
      Tensor self,
      Tensor grad,
      Tensor expAvg,
      Tensor expInf,
      double lr,
      long step,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean maximize) {
    return ADAMAX.step(
        0,
        self,
        grad,
        List.of(new State("exp_avg", expAvg), new State("exp_inf", expInf)),
        Common.of(maximize, weightDecay),
        beta1,
        1 - beta1,
        beta2,
        eps,
        lr / correction(beta1, step));
  }

  // s: beta1, 1 - beta1, beta2, 1 - beta2, correction of v, eps, factor of g, factor of m
  private static List<Expr> nadam(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr m = average(state[0], s[0], g, s[1]);
    Expr v = squares(state[1], s[2], g, s[3]);
    Expr denominator = v.div(s[4]).sqrt().add(s[5]);
    Expr moved = p.sub(s[6].mul(g).div(denominator)).sub(s[7].mul(m).div(denominator));
    return List.of(moved, m, v);
  }

  private static Tensor nadamStep(
      Tensor self,
      Tensor grad,
      Tensor expAvg,
      Tensor expAvgSq,
      double lr,
      long step,
      double mu,
      double muNext,
      double muProduct,
      double muProductNext,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupledWeightDecay,
      boolean maximize) {
    return NADAM.step(
        0,
        self,
        grad,
        List.of(new State("exp_avg", expAvg), new State("exp_avg_sq", expAvgSq)),
        new Common(maximize, weightDecay, decoupledWeightDecay, lr),
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        correction(beta2, step),
        eps,
        lr * (1 - mu) / (1 - muProduct),
        lr * muNext / (1 - muProductNext));
  }

  // s: beta1, 1 - beta1, beta2, 1 - beta2, correction of m, lr, root of that of v, eps, rectifier
  private static List<Expr> radam(int variant, Expr p, Expr g, Expr[] state, Expr[] s) {
    Expr m = average(state[0], s[0], g, s[1]);
    Expr v = squares(state[1], s[2], g, s[3]);
    Expr update = m.div(s[4]).mul(s[5]);
    if ((variant & RECTIFIED) != 0) {
      update = update.mul(s[6].div(v.sqrt().add(s[7]))).mul(s[8]);
    }
    return List.of(p.sub(update), m, v);
  }

  private static Tensor radamStep(
      Tensor self,
      Tensor grad,
      Tensor expAvg,
      Tensor expAvgSq,
      double lr,
      long step,
      double beta1,
      double beta2,
      double eps,
      double weightDecay,
      boolean decoupledWeightDecay,
      boolean maximize) {
    double correction = correction(beta2, step);
    double longest = 2 / (1 - beta2) - 1;
    double length = longest - 2.0 * step * StrictMath.pow(beta2, (double) step) / correction;
    boolean rectified = length > LEAST_LENGTH;
    double numerator = (length - 4) * (length - 2) * longest;
    double denominator = (longest - 4) * (longest - 2) * length;
    return RADAM.step(
        rectified ? RECTIFIED : 0,
        self,
        grad,
        List.of(new State("exp_avg", expAvg), new State("exp_avg_sq", expAvgSq)),
        new Common(maximize, weightDecay, decoupledWeightDecay, lr),
        beta1,
        1 - beta1,
        beta2,
        1 - beta2,
        correction(beta1, step),
        lr,
        Math.sqrt(correction),
        eps,
        rectified ? Math.sqrt(numerator / denominator) : 1);
  }
}
