package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.ScanKind;
import java.math.BigDecimal;
import java.util.List;

/** Rules about the search for extremes and about scans. */
final class ScanRules {
  private static final List<Shape> SHAPES =
      List.of(Shape.of(1), Shape.of(9), Shape.of(4, 7), Shape.of(3, 5, 2), Shape.of(2, 1, 40));

  private ScanRules() {}

  // ---- argReduce

  @TestOf("B-421")
  static void b421_arg_reduce_finds_the_first_extreme(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.NUMBERS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            for (Shape shape : SHAPES) {
              // small numbers: each extreme is there several times
              Values given = placement.of(Samples.small(trial.random(), dtype, shape.toArray()));
              for (int dim = 0; dim < shape.dim(); dim++) {
                requireExtreme(bench, given, dim, placement);
              }
            }
          });
    }
  }

  @TestOf("B-422")
  static void b422_arg_reduce_finds_the_first_nan(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          for (int n : new int[] {2, 5, 17, 64, 1000}) {
            for (int nan : new int[] {0, n / 2, n - 1}) {
              Values given =
                  Values.floats(
                      dtype,
                      Shape.of(3, n),
                      i ->
                          i % n == nan || (i % n > nan && i % 3 == 0)
                              ? Double.NaN
                              : i % 2 == 0 ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY);
              requireExtreme(bench, given, 1, Placement.CONTIGUOUS);
              requireExtreme(bench, given, 1, Placement.TRANSPOSED);
            }
          }
        });
  }

  @TestOf("B-423")
  static void b423_arg_reduce_takes_lines_of_any_length(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.UINT8),
        (bench, dtype, trial) -> {
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            // the extreme is the last element, or the one before
            for (int place = Math.max(0, n - 2); place < n; place++) {
              int at = place;
              Values given =
                  Values.whole(dtype, Shape.of(n), i -> i == at ? 9 : i == n - at - 1 ? 1 : 5);
              requireExtreme(bench, given, 0, Placement.CONTIGUOUS);
            }
          }
        });
  }

  private static void requireExtreme(Bench bench, Values given, int dim, Placement placement) {
    bench.require(DType.INT64);
    Lines lines = new Lines(given.shape(), dim);
    Shape shape = lines.with(1);
    for (boolean max : new boolean[] {false, true}) {
      Values places = new Values(DType.INT64, shape);
      Values extremes = new Values(given.dtype(), shape);
      for (int line = 0; line < lines.count(); line++) {
        int best = 0;
        for (int i = 1; i < lines.length(); i++) {
          if (better(given, max, lines.at(line, i), lines.at(line, best))) {
            best = i;
          }
        }
        places.setWhole(line, best);
        extremes.put(line, given, lines.at(line, best));
      }
      String what =
          "argReduce(%s) of %s along dimension %d, %s"
              .formatted(max ? "max" : "min", given, dim, placement.words());
      Window input = bench.input(given, placement);
      Window values = bench.output(given.dtype(), shape, Placement.STRIDED);
      Window indices = bench.output(DType.INT64, shape);
      bench.backend().argReduce(max, input.operand(), dim, values.operand(), indices.operand());
      Expect.same("the indices of " + what, places, indices.read(bench));
      Expect.same("the values of " + what, extremes, values.read(bench));
      input.requireUnchanged(bench, "argReduce");
      Window alone = bench.output(DType.INT64, shape, Placement.STRIDED);
      bench.backend().argReduce(max, input.operand(), dim, null, alone.operand());
      Expect.same("the indices without values of " + what, places, alone.read(bench));
    }
  }

  /** Whether an element beats the best so far: of equal ones the first stays. */
  private static boolean better(Values values, boolean max, int candidate, int best) {
    if (values.isFloating()) {
      double a = values.real(candidate);
      double b = values.real(best);
      return !Double.isNaN(b) && (Double.isNaN(a) || (max ? a > b : a < b));
    }
    return max
        ? values.whole(candidate) > values.whole(best)
        : values.whole(candidate) < values.whole(best);
  }

  // ---- scan

  @TestOf("B-431")
  static void b431_scan_combines_each_element_with_those_before(
      BackendSubject subject, Cases cases) {
    scans(subject, cases, false);
  }

  @TestOf("B-432")
  static void b432_a_reversed_scan_starts_at_the_end(BackendSubject subject, Cases cases) {
    scans(subject, cases, true);
  }

  private static void scans(BackendSubject subject, Cases cases, boolean reversed) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.NUMBERS,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            for (Shape shape : SHAPES) {
              Values given = placement.of(Samples.small(trial.random(), dtype, shape.toArray()));
              for (ScanKind kind : ScanKind.values()) {
                // products of small numbers stay exact if most of them are 1
                Values factors =
                    kind == ScanKind.PROD
                        ? Values.whole(dtype, shape, i -> given.whole(i) == 3 ? 2 : 1)
                        : given;
                for (int dim = 0; dim < shape.dim(); dim++) {
                  requireScan(bench, kind, placement.of(factors), dim, reversed, placement);
                }
              }
            }
          });
    }
  }

  private static void requireScan(
      Bench bench, ScanKind kind, Values given, int dim, boolean reversed, Placement placement) {
    bench.require(DType.INT64);
    boolean extreme = kind == ScanKind.MAX || kind == ScanKind.MIN;
    Lines lines = new Lines(given.shape(), dim);
    Values expected = new Values(given.dtype(), given.shape());
    Values places = new Values(DType.INT64, given.shape());
    for (int line = 0; line < lines.count(); line++) {
      int best = reversed ? lines.length() - 1 : 0;
      for (int k = 0; k < lines.length(); k++) {
        int i = reversed ? lines.length() - 1 - k : k;
        int at = lines.at(line, i);
        int before = k == 0 ? -1 : lines.at(line, reversed ? i + 1 : i - 1);
        if (extreme) {
          if (takes(given, kind, at, lines.at(line, best))) {
            best = i;
          }
          expected.put(at, given, lines.at(line, best));
          places.setWhole(at, best);
        } else {
          step(kind, given, at, expected, before);
        }
      }
    }
    String what =
        "%s%s scan of %s along dimension %d, %s"
            .formatted(reversed ? "reversed " : "", kind, given, dim, placement.words());
    Window input = bench.input(given, placement);
    Window output = bench.output(given.dtype(), given.shape(), Placement.STRIDED);
    Window indices = extreme ? bench.output(DType.INT64, given.shape()) : null;
    bench
        .backend()
        .scan(
            kind,
            input.operand(),
            dim,
            reversed,
            output.operand(),
            indices == null ? null : indices.operand());
    Expect.same("the " + what, expected, output.read(bench));
    if (indices != null) {
      Expect.same("the indices of the " + what, places, indices.read(bench));
      Window alone = bench.output(given.dtype(), given.shape());
      bench.backend().scan(kind, input.operand(), dim, reversed, alone.operand(), null);
      Expect.same("the " + what + " without indices", expected, alone.read(bench));
    }
    input.requireUnchanged(bench, "scan");
  }

  /** Whether an element takes the place of the running extreme: of equal ones the last does. */
  private static boolean takes(Values values, ScanKind kind, int candidate, int best) {
    boolean max = kind == ScanKind.MAX;
    if (values.isFloating()) {
      double a = values.real(candidate);
      double b = values.real(best);
      return Double.isNaN(a) || (max ? a >= b : a <= b);
    }
    return max
        ? values.whole(candidate) >= values.whole(best)
        : values.whole(candidate) <= values.whole(best);
  }

  private static void step(ScanKind kind, Values given, int at, Values running, int before) {
    boolean sum = kind == ScanKind.SUM;
    if (given.isFloating()) {
      double last = before < 0 ? (sum ? 0 : 1) : running.real(before);
      running.setReal(at, sum ? last + given.real(at) : last * given.real(at));
    } else {
      long last = before < 0 ? (sum ? 0 : 1) : running.whole(before);
      running.setWhole(at, sum ? last + given.whole(at) : last * given.whole(at));
    }
  }

  @TestOf("B-433")
  static void b433_a_scan_names_the_last_of_equal_extremes_and_lets_nan_win(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          double nan = Double.NaN;
          double inf = Double.POSITIVE_INFINITY;
          for (Values given :
              List.of(
                  Values.floats(dtype, 1, 3, 3, 2, 3, 1, 1),
                  Values.floats(dtype, 0.0, -0.0, 0.0, -0.0),
                  Values.floats(dtype, 1, nan, inf, nan, -inf, 2),
                  Values.floats(dtype, nan, 1, 2),
                  Values.floats(dtype, -inf, -inf, inf, inf))) {
            for (boolean reversed : new boolean[] {false, true}) {
              requireScan(bench, ScanKind.MAX, given, 0, reversed, Placement.CONTIGUOUS);
              requireScan(bench, ScanKind.MIN, given, 0, reversed, Placement.NEGATIVE);
            }
          }
        });
  }

  @TestOf("B-434")
  static void b434_a_scan_accumulates_in_its_output(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.INTEGERS,
        (bench, dtype, trial) -> {
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            if (n <= 20_000) {
              Values given = Samples.any(trial.random(), dtype, n);
              requireScan(bench, ScanKind.SUM, given, 0, n % 2 == 0, Placement.CONTIGUOUS);
            }
          }
        });
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            if (n <= (DTypes.HALVES.contains(dtype) ? 65 : 5000)) {
              requireBounded(
                  bench, Values.floats(dtype, Shape.of(n), i -> (i * 37 % 100 - 50) / 64.0 + 0.01));
            }
          }
        });
    subject.add(
        cases,
        "uint8 to int64",
        (bench, trial) -> {
          bench.require(DType.UINT8);
          bench.require(DType.INT64);
          Values given = Values.longs(DType.UINT8, Shape.of(500), i -> i);
          Window output = bench.output(DType.INT64, given.shape());
          bench
              .backend()
              .scan(ScanKind.SUM, bench.input(given).operand(), 0, false, output.operand(), null);
          Values expected = new Values(DType.INT64, given.shape());
          long sum = 0;
          for (int i = 0; i < given.size(); i++) {
            sum += given.whole(i);
            expected.setWhole(i, sum);
          }
          Expect.same("the SUM scan of uint8 into int64", expected, output.read(bench));
        });
  }

  /** Asks of each running sum what is asked of a sum. */
  private static void requireBounded(Bench bench, Values given) {
    Window output = bench.output(given.dtype(), given.shape());
    bench
        .backend()
        .scan(ScanKind.SUM, bench.input(given).operand(), 0, false, output.operand(), null);
    Values found = output.read(bench);
    BigDecimal exact = BigDecimal.ZERO;
    double magnitude = 0;
    for (int i = 0; i < given.size(); i++) {
      exact = exact.add(new BigDecimal(given.real(i)));
      magnitude += Math.abs(given.real(i));
      Expect.near(
          "the running sum of the first %d elements of %s".formatted(i + 1, given),
          exact.doubleValue(),
          found.real(i),
          Folds.sumBound(given.dtype(), i + 1) * magnitude);
    }
  }
}
