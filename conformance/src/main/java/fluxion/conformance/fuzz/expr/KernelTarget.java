package fluxion.conformance.fuzz.expr;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.TensorOptions;
import fluxion.api.Tensors;
import fluxion.conformance.fuzz.ByteSource;
import fluxion.conformance.fuzz.Finding;
import fluxion.conformance.fuzz.FuzzTarget;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Primitives;
import java.util.Arrays;

/** Random kernels: what a device computes against the reference interpreter, bit for bit. */
public final class KernelTarget implements FuzzTarget {
  private static final double[] ODD = {
    Double.NaN, 1 / 0.0, -1 / 0.0, -0.0, 0.0, 1, -1, 1e-40, 3e38, 1e-310, -1e19, 255, -129, 65504
  };
  private static final long[] SIZES = {5, 1, 2, 3, 16, 17, 33, 64, 70};

  private final Device device;
  private final boolean elementary;

  /**
   * Makes the target.
   *
   * @param device the device under test
   * @param elementary whether elementary functions may occur; a device whose functions are its own
   *     gives other bits there, and may
   */
  public KernelTarget(Device device, boolean elementary) {
    this.device = device;
    this.elementary = elementary;
  }

  @Override
  public String name() {
    return "kernels";
  }

  @Override
  public String covers() {
    return "random kernels of formulas, compiled by the device, against the reference interpreter";
  }

  @Override
  public void run(ByteSource source) {
    long[] sizes = new long[source.below(3)];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = SIZES[source.below(SIZES.length)];
    }
    Shape shape = Shape.of(sizes);
    Kernel kernel = ExprGenerator.kernel(source, elementary, shape.dim());
    double[][] values = new double[kernel.inputCount()][];
    Tensor[] inputs = new Tensor[kernel.inputCount()];
    for (int i = 0; i < inputs.length; i++) {
      DType type = kernel.inputType(i);
      DType dtype = type == null ? DType.FLOAT32 : type;
      Tensor input = Tensors.tensor(values(source, shape, dtype), shape, TensorOptions.of(dtype));
      values[i] = input.toDoubleArray();
      inputs[i] = arranged(source, input.to(device));
    }
    Tensor[] outputs = Primitives.pointwise(kernel, inputs);
    compare(kernel, shape, values, outputs);
  }

  /** The same elements, lying in another order perhaps. */
  private static Tensor arranged(ByteSource source, Tensor tensor) {
    return tensor.dim() == 2 && source.below(2) == 1
        ? tensor.transpose(0, 1).clone().contiguous().transpose(0, 1)
        : tensor;
  }

  private static double[] values(ByteSource source, Shape shape, DType dtype) {
    int[] decided = new int[8];
    Arrays.setAll(decided, i -> source.next());
    double[] values = new double[Math.toIntExact(shape.numel())];
    for (int i = 0; i < values.length; i++) {
      int code = (decided[i % 8] + 37 * (i / 8)) & 0xff;
      double value = code < 4 * ODD.length ? ODD[code % ODD.length] : (code - 150) / 16.0;
      values[i] =
          switch (dtype.category()) {
            case BOOL -> code & 1;
            case INTEGRAL -> dtype == DType.UINT8 ? code : code - 128;
            case FLOATING -> value;
          };
    }
    return values;
  }

  private void compare(Kernel kernel, Shape shape, double[][] values, Tensor[] outputs) {
    int n = Math.toIntExact(shape.numel());
    ExprProgram program = ExprProgram.compile(kernel);
    ExprProgram.Frame frame = program.newFrame(Math.max(n, 1));
    for (int i = 0; i < values.length; i++) {
      DType type = kernel.inputType(i);
      if (type == null) {
        continue;
      }
      if (type.isFloatingPoint()) {
        System.arraycopy(values[i], 0, frame.floatInput(i), 0, n);
      } else {
        for (int k = 0; k < n; k++) {
          frame.intInput(i)[k] = (long) values[i][k];
        }
      }
    }
    for (int d = 0; d < kernel.indexDims(); d++) {
      long step = 1;
      for (int later = d + 1; later < shape.dim(); later++) {
        step *= shape.size(later);
      }
      for (int k = 0; k < n; k++) {
        frame.index(d)[k] = k / step % shape.size(d);
      }
    }
    frame.scalars(new Scalar[0]);
    program.run(frame, n);
    for (int k = 0; k < outputs.length; k++) {
      if (outputs[k].dtype().isFloatingPoint()) {
        double[] found = outputs[k].toDoubleArray();
        for (int i = 0; i < n; i++) {
          double expected = frame.floatOutput(k)[i];
          if (Double.doubleToLongBits(found[i]) != Double.doubleToLongBits(expected)) {
            throw finding(kernel, k, values, i, found[i], expected);
          }
        }
      } else {
        long[] found = outputs[k].toLongArray();
        for (int i = 0; i < n; i++) {
          if (found[i] != frame.intOutput(k)[i]) {
            throw finding(kernel, k, values, i, found[i], frame.intOutput(k)[i]);
          }
        }
      }
    }
  }

  private Finding finding(
      Kernel kernel, int output, double[][] values, int i, Number found, Number expected) {
    StringBuilder text = new StringBuilder("on " + device + ", output " + output + " of\n");
    text.append(kernel).append("\nis ").append(found).append(" instead of ").append(expected);
    for (int k = 0; k < values.length; k++) {
      text.append(k == 0 ? " where " : ", ");
      text.append("x").append(k).append(" = ").append(values[k][i]);
      text.append(" (").append(kernel.inputType(k)).append(")");
    }
    return new Finding(text.toString(), "");
  }
}
