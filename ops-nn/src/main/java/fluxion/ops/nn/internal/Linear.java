package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The linear map {@code x Wᵀ + b}, composed of matrix products as PyTorch composes it. */
final class Linear {
  private static final OpSite<Call.AddProduct> ADDMM = OpSite.of("addmm", Call.AddProduct.class);
  private static final Scalar ONE = Scalar.of(1);

  /** The lines of the table. */
  static final class Table {
    private Table() {}

    static void lines(Catalogue t) {
      if (t.has("linear")) {
        t.add(
            Operator.named("linear")
                .overload(
                    "(Tensor input, Tensor weight, Tensor? bias=None)",
                    Call.Ternary.class,
                    Linear::linear)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(4, 3), s.tensor(4)),
                            sample(s.tensor(2, 3), s.tensor(4, 3)),
                            sample(s.tensor(3), s.tensor(4, 3), s.tensor(4)),
                            sample(s.tensor(2, 2, 3), s.tensor(4, 3), s.tensor(4)),
                            sample(s.tensor(0, 3), s.tensor(4, 3), s.tensor(4)))));
      }
    }
  }

  private Linear() {}

  static Tensor linear(Tensor input, Tensor weight, @Nullable Tensor bias) {
    if (bias == null) {
      return input.matmul(weight.t());
    }
    if (bias.dtype() == DType.BOOL) {
      // said here, so that it does not depend on which way the sum goes
      throw new DTypeException(
          "\"addmm_impl_cpu_\" not implemented for 'Bool'; cast to an integer dtype");
    }
    if (input.dim() == 2) {
      return addmm(bias, input, weight);
    }
    if (input.dim() == 3 && input.isContiguous()) {
      // One product of matrices with the sum fused, not a batch of them and a sum.
      Tensor rows = input.view(input.size(0) * input.size(1), input.size(2));
      Tensor result = addmm(bias, rows, weight);
      return result.view(input.size(0), input.size(1), result.size(1));
    }
    return input.matmul(weight.t()).add(bias);
  }

  private static Tensor addmm(Tensor bias, Tensor input, Tensor weight) {
    return ADDMM.get().apply(bias, input, weight.t(), ONE, ONE);
  }
}
