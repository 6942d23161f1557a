package fluxion.backend.cpu.codegen;

import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.backend.cpu.kernel.ColumnStep;
import fluxion.backend.cpu.kernel.HalfFloats;
import fluxion.backend.cpu.kernel.KernelLoop;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Kernel;
import java.lang.reflect.Array;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Operands for a kernel, of random values and at random places, and what the oracle makes of it.
 */
final class Piece {
  final Kernel kernel;
  final ColumnStep[] steps;
  final @Nullable Object[] arrays;
  final int[] offsets;
  final int[] rowSteps;
  final int[] columnSteps;
  final int rows;
  final int columns;
  final double[] floatScalars;
  final long[] intScalars;
  private final Scalar[] scalars;
  private final int outputs;
  private final @Nullable DType[] types;

  /**
   * Makes operands.
   *
   * @param random what decides
   * @param kernel the kernel, not lowered
   * @param rows the number of rows
   * @param columns the number of columns
   * @param plain whether all columns lie one after another
   */
  Piece(Random random, Kernel kernel, int rows, int columns, boolean plain) {
    this.kernel = kernel;
    this.rows = rows;
    this.columns = columns;
    Kernel lowered = kernel.lowered();
    this.outputs = kernel.outputs().size();
    int count = outputs + lowered.inputCount();
    this.types = new DType[count];
    this.steps = new ColumnStep[count];
    this.arrays = new Object[count];
    this.offsets = new int[count];
    this.rowSteps = new int[count];
    this.columnSteps = new int[count];
    for (int i = 0; i < count; i++) {
      DType type = i < outputs ? kernel.output(i).type() : lowered.inputType(i - outputs);
      types[i] = type;
      steps[i] = plain || random.nextInt(3) > 0 ? ColumnStep.UNIT : ColumnStep.ANY;
      if (i >= outputs && random.nextInt(6) == 0) {
        steps[i] = ColumnStep.ZERO;
      }
      if (type != null) {
        place(random, i, type);
      }
    }
    this.scalars = new Scalar[kernel.scalarCount()];
    for (int k = 0; k < scalars.length; k++) {
      scalars[k] = Scalar.of(value(random, false));
    }
    int leaves = (int) lowered.nodes().stream().filter(e -> e.op() == ExprOp.SCALAR).count();
    this.floatScalars = new double[leaves];
    this.intScalars = new long[leaves];
    int k = 0;
    for (Expr node : lowered.nodes()) {
      if (node.op() == ExprOp.SCALAR) {
        DType type = node.type();
        Scalar scalar = scalars[node.number()];
        if (type.isFloatingPoint()) {
          floatScalars[k] = type == DType.FLOAT32 ? (float) scalar.toDouble() : scalar.toDouble();
        } else if (type == DType.BOOL) {
          intScalars[k] = scalar.toBoolean() ? 1 : 0;
        } else {
          Object one = Array.newInstance(storage(type), 1);
          set(one, 0, type, 0, scalar.toLong());
          intScalars[k] = getLong(one, 0, type);
        }
        k++;
      }
    }
  }

  private void place(Random random, int i, DType type) {
    int twin = random.nextInt(outputs);
    if (i >= outputs && types[twin] == type && steps[twin] == steps[i] && random.nextInt(2) == 0) {
      arrays[i] = arrays[twin];
      offsets[i] = offsets[twin];
      rowSteps[i] = rowSteps[twin];
      columnSteps[i] = columnSteps[twin];
      return;
    }
    int[] any = {1, 2, 3, -1, -2, 0};
    int step =
        switch (steps[i]) {
          case UNIT -> 1;
          case ZERO -> 0;
          case ANY -> any[random.nextInt(i < outputs ? 5 : 6)];
        };
    int width = Math.abs(step) * Math.max(columns - 1, 0) + 1;
    int[] rowChoices = {width, width + 3, -width, -width - 1, 0, 1};
    int row = rowChoices[random.nextInt(i < outputs ? 4 : 6)];
    columnSteps[i] = step;
    rowSteps[i] = row;
    int low = Math.min(0, step * (columns - 1)) + Math.min(0, row * (rows - 1));
    int high = Math.max(0, step * (columns - 1)) + Math.max(0, row * (rows - 1));
    offsets[i] = -low + random.nextInt(4);
    int length = offsets[i] + high + 1 + random.nextInt(3);
    Object array = Array.newInstance(storage(type), length);
    for (int k = 0; k < length; k++) {
      double value = value(random, true);
      set(array, k, type, value, wholeValue(random, type));
    }
    arrays[i] = array;
  }

  /** Runs a loop on a copy of the arrays and compares everything in them with the oracle's. */
  void check(KernelLoop loop, String name) {
    @Nullable Object[] expected = copies();
    oracle(expected);
    @Nullable Object[] actual = run(loop);
    for (int i = 0; i < outputs; i++) {
      Object wanted = expected[i];
      Object found = actual[i];
      DType type = types[i];
      if (wanted == null || found == null || type == null) {
        continue;
      }
      for (int k = 0; k < Array.getLength(wanted); k++) {
        if (bits(wanted, k, type) != bits(found, k, type)) {
          assertEquals(
              text(wanted, k, type),
              text(found, k, type),
              name + " output " + i + " at " + k + " of " + rows + "x" + columns + " " + kernel);
        }
      }
    }
  }

  /** {@return copies of the arrays after a run on them} */
  @Nullable Object[] run(KernelLoop loop) {
    @Nullable Object[] copies = copies();
    loop.run(copies, offsets, rowSteps, columnSteps, rows, columns, floatScalars, intScalars);
    return copies;
  }

  /** {@return a number that depends on every element of the outputs' arrays, all NaNs being one} */
  long hash(@Nullable Object[] results) {
    long hash = 17;
    for (int i = 0; i < outputs; i++) {
      Object array = results[i];
      DType type = types[i];
      for (int k = 0; array != null && type != null && k < Array.getLength(array); k++) {
        hash = hash * 0x9E3779B97F4A7C15L + bits(array, k, type);
        hash ^= hash >>> 29;
      }
    }
    return hash;
  }

  private @Nullable Object[] copies() {
    @Nullable Object[] copies = new Object[arrays.length];
    for (int i = 0; i < copies.length; i++) {
      Object array = arrays[i];
      for (int j = 0; j < i; j++) {
        if (arrays[j] == array) {
          copies[i] = copies[j];
        }
      }
      if (array != null && copies[i] == null) {
        int length = Array.getLength(array);
        Object copy = Array.newInstance(array.getClass().getComponentType(), length);
        System.arraycopy(array, 0, copy, 0, length);
        copies[i] = copy;
      }
    }
    return copies;
  }

  private void oracle(@Nullable Object[] results) {
    ExprProgram program = ExprProgram.compile(kernel);
    int n = Math.max(rows * columns, 1);
    ExprProgram.Frame frame = program.newFrame(n);
    frame.scalars(scalars);
    for (int i = 0; i < kernel.inputCount(); i++) {
      DType type = kernel.inputType(i);
      if (type == null || outputs + i >= arrays.length || arrays[outputs + i] == null) {
        continue;
      }
      Object array = results[outputs + i];
      for (int e = 0; e < rows * columns; e++) {
        int at = at(outputs + i, e);
        if (type.isFloatingPoint()) {
          frame.floatInput(i)[e] = getDouble(array, at, type);
        } else {
          frame.intInput(i)[e] = getLong(array, at, type);
        }
      }
    }
    program.run(frame, rows * columns);
    for (int o = 0; o < outputs; o++) {
      DType type = kernel.output(o).type();
      for (int e = 0; e < rows * columns; e++) {
        double number = type.isFloatingPoint() ? frame.floatOutput(o)[e] : 0;
        long whole = type.isFloatingPoint() ? 0 : frame.intOutput(o)[e];
        set(results[o], at(o, e), type, number, whole);
      }
    }
  }

  private int at(int operand, int element) {
    return offsets[operand]
        + element / columns * rowSteps[operand]
        + element % columns * columnSteps[operand];
  }

  // ---- elements ----

  private static double value(Random random, boolean special) {
    double[] odd = {
      0,
      -0.0,
      1,
      -1,
      0.5,
      -0.5,
      1.5,
      2.5,
      1e30,
      -1e30,
      1e-40,
      -1e-320,
      2147483648.0,
      -3e9,
      1e19,
      8388607.5,
      65519.9,
      6e-8,
      5.9e-5,
      Double.MAX_VALUE,
      4503599627370495.5
    };
    if (special && random.nextInt(3) == 0) {
      return odd[random.nextInt(odd.length)];
    }
    if (special && random.nextInt(12) == 0) {
      return new double[] {Double.NaN, 1 / 0.0, -1 / 0.0}[random.nextInt(3)];
    }
    return random.nextGaussian() * (random.nextBoolean() ? 3 : 1000);
  }

  private static long wholeValue(Random random, DType type) {
    if (type == DType.BOOL) {
      return random.nextInt(2);
    }
    return switch (random.nextInt(4)) {
      case 0 -> random.nextLong();
      case 1 -> new long[] {0, -1, 1, Long.MIN_VALUE, Integer.MIN_VALUE, 127}[random.nextInt(6)];
      default -> random.nextInt(200) - 100;
    };
  }

  private static Class<?> storage(DType type) {
    return switch (type) {
      case FLOAT32 -> float.class;
      case FLOAT64 -> double.class;
      case INT64 -> long.class;
      case INT32 -> int.class;
      case INT16, FLOAT16, BFLOAT16 -> short.class;
      case INT8, UINT8, BOOL -> byte.class;
    };
  }

  private static void set(@Nullable Object array, int k, DType type, double number, long whole) {
    switch (type) {
      case FLOAT32 -> Array.setFloat(array, k, (float) number);
      case FLOAT64 -> Array.setDouble(array, k, number);
      case FLOAT16 -> Array.setShort(array, k, HalfFloats.toFloat16(number));
      case BFLOAT16 -> Array.setShort(array, k, HalfFloats.toBfloat16(number));
      case INT64 -> Array.setLong(array, k, whole);
      case INT32 -> Array.setInt(array, k, (int) whole);
      case INT16 -> Array.setShort(array, k, (short) whole);
      case INT8, UINT8, BOOL -> Array.setByte(array, k, (byte) whole);
    }
  }

  private static double getDouble(@Nullable Object array, int k, DType type) {
    return switch (type) {
      case FLOAT16 -> HalfFloats.fromFloat16(Array.getShort(array, k));
      case BFLOAT16 -> HalfFloats.fromBfloat16(Array.getShort(array, k));
      default -> Array.getDouble(array, k);
    };
  }

  private static long getLong(@Nullable Object array, int k, DType type) {
    return type == DType.UINT8 ? Array.getByte(array, k) & 0xFF : Array.getLong(array, k);
  }

  private static long bits(Object array, int k, DType type) {
    return type.isFloatingPoint()
        ? Double.doubleToLongBits(getDouble(array, k, type))
        : getLong(array, k, type);
  }

  private static String text(Object array, int k, DType type) {
    return type.isFloatingPoint()
        ? Double.toHexString(getDouble(array, k, type))
        : Long.toString(getLong(array, k, type));
  }
}
