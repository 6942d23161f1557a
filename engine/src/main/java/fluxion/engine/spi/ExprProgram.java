package fluxion.engine.spi;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.expr.Conversions;
import fluxion.engine.expr.Instruction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A {@linkplain Kernel#lowered() lowered} kernel as straight-line code over registers, each a block
 * of elements.
 *
 * <p>This is the reference interpreter, and all that a simple backend needs: fill the inputs of a
 * {@link Frame} with a block of elements, {@link #run}, read the outputs, go to the next block.
 * Each instruction is one loop over the block. Floats of every dtype are held in {@code double[]}
 * exactly, integers and truth values (0 and 1) in {@code long[]}; values put into an input must be
 * values of its dtype. A program is immutable and may run in several threads, each with a frame of
 * its own.
 */
public final class ExprProgram {
  private final Kernel kernel;
  private final Kernel lowered;
  private final List<Instruction> code = new ArrayList<>();
  private final Map<Expr, Integer> registers = new HashMap<>();
  private final List<Expr> leaves = new ArrayList<>();
  private final List<Boolean> floating = new ArrayList<>();

  private ExprProgram(Kernel kernel) {
    this.kernel = kernel;
    this.lowered = kernel.lowered();
    // Also those that lowering has dropped: callers fill what the kernel says that it reads.
    for (Expr node : kernel.nodes()) {
      if (node.arity() == 0 && !node.isLiteral()) {
        addLeaf(node);
      }
    }
    Map<Expr, Integer> lastUse = new HashMap<>();
    List<Expr> nodes = lowered.nodes();
    for (int i = 0; i < nodes.size(); i++) {
      for (Expr operand : nodes.get(i).operands()) {
        lastUse.put(operand, i);
      }
    }
    for (Expr output : lowered.outputs()) {
      lastUse.put(output, nodes.size());
    }
    ArrayDeque<Integer> freeFloats = new ArrayDeque<>();
    ArrayDeque<Integer> freeInts = new ArrayDeque<>();
    for (int i = 0; i < nodes.size(); i++) {
      Expr node = nodes.get(i);
      if (node.arity() == 0) {
        addLeaf(node);
        continue;
      }
      int[] sources = new int[node.arity()];
      for (int k = 0; k < sources.length; k++) {
        sources[k] = register(node.operand(k));
      }
      // Operands that are not read again give their registers back first: every loop reads an
      // element before it writes it, so the result may take an operand's place.
      for (int k = 0; k < sources.length; k++) {
        Expr operand = node.operand(k);
        if (operand.arity() > 0 && lastUse.remove(operand, i)) {
          (operand.type().isFloatingPoint() ? freeFloats : freeInts).push(sources[k]);
        }
      }
      Integer free = (node.type().isFloatingPoint() ? freeFloats : freeInts).poll();
      int target = free != null ? free : newRegister(node.type());
      registers.put(node, target);
      int number = node.op() == ExprOp.POLYGAMMA ? node.number() : 0;
      code.add(
          new Instruction(node.op(), node.type(), node.operand(0).type(), number, target, sources));
    }
  }

  /**
   * {@return the program of a kernel}
   *
   * @param kernel the kernel
   */
  public static ExprProgram compile(Kernel kernel) {
    return new ExprProgram(kernel);
  }

  /** {@return what the program computes} */
  public Kernel kernel() {
    return kernel;
  }

  /**
   * {@return registers for a block, to be used by one thread at a time}
   *
   * @param blockSize the greatest number of elements of a block, at least 1
   */
  public Frame newFrame(int blockSize) {
    if (blockSize < 1) {
      throw new ArgumentException("a block needs at least one element, not " + blockSize);
    }
    return new Frame(this, blockSize);
  }

  /**
   * Computes the outputs of one block.
   *
   * @param frame a frame of this program, its inputs, scalars and indices filled
   * @param n the number of elements, at most the frame's block size
   */
  public void run(Frame frame, int n) {
    if (frame.program != this) {
      throw new ArgumentException("the frame belongs to another program");
    }
    if (n < 0 || n > frame.blockSize) {
      throw new ArgumentException("cannot run " + n + " elements in blocks of " + frame.blockSize);
    }
    for (Instruction instruction : code) {
      instruction.run(frame.floats, frame.ints, n);
    }
  }

  List<Scalar> evaluate(List<Scalar> inputs, List<Scalar> scalars, long... index) {
    if (inputs.size() < kernel.inputCount() || index.length < kernel.indexDims()) {
      throw new ArgumentException(
          "the kernel reads "
              + kernel.inputCount()
              + " inputs and "
              + kernel.indexDims()
              + " indices, given were "
              + inputs.size()
              + " and "
              + index.length);
    }
    Frame frame = newFrame(1);
    for (int i = 0; i < kernel.inputCount(); i++) {
      DType type = kernel.inputType(i);
      if (type != null) {
        frame.fill(Expr.input(i, type), inputs.get(i));
      }
    }
    frame.scalars(scalars.toArray(new Scalar[0]));
    for (int d = 0; d < kernel.indexDims(); d++) {
      frame.index(d)[0] = index[d];
    }
    run(frame, 1);
    List<Scalar> results = new ArrayList<>();
    for (int k = 0; k < kernel.outputs().size(); k++) {
      DType type = kernel.output(k).type();
      results.add(
          type.isFloatingPoint()
              ? Scalar.of(frame.floatOutput(k)[0])
              : type == DType.BOOL
                  ? Scalar.of(frame.intOutput(k)[0] != 0)
                  : Scalar.of(frame.intOutput(k)[0]));
    }
    return results;
  }

  private void addLeaf(Expr leaf) {
    if (!registers.containsKey(leaf)) {
      leaves.add(leaf);
      registers.put(leaf, newRegister(leaf.type()));
    }
  }

  private int newRegister(DType type) {
    floating.add(type.isFloatingPoint());
    return floating.size() - 1;
  }

  private int register(Expr node) {
    Integer register = registers.get(node);
    if (register == null) {
      throw new IllegalStateException("no register for " + node.op());
    }
    return register;
  }

  /** The registers of a block: one thread's working memory for one {@link ExprProgram}. */
  public static final class Frame {
    private static final double[] NO_FLOATS = {};
    private static final long[] NO_INTS = {};

    private final ExprProgram program;
    private final int blockSize;
    private final double[][] floats;
    private final long[][] ints;

    private Frame(ExprProgram program, int blockSize) {
      this.program = program;
      this.blockSize = blockSize;
      int count = program.floating.size();
      this.floats = new double[count][];
      this.ints = new long[count][];
      for (int r = 0; r < count; r++) {
        boolean isFloat = program.floating.get(r);
        floats[r] = isFloat ? new double[blockSize] : NO_FLOATS;
        ints[r] = isFloat ? NO_INTS : new long[blockSize];
      }
      for (Expr leaf : program.leaves) {
        if (leaf.isLiteral()) {
          fill(
              leaf,
              leaf.type().isFloatingPoint()
                  ? Scalar.of(leaf.doubleValue())
                  : Scalar.of(leaf.longValue()));
        }
      }
    }

    /** {@return the greatest number of elements of a block} */
    public int blockSize() {
      return blockSize;
    }

    /**
     * {@return the array to fill with a float input's elements}
     *
     * @param i the input's number
     * @throws ArgumentException if the kernel does not read it or it is no float
     */
    public double[] floatInput(int i) {
      return floats[input(i, true)];
    }

    /**
     * {@return the array to fill with the elements of an integer or bool input}
     *
     * @param i the input's number
     * @throws ArgumentException if the kernel does not read it or it is a float
     */
    public long[] intInput(int i) {
      return ints[input(i, false)];
    }

    /**
     * {@return the array to fill with the elements' indices along a dimension; one that nobody
     * reads if the kernel does not use that dimension}
     *
     * @param dim the dimension
     */
    public long[] index(int dim) {
      Integer register = program.registers.get(Expr.index(dim));
      return register == null ? new long[blockSize] : ints[register];
    }

    /**
     * Sets the runtime scalars, for all blocks until the next call.
     *
     * @param scalars the scalars in the order of their numbers, each converted to the dtypes with
     *     which it is read
     * @throws ArgumentException if there are too few
     */
    public void scalars(Scalar... scalars) {
      if (scalars.length < program.kernel.scalarCount()) {
        throw new ArgumentException(
            "the kernel reads "
                + program.kernel.scalarCount()
                + " scalars, given were "
                + scalars.length);
      }
      for (Expr leaf : program.leaves) {
        if (leaf.op() == ExprOp.SCALAR) {
          fill(leaf, scalars[leaf.number()]);
        }
      }
    }

    /**
     * {@return the array that holds a float output after a run; it may be an input's}
     *
     * @param k the output's position
     * @throws ArgumentException if the output is no float
     */
    public double[] floatOutput(int k) {
      return floats[output(k, true)];
    }

    /**
     * {@return the array that holds an integer or bool output after a run; it may be an input's}
     *
     * @param k the output's position
     * @throws ArgumentException if the output is a float
     */
    public long[] intOutput(int k) {
      return ints[output(k, false)];
    }

    private int input(int i, boolean wantFloat) {
      DType type = i >= 0 && i < program.kernel.inputCount() ? program.kernel.inputType(i) : null;
      if (type == null) {
        throw new ArgumentException("the kernel does not read an input " + i);
      }
      requireKind("input", i, type, wantFloat);
      return program.register(Expr.input(i, type));
    }

    private int output(int k, boolean wantFloat) {
      Expr output = program.lowered.output(k);
      requireKind("output", k, output.type(), wantFloat);
      return program.register(output);
    }

    private static void requireKind(String what, int i, DType type, boolean wantFloat) {
      if (type.isFloatingPoint() != wantFloat) {
        throw new ArgumentException(
            what
                + " "
                + i
                + " is "
                + type
                + ": it is held in "
                + (wantFloat ? "long[]" : "double[]"));
      }
    }

    private void fill(Expr leaf, @Nullable Scalar scalar) {
      if (scalar == null) {
        throw new ArgumentException("no value for " + leaf);
      }
      DType type = leaf.type();
      int r = program.register(leaf);
      if (type.isFloatingPoint()) {
        double value =
            scalar.isFloatingPoint()
                ? Conversions.roundTo(type, scalar.toDouble())
                : Conversions.toFloating(type, scalar.toLong());
        Arrays.fill(floats[r], value);
      } else if (type == DType.BOOL) {
        Arrays.fill(ints[r], scalar.toBoolean() ? 1 : 0);
      } else {
        Arrays.fill(ints[r], Conversions.wrap(type, scalar.toLong()));
      }
    }
  }
}
