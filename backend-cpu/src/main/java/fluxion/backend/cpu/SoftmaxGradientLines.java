package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.lines.FloatSoftmax;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.SoftmaxGradient;
import java.util.EnumMap;
import java.util.Map;

/**
 * The gradients of softmax and of its logarithm, some lines at a time. Each line is summed as a
 * reduction sums it, so that the bits are those of the decomposition.
 */
final class SoftmaxGradientLines implements SoftmaxGradient {
  private static final Scalar[] NONE = {};

  private final Map<DType, Steps> plain = new EnumMap<>(DType.class);
  private final Map<DType, Steps> logarithms = new EnumMap<>(DType.class);

  @Override
  public void gradient(
      Operand gradOutput, Operand output, int dim, boolean logarithm, Operand result) {
    if (output.numel() == 0) {
      return;
    }
    if (output.dtype() == DType.FLOAT32 && dim == output.shape().dim() - 1) {
      Lines lines = new Lines(dim, gradOutput, output, result);
      if (lines.areRuns() && FloatSoftmax.takes(lines.length(), output.numel())) {
        lines.share(SoftmaxLines.PARALLEL, (from, to) -> runs(lines, logarithm, from, to));
        return;
      }
    }
    pieces(gradOutput, output, dim, logarithm, result);
  }

  /** Computes by kernels and folds, whatever the layout. */
  void pieces(Operand gradOutput, Operand output, int dim, boolean logarithm, Operand result) {
    Steps steps = steps(output.dtype(), logarithm);
    boolean last = dim == output.shape().dim() - 1;
    new LinePieces(dim, output, gradOutput, result)
        .share(
            SoftmaxLines.PARALLEL,
            (pieces, line) -> piece(steps, pieces[1], pieces[0], line, last, pieces[2]));
  }

  private Steps steps(DType dtype, boolean logarithm) {
    Map<DType, Steps> compiled = logarithm ? logarithms : plain;
    synchronized (compiled) {
      return compiled.computeIfAbsent(dtype, d -> Steps.of(d, logarithm));
    }
  }

  /** What is done with some lines: inputs are the cotangent, the result and the lines' sums. */
  private record Steps(DType compute, CpuKernel summands, CpuReduction sum, CpuKernel result) {
    static Steps of(DType dtype, boolean logarithm) {
      DType compute = dtype.computeType();
      Expr g = Expr.input(0, dtype).cast(compute);
      Expr y = Expr.input(1, dtype).cast(compute);
      Expr sum = Expr.input(2, compute);
      Expr result = logarithm ? g.sub(y.exp().mul(sum)) : g.sub(sum).mul(y);
      return new Steps(
          compute,
          CpuKernel.compile(Kernel.of(logarithm ? g : g.mul(y))),
          CpuReduction.compile(Reduction.of(Reduction.Kind.SUM, compute, compute, compute)),
          CpuKernel.compile(Kernel.of(result.cast(dtype))));
    }
  }

  private static void piece(
      Steps steps, Operand g, Operand y, int line, boolean last, Operand result) {
    Shape shape = y.shape();
    boolean[] reduced = new boolean[shape.dim()];
    reduced[line] = true;
    Operand sum = Copier.temporary(steps.compute, shape.with(line, 1));
    Operand summands =
        shape.numel() > Scratch.PIECE
            ? Copier.temporary(steps.compute, shape)
            : Scratch.operand(steps.compute, shape);
    launch(steps.summands, summands, g, y);
    Reducer.fold(steps.sum, summands, reduced, last, sum);
    launch(steps.result, result, g, y, sum.layout().expand(shape).operand(sum.buffer()));
  }

  private static void launch(CpuKernel kernel, Operand output, Operand... inputs) {
    Pointwise.launch(kernel, new Operand[] {output}, inputs, NONE);
  }

  /** Computes some lines that are runs of memory. */
  private static void runs(Lines lines, boolean logarithm, long from, long to) {
    float[] g = (float[]) lines.array(0);
    float[] y = (float[]) lines.array(1);
    float[] target = (float[]) lines.array(2);
    FloatSoftmax loops = new FloatSoftmax(lines.length());
    int[] gFrom = new int[FloatSoftmax.GROUP];
    int[] yFrom = new int[FloatSoftmax.GROUP];
    int[] at = new int[FloatSoftmax.GROUP];
    for (long line = from; line < to; line += FloatSoftmax.GROUP) {
      int group = lines.starts(0, line, to, gFrom);
      lines.starts(1, line, to, yFrom);
      lines.starts(2, line, to, at);
      if (logarithm) {
        loops.logarithmGradient(g, gFrom, y, yFrom, target, at, group);
      } else {
        loops.gradient(g, gFrom, y, yFrom, target, at, group);
      }
    }
  }
}
