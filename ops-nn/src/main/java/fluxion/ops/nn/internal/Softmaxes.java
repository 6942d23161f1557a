package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Shape;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Functions;
import fluxion.engine.spi.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Softmax and its logarithm as operators. */
final class Softmaxes {
  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("softmax")) {
        t.add(operator("softmax", Softmaxes::softmax));
      }
      if (t.has("log_softmax")) {
        t.add(operator("log_softmax", Softmaxes::log));
      }
    }
  }

  private Softmaxes() {}

  private static Operator operator(String name, Call.DimDType implementation) {
    return Operator.named(name)
        .overload(
            "(Tensor self, int dim, *, ScalarType? dtype=None)",
            Call.DimDType.class,
            implementation)
        .samples(
            s ->
                List.of(
                    sample(s.tensor(2, 3), 1L),
                    sample(s.tensor(3, 2, 4), 0L),
                    sample(s.tensor(3, 2, 4), -2L),
                    sample(s.tensor(), 0L),
                    sample(s.tensor(0, 3), 1L)));
  }

  static Tensor softmax(Tensor self, int dim, @Nullable DType dtype) {
    return apply(self, dim, dtype, false);
  }

  static Tensor log(Tensor self, int dim, @Nullable DType dtype) {
    return apply(self, dim, dtype, true);
  }

  private static Tensor apply(Tensor self, int dim, @Nullable DType dtype, boolean logarithm) {
    Tensor input = dtype == null ? self : self.to(dtype);
    int dims = self.dim();
    int wrapped = Shape.wrap(dim, dims);
    if (!input.dtype().isFloatingPoint() && input.numel() > 0) {
      // The names of PyTorch's kernels, as its message gives them.
      String kernel =
          dims > 0 && wrapped == dims - 1
              ? (logarithm ? "log_softmax_lastdim_kernel_impl" : "softmax_lastdim_kernel_impl")
              : "softmax_kernel_impl";
      throw new DTypeException(
          "\"" + kernel + "\" not implemented for '" + input.dtype().typeName() + "'");
    }
    return Functions.apply(new Softmax(wrapped, logarithm), input);
  }
}
