package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.reduce.ArraySource;
import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.reduce.Fold;
import fluxion.backend.cpu.reduce.Folding;
import fluxion.backend.cpu.reduce.Window;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;

/**
 * Folds elements over dimensions, in the order that {@linkplain fluxion.backend.cpu the package}
 * specifies.
 *
 * <p>Elements that no map changes are folded where they lie. Others are computed piece by piece
 * ({@link MappedElements}). The results go to the output if it is of the carrier's dtype, else by
 * way of a temporary; the map of the results then runs over the output.
 */
final class Reducer {
  /** From how many elements on threads share the work: about 20 µs of folding. */
  private static final long PARALLEL = 1 << 18;

  /** Up to so many elements of a matrix are folded without more ado. */
  private static final int FEW = 1024;

  private Reducer() {}

  /** Folds elements; see {@link fluxion.engine.spi.Backend#reduce}. */
  static void run(
      CompiledReduction compiled,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    if (output.numel() == 0) {
      return;
    }
    CpuReduction reduction = CpuReduction.of(compiled);
    DType accumulator = reduction.reduction().accumulator();
    // what is folded, of the accumulator's dtype
    Operand folded =
        output.dtype() == accumulator ? output : Copier.temporary(accumulator, output.shape());
    Operand target =
        accumulator == reduction.carrier()
            ? folded
            : Copier.temporary(reduction.carrier(), output.shape());
    fold(reduction, inputs, reduced, target, scalars);
    if (target != folded) {
      Copier.copy(target, folded);
    }
    if (reduction.divisor() >= 0 && output.numel() == 1) {
      divide(output, scalars[reduction.divisor()].toDouble());
    } else if (reduction.after() != null) {
      boolean read = reduction.after().kernel().inputCount() > 0;
      Pointwise.launch(
          reduction.after(),
          new Operand[] {output},
          read ? new Operand[] {folded} : new Operand[0],
          scalars);
    }
  }

  private static void divide(Operand output, double divisor) {
    Object array = CpuBuffer.elements(output).array();
    int at = (int) output.offset();
    if (array instanceof float[] floats) {
      floats[at] /= (float) divisor;
    } else if (array instanceof double[] doubles) {
      doubles[at] /= divisor;
    }
  }

  private static void fold(
      CpuReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand target,
      Scalar[] scalars) {
    int direct = reduction.direct();
    if (direct < 0) {
      MappedElements.fold(reduction, inputs, reduced, target, scalars);
      return;
    }
    Operand input = inputs[direct];
    long elements = input.numel();
    if (elements <= reduction.fold().lanes() && target.numel() == 1 && input.isContiguous()) {
      Object results = CpuBuffer.elements(target).array();
      Object array = CpuBuffer.elements(input).array();
      int from = (int) input.offset();
      int at = (int) target.offset();
      reduction.fold().sequence(results, at, array, from, 1, (int) elements);
      return;
    }
    fold(reduction, input, reduced, lastReduced(reduced), target);
  }

  /** {@return whether the last dimension is among the reduced ones} */
  static boolean lastReduced(boolean[] reduced) {
    return reduced.length > 0 && reduced[reduced.length - 1];
  }

  /**
   * Folds elements of the carrier's dtype where they lie.
   *
   * @param last whether in the order that is specified where the last dimension is reduced
   */
  static void fold(
      CpuReduction reduction, Operand input, boolean[] reduced, boolean last, Operand target) {
    Object array = CpuBuffer.elements(input).array();
    Object results = CpuBuffer.elements(target).array();
    if (reduced.length == 2
        && reduced[0] != reduced[1]
        && input.numel() <= FEW
        && array != results
        && foldFew(reduction.fold(), input, array, reduced[0] ? 0 : 1, last, target, results)) {
      return;
    }
    Window window = window(reduction, new Operand[] {input}, reduced, last, target);
    ArraySource source = new ArraySource(array, (int) input.offset(), window);
    Folding.run(reduction.fold(), window, source, results, (int) target.offset(), PARALLEL);
  }

  /** Folds a dimension of a small matrix, whose folding alone takes less than what else is done. */
  private static boolean foldFew(
      Fold fold,
      Operand input,
      Object array,
      int dim,
      boolean last,
      Operand target,
      Object results) {
    int length = (int) input.shape().size(dim);
    int columns = (int) input.shape().size(1 - dim);
    if (!target.isContiguous() || !Folding.isInOrder(fold, last, length)) {
      return false;
    }
    Folding.inOrder(
        fold,
        results,
        (int) target.offset(),
        array,
        (int) input.offset(),
        Dims.stride(input, dim),
        Dims.stride(input, 1 - dim),
        length,
        columns);
    return true;
  }

  /** {@return the window of a reduction over some inputs} */
  static Window window(
      CpuReduction reduction, Operand[] inputs, boolean[] reduced, boolean last, Operand target) {
    Shape shape = inputs.length == 0 ? target.shape() : inputs[0].shape();
    int dims = reduced.length;
    Axes kept = new Axes(inputs.length + 1, dims);
    Axes folded = new Axes(inputs.length, dims);
    for (int d = 0; d < dims; d++) {
      long size = shape.size(d);
      if (size == 1) {
        continue; // its stride may be anything
      }
      Axes axes = reduced[d] ? folded : kept;
      int[] steps = new int[axes == kept ? inputs.length + 1 : inputs.length];
      int first = steps.length - inputs.length;
      if (first > 0) {
        steps[0] = step(target.layout(), d);
      }
      for (int i = 0; i < inputs.length; i++) {
        steps[first + i] = step(inputs[i].layout(), d);
      }
      axes.add(size, steps);
    }
    return Window.of(reduction.fold(), kept, folded, last, inputs.length);
  }

  private static int step(Layout layout, int dim) {
    // a window with elements lies in an array, so the strides of its longer dimensions are ints
    return (int) layout.stride(dim);
  }
}
