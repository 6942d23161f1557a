package fluxion.backend.cpu.interpret;

import fluxion.api.DType;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A kernel as straight-line code over numbered registers. The operands' registers come first, in
 * the order of {@link fluxion.backend.cpu.kernel.KernelLoop}; then follow those of scalars,
 * literals and intermediate values, which take over each other's places.
 */
final class Program {
  private static final int UNWRITTEN = -1;

  /** The operations in order. */
  final Step[] steps;

  /** The number of outputs, the first operands. */
  final int outputs;

  /** The number of operands: outputs and inputs. */
  final int operands;

  /** A bit for each operand that is read or written, if all may be used where they lie. */
  final long allOperands;

  /** Whether every value is an operand, so that nothing but operands needs a register. */
  final boolean bare;

  private final @Nullable DType[] types;
  private final RegisterKind[] kinds;
  private final int[] sources;
  private final int[] written;
  private final int[] lastRead;
  private final int[] scalarRegisters;
  private final Expr[] literals;
  private final int[] literalRegisters;

  Program(Kernel kernel) {
    this.outputs = kernel.outputs().size();
    this.operands = outputs + kernel.inputCount();
    this.types = new DType[operands];
    for (int k = 0; k < operands; k++) {
      types[k] = k < outputs ? kernel.output(k).type() : kernel.inputType(k - outputs);
    }
    Builder builder = new Builder(kernel);
    this.steps = builder.steps.toArray(new Step[0]);
    this.kinds = builder.kinds.toArray(new RegisterKind[0]);
    this.sources = builder.sources;
    this.written = builder.written;
    this.lastRead = builder.lastRead;
    this.literals = builder.literals.toArray(new Expr[0]);
    this.scalarRegisters = builder.registersOf(builder.scalars);
    this.literalRegisters = builder.registersOf(builder.literals);
    this.bare = kinds.length == operands;
    long all = 0;
    for (int k = 0; k < operands; k++) {
      all |= types[k] == null ? 0 : 1L << k;
    }
    this.allOperands = operands < Long.SIZE ? all : -1;
  }

  /** {@return whether an operand's bit is set} */
  static boolean has(long direct, int operand) {
    return operand < Long.SIZE && (direct >>> operand & 1) != 0;
  }

  /** {@return the dtype of an operand that is read or written} */
  DType type(int operand) {
    DType type = types[operand];
    if (type == null) {
      throw new IllegalStateException("nothing reads operand " + operand);
    }
    return type;
  }

  /** {@return the register from which an output that is not written in place is copied} */
  int source(int output) {
    return sources[output];
  }

  /** {@return registers for a thread, the literals filled in} */
  Registers newRegisters(long thread) {
    Registers registers = new Registers(kinds, thread);
    for (int i = 0; i < literals.length; i++) {
      Expr literal = literals[i];
      Object array = registers.get(literalRegisters[i]);
      fill(array, literal.doubleValue(), literal.longValue(), 0, Registers.BLOCK);
    }
    return registers;
  }

  /** Sets the registers of runtime scalars, as far as they will be read. */
  void fillScalars(Registers own, double[] floats, long[] ints, int from, int to) {
    for (int k = 0; k < scalarRegisters.length; k++) {
      fill(own.get(scalarRegisters[k]), floats[k], ints[k], from, to);
    }
  }

  private static void fill(Object register, double floating, long integer, int from, int to) {
    if (register instanceof float[] floats) {
      Arrays.fill(floats, from, to, (float) floating);
    } else if (register instanceof double[] doubles) {
      Arrays.fill(doubles, from, to, floating);
    } else if (register instanceof int[] ints) {
      Arrays.fill(ints, from, to, (int) integer);
    } else {
      Arrays.fill((long[]) register, from, to, integer);
    }
  }

  /**
   * {@return a bit for each operand that may be used as its register: contiguous, stored alike, at
   * the first output's offset}
   *
   * <p>An output that is an input and would be written before the input is last read is written at
   * the end instead; an input that would be read even later is copied first.
   */
  long direct(@Nullable Object[] arrays, int[] offsets, int[] columnSteps, int columns) {
    long direct = 0;
    int most = Math.min(operands, Long.SIZE - 1);
    for (int k = 0; k < most; k++) {
      DType type = types[k];
      if (type != null
          && (columnSteps[k] == 1 || columns == 1)
          && offsets[k] == offsets[0]
          && RegisterKind.isStoredAlike(type)
          && (k >= outputs || written[k] != UNWRITTEN)) {
        direct |= 1L << k;
      }
    }
    for (int k = 0; k < outputs; k++) {
      for (int i = outputs; i < most; i++) {
        if (arrays[i] == arrays[k] && has(direct, i)) {
          if (has(direct, k) && written[k] < lastRead[i]) {
            direct &= ~(1L << k);
          }
          if (!has(direct, k) && steps.length + k < lastRead[i]) {
            direct &= ~(1L << i);
          }
        }
      }
    }
    return direct;
  }

  /** Numbers registers and orders the steps. */
  private final class Builder {
    final List<Step> steps = new ArrayList<>();
    final List<RegisterKind> kinds = new ArrayList<>();
    final List<Expr> scalars = new ArrayList<>();
    final List<Expr> literals = new ArrayList<>();
    final int[] sources = new int[outputs];
    final int[] written = new int[operands];
    final int[] lastRead = new int[operands];
    private final Map<Expr, Integer> registers = new HashMap<>();
    private final Map<Expr, Integer> lastUse = new HashMap<>();
    private final Map<RegisterKind, ArrayDeque<Integer>> free = new EnumMap<>(RegisterKind.class);

    Builder(Kernel kernel) {
      Arrays.fill(written, UNWRITTEN);
      Arrays.fill(lastRead, UNWRITTEN);
      for (DType type : types) {
        kinds.add(type == null ? RegisterKind.INT : RegisterKind.of(type));
      }
      for (int k = outputs - 1; k >= 0; k--) {
        Expr output = kernel.output(k);
        if (output.arity() > 0) {
          registers.put(output, k); // of equal outputs the first one's
        }
      }
      List<Expr> nodes = kernel.nodes();
      for (int i = 0; i < nodes.size(); i++) {
        for (Expr operand : nodes.get(i).operands()) {
          lastUse.put(operand, i);
        }
      }
      for (int i = 0; i < nodes.size(); i++) {
        if (nodes.get(i).arity() == 0) {
          addLeaf(nodes.get(i));
        } else {
          addStep(nodes.get(i), i);
        }
      }
      for (int k = 0; k < outputs; k++) {
        sources[k] = register(kernel.output(k));
        if (kernel.output(k).op() == ExprOp.INPUT) {
          lastRead[sources[k]] = steps.size() + k;
        }
      }
    }

    private void addLeaf(Expr leaf) {
      if (leaf.op() == ExprOp.INPUT) {
        registers.put(leaf, outputs + leaf.number());
        return;
      }
      registers.put(leaf, newRegister(RegisterKind.of(leaf.type())));
      switch (leaf.op()) {
        case SCALAR -> scalars.add(leaf);
        case LITERAL -> literals.add(leaf);
        default -> throw new IllegalArgumentException("the kernel reads the index");
      }
    }

    private void addStep(Expr node, int position) {
      int[] from = new int[node.arity()];
      for (int i = 0; i < from.length; i++) {
        from[i] = register(node.operand(i));
        if (from[i] < operands) {
          lastRead[from[i]] = steps.size();
        }
      }
      // Operands that are not read again give their registers back first: every loop reads an
      // element before it writes it, so the result may take an operand's place.
      for (int i = 0; i < from.length; i++) {
        Expr operand = node.operand(i);
        if (operand.arity() > 0 && from[i] >= operands && lastUse.remove(operand, position)) {
          freeOf(operand.type()).push(from[i]);
        }
      }
      Integer target = registers.get(node);
      if (target == null) {
        Integer reused = freeOf(node.type()).poll();
        target = reused != null ? reused : newRegister(RegisterKind.of(node.type()));
        registers.put(node, target);
      } else {
        written[target] = steps.size();
      }
      steps.add(new Step(node, target, from));
    }

    private ArrayDeque<Integer> freeOf(DType type) {
      RegisterKind kind = RegisterKind.of(type);
      ArrayDeque<Integer> registers = free.get(kind);
      if (registers == null) {
        registers = new ArrayDeque<>();
        free.put(kind, registers);
      }
      return registers;
    }

    private int newRegister(RegisterKind kind) {
      kinds.add(kind);
      return kinds.size() - 1;
    }

    int register(Expr node) {
      Integer register = registers.get(node);
      if (register == null) {
        throw new IllegalStateException("no register for " + node.op());
      }
      return register;
    }

    int[] registersOf(List<Expr> nodes) {
      int[] result = new int[nodes.size()];
      for (int i = 0; i < result.length; i++) {
        result[i] = register(nodes.get(i));
      }
      return result;
    }
  }
}
