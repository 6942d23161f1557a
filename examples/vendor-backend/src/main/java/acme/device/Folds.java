package acme.device;

import fluxion.api.*;
import fluxion.engine.spi.*;
import fluxion.engine.spi.Reduction.Kind;
import java.util.Arrays;
import java.util.stream.Stream;

/** What combines elements with one another: reductions, scans, products of matrices. */
interface Folds extends Backend {
  /** A reduction whose maps have become programs. */
  record AcmeReduction(Reduction reduction, CompiledKernel before, CompiledKernel after)
      implements CompiledReduction {}

  @Override
  default AcmeReduction compile(Reduction reduction) {
    return new AcmeReduction(reduction, compile(reduction.before()), compile(reduction.after()));
  }

  /** Three steps with memory in between: the elements are mapped, folded, the results mapped. */
  @Override
  default void reduce(
      CompiledReduction code, Operand[] inputs, boolean[] dims, Operand output, Scalar[] scalars) {
    if (!(code instanceof AcmeReduction(Reduction reduction, var before, var after))) {
      throw new DeviceException("expected a reduction of 'acme', found a " + code.getClass());
    }
    Operand mapped = Window.temporary(reduction.accumulator(), inputs[0].shape());
    launch(before, new Operand[] {mapped}, inputs, scalars);
    Operand folded = Window.temporary(reduction.accumulator(), output.shape());
    fill(folded, neutral(reduction.kind(), folded.dtype()));
    Window elements = new Window(mapped);
    // a stride of 0 where folded: the elements of one fold meet in one place
    Window results = new Window(folded.layout().expand(mapped.shape()).operand(folded.buffer()));
    for (int i = 0; i < elements.size(); i++) {
      results.set(i, combine(reduction.kind(), results.get(i), elements.get(i)));
    }
    launch(after, new Operand[] {output}, new Operand[] {folded}, scalars);
  }

  /** The first of equal extremes is the last one that a scan from the end meets. */
  @Override
  default void argReduce(boolean max, Operand input, int dim, Operand values, Operand indices) {
    Operand extremes = Window.temporary(input.dtype(), input.shape());
    Operand places = Window.temporary(DType.INT64, input.shape());
    scan(max ? ScanKind.MAX : ScanKind.MIN, input, dim, true, extremes, places);
    // the first element of each line: the output's shape, the scan's strides
    copy(new Operand(places.buffer(), indices.shape(), places.strides(), 0), indices);
    if (values != null) {
      copy(new Operand(extremes.buffer(), values.shape(), extremes.strides(), 0), values);
    }
  }

  @Override
  default void scan(
      ScanKind scan, Operand input, int dim, boolean reversed, Operand output, Operand indices) {
    Kind kind = Kind.valueOf(scan.name());
    int n = Window.length(input, dim);
    Window from = Window.lines(input, dim).copy(output.dtype());
    Window to = Window.lines(output, dim);
    Operand kept = indices == null ? Window.temporary(DType.INT64, input.shape()) : indices;
    Window places = Window.lines(kept, dim);
    for (int line = 0; line < from.size(); line += n) {
      int best = reversed ? line + n - 1 : line;
      for (int k = 0; k < n; k++) {
        int i = reversed ? line + n - 1 - k : line + k;
        int last = reversed ? i + 1 : i - 1;
        best = from.compare(kind == Kind.MAX, i, best) >= 0 ? i : best; // of equal ones the last
        boolean extreme = kind == Kind.MAX || kind == Kind.MIN || k == 0;
        to.set(i, extreme ? from.get(best) : combine(kind, to.get(last), from.get(i)));
        places.set(i, Scalar.of(best - line));
      }
    }
  }

  /** Adds in ascending k, apart from the output, which may be the same window as an input. */
  @Override
  default void matmul(Operand a, Operand b, Operand output, MatmulEpilogue epilogue) {
    int m = (int) a.shape().size(-2);
    int n = (int) b.shape().size(-1);
    int length = (int) a.shape().size(-1);
    Window rows = new Window(a);
    Window columns = Window.lines(b, -2);
    Operand product = Window.temporary(a.dtype(), output.shape());
    Window sums = new Window(product);
    for (int i = 0; i < sums.size(); i++) {
      int row = i / n * length;
      int column = (i / (m * n) * n + i % n) * length;
      for (int k = 0; k < length; k++) {
        sums.set(i, fma(a.dtype(), rows.get(row + k), columns.get(column + k), sums.get(i)));
      }
    }
    if (epilogue == null) {
      copy(product, output);
    } else {
      Stream<Operand> inputs = Stream.concat(Stream.of(product), Arrays.stream(epilogue.inputs()));
      Operand[] outputs = {output};
      launch(epilogue.kernel(), outputs, inputs.toArray(Operand[]::new), epilogue.scalars());
    }
  }

  /** A product and a sum that round once, to the dtype. */
  private static Scalar fma(DType dtype, Scalar a, Scalar b, Scalar sum) {
    double x = a.toDouble();
    double y = b.toDouble();
    double z = sum.toDouble();
    return switch (dtype) {
      case FLOAT32 -> Scalar.of(Math.fma((float) x, (float) y, (float) z));
      case FLOAT64 -> Scalar.of(Math.fma(x, y, z));
      default -> Scalar.of(a.toLong() * b.toLong() + sum.toLong());
    };
  }

  /** Combines two elements of one dtype; of truth values min is "and", max "or". */
  static Scalar combine(Kind kind, Scalar a, Scalar b) {
    boolean floats = a.isFloatingPoint();
    double x = a.toDouble();
    double y = b.toDouble();
    long i = a.toLong();
    long j = b.toLong();
    return switch (kind) {
      case SUM -> floats ? Scalar.of(x + y) : Scalar.of(i + j);
      case PROD -> floats ? Scalar.of(x * y) : Scalar.of(i * j);
      case MIN, ALL -> floats ? Scalar.of(Math.min(x, y)) : Scalar.of(Math.min(i, j));
      case MAX, ANY -> floats ? Scalar.of(Math.max(x, y)) : Scalar.of(Math.max(i, j));
    };
  }

  /** What changes nothing that it is combined with. Infinity is cast to the largest integer. */
  private static Scalar neutral(Kind kind, DType dtype) {
    return switch (kind) {
      case SUM, ANY -> Scalar.of(0);
      case PROD, ALL -> Scalar.of(1);
      case MIN -> Scalar.of(Double.POSITIVE_INFINITY);
      case MAX -> Scalar.of(dtype == DType.BOOL ? 0 : Double.NEGATIVE_INFINITY);
    };
  }
}
