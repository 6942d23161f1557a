package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.Arrays;

/**
 * Launches of kernels that read indices: an index is an input that counts 0, 1, 2 … along its
 * dimension and stands still along the others, plus a scalar. Dimensions longer than the counting
 * memory are cut into pieces, and the scalar says where a piece starts.
 */
final class IndexedLaunch {
  /** The longest piece. */
  static final int MOST = 1 << 16;

  private static volatile CpuBuffer counting = count(256);

  private IndexedLaunch() {}

  private static CpuBuffer count(int n) {
    long[] values = new long[n];
    for (int i = 0; i < n; i++) {
      values[i] = i;
    }
    return new CpuBuffer(Elements.of(DType.INT64, values));
  }

  private static CpuBuffer counting(long n) {
    CpuBuffer buffer = counting;
    if (buffer.elements() < n) {
      buffer = count((int) Math.min(Long.highestOneBit(n - 1) << 1, MOST));
      counting = buffer;
    }
    return buffer;
  }

  /** Computes a kernel; see {@link Pointwise#launch}. */
  static void run(CpuKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars) {
    Launch.requireScalars(scalars, kernel.kernel().scalarCount());
    run(kernel, outputs, inputs, scalars, new long[kernel.indexed().length], 0);
  }

  /** Cuts the {@code from}-th dimension whose index is read and those after it. */
  private static void run(
      CpuKernel kernel,
      Operand[] outputs,
      Operand[] inputs,
      Scalar[] scalars,
      long[] starts,
      int from) {
    Shape shape = outputs[0].shape();
    for (int j = from; j < starts.length; j++) {
      int dim = kernel.indexed()[j];
      long size = dim < shape.dim() ? shape.size(dim) : 1;
      if (size > MOST) {
        for (long start = 0; start < size; start += MOST) {
          starts[j] = start;
          long end = Math.min(start + MOST, size);
          Operand[] out = slice(outputs, dim, start, end);
          run(kernel, out, slice(inputs, dim, start, end), scalars, starts, j + 1);
        }
        starts[j] = 0;
        return;
      }
    }
    launch(kernel, outputs, inputs, scalars, starts);
  }

  private static void launch(
      CpuKernel kernel, Operand[] outputs, Operand[] inputs, Scalar[] scalars, long[] starts) {
    Shape shape = outputs[0].shape();
    int inputCount = kernel.kernel().inputCount();
    int scalarCount = kernel.kernel().scalarCount();
    Operand[] all = Arrays.copyOf(inputs, inputCount + starts.length);
    Scalar[] values = Arrays.copyOf(scalars, scalarCount + starts.length);
    for (int j = 0; j < starts.length; j++) {
      int dim = kernel.indexed()[j];
      long[] strides = new long[shape.dim()];
      long size = 1;
      if (dim < strides.length) {
        strides[dim] = 1;
        size = shape.size(dim);
      }
      all[inputCount + j] = Layout.of(shape, strides, 0).operand(counting(size));
      values[scalarCount + j] = Scalar.of(starts[j]);
    }
    Launch launch = kernel.launch();
    launch.scalars(values);
    launch.run(shape, outputs, all);
  }

  private static Operand[] slice(Operand[] operands, int dim, long start, long end) {
    Operand[] slices = new Operand[operands.length];
    for (int k = 0; k < slices.length; k++) {
      Layout layout = operands[k].layout().slice(dim, start, end, 1);
      slices[k] = layout.operand(operands[k].buffer());
    }
    return slices;
  }
}
