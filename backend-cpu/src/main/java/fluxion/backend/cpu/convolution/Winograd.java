package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * Two products of a convolution by {@link WinogradProduct}: the output, and the images' gradient,
 * which is the output of a convolution with the kernels turned around. Images of which an element
 * comes out as infinite or as no number are computed once more, from their windows.
 *
 * @param problem the convolution, of two dimensions, 3×3 kernels, steps of one and float32
 * @param transforms the transforms
 */
record Winograd(Problem problem, Transforms transforms) {
  void output(Images x, float[] w, int weight, @Nullable Bias bias, float[] y, int output) {
    Geometry g = problem.g();
    int in = problem.in();
    int out = problem.out();
    int image = problem.groups() * out * g.positions;
    boolean[] failed = new boolean[problem.batch()];
    var planes =
        new WinogradProduct.Planes(
            g.size[1], g.size[2], g.padding[1], g.padding[2], g.output[1], g.output[2]);
    for (int group = 0; group < problem.groups(); group++) {
      Taps taps =
          new Taps(w, weight + group * out * in * Taps.COUNT, in * Taps.COUNT, Taps.COUNT, false);
      var results =
          new WinogradProduct.Results(
              out,
              y,
              output + group * out * g.positions,
              image,
              bias == null ? null : bias.from(group * out),
              failed);
      new WinogradProduct(problem, transforms, planes, x.from(group * in), in, taps, results).run();
    }
    for (int n = 0; n < failed.length; n++) {
      if (failed[n]) {
        new OutputProduct(one(), x.only(n), weights(w, weight), bias, y, output + n * image).run();
      }
    }
  }

  void input(
      float[] y, int output, float[] w, int weight, @Nullable Bias bias, float[] x, int images) {
    Geometry g = problem.g();
    int in = problem.in();
    int out = problem.out();
    int read = problem.groups() * out * g.positions;
    int image = problem.groups() * in * g.elements;
    boolean[] failed = new boolean[problem.batch()];
    var planes =
        new WinogradProduct.Planes(
            g.output[1], g.output[2], 2 - g.padding[1], 2 - g.padding[2], g.size[1], g.size[2]);
    Images outputs = new Images(y, output, failed.length, read, g.positions, 0, g.output[2], 1);
    for (int group = 0; group < problem.groups(); group++) {
      Taps taps =
          new Taps(w, weight + group * out * in * Taps.COUNT, Taps.COUNT, in * Taps.COUNT, true);
      var results =
          new WinogradProduct.Results(
              in,
              x,
              images + group * in * g.elements,
              image,
              bias == null ? null : bias.from(group * in),
              failed);
      new WinogradProduct(
              problem, transforms, planes, outputs.from(group * out), out, taps, results)
          .run();
    }
    for (int n = 0; n < failed.length; n++) {
      if (failed[n]) {
        int target = images + n * image;
        new InputProduct(one(), y, output + n * read, weights(w, weight), bias, x, target).run();
      }
    }
  }

  private Matrix weights(float[] w, int offset) {
    return new Matrix(w, offset, problem.depth(), 1);
  }

  private Problem one() {
    return new Problem(
        problem.g(),
        1,
        problem.groups(),
        problem.in(),
        problem.out(),
        problem.loops(),
        problem.vectors(),
        problem.tile());
  }
}
