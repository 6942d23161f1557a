package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.accelerator.AvgPool2d;
import fluxion.engine.spi.accelerator.AvgPool2d.Slide;
import java.util.List;

/** The rule about means of windows that a device computes in one go. */
final class AvgPoolRules {
  /** For each element of an image that is in a window. */
  @FunctionalInterface
  private interface Meeting {
    void at(int element, int mean);
  }

  /** Images, and how windows slide over them: with gaps, side by side, overlapping, and one. */
  private record Sample(Shape image, Slide rows, Slide columns, Shape means) {
    static final List<Sample> ALL =
        List.of(
            of(new Slide(3, 2, 1), 7, 4, new Slide(2, 1, 0), 6, 5),
            of(new Slide(2, 2, 0), 6, 3, new Slide(2, 2, 0), 8, 4),
            of(new Slide(1, 3, 0), 5, 2, new Slide(3, 1, 1), 9, 9),
            of(new Slide(2, 2, 1), 5, 3, new Slide(2, 3, 0), 6, 2),
            of(new Slide(5, 5, 0), 5, 1, new Slide(4, 4, 0), 4, 1));

    private static Sample of(Slide rows, long h, long down, Slide columns, long w, long across) {
      return new Sample(Shape.of(3, 2, h, w), rows, columns, Shape.of(3, 2, down, across));
    }

    /** Goes through all elements of windows. */
    void each(Meeting meeting) {
      for (int i = 0; i < means.numel(); i++) {
        int[] at = Values.indices(means, i);
        for (int a = 0; a < rows.kernel(); a++) {
          for (int b = 0; b < columns.kernel(); b++) {
            long y = at[2] * rows.stride() + a - rows.padding();
            long x = at[3] * columns.stride() + b - columns.padding();
            if (y >= 0 && y < image.size(2) && x >= 0 && x < image.size(3)) {
              meeting.at(Values.position(image, at[0], at[1], (int) y, (int) x), i);
            }
          }
        }
      }
    }
  }

  private AvgPoolRules() {}

  @TestOf("B-826")
  static void b826_an_average_pool_accelerator_agrees_with_its_decomposition(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL_FLOATS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            AvgPool2d pool =
                bench
                    .backend()
                    .accelerator(AvgPool2d.class)
                    .filter(a -> a.takes(dtype))
                    .orElseThrow(
                        () ->
                            NotRun.unsupported(
                                "the device has no accelerator for means of windows of "
                                    + dtype.shortName()));
            for (Sample sample : Sample.ALL) {
              require(bench, pool, sample, dtype, placement);
            }
          });
    }
  }

  private static void require(
      Bench bench, AvgPool2d pool, Sample s, DType dtype, Placement placement) {
    Shape windows = Shape.of(s.means().size(2), s.means().size(3));
    Values x = placement.of(Values.floats(dtype, s.image(), i -> (i * 37 % 101 - 50) / 16.0));
    Values g = placement.of(Values.floats(dtype, s.means(), i -> (i * 29 % 83 - 41) / 32.0));
    Values d = placement.of(Values.floats(dtype.computeType(), windows, i -> 1 + i % 7));
    int count = d.size();
    double[] sums = new double[g.size()];
    double[] gradient = new double[x.size()];
    s.each(
        (element, mean) -> {
          sums[mean] += x.real(element);
          gradient[element] += g.real(mean) / d.real(mean % count);
        });
    Window images = bench.input(x, placement);
    Window divisors = bench.input(d, placement);
    Window result = bench.output(dtype, s.means());
    String what = s.rows() + " by " + s.columns() + ", " + placement.words();
    if (pool.avgPool2d(
        images.operand(), s.rows(), s.columns(), divisors.operand(), result.operand())) {
      Values found = result.read(bench);
      for (int i = 0; i < sums.length; i++) {
        near("the means of windows " + what, i, sums[i] / d.real(i % count), found);
      }
    }
    images.requireUnchanged(bench, "an average pool");
    Window cotangent = bench.input(g, placement);
    Window target = bench.output(dtype, s.image());
    if (pool.gradient(
        cotangent.operand(), s.rows(), s.columns(), divisors.operand(), target.operand())) {
      Values found = target.read(bench);
      for (int i = 0; i < gradient.length; i++) {
        near("the gradient of means of windows " + what, i, gradient[i], found);
      }
    }
  }

  /** Sums of elements are exact; quotients and their sums are of the order of 1. */
  private static void near(String what, int at, double expected, Values found) {
    double allowed = 8 * DTypes.epsilon(found.dtype()) * (1 + Math.abs(expected));
    Expect.near(what + ", at " + found.place(at), expected, found.real(at), allowed);
  }
}
