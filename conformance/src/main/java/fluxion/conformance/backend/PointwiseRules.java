package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.ArrayList;
import java.util.List;

/** Rules about kernels: what is computed where. The formulas here are exact in every dtype. */
final class PointwiseRules {
  private static final List<Shape> SHAPES =
      List.of(
          Shape.of(), Shape.of(1), Shape.of(6), Shape.of(3, 5), Shape.of(2, 1, 9), Shape.of(4, 33));

  private PointwiseRules() {}

  private static Expr x(DType dtype) {
    return Expr.input(0, dtype);
  }

  private static Expr y(DType dtype) {
    return Expr.input(1, dtype);
  }

  @TestOf("B-201")
  static void b201_launch_computes_every_output_at_every_index(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.COMPUTED,
        (bench, dtype, trial) -> {
          bench.require(DType.BOOL);
          Kernel kernel =
              Kernel.of(
                  x(dtype).add(y(dtype)), x(dtype).lt(y(dtype)), y(dtype).mul(y(dtype)), x(dtype));
          for (Shape shape : SHAPES) {
            Values a = Samples.small(trial.random(), dtype, shape.toArray());
            Values b = Values.whole(dtype, shape, i -> i % 4);
            Window[] outputs = {
              bench.output(dtype, shape),
              bench.output(DType.BOOL, shape),
              bench.output(dtype, shape),
              bench.output(dtype, shape)
            };
            bench.launch(kernel, outputs, new Window[] {bench.input(a), bench.input(b)});
            Values sum = Values.whole(dtype, shape, i -> a.whole(i) + b.whole(i));
            Values less = Values.longs(DType.BOOL, shape, i -> a.whole(i) < b.whole(i) ? 1 : 0);
            Values square = Values.whole(dtype, shape, i -> b.whole(i) * b.whole(i));
            Expect.same("output 0, x0 + x1,", sum, outputs[0].read(bench));
            Expect.same("output 1, x0 < x1,", less, outputs[1].read(bench));
            Expect.same("output 2, x1 * x1,", square, outputs[2].read(bench));
            Expect.same("output 3, x0,", a, outputs[3].read(bench));
          }
        });
  }

  @TestOf("B-202")
  static void b202_runtime_scalars_are_read_at_each_launch(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.COMPUTED,
        (bench, dtype, trial) -> {
          Kernel kernel = Kernel.of(x(dtype).mul(Expr.scalar(0, dtype)).add(Expr.scalar(1, dtype)));
          CompiledKernel compiled = bench.compile(kernel);
          Values a = Values.whole(dtype, Shape.of(37), i -> i % 5);
          Window input = bench.input(a);
          for (int factor = 1; factor <= 4; factor++) {
            for (int summand = 0; summand <= 3; summand++) {
              Window output = bench.output(dtype, a.shape());
              bench
                  .backend()
                  .launch(
                      compiled,
                      Window.operands(output),
                      Window.operands(input),
                      new Scalar[] {Scalar.of(factor), Scalar.of(summand)});
              int m = factor;
              int c = summand;
              Expect.same(
                  "x0 * s0 + s1 at the launch with s0 = %d and s1 = %d".formatted(m, c),
                  Values.whole(dtype, a.shape(), i -> a.whole(i) * m + c),
                  output.read(bench));
            }
          }
        });
  }

  @TestOf("B-203")
  static void b203_runtime_scalars_are_cast_to_their_dtype(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.COMPUTED,
        (bench, dtype, trial) -> {
          Kernel kernel = Kernel.of(x(dtype).mul(Expr.scalar(0, dtype)));
          Values one = Values.whole(dtype, Shape.of(3), i -> 1);
          for (Scalar scalar :
              List.of(
                  Scalar.of(0.1),
                  Scalar.of(2.9),
                  Scalar.of(300L),
                  Scalar.of(-1L),
                  Scalar.of((1L << 24) + 1),
                  Scalar.of((1L << 53) + 1),
                  Scalar.of(true))) {
            Values given =
                scalar.isFloatingPoint()
                    ? Values.floats(DType.FLOAT64, scalar.toDouble())
                    : Values.longs(DType.INT64, scalar.toLong());
            Values expected = new Values(dtype, Shape.of(3));
            for (int i = 0; i < 3; i++) {
              expected.putCast(i, given, 0);
            }
            Expect.same(
                "x0 * s0 for x0 = 1 and s0 = " + scalar,
                expected,
                bench.pointwise(kernel, new Scalar[] {scalar}, one));
          }
        });
  }

  @TestOf("B-204")
  static void b204_an_index_is_the_elements_along_its_dimension(
      BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.WRITABLE) {
      subject.add(
          cases,
          placement.words(),
          (bench, trial) -> {
            bench.require(DType.INT64);
            for (Shape shape :
                List.of(
                    Shape.of(7),
                    Shape.of(3, 4),
                    Shape.of(2, 1, 5),
                    Shape.of(3, 70_000 / 30),
                    Shape.of(2, 3, 4, 5))) {
              for (int d = 0; d < shape.dim(); d++) {
                int dim = d;
                Kernel kernel = Kernel.of(x(DType.INT64).mul(1000L).add(Expr.index(d)));
                Values a = Values.longs(DType.INT64, shape, i -> i % 3);
                Window output = bench.output(DType.INT64, shape, placement);
                bench.launch(kernel, new Window[] {output}, new Window[] {bench.input(a)});
                Expect.same(
                    "1000 * x0 + the index along dimension " + d + ", " + placement.words(),
                    Values.longs(
                        DType.INT64, shape, i -> a.whole(i) * 1000 + Values.indices(shape, i)[dim]),
                    output.read(bench));
              }
            }
          });
    }
  }

  @TestOf("B-205")
  static void b205_operands_may_lie_anyhow(BackendSubject subject, Cases cases) {
    for (Placement left : Placement.values()) {
      subject.each(
          cases,
          DTypes.COMPUTED,
          ", " + left.words(),
          (bench, dtype, trial) -> {
            Kernel kernel = Kernel.of(x(dtype).sub(y(dtype)));
            CompiledKernel compiled = bench.compile(kernel);
            for (Placement right : Placement.values()) {
              for (Placement result : Placement.WRITABLE) {
                for (Shape shape : SHAPES) {
                  Values a = left.of(Samples.small(trial.random(), dtype, shape.toArray()));
                  Values b = right.of(Values.whole(dtype, shape, i -> i % 7));
                  Window[] inputs = {bench.input(a, left), bench.input(b, right)};
                  Window output = bench.output(dtype, shape, result);
                  bench
                      .backend()
                      .launch(
                          compiled,
                          Window.operands(output),
                          Window.operands(inputs),
                          new Scalar[0]);
                  Expect.same(
                      "x0 - x1, x0 %s, x1 %s, output %s"
                          .formatted(left.words(), right.words(), result.words()),
                      Values.whole(dtype, shape, i -> a.whole(i) - b.whole(i)),
                      output.read(bench));
                  inputs[0].requireUnchanged(bench, "launch");
                  inputs[1].requireUnchanged(bench, "launch");
                }
              }
            }
          });
    }
  }

  @TestOf("B-206")
  static void b206_an_output_may_be_an_input(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.WRITABLE) {
      subject.each(
          cases,
          DTypes.COMPUTED,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            for (long n : new long[] {1, 9, 300, 5000}) {
              Values a = Samples.small(trial.random(), dtype, 2, n);
              Values b = Values.whole(dtype, a.shape(), i -> i % 4);
              Window left = bench.input(a, placement);
              Window right = bench.input(b, placement);
              // both outputs stand where inputs stood, crosswise
              Kernel kernel = Kernel.of(x(dtype).add(y(dtype)), x(dtype).sub(y(dtype)));
              bench.launch(kernel, new Window[] {right, left}, new Window[] {left, right});
              Expect.same(
                  "x0 + x1 in the place of x1, " + placement.words(),
                  Values.whole(dtype, a.shape(), i -> a.whole(i) + b.whole(i)),
                  right.read(bench));
              Expect.same(
                  "x0 - x1 in the place of x0, " + placement.words(),
                  Values.whole(dtype, a.shape(), i -> a.whole(i) - b.whole(i)),
                  left.read(bench));
            }
          });
    }
  }

  @TestOf("B-207")
  static void b207_kernels_run_over_any_number_of_elements(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.COMPUTED,
        (bench, dtype, trial) -> {
          CompiledKernel compiled = bench.compile(Kernel.of(x(dtype).mul(y(dtype)).add(x(dtype))));
          for (int n : Samples.lengths(trial.settings().isQuick())) {
            Values a = Values.whole(dtype, Shape.of(n), i -> i % 9);
            Values b = Values.whole(dtype, Shape.of(n), i -> i % 5);
            Window output = bench.output(dtype, a.shape());
            bench
                .backend()
                .launch(
                    compiled,
                    Window.operands(output),
                    Window.operands(bench.input(a), bench.input(b)),
                    new Scalar[0]);
            Expect.same(
                "x0 * x1 + x0 over " + n + " elements",
                Values.whole(dtype, a.shape(), i -> a.whole(i) * b.whole(i) + a.whole(i)),
                output.read(bench));
          }
        });
  }

  @TestOf("B-208")
  static void b208_kernels_may_be_large(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.FLOAT64, DType.INT32, DType.INT64),
        (bench, dtype, trial) -> {
          int steps = trial.settings().isQuick() ? 400 : 2000;
          Expr sum = x(dtype);
          for (int i = 0; i < steps; i++) {
            // a shared part each time: as a tree it would have 2 to the power of steps nodes
            sum = sum.add(sum).sub(x(dtype)).min(Expr.literal(dtype, 1000L)).max(y(dtype));
          }
          Values a = Values.whole(dtype, Shape.of(300), i -> i % 4);
          Values b = Values.whole(dtype, Shape.of(300), i -> i % 3);
          Values expected =
              Values.whole(
                  dtype,
                  a.shape(),
                  i -> {
                    long value = a.whole(i);
                    for (int k = 0; k < steps; k++) {
                      value = Math.max(Math.min(value + value - a.whole(i), 1000), b.whole(i));
                    }
                    return value;
                  });
          Expect.same(
              "a kernel of " + 4 * steps + " operations",
              expected,
              bench.pointwise(Kernel.of(sum), a, b));
        });
  }

  @TestOf("B-209")
  static void b209_kernels_may_have_many_operands_and_dimensions(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.INT64),
        (bench, dtype, trial) -> {
          int count = 14;
          Shape shape = Shape.of(2, 1, 3, 2, 1, 2, 3, 2);
          List<Expr> outputs = new ArrayList<>();
          Window[] inputs = new Window[count];
          Window[] results = new Window[count];
          Expr sum = Expr.literal(dtype, 0L);
          for (int k = 0; k < count; k++) {
            int factor = k + 1;
            inputs[k] =
                bench.input(
                    Values.whole(dtype, shape, i -> (long) (i % 11) * factor),
                    Placement.WRITABLE.get(k % Placement.WRITABLE.size()));
            results[k] =
                bench.output(
                    dtype, shape, Placement.WRITABLE.get((k + 2) % Placement.WRITABLE.size()));
            sum = sum.add(Expr.input(k, dtype));
            outputs.add(sum);
          }
          bench.launch(Kernel.of(outputs), results, inputs);
          for (int k = 0; k < count; k++) {
            int factors = (k + 1) * (k + 2) / 2;
            Expect.same(
                "the sum of the first " + (k + 1) + " of 14 inputs of 8 dimensions",
                Values.whole(dtype, shape, i -> (long) (i % 11) * factors),
                results[k].read(bench));
          }
        });
  }

  @TestOf("B-210")
  static void b210_literals_are_exact(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.COMPUTED,
        (bench, dtype, trial) -> {
          Values nothing = new Values(dtype, Shape.of(5));
          List<Expr> literals = new ArrayList<>();
          if (dtype.isFloatingPoint()) {
            for (double value :
                new double[] {
                  -0.0,
                  0.1,
                  Double.NaN,
                  Double.POSITIVE_INFINITY,
                  Double.NEGATIVE_INFINITY,
                  Allowance.flushes(trial, dtype)
                      ? DTypes.leastNormal(dtype)
                      : DTypes.leastPositive(dtype),
                  DTypes.greatestFinite(dtype),
                  1.0 / 3
                }) {
              literals.add(Expr.literal(dtype, value));
            }
          } else {
            for (long value : new long[] {0, 1, DTypes.least(dtype), DTypes.greatest(dtype)}) {
              literals.add(Expr.literal(dtype, value));
            }
          }
          for (Expr literal : literals) {
            // the input is read, too, so that the kernel is not a constant
            Expr chosen = Expr.select(x(dtype).eq(x(dtype)), literal, x(dtype));
            Values expected = new Values(dtype, nothing.shape());
            for (int i = 0; i < 5; i++) {
              if (dtype.isFloatingPoint()) {
                expected.setReal(i, literal.doubleValue());
              } else {
                expected.setWhole(i, literal.longValue());
              }
            }
            Expect.same(
                "the literal " + literal, expected, bench.pointwise(Kernel.of(chosen), nothing));
          }
        });
  }

  @TestOf("B-211")
  static void b211_an_input_that_no_output_reads_may_be_anything(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.FLOATS,
        (bench, dtype, trial) -> {
          // input 0 is never read, input 1 is
          Kernel kernel = Kernel.of(y(dtype).neg());
          Values a = Values.whole(dtype, Shape.of(3, 4), i -> i + 1);
          Operand[] inputs = {
            bench.input(Values.floats(dtype, a.shape(), i -> Double.NaN)).operand(),
            bench.input(a, Placement.TRANSPOSED).operand()
          };
          Window output = bench.output(dtype, a.shape());
          bench
              .backend()
              .launch(bench.compile(kernel), Window.operands(output), inputs, new Scalar[0]);
          Expect.same(
              "-x1 of a kernel that does not read x0",
              Values.whole(dtype, a.shape(), i -> -a.whole(i)),
              output.read(bench));
        });
  }
}
