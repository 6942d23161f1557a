package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import java.util.List;
import java.util.SplittableRandom;

/** Rules about fill and copy, and what a value becomes in another dtype. */
final class CopyRules {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(),
          Shape.of(1),
          Shape.of(5),
          Shape.of(3, 4),
          Shape.of(1, 7, 1),
          Shape.of(2, 3, 4, 5),
          Shape.of(33, 70));

  private CopyRules() {}

  @TestOf("B-107")
  static void b107_fill_sets_the_elements_of_its_window(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.WRITABLE) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            for (Shape shape : SHAPES) {
              Window target = bench.output(dtype, shape, placement);
              bench.backend().fill(target.operand(), Scalar.of(1));
              Expect.same(
                  "fill with 1, " + placement.words(),
                  Values.whole(dtype, shape, i -> 1),
                  target.read(bench));
            }
          });
    }
  }

  @TestOf("B-108")
  static void b108_fill_casts_its_value(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL,
        (bench, dtype, trial) -> {
          for (double value :
              new double[] {
                2.9,
                -2.9,
                0.1,
                -0.0,
                300,
                -1,
                1e-40,
                1e300,
                65519,
                65520,
                Double.NaN,
                Double.POSITIVE_INFINITY,
                Double.NEGATIVE_INFINITY
              }) {
            Values given = Values.floats(DType.FLOAT64, value);
            requireFilled(bench, dtype, Scalar.of(value), given);
          }
          for (long value :
              new long[] {
                0,
                1,
                -1,
                300,
                70_000,
                (1L << 24) + 1,
                (1L << 53) + 1,
                Long.MAX_VALUE,
                Long.MIN_VALUE
              }) {
            requireFilled(bench, dtype, Scalar.of(value), Values.longs(DType.INT64, value));
          }
          requireFilled(bench, dtype, Scalar.of(true), Values.longs(DType.BOOL, 1));
          requireFilled(bench, dtype, Scalar.of(false), Values.longs(DType.BOOL, 0));
        });
  }

  private static void requireFilled(Bench bench, DType dtype, Scalar scalar, Values given) {
    for (Placement placement : List.of(Placement.CONTIGUOUS, Placement.STRIDED)) {
      Window target = bench.output(dtype, Shape.of(3), placement);
      bench.backend().fill(target.operand(), scalar);
      Values expected = new Values(dtype, Shape.of(3));
      for (int i = 0; i < 3; i++) {
        expected.putCast(i, given, 0);
      }
      Expect.same("fill with the number " + scalar, expected, target.read(bench));
    }
  }

  @TestOf("B-109")
  static void b109_copy_moves_elements_between_any_layouts(BackendSubject subject, Cases cases) {
    for (Placement from : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + from.words(),
          (bench, dtype, trial) -> {
            for (Placement to : Placement.WRITABLE) {
              for (Shape shape : SHAPES) {
                copy(bench, Samples.any(trial.random(), dtype, shape.toArray()), from, dtype, to);
              }
            }
          });
    }
  }

  private static void copy(Bench bench, Values given, Placement from, DType dtype, Placement to) {
    Window source = bench.input(from.of(given), from);
    Window target = bench.output(dtype, given.shape(), to);
    bench.backend().copy(source.operand(), target.operand());
    Values expected = from.of(given).cast(dtype);
    Expect.same(
        "copy of " + given.dtype().shortName() + ", " + from.words() + " to " + to.words(),
        expected,
        target.read(bench));
    source.requireUnchanged(bench, "copy");
  }

  @TestOf("B-110")
  static void b110_copy_moves_any_number_of_elements(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT64, DType.INT16, DType.UINT8),
        (bench, dtype, trial) -> {
          SplittableRandom random = trial.random();
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            copy(
                bench,
                Samples.any(random, dtype, n),
                n % 2 == 0 ? Placement.OFFSET : Placement.CONTIGUOUS,
                dtype,
                n % 3 == 0 ? Placement.STRIDED : Placement.CONTIGUOUS);
          }
        });
  }

  @TestOf("B-111")
  static void b111_copy_casts_between_all_dtypes(BackendSubject subject, Cases cases) {
    for (DType from : DTypes.ALL) {
      subject.each(
          cases,
          DTypes.ALL,
          " from " + from.shortName(),
          (bench, dtype, trial) -> {
            bench.require(from);
            Values given = castable(trial.random(), from);
            copy(bench, given, Placement.CONTIGUOUS, dtype, Placement.CONTIGUOUS);
            copy(bench, given, Placement.STRIDED, dtype, Placement.NEGATIVE);
          });
    }
  }

  private static Values castable(SplittableRandom random, DType from) {
    Values given = Samples.any(random, from, 7, 50);
    if (from == DType.FLOAT32 || from == DType.FLOAT64) {
      double[] edges = {
        2.5,
        -2.5,
        127.9,
        128,
        -128.9,
        -129,
        255.9,
        256,
        -1,
        -0.9,
        32768,
        65536.5,
        0x1p31,
        -0x1p31,
        0x1p31 + 1,
        0x1p32,
        0x1p52 + 0.5,
        0x1p62,
        0x1p63,
        -0x1p63,
        1e30,
        -1e30
      };
      for (int i = 0; i < edges.length; i++) {
        given.setReal(i, edges[i]);
      }
    } else if (from == DType.INT64) {
      for (int i = 0; i < 62; i++) {
        given.setWhole(2 * i, (1L << i) + 1);
        given.setWhole(2 * i + 1, -(3L << i) - 1);
      }
    }
    return given;
  }

  @TestOf("B-112")
  static void b112_copy_to_a_narrower_float_rounds_to_nearest_even(
      BackendSubject subject, Cases cases) {
    for (DType from : DTypes.FLOATS) {
      for (DType to : List.of(DType.FLOAT16, DType.BFLOAT16, DType.FLOAT32)) {
        if (to != from) {
          subject.add(
              cases,
              from.shortName() + " to " + to.shortName(),
              (bench, trial) -> {
                bench.require(from);
                bench.require(to);
                Values given = ties(trial.random(), from, to, trial.settings().isQuick());
                copy(bench, given, Placement.CONTIGUOUS, to, Placement.CONTIGUOUS);
              });
        }
      }
    }
  }

  /** Numbers halfway between two of the narrower dtype, and those just beside them. */
  private static Values ties(SplittableRandom random, DType from, DType to, boolean quick) {
    int n = quick ? 4000 : 100_000;
    double greatest = DTypes.greatestFinite(to);
    double overflow = greatest + Math.scalb(DTypes.epsilon(to), Math.getExponent(greatest)) / 2;
    return Values.floats(
        from,
        Shape.of(n),
        i -> {
          if (i < 4) {
            double nudge = i % 2 == 0 ? 1 : 1 - DTypes.epsilon(from) * 2;
            return (i < 2 ? overflow : -overflow) * nudge;
          }
          double digits = 1 + random.nextInt(1 << 10) * DTypes.epsilon(to);
          double tie = digits + DTypes.epsilon(to) / 2;
          double beside = tie * (1 + (random.nextInt(3) - 1) * 2 * DTypes.epsilon(from));
          int least = Math.getExponent(DTypes.leastPositive(to));
          double scaled = Math.scalb(beside, random.nextInt(least - 2, Math.getExponent(greatest)));
          return random.nextBoolean() ? scaled : -scaled;
        });
  }

  @TestOf("B-113")
  static void b113_copy_to_bool_compares_with_zero(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.NUMBERS,
        (bench, dtype, trial) -> {
          bench.require(DType.BOOL);
          double least =
              Allowance.flushes(trial, dtype)
                  ? DTypes.leastNormal(dtype)
                  : DTypes.leastPositive(dtype);
          Values given =
              dtype.isFloatingPoint()
                  ? Values.floats(
                      dtype, 0.0, -0.0, Double.NaN, least, -least, 0.5, 2, Double.NEGATIVE_INFINITY)
                  : Values.longs(dtype, 0, 1, 2, -1, 255, DTypes.least(dtype), 4, 0);
          copy(bench, given, Placement.CONTIGUOUS, DType.BOOL, Placement.CONTIGUOUS);
          copy(bench, given, Placement.STRIDED, DType.BOOL, Placement.STRIDED);
        });
  }

  @TestOf("B-114")
  static void b114_a_copy_onto_itself_changes_nothing(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.WRITABLE) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            Values given = Samples.any(trial.random(), dtype, 9, 31);
            Window window = bench.input(given, placement);
            bench.backend().copy(window.operand(), window.operand());
            window.requireUnchanged(bench, "a copy onto itself");
          });
    }
  }
}
