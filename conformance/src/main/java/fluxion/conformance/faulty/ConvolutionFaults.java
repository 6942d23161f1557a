package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.Convolution;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Devices that offer an accelerator for convolutions, and compute them wrongly. */
final class ConvolutionFaults {
  private ConvolutionFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "convolution-ignores-dilation",
            "the elements of a window lie side by side",
            "B-822",
            "the output of a convolution",
            inner -> new HasConvolution(inner, true, false)),
        fault(
            "convolution-gradient-adds-to-what-was-there",
            "the images' gradient is added to what its memory held",
            "B-822",
            "the images' gradient of a convolution",
            inner -> new HasConvolution(inner, false, true)));
  }

  /** Multiplies each pair of elements that meet, one by one. */
  private static final class HasConvolution extends ForwardingBackend implements Convolution {
    private static final Scalar[] NONE = {};

    private final boolean side;
    private final boolean adds;

    HasConvolution(Backend inner, boolean side, boolean adds) {
      super(inner);
      this.side = side;
      this.adds = adds;
    }

    @Override
    public <A> Optional<A> accelerator(Class<A> type) {
      return type == Convolution.class ? Optional.of(type.cast(this)) : Optional.empty();
    }

    @Override
    public boolean takes(DType dtype) {
      return dtype == DType.FLOAT64;
    }

    @Override
    public void output(Sliding sliding, Operand x, Operand w, @Nullable Operand bias, Operand y) {
      begin(y, bias);
      each(sliding, x, w, y, y, x, w);
    }

    @Override
    public void input(Sliding sliding, Operand y, Operand w, @Nullable Operand bias, Operand x) {
      if (!adds) {
        begin(x, bias);
      }
      each(sliding, x, w, y, x, y, w);
    }

    @Override
    public void weight(Sliding sliding, Operand x, Operand y, Operand w) {
      begin(w, null);
      each(sliding, x, w, y, w, x, y);
    }

    private void begin(Operand sums, @Nullable Operand bias) {
      inner.fill(sums, Scalar.of(0));
      if (bias != null) {
        long[] strides = new long[sums.shape().dim()];
        strides[1] = bias.strides()[0];
        inner.copy(new Operand(bias.buffer(), sums.shape(), strides, bias.offset()), sums);
      }
    }

    private void each(
        Sliding sliding,
        Operand x,
        Operand w,
        Operand y,
        Operand target,
        Operand first,
        Operand second) {
      Expr product = Expr.input(1, DType.FLOAT64).mul(Expr.input(2, DType.FLOAT64));
      CompiledKernel kernel = inner.compile(Kernel.of(Expr.input(0, DType.FLOAT64).add(product)));
      long perGroup = w.shape().size(0) / sliding.groups();
      for (long i = 0; i < w.numel(); i++) {
        long[] k = indices(w.shape(), i);
        for (long j = 0; j < y.numel(); j++) {
          long[] at = indices(y.shape(), j);
          boolean inside = at[1] == k[0];
          at[1] = k[0] / perGroup * w.shape().size(1) + k[1];
          for (int d = 2; d < at.length; d++) {
            Along a = sliding.along().get(d - 2);
            at[d] = at[d] * a.stride() + k[d] * (side ? 1 : a.dilation()) - a.padding();
            inside &= at[d] >= 0 && at[d] < x.shape().size(d);
          }
          if (inside) {
            Operand element = Windows.at(target, place(target, x, w, at, i, j));
            inner.launch(
                kernel,
                new Operand[] {element},
                new Operand[] {
                  element,
                  Windows.at(first, place(first, x, w, at, i, j)),
                  Windows.at(second, place(second, x, w, at, i, j))
                },
                NONE);
          }
        }
      }
    }

    private static long place(Operand of, Operand x, Operand w, long[] at, long i, long j) {
      return of == w ? i : of == x ? position(x.shape(), at) : j;
    }

    private static long[] indices(Shape shape, long position) {
      long[] indices = new long[shape.dim()];
      long rest = position;
      for (int d = indices.length - 1; d >= 0; d--) {
        indices[d] = rest % shape.size(d);
        rest /= shape.size(d);
      }
      return indices;
    }

    private static long position(Shape shape, long[] indices) {
      long position = 0;
      for (int d = 0; d < indices.length; d++) {
        position = position * shape.size(d) + indices[d];
      }
      return position;
    }
  }
}
