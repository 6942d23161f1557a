package fluxion.ops.nn.internal;

import static fluxion.engine.spi.Operator.sample;

import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.api.ShapeException;
import fluxion.api.Tensor;
import fluxion.api.spi.Call;
import fluxion.api.spi.OpSite;
import fluxion.engine.spi.Catalogue;
import fluxion.engine.spi.Operator;
import fluxion.ops.nn.ConvolutionCall;
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
      if (t.has("bilinear")) {
        t.add(
            Operator.named("bilinear")
                .overload(
                    "(Tensor input1, Tensor input2, Tensor weight, Tensor? bias=None)",
                    ConvolutionCall.Bilinear.class,
                    Linear::bilinear)
                .samples(
                    s ->
                        List.of(
                            sample(s.tensor(2, 3), s.tensor(2, 4), s.tensor(2, 3, 4), s.tensor(2)),
                            sample(s.tensor(3), s.tensor(2), s.tensor(4, 3, 2)),
                            sample(s.tensor(2, 2, 3), s.tensor(2, 2, 1), s.tensor(2, 3, 1)))));
      }
    }
  }

  private Linear() {}

  /** The same, by one product of matrices whatever the layout of the input. */
  static Tensor ofRows(Tensor input, Tensor weight, @Nullable Tensor bias) {
    long[] sizes = input.shape().toArray();
    int last = sizes.length - 1;
    long rows = input.shape().with(last, 1).numel();
    Tensor result = linear(input.reshape(rows, sizes[last]), weight, bias);
    sizes[last] = weight.size(0);
    return result.reshape(sizes);
  }

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

  private static Tensor bilinear(
      Tensor input1, Tensor input2, Tensor weight, @Nullable Tensor bias) {
    int last = input1.dim() - 1;
    if (input1.dim() != input2.dim()) {
      throw new ShapeException(
          "bilinear(): input dimensions do not match: got "
              + input1.dim()
              + " and "
              + input2.dim());
    }
    if (last < 0 || weight.dim() != 3) {
      throw new ShapeException(
          "bilinear(): inputs need a dimension and weight three, but they have shapes "
              + input1.shape()
              + " and "
              + weight.shape());
    }
    for (int d = 0; d < last; d++) {
      if (input1.size(d) != input2.size(d)) {
        throw new ShapeException(
            "bilinear(): input batch dimensions do not match at dim "
                + d
                + ": got "
                + input1.size(d)
                + " and "
                + input2.size(d));
      }
    }
    checkFactor("input1", input1.size(last), weight.size(1));
    checkFactor("input2", input2.size(last), weight.size(2));
    if (bias != null && (bias.dim() != 1 || bias.size(0) != weight.size(0))) {
      throw new ShapeException(
          "bilinear(): bias size does not match weight size: got "
              + bias.shape()
              + " but expected "
              + weight.size(0));
    }
    long rows = input1.shape().with(last, 1).numel();
    long outputs = weight.size(0);
    long[] sizes = input1.shape().with(last, outputs).toArray();
    Tensor left = input1.reshape(rows, weight.size(1));
    Tensor right = input2.reshape(rows, weight.size(2), 1);
    // For each row first the product with one input, then that with the other.
    Tensor factors = weight.permute(1, 0, 2).reshape(weight.size(1), outputs * weight.size(2));
    Tensor half = left.matmul(factors).reshape(rows, outputs, weight.size(2));
    Tensor result = half.matmul(right).reshape(sizes);
    return bias == null ? result : result.add(bias);
  }

  private static void checkFactor(String name, long found, long expected) {
    if (found != expected) {
      throw new ShapeException(
          "bilinear(): "
              + name
              + " size does not match weight size: got "
              + found
              + " but expected "
              + expected);
    }
  }

  private static Tensor addmm(Tensor bias, Tensor input, Tensor weight) {
    return ADDMM.get().apply(bias, input, weight.t(), ONE, ONE);
  }
}
