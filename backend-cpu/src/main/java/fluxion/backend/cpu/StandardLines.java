package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.cpu.lines.FloatStandard;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.Standardization;
import java.util.Arrays;

/** Standardised lines of float32 that are runs of memory, a group of them at a time. */
final class StandardLines implements Standardization {
  @Override
  public boolean standardize(
      Operand input,
      int from,
      double eps,
      Operand result,
      Operand rstd,
      Operand mean,
      Operand variance) {
    if (!takes(from, input, result)) {
      return false;
    }
    Lines lines = new Lines(from, merged(input, from), merged(result, from));
    if (!FloatStandard.takes(lines.length(), input.numel())) {
      return false;
    }
    float[] x = (float[]) lines.array(0);
    float[] y = (float[]) lines.array(1);
    float[][] statistics = {
      CpuBuffer.floats(rstd), CpuBuffer.floats(mean), CpuBuffer.floats(variance)
    };
    int[] offsets = {(int) rstd.offset(), (int) mean.offset(), (int) variance.offset()};
    lines.share(
        SoftmaxLines.PARALLEL,
        (first, end) -> {
          FloatStandard loops = new FloatStandard(lines.length());
          int[] starts = new int[FloatStandard.GROUP];
          int[] places = new int[FloatStandard.GROUP];
          for (long line = first; line < end; line += FloatStandard.GROUP) {
            int group = lines.starts(0, line, end, starts);
            lines.starts(1, line, end, places);
            loops.standardize(x, starts, y, places, group, (float) eps);
            for (int k = 0; k < statistics.length; k++) {
              loops.store(k, statistics[k], offsets[k] + (int) line, group);
            }
          }
        });
    return true;
  }

  @Override
  public boolean gradient(Operand g, Operand result, Operand rstd, int from, Operand target) {
    if (!takes(from, g, result, target) || !rstd.isContiguous()) {
      return false;
    }
    Lines lines = new Lines(from, merged(g, from), merged(result, from), merged(target, from));
    if (!FloatStandard.takes(lines.length(), g.numel())) {
      return false;
    }
    float[][] arrays = {
      (float[]) lines.array(0), (float[]) lines.array(1), (float[]) lines.array(2)
    };
    float[] roots = CpuBuffer.floats(rstd);
    lines.share(
        SoftmaxLines.PARALLEL,
        (first, end) -> {
          FloatStandard loops = new FloatStandard(lines.length());
          int[][] starts = new int[arrays.length][FloatStandard.GROUP];
          for (long line = first; line < end; line += FloatStandard.GROUP) {
            int group = 0;
            for (int k = 0; k < arrays.length; k++) {
              group = lines.starts(k, line, end, starts[k]);
            }
            loops.gradient(arrays, starts, roots, (int) rstd.offset() + (int) line, group);
          }
        });
    return true;
  }

  /** Whether lines of operands are runs of memory of float32. */
  private static boolean takes(int from, Operand... operands) {
    for (Operand operand : operands) {
      if (operand.dtype() != DType.FLOAT32 || !Dims.contiguous(operand, Dims.from(operand, from))) {
        return false;
      }
    }
    return true;
  }

  /** An operand with the dimensions of a line as one. */
  private static Operand merged(Operand operand, int from) {
    long[] sizes = Arrays.copyOf(operand.shape().toArray(), from + 1);
    long[] strides = Arrays.copyOf(operand.strides(), from + 1);
    sizes[from] = Dims.numel(operand, Dims.from(operand, from));
    strides[from] = 1;
    return new Operand(operand.buffer(), Shape.of(sizes), strides, operand.offset());
  }
}
