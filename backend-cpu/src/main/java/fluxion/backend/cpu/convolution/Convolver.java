package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * The three products of a convolution. What is written is contiguous and overlaps nothing that is
 * read; nothing is empty.
 */
public final class Convolver {
  private final Geometry geometry;
  private final int batch;
  private final int groups;
  private final int in;
  private final int out;

  /**
   * Describes a convolution.
   *
   * @param geometry how windows slide
   * @param batch how many images there are
   * @param groups how many groups of channels
   * @param in the channels of an image in a group
   * @param out the channels of an output in a group
   */
  public Convolver(Geometry geometry, int batch, int groups, int in, int out) {
    this.geometry = geometry;
    this.batch = batch;
    this.groups = groups;
    this.in = in;
    this.out = out;
  }

  private Problem problem(Object array) {
    return Problem.of(geometry, batch, groups, in, out, array);
  }

  private Problem direct(Object array) {
    return Problem.direct(geometry, batch, groups, out, array);
  }

  private Winograd winograd(Object array) {
    Problem problem = problem(array);
    return new Winograd(problem, Transforms.of(problem.vectors()));
  }

  private Matrix weights(Object w, int offset) {
    return new Matrix(w, offset, in * geometry.kernels, 1);
  }

  /**
   * Computes the output.
   *
   * @param x the images
   * @param w the array of the weight
   * @param weight where it begins
   * @param bias what is added to each channel, or null
   * @param y the output's array
   * @param output where it begins
   */
  public void output(Images x, Object w, int weight, @Nullable Bias bias, Object y, int output) {
    switch (Method.ofOutput(geometry, batch, in, out, y)) {
      case DEPTHWISE ->
          new DepthwiseOutput(direct(y), x, weights(w, weight), bias, y, output).run();
      case WINOGRAD -> winograd(y).output(x, (float[]) w, weight, bias, (float[]) y, output);
      case WINDOWS -> new OutputProduct(problem(y), x, weights(w, weight), bias, y, output).run();
    }
  }

  /**
   * Computes the images' gradient, or a transposed convolution.
   *
   * @param y the array of the output
   * @param output where it begins
   * @param w the array of the weight
   * @param weight where it begins
   * @param bias what is added to each channel, or null
   * @param x the images' array
   * @param images where they begin
   */
  public void input(
      Object y, int output, Object w, int weight, @Nullable Bias bias, Object x, int images) {
    Method method = Method.ofInput(geometry, batch, in, out, x);
    if (method == Method.WINOGRAD) {
      winograd(x).input((float[]) y, output, (float[]) w, weight, bias, (float[]) x, images);
    } else if (method == Method.DEPTHWISE
        && Loops.of(w).areFinite(w, weight, groups * out * geometry.kernels)) {
      new DepthwiseInput(direct(x), y, output, weights(w, weight), bias, x, images).run();
    } else {
      new InputProduct(problem(x), y, output, weights(w, weight), bias, x, images).run();
    }
  }

  /**
   * Computes the weight's gradient.
   *
   * @param x the images
   * @param y the array of the output
   * @param output where it begins
   * @param w the weight's array
   * @param weight where it begins
   * @param lender lends arrays of the weight's kind
   */
  public void weight(Images x, Object y, int output, Object w, int weight, Lender lender) {
    if (Depthwise.takes(in, out)) {
      new DepthwiseWeight(direct(w), x, y, output, weights(w, weight)).run();
    } else {
      new WeightProduct(problem(w), x, y, output, weights(w, weight), lender).run();
    }
  }
}
