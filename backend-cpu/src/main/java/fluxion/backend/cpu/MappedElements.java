package fluxion.backend.cpu;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.cpu.reduce.ArraySource;
import fluxion.backend.cpu.reduce.Axes;
import fluxion.backend.cpu.reduce.Block;
import fluxion.backend.cpu.reduce.Fold;
import fluxion.backend.cpu.reduce.Folding;
import fluxion.backend.cpu.reduce.Source;
import fluxion.backend.cpu.reduce.Window;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.Objects;

/**
 * Elements that a reduction maps before it folds them. They are computed in pieces that stay in the
 * cache: many short results at once, or a part of a long one.
 */
final class MappedElements implements Source {
  /** From how many elements on threads share the work: about 20 µs of a simple map. */
  private static final long PARALLEL = 1 << 16;

  private static final int PARTS = 32;

  private final CpuReduction reduction;
  private final CpuKernel map;
  private final Operand[] inputs;
  private final Scalar[] scalars;
  private final Window window;
  private final long folded;

  private MappedElements(
      CpuReduction reduction, Operand[] inputs, Scalar[] scalars, Window window) {
    this.reduction = reduction;
    this.map = Objects.requireNonNull(reduction.before());
    this.inputs = inputs;
    this.scalars = scalars;
    this.window = window;
    this.folded = window.reduced().positions();
  }

  /**
   * Maps and folds.
   *
   * @param target receives the results, of the carrier's dtype
   */
  static void fold(
      CpuReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand target,
      Scalar[] scalars) {
    CpuKernel map = Objects.requireNonNull(reduction.before());
    Shape shape = inputs.length == 0 ? target.shape() : inputs[0].shape();
    long elements = shape.numel();
    // an index must be that of the whole shape
    if (elements <= Scratch.PIECE || inputs.length == 0 || map.kernel().usesIndex()) {
      Operand mapped =
          elements <= Scratch.PIECE
              ? Scratch.operand(reduction.carrier(), shape)
              : Copier.temporary(reduction.carrier(), shape);
      if (elements > 0) {
        Pointwise.launch(map, new Operand[] {mapped}, inputs, scalars);
      }
      Reducer.fold(reduction, mapped, reduced, Reducer.lastReduced(reduced), target);
      return;
    }
    Window window =
        Reducer.window(reduction, inputs, reduced, Reducer.lastReduced(reduced), target);
    MappedElements source = new MappedElements(reduction, inputs, scalars, window);
    Object results = CpuBuffer.elements(target).array();
    int at = (int) target.offset();
    if (source.folded * window.columns() <= Scratch.PIECE) {
      source.many(elements, results, at);
    } else {
      Folding.run(reduction.fold(), window, source, results, at, PARALLEL);
    }
  }

  /** Folds short sequences, as many at once as fit a piece. */
  private void many(long elements, Object results, int at) {
    long outer = window.outer().positions();
    long most = Scratch.PIECE / (folded * window.columns());
    Fold fold = reduction.fold();
    Fold used = elements >= Folding.VECTORS ? fold.vectors() : fold;
    if (elements < PARALLEL) {
      range(used, 0, outer, most, results, at);
      return;
    }
    int parts = (int) Math.min(PARTS, (outer + most - 1) / most);
    Workers.run(
        parts,
        part -> range(used, part * outer / parts, (part + 1) * outer / parts, most, results, at));
  }

  private void range(Fold fold, long from, long to, long most, Object results, int at) {
    long position = from;
    while (position < to) {
      Axes.Box box = window.outer().box(position, Math.min(most, to - position));
      Pieces pieces = new Pieces(window.outer().count() + window.reduced().count() + 2);
      pieces.box(window.outer(), box, 1);
      pieces.whole(window.reduced());
      pieces.columns(0, window.columns());
      Operand mapped = pieces.map(position, 0);
      Window small = small(box);
      Folding.run(
          fold,
          small,
          new ArraySource(CpuBuffer.elements(mapped).array(), 0, small),
          results,
          at + window.outer().place(0, position),
          Long.MAX_VALUE);
      position += box.positions();
    }
  }

  /** The window of a piece of short sequences: contiguous, each with its place in the target. */
  private Window small(Axes.Box box) {
    Axes outer = window.outer();
    Axes kept = new Axes(2, outer.count() + 2);
    int columns = window.columns();
    long inner = box.inner();
    kept.add(
        box.size(),
        outer.count() == 0 ? 0 : outer.step(0, box.axis()),
        (int) (inner * folded) * columns);
    for (int axis = box.axis() + 1; axis < outer.count(); axis++) {
      inner /= outer.size(axis);
      kept.add(outer.size(axis), outer.step(0, axis), (int) (inner * folded) * columns);
    }
    kept.add(columns, window.columnStep(0), 1);
    Axes sequence = new Axes(1, 1);
    sequence.add(folded, columns);
    return Window.of(reduction.fold(), kept, sequence, window.lanes(), 1);
  }

  @Override
  public void add(Block block, long outer, long first, int count, int column) {
    int columns = block.columns();
    Axes reduced = window.reduced();
    long position = first;
    long end = first + count;
    long most = Math.max(Scratch.PIECE / columns, 1);
    while (position < end) {
      Axes.Box box = reduced.box(position, Math.min(most, end - position));
      Pieces pieces = new Pieces(reduced.count() + 2);
      pieces.box(reduced, box, 0);
      pieces.columns(column, columns);
      Operand mapped = pieces.map(outer, position);
      int n = (int) box.positions();
      block.add(CpuBuffer.elements(mapped).array(), 0, columns, 1, n);
      position += n;
    }
  }

  /** The shape of a piece, and the strides of the inputs in it. */
  private final class Pieces {
    private final long[] sizes;
    private final long[][] strides;
    private int dims;
    private int firstColumn;

    Pieces(int most) {
      sizes = new long[most];
      strides = new long[inputs.length][most];
    }

    /** Adds a range of one axis and all axes behind it. */
    void box(Axes axes, Axes.Box box, int firstWindow) {
      if (axes.count() > 0) {
        add(axes, box.axis(), box.size(), firstWindow);
        for (int axis = box.axis() + 1; axis < axes.count(); axis++) {
          add(axes, axis, axes.size(axis), firstWindow);
        }
      }
    }

    /** Adds all reduced axes. */
    void whole(Axes axes) {
      for (int axis = 0; axis < axes.count(); axis++) {
        add(axes, axis, axes.size(axis), 0);
      }
    }

    private void add(Axes axes, int axis, long size, int firstWindow) {
      sizes[dims] = size;
      for (int i = 0; i < strides.length; i++) {
        strides[i][dims] = axes.step(firstWindow + i, axis);
      }
      dims++;
    }

    /** Adds a range of the columns. */
    void columns(int first, int count) {
      firstColumn = first;
      sizes[dims] = count;
      for (int i = 0; i < strides.length; i++) {
        strides[i][dims] = window.columnStep(i + 1);
      }
      dims++;
    }

    /** {@return the mapped elements from a position on, contiguous} */
    Operand map(long outer, long position) {
      Shape shape = Shape.of(Arrays.copyOf(sizes, dims));
      Operand[] operands = new Operand[inputs.length];
      for (int i = 0; i < operands.length; i++) {
        long offset =
            inputs[i].offset()
                + window.outer().place(i + 1, outer)
                + window.reduced().place(i, position)
                + (long) firstColumn * window.columnStep(i + 1);
        operands[i] =
            new Operand(inputs[i].buffer(), shape, Arrays.copyOf(strides[i], dims), offset);
      }
      Operand mapped = Scratch.operand(reduction.carrier(), shape);
      Pointwise.launch(map, new Operand[] {mapped}, operands, scalars);
      return mapped;
    }
  }
}
