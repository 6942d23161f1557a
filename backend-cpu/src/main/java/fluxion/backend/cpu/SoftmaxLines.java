package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.lines.FloatSoftmax;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Softmax;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Softmax and its logarithm, some lines at a time: as many as stay in the cache. Lines of float32
 * that are runs of memory have loops of their own ({@link FloatSoftmax}), with the same bits.
 *
 * <p>Every step rounds to the compute dtype of the operands; only the result rounds to a 16-bit
 * float. The exponentials are summed in the order of a reduction. A line with a NaN is all NaN, and
 * so is one whose largest element is infinite or whose elements are all −∞.
 */
final class SoftmaxLines implements Softmax {
  /** From how many elements on threads share the lines. */
  static final long PARALLEL = 1 << 14;

  /** The most lines whose logarithms are taken at once. */
  private static final int LOGARITHMS = 256;

  private static final Scalar[] NONE = {};

  private final Map<DType, Steps> compiled = new EnumMap<>(DType.class);

  @Override
  public void softmax(Operand input, int dim, boolean logarithm, Operand output) {
    if (input.numel() == 0) {
      return;
    }
    Steps steps = steps(input.dtype());
    if (input.dtype() == DType.FLOAT32
        && FloatSoftmax.takes((int) Dims.size(input, dim), input.numel())) {
      Lines lines = new Lines(dim, input, output);
      if (lines.areRuns()) {
        lines.share(PARALLEL, (from, to) -> runs(steps, lines, logarithm, from, to));
        return;
      }
    }
    pieces(input, dim, logarithm, output);
  }

  /** Computes by kernels and folds, whatever the layout. */
  void pieces(Operand input, int dim, boolean logarithm, Operand output) {
    Steps steps = steps(input.dtype());
    if (input.numel() <= Scratch.PIECE
        && input.shape().dim() == 2
        && dim == 1
        && Dims.stride(input, 1) == 1) {
      // all that the pieces would come to
      piece(steps, input, 1, logarithm, output);
      return;
    }
    new LinePieces(dim, input, output)
        .share(PARALLEL, (pieces, line) -> piece(steps, pieces[0], line, logarithm, pieces[1]));
  }

  private Steps steps(DType dtype) {
    synchronized (compiled) {
      return compiled.computeIfAbsent(dtype, Steps::of);
    }
  }

  /** What is done with some lines; elements are input 0, values of their lines inputs 1 and 2. */
  private record Steps(
      DType compute,
      CpuReduction max,
      CpuKernel exponentials,
      CpuReduction sum,
      CpuKernel quotients,
      CpuKernel logarithms,
      CpuKernel shifts) {
    static Steps of(DType dtype) {
      DType compute = dtype.computeType();
      Expr x = Expr.input(0, dtype).cast(compute);
      Expr first = Expr.input(0, compute);
      Expr second = Expr.input(1, compute);
      Expr third = Expr.input(2, compute);
      return new Steps(
          compute,
          CpuReduction.compile(Reduction.of(Reduction.Kind.MAX, dtype, compute, compute)),
          CpuKernel.compile(Kernel.of(x.sub(second).exp())),
          CpuReduction.compile(Reduction.of(Reduction.Kind.SUM, compute, compute, compute)),
          CpuKernel.compile(Kernel.of(first.div(second).cast(dtype))),
          CpuKernel.compile(Kernel.of(first.log())),
          CpuKernel.compile(Kernel.of(x.sub(second).sub(third).cast(dtype))));
    }
  }

  private static void piece(Steps steps, Operand x, int line, boolean logarithm, Operand out) {
    Shape shape = x.shape();
    boolean[] reduced = new boolean[shape.dim()];
    reduced[line] = true;
    Operand max = Copier.temporary(steps.compute, shape.with(line, 1));
    Operand sum = Copier.temporary(steps.compute, max.shape());
    Operand exponentials =
        shape.numel() > Scratch.PIECE
            ? Copier.temporary(steps.compute, shape)
            : Scratch.operand(steps.compute, shape);
    Operand maxima = max.layout().expand(shape).operand(max.buffer());
    Operand sums = sum.layout().expand(shape).operand(sum.buffer());
    Reducer.run(steps.max, new Operand[] {x}, reduced, max, NONE);
    launch(steps.exponentials, exponentials, x, maxima);
    Reducer.fold(steps.sum, exponentials, reduced, true, sum);
    if (logarithm) {
      launch(steps.logarithms, sum, sum);
      launch(steps.shifts, out, x, maxima, sums);
    } else {
      launch(steps.quotients, out, exponentials, sums);
    }
  }

  private static void launch(CpuKernel kernel, Operand output, Operand... inputs) {
    Pointwise.launch(kernel, new Operand[] {output}, inputs, NONE);
  }

  /** Computes some lines that are runs of memory. */
  private static void runs(Steps steps, Lines lines, boolean logarithm, long from, long to) {
    FloatSoftmax loops = new FloatSoftmax(lines.length());
    if (logarithm) {
      for (long line = from; line < to; line += LOGARITHMS) {
        int count = (int) Math.min(LOGARITHMS, to - line);
        logarithms(steps, lines, line, count, loops);
      }
      return;
    }
    float[] x = (float[]) lines.array(0);
    float[] y = (float[]) lines.array(1);
    int[] starts = new int[FloatSoftmax.GROUP];
    int[] places = new int[FloatSoftmax.GROUP];
    for (long line = from; line < to; line += FloatSoftmax.GROUP) {
      int group = lines.starts(0, line, to, starts);
      lines.starts(1, line, to, places);
      loops.softmax(x, starts, y, places, group);
    }
  }

  private static void logarithms(
      Steps steps, Lines lines, long first, int count, FloatSoftmax loops) {
    float[] x = (float[]) lines.array(0);
    float[] y = (float[]) lines.array(1);
    Operand sum = Copier.temporary(DType.FLOAT32, Shape.of(count));
    float[] sums = CpuBuffer.floats(sum);
    float[] maxima = new float[count];
    Arrays.fill(maxima, Float.NEGATIVE_INFINITY);
    float[] exponentials = new float[lines.length()];
    int[] starts = new int[FloatSoftmax.GROUP];
    int[] same = new int[FloatSoftmax.GROUP];
    for (int i = 0; i < count; i += FloatSoftmax.GROUP) {
      int group = lines.starts(0, first + i, first + count, starts);
      loops.sums(x, starts, group, exponentials, same, maxima, i, sums, i);
    }
    launch(steps.logarithms, sum, sum);
    for (int i = 0; i < count; i++) {
      int start = lines.start(0, first + i);
      loops.shift(x, start, maxima[i], sums[i], y, lines.start(1, first + i));
    }
  }
}
