package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.Reduction.Kind;
import java.util.List;
import java.util.SplittableRandom;

/** Rules about reductions. */
final class ReduceRules {
  private static final List<Kind> NUMERIC = List.of(Kind.SUM, Kind.PROD, Kind.MIN, Kind.MAX);

  private ReduceRules() {}

  /** The dtype in which a dtype is combined here. */
  private static DType accumulator(DType dtype) {
    return dtype.computeType();
  }

  private static List<Kind> kinds(DType dtype) {
    return dtype == DType.BOOL ? List.of(Kind.ALL, Kind.ANY) : NUMERIC;
  }

  @TestOf("B-401")
  static void b401_reduce_folds_the_chosen_dimensions(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            for (Shape shape :
                List.of(
                    Shape.of(),
                    Shape.of(5),
                    Shape.of(3, 4),
                    Shape.of(2, 3, 5),
                    Shape.of(3, 1, 2, 4),
                    Shape.of(7, 40))) {
              Values given = placement.of(factors(trial.random(), dtype, shape));
              for (Kind kind : kinds(dtype)) {
                Reduction reduction = Reduction.of(kind, dtype, accumulator(dtype), dtype);
                for (int mask = 0; mask < 1 << shape.dim(); mask++) {
                  boolean[] reduced = Folds.mask(shape, mask);
                  Values found =
                      Folds.run(
                          bench,
                          reduction,
                          bench.input(given, placement),
                          reduced,
                          dtype,
                          mask % 2 == 0 ? Placement.CONTIGUOUS : Placement.STRIDED);
                  Expect.same(
                      "%s of %s over %s, %s"
                          .formatted(kind, given, Folds.words(reduced), placement.words()),
                      Folds.exact(kind, given, reduced).cast(dtype),
                      found);
                }
              }
            }
          });
    }
  }

  /** Whole numbers whose sums and products are exact in every dtype. */
  private static Values factors(SplittableRandom random, DType dtype, Shape shape) {
    int places = Math.max(1, Math.toIntExact(shape.numel()) / 3);
    return Values.whole(
        dtype,
        shape,
        i -> dtype == DType.BOOL ? random.nextInt(6) == 0 ? 0 : 1 : i % places == 1 ? 2 : 1);
  }

  @TestOf("B-402")
  static void b402_a_fold_of_nothing_is_the_neutral_element(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          for (Kind kind : kinds(dtype)) {
            Reduction reduction = Reduction.of(kind, dtype, accumulator(dtype), dtype);
            for (Shape shape : List.of(Shape.of(0), Shape.of(3, 0), Shape.of(2, 0, 4))) {
              Values given = new Values(dtype, shape);
              boolean[] reduced = new boolean[shape.dim()];
              reduced[shape.dim() == 1 ? 0 : 1] = true;
              Values found =
                  Folds.run(
                      bench, reduction, bench.input(given), reduced, dtype, Placement.CONTIGUOUS);
              Values expected = new Values(dtype, found.shape());
              for (int i = 0; i < expected.size(); i++) {
                Folds.putNeutral(expected, i, kind, accumulator(dtype));
              }
              Expect.same(kind + " over no element of " + given, expected, found);
            }
          }
        });
  }

  @TestOf("B-403")
  static void b403_a_reduction_maps_before_and_after_it_folds(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.WRITABLE) {
      subject.each(
          cases,
          List.of(DType.INT32, DType.INT64, DType.FLOAT32, DType.FLOAT64),
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            bench.require(DType.INT16);
            // (s1 + the sum of (x0 * x1 + s0)) as int16
            Kernel before =
                Kernel.of(
                    Expr.input(0, dtype).mul(Expr.input(1, dtype)).add(Expr.scalar(0, dtype)));
            Kernel after =
                Kernel.of(Expr.input(0, dtype).add(Expr.scalar(1, dtype)).cast(DType.INT16));
            Reduction reduction = new Reduction(Kind.SUM, before, dtype, after);
            Values a = Samples.small(trial.random(), dtype, 6, 50);
            Values b = Values.whole(dtype, a.shape(), i -> i % 3);
            for (int mask = 0; mask < 4; mask++) {
              boolean[] reduced = Folds.mask(a.shape(), mask);
              Window output = bench.output(DType.INT16, Folds.shape(a.shape(), reduced), placement);
              bench
                  .backend()
                  .reduce(
                      Folds.compile(bench, reduction),
                      Window.operands(bench.input(a, placement), bench.input(b)),
                      reduced,
                      output.operand(),
                      new Scalar[] {Scalar.of(3), Scalar.of(100)});
              Values mapped = Values.whole(dtype, a.shape(), i -> a.whole(i) * b.whole(i) + 3);
              Values sums = Folds.exact(Kind.SUM, mapped, reduced);
              Expect.same(
                  "100 + the sum of x0 * x1 + 3 over " + Folds.words(reduced),
                  Values.longs(DType.INT16, sums.shape(), i -> sums.whole(i) + 100),
                  output.read(bench));
            }
          });
    }
  }

  @TestOf("B-404")
  static void b404_a_reduction_combines_in_its_accumulator(BackendSubject subject, Cases cases) {
    cast(subject, cases, DType.FLOAT32, DType.FLOAT64, 1e8, 1);
    cast(subject, cases, DType.FLOAT16, DType.FLOAT32, 2048, 1);
    cast(subject, cases, DType.BFLOAT16, DType.FLOAT32, 256, 1);
    for (DType narrow : List.of(DType.UINT8, DType.INT8, DType.INT16, DType.INT32)) {
      cast(subject, cases, narrow, DType.INT64, (double) DTypes.greatest(narrow), 1);
    }
    cast(subject, cases, DType.BOOL, DType.INT64, 1, 1);
  }

  private static void cast(
      BackendSubject subject, Cases cases, DType from, DType to, double large, double small) {
    subject.add(
        cases,
        from.shortName() + " in " + to.shortName(),
        (bench, trial) -> {
          bench.require(from);
          bench.require(to);
          for (int n : new int[] {3, 40, 1000, 70_001}) {
            Values given =
                from.isFloatingPoint()
                    ? Values.floats(from, Shape.of(n), i -> i == 0 ? large : small)
                    : Values.longs(from, Shape.of(n), i -> (long) (i % 2 == 0 ? large : small));
            Reduction reduction = Reduction.of(Kind.SUM, from, to, to);
            Values found =
                Folds.run(
                    bench,
                    reduction,
                    bench.input(given),
                    new boolean[] {true},
                    to,
                    Placement.CONTIGUOUS);
            Values expected = Folds.exact(Kind.SUM, given, new boolean[] {true}).cast(to);
            Expect.same(
                "the sum of " + given + " with a " + to.shortName() + " accumulator",
                expected,
                found);
          }
        });
  }

  @TestOf("B-405")
  static void b405_min_and_max_let_nan_win_and_order_zeros(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          double inf = Double.POSITIVE_INFINITY;
          for (Kind kind : List.of(Kind.MIN, Kind.MAX)) {
            Reduction reduction = Reduction.of(kind, dtype, accumulator(dtype), dtype);
            for (int n : new int[] {1, 2, 5, 17, 33, 300, 20_000}) {
              for (int nan : new int[] {-1, 0, n / 2, n - 1}) {
                Values given =
                    Values.floats(
                        dtype,
                        Shape.of(n),
                        i ->
                            i == nan ? Double.NaN : i % 5 == 0 ? -inf : i % 5 == 1 ? inf : i % 100);
                requireFold(bench, reduction, given, "with NaN at " + nan);
              }
              requireFold(
                  bench, reduction, Values.floats(dtype, Shape.of(n), i -> -inf), "of -inf");
              requireFold(bench, reduction, Values.floats(dtype, Shape.of(n), i -> inf), "of inf");
              requireFold(
                  bench,
                  reduction,
                  Values.floats(dtype, Shape.of(n), i -> i % 3 == 0 ? 0.0 : -0.0),
                  "of zeros");
            }
          }
        });
  }

  private static void requireFold(Bench bench, Reduction reduction, Values given, String words) {
    boolean[] all = {true};
    Values found =
        Folds.run(bench, reduction, bench.input(given), all, given.dtype(), Placement.CONTIGUOUS);
    Expect.same(
        reduction.kind() + " of " + given + " " + words,
        Folds.exact(reduction.kind(), given, all).cast(given.dtype()),
        found);
  }

  @TestOf("B-406")
  static void b406_integer_folds_wrap(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.INTEGERS,
        (bench, dtype, trial) -> {
          for (Kind kind : NUMERIC) {
            Reduction reduction = Reduction.of(kind, dtype, dtype, dtype);
            for (int n : Samples.lengths(trial.settings().isQuick())) {
              Values given =
                  Values.longs(
                      dtype,
                      Shape.of(n),
                      i ->
                          kind == Kind.PROD
                              ? (i * 2654435761L) | 1
                              : (i + 7) * 0x9E3779B97F4A7C15L);
              requireFold(bench, reduction, given, "that wraps");
            }
          }
        });
  }

  @TestOf("B-407")
  static void b407_exact_sums_are_exact_for_any_number_of_elements(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.FLOAT64),
        (bench, dtype, trial) -> {
          Reduction reduction = Reduction.of(Kind.SUM, dtype, dtype, dtype);
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            // each sum and part of it is a whole number below 2²⁴
            Values given = Values.floats(dtype, Shape.of(n), i -> i % 13 - 5);
            requireFold(bench, reduction, given, "in a row");
            if (n < 5000) {
              Values column = given.as(n, 1);
              Values found =
                  Folds.run(
                      bench,
                      reduction,
                      bench.input(column),
                      new boolean[] {true, false},
                      dtype,
                      Placement.CONTIGUOUS);
              Expect.same(
                  "SUM of " + column + " in a column",
                  Folds.exact(Kind.SUM, column, new boolean[] {true, false}).cast(dtype),
                  found);
            }
          }
        });
  }

  @TestOf("B-408")
  static void b408_sums_hold_a_bound_that_grows_with_their_length(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          SplittableRandom random = trial.random();
          Reduction reduction = Reduction.of(Kind.SUM, dtype, dtype, dtype);
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            Values given = Values.floats(dtype, Shape.of(n), i -> random.nextDouble(-1, 1.1));
            Values found =
                Folds.run(
                    bench,
                    reduction,
                    bench.input(given),
                    new boolean[] {true},
                    dtype,
                    Placement.CONTIGUOUS);
            double magnitude = 0;
            for (int i = 0; i < n; i++) {
              magnitude += Math.abs(given.real(i));
            }
            double exact = Folds.sum(given);
            double allowed = Folds.sumBound(dtype, n) * magnitude;
            double unit =
                Math.max(Math.abs(exact) * DTypes.epsilon(dtype), DTypes.leastNormal(dtype));
            trial.error("sum", dtype, Math.abs(found.real(0) - exact) / unit, allowed / unit);
            Expect.near("the sum of " + given, exact, found.real(0), allowed);
          }
        });
  }

  @TestOf("B-409")
  static void b409_sums_and_products_keep_infinities_and_nan(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          double inf = Double.POSITIVE_INFINITY;
          for (int n : new int[] {4, 40, 3000, 20_000}) {
            for (double[] specials :
                new double[][] {{inf}, {-inf}, {inf, -inf}, {Double.NaN}, {inf, 0}, {0, inf}}) {
              Values given =
                  Values.floats(
                      dtype,
                      Shape.of(n),
                      i -> {
                        int place = i - n / 2;
                        return place >= 0 && place < specials.length ? specials[place] : 1;
                      });
              for (Kind kind : List.of(Kind.SUM, Kind.PROD)) {
                requireFold(
                    bench,
                    Reduction.of(kind, dtype, accumulator(dtype), dtype),
                    given,
                    "with special values");
              }
            }
          }
        });
  }

  @TestOf("B-410")
  static void b410_16_bit_results_round_once(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.HALVES,
        (bench, dtype, trial) -> {
          Reduction reduction = Reduction.of(Kind.SUM, dtype, DType.FLOAT32, dtype);
          for (int n : new int[] {2, 3, 9, 100, 1001}) {
            // whole numbers: every partial sum is exact in float32, but not in the 16-bit dtype
            Values given = Values.floats(dtype, Shape.of(n), i -> i % 120 + 1);
            requireFold(bench, reduction, given, "in float32");
          }
        });
  }
}
