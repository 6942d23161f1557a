package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Devices that multiply matrices wrongly. */
final class ProductFaults {
  private static final int BLOCK = 16;

  private ProductFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "wrong-on-non-square",
            "the sizes of the left factor are swapped",
            "B-501",
            "the product of",
            SwapsSizes::new),
        fault(
            "matmul-drops-last-k",
            "the last term of a long sum is left out",
            "B-502",
            "the product of",
            DropsTheLast::new),
        fault(
            "transposed-factor-read-plain",
            "a transposed right factor is read row by row",
            "B-503",
            "transposed",
            ReadsRows::new),
        fault(
            "matmul-ignores-batch-stride",
            "each product takes the first right factor",
            "B-504",
            "the product of",
            FirstOfTheBatch::new),
        fault(
            "product-over-nothing-kept",
            "with k = 0 the output stays as it was",
            "B-505",
            "the product of",
            KeepsTheOutput::new),
        fault(
            "epilogue-ignored",
            "the product is stored without its epilogue",
            "B-506",
            "(2 * product + bias) * mask",
            IgnoresEpilogues::new),
        fault(
            "zeros-skipped",
            "terms with a zero on the left are skipped",
            "B-507",
            "expected NaN",
            SkipsZeros::new),
        fault(
            "int-product-by-floats",
            "int64 products run in float64",
            "B-508",
            "the product of int64",
            inner -> new OtherType(inner, DType.INT64, DType.FLOAT64)),
        fault(
            "reduced-precision-product",
            "factors of float32 are rounded to bfloat16",
            "B-509",
            "the product of",
            RoundsFactors::new),
        fault(
            "half-precision-sum",
            "products of float16 are summed in float16",
            "B-510",
            "the product of float16",
            SumsInHalf::new));
  }

  private static final class SwapsSizes extends ForwardingBackend {
    SwapsSizes(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      int dims = a.shape().dim();
      Operand left = a;
      if (a.isContiguous() && dims == 2) {
        long[] strides = {1, a.shape().size(0)};
        left = new Operand(a.buffer(), a.shape(), strides, a.offset());
      }
      inner.matmul(left, b, output, epilogue);
    }
  }

  private static final class DropsTheLast extends ForwardingBackend {
    DropsTheLast(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      int dims = a.shape().dim();
      long k = a.shape().size(dims - 1);
      boolean drops = k > BLOCK && k % BLOCK == 1;
      inner.matmul(
          drops ? Windows.slice(a, dims - 1, 0, k - 1) : a,
          drops ? Windows.slice(b, dims - 2, 0, k - 1) : b,
          output,
          epilogue);
    }
  }

  private static final class ReadsRows extends ForwardingBackend {
    ReadsRows(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      boolean transposed = b.shape().dim() == 2 && b.layout().stride(0) == 1;
      inner.matmul(a, transposed ? Windows.dense(b) : b, output, epilogue);
    }
  }

  private static final class FirstOfTheBatch extends ForwardingBackend {
    FirstOfTheBatch(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      long[] strides = b.strides();
      for (int d = 0; d < strides.length - 2; d++) {
        strides[d] = 0;
      }
      inner.matmul(
          a, Layout.of(b.shape(), strides, b.offset()).operand(b.buffer()), output, epilogue);
    }
  }

  private static final class KeepsTheOutput extends ForwardingBackend {
    KeepsTheOutput(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      if (a.numel() > 0 || b.numel() > 0) {
        inner.matmul(a, b, output, epilogue);
      }
    }
  }

  private static final class IgnoresEpilogues extends ForwardingBackend {
    IgnoresEpilogues(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      if (epilogue == null) {
        inner.matmul(a, b, output, null);
        return;
      }
      Operand product = Windows.fresh(inner, a.dtype(), output.shape());
      inner.matmul(a, b, product, null);
      inner.copy(product, output);
    }
  }

  private static final class SkipsZeros extends ForwardingBackend {
    SkipsZeros(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      DType type = a.dtype();
      if (type != DType.FLOAT32 || b.numel() == 0) {
        inner.matmul(a, b, output, epilogue);
        return;
      }
      // an infinity or NaN that meets only zeros has no effect
      Operand finite = Windows.copy(inner, b);
      Expr x = Expr.input(0, type);
      Expr zero = Expr.literal(type, 0.0);
      inner.launch(
          inner.compile(Kernel.of(Expr.select(x.isfinite(), x, zero))),
          new Operand[] {finite},
          new Operand[] {finite},
          new Scalar[0]);
      inner.matmul(a, finite, output, epilogue);
    }
  }

  /** A device that multiplies in another dtype. */
  private static class OtherType extends ForwardingBackend {
    private final DType own;
    private final DType other;

    OtherType(Backend inner, DType own, DType other) {
      super(inner);
      this.own = own;
      this.other = other;
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      if (a.dtype() == own && epilogue == null) {
        Operand product = Windows.fresh(inner, other, output.shape());
        inner.matmul(cast(a, other), cast(b, other), product, null);
        inner.copy(product, output);
      } else {
        inner.matmul(a, b, output, epilogue);
      }
    }

    Operand cast(Operand operand, DType dtype) {
      Operand cast = Windows.fresh(inner, dtype, operand.shape());
      inner.copy(operand, cast);
      return cast;
    }
  }

  private static final class RoundsFactors extends OtherType {
    RoundsFactors(Backend inner) {
      super(inner, DType.FLOAT32, DType.FLOAT32);
    }

    @Override
    Operand cast(Operand operand, DType dtype) {
      return super.cast(super.cast(operand, DType.BFLOAT16), dtype);
    }
  }

  private static final class SumsInHalf extends ForwardingBackend {
    private static final long PART = 3;

    SumsInHalf(Backend inner) {
      super(inner);
    }

    @Override
    public void matmul(Operand a, Operand b, Operand output, @Nullable MatmulEpilogue epilogue) {
      long k = a.shape().size(-1);
      if (a.dtype() != DType.FLOAT16 || epilogue != null || a.shape().dim() != 2 || k <= PART) {
        inner.matmul(a, b, output, epilogue);
        return;
      }
      Expr sum =
          Expr.input(0, DType.FLOAT16)
              .cast(DType.FLOAT32)
              .add(Expr.input(1, DType.FLOAT16).cast(DType.FLOAT32))
              .cast(DType.FLOAT16);
      inner.fill(output, Scalar.of(0));
      for (long start = 0; start < k; start += PART) {
        Operand part = Windows.fresh(inner, DType.FLOAT16, output.shape());
        long end = Math.min(k, start + PART);
        inner.matmul(Windows.slice(a, 1, start, end), Windows.slice(b, 0, start, end), part, null);
        inner.launch(
            inner.compile(Kernel.of(sum)),
            new Operand[] {output},
            new Operand[] {output, part},
            new Scalar[0]);
      }
    }
  }
}
