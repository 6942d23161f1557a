package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.convolution.Bias;
import fluxion.backend.cpu.convolution.Convolver;
import fluxion.backend.cpu.convolution.Geometry;
import fluxion.backend.cpu.convolution.Images;
import fluxion.backend.cpu.convolution.Lender;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.Convolution;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/** Convolutions of float32 and float64. Images are read where they lie, the others contiguous. */
final class Convolutions implements Convolution {
  private final Memory memory;

  /**
   * Makes them.
   *
   * @param memory lends arrays for sums
   */
  Convolutions(Memory memory) {
    this.memory = memory;
  }

  @Override
  public boolean takes(DType dtype) {
    return dtype == DType.FLOAT32 || dtype == DType.FLOAT64;
  }

  @Override
  public void output(Sliding sliding, Operand x, Operand w, @Nullable Operand bias, Operand y) {
    Operand weight = contiguous(w);
    convolver(sliding, x, w, y)
        .output(
            images(x),
            array(weight),
            (int) weight.offset(),
            bias(bias),
            array(y),
            (int) y.offset());
  }

  @Override
  public void input(Sliding sliding, Operand y, Operand w, @Nullable Operand bias, Operand x) {
    Operand output = contiguous(y);
    Operand weight = contiguous(w);
    convolver(sliding, x, w, y)
        .input(
            array(output),
            (int) output.offset(),
            array(weight),
            (int) weight.offset(),
            bias(bias),
            array(x),
            (int) x.offset());
  }

  @Override
  public void weight(Sliding sliding, Operand x, Operand y, Operand w) {
    Operand output = contiguous(y);
    convolver(sliding, x, w, y)
        .weight(
            images(x),
            array(output),
            (int) output.offset(),
            array(w),
            (int) w.offset(),
            lender(w.dtype()));
  }

  private Lender lender(DType dtype) {
    return new Lender() {
      @Override
      public Object borrow(int length) {
        return memory.borrow(dtype, length);
      }

      @Override
      public void giveBack(Object array) {
        memory.giveBack(dtype, array);
      }
    };
  }

  private static Object array(Operand operand) {
    return CpuBuffer.elements(operand).array();
  }

  private static Operand contiguous(Operand operand) {
    if (operand.isContiguous()) {
      return operand;
    }
    Operand copy = Copier.temporary(operand.dtype(), operand.shape());
    Copier.copy(operand, copy);
    return copy;
  }

  private static @Nullable Bias bias(@Nullable Operand bias) {
    return bias == null ? null : new Bias(array(bias), (int) bias.offset(), Dims.stride(bias, 0));
  }

  private static Images images(Operand x) {
    int dims = x.shape().dim();
    return new Images(
        array(x),
        (int) x.offset(),
        (int) Dims.size(x, 0),
        Dims.stride(x, 0),
        Dims.stride(x, 1),
        dims > 4 ? Dims.stride(x, dims - 3) : 0,
        dims > 3 ? Dims.stride(x, dims - 2) : 0,
        Dims.stride(x, dims - 1));
  }

  private static Convolver convolver(Sliding sliding, Operand x, Operand w, Operand y) {
    Geometry geometry =
        new Geometry(
            sizes(x),
            sizes(w),
            each(sliding, Along::stride),
            each(sliding, Along::padding),
            each(sliding, Along::dilation),
            sizes(y));
    int groups = Math.toIntExact(sliding.groups());
    int in = (int) Dims.size(w, 1);
    int out = (int) Dims.size(y, 1) / groups;
    return new Convolver(geometry, (int) Dims.size(x, 0), groups, in, out);
  }

  private static int[] sizes(Operand operand) {
    int[] sizes = new int[operand.shape().dim() - 2];
    for (int d = 0; d < sizes.length; d++) {
      sizes[d] = (int) Dims.size(operand, d + 2);
    }
    return sizes;
  }

  private static int[] each(Sliding sliding, ToLongFunction<Along> what) {
    return sliding.along().stream().mapToInt(a -> Math.toIntExact(what.applyAsLong(a))).toArray();
  }
}
