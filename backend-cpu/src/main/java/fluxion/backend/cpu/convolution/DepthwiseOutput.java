package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Matrix;
import org.jspecify.annotations.Nullable;

/** The output of a depthwise convolution, channel by channel. */
final class DepthwiseOutput {
  private final Problem problem;
  private final Geometry g;
  private final Loops loops;
  private final Images x;
  private final Matrix w;
  private final @Nullable Bias bias;
  private final Object y;
  private final int start;

  DepthwiseOutput(Problem problem, Images x, Matrix w, @Nullable Bias bias, Object y, int start) {
    this.problem = problem;
    this.g = problem.g();
    this.loops = problem.loops();
    this.x = x;
    this.w = w;
    this.bias = bias;
    this.y = y;
    this.start = start;
  }

  void run() {
    int outer = Depthwise.outerWindows(g);
    int blocks = Math.ceilDiv(g.output[g.outer], outer);
    int channels = problem.batch() * problem.groups();
    int together = blocks > 1 ? 1 : Depthwise.channelsTogether(g, channels);
    Problem.run(
        Math.ceilDiv(channels, together) * blocks,
        task -> {
          Staging staging = new Staging(g, loops, x);
          int from = task / blocks * together;
          for (int channel = from; channel < Math.min(from + together, channels); channel++) {
            block(staging, channel, task % blocks * outer, outer);
          }
        });
  }

  /** Computes some outer windows of a channel, counted through all images. */
  private void block(Staging staging, int channel, int outer, int most) {
    int image = channel / problem.groups();
    int group = channel % problem.groups();
    int[] sizes = g.output.clone();
    sizes[g.outer] = Math.min(most, g.output[g.outer] - outer);
    staging.stageRows(image, group, outer, sizes[g.outer]);
    int windows = sizes[0] * sizes[1] * sizes[2];
    for (int o = group * problem.out(); o < (group + 1) * problem.out(); o++) {
      int at =
          start + (image * problem.groups() * problem.out() + o) * g.positions + outer * g.inner;
      if (staging.rowStride() <= 2 * sizes[2]) {
        together(staging, sizes, o, at);
      } else {
        rowByRow(staging, sizes, o, at);
      }
      if (bias != null) {
        int summand = bias.offset() + o * bias.step();
        loops.addBias(bias.array(), summand, 0, y, at, 0, 1, windows);
      }
    }
  }

  /** Computes all rows as one, with what lies between them. */
  private void together(Staging staging, int[] sizes, int channel, int at) {
    int slice = staging.depthStride();
    int row = staging.rowStride();
    int count = (sizes[0] - 1) * slice + (sizes[1] - 1) * row + sizes[2];
    Object target = loops.scratch(Scratch.Use.PRODUCT, count + Depthwise.ROOM);
    chains(staging, channel, 0, target, 0, count);
    int to = at;
    for (int i = 0; i < sizes[0]; i++) {
      for (int j = 0; j < sizes[1]; j++) {
        loops.copy(target, i * slice + j * row, 1, y, to, sizes[2]);
        to += sizes[2];
      }
    }
  }

  private void rowByRow(Staging staging, int[] sizes, int channel, int at) {
    int windows = sizes[0] * sizes[1] * sizes[2];
    Object target = loops.scratch(Scratch.Use.PRODUCT, windows + Depthwise.ROOM);
    int to = 0;
    for (int i = 0; i < sizes[0]; i++) {
      for (int j = 0; j < sizes[1]; j++) {
        int from = i * staging.depthStride() + j * staging.rowStride();
        chains(staging, channel, from, target, to, sizes[2]);
        to += sizes[2];
      }
    }
    loops.copy(target, 0, 1, y, at, windows);
  }

  private void chains(Staging staging, int channel, int base, Object target, int at, int count) {
    loops.chains(
        problem.vectors(),
        staging.array(),
        staging.offsets(),
        g.kernels,
        base,
        w.array(),
        w.at(channel, 0),
        target,
        at,
        count);
  }
}
