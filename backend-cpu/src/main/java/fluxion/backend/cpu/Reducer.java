package fluxion.backend.cpu;

import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.engine.spi.ExprProgram;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import java.util.stream.IntStream;

/**
 * Folds elements over dimensions, in the order that {@linkplain fluxion.backend.cpu the package}
 * specifies.
 *
 * <p>The inputs are walked with their dimensions permuted. If the last dimension is reduced, the
 * kept dimensions come first and the reduced ones last: the walk gives one result's elements after
 * another's, cut into lanes and blocks of 16,384. Otherwise the kept dimensions behind the last
 * reduced one stay last, and rows of them are combined in order, in blocks of 256 rows.
 */
final class Reducer {
  private final Reduction reduction;
  private final Operand[] inputs;
  private final Scalar[] scalars;
  private final Shape shape;
  private final int[] order;
  private final long results;
  private final long folded;
  private final Results out;

  private Reducer(
      Reduction reduction, Operand[] inputs, boolean[] reduced, Operand output, Scalar[] scalars) {
    this.reduction = reduction;
    this.inputs = inputs;
    this.scalars = scalars;
    this.shape = inputs.length == 0 ? output.shape() : inputs[0].shape();
    int lastReduced = lastReduced(reduced);
    IntStream dims = IntStream.range(0, reduced.length);
    IntStream front = dims.filter(d -> d < lastReduced && !reduced[d]);
    IntStream middle = IntStream.range(0, reduced.length).filter(d -> reduced[d]);
    IntStream back = IntStream.range(lastReduced + 1, reduced.length);
    this.order = IntStream.concat(IntStream.concat(front, middle), back).toArray();
    this.results = output.numel();
    long elements = 1;
    for (int d = 0; d < reduced.length; d++) {
      elements *= reduced[d] ? shape.size(d) : 1;
    }
    this.folded = elements;
    this.out = new Results(reduction, output, scalars);
  }

  /** Folds elements; see {@link fluxion.engine.spi.Backend#reduce}. */
  static void run(
      Reduction reduction, Operand[] inputs, boolean[] reduced, Operand output, Scalar[] scalars) {
    if (output.numel() == 0) {
      return;
    }
    Reducer reducer = new Reducer(reduction, inputs, reduced, output, scalars);
    int lastReduced = lastReduced(reduced);
    if (lastReduced >= 0 && lastReduced == reduced.length - 1) {
      reducer.lanes();
    } else {
      reducer.rows(lastReduced + 1);
    }
    reducer.out.flush();
  }

  private static int lastReduced(boolean[] reduced) {
    int last = reduced.length - 1;
    while (last >= 0 && !reduced[last]) {
      last--;
    }
    return last;
  }

  private KernelRun before(int block) {
    ExprProgram program = ExprProgram.compile(reduction.before());
    return new KernelRun(program, scalars, shape, order, inputs, block);
  }

  private void lanes() {
    LaneFold fold = new LaneFold(reduction.kind(), reduction.accumulator());
    long left = results * folded;
    int block = (int) Math.min(left, Values.BLOCK);
    KernelRun run = before(Math.max(block, 1));
    int have = 0;
    int used = 0;
    for (long result = 0; result < results; result++) {
      long wanted = folded;
      while (wanted > 0) {
        if (used == have) {
          have = (int) Math.min(left, block);
          run.next(have);
          left -= have;
          used = 0;
        }
        int n = (int) Math.min(wanted, have - used);
        fold.add(run.output(0), used, n);
        used += n;
        wanted -= n;
      }
      fold.finish(out.registers(), out.next());
    }
  }

  private void rows(int firstBack) {
    long width = 1;
    for (int d = firstBack; d < shape.dim(); d++) {
      width *= shape.size(d);
    }
    int most = (int) Math.min(width, Values.BLOCK);
    // short rows are read many at a time
    int rowsAtOnce = width > Values.BLOCK ? 1 : Values.BLOCK / most;
    RowFold fold = new RowFold(reduction.kind(), reduction.accumulator(), most);
    Values result = Values.of(reduction.accumulator(), most);
    KernelRun run = before((int) Math.min(rowsAtOnce, Math.max(folded, 1)) * most);
    for (long front = 0; front < results / width; front++) {
      for (long column = 0; column < width; column += most) {
        int columns = (int) Math.min(most, width - column);
        for (long row = 0; row < folded; row += rowsAtOnce) {
          int rows = (int) Math.min(rowsAtOnce, folded - row);
          run.seek((front * folded + row) * width + column);
          run.next(rows * columns);
          for (int r = 0; r < rows; r++) {
            fold.add(run.output(0), r * columns, columns);
          }
        }
        fold.finish(result, 0, columns);
        out.put(result, columns);
      }
    }
  }

  /** Collects folded values, maps them in blocks and writes them in order. */
  private static final class Results {
    private final KernelRun after;
    private final Values registers;
    private final ElementStream stream;
    private int count;

    Results(Reduction reduction, Operand output, Scalar[] scalars) {
      this.after =
          new KernelRun(
              ExprProgram.compile(reduction.after()),
              scalars,
              output.shape(),
              Dims.all(output),
              new Operand[0],
              (int) Math.min(output.numel(), Values.BLOCK));
      this.registers =
          reduction.after().inputCount() > 0 && reduction.after().inputType(0) != null
              ? after.input(0)
              : Values.of(reduction.accumulator(), after.block()); // a constant result
      this.stream = new ElementStream(output);
    }

    /** {@return where folded values are put} */
    Values registers() {
      return registers;
    }

    /** {@return the register for the next value} */
    int next() {
      if (count == after.block()) {
        flush();
      }
      return count++;
    }

    /** Takes the next values. */
    void put(Values values, int n) {
      int done = 0;
      while (done < n) {
        if (count == after.block()) {
          flush();
        }
        int run = Math.min(n - done, after.block() - count);
        registers.copy(count, values, done, run);
        count += run;
        done += run;
      }
    }

    /** Maps and writes what has been collected. */
    void flush() {
      if (count > 0) {
        after.next(count);
        stream.write(after.output(0), 0, count);
        count = 0;
      }
    }
  }
}
