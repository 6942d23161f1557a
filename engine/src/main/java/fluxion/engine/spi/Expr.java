package fluxion.engine.spi;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.engine.expr.Conversions;
import fluxion.engine.expr.Gradient;
import fluxion.engine.expr.Graph;
import fluxion.engine.expr.Printer;
import fluxion.engine.expr.Simplifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A formula over typed scalars: what one element of a pointwise kernel is.
 *
 * <p>Expressions are immutable and <em>interned</em>: two that are written alike are the same
 * object, so {@code ==} compares them and a shared subexpression is computed once. Making one is
 * thread-safe, takes constant time and simplifies locally without changing any result bit (NaN,
 * infinities and -0 included; all NaNs count as equal).
 *
 * <p>Every node has a dtype and <strong>rounds to it</strong>: there are no excess precision and no
 * contraction, a fused multiply-add happens only where {@link #fma} is written. Integer arithmetic
 * wraps. Truth values are {@link DType#BOOL}. {@link DType#FLOAT16} and {@link DType#BFLOAT16}
 * occur only as inputs and as source and target of casts; computing is done in the other dtypes.
 * Elementary functions are what {@link Kernel#lowered()} writes out, the same bits wherever they
 * are computed; the rest are {@link ScalarMath}'s, computed in float64 and rounded to the node's
 * dtype.
 *
 * <p>All operations on deep expressions are iterative and take time linear in the number of
 * distinct nodes, however often they are shared.
 */
public final class Expr implements ExprArithmetic, ExprFunctions, ExprLogic {
  private static final Expr[] NONE = {};

  private final ExprOp op;
  private final DType type;
  private final long attribute;
  private final Expr[] operands;
  private final int hash;

  Expr(ExprOp op, DType type, long attribute, Expr[] operands) {
    this.op = op;
    this.type = type;
    this.attribute = attribute;
    this.operands = operands;
    // From names and the operands' stored hashes: O(1), and the same in every run.
    int h = (op.name().hashCode() * 31 + type.name().hashCode()) * 31 + Long.hashCode(attribute);
    for (Expr operand : operands) {
      h = h * 0x9E3779B1 + operand.hash;
    }
    this.hash = h ^ h >>> 15;
  }

  // ---- leaves ----

  /**
   * {@return the element of an input tensor}
   *
   * @param index the input's number, from 0
   * @param type the tensor's dtype; 16-bit floats must be cast before computing with them
   */
  public static Expr input(int index, DType type) {
    return leaf(ExprOp.INPUT, type, checkedNumber("input", index));
  }

  /**
   * {@return a number passed when the kernel is launched; its value is no part of the kernel}
   *
   * @param index the scalar's number, from 0
   * @param type the compute dtype to which the number is converted
   * @throws DTypeException if the dtype is a 16-bit float
   */
  public static Expr scalar(int index, DType type) {
    requireCompute("a runtime scalar", type);
    return leaf(ExprOp.SCALAR, type, checkedNumber("scalar", index));
  }

  /**
   * {@return a constant; -0.0 and 0.0 are different ones, all NaNs the same}
   *
   * @param type a compute dtype
   * @param value the value, rounded to the dtype if that is a float
   * @throws DTypeException if the dtype is a 16-bit float
   * @throws ArgumentException if the dtype is an integer or bool and cannot hold the value
   */
  public static Expr literal(DType type, double value) {
    requireCompute("a literal", type);
    if (type.isFloatingPoint()) {
      double rounded = Conversions.roundTo(type, value);
      return leaf(ExprOp.LITERAL, type, Double.doubleToLongBits(rounded));
    }
    if ((long) value != value || Conversions.wrap(type, (long) value) != (long) value) {
      throw new ArgumentException(
          "the literal " + value + " is not a value of " + type + "; cast the expression first");
    }
    return leaf(ExprOp.LITERAL, type, (long) value);
  }

  /**
   * {@return a constant}
   *
   * @param type a compute dtype
   * @param value the value: rounded once to a float dtype, wrapped to an integer dtype, for bool
   *     true unless 0
   * @throws DTypeException if the dtype is a 16-bit float
   */
  public static Expr literal(DType type, long value) {
    requireCompute("a literal", type);
    long bits =
        type.isFloatingPoint()
            ? Double.doubleToLongBits(Conversions.toFloating(type, value))
            : type == DType.BOOL ? (value != 0 ? 1 : 0) : Conversions.wrap(type, value);
    return leaf(ExprOp.LITERAL, type, bits);
  }

  /**
   * {@return a constant truth value}
   *
   * @param value the value
   */
  public static Expr literal(boolean value) {
    return leaf(ExprOp.LITERAL, DType.BOOL, value ? 1 : 0);
  }

  /**
   * {@return the element's index along a dimension of the kernel's shape, an int64}
   *
   * @param dim the dimension, from 0
   */
  public static Expr index(int dim) {
    return leaf(ExprOp.INDEX, DType.INT64, checkedNumber("dimension", dim));
  }

  /**
   * {@return {@code a} where the condition holds, else {@code b}; nothing of the other shows}
   *
   * @param condition a truth value
   * @param a an expression of a compute dtype
   * @param b another of the same dtype
   * @throws DTypeException if the dtypes do not fit
   */
  public static Expr select(Expr condition, Expr a, Expr b) {
    return make(ExprOp.SELECT, a.type, 0, condition, a, b);
  }

  // ---- what a node is ----

  /** {@return the kind of node} */
  public ExprOp op() {
    return op;
  }

  /** {@return the dtype of the value} */
  public DType type() {
    return type;
  }

  /** {@return the number of operands} */
  public int arity() {
    return operands.length;
  }

  /**
   * {@return an operand}
   *
   * @param i its position, from 0
   */
  public Expr operand(int i) {
    return operands[i];
  }

  /** {@return the operands in order} */
  public List<Expr> operands() {
    return List.of(operands);
  }

  /** {@return whether this is a constant} */
  public boolean isLiteral() {
    return op == ExprOp.LITERAL;
  }

  /**
   * {@return the number of an input, of a runtime scalar or of an index's dimension, or the order
   * of a polygamma}
   *
   * @throws ArgumentException if this is none of them
   */
  public int number() {
    return switch (op) {
      case INPUT, SCALAR, INDEX, POLYGAMMA -> (int) attribute;
      default -> throw new ArgumentException("a node '" + op.shortName() + "' has no number");
    };
  }

  /**
   * {@return the value of a constant as a float64; of an integer rounded}
   *
   * @throws ArgumentException if this is not a literal
   */
  public double doubleValue() {
    requireLiteral();
    return type.isFloatingPoint() ? Double.longBitsToDouble(attribute) : attribute;
  }

  /**
   * {@return the value of a constant as an integer; of a float cut towards zero, of a truth value 0
   * or 1}
   *
   * @throws ArgumentException if this is not a literal
   */
  public long longValue() {
    requireLiteral();
    return type.isFloatingPoint() ? (long) Double.longBitsToDouble(attribute) : attribute;
  }

  // ---- operations on whole expressions ----

  /**
   * {@return the same operation on other operands}
   *
   * @param newOperands the operands, as many as this has and of dtypes that the operation takes
   * @throws DTypeException if the dtypes do not fit
   */
  public Expr with(Expr... newOperands) {
    if (newOperands.length != operands.length) {
      throw new ArgumentException(
          op.shortName() + " takes " + operands.length + " operands, not " + newOperands.length);
    }
    if (Arrays.equals(operands, newOperands)) {
      return this;
    }
    DType result =
        switch (op) {
          case CAST -> type;
          case SELECT -> newOperands[1].type;
          case BITS -> newOperands[0].type == DType.FLOAT64 ? DType.INT64 : DType.INT32;
          case FROM_BITS -> newOperands[0].type == DType.INT64 ? DType.FLOAT64 : DType.FLOAT32;
          default -> op.isPredicate() ? DType.BOOL : newOperands[0].type;
        };
    return make(op, result, attribute, newOperands.clone());
  }

  /**
   * {@return this expression with every occurrence of one expression replaced by another}
   *
   * <p>A derivative that mentions the kernel's output becomes one that reads the saved output so:
   * {@code derivative.replace(formula, Expr.input(k, formula.type()))}.
   *
   * @param what what to replace
   * @param by what to put there, of the same dtype
   * @throws DTypeException if the dtypes differ
   */
  public Expr replace(Expr what, Expr by) {
    if (what.type != by.type) {
      throw new DTypeException(
          "cannot replace an expression of " + what.type + " by one of " + by.type);
    }
    return Graph.replace(this, what, by);
  }

  /**
   * {@return the vector-Jacobian product with respect to an input, simplified; null if it is zero
   * by structure}
   *
   * <p>Reverse accumulation over the shared graph: each node is visited once. The rules are
   * PyTorch's, also at kinks: {@code max} and {@code min} halve at ties, {@code abs} has slope 0 at
   * 0. The derivative of {@code select(c, a, b)} is {@code select(c, a', b')} with the cotangent
   * inside the branches, so a NaN or infinity of the branch not taken vanishes. Comparisons,
   * roundings, integers and casts from or to them have none.
   *
   * @param input the input's number
   * @param cotangent the gradient that arrives at this expression's value, of this dtype
   * @throws DTypeException if the cotangent has another dtype
   */
  public @Nullable Expr gradient(int input, Expr cotangent) {
    if (cotangent.type != type) {
      throw new DTypeException(
          "the cotangent of an expression of "
              + type
              + " must have that dtype, not "
              + cotangent.type);
    }
    return Gradient.of(this, input, cotangent);
  }

  /**
   * {@return whether an expression occurs in this one}
   *
   * @param part the expression to look for
   */
  public boolean mentions(Expr part) {
    return Graph.mentions(this, part);
  }

  /** {@return the numbers of the inputs that occur, in ascending order} */
  public Set<Integer> inputsUsed() {
    return Graph.inputsUsed(this);
  }

  /** {@return a hash of the structure, the same in every run; equality is identity} */
  @Override
  public int hashCode() {
    return hash;
  }

  /**
   * {@return the formula in infix form, shared parts bound first: {@code %0 = exp(x0); %0 / (%0 +
   * 1.0)}}
   *
   * <p>{@code x0} is input 0, {@code s0} runtime scalar 0, {@code i0} the index along dimension 0.
   * The text is linear in the number of distinct nodes.
   */
  @Override
  public String toString() {
    return Printer.print(this);
  }

  // ---- making nodes ----

  private static Expr leaf(ExprOp op, DType type, long attribute) {
    return Interner.intern(new Expr(op, type, attribute, NONE));
  }

  /** Checks dtypes, simplifies and interns. The caller gives the operand array away. */
  static Expr make(ExprOp op, DType type, long attribute, Expr... operands) {
    check(op, operands);
    Expr simpler = Simplifier.simplify(op, type, attribute, operands);
    return simpler != null ? simpler : Interner.intern(new Expr(op, type, attribute, operands));
  }

  private static void check(ExprOp op, Expr[] operands) {
    if (op == ExprOp.CAST) {
      return;
    }
    int first = op == ExprOp.SELECT ? 1 : 0;
    if (first == 1 && operands[0].type != DType.BOOL) {
      throw new DTypeException(
          "the condition of select must be " + DType.BOOL + ", not " + operands[0].type);
    }
    DType common = operands[first].type;
    for (int i = first; i < operands.length; i++) {
      if (operands[i].type != common) {
        throw new DTypeException(
            op.shortName()
                + " needs operands of one dtype, not "
                + common
                + " and "
                + operands[i].type
                + "; cast one of them");
      }
    }
    if (!op.takes().accepts(common)) {
      throw new DTypeException(
          op.shortName() + " takes " + op.takes().words + ", not " + common + "; cast it first");
    }
  }

  boolean sameNode(Expr that) {
    // Operands are interned already, so identity suffices for them.
    return op == that.op
        && type == that.type
        && attribute == that.attribute
        && Arrays.equals(operands, that.operands);
  }

  private static int checkedNumber(String what, int number) {
    if (number < 0) {
      throw new ArgumentException("the number of a " + what + " must not be negative: " + number);
    }
    return number;
  }

  private static void requireCompute(String what, DType type) {
    if (type.computeType() != type) {
      throw new DTypeException(
          what + " cannot be " + type + "; use " + type.computeType() + " and cast");
    }
  }

  private void requireLiteral() {
    if (op != ExprOp.LITERAL) {
      throw new ArgumentException("a node '" + op.shortName() + "' is not a literal");
    }
  }
}
