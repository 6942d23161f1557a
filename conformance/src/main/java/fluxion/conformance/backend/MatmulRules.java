package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.MatmulEpilogue;
import fluxion.engine.spi.Operand;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Rules about products of matrices. */
final class MatmulRules {
  private MatmulRules() {}

  /** The product of whole numbers, exact in the dtype or wrapped. */
  private static Values exact(Values a, Values b) {
    int dims = a.shape().dim();
    int m = Math.toIntExact(a.shape().size(dims - 2));
    int k = Math.toIntExact(a.shape().size(dims - 1));
    int n = Math.toIntExact(b.shape().size(dims - 1));
    Values product = new Values(a.dtype(), a.shape().with(dims - 1, n));
    for (int at = 0; at < product.size(); at++) {
      int batch = at / (m * n);
      int i = at / n % m;
      int j = at % n;
      double real = 0;
      long whole = 0;
      for (int t = 0; t < k; t++) {
        int left = (batch * m + i) * k + t;
        int right = (batch * k + t) * n + j;
        if (a.isFloating()) {
          real += a.real(left) * b.real(right);
        } else {
          whole += a.whole(left) * b.whole(right);
        }
      }
      if (a.isFloating()) {
        product.setReal(at, real);
      } else {
        product.setWhole(at, whole);
      }
    }
    return product;
  }

  private static Values product(
      Bench bench, Values a, Placement left, Values b, Placement right, Placement result) {
    int dims = a.shape().dim();
    Window x = bench.input(a, left);
    Window y = bench.input(b, right);
    Window output =
        bench.output(a.dtype(), a.shape().with(dims - 1, b.shape().size(dims - 1)), result);
    bench.backend().matmul(x.operand(), y.operand(), output.operand(), null);
    x.requireUnchanged(bench, "matmul");
    y.requireUnchanged(bench, "matmul");
    return output.read(bench);
  }

  private static void requireExact(
      Bench bench, Values a, Placement left, Values b, Placement right, Placement result) {
    Expect.same(
        "the product of %s, %s, and %s, %s, to %s"
            .formatted(a, left.words(), b, right.words(), result.words()),
        exact(a, b),
        product(bench, a, left, b, right, result));
  }

  @TestOf("B-501")
  static void b501_matmul_multiplies_matrices_of_any_shape(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.NUMBERS,
        (bench, dtype, trial) -> {
          SplittableRandom random = trial.random();
          int[][] sizes = {
            {1, 1, 1},
            {2, 3, 4},
            {4, 3, 2},
            {1, 7, 5},
            {5, 7, 1},
            {3, 1, 6},
            {17, 5, 33},
            {16, 16, 16},
            {8, 65, 9},
            {65, 8, 63},
            {31, 129, 17},
            {100, 3, 100},
            {3, 100, 3}
          };
          for (int[] s : sizes) {
            Values a = Samples.small(random, dtype, s[0], s[1]);
            Values b = Samples.small(random, dtype, s[1], s[2]);
            requireExact(
                bench, a, Placement.CONTIGUOUS, b, Placement.CONTIGUOUS, Placement.CONTIGUOUS);
          }
        });
  }

  @TestOf("B-502")
  static void b502_matmul_takes_sizes_about_the_borders_of_its_blocks(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64),
        (bench, dtype, trial) -> {
          boolean quick = trial.settings().isQuick();
          SplittableRandom random = trial.random();
          for (int k : Samples.lengths(quick)) {
            if (k <= 20_000) {
              requireExact(
                  bench,
                  ones(random, dtype, 3, k),
                  Placement.CONTIGUOUS,
                  ones(random, dtype, k, 2),
                  Placement.CONTIGUOUS,
                  Placement.CONTIGUOUS);
            }
          }
          for (int n : quick ? new int[] {15, 17, 31, 47, 97, 255} : Samples.lengths(false)) {
            if (n <= 520) {
              requireExact(
                  bench,
                  ones(random, dtype, n, 9),
                  Placement.CONTIGUOUS,
                  ones(random, dtype, 9, n + 1),
                  Placement.CONTIGUOUS,
                  Placement.CONTIGUOUS);
            }
          }
        });
  }

  private static Values ones(SplittableRandom random, DType dtype, long... sizes) {
    return Values.whole(dtype, Shape.of(sizes), i -> random.nextInt(-1, 3));
  }

  @TestOf("B-503")
  static void b503_matmul_operands_may_lie_anyhow(BackendSubject subject, Cases cases) {
    for (Placement left : Placement.values()) {
      subject.each(
          cases,
          List.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.BFLOAT16),
          ", " + left.words(),
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            for (Placement right : Placement.values()) {
              for (Placement result : Placement.WRITABLE) {
                for (int[] s : new int[][] {{3, 4, 5}, {20, 35, 18}}) {
                  Values a = left.of(Samples.small(random, dtype, s[0], s[1]));
                  Values b = right.of(Samples.small(random, dtype, s[1], s[2]));
                  requireExact(bench, a, left, b, right, result);
                }
              }
            }
          });
    }
  }

  @TestOf("B-504")
  static void b504_matmul_multiplies_each_matrix_of_a_batch(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.FLOAT16),
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            for (long[] batch : new long[][] {{1}, {5}, {2, 3}, {2, 1, 3}}) {
              Values a = placement.of(Samples.small(random, dtype, join(batch, 4, 6)));
              Values b = Samples.small(random, dtype, join(batch, 6, 3));
              requireExact(bench, a, placement, b, Placement.CONTIGUOUS, Placement.STRIDED);
              // one matrix for the whole batch, by strides of 0
              requireExact(
                  bench,
                  a,
                  placement,
                  Placement.EXPANDED.of(b),
                  Placement.EXPANDED,
                  Placement.CONTIGUOUS);
            }
          });
    }
  }

  private static long[] join(long[] batch, long... sizes) {
    long[] all = new long[batch.length + sizes.length];
    System.arraycopy(batch, 0, all, 0, batch.length);
    System.arraycopy(sizes, 0, all, batch.length, sizes.length);
    return all;
  }

  @TestOf("B-505")
  static void b505_a_product_over_nothing_is_zero(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.NUMBERS,
        (bench, dtype, trial) -> {
          for (long[] s : new long[][] {{3, 0, 4}, {0, 3, 4}, {3, 4, 0}, {0, 0, 0}}) {
            Values a = new Values(dtype, Shape.of(s[0], s[1]));
            Values b = new Values(dtype, Shape.of(s[1], s[2]));
            requireExact(
                bench, a, Placement.CONTIGUOUS, b, Placement.CONTIGUOUS, Placement.STRIDED);
          }
          Values batch = new Values(dtype, Shape.of(2, 3, 0));
          requireExact(
              bench,
              batch,
              Placement.CONTIGUOUS,
              new Values(dtype, Shape.of(2, 0, 2)),
              Placement.CONTIGUOUS,
              Placement.CONTIGUOUS);
        });
  }

  @TestOf("B-506")
  static void b506_an_epilogue_maps_each_element_of_a_product(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.WRITABLE) {
      subject.each(
          cases,
          List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64),
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            bench.require(DType.INT32);
            SplittableRandom random = trial.random();
            // (s0 * x0 + bias) * mask, as int32: the bias is one row for all
            Expr mapped = Expr.input(0, dtype).mul(Expr.scalar(0, dtype)).add(Expr.input(1, dtype));
            Kernel kernel =
                Kernel.of(mapped.mul(Expr.input(2, DType.INT32).cast(dtype)).cast(DType.INT32));
            for (long[] s : new long[][] {{2, 3, 4, 5}, {1, 20, 300, 33}, {2, 3, 0, 4}}) {
              Values a = Samples.small(random, dtype, s[0], s[1], s[2]);
              Values b = Samples.small(random, dtype, s[0], s[2], s[3]);
              Values product = exact(a, b);
              Values bias = Values.whole(dtype, Shape.of(s[3]), i -> i % 5);
              Values mask = Values.longs(DType.INT32, product.shape(), i -> i % 3);
              Window output = bench.output(DType.INT32, product.shape(), placement);
              Layout row = Layout.contiguous(bias.shape()).expand(product.shape());
              Operand[] more = {
                row.operand(bench.input(bias).operand().buffer()),
                bench.input(mask, placement).operand()
              };
              matmul(
                  bench,
                  bench.input(a),
                  bench.input(b),
                  output,
                  new MatmulEpilogue(bench.compile(kernel), more, new Scalar[] {Scalar.of(2)}));
              Expect.same(
                  "(2 * product + bias) * mask, " + placement.words(),
                  Values.longs(
                      DType.INT32,
                      product.shape(),
                      i -> (2 * product.whole(i) + bias.whole(i % bias.size())) * mask.whole(i)),
                  output.read(bench));
            }
          });
    }
  }

  private static void matmul(
      Bench bench, Window a, Window b, Window output, @Nullable MatmulEpilogue epilogue) {
    bench.backend().matmul(a.operand(), b.operand(), output.operand(), epilogue);
  }

  @TestOf("B-507")
  static void b507_nan_and_infinities_go_through_products(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          for (int k : new int[] {1, 3, 16, 70, 300}) {
            for (double special :
                new double[] {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
              // one special element, which meets zeros in the first column of b
              Values a =
                  Values.floats(dtype, Shape.of(5, k), i -> i == 2 * k + k / 2 ? special : 1);
              Values b = Values.floats(dtype, Shape.of(k, 4), i -> i % 4 == 0 ? 0 : i % 4);
              requireExact(
                  bench, a, Placement.CONTIGUOUS, b, Placement.CONTIGUOUS, Placement.CONTIGUOUS);
              Values c = Values.floats(dtype, Shape.of(4, k), i -> i / k == 0 ? 0 : i / k);
              Values d =
                  Values.floats(dtype, Shape.of(k, 5), i -> i == k / 2 * 5 + 2 ? special : 1);
              requireExact(
                  bench, c, Placement.CONTIGUOUS, d, Placement.TRANSPOSED, Placement.CONTIGUOUS);
            }
          }
        });
  }

  @TestOf("B-508")
  static void b508_integer_products_wrap(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.INTEGERS,
        (bench, dtype, trial) -> {
          for (int[] s : new int[][] {{3, 50, 4}, {20, 129, 21}}) {
            Values a = Samples.any(trial.random(), dtype, s[0], s[1]);
            Values b = Samples.normal(trial.random(), dtype, s[1], s[2]);
            requireExact(
                bench, a, Placement.CONTIGUOUS, b, Placement.CONTIGUOUS, Placement.CONTIGUOUS);
          }
        });
  }

  @TestOf("B-509")
  static void b509_float_products_hold_a_bound_that_grows_with_k(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          SplittableRandom random = trial.random();
          int[] lengths =
              trial.settings().isQuick()
                  ? new int[] {1, 2, 3, 7, 64, 257, 1000, 4097, 20_000}
                  : new int[] {
                    1, 2, 3, 7, 64, 257, 1000, 4095, 4096, 4097, 16_385, 70_000, 300_000
                  };
          for (int k : lengths) {
            Values a = Values.floats(dtype, Shape.of(3, k), i -> random.nextDouble(-1, 1.2));
            Values b = Values.floats(dtype, Shape.of(k, 4), i -> random.nextDouble(-1, 1.2));
            Values found =
                product(
                    bench, a, Placement.CONTIGUOUS, b, Placement.CONTIGUOUS, Placement.CONTIGUOUS);
            for (int at = 0; at < found.size(); at++) {
              double exact = 0;
              double lost = 0;
              double magnitude = 0;
              for (int t = 0; t < k; t++) {
                double x = a.real(at / 4 * k + t);
                double y = b.real(t * 4 + at % 4);
                // the rounding errors of product and sum are kept and added at the end
                double term = x * y;
                double sum = exact + term;
                double part = sum - exact;
                lost += exact - (sum - part) + (term - part) + Math.fma(x, y, -term);
                exact = sum;
                magnitude += Math.abs(term);
              }
              exact += lost;
              double rounding = dtype.computeType() == dtype ? 0 : DTypes.epsilon(dtype) / 2;
              double allowed =
                  Folds.sumBound(dtype.computeType(), k + 1) * magnitude
                      + rounding * Math.abs(exact) * 1.01;
              Expect.near(
                  "element %d of the product of %s and %s".formatted(at, a, b),
                  exact,
                  found.real(at),
                  allowed);
            }
          }
        });
  }

  @TestOf("B-510")
  static void b510_products_of_16_bit_floats_are_summed_in_float32(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.HALVES,
        (bench, dtype, trial) -> {
          // 1 + 1 + … stops at 2048 in float16 and at 256 in bfloat16
          for (int k : new int[] {300, 2500, 5000}) {
            Values a = Values.floats(dtype, Shape.of(2, k), i -> 1);
            Values b = Values.floats(dtype, Shape.of(k, 3), i -> 1);
            requireExact(
                bench, a, Placement.CONTIGUOUS, b, Placement.CONTIGUOUS, Placement.CONTIGUOUS);
          }
        });
  }
}
