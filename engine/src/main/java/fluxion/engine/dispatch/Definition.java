package fluxion.engine.dispatch;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Tensor;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.PointwiseFunction;
import fluxion.engine.spi.Promotion;
import org.jspecify.annotations.Nullable;

/** What a pointwise call computes: declared by a plugin, or derived as another's gradient. */
interface Definition {
  /** The operator's name. */
  String name();

  /** The name of the node in the graph. */
  String nodeName();

  /** The dtype in which the result is counted. */
  DType working(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers);

  /** The dtype of a result that is counted in a dtype. */
  DType result(DType working);

  /** The result, from inputs and runtime scalars of one compute dtype. */
  Expr build(Expr[] x, Expr[] s);

  /** The gradient of an input; {@code out} is the result, to be used or not. */
  @Nullable Expr gradient(int input, Expr[] x, Expr[] s, Expr out, Expr g);

  /** A function that a plugin declared. */
  record Declared(PointwiseFunction function) implements Definition {
    @Override
    public String name() {
      return function.name();
    }

    @Override
    public String nodeName() {
      return function.nodeName();
    }

    @Override
    public DType working(@Nullable Tensor[] tensors, @Nullable Scalar[] numbers) {
      DType working = Types.working(function.promotion(), tensors, numbers);
      function.check(working);
      return working;
    }

    @Override
    public DType result(DType working) {
      return function.promotion() == Promotion.BOOL_RESULT ? DType.BOOL : working;
    }

    @Override
    public Expr build(Expr[] x, Expr[] s) {
      return function.formula().apply(x, s);
    }

    @Override
    public @Nullable Expr gradient(int input, Expr[] x, Expr[] s, Expr out, Expr g) {
      PointwiseFunction.GradientRule rule = function.rule(input);
      return rule == null
          ? DerivedGradient.derive(build(x, s), x[input].number(), out, g)
          : rule.apply(x, s, out, g);
    }
  }
}
