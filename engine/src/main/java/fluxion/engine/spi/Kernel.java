package fluxion.engine.spi;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.Scalar;
import fluxion.engine.expr.Graph;
import fluxion.engine.expr.Lowering;
import fluxion.engine.expr.Printer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One or more expressions that are computed together, element by element: what a backend compiles.
 *
 * <p>Kernels with the same outputs in the same order are equal, so that a map from kernels can hold
 * what was compiled. Immutable and thread-safe.
 */
public final class Kernel {
  private final List<Expr> outputs;
  private final List<Expr> nodes;
  private final List<@Nullable DType> inputs;
  private final int scalarCount;
  private final int indexDims;
  private volatile @Nullable Kernel lowered;

  private Kernel(List<Expr> outputs) {
    if (outputs.isEmpty()) {
      throw new ArgumentException("a kernel needs at least one output");
    }
    this.outputs = List.copyOf(outputs);
    this.nodes = List.copyOf(Graph.topological(this.outputs));
    List<@Nullable DType> types = new ArrayList<>();
    int scalars = 0;
    int dims = 0;
    for (Expr node : nodes) {
      switch (node.op()) {
        case INPUT -> addInput(types, node);
        case SCALAR -> scalars = Math.max(scalars, node.number() + 1);
        case INDEX -> dims = Math.max(dims, node.number() + 1);
        default -> {}
      }
    }
    this.inputs = Collections.unmodifiableList(types);
    this.scalarCount = scalars;
    this.indexDims = dims;
  }

  private static void addInput(List<@Nullable DType> types, Expr input) {
    while (types.size() <= input.number()) {
      types.add(null);
    }
    DType other = types.set(input.number(), input.type());
    if (other != null && other != input.type()) {
      throw new DTypeException(
          "input " + input.number() + " is used both as " + other + " and as " + input.type());
    }
  }

  /**
   * {@return the kernel with some outputs}
   *
   * @param outputs the outputs in order, at least one
   * @throws ArgumentException if there is no output
   * @throws DTypeException if an input is used with two dtypes
   */
  public static Kernel of(Expr... outputs) {
    return new Kernel(List.of(outputs));
  }

  /**
   * {@return the kernel with some outputs}
   *
   * @param outputs the outputs in order, at least one
   * @throws ArgumentException if there is no output
   * @throws DTypeException if an input is used with two dtypes
   */
  public static Kernel of(List<Expr> outputs) {
    return new Kernel(outputs);
  }

  /** {@return the outputs in order} */
  public List<Expr> outputs() {
    return outputs;
  }

  /**
   * {@return an output}
   *
   * @param i its position, from 0
   */
  public Expr output(int i) {
    return outputs.get(i);
  }

  /** {@return every node of the outputs once, each after its operands} */
  public List<Expr> nodes() {
    return nodes;
  }

  /** {@return the number of inputs: one more than the greatest input number, or 0} */
  public int inputCount() {
    return inputs.size();
  }

  /**
   * {@return the dtype of an input, or null if no output reads it}
   *
   * @param i the input's number, below {@link #inputCount()}
   */
  public @Nullable DType inputType(int i) {
    return inputs.get(i);
  }

  /** {@return the number of runtime scalars: one more than the greatest scalar number, or 0} */
  public int scalarCount() {
    return scalarCount;
  }

  /** {@return one more than the greatest dimension whose index is read, or 0} */
  public int indexDims() {
    return indexDims;
  }

  /** {@return whether a node reads the element's index} */
  public boolean usesIndex() {
    return indexDims > 0;
  }

  /**
   * {@return this kernel with the functions of floats written out, the same object at every call;
   * this itself if nothing is}
   *
   * <p>This is what interpreters run and what backends compile: both have the same bits because
   * both do the same correctly rounded operations. Beside leaves and the operations on integers it
   * holds {@code ADD SUB MUL DIV SQRT FMA NEG ABS MIN MAX}, comparisons, {@code SELECT CAST BITS
   * FROM_BITS}, and of the other functions those that {@link ScalarMath#provides}. It is
   * straight-line code: every operation may run for every element, for where its result is not
   * selected too. The outputs have the order and dtypes of this kernel's; an input that no
   * operation reads any more is absent.
   */
  public Kernel lowered() {
    Kernel result = lowered;
    if (result == null) {
      List<Expr> written = Lowering.lower(outputs);
      result = written.equals(outputs) ? this : new Kernel(written);
      result.lowered = result;
      lowered = result;
    }
    return result;
  }

  /**
   * {@return the outputs for one element, by the reference interpreter}
   *
   * <p>Floats come back as floating-point scalars, integers as integral ones, truth values as such.
   * For tests and constants; {@link ExprProgram} is for blocks.
   *
   * @param inputs the inputs' elements, converted to the inputs' dtypes
   * @param scalars the runtime scalars
   * @param index the element's index along each dimension that is read
   * @throws ArgumentException if there are too few of any
   */
  public List<Scalar> evaluate(List<Scalar> inputs, List<Scalar> scalars, long... index) {
    return ExprProgram.compile(this).evaluate(inputs, scalars, index);
  }

  /**
   * {@return the outputs for one element of a kernel without runtime scalars and indices}
   *
   * @param inputs the inputs' elements, converted to the inputs' dtypes
   * @throws ArgumentException if there are too few
   */
  public List<Scalar> evaluate(Scalar... inputs) {
    return evaluate(List.of(inputs), List.of());
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Kernel that && outputs.equals(that.outputs);
  }

  @Override
  public int hashCode() {
    return outputs.hashCode();
  }

  /** {@return the formulas as {@link Expr#toString()} writes them, shared parts bound once} */
  @Override
  public String toString() {
    return Printer.print(outputs.toArray(new Expr[0]));
  }
}
