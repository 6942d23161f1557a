package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.ScatterMode;
import java.util.List;

/** Rules about operands of unusual shapes. */
final class ShapeRules {
  private static final DType FLOAT = DType.FLOAT32;
  private static final DType LONG = DType.INT64;

  private ShapeRules() {}

  /** One primitive, called with inputs and outputs of one shape. */
  @FunctionalInterface
  private interface Call {
    void run(Bench bench, Backend backend, Shape shape);
  }

  private static Operand input(Bench bench, DType dtype, Shape shape) {
    return bench.input(Values.whole(dtype, shape, i -> 0), Placement.STRIDED).operand();
  }

  private static Operand output(Bench bench, DType dtype, Shape shape) {
    return bench.output(dtype, shape).operand();
  }

  @TestOf("B-115")
  static void b115_operands_without_elements_are_allowed_everywhere(
      BackendSubject subject, Cases cases) {
    empty(
        subject,
        cases,
        "fill",
        (bench, b, shape) -> b.fill(output(bench, FLOAT, shape), Scalar.of(1)));
    empty(
        subject,
        cases,
        "copy",
        (bench, b, shape) -> b.copy(input(bench, FLOAT, shape), output(bench, LONG, shape)));
    empty(
        subject,
        cases,
        "launch",
        (bench, b, shape) ->
            b.launch(
                bench.compile(Kernel.of(Expr.input(0, FLOAT).exp())),
                new Operand[] {output(bench, FLOAT, shape)},
                new Operand[] {input(bench, FLOAT, shape)},
                new Scalar[0]));
    empty(
        subject,
        cases,
        "reduce",
        (bench, b, shape) ->
            b.reduce(
                Folds.compile(bench, Reduction.of(Reduction.Kind.SUM, FLOAT, FLOAT, FLOAT)),
                new Operand[] {input(bench, FLOAT, shape)},
                new boolean[shape.dim()],
                output(bench, FLOAT, shape),
                new Scalar[0]));
    empty(
        subject,
        cases,
        "argReduce",
        (bench, b, shape) -> {
          int dim = shape.size(0) == 0 ? 1 : 0;
          b.argReduce(
              true, input(bench, FLOAT, shape), dim, null, output(bench, LONG, shape.with(dim, 1)));
        });
    empty(
        subject,
        cases,
        "scan",
        (bench, b, shape) ->
            b.scan(
                ScanKind.MAX,
                input(bench, FLOAT, shape),
                0,
                false,
                output(bench, FLOAT, shape),
                output(bench, LONG, shape)));
    empty(
        subject,
        cases,
        "sort",
        (bench, b, shape) ->
            b.sort(
                input(bench, FLOAT, shape),
                1,
                false,
                output(bench, FLOAT, shape),
                output(bench, LONG, shape)));
    empty(
        subject,
        cases,
        "gather",
        (bench, b, shape) ->
            b.gather(
                input(bench, FLOAT, Shape.of(4, 4)),
                0,
                input(bench, LONG, shape),
                output(bench, FLOAT, shape)));
    empty(
        subject,
        cases,
        "indexedGather",
        (bench, b, shape) ->
            b.indexedGather(
                input(bench, FLOAT, Shape.of(4)),
                new Operand[] {input(bench, LONG, shape)},
                output(bench, FLOAT, shape)));
    empty(
        subject,
        cases,
        "scatter",
        (bench, b, shape) ->
            b.scatter(
                ScatterMode.ADD,
                output(bench, FLOAT, Shape.of(4, 4)),
                0,
                input(bench, LONG, shape),
                input(bench, FLOAT, shape)));
    empty(
        subject,
        cases,
        "indexedScatter",
        (bench, b, shape) ->
            b.indexedScatter(
                ScatterMode.SET,
                output(bench, FLOAT, Shape.of(4)),
                new Operand[] {input(bench, LONG, shape)},
                input(bench, FLOAT, shape)));
    empty(
        subject,
        cases,
        "compact",
        (bench, b, shape) -> {
          long found = b.compact(input(bench, DType.BOOL, shape), output(bench, LONG, Shape.of(0)));
          if (found != 0) {
            throw new AssertionError("compact found " + found + " true elements in none");
          }
        });
  }

  private static void empty(BackendSubject subject, Cases cases, String primitive, Call call) {
    subject.add(
        cases,
        primitive,
        (bench, trial) -> {
          for (Shape shape : List.of(Shape.of(0, 3), Shape.of(3, 0))) {
            try {
              call.run(bench, bench.backend(), shape);
              bench.backend().synchronize();
            } catch (RuntimeException e) {
              throw new AssertionError(
                  primitive + " with operands of shape " + shape + " threw " + e, e);
            }
          }
        });
  }

  @TestOf("B-116")
  static void b116_strides_of_dimensions_of_size_1_are_never_taken(
      BackendSubject subject, Cases cases) {
    Shape shape = Shape.of(1, 6, 1);
    subject.add(
        cases,
        "launch",
        (bench, trial) -> {
          Values given = Values.whole(FLOAT, shape, i -> i);
          Window output = bench.output(FLOAT, shape, Placement.STRIDED);
          bench.launch(
              Kernel.of(Expr.input(0, FLOAT).add(1.0)),
              new Window[] {output},
              new Window[] {bench.input(given, Placement.STRIDED)});
          Expect.same("x0 + 1", Values.whole(FLOAT, shape, i -> i + 1), output.read(bench));
        });
    subject.add(
        cases,
        "reduce",
        (bench, trial) -> {
          Values given = Values.whole(FLOAT, shape, i -> i);
          for (int mask = 0; mask < 8; mask++) {
            boolean[] reduced = Folds.mask(shape, mask);
            Values found =
                Folds.run(
                    bench,
                    Reduction.of(Reduction.Kind.SUM, FLOAT, FLOAT, FLOAT),
                    bench.input(given, Placement.NEGATIVE),
                    reduced,
                    FLOAT,
                    Placement.STRIDED);
            Expect.same(
                "SUM over " + Folds.words(reduced),
                Folds.exact(Reduction.Kind.SUM, given, reduced).cast(FLOAT),
                found);
          }
        });
    subject.add(
        cases,
        "matmul",
        (bench, trial) -> {
          for (long[] s : new long[][] {{1, 5, 1}, {1, 1, 4}, {4, 1, 1}, {1, 1, 1}}) {
            Window a =
                bench.input(
                    Values.whole(FLOAT, Shape.of(1, s[0], s[1]), i -> i + 1), Placement.STRIDED);
            Window b =
                bench.input(
                    Values.whole(FLOAT, Shape.of(1, s[1], s[2]), i -> i + 2), Placement.NEGATIVE);
            Window output = bench.output(FLOAT, Shape.of(1, s[0], s[2]), Placement.STRIDED);
            bench.backend().matmul(a.operand(), b.operand(), output.operand(), null);
            Values expected =
                Values.whole(
                    FLOAT,
                    output.operand().shape(),
                    at -> {
                      long sum = 0;
                      for (int k = 0; k < s[1]; k++) {
                        sum += (at / s[2] * s[1] + k + 1) * (k * s[2] + at % s[2] + 2);
                      }
                      return sum;
                    });
            Expect.same(
                "the product of [1, %d, %d] and [1, %d, %d]".formatted(s[0], s[1], s[1], s[2]),
                expected,
                output.read(bench));
          }
        });
    subject.add(
        cases,
        "gather and scatter",
        (bench, trial) -> {
          Values given = Values.whole(FLOAT, shape, i -> i * 10L);
          Values index = Values.longs(LONG, shape, i -> 5 - i);
          Values reversed = Values.whole(FLOAT, shape, i -> (5 - i) * 10L);
          Window output = bench.output(FLOAT, shape, Placement.STRIDED);
          Operand places = bench.input(index, Placement.NEGATIVE).operand();
          bench
              .backend()
              .gather(bench.input(given, Placement.STRIDED).operand(), 1, places, output.operand());
          Expect.same("gather along dimension 1", reversed, output.read(bench));
          Window target = bench.input(new Values(FLOAT, shape), Placement.STRIDED);
          bench
              .backend()
              .scatter(
                  ScatterMode.ADD,
                  target.operand(),
                  1,
                  places,
                  bench.input(given, Placement.OFFSET).operand());
          Expect.same("scatter(ADD) along dimension 1", reversed, target.read(bench));
        });
  }

  @TestOf("B-117")
  static void b117_operands_may_have_no_dimension(BackendSubject subject, Cases cases) {
    Shape scalar = Shape.of();
    subject.each(
        cases,
        DTypes.COMPUTED,
        (bench, dtype, trial) -> {
          Values three = Values.whole(dtype, scalar, i -> 3);
          for (Placement placement : Placement.WRITABLE) {
            Window output = bench.output(dtype, scalar, placement);
            bench.launch(
                Kernel.of(Expr.input(0, dtype).mul(Expr.input(0, dtype))),
                new Window[] {output},
                new Window[] {bench.input(three, placement)});
            Expect.same(
                "x0 * x0 of no dimension", Values.whole(dtype, scalar, i -> 9), output.read(bench));
            Values sum =
                Folds.run(
                    bench,
                    Reduction.of(Reduction.Kind.SUM, dtype, dtype, dtype),
                    bench.input(three, placement),
                    new boolean[0],
                    dtype,
                    placement);
            Expect.same("SUM over no dimension", three, sum);
          }
        });
  }
}
