package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.accelerator.Standardization;
import java.util.List;

/** The rule about lines that a device standardises in one go. */
final class StandardizationRules {
  private static final double EPS = 0.125;

  private StandardizationRules() {}

  @TestOf("B-824")
  static void b824_a_standardization_accelerator_agrees_with_its_decomposition(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL_FLOATS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            Standardization standardization =
                bench
                    .backend()
                    .accelerator(Standardization.class)
                    .orElseThrow(
                        () ->
                            NotRun.unsupported("the device has no accelerator for normalisation"));
            for (Shape shape : List.of(Shape.of(4, 7), Shape.of(3, 5, 2), Shape.of(2, 300))) {
              for (int from = 0; from < shape.dim(); from++) {
                require(bench, standardization, dtype, shape, from, placement);
              }
            }
          });
    }
  }

  private static Shape statistics(Shape shape, int from) {
    Shape kept = shape;
    for (int d = from; d < shape.dim(); d++) {
      kept = kept.with(d, 1);
    }
    return kept;
  }

  private static void require(
      Bench bench,
      Standardization standardization,
      DType dtype,
      Shape shape,
      int from,
      Placement placement) {
    Shape kept = statistics(shape, from);
    int lines = (int) kept.numel();
    int length = (int) (shape.numel() / lines);
    DType compute = dtype.computeType();
    Values x = placement.of(Values.floats(dtype, shape, i -> (i * 37 % 101 - 50) / 16.0));
    Values g = placement.of(Values.floats(dtype, shape, i -> (i * 29 % 83 - 41) / 32.0));
    Window input = bench.input(x, placement);
    Window result = bench.output(dtype, shape);
    Window rstd = bench.output(compute, kept);
    Window mean = bench.output(compute, kept);
    Window variance = bench.output(compute, kept);
    String what = "%s, from dimension %d on, %s".formatted(x, from, placement.words());
    boolean done =
        standardization.standardize(
            input.operand(),
            from,
            EPS,
            result.operand(),
            rstd.operand(),
            mean.operand(),
            variance.operand());
    input.requireUnchanged(bench, "standardisation");
    if (done) {
      Values results = result.read(bench);
      Values roots = rstd.read(bench);
      Values means = mean.read(bench);
      Values variances = variance.read(bench);
      for (int line = 0; line < lines; line++) {
        double sum = 0;
        for (int i = 0; i < length; i++) {
          sum += x.real(line * length + i);
        }
        double average = sum / length;
        double squares = 0;
        for (int i = 0; i < length; i++) {
          double difference = x.real(line * length + i) - average;
          squares += difference * difference;
        }
        double spread = squares / length;
        double root = 1 / Math.sqrt(spread + EPS);
        near("the mean of " + what, line, average, means);
        near("the variance of " + what, line, spread, variances);
        near("the reciprocal deviation of " + what, line, root, roots);
        for (int i = line * length; i < (line + 1) * length; i++) {
          near("the standardised " + what, i, (x.real(i) - average) * root, results);
        }
      }
    }
    requireGradient(bench, standardization, g, x, kept, from, placement);
  }

  private static void requireGradient(
      Bench bench,
      Standardization standardization,
      Values g,
      Values y,
      Shape kept,
      int from,
      Placement placement) {
    Values rstd = Values.floats(g.dtype().computeType(), kept, i -> 0.5 + i % 5 / 4.0);
    Window cotangent = bench.input(g, placement);
    Window result = bench.input(y, placement);
    Window roots = bench.input(rstd);
    Window target = bench.output(g.dtype(), g.shape());
    boolean done =
        standardization.gradient(
            cotangent.operand(), result.operand(), roots.operand(), from, target.operand());
    if (!done) {
      return;
    }
    Values found = target.read(bench);
    int lines = (int) kept.numel();
    int length = (int) (g.shape().numel() / lines);
    for (int line = 0; line < lines; line++) {
      double sum = 0;
      double products = 0;
      for (int i = line * length; i < (line + 1) * length; i++) {
        sum += g.real(i);
        products += g.real(i) * y.real(i);
      }
      for (int i = line * length; i < (line + 1) * length; i++) {
        double expected =
            (g.real(i) - sum / length - y.real(i) * products / length) * rstd.real(line);
        near("the gradient of standardised " + placement.words(), i, expected, found);
      }
    }
  }

  /** All numbers are of the order of 1, and so are the rounded steps to a result. */
  private static void near(String what, int at, double expected, Values found) {
    double allowed = 64 * DTypes.epsilon(found.dtype()) * (1 + Math.abs(expected));
    Expect.near(what + ", at " + found.place(at), expected, found.real(at), allowed);
  }
}
