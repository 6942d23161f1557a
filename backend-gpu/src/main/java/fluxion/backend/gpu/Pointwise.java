package fluxion.backend.gpu;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.PointwiseSource;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.List;

/** Launches kernels at every index. */
final class Pointwise {
  /** What a launch has besides operands and geometry. */
  private static final int OTHER_BYTES = 64;

  private Pointwise() {}

  /**
   * Queues a kernel; see {@link fluxion.engine.spi.Backend#launch}.
   *
   * @param runtime the device
   * @param name the primitive, for messages
   * @param kernel one of the device's
   * @param outputs its outputs
   * @param inputs its inputs
   * @param scalars its runtime scalars
   */
  static void launch(
      OpenDevice runtime,
      String name,
      GpuKernel kernel,
      Operand[] outputs,
      Operand[] inputs,
      Scalar[] scalars) {
    List<Integer> read = kernel.leaves().inputs();
    Operand[] operands = new Operand[outputs.length + read.size()];
    System.arraycopy(outputs, 0, operands, 0, outputs.length);
    boolean contiguous = true;
    for (int k = 0; k < operands.length; k++) {
      if (k >= outputs.length) {
        operands[k] = inputs[read.get(k - outputs.length)];
      }
      contiguous = contiguous && operands[k].isContiguous();
    }
    runtime.require(operands);
    if (outputs[0].numel() == 0) {
      return;
    }
    boolean wide = OpenDevice.isWide(operands);
    Axes axes = contiguous ? row(operands) : axes(kernel, operands);
    int dims = axes.padded();
    int size =
        PointwiseSource.geometrySize(operands.length, dims, kernel.leaves().indices().size());
    long bytes = 8L * (operands.length + scalars.length) + (wide ? 8L : 4L) * size + OTHER_BYTES;
    if (!contiguous && bytes > runtime.capabilities().mostParameters()) {
      launchDense(runtime, name, kernel, outputs, inputs, scalars);
      return;
    }
    Arguments arguments = new Arguments().wide(wide);
    for (Operand operand : operands) {
      arguments.buffer(runtime.buffer(operand));
    }
    kernel.addScalars(arguments, scalars);
    long elements = outputs[0].numel();
    long chunk = Executable.chunk(runtime.capabilities(), elements);
    arguments.places(geometry(kernel, operands, axes, dims, size)).place(elements).place(chunk);
    kernel.executable(dims, wide).launch(name, arguments, elements, chunk);
  }

  /** The one dimension of contiguous operands. */
  private static Axes row(Operand[] operands) {
    long[] steps = new long[operands.length];
    Arrays.fill(steps, 1);
    Axes axes = new Axes(operands.length);
    axes.add(operands[0].numel(), steps);
    return axes;
  }

  /** The dimensions; where no index is read, in the order of the first output's steps. */
  private static Axes axes(GpuKernel kernel, Operand[] operands) {
    Shape shape = operands[0].shape();
    int[] order = new int[shape.dim()];
    for (int d = 0; d < order.length; d++) {
      order[d] = d;
      if (kernel.leaves().indices().isEmpty()) {
        sink(order, d, operands[0]);
      }
    }
    Axes axes = new Axes(operands.length);
    for (int d : order) {
      long[] steps = new long[operands.length];
      for (int k = 0; k < steps.length; k++) {
        steps[k] = operands[k].layout().stride(d);
      }
      axes.add(shape.size(d), steps);
    }
    return axes;
  }

  private static void sink(int[] order, int last, Operand output) {
    for (int i = last; i > 0 && reach(output, order[i - 1]) < reach(output, order[i]); i--) {
      int d = order[i];
      order[i] = order[i - 1];
      order[i - 1] = d;
    }
  }

  private static long reach(Operand operand, int dim) {
    return operand.shape().size(dim) == 1 ? 0 : Math.abs(operand.layout().stride(dim));
  }

  private static long[] geometry(
      GpuKernel kernel, Operand[] operands, Axes axes, int dims, int size) {
    long[] geometry = new long[size];
    geometry[0] = axes.rank();
    geometry[1] = axes.isUnit() ? 1 : 0;
    int at = axes.putSizes(geometry, PointwiseSource.SIZES_AT, dims);
    for (int k = 0; k < operands.length; k++) {
      geometry[at++] = operands[k].offset();
      at = axes.putSteps(geometry, at, dims, k);
    }
    Shape shape = operands[0].shape();
    for (int dim : kernel.leaves().indices()) {
      long behind = 1;
      for (int d = dim + 1; d < shape.dim(); d++) {
        behind *= shape.size(d);
      }
      geometry[at++] = behind;
      geometry[at++] = shape.size(dim);
    }
    return geometry;
  }

  /** Goes by way of contiguous copies, where the geometry is too large for a launch. */
  private static void launchDense(
      OpenDevice runtime,
      String name,
      GpuKernel kernel,
      Operand[] outputs,
      Operand[] inputs,
      Scalar[] scalars) {
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand[] in = inputs.clone();
      for (int i : kernel.leaves().inputs()) {
        in[i] = temporaries.dense(inputs[i]);
      }
      Operand[] out = new Operand[outputs.length];
      for (int o = 0; o < out.length; o++) {
        out[o] = temporaries.denseTarget(outputs[o]);
      }
      launch(runtime, name, kernel, out, in, scalars);
      for (int o = 0; o < out.length; o++) {
        if (out[o] != outputs[o]) {
          Copies.copy(runtime, out[o], outputs[o]);
        }
      }
    }
  }

  /** {@return the same memory seen as elements one after another} */
  static Operand flat(Operand dense) {
    return Layout.of(Shape.of(dense.numel()), new long[] {1}, dense.offset())
        .operand(dense.buffer());
  }
}
