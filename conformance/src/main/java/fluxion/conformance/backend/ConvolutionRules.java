package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.accelerator.Convolution;
import fluxion.engine.spi.accelerator.Convolution.Along;
import fluxion.engine.spi.accelerator.Convolution.Sliding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule about convolutions that a device computes in one go. */
final class ConvolutionRules {
  /** For each pair of an image's and a weight's element, where they meet. */
  @FunctionalInterface
  private interface Meeting {
    void at(int x, int w, int y);
  }

  /** Sizes of a convolution in which every parameter of each dimension is another. */
  private record Sample(Sliding sliding, Shape x, Shape w, Shape y) {
    static final List<Sample> ALL =
        List.of(
            of(2, 1, 3, 4, new long[][] {{9, 3, 2, 1, 1}}),
            of(1, 2, 2, 1, new long[][] {{7, 2, 1, 0, 2}}),
            of(2, 1, 2, 3, new long[][] {{5, 3, 1, 1, 1}, {6, 2, 2, 0, 2}}),
            of(3, 2, 1, 2, new long[][] {{4, 1, 3, 0, 1}, {5, 3, 1, 2, 2}}),
            of(1, 1, 2, 2, new long[][] {{3, 2, 1, 0, 1}, {4, 1, 2, 0, 1}, {5, 3, 2, 1, 1}}));

    /** Each dimension has a size, a kernel, a stride, a padding and a dilation. */
    private static Sample of(long batch, long groups, long in, long out, long[][] dims) {
      List<Along> along = new ArrayList<>();
      List<Long> x = new ArrayList<>(List.of(batch, groups * in));
      List<Long> w = new ArrayList<>(List.of(groups * out, in));
      List<Long> y = new ArrayList<>(List.of(batch, groups * out));
      for (long[] d : dims) {
        along.add(new Along(d[2], d[3], d[4]));
        x.add(d[0]);
        w.add(d[1]);
        y.add((d[0] + 2 * d[3] - d[4] * (d[1] - 1) - 1) / d[2] + 1);
      }
      return new Sample(new Sliding(along, groups), shape(x), shape(w), shape(y));
    }

    private static Shape shape(List<Long> sizes) {
      return Shape.of(sizes.stream().mapToLong(Long::longValue).toArray());
    }

    /** Goes through all pairs that meet. */
    void each(Meeting meeting) {
      int dims = x.dim();
      int perGroup = (int) (w.size(0) / sliding.groups());
      for (int i = 0; i < w.numel(); i++) {
        int[] k = Values.indices(w, i);
        for (int j = 0; j < y.numel(); j++) {
          int[] p = Values.indices(y, j);
          int[] at = p.clone();
          at[1] = k[0] / perGroup * (int) w.size(1) + k[1];
          boolean inside = p[1] == k[0];
          for (int d = 2; d < dims; d++) {
            Along a = sliding.along().get(d - 2);
            at[d] = (int) (p[d] * a.stride() + k[d] * a.dilation() - a.padding());
            inside &= at[d] >= 0 && at[d] < x.size(d);
          }
          if (inside) {
            meeting.at(Values.position(x, at), i, j);
          }
        }
      }
    }
  }

  private ConvolutionRules() {}

  @TestOf("B-822")
  static void b822_a_convolution_accelerator_computes_the_three_products(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL_FLOATS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            Convolution convolution =
                bench
                    .backend()
                    .accelerator(Convolution.class)
                    .filter(a -> a.takes(dtype))
                    .orElseThrow(
                        () ->
                            NotRun.unsupported(
                                "the device has no accelerator for convolutions of "
                                    + dtype.shortName()));
            for (Sample sample : Sample.ALL) {
              requireProducts(bench, convolution, sample, dtype, placement);
            }
          });
    }
  }

  /** Small integers, whose sums are exact in every dtype and order. */
  private static Values small(DType dtype, Shape shape, int step, Placement placement) {
    return placement.of(Values.floats(dtype, shape, i -> i * step % 5 - 2));
  }

  private static void requireProducts(
      Bench bench, Convolution convolution, Sample s, DType dtype, Placement placement) {
    Values x = small(dtype, s.x(), 7, placement);
    Values w = small(dtype, s.w(), 3, placement);
    Values y = small(dtype, s.y(), 11, placement);
    Values outputBias = small(dtype, Shape.of(s.y().size(1)), 2, placement);
    Values imageBias = small(dtype, Shape.of(s.x().size(1)), 2, placement);
    Window images = bench.input(x, placement);
    Window weight = bench.input(w, placement);
    Window outputs = bench.input(y, placement);
    Window ofOutputs = bench.input(outputBias, placement);
    Window ofImages = bench.input(imageBias, placement);

    Values sums = sums(dtype, s.y(), outputBias);
    s.each((i, k, o) -> sums.setReal(o, sums.real(o) + x.real(i) * w.real(k)));
    Window result = bench.output(dtype, s.y());
    convolution.output(
        s.sliding(), images.operand(), weight.operand(), ofOutputs.operand(), result.operand());
    require("the output", s, placement, sums, result.read(bench));

    Values back = sums(dtype, s.x(), imageBias);
    s.each((i, k, o) -> back.setReal(i, back.real(i) + y.real(o) * w.real(k)));
    result = bench.output(dtype, s.x());
    convolution.input(
        s.sliding(), outputs.operand(), weight.operand(), ofImages.operand(), result.operand());
    require("the images' gradient", s, placement, back, result.read(bench));

    Values slope = sums(dtype, s.w(), null);
    s.each((i, k, o) -> slope.setReal(k, slope.real(k) + x.real(i) * y.real(o)));
    result = bench.output(dtype, s.w());
    convolution.weight(s.sliding(), images.operand(), outputs.operand(), result.operand());
    require("the weight's gradient", s, placement, slope, result.read(bench));

    for (Window window : List.of(images, weight, outputs, ofOutputs, ofImages)) {
      window.requireUnchanged(bench, "a convolution");
    }
  }

  /** What sums begin with: zeros, or each channel's bias. */
  private static Values sums(DType dtype, Shape shape, @Nullable Values bias) {
    return Values.floats(
        dtype, shape, i -> bias == null ? 0 : bias.real(Values.indices(shape, i)[1]));
  }

  private static void require(
      String what, Sample sample, Placement placement, Values expected, Values found) {
    Expect.same(
        "%s of a convolution of %s and %s, %s, %s"
            .formatted(what, sample.x(), sample.w(), sample.sliding(), placement.words()),
        expected,
        found);
  }
}
