package fluxion.ops.nn.internal;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.engine.spi.Checks;
import fluxion.engine.spi.Context;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Function;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Primitives;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.TensorSpec;
import fluxion.ops.nn.LossReduction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The negative log-likelihood of classes, {@code −weight[target] · x[target]}.
 *
 * <p>Inputs are the log-probabilities, the int64 targets and, or null, the weights. Inside, targets
 * have a dimension of size 1 in the place of the classes.
 *
 * @param ignoreIndex the target that does not count
 * @param reduction what becomes of the losses
 * @param spatial whether there are dimensions behind the classes; the node's name tells
 */
record NllLoss(long ignoreIndex, LossReduction reduction, boolean spatial) implements Function {
  @Override
  public boolean keepsGradients() {
    return false;
  }

  private static final Expr TARGET = Expr.input(0, DType.INT64);
  private static final Expr IGNORED = TARGET.eq(Expr.scalar(0, DType.INT64));

  /** The class to look up: any that there is where the target does not count. */
  private static final Kernel CLASS =
      Kernel.of(Expr.select(IGNORED, Expr.literal(DType.INT64, 0L), TARGET));

  /** Whether some target that counts is no class; scalar 1 is the number of classes. */
  private static final Reduction OUT_OF_BOUNDS =
      new Reduction(
          Reduction.Kind.ANY,
          Kernel.of(IGNORED.not().and(TARGET.lt(0L).or(TARGET.ge(Expr.scalar(1, DType.INT64))))),
          DType.BOOL,
          Kernel.of(Expr.input(0, DType.BOOL)));

  /** What is launched for a dtype. Inputs are target, weight if there is one, and one more. */
  private record Kernels(
      Kernel losses, Reduction loss, Reduction total, Kernel mean, Kernel factor, Kernel share) {
    static Kernels of(DType dtype, boolean weighted) {
      DType compute = dtype.computeType();
      Expr zero = Expr.literal(compute, 0);
      Expr weight = weighted ? Expr.input(1, dtype).cast(compute) : Expr.literal(compute, 1);
      int last = weighted ? 2 : 1;
      Expr picked = Expr.input(last, dtype).cast(compute);
      Expr loss = Expr.select(IGNORED, zero, picked.neg().mul(weight));
      Expr total = Expr.input(last, compute);
      Expr first = Expr.input(0, compute);
      return new Kernels(
          Kernel.of(loss.cast(dtype)),
          new Reduction(Reduction.Kind.SUM, Kernel.of(loss), compute, Kernel.of(first)),
          new Reduction(
              Reduction.Kind.SUM,
              Kernel.of(Expr.select(IGNORED, zero, weight)),
              compute,
              Kernel.of(first)),
          Kernel.of(first.div(Expr.input(1, compute)).cast(dtype)),
          Kernel.of(Expr.select(IGNORED, zero, weight.neg())),
          Kernel.of(Expr.select(IGNORED, zero, weight.neg().div(total))));
    }
  }

  /** What is launched where all targets count. The input is what was picked. */
  private record Counting(Kernel losses, Reduction sum, Reduction mean) {
    static Counting of(DType dtype) {
      DType compute = dtype.computeType();
      Kernel loss = Kernel.of(Expr.input(0, dtype).cast(compute).neg());
      Expr total = Expr.input(0, compute);
      Expr count = Expr.scalar(0, compute);
      return new Counting(
          Kernel.of(loss.output(0).cast(dtype)),
          new Reduction(Reduction.Kind.SUM, loss, compute, Kernel.of(total.cast(dtype))),
          new Reduction(
              Reduction.Kind.SUM, loss, compute, Kernel.of(total.div(count).cast(dtype))));
    }
  }

  private static final PerDType<Counting> COUNTING = new PerDType<>(Counting::of);

  /** Up to this number a count is a float32. */
  private static final long MOST_EXACT = 1 << 24;

  private static final PerDType<Kernels> PLAIN = new PerDType<>(dtype -> Kernels.of(dtype, false));
  private static final PerDType<Kernels> WEIGHTED =
      new PerDType<>(dtype -> Kernels.of(dtype, true));

  @Override
  public String name() {
    return spatial ? "NllLoss2DBackward0" : "NllLossBackward0";
  }

  @Override
  public Tensor[] forward(Context ctx, @Nullable Tensor[] inputs) {
    return new Tensor[] {loss(ctx, Objects.requireNonNull(inputs[0]), inputs)};
  }

  /**
   * The loss. Keeps the targets, the classes and the factors, in this order, if there will be a
   * gradient.
   *
   * @param input the log-probabilities: the first input, or made of it
   * @param inputs what the function was given
   */
  Tensor loss(Context ctx, Tensor input, @Nullable Tensor[] inputs) {
    int dim = ClassLosses.classDim(input);
    Scalar ignored = Scalar.of(ignoreIndex);
    if (inputs[2] == null) {
      Tensor target = Primitives.alias(Objects.requireNonNull(inputs[1]), l -> l.unsqueeze(dim));
      Tensor picked = pickedIfAllCount(input, dim, target);
      if (picked != null) {
        return whereAllCount(ctx, target, picked, dim);
      }
    }
    Lookup lookup = Lookup.of(input, Objects.requireNonNull(inputs[1]), inputs[2], ignored);
    Kernels kernels = lookup.kernels();
    Tensor picked = Primitives.gather(input, dim, lookup.classes());
    Tensor[] operands = lookup.operands(picked);
    Tensor result;
    Tensor total = null;
    if (reduction == LossReduction.NONE) {
      Tensor losses = Primitives.pointwise(kernels.losses(), operands, ignored)[0];
      result = Primitives.alias(losses, layout -> layout.squeeze(dim));
    } else {
      Tensor sum = Primitives.reduce(kernels.loss(), operands, lookup.all(), false, ignored);
      if (reduction == LossReduction.MEAN) {
        total = lookup.total(ignored);
        result = Primitives.pointwise(kernels.mean(), new Tensor[] {sum, total})[0];
      } else {
        result = sum.to(input.dtype());
      }
    }
    if (ctx.needsGradient(0)) {
      ctx.saveInput(1);
      ctx.saveIntermediate(lookup.classes());
      ctx.saveIntermediate(factor(lookup, total, ignored));
    }
    return result;
  }

  /**
   * What is looked up where every target is a class and counts, as nearly always; null if that is
   * not known without further ado.
   */
  private @Nullable Tensor pickedIfAllCount(Tensor input, int dim, Tensor target) {
    boolean mayBeIgnored = ignoreIndex >= 0 && ignoreIndex < input.size(dim);
    long count = target.numel();
    if (mayBeIgnored || count == 0 || count > MOST_EXACT || Checks.wouldWait(target)) {
      return null;
    }
    try {
      return Primitives.gather(input, dim, target);
    } catch (IndexException e) {
      return null; // a target that is ignored, or none; it is found out which
    }
  }

  /** The loss without ignored targets: their weights are 1, so their sum is their number. */
  private Tensor whereAllCount(Context ctx, Tensor target, Tensor picked, int dim) {
    DType dtype = picked.dtype();
    Counting kernels = COUNTING.of(dtype);
    long count = target.numel();
    boolean mean = reduction == LossReduction.MEAN;
    Tensor[] operands = {picked};
    if (ctx.needsGradient(0)) {
      // the quotient of float32 numbers is the same by way of float64: it has more than twice the
      // bits
      Scalar factor = Scalar.of(mean ? -1.0 / count : -1.0);
      Tensor one = Primitives.full(Shape.SCALAR, factor, dtype.computeType(), picked);
      ctx.saveInput(1);
      ctx.saveIntermediate(target);
      ctx.saveIntermediate(Primitives.alias(one, layout -> layout.expand(target.shape())));
    }
    if (reduction == LossReduction.NONE) {
      Tensor losses = Primitives.pointwise(kernels.losses(), operands)[0];
      return Primitives.alias(losses, layout -> layout.squeeze(dim));
    }
    return Primitives.reduce(
        mean ? kernels.mean() : kernels.sum(),
        operands,
        Lookup.all(target),
        false,
        Scalar.of((double) count));
  }

  /** What the cotangent is multiplied by where the class is that of the target. */
  private static Tensor factor(Lookup lookup, @Nullable Tensor total, Scalar ignored) {
    Kernels kernels = lookup.kernels();
    return total == null
        ? Primitives.pointwise(kernels.factor(), lookup.operands(), ignored)[0]
        : Primitives.pointwise(kernels.share(), lookup.operands(total), ignored)[0];
  }

  @Override
  public @Nullable Tensor[] backward(Context ctx, @Nullable Tensor[] gradOutputs) {
    Shape shape = ctx.inputSpec(0).shape();
    Tensor g = cotangent(ctx, Objects.requireNonNull(gradOutputs[0]));
    return new @Nullable Tensor[] {
      Functions.apply(
          new ScatterToClass(shape, classDim(shape)), g, ctx.intermediate(1), ctx.intermediate(0)),
      null,
      null
    };
  }

  /**
   * The cotangent of the loss, with a dimension for the classes if there is one for each target.
   */
  Tensor cotangent(Context ctx, Tensor gradOutput) {
    ctx.input(1); // refuses targets that were written since, in whose memory the classes may lie
    return reduction == LossReduction.NONE
        ? gradOutput.unsqueeze(classDim(ctx.inputSpec(0).shape()))
        : gradOutput;
  }

  static int classDim(Shape input) {
    return input.dim() == 1 ? 0 : 1;
  }

  @Override
  public Optional<TensorSpec[]> infer(@Nullable TensorSpec[] inputs) {
    TensorSpec input = Objects.requireNonNull(inputs[0]);
    Shape shape = reduction == LossReduction.NONE ? withoutClass(input.shape()) : Shape.SCALAR;
    return Optional.of(new TensorSpec[] {new TensorSpec(shape, input.dtype(), input.device())});
  }

  /** The shape of the targets for an input of a shape. */
  static Shape withoutClass(Shape input) {
    long[] sizes = input.toArray();
    int dim = classDim(input);
    long[] rest = Arrays.copyOf(sizes, sizes.length - 1);
    System.arraycopy(sizes, dim + 1, rest, dim, rest.length - dim);
    return Shape.of(rest);
  }

  /** The sum of the weights of the targets that count, in the input's compute dtype. */
  static Tensor totalWeight(Tensor input, Tensor target, @Nullable Tensor weight, Scalar ignored) {
    return Lookup.of(input, target, weight, ignored).total(ignored);
  }

  /**
   * Targets, checked, and their weights.
   *
   * @param kernels what is launched
   * @param target the targets as given, with a dimension for the classes
   * @param classes the classes to look up
   * @param weight the weights of these classes, or null
   */
  private record Lookup(Kernels kernels, Tensor target, Tensor classes, @Nullable Tensor weight) {
    static Lookup of(Tensor input, Tensor targets, @Nullable Tensor weights, Scalar ignored) {
      int dim = ClassLosses.classDim(input);
      Tensor target = Primitives.alias(targets, layout -> layout.unsqueeze(dim));
      checkBounds(target, ignored, input.size(dim));
      Tensor classes = Primitives.pointwise(CLASS, new Tensor[] {target}, ignored)[0];
      if (weights == null) {
        return new Lookup(PLAIN.of(input.dtype()), target, classes, null);
      }
      Tensor expanded = Primitives.alias(weights, layout -> expand(layout, dim, input.shape()));
      return new Lookup(
          WEIGHTED.of(input.dtype()), target, classes, Primitives.gather(expanded, dim, classes));
    }

    private static Layout expand(Layout weights, int dim, Shape shape) {
      Layout layout = weights;
      for (int d = 0; d < dim; d++) {
        layout = layout.unsqueeze(0);
      }
      while (layout.shape().dim() < shape.dim()) {
        layout = layout.unsqueeze(layout.shape().dim());
      }
      return layout.expand(shape);
    }

    private static void checkBounds(Tensor target, Scalar ignored, long classes) {
      Tensor[] operands = {target};
      if (Checks.wouldWait(target)) {
        return; // the classes are looked up by gather, which refuses wrong ones without a wait here
      }
      if (Checks.any(
          Primitives.reduce(
              OUT_OF_BOUNDS, operands, all(target), false, ignored, Scalar.of(classes)))) {
        long first =
            Arrays.stream(Checks.integers(target))
                .filter(t -> t != ignored.toLong() && (t < 0 || t >= classes))
                .findFirst()
                .orElseThrow();
        throw new IndexException("Target " + first + " is out of bounds.");
      }
    }

    private static boolean[] all(Tensor tensor) {
      boolean[] mask = new boolean[tensor.dim()];
      Arrays.fill(mask, true);
      return mask;
    }

    /** Target, weight if there is one, and what more a kernel takes. */
    Tensor[] operands(Tensor... more) {
      List<Tensor> operands = new ArrayList<>(List.of(target));
      if (weight != null) {
        operands.add(weight);
      }
      operands.addAll(List.of(more));
      return operands.toArray(Tensor[]::new);
    }

    boolean[] all() {
      return all(target);
    }

    Tensor total(Scalar ignored) {
      return Primitives.reduce(kernels.total(), operands(), all(), false, ignored);
    }
  }
}
