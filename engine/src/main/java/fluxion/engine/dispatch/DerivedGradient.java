package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import org.jspecify.annotations.Nullable;

/** The gradient of a function with respect to one input, as a function of what it mentions. */
final class DerivedGradient implements Definition {
  private final String of;
  private final DType working;
  private final DType stored;
  private final Expr gradient;
  private final int[] places;
  private final int[] scalarPlaces;

  /**
   * Makes the function.
   *
   * @param of the operator's name
   * @param working the dtype in which the function worked
   * @param stored the dtype of the gradient
   * @param gradient the gradient, over inputs and scalars numbered by {@link Plan}
   * @param places the numbers of the inputs that it mentions, ascending
   * @param scalarPlaces the numbers of the runtime scalars likewise
   */
  DerivedGradient(
      String of, DType working, DType stored, Expr gradient, int[] places, int[] scalarPlaces) {
    this.of = of;
    this.working = working;
    this.stored = stored;
    this.gradient = gradient;
    this.places = places;
    this.scalarPlaces = scalarPlaces;
  }

  /** The derivative of an expression, in terms of the expression's own value where it occurs. */
  static @Nullable Expr derive(Expr root, int input, Expr out, Expr g) {
    if (!root.type().isFloatingPoint()) {
      return null; // a truth value, written in place into a tensor of floats
    }
    Expr gradient = root.gradient(input, g);
    boolean plain = root.arity() == 0;
    return gradient == null || plain ? gradient : gradient.replace(root, out);
  }

  @Override
  public String name() {
    return of + "_backward";
  }

  /** The last operation's name, as where a gradient is put together from operators. */
  @Override
  public String nodeName() {
    Expr value = gradient;
    if (value.op() == ExprOp.SELECT && value.operand(1).isLiteral()) {
      value = value.operand(2); // the first branch only keeps a division or a power from a pole
    }
    ExprOp last = value.op();
    String name = last == ExprOp.SELECT ? "where" : last.shortName();
    return Character.toUpperCase(name.charAt(0)) + name.substring(1) + "Backward0";
  }

  @Override
  public DType working(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers) {
    return working;
  }

  @Override
  public DType result(DType ignored) {
    return stored;
  }

  @Override
  public Expr build(Expr[] x, Expr[] s) {
    DType compute = working.computeType();
    // Numbers only become smaller, in ascending order: no substitution meets an earlier one's
    // result.
    Expr result = gradient;
    for (int i = 0; i < places.length; i++) {
      result = result.replace(Expr.input(places[i], compute), x[i]);
    }
    for (int i = 0; i < scalarPlaces.length; i++) {
      result = result.replace(Expr.scalar(scalarPlaces[i], compute), s[i]);
    }
    return result;
  }

  @Override
  public @Nullable Expr gradient(int input, Expr[] x, Expr[] s, Expr out, Expr g) {
    return derive(build(x, s), x[input].number(), out, g);
  }
}
