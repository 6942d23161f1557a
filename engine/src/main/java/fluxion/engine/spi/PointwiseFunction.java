package fluxion.engine.spi;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.dispatch.Pointwise;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A function that computes each element of its result from the elements at the same place, given by
 * a formula.
 *
 * <p>From the formula follow the kernel on every device, broadcasting, type promotion, the in-place
 * form and the derivatives of every order. A derivative that the formula's own differentiation
 * would not give as PyTorch defines it, or not stably, is stated with {@link #gradient}. An input
 * may be a tensor or a number; a number is weak in type promotion.
 *
 * <p>Instances are immutable; the {@code with}-like methods give changed copies.
 */
public final class PointwiseFunction {
  /** What is computed, at the dtype in which the function computes. */
  @FunctionalInterface
  public interface Formula {
    /**
     * {@return the result}
     *
     * @param x the inputs
     * @param s the runtime scalars
     */
    Expr apply(Expr[] x, Expr[] s);
  }

  /** A stated derivative. */
  @FunctionalInterface
  public interface GradientRule {
    /**
     * {@return the gradient of one input, or null for none}
     *
     * @param x the inputs
     * @param s the runtime scalars
     * @param out the function's result; where it is used the result is saved
     * @param g the cotangent
     */
    @Nullable Expr apply(Expr[] x, Expr[] s, Expr out, Expr g);
  }

  private final String name;
  private final String nodeName;
  private final int inputs;
  private final int scalars;
  private final Promotion promotion;
  private final Formula formula;
  private final List<@Nullable GradientRule> rules;
  private final Consumer<DType> check;
  private final Pointwise implementation;

  private PointwiseFunction(
      String name,
      String nodeName,
      int inputs,
      int scalars,
      Promotion promotion,
      Formula formula,
      List<@Nullable GradientRule> rules,
      Consumer<DType> check) {
    this.name = name;
    this.nodeName = nodeName;
    this.inputs = inputs;
    this.scalars = scalars;
    this.promotion = promotion;
    this.formula = formula;
    this.rules = rules;
    this.check = check;
    this.implementation = Pointwise.of(this);
  }

  /**
   * {@return a function of some inputs and runtime scalars}
   *
   * @param name the operator's name, such as {@code log_sigmoid}
   * @param inputs the number of inputs
   * @param scalars the number of runtime scalars
   * @param promotion how dtypes follow
   * @param formula what is computed
   */
  public static PointwiseFunction of(
      String name, int inputs, int scalars, Promotion promotion, Formula formula) {
    return new PointwiseFunction(
        name,
        nodeName(name),
        inputs,
        scalars,
        promotion,
        formula,
        Arrays.asList(new @Nullable GradientRule[inputs]),
        PointwiseFunction::takeAny);
  }

  /**
   * {@return a function of one input}
   *
   * @param name the operator's name
   * @param promotion how dtypes follow
   * @param formula what is computed
   */
  public static PointwiseFunction unary(
      String name, Promotion promotion, UnaryOperator<Expr> formula) {
    return of(name, 1, 0, promotion, (x, s) -> formula.apply(x[0]));
  }

  /**
   * {@return a function of two inputs}
   *
   * @param name the operator's name
   * @param promotion how dtypes follow
   * @param formula what is computed
   */
  public static PointwiseFunction binary(
      String name, Promotion promotion, BinaryOperator<Expr> formula) {
    return of(name, 2, 0, promotion, (x, s) -> formula.apply(x[0], x[1]));
  }

  private static void takeAny(DType dtype) {}

  private static String nodeName(String name) {
    StringBuilder camel = new StringBuilder();
    for (String part : name.substring(name.indexOf(':') + 1).split("_", -1)) {
      if (!part.isEmpty()) {
        camel.append(Character.toUpperCase(part.charAt(0))).append(part, 1, part.length());
      }
    }
    return camel.append("Backward0").toString();
  }

  /**
   * {@return this function with a stated derivative}
   *
   * @param input of which input
   * @param rule the derivative
   */
  public PointwiseFunction gradient(int input, GradientRule rule) {
    List<@Nullable GradientRule> changed = new ArrayList<>(rules);
    changed.set(input, rule);
    return new PointwiseFunction(
        name, nodeName, inputs, scalars, promotion, formula, changed, check);
  }

  /**
   * {@return this function with another name for its node in the graph}
   *
   * @param changed the name, such as {@code PowBackward1}
   */
  public PointwiseFunction node(String changed) {
    return new PointwiseFunction(name, changed, inputs, scalars, promotion, formula, rules, check);
  }

  /**
   * {@return this function with a check of the dtype in which it is to compute}
   *
   * @param refusal throws a {@link fluxion.api.DTypeException} for a dtype that is refused
   */
  public PointwiseFunction checking(Consumer<DType> refusal) {
    return new PointwiseFunction(
        name, nodeName, inputs, scalars, promotion, formula, rules, refusal);
  }

  /** {@return the operator's name} */
  public String name() {
    return name;
  }

  /** {@return the name of the function's node in the graph} */
  public String nodeName() {
    return nodeName;
  }

  /** {@return the number of inputs} */
  public int inputs() {
    return inputs;
  }

  /** {@return the number of runtime scalars} */
  public int scalars() {
    return scalars;
  }

  /** {@return how dtypes follow} */
  public Promotion promotion() {
    return promotion;
  }

  /** {@return what is computed} */
  public Formula formula() {
    return formula;
  }

  /**
   * {@return the stated derivative, or null if it is to be derived}
   *
   * @param input of which input
   */
  public @Nullable GradientRule rule(int input) {
    return rules.get(input);
  }

  /**
   * Refuses dtypes that the function does not compute in.
   *
   * @param dtype the dtype
   */
  public void check(DType dtype) {
    check.accept(dtype);
  }

  // ---- calls

  /**
   * {@return the result for one tensor}
   *
   * @param x the input
   * @param s the runtime scalars
   */
  public Tensor call(Tensor x, Scalar... s) {
    return implementation.call(new @Nullable Tensor[] {x}, NONE1, s);
  }

  /**
   * {@return the result for two tensors}
   *
   * @param x the first input
   * @param y the second
   * @param s the runtime scalars
   */
  public Tensor call(Tensor x, Tensor y, Scalar... s) {
    return implementation.call(new @Nullable Tensor[] {x, y}, NONE2, s);
  }

  /**
   * {@return the result for a tensor and a number}
   *
   * @param x the first input
   * @param y the second
   * @param s the runtime scalars
   */
  public Tensor callScalar(Tensor x, Scalar y, Scalar... s) {
    return implementation.call(
        new @Nullable Tensor[] {x, null}, new @Nullable Scalar[] {null, y}, s);
  }

  /**
   * {@return the result for a number and a tensor}
   *
   * @param x the first input
   * @param y the second
   * @param s the runtime scalars
   */
  public Tensor callScalar(Scalar x, Tensor y, Scalar... s) {
    return implementation.call(
        new @Nullable Tensor[] {null, y}, new @Nullable Scalar[] {x, null}, s);
  }

  /**
   * {@return the result for any number of tensors}
   *
   * @param x the inputs
   * @param s the runtime scalars
   */
  public Tensor callAll(Tensor[] x, Scalar... s) {
    return implementation.call(x, new @Nullable Scalar[x.length], s);
  }

  /**
   * Computes in place: the first input becomes the result.
   *
   * @param x the inputs
   * @param s the runtime scalars
   * @return the first input
   */
  public Tensor callAllInPlace(Tensor[] x, Scalar... s) {
    return implementation.callInPlace(x[0], x, new @Nullable Scalar[x.length], s);
  }

  /**
   * Computes in place: the first input becomes the result.
   *
   * @param self the first input
   * @param s the runtime scalars
   * @return the first input
   */
  public Tensor callInPlace(Tensor self, Scalar... s) {
    return implementation.callInPlace(self, new @Nullable Tensor[] {self}, NONE1, s);
  }

  /**
   * Computes in place: the first input becomes the result.
   *
   * @param self the first input
   * @param y the second
   * @param s the runtime scalars
   * @return the first input
   */
  public Tensor callInPlace(Tensor self, Tensor y, Scalar... s) {
    return implementation.callInPlace(self, new @Nullable Tensor[] {self, y}, NONE2, s);
  }

  /**
   * Computes in place: the first input becomes the result.
   *
   * @param self the first input
   * @param y the second
   * @param s the runtime scalars
   * @return the first input
   */
  public Tensor callInPlaceScalar(Tensor self, Scalar y, Scalar... s) {
    return implementation.callInPlace(
        self, new @Nullable Tensor[] {self, null}, new @Nullable Scalar[] {null, y}, s);
  }

  private static final @Nullable Scalar[] NONE1 = new @Nullable Scalar[1];
  private static final @Nullable Scalar[] NONE2 = new @Nullable Scalar[2];
}
