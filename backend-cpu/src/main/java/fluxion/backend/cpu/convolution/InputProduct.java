package fluxion.backend.cpu.convolution;

import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.gemm.PanelSource;
import org.jspecify.annotations.Nullable;

/**
 * The gradient of a convolution's images, or a transposed convolution: for some channels at a time
 * the product of the transposed weight and the outputs, whose rows are then added, element of the
 * kernel by element, to where their windows lie.
 */
final class InputProduct {
  /** How many elements a product has at most, unless those of one channel are more. */
  private static final int ELEMENTS = 1 << 18;

  /** For so few columns the weight is read where it lies. */
  private static final int FEW_COLUMNS = 8;

  private final Problem problem;
  private final Geometry g;
  private final Object y;
  private final int start;
  private final Matrix w;
  private final @Nullable Bias bias;
  private final Object x;
  private final int target;
  private final int images;
  private final int imageBlocks;
  private final int channels;
  private final int channelBlocks;

  InputProduct(
      Problem problem, Object y, int start, Matrix w, @Nullable Bias bias, Object x, int target) {
    this.problem = problem;
    this.g = problem.g();
    this.y = y;
    this.start = start;
    this.w = w;
    this.bias = bias;
    this.x = x;
    this.target = target;
    this.images = problem.imagesTogether();
    this.imageBlocks = Math.ceilDiv(problem.batch(), images);
    int columns = problem.whole(images * g.positions);
    int some = Math.clamp(ELEMENTS / ((long) g.kernels * columns), 1, problem.in());
    int count = Math.ceilDiv(problem.in(), some > 4 ? some & -4 : some);
    int even = Math.ceilDiv(problem.in(), count);
    this.channels = even > 4 ? (even + 3) & -4 : even;
    this.channelBlocks = Math.ceilDiv(problem.in(), channels);
  }

  void run() {
    Problem.run(imageBlocks * problem.groups() * channelBlocks, this::block);
  }

  private void block(int block) {
    int image = block / channelBlocks / problem.groups() * images;
    int count = Math.min(images, problem.batch() - image);
    int group = block / channelBlocks % problem.groups();
    int channel = block % channelBlocks * channels;
    int some = Math.min(channels, problem.in() - channel);
    int out = problem.out();
    int rows = some * g.kernels;
    int windows = count * g.positions;
    int columns = problem.whole(windows);
    // wᵀ of the group, whose rows are contiguous
    Matrix left = w.from(group * out, channel * g.kernels).transposed();
    int perImage = problem.groups() * out * g.positions;
    int from = start + image * perImage + group * out * g.positions;
    Object product =
        problem.loops().scratch(Scratch.Use.PRODUCT, rows * columns + problem.tile().columns());
    Matrix c = new Matrix(product, 0, columns, 1);
    if (count == 1 && windows <= FEW_COLUMNS) {
      Gemm.multiply(left, new Matrix(y, from, g.positions, 1), c, rows, out, windows);
    } else {
      Images outputs = new Images(y, from, count, perImage, g.positions, 0, 0, 1);
      PanelSource right =
          new WindowColumns(
              Geometry.ofElements(g.positions),
              problem.loops(),
              problem.tile(),
              problem.vectors(),
              outputs,
              0,
              windows);
      Gemm.multiply(
          problem.tile(), PanelSource.rows(problem.tile(), left), right, c, rows, 0, out, columns);
    }
    fold(product, columns, image, count, group, channel, some);
  }

  /** Adds the product to where its windows lie. */
  private void fold(
      Object product, int columns, int image, int count, int group, int channel, int some) {
    Loops loops = problem.loops();
    Images whole = new Images(x, 0, 1, 0, 0, g.size[1] * g.size[2], g.size[2], 1);
    Staging plane = Staging.plane(g, loops, whole);
    int width = g.output[2];
    int height = g.output[1];
    for (int i = 0; i < count; i++) {
      for (int c = 0; c < some; c++) {
        plane.clear();
        for (int k = 0; k < g.kernels; k++) {
          int from = (c * g.kernels + k) * columns + i * g.positions;
          int to = plane.offsets()[k];
          for (int z = 0; z < g.output[0]; z++) {
            loops.addRows(
                problem.vectors(),
                product,
                from + z * height * width,
                height,
                width,
                plane.array(),
                to + z * plane.depthStride(),
                plane.rowStride());
          }
        }
        int number = group * problem.in() + channel + c;
        int at = target + ((image + i) * problem.groups() * problem.in() + number) * g.elements;
        plane.write(x, at);
        if (bias != null) {
          loops.addBias(
              bias.array(), bias.offset() + number * bias.step(), 0, x, at, 0, 1, g.elements);
        }
      }
    }
  }
}
