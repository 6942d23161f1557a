package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import fluxion.engine.spi.ScatterMode;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Computations whose bits depend on the order of operations or on how functions are computed. Each
 * takes a matrix of floats.
 */
enum Programs {
  /** Sums of rows. */
  ROW_SUMS,
  /** Sums of columns. */
  COLUMN_SUMS,
  /** The sum of all. */
  SUM,
  /** Products of rows. */
  ROW_PRODUCTS,
  /** The matrix times its transpose. */
  MATMUL,
  /** Running sums. */
  SCAN,
  /** Sums of scattered elements. */
  SCATTER,
  /** A kernel of elementary functions. */
  FUNCTIONS;

  /** All of them. */
  static final List<Programs> ALL = List.of(values());

  /** A matrix of floats of like size. */
  static Values matrix(SplittableRandom random, DType dtype, int rows, int columns) {
    return Values.floats(dtype, Shape.of(rows, columns), i -> random.nextDouble(-1, 1.25));
  }

  /** The name as it stands in a sentence. */
  String words() {
    return switch (this) {
      case FUNCTIONS -> "exp(tanh(x)) / (1 + erf(x)^2)";
      case ROW_SUMS -> "the sums of rows";
      case COLUMN_SUMS -> "the sums of columns";
      case SUM -> "the sum of all";
      case ROW_PRODUCTS -> "the products of rows";
      case MATMUL -> "the product with its transpose";
      case SCAN -> "the running sums";
      case SCATTER -> "the sums of scattered elements";
    };
  }

  /** The result for a matrix. */
  Values run(Bench bench, Window input) {
    DType dtype = input.operand().dtype();
    Shape shape = input.operand().shape();
    return switch (this) {
      case FUNCTIONS -> {
        Expr x = Expr.input(0, dtype);
        Expr formula = x.tanh().exp().div(x.erf().mul(x.erf()).add(1.0));
        Window output = bench.output(dtype, shape);
        bench.launch(Kernel.of(formula), new Window[] {output}, new Window[] {input});
        yield output.read(bench);
      }
      case ROW_SUMS -> fold(bench, input, Reduction.Kind.SUM, false, true);
      case COLUMN_SUMS -> fold(bench, input, Reduction.Kind.SUM, true, false);
      case SUM -> fold(bench, input, Reduction.Kind.SUM, true, true);
      case ROW_PRODUCTS -> fold(bench, input, Reduction.Kind.PROD, false, true);
      case MATMUL -> {
        Window output = bench.output(dtype, Shape.of(shape.size(0), shape.size(0)));
        bench
            .backend()
            .matmul(
                input.operand(),
                input.operand().layout().transpose(0, 1).operand(input.operand().buffer()),
                output.operand(),
                null);
        yield output.read(bench);
      }
      case SCAN -> {
        Window output = bench.output(dtype, shape);
        bench.backend().scan(ScanKind.SUM, input.operand(), 1, false, output.operand(), null);
        yield output.read(bench);
      }
      case SCATTER -> {
        Window target = bench.input(new Values(dtype, Shape.of(shape.size(0), 5)));
        Window index = bench.input(Values.longs(DType.INT64, shape, i -> i * 7L % 5));
        bench
            .backend()
            .scatter(ScatterMode.ADD, target.operand(), 1, index.operand(), input.operand());
        yield target.read(bench);
      }
    };
  }

  private static Values fold(Bench bench, Window input, Reduction.Kind kind, boolean... reduced) {
    DType dtype = input.operand().dtype();
    Window output = bench.output(dtype, Folds.shape(input.operand().shape(), reduced));
    bench
        .backend()
        .reduce(
            Folds.compile(bench, Reduction.of(kind, dtype, dtype, dtype)),
            Window.operands(input),
            reduced,
            output.operand(),
            new Scalar[0]);
    return output.read(bench);
  }
}
