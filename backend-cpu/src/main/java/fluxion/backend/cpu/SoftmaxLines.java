package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Softmax;
import java.util.EnumMap;
import java.util.Map;

/**
 * Softmax and its logarithm, some lines at a time: as many as stay in the cache.
 *
 * <p>Every step rounds to the compute dtype of the operands; only the result rounds to a 16-bit
 * float. The exponentials are summed in the order of a reduction. A line with a NaN is all NaN, and
 * so is one whose largest element is infinite or whose elements are all −∞.
 */
final class SoftmaxLines implements Softmax {
  /** From how many elements on threads share the lines. */
  private static final long PARALLEL = 1 << 14;

  private static final int PARTS = 32;
  private static final Scalar[] NONE = {};

  private final Map<DType, Steps> compiled = new EnumMap<>(DType.class);

  @Override
  public void softmax(Operand input, int dim, boolean logarithm, Operand output) {
    long elements = input.numel();
    if (elements == 0) {
      return;
    }
    Call call = new Call(steps(input.dtype()), input, dim, logarithm, output);
    long most = Math.max(Scratch.PIECE / call.length, 1);
    if (elements < PARALLEL) {
      call.range(0, call.count, most);
      return;
    }
    int parts = (int) Math.min(PARTS, (call.count + most - 1) / most);
    Workers.run(
        parts,
        part -> call.range(part * call.count / parts, (part + 1) * call.count / parts, most));
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
      CpuKernel shifts,
      CpuKernel logarithms) {
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

  /** The lines of one call: the other dimensions, and the one along which they lie. */
  private static final class Call {
    private final Steps steps;
    private final Operand input;
    private final Operand output;
    private final boolean logarithm;
    private final Axes axes;
    private final long count;
    private final long length;
    private final int inputStep;

    /** The dimension of the lines in a piece: the first, unless they lie in memory one by one. */
    private final int along;

    private final int outputStep;

    Call(Steps steps, Operand input, int dim, boolean logarithm, Operand output) {
      this.steps = steps;
      this.input = input;
      this.output = output;
      this.logarithm = logarithm;
      int dims = input.shape().dim();
      this.axes = new Axes(2, dims);
      for (int d = 0; d < dims; d++) {
        if (d != dim) {
          axes.add(input.shape().size(d), Dims.stride(input, d), Dims.stride(output, d));
        }
      }
      this.count = axes.positions();
      this.length = Dims.size(input, dim);
      this.inputStep = Dims.stride(input, dim);
      this.along = axes.count() > 0 && Math.abs(inputStep) != 1 ? 0 : 1;
      this.outputStep = Dims.stride(output, dim);
    }

    /** Computes a range of the lines, at most {@code most} at a time. */
    void range(long from, long to, long most) {
      long position = from;
      while (position < to) {
        Axes.Box box = axes.box(position, Math.min(most, to - position));
        some(box, position);
        position += box.positions();
      }
    }

    private void some(Axes.Box box, long position) {
      int dims = Math.max(axes.count() - box.axis(), 1) + 1;
      long[] sizes = new long[dims];
      long[] inputStrides = new long[dims];
      long[] outputStrides = new long[dims];
      int first = along == 0 ? 1 : 0;
      for (int d = 0; d < dims - 1; d++) {
        int axis = box.axis() + d;
        sizes[first + d] = d == 0 ? box.size() : axes.size(axis);
        inputStrides[first + d] = axes.count() == 0 ? 0 : axes.step(0, axis);
        outputStrides[first + d] = axes.count() == 0 ? 0 : axes.step(1, axis);
      }
      int line = along == 0 ? 0 : dims - 1;
      sizes[line] = length;
      inputStrides[line] = inputStep;
      outputStrides[line] = outputStep;
      Shape shape = Shape.of(sizes);
      compute(
          line,
          new Operand(
              input.buffer(), shape, inputStrides, input.offset() + axes.place(0, position)),
          new Operand(
              output.buffer(), shape, outputStrides, output.offset() + axes.place(1, position)));
    }

    private void compute(int line, Operand x, Operand out) {
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
        launch(steps.shifts, sum, sum);
        launch(steps.logarithms, out, x, maxima, sums);
      } else {
        launch(steps.quotients, out, exponentials, sums);
      }
    }

    private static void launch(CpuKernel kernel, Operand output, Operand... inputs) {
      Pointwise.launch(kernel, new Operand[] {output}, inputs, NONE);
    }
  }
}
