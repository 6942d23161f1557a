package fluxion.conformance.reference;

import fluxion.api.DType;
import fluxion.engine.spi.Reduction;

/** Elements combined into one, from the neutral element on. */
abstract class Fold {
  /** Takes one element more. */
  abstract void add(long element);

  /** {@return what all elements so far combine to} */
  abstract long result();

  /**
   * {@return an empty fold}
   *
   * @param kind how elements combine
   * @param dtype the dtype of the elements and of the result
   */
  static Fold of(Reduction.Kind kind, DType dtype) {
    return switch (kind) {
      case ALL, ANY -> new Truth(kind == Reduction.Kind.ALL, dtype);
      case SUM -> dtype.isFloatingPoint() ? new Sum(dtype) : new Steps(kind, dtype);
      case PROD -> dtype.isFloatingPoint() ? new Product(dtype) : new Steps(kind, dtype);
      case MIN, MAX -> new Steps(kind, dtype);
    };
  }

  /** A sum of floats, rounded once. */
  private static final class Sum extends Fold {
    private final DType dtype;
    private final ExactSum sum = new ExactSum();

    Sum(DType dtype) {
      this.dtype = dtype;
    }

    @Override
    void add(long element) {
      sum.add(Element.toDouble(element));
    }

    @Override
    long result() {
      return Element.of(sum.rounded(dtype));
    }
  }

  /** A product of floats, rounded once. */
  private static final class Product extends Fold {
    private final DType dtype;
    private final ExactProduct product = new ExactProduct();

    Product(DType dtype) {
      this.dtype = dtype;
    }

    @Override
    void add(long element) {
      product.multiply(Element.toDouble(element));
    }

    @Override
    long result() {
      return Element.of(product.rounded(dtype));
    }
  }

  /** Whether all or any are true. */
  private static final class Truth extends Fold {
    private final boolean all;
    private final DType dtype;
    private boolean value;

    Truth(boolean all, DType dtype) {
      this.all = all;
      this.dtype = dtype;
      this.value = all;
    }

    @Override
    void add(long element) {
      value =
          all ? value && Element.isTrue(dtype, element) : value || Element.isTrue(dtype, element);
    }

    @Override
    long result() {
      return Element.cast(value ? 1 : 0, DType.BOOL, dtype);
    }
  }

  /** What is exact at each step: extremes, and integers modulo a power of two. */
  private static final class Steps extends Fold {
    private final Reduction.Kind kind;
    private final DType dtype;
    private long value;

    Steps(Reduction.Kind kind, DType dtype) {
      this.kind = kind;
      this.dtype = dtype;
      this.value = neutral(kind, dtype);
    }

    private static long neutral(Reduction.Kind kind, DType dtype) {
      return switch (kind) {
        case SUM -> 0;
        case PROD -> 1;
        default -> Extremes.bound(dtype, kind == Reduction.Kind.MIN);
      };
    }

    @Override
    void add(long element) {
      value =
          switch (kind) {
            case SUM -> Arithmetic.add(dtype, value, element);
            case PROD -> Arithmetic.multiply(dtype, value, element);
            case MIN -> Arithmetic.min(dtype, value, element);
            default -> Arithmetic.max(dtype, value, element);
          };
    }

    @Override
    long result() {
      return value;
    }
  }
}
