package fluxion.backend.cpu.interpret;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;

/** TEMPORARY. */
final class FunctionLoops {
  private FunctionLoops() {}

  static boolean covers(ExprOp op) {
    return switch (op) {
      case ADD,
          SUB,
          MUL,
          DIV,
          MIN,
          MAX,
          FMIN,
          FMAX,
          COPYSIGN,
          NEG,
          ABS,
          SIGN,
          FMA,
          SQRT,
          RSQRT,
          RECIPROCAL,
          FLOOR,
          CEIL,
          ROUND,
          TRUNC ->
          false;
      default -> true;
    };
  }

  static void run(ExprOp op, int number, double[] r, double[] a, double[] b, int from, int to) {
    Expr x = Expr.input(0, DType.FLOAT64);
    Expr y = Expr.input(1, DType.FLOAT64);
    Expr e =
        switch (op) {
          case EXP -> x.exp();
          case LOG -> x.log();
          case TANH -> x.tanh();
          case SIGMOID -> x.sigmoid();
          case POW -> x.pow(y);
          case FMOD -> x.fmod(y);
          case REMAINDER -> x.remainder(y);
          default -> throw new IllegalStateException("TEMP " + op);
        };
    Kernel k = Kernel.of(e);
    for (int i = from; i < to; i++) {
      r[i] = k.evaluate(Scalar.of(a[i]), Scalar.of(b[i])).get(0).toDouble();
    }
  }
}
