package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.named;
import static fluxion.engine.spi.Operator.sample;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import fluxion.ops.nn.LossCall;
import fluxion.ops.nn.LossReduction;
import java.util.Arrays;
import java.util.List;

/**
 * Connectionist temporal classification: the negative log-likelihood of label sequences, summed
 * over all alignments by the forward recursion of Graves et al., "Connectionist temporal
 * classification", ICML 2006, eq. 6 and 7, in logarithms.
 *
 * <p>The recursion runs over the steps, each of which is one kernel for all sequences, so that
 * derivatives of every order follow. The gradient is that of the formula. PyTorch's differs for
 * log-probabilities that are not normalised: it is the one that {@code log_softmax} would pass on.
 */
final class CtcLoss {
  private static final double NEVER = Double.NEGATIVE_INFINITY;

  /**
   * One step: of the logarithms of three ways to arrive, the third one with a penalty, and of what
   * is emitted there. A way that cannot be gone has gradient 0.
   */
  private static final PointwiseFunction STEP =
      PointwiseFunction.of("ctc_loss", 5, 0, Promotion.PROMOTE, (x, s) -> step(x))
          .gradient(0, (x, s, out, g) -> g.mul(share(x[0].add(x[4]), out)))
          .gradient(1, (x, s, out, g) -> g.mul(share(x[1].add(x[4]), out)))
          .gradient(2, (x, s, out, g) -> g.mul(share(x[2].add(x[3]).add(x[4]), out)))
          .gradient(3, (x, s, out, g) -> null)
          .gradient(4, (x, s, out, g) -> g.mul(share(out, out)));

  private static final PointwiseFunction FINITE_OR_ZERO =
      PointwiseFunction.unary(
          "ctc_loss",
          Promotion.SAME,
          x -> Expr.select(x.eq(Double.POSITIVE_INFINITY), Expr.literal(x.type(), 0.0), x));

  private static final class Sites {
    static final OpSite<Call.Unbind> UNBIND = OpSite.of("unbind", Call.Unbind.class);

    private Sites() {}
  }

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("ctc_loss")) {
        t.add(
            named("ctc_loss")
                .overload(
                    "(Tensor log_probs, Tensor targets, Tensor input_lengths,"
                        + " Tensor target_lengths, int blank=0, str reduction='mean',"
                        + " bool zero_infinity=False)",
                    LossCall.Ctc.class,
                    CtcLoss::loss)
                .overload(
                    "(Tensor log_probs, Tensor targets, int[] input_lengths,"
                        + " int[] target_lengths, int blank=0, str reduction='mean',"
                        + " bool zero_infinity=False)",
                    LossCall.CtcLengths.class,
                    CtcLoss::loss)
                .samples(
                    s ->
                        List.of(
                            sample(
                                s.uniform(-2, -0.5, 4, 2, 3),
                                s.integers(2, 2, 2).add(1L),
                                List.of(4L, 4L),
                                List.of(2L, 1L)),
                            sample(
                                s.uniform(-2, -0.5, 4, 2, 3),
                                s.integers(2, 3),
                                List.of(4L, 3L),
                                List.of(1L, 2L),
                                2,
                                "none"),
                            sample(
                                s.uniform(-2, -0.5, 4, 1, 3),
                                // two different classes fit into two steps
                                s.integers(1, 2).add(Tensors.tensor(1L, 2L)),
                                s.integers(1, 1).add(2L),
                                s.integers(1, 1).add(2L)),
                            sample(
                                s.uniform(-2, -0.5, 3, 3),
                                s.integers(2, 1).add(1L),
                                List.of(3L),
                                List.of(1L),
                                0,
                                "sum",
                                true))));
      }
    }
  }

  private CtcLoss() {}

  private static Expr step(Expr[] x) {
    Expr third = x[2].add(x[3]);
    Expr most = x[0].max(x[1]).max(third);
    Expr none = most.eq(NEVER);
    // Nothing to subtract where no way leads here: −∞ − −∞ would be NaN.
    Expr base = Expr.select(none, Expr.literal(most.type(), 0.0), most);
    Expr sum = x[0].sub(base).exp().add(x[1].sub(base).exp()).add(third.sub(base).exp());
    return sum.log().add(base).add(x[4]);
  }

  private static Expr share(Expr way, Expr total) {
    Expr zero = Expr.literal(total.type(), 0.0);
    return Expr.select(total.eq(NEVER), zero, way.sub(total).exp());
  }

  private static Tensor loss(
      Tensor logProbs,
      Tensor targets,
      Tensor inputLengths,
      Tensor targetLengths,
      long blank,
      String reduction,
      boolean zeroInfinity) {
    checkIntegral("input_lengths", inputLengths);
    checkIntegral("target_lengths", targetLengths);
    return loss(
        logProbs,
        targets,
        inputLengths.toLongArray(),
        targetLengths.toLongArray(),
        blank,
        reduction,
        zeroInfinity);
  }

  private static void checkIntegral(String what, Tensor tensor) {
    if (tensor.dtype().isFloatingPoint() || tensor.dtype() == DType.BOOL) {
      throw new DTypeException(what + " must be integral, got " + tensor.dtype());
    }
  }

  private static Tensor loss(
      Tensor logProbs,
      Tensor targets,
      long[] inputLengths,
      long[] targetLengths,
      long blank,
      String reduction,
      boolean zeroInfinity) {
    LossReduction kind = LossReduction.of(reduction);
    boolean batched = logProbs.dim() == 3;
    if (!batched && logProbs.dim() != 2) {
      throw new ShapeException(
          "ctc_loss: log_probs must have 2 or 3 dimensions, but has shape " + logProbs.shape());
    }
    if (!logProbs.dtype().isFloatingPoint()) {
      throw new DTypeException(
          "\"ctc_loss_cpu\" not implemented for '" + logProbs.dtype().typeName() + "'");
    }
    checkIntegral("targets", targets);
    int dims = targets.dim();
    if (dims != 1 && (!batched || dims != 2 || targets.size(0) != logProbs.size(1))) {
      throw new ShapeException(
          "ctc_loss: targets of shape "
              + targets.shape()
              + " do not fit log_probs of shape "
              + logProbs.shape());
    }
    Tensor probs = batched ? logProbs : logProbs.unsqueeze(1);
    check(probs, inputLengths, targetLengths, blank);
    Labels labels = Labels.of(targets, targetLengths, probs, blank);
    Tensor losses = recursion(probs, labels, inputLengths, targetLengths).neg();
    if (zeroInfinity) {
      losses = FINITE_OR_ZERO.call(losses);
    }
    if (kind == LossReduction.MEAN) {
      double[] divisors = Arrays.stream(targetLengths).mapToDouble(n -> Math.max(n, 1)).toArray();
      losses = losses.div(like(divisors, probs));
    }
    Tensor loss = Reduced.of(losses, kind);
    return kind == LossReduction.NONE && !batched ? loss.squeeze(0) : loss;
  }

  private static void check(Tensor probs, long[] inputLengths, long[] targetLengths, long blank) {
    if (blank < 0 || blank >= probs.size(2)) {
      throw new ArgumentException("blank must be in label range, got " + blank);
    }
    if (inputLengths.length != probs.size(1)) {
      throw new ShapeException(
          "input_lengths must be of size batch_size, got " + inputLengths.length);
    }
    if (targetLengths.length != probs.size(1)) {
      throw new ShapeException(
          "target_lengths must be of size batch_size, got " + targetLengths.length);
    }
    for (int n = 0; n < inputLengths.length; n++) {
      if (inputLengths[n] > probs.size(0)) {
        throw new ArgumentException(
            "Expected input_lengths to have value at most "
                + probs.size(0)
                + ", but got value "
                + inputLengths[n]);
      }
      if (inputLengths[n] < 0 || targetLengths[n] < 0) {
        throw new ArgumentException("ctc_loss: lengths must not be negative");
      }
    }
  }

  /**
   * The labels with blanks around each, for all sequences.
   *
   * @param classes the classes, {@code [1, N, L]}
   * @param penalties 0 where the blank before may be skipped, else −∞, {@code [N, L]}
   */
  private record Labels(Tensor classes, Tensor penalties) {
    static Labels of(Tensor targets, long[] lengths, Tensor probs, long blank) {
      long count = probs.size(2);
      long longest = Arrays.stream(lengths).max().orElse(0);
      long total = Arrays.stream(lengths).sum();
      boolean joined = targets.dim() == 1;
      if (joined ? targets.numel() < total : targets.size(1) < longest) {
        throw new ShapeException(
            "Expected tensor to have size at least "
                + (joined ? total : longest)
                + " at dimension "
                + (joined ? 0 : 1)
                + ", but got size "
                + targets.size(joined ? 0 : 1)
                + " (while checking the targets of ctc_loss)");
      }
      long[] given = targets.toLongArray();
      int length = Math.toIntExact(2 * longest + 1);
      long[] classes = new long[lengths.length * length];
      double[] penalties = new double[classes.length];
      Arrays.fill(classes, blank);
      Arrays.fill(penalties, NEVER);
      int from = 0;
      for (int n = 0; n < lengths.length; n++) {
        int start = joined ? from : Math.toIntExact(n * targets.size(1));
        for (int i = 0; i < lengths[n]; i++) {
          long label = given[start + i];
          if (label < 0 || label >= count) {
            throw new ArgumentException(
                "ctc_loss: target " + label + " is out of bounds for " + count + " classes");
          }
          int at = n * length + 2 * i + 1;
          classes[at] = label;
          if (i > 0 && label != classes[at - 2]) {
            penalties[at] = 0;
          }
        }
        from += Math.toIntExact(lengths[n]);
      }
      Shape shape = Shape.of(1, lengths.length, length);
      return new Labels(
          Tensors.tensor(classes, shape, integers(probs)),
          like(penalties, probs).view(lengths.length, length));
    }
  }

  /** The log-likelihoods of the sequences, {@code [N]}. */
  private static Tensor recursion(
      Tensor probs, Labels labels, long[] inputLengths, long[] targetLengths) {
    int batch = inputLengths.length;
    int length = Math.toIntExact(labels.classes().size(2));
    long steps = probs.size(0);
    Tensor emitted = probs.gather(2, labels.classes().expand(steps, batch, length));
    Tensor[] byStep = steps == 0 ? new Tensor[0] : Sites.UNBIND.get().apply(emitted, 0);
    double[] start = new double[batch * length];
    Arrays.fill(start, NEVER);
    for (int n = 0; n < batch; n++) {
      start[n * length] = 0;
    }
    double[] outside = new double[2 * batch];
    Arrays.fill(outside, NEVER);
    Tensor before = like(outside, probs).view(batch, 2);
    Tensor alpha = like(start, probs).view(batch, length);
    long shortest = Arrays.stream(inputLengths).min().orElse(0);
    long longest = Arrays.stream(inputLengths).max().orElse(0);
    for (int step = 0; step < longest; step++) {
      Tensor padded = Tensors.cat(1, before, alpha);
      Tensor[] ways = {
        alpha,
        padded.narrow(1, 1, length),
        padded.narrow(1, 0, length),
        labels.penalties(),
        byStep[step]
      };
      Tensor next = STEP.callAll(ways);
      alpha = step < shortest ? next : next.where(runs(inputLengths, step, probs), alpha);
    }
    return ends(Tensors.cat(1, before, alpha), targetLengths, probs);
  }

  /** Which sequences have a step. */
  private static Tensor runs(long[] lengths, int step, Tensor like) {
    boolean[] runs = new boolean[lengths.length];
    for (int n = 0; n < runs.length; n++) {
      runs[n] = step < lengths[n];
    }
    TensorOptions bool = TensorOptions.of(DType.BOOL).device(like.device());
    return Tensors.tensor(runs, Shape.of(runs.length, 1), bool);
  }

  /** A sequence ends with its last label or with the blank after it. */
  private static Tensor ends(Tensor padded, long[] targetLengths, Tensor probs) {
    int batch = targetLengths.length;
    long[] last = new long[2 * batch];
    for (int n = 0; n < batch; n++) {
      last[2 * n] = 2 * targetLengths[n] + 2;
      last[2 * n + 1] = 2 * targetLengths[n] + 1;
    }
    Tensor ends = padded.gather(1, Tensors.tensor(last, Shape.of(batch, 2), integers(probs)));
    Tensor zero = like(new double[] {0}, probs);
    Tensor never = like(new double[] {NEVER}, probs);
    Tensor[] ways = {ends.select(1, 0), ends.select(1, 1), zero, never, zero};
    return STEP.callAll(ways);
  }

  private static TensorOptions integers(Tensor like) {
    return TensorOptions.of(DType.INT64).device(like.device());
  }

  private static Tensor like(double[] values, Tensor like) {
    TensorOptions options = TensorOptions.of(like.dtype()).device(like.device());
    return Tensors.tensor(values, Shape.of(values.length), options);
  }
}
