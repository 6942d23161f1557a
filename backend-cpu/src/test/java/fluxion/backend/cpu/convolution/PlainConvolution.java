package fluxion.backend.cpu.convolution;

import java.lang.reflect.Array;
import java.util.Arrays;
import java.util.Random;

/**
 * The three products of a convolution by their definition, element by element, with the bits that
 * the package promises. Images, weight and output are contiguous; a geometry of fewer than three
 * dimensions has the others first.
 */
final class PlainConvolution {
  private static final int BLOCK = 4096;

  final Geometry g;
  final int batch;
  final int groups;
  final int in;
  final int out;
  private final int[] dilation;
  private final boolean doubles;

  PlainConvolution(
      int[] size,
      int[] kernel,
      int[] stride,
      int[] padding,
      int[] dilation,
      int[] output,
      int[] counts,
      boolean doubles) {
    this.g = new Geometry(size, kernel, stride, padding, dilation, output);
    this.dilation = new int[] {1, 1, 1};
    System.arraycopy(dilation, 0, this.dilation, 3 - dilation.length, dilation.length);
    this.batch = counts[0];
    this.groups = counts[1];
    this.in = counts[2];
    this.out = counts[3];
    this.doubles = doubles;
  }

  /** {@return a random one, of which every size is small} */
  static PlainConvolution random(Random random, boolean doubles) {
    while (true) {
      int dims = 1 + random.nextInt(3);
      int[][] all = new int[6][dims];
      boolean fits = true;
      for (int d = 0; d < dims; d++) {
        int size = 1 + random.nextInt(dims == 1 ? 60 : dims == 2 ? 11 : 5);
        int kernel = 1 + random.nextInt(3);
        int stride = 1 + random.nextInt(3);
        int padding = random.nextInt(3);
        int dilation = 1 + random.nextInt(2);
        int room = size + 2 * padding - dilation * (kernel - 1) - 1;
        fits &= room >= 0;
        int[] these = {size, kernel, stride, padding, dilation, room / stride + 1};
        for (int i = 0; i < 6; i++) {
          all[i][d] = these[i];
        }
      }
      if (fits) {
        int groups = 1 + random.nextInt(3) / 2;
        int[] counts = {
          1 + random.nextInt(3), groups, 1 + random.nextInt(4), 1 + random.nextInt(6)
        };
        return new PlainConvolution(
            all[0], all[1], all[2], all[3], all[4], all[5], counts, doubles);
      }
    }
  }

  /** {@return one of the same windows with one channel of the images in a group} */
  PlainConvolution depthwise(int groups, int out) {
    return new PlainConvolution(this, groups, out);
  }

  private PlainConvolution(PlainConvolution like, int groups, int out) {
    this.g = like.g;
    this.batch = like.batch;
    this.groups = groups;
    this.in = 1;
    this.out = out;
    this.dilation = like.dilation;
    this.doubles = like.doubles;
  }

  Object zeros(int length) {
    return doubles ? new double[length] : new float[length];
  }

  int inputs() {
    return batch * groups * in * g.elements;
  }

  int weights() {
    return groups * out * in * g.kernels;
  }

  int outputs() {
    return batch * groups * out * g.positions;
  }

  /** {@return normally distributed values, special ones among them if asked for} */
  Object values(int length, boolean special, Random random) {
    double[] odd = {Double.NaN, Double.POSITIVE_INFINITY, -0.0, Float.MIN_VALUE, -1e-42, 1e38};
    Object array = zeros(length);
    for (int i = 0; i < length; i++) {
      boolean rare = special && random.nextInt(50) == 0;
      set(array, i, rare ? odd[random.nextInt(odd.length)] : random.nextGaussian());
    }
    return array;
  }

  Convolver convolver() {
    return new Convolver(g, batch, groups, in, out);
  }

  Images images(Object x) {
    int image = groups * in * g.elements;
    return new Images(x, 0, batch, image, g.elements, g.size[1] * g.size[2], g.size[2], 1);
  }

  private void set(Object array, int i, double value) {
    if (doubles) {
      ((double[]) array)[i] = value;
    } else {
      ((float[]) array)[i] = (float) value;
    }
  }

  private static double get(Object array, int i) {
    return array instanceof float[] f ? f[i] : Array.getDouble(array, i);
  }

  private double round(double value) {
    return doubles ? value : (float) value;
  }

  /** Chains of at most 4096 summands, whose sums are combined in a balanced tree. */
  private final class Sum {
    private final double[] blocks;
    private int count;

    Sum(int summands) {
      blocks = new double[(summands + BLOCK - 1) / BLOCK];
    }

    void add(double a, double b) {
      int block = count++ / BLOCK;
      blocks[block] =
          doubles
              ? Math.fma(a, b, blocks[block])
              : Math.fma((float) a, (float) b, (float) blocks[block]);
    }

    double total() {
      double[] sums = blocks;
      while (sums.length > 1) {
        double[] pairs = new double[(sums.length + 1) / 2];
        for (int i = 0; i < pairs.length; i++) {
          boolean alone = 2 * i + 1 == sums.length;
          pairs[i] = alone ? sums[2 * i] : round(sums[2 * i] + sums[2 * i + 1]);
        }
        sums = pairs;
      }
      return sums[0];
    }
  }

  /** Where an element of a window lies in its channel, or −1. */
  private int element(int window, int kernel) {
    int[] p = unravel(window, g.output);
    int[] k = unravel(kernel, g.kernel);
    int at = 0;
    for (int d = 0; d < 3; d++) {
      int index = p[d] * g.stride[d] + k[d] * dilation[d] - g.padding[d];
      if (index < 0 || index >= g.size[d]) {
        return -1;
      }
      at = at * g.size[d] + index;
    }
    return at;
  }

  private static int[] unravel(int index, int[] sizes) {
    return new int[] {index / sizes[2] / sizes[1], index / sizes[2] % sizes[1], index % sizes[2]};
  }

  private double image(Object x, int n, int channel, int window, int kernel) {
    int at = element(window, kernel);
    return at < 0 ? 0 : get(x, (n * groups * in + channel) * g.elements + at);
  }

  Object output(Object x, Object w, Object bias) {
    Object y = zeros(outputs());
    for (int i = 0; i < outputs(); i++) {
      int p = i % g.positions;
      int channel = i / g.positions % (groups * out);
      Sum sum = new Sum(in * g.kernels);
      for (int k = 0; k < in * g.kernels; k++) {
        int from = channel / out * in + k / g.kernels;
        sum.add(
            get(w, channel * in * g.kernels + k),
            image(x, i / g.positions / (groups * out), from, p, k % g.kernels));
      }
      set(y, i, sum.total() + get(bias, channel));
    }
    return y;
  }

  Object input(Object y, Object w, Object bias) {
    double[] sums = new double[inputs()];
    for (int n = 0; n < batch; n++) {
      for (int channel = 0; channel < groups * in; channel++) {
        for (int k = 0; k < g.kernels; k++) {
          for (int p = 0; p < g.positions; p++) {
            int at = element(p, k);
            if (at >= 0) {
              int i = (n * groups * in + channel) * g.elements + at;
              sums[i] = round(sums[i] + overOutputs(y, w, n, channel, k, p));
            }
          }
        }
      }
    }
    Object x = zeros(inputs());
    for (int i = 0; i < sums.length; i++) {
      set(x, i, sums[i] + get(bias, i / g.elements % (groups * in)));
    }
    return x;
  }

  private double overOutputs(Object y, Object w, int n, int channel, int k, int p) {
    Sum sum = new Sum(out);
    int group = channel / in;
    for (int o = group * out; o < (group + 1) * out; o++) {
      sum.add(
          get(w, (o * in + channel % in) * g.kernels + k),
          get(y, (n * groups * out + o) * g.positions + p));
    }
    return sum.total();
  }

  Object weight(Object x, Object y) {
    Object w = zeros(weights());
    for (int i = 0; i < weights(); i++) {
      int channel = i / g.kernels / in;
      int from = channel / out * in + i / g.kernels % in;
      Sum sum = new Sum(batch * g.positions);
      for (int n = 0; n < batch; n++) {
        for (int p = 0; p < g.positions; p++) {
          sum.add(
              image(x, n, from, p, i % g.kernels),
              get(y, (n * groups * out + channel) * g.positions + p));
        }
      }
      set(w, i, sum.total());
    }
    return w;
  }

  @Override
  public String toString() {
    return (doubles ? "float64" : "float32")
        + ", "
        + batch
        + " images "
        + Arrays.toString(g.size)
        + ", kernel "
        + Arrays.toString(g.kernel)
        + ", stride "
        + Arrays.toString(g.stride)
        + ", padding "
        + Arrays.toString(g.padding)
        + ", dilation "
        + Arrays.toString(dilation)
        + ", channels "
        + in
        + " and "
        + out
        + " in "
        + groups
        + " groups";
  }
}
