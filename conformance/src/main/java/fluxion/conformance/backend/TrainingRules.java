package fluxion.conformance.backend;

import fluxion.api.Autograd;
import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.GoldenCase;
import fluxion.conformance.Verdict;
import fluxion.conformance.golden.GoldenFiles;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.accelerator.Softmax;
import fluxion.engine.spi.accelerator.SoftmaxGradient;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Rules about whole programs on a device: recorded cases, training, accelerators. */
final class TrainingRules {
  private static final int STEPS = 50;
  private static final int QUICK = 2;
  private static final int ROWS = 24;
  private static final int FEATURES = 6;
  private static final int HIDDEN = 8;
  private static final int CLASSES = 3;

  /**
   * Recorded gradients at NaN that follow no rule: the vector loop of PyTorch's backward kernel
   * gives another one than the loop over what is left at the end.
   */
  private static final Set<String> WITHOUT_RULE =
      Set.of("F.hardtanh.028", "F.relu6.021", "F.selu.017");

  private TrainingRules() {}

  @TestOf("B-811")
  static void b811_recorded_cases_hold(BackendSubject subject, Cases cases) {
    for (String archive : GoldenFiles.archives()) {
      subject.add(
          cases,
          archive.replace(".zip", ""),
          (bench, trial) -> {
            try (EngineDevice engine = EngineDevice.of(subject)) {
              engine.require(DType.FLOAT64);
              List<GoldenCase> all = GoldenFiles.builtIn(archive);
              int step = trial.settings().isQuick() ? Math.max(1, all.size() / QUICK) : 1;
              List<GoldenCase> some = new ArrayList<>();
              for (int i = 0; i < all.size(); i += step) {
                some.add(all.get(i));
              }
              replay(engine, some);
            }
          });
    }
  }

  private static void replay(EngineDevice engine, List<GoldenCase> recorded) {
    String skipped = "";
    int passed = 0;
    for (GoldenCase golden : recorded) {
      if (WITHOUT_RULE.contains(golden.id())) {
        continue;
      }
      Verdict verdict = golden.run(engine.device());
      switch (verdict.kind()) {
        case FAIL ->
            throw new AssertionError(
                "recorded case %s (%s) on '%s': %s"
                    .formatted(golden.id(), golden.kind(), engine.device(), verdict.reason()));
        case PASS -> passed++;
        default -> skipped = verdict.reason();
      }
    }
    if (passed == 0) {
      throw NotRun.because(skipped);
    }
  }

  @TestOf("B-812")
  static void b812_a_classifier_trains_to_the_references_loss(BackendSubject subject, Cases cases) {
    train(subject, cases, true);
  }

  @TestOf("B-813")
  static void b813_a_regression_trains_to_the_references_loss(BackendSubject subject, Cases cases) {
    train(subject, cases, false);
  }

  private static void train(BackendSubject subject, Cases cases, boolean classes) {
    for (DType dtype : DTypes.FLOATS) {
      subject.add(
          cases,
          dtype.shortName(),
          (bench, trial) -> {
            try (EngineDevice engine = EngineDevice.of(subject)) {
              engine.require(dtype);
              double[] expected = losses(engine.reference(), dtype, classes, trial.random());
              double[] found = losses(engine.device(), dtype, classes, trial.random());
              if (!(expected[STEPS - 1] < 0.7 * expected[0])) {
                throw new IllegalStateException("the reference does not learn");
              }
              for (int step = 0; step < STEPS; step++) {
                // rounding errors grow from step to step
                double allowed = DTypes.epsilon(dtype) * 64 * (step + 1) * expected[0];
                Expect.near(
                    "the loss in %s on '%s' at step %d of %d"
                        .formatted(dtype.shortName(), engine.device(), step + 1, STEPS),
                    expected[step],
                    found[step],
                    allowed);
              }
            }
          });
    }
  }

  private static Tensor tensor(SplittableRandom random, TensorOptions options, long... sizes) {
    Shape shape = Shape.of(sizes);
    double[] values = new double[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      values[i] = random.nextDouble(-1, 1);
    }
    return Tensors.tensor(values, shape, options);
  }

  /** The losses of a network of one hidden layer under plain gradient descent. */
  private static double[] losses(
      Device device, DType dtype, boolean classes, SplittableRandom random) {
    TensorOptions options = TensorOptions.of(dtype).device(device);
    int outputs = classes ? CLASSES : 1;
    Tensor x = tensor(random, options, ROWS, FEATURES);
    Tensor truth = tensor(random, options, FEATURES, outputs);
    Tensor y = classes ? oneHot(x.matmul(truth)) : x.matmul(truth).tanh();
    List<Tensor> parameters =
        new ArrayList<>(
            List.of(
                tensor(random, options, FEATURES, HIDDEN).requiresGrad_(),
                tensor(random, options, HIDDEN).requiresGrad_(),
                tensor(random, options, HIDDEN, outputs).requiresGrad_(),
                tensor(random, options, outputs).requiresGrad_()));
    double[] losses = new double[STEPS];
    for (int step = 0; step < STEPS; step++) {
      Tensor hidden = x.matmul(parameters.get(0)).add(parameters.get(1)).tanh();
      Tensor result = hidden.matmul(parameters.get(2)).add(parameters.get(3));
      Tensor loss;
      if (classes) {
        Tensor logSum = result.exp().sum(1).log();
        loss = logSum.sum().sub(result.mul(y).sum()).div(ROWS);
      } else {
        Tensor difference = result.sub(y);
        loss = difference.mul(difference).mean();
      }
      losses[step] = loss.item();
      List<@Nullable Tensor> gradients =
          Autograd.grad(List.of(loss), parameters, null, false, false, false);
      for (int p = 0; p < parameters.size(); p++) {
        Tensor moved =
            parameters.get(p).detach().sub(Objects.requireNonNull(gradients.get(p)).mul(0.3));
        parameters.set(p, moved.requiresGrad_());
      }
    }
    return losses;
  }

  /** Rows of zeros with 1 at the largest element. */
  private static Tensor oneHot(Tensor scores) {
    double[] values = scores.toDoubleArray();
    double[] hot = new double[values.length];
    for (int row = 0; row < ROWS; row++) {
      int best = row * CLASSES;
      for (int i = best; i < (row + 1) * CLASSES; i++) {
        best = values[i] > values[best] ? i : best;
      }
      hot[best] = 1;
    }
    return Tensors.tensor(
        hot, scores.shape(), TensorOptions.of(scores.dtype()).device(scores.device()));
  }

  @TestOf("B-821")
  static void b821_a_softmax_accelerator_agrees_with_its_decomposition(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL_FLOATS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            Optional<Softmax> softmax = bench.backend().accelerator(Softmax.class);
            Optional<SoftmaxGradient> gradient = bench.backend().accelerator(SoftmaxGradient.class);
            if (softmax.isEmpty() && gradient.isEmpty()) {
              throw NotRun.unsupported("the device has no accelerator for softmax");
            }
            for (Shape shape :
                List.of(Shape.of(9), Shape.of(4, 7), Shape.of(3, 5, 2), Shape.of(2, 300))) {
              Values given =
                  placement.of(
                      Values.floats(
                          dtype, shape, i -> (i * 37 % 101 - 50) / 10.0 + (i % 13 == 0 ? 80 : 0)));
              for (int dim = 0; dim < shape.dim(); dim++) {
                for (boolean logarithm : new boolean[] {false, true}) {
                  if (softmax.isPresent()) {
                    requireSoftmax(bench, softmax.get(), given, dim, logarithm, placement);
                  }
                  if (gradient.isPresent()) {
                    requireGradient(bench, gradient.get(), given, dim, logarithm, placement);
                  }
                }
              }
            }
          });
    }
  }

  private static void requireSoftmax(
      Bench bench, Softmax softmax, Values given, int dim, boolean logarithm, Placement placement) {
    Window input = bench.input(given, placement);
    Window output =
        bench.output(
            given.dtype(),
            given.shape(),
            placement == Placement.EXPANDED ? Placement.STRIDED : placement);
    softmax.softmax(input.operand(), dim, logarithm, output.operand());
    Values found = output.read(bench);
    input.requireUnchanged(bench, "softmax");
    Lines lines = new Lines(given.shape(), dim);
    for (int line = 0; line < lines.count(); line++) {
      double max = Double.NEGATIVE_INFINITY;
      for (int i = 0; i < lines.length(); i++) {
        max = Math.max(max, given.real(lines.at(line, i)));
      }
      double sum = 0;
      for (int i = 0; i < lines.length(); i++) {
        sum += StrictMath.exp(given.real(lines.at(line, i)) - max);
      }
      for (int i = 0; i < lines.length(); i++) {
        int at = lines.at(line, i);
        double log = given.real(at) - max - StrictMath.log(sum);
        double expected = logarithm ? log : StrictMath.exp(log);
        // the sum's bound; the exponential turns absolute errors into relative ones
        double unit = DTypes.epsilon(given.dtype().computeType());
        double steps = 4 * unit * (4 + Math.abs(log) + lines.length() / 64.0);
        double rounding =
            DTypes.epsilon(given.dtype()) * Math.abs(expected)
                + DTypes.leastPositive(given.dtype());
        Expect.near(
            "%s of %s along dimension %d, %s, at %s"
                .formatted(
                    logarithm ? "log_softmax" : "softmax",
                    given,
                    dim,
                    placement.words(),
                    given.place(at)),
            expected,
            found.real(at),
            (logarithm ? steps : steps * expected) + rounding);
      }
    }
  }

  private static void requireGradient(
      Bench bench,
      SoftmaxGradient gradient,
      Values given,
      int dim,
      boolean logarithm,
      Placement placement) {
    DType dtype = given.dtype();
    Values y =
        placement.of(
            Values.floats(dtype, given.shape(), i -> (i * 29 % 83) / (logarithm ? -8.0 : 100.0)));
    Window cotangent = bench.input(given, placement);
    Window output = bench.input(y, placement);
    Window result =
        bench.output(
            dtype, given.shape(), placement == Placement.EXPANDED ? Placement.STRIDED : placement);
    gradient.gradient(cotangent.operand(), output.operand(), dim, logarithm, result.operand());
    Values found = result.read(bench);
    cotangent.requireUnchanged(bench, "the gradient of softmax");
    output.requireUnchanged(bench, "the gradient of softmax");
    Lines lines = new Lines(given.shape(), dim);
    for (int line = 0; line < lines.count(); line++) {
      double sum = 0;
      double size = 0;
      for (int i = 0; i < lines.length(); i++) {
        int at = lines.at(line, i);
        double summand = given.real(at) * (logarithm ? 1 : y.real(at));
        sum += summand;
        size += Math.abs(summand);
      }
      for (int i = 0; i < lines.length(); i++) {
        int at = lines.at(line, i);
        double g = given.real(at);
        double factor = logarithm ? StrictMath.exp(y.real(at)) : y.real(at);
        double expected = logarithm ? g - factor * sum : (g - sum) * factor;
        double unit = DTypes.epsilon(dtype.computeType());
        double steps = unit * (lines.length() + 8) * (size + Math.abs(g)) * Math.max(factor, 1);
        double rounding = DTypes.epsilon(dtype) * Math.abs(expected) + DTypes.leastPositive(dtype);
        Expect.near(
            "the gradient of %s of %s along dimension %d, %s, at %s"
                .formatted(
                    logarithm ? "log_softmax" : "softmax",
                    given,
                    dim,
                    placement.words(),
                    given.place(at)),
            expected,
            found.real(at),
            steps + rounding);
      }
    }
  }
}
