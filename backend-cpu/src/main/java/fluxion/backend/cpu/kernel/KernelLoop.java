package fluxion.backend.cpu.kernel;

import org.jspecify.annotations.Nullable;

/**
 * A kernel without indices, made ready to run over two-dimensional pieces of its operands.
 *
 * <p>Operands are numbered outputs first, then the kernel's inputs in order (null where the kernel
 * does not read one). Element {@code (r, c)} of operand {@code i} is at {@code offsets[i] + r ·
 * rowSteps[i] + c · columnSteps[i]} of its array, which is of the kind that stores its dtype:
 * {@code float[] double[] long[] int[]}, {@code short[]} (int16, float16, bfloat16) or {@code
 * byte[]} (int8, uint8, bool as 0 and 1). An output may be exactly an input's window. Thread-safe.
 */
public interface KernelLoop {
  /**
   * Computes every element of a piece.
   *
   * @param arrays the operands' arrays
   * @param offsets where element (0, 0) of each lies
   * @param rowSteps the step from row to row of each
   * @param columnSteps the step from column to column of each
   * @param rows the number of rows
   * @param columns the number of columns
   * @param floatScalars at {@code k} the value of the {@code k}-th leaf of kind SCALAR among {@code
   *     kernel.nodes()} if its dtype is a float, converted to that dtype
   * @param intScalars likewise of integers and truth values (0 and 1)
   */
  void run(
      @Nullable Object[] arrays,
      int[] offsets,
      int[] rowSteps,
      int[] columnSteps,
      int rows,
      int columns,
      double[] floatScalars,
      long[] intScalars);
}
