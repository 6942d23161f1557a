package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.List;
import java.util.function.UnaryOperator;

/** Devices that compute some operation of kernels wrongly. */
final class KernelFaults {
  private KernelFaults() {}

  static List<Fault> all() {
    return List.of(
        formula(
            "nan-swallowed-by-max",
            "max gives the number where one operand is NaN",
            "B-215",
            "max(",
            ExprOp.MAX,
            n -> n.operand(0).fmax(n.operand(1))),
        formula(
            "minus-zero-lost",
            "a negation is 0 - x",
            "B-220",
            "neg(0.0)",
            ExprOp.NEG,
            n -> n.type().isFloatingPoint() ? Expr.literal(n.type(), 0.0).sub(n.operand(0)) : n),
        formula(
            "contracted",
            "a product and a sum become a fused multiply-add",
            "B-214",
            "contracted",
            ExprOp.ADD,
            n ->
                n.operand(0).op() == ExprOp.MUL && n.type().isFloatingPoint()
                    ? n.operand(0).operand(0).fma(n.operand(0).operand(1), n.operand(1))
                    : n),
        formula(
            "fma-rounds-twice",
            "a fused multiply-add is a product and a sum",
            "B-213",
            "rounded twice",
            ExprOp.FMA,
            n -> n.operand(0).mul(n.operand(1)).add(n.operand(2))),
        formula(
            "division-by-reciprocal",
            "a / b is a times the reciprocal of b",
            "B-212",
            "div(",
            ExprOp.DIV,
            n -> n.type().isFloatingPoint() ? n.operand(0).mul(n.operand(1).reciprocal()) : n),
        formula(
            "fmin-gives-nan",
            "fmin gives NaN as min does",
            "B-216",
            "fmin(",
            ExprOp.FMIN,
            n -> n.operand(0).min(n.operand(1))),
        formula(
            "unordered-comparison",
            "x <= y is not (x > y), which is true for NaN",
            "B-217",
            "le(",
            ExprOp.LE,
            n -> n.operand(0).gt(n.operand(1)).not()),
        formula(
            "select-by-multiplication",
            "select adds both branches times 1 and 0",
            "B-218",
            "select",
            ExprOp.SELECT,
            KernelFaults::blend),
        formula(
            "round-half-away",
            "ties are rounded away from zero",
            "B-219",
            "round(",
            ExprOp.ROUND,
            n ->
                Expr.select(
                    n.operand(0).abs().lt(1e6),
                    n.operand(0).abs().add(0.5).floor().copysign(n.operand(0)),
                    n)),
        formula(
            "sign-of-nan",
            "the sign of NaN is NaN",
            "B-220",
            "sign(NaN)",
            ExprOp.SIGN,
            n ->
                n.type().isFloatingPoint()
                    ? Expr.select(n.operand(0).isnan(), n.operand(0), n)
                    : n),
        formula(
            "remainder-like-fmod",
            "a remainder has the sign of the dividend",
            "B-222",
            "remainder(",
            ExprOp.REMAINDER,
            n -> n.operand(0).fmod(n.operand(1))),
        formula(
            "subnormals-flushed",
            "subnormal sums are 0",
            "B-223",
            "flushed to zero",
            ExprOp.ADD,
            KernelFaults::flush),
        formula(
            "int-overflow-saturates",
            "int32 sums stop at their bounds",
            "B-231",
            "add(",
            ExprOp.ADD,
            KernelFaults::saturate),
        formula(
            "division-floors",
            "int division is rounded down",
            "B-232",
            "div(",
            ExprOp.DIV,
            n ->
                n.type().isIntegral()
                    ? n.operand(0).sub(n.operand(0).remainder(n.operand(1))).div(n.operand(1))
                    : n),
        formula(
            "power-by-floats",
            "int64 powers are computed in float64",
            "B-233",
            "pow(",
            ExprOp.POW,
            n ->
                n.type() == DType.INT64
                    ? n.operand(0)
                        .cast(DType.FLOAT64)
                        .pow(n.operand(1).cast(DType.FLOAT64))
                        .cast(DType.INT64)
                    : n),
        formula(
            "shift-modulo-width",
            "the count of a shift is taken modulo 32",
            "B-234",
            "shl(",
            ExprOp.SHL,
            n ->
                n.type() == DType.INT32
                    ? n.operand(0).shl(n.operand(1).and(Expr.literal(DType.INT32, 31L)))
                    : n),
        formula(
            "uint8-signed",
            "uint8 is compared as int8",
            "B-235",
            "in uint8",
            ExprOp.LT,
            n ->
                n.operand(0).type() == DType.UINT8
                    ? n.operand(0).cast(DType.INT8).lt(n.operand(1).cast(DType.INT8))
                    : n),
        formula(
            "int8-cast-rounds",
            "a cast to int8 rounds to nearest",
            "B-237",
            "in a kernel of int8",
            ExprOp.CAST,
            n ->
                n.type() == DType.INT8 && n.operand(0).type() == DType.FLOAT64
                    ? n.operand(0).round().cast(DType.INT8)
                    : n),
        formula(
            "excess-precision",
            "a cast to float32 between others is left out",
            "B-238",
            "float64 cast to float32 and back",
            ExprOp.CAST,
            n ->
                n.operand(0).op() == ExprOp.CAST
                        && n.operand(0).type() == DType.FLOAT32
                        && n.operand(0).operand(0).type() == n.type()
                    ? n.operand(0).operand(0)
                    : n),
        formula(
            "computed-in-bfloat16",
            "products of 16-bit floats are rounded at once",
            "B-239",
            "stored as bfloat16",
            ExprOp.MUL,
            n -> n.type() == DType.FLOAT32 ? n.cast(DType.BFLOAT16).cast(DType.FLOAT32) : n),
        formula(
            "literals-in-float32",
            "float64 literals have the digits of float32",
            "B-210",
            "the literal",
            ExprOp.LITERAL,
            n ->
                n.type() == DType.FLOAT64
                    ? Expr.literal(n.type(), (double) (float) n.doubleValue())
                    : n),
        formula(
            "sigmoid-overflows",
            "the sigmoid is exp(x) / (1 + exp(x))",
            "B-241",
            "sigmoid(",
            ExprOp.SIGMOID,
            n -> n.operand(0).exp().div(n.operand(0).exp().add(1.0))),
        formula(
            "power-of-nan",
            "NaN to the power of 0 is NaN",
            "B-242",
            "pow(NaN, 0.0)",
            ExprOp.POW,
            n ->
                n.type().isFloatingPoint()
                    ? Expr.select(n.operand(0).isnan(), n.operand(0), n)
                    : n),
        formula(
            "polygamma-finite",
            "polygamma has no poles",
            "B-243",
            "polygamma(1, 0.0)",
            ExprOp.POLYGAMMA,
            n -> Expr.select(n.isinf(), Expr.literal(n.type(), 1e30), n)),
        formula(
            "index-from-one",
            "indices count from 1",
            "B-204",
            "the index along dimension",
            ExprOp.INDEX,
            n -> n.add(1L)),
        formula(
            "exp-4-ulp",
            "exp errs by 4 units",
            "B-301",
            "exp",
            ExprOp.EXP,
            n -> n.add(n.mul(n.type() == DType.FLOAT64 ? 0x1p-50 : 0x1p-21))),
        formula(
            "erf-zero-for-small",
            "erf of small numbers is 0",
            "B-301",
            "erf",
            ExprOp.ERF,
            n -> Expr.select(n.operand(0).abs().lt(1e-3), n.operand(0).mul(0.0), n)));
  }

  /** A device that computes another formula in the place of each node of a kind. */
  private static Fault formula(
      String name, String mistake, String rule, String clue, ExprOp op, UnaryOperator<Expr> wrong) {
    return fault(
        name,
        mistake,
        rule,
        clue,
        inner -> new OtherFormula(inner, node -> node.op() == op ? wrong.apply(node) : node));
  }

  private static Expr blend(Expr select) {
    DType type = select.type();
    if (!type.isFloatingPoint()) {
      return select;
    }
    Expr chosen = select.operand(0).cast(type);
    Expr other = select.operand(0).not().cast(type);
    return chosen.mul(select.operand(1)).add(other.mul(select.operand(2)));
  }

  private static Expr flush(Expr sum) {
    DType type = sum.type();
    if (!type.isFloatingPoint()) {
      return sum;
    }
    double least = type == DType.FLOAT64 ? Double.MIN_NORMAL : Float.MIN_NORMAL;
    return Expr.select(sum.abs().lt(least), Expr.literal(type, 0.0), sum);
  }

  private static Expr saturate(Expr sum) {
    if (sum.type() != DType.INT32) {
      return sum;
    }
    Expr wide = sum.operand(0).cast(DType.INT64).add(sum.operand(1).cast(DType.INT64));
    return wide.max((long) Integer.MIN_VALUE).min((long) Integer.MAX_VALUE).cast(DType.INT32);
  }

  private static final class OtherFormula extends ForwardingBackend {
    private final UnaryOperator<Expr> wrong;

    OtherFormula(Backend inner, UnaryOperator<Expr> wrong) {
      super(inner);
      this.wrong = wrong;
    }

    @Override
    public CompiledKernel compile(Kernel kernel) {
      return inner.compile(Rewrite.of(kernel, wrong));
    }
  }
}
