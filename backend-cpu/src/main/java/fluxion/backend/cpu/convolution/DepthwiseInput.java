package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Matrix;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of the images of a depthwise convolution, or its transpose. Each element of a
 * channel is computed from the windows that hold it: for each remainder modulo the strides those
 * are the same shifts of the output, around which there are zeros.
 *
 * <p>The definition adds nothing for windows that are not there. Here they add a zero, which is the
 * same as long as the weight is finite: a sum that begins with +0 never is −0.
 */
final class DepthwiseInput {
  private final Problem problem;
  private final Geometry g;
  private final Loops loops;
  private final Object y;
  private final int start;
  private final Matrix w;
  private final @Nullable Bias bias;
  private final Object x;
  private final int target;

  DepthwiseInput(
      Problem problem, Object y, int start, Matrix w, @Nullable Bias bias, Object x, int target) {
    this.problem = problem;
    this.g = problem.g();
    this.loops = problem.loops();
    this.y = y;
    this.start = start;
    this.w = w;
    this.bias = bias;
    this.x = x;
    this.target = target;
  }

  void run() {
    int channels = problem.batch() * problem.groups();
    int together = Depthwise.channelsTogether(g, channels);
    Problem.run(
        Math.ceilDiv(channels, together),
        task -> {
          Task mine = new Task();
          int from = task * together;
          for (int channel = from; channel < Math.min(from + together, channels); channel++) {
            mine.compute(channel);
          }
        });
  }

  /** What one thread needs: a plane for a channel, and the outputs with zeros around them. */
  private final class Task {
    private final int out = problem.out();
    private final Staging plane =
        Staging.plane(g, loops, new Images(x, 0, 1, 0, 0, g.size[1] * g.size[2], g.size[2], 1));
    private final int size = plane.phaseSize();
    private final int before;
    private final int length;
    private final Object spread;

    /** For each remainder its elements of the kernel, where their outputs lie, their weights. */
    private final int[][] elements;

    private final int[][] offsets;
    private final Object[] weights;

    Task() {
      int phases = g.phases[0].length * g.phases[1].length * g.phases[2].length;
      int[] counts = new int[phases];
      int most = 0;
      for (int k = 0; k < g.kernels; k++) {
        counts[phase(k)]++;
        most = Math.max(most, shift(k));
      }
      before = most;
      length = before + size + Depthwise.ROOM;
      spread = loops.scratch(Scratch.Use.STAGED, out * length);
      loops.clear(spread, 0, out * length);
      elements = new int[phases][];
      offsets = new int[phases][];
      weights = new Object[phases];
      for (int p = 0; p < phases; p++) {
        elements[p] = new int[counts[p]];
        offsets[p] = new int[counts[p] * out];
        weights[p] = loops.arithmetic().allocate(counts[p] * out);
      }
      for (int k = g.kernels - 1; k >= 0; k--) {
        int p = phase(k);
        int i = --counts[p];
        elements[p][i] = k;
        for (int o = 0; o < out; o++) {
          offsets[p][i * out + o] = o * length + before - shift(k);
        }
      }
    }

    private int phase(int k) {
      return (plane.offsets()[k] - Staging.begin()) / size;
    }

    private int shift(int k) {
      return (plane.offsets()[k] - Staging.begin()) % size;
    }

    /** Computes a channel, counted through all images. */
    void compute(int channel) {
      int first = channel % problem.groups() * out;
      for (int o = 0; o < out; o++) {
        spread(start + (channel * out + o) * g.positions, o * length + before);
      }
      for (int p = 0; p < elements.length; p++) {
        int taps = elements[p].length;
        for (int i = 0; i < taps; i++) {
          for (int o = 0; o < out; o++) {
            int from = w.at(first + o, elements[p][i]);
            loops.copy(w.array(), from, 1, weights[p], i * out + o, 1);
          }
        }
        int at = Staging.begin() + p * size;
        loops.sums(
            problem.vectors(), spread, offsets[p], taps, out, weights[p], plane.array(), at, size);
      }
      int at = target + channel * g.elements;
      plane.write(x, at);
      if (bias != null) {
        int summand = bias.offset() + channel % problem.groups() * bias.step();
        loops.addBias(bias.array(), summand, 0, x, at, 0, 1, g.elements);
      }
    }

    private void spread(int source, int at) {
      int from = source;
      for (int i = 0; i < g.output[0]; i++) {
        for (int j = 0; j < g.output[1]; j++) {
          int to = at + i * plane.depthStride() + j * plane.rowStride();
          loops.copy(y, from, 1, spread, to, g.output[2]);
          from += g.output[2];
        }
      }
    }
  }
}
