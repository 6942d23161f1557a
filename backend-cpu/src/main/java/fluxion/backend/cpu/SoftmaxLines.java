package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.accelerator.Softmax;

/**
 * Softmax and its logarithm, line by line.
 *
 * <p>Every step rounds to the compute dtype of the operands; only the result rounds to a 16-bit
 * float. The exponentials are summed in the order of a reduction. A line with a NaN is all NaN, and
 * so is one whose largest element is infinite or whose elements are all −∞.
 */
final class SoftmaxLines implements Softmax {
  @Override
  public void softmax(Operand input, int dim, boolean logarithm, Operand output) {
    if (input.numel() == 0) {
      return;
    }
    DType dtype = input.dtype().computeType();
    Lines in = new Lines(input, dim);
    Lines out = new Lines(output, dim);
    int length = in.length();
    double[] x = new double[length];
    double[] exponentials = new double[length];
    DoubleValues line = new DoubleValues(dtype, x);
    DoubleValues summands = new DoubleValues(dtype, exponentials);
    DoubleValues sum = new DoubleValues(dtype, new double[1]);
    LaneFold fold = new LaneFold(Reduction.Kind.SUM, dtype);
    long lines = Lines.count(input, dim);
    for (long i = 0; i < lines; i++) {
      in.next();
      in.read(line, 0, 1, length);
      double max = Double.NEGATIVE_INFINITY;
      for (double value : x) {
        max = Math.max(max, value);
      }
      for (int j = 0; j < length; j++) {
        x[j] = DoubleValues.round(dtype, x[j] - max);
        exponentials[j] = DoubleValues.round(dtype, StrictMath.exp(x[j]));
      }
      fold.add(summands, 0, length);
      fold.finish(sum, 0);
      double total = sum.registers()[0];
      double shift = DoubleValues.round(dtype, StrictMath.log(total));
      for (int j = 0; j < length; j++) {
        x[j] = DoubleValues.round(dtype, logarithm ? x[j] - shift : exponentials[j] / total);
      }
      out.next();
      out.write(line, 0, 1, length);
    }
  }
}
