package fluxion.conformance.faulty;

import static fluxion.conformance.faulty.FaultyBackendProvider.fault;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.CompiledReduction;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.ExprOp;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.Reduction.Kind;
import fluxion.engine.spi.ScanKind;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Devices that reduce and scan wrongly. */
final class ReductionFaults {
  private static final long MANY = 1 << 16;

  private ReductionFaults() {}

  static List<Fault> all() {
    return List.of(
        fault(
            "offset-view-reduced-wrong",
            "a reduction reads from the start of the memory",
            "B-401",
            "at an offset",
            ReadsFromTheStart::new),
        fault(
            "empty-sum-nan",
            "the sum of nothing is NaN",
            "B-402",
            "SUM over no element",
            inner -> new EmptyFold(inner, Kind.SUM, Double.NaN)),
        fault(
            "empty-product-zero",
            "the product of nothing is 0",
            "B-402",
            "PROD over no element",
            inner -> new EmptyFold(inner, Kind.PROD, 0)),
        rewritten(
            "map-after-left-out",
            "scalars of the map after a fold are 0",
            "B-403",
            "100 + the sum",
            r ->
                new Reduction(
                    r.kind(),
                    r.before(),
                    r.accumulator(),
                    Rewrite.of(
                        r.after(), n -> n.op() == ExprOp.SCALAR ? Expr.literal(n.type(), 0L) : n))),
        rewritten(
            "float32-accumulation",
            "float64 sums run in float32",
            "B-404",
            "float64 accumulator",
            ReductionFaults::inFloat32),
        rewritten(
            "nan-swallowed-by-fold",
            "MIN and MAX skip NaN",
            "B-405",
            "with NaN at",
            ReductionFaults::skippingNan),
        fault(
            "wrong-beyond-65536",
            "elements from 65536 on are not summed",
            "B-407",
            "[65537]",
            LosesTheRest::new),
        rewritten(
            "integer-sum-saturates",
            "int32 sums stop at the greatest int32",
            "B-406",
            "SUM of int32",
            r ->
                r.kind() == Kind.SUM && r.accumulator() == DType.INT32
                    ? new Reduction(
                        r.kind(),
                        Kernel.of(r.before().output(0).cast(DType.INT64)),
                        DType.INT64,
                        Kernel.of(
                            Expr.input(0, DType.INT64)
                                .max((long) Integer.MIN_VALUE)
                                .min((long) Integer.MAX_VALUE)
                                .cast(DType.INT32)))
                    : r),
        rewritten(
            "sum-in-bfloat16",
            "elements are rounded to bfloat16 before they are summed",
            "B-408",
            "the sum of",
            r ->
                r.kind() == Kind.SUM && r.accumulator() == DType.FLOAT32
                    ? new Reduction(
                        r.kind(),
                        Kernel.of(r.before().output(0).cast(DType.BFLOAT16).cast(DType.FLOAT32)),
                        r.accumulator(),
                        r.after())
                    : r),
        rewritten(
            "infinity-lost",
            "infinities become the greatest number",
            "B-409",
            "with special values",
            r ->
                r.accumulator() == DType.FLOAT32
                    ? new Reduction(
                        r.kind(),
                        Kernel.of(
                            r.before()
                                .output(0)
                                .min((double) Float.MAX_VALUE)
                                .max((double) -Float.MAX_VALUE)),
                        r.accumulator(),
                        r.after())
                    : r),
        fault(
            "argmax-takes-last",
            "the last of equal extremes is named",
            "B-421",
            "the indices of argReduce",
            LastExtreme::new),
        fault(
            "argmax-skips-nan",
            "a NaN is never the extreme",
            "B-422",
            "the indices of",
            SkipsNan::new),
        fault(
            "argmax-drops-the-tail",
            "the last element of a long line is not looked at",
            "B-423",
            "the indices of",
            DropsTheTail::new),
        fault(
            "scan-misses-the-first",
            "a running sum starts at the second element",
            "B-431",
            "SUM scan",
            MissesTheFirst::new),
        fault(
            "scan-reversed-ignored",
            "a reversed scan starts at the beginning",
            "B-432",
            "reversed",
            IgnoresReversal::new),
        fault(
            "scan-index-of-first-tie",
            "a scan names the first of equal extremes",
            "B-433",
            "the indices of the MAX scan",
            FirstTie::new),
        fault(
            "scan-in-bfloat16",
            "running sums of float32 are kept in bfloat16",
            "B-434",
            "the running sum of",
            NarrowScan::new));
  }

  /** A device that computes another reduction. */
  private static Fault rewritten(
      String name, String mistake, String rule, String clue, UnaryOperator<Reduction> wrong) {
    return fault(
        name,
        mistake,
        rule,
        clue,
        inner ->
            new ForwardingBackend(inner) {
              @Override
              public CompiledReduction compile(Reduction reduction) {
                return inner.compile(wrong.apply(reduction));
              }
            });
  }

  private static Reduction inFloat32(Reduction reduction) {
    if (reduction.accumulator() != DType.FLOAT64) {
      return reduction;
    }
    return new Reduction(
        reduction.kind(),
        Kernel.of(reduction.before().output(0).cast(DType.FLOAT32)),
        DType.FLOAT32,
        Rewrite.of(
            reduction.after(),
            n -> n.op() == ExprOp.INPUT ? Expr.input(0, DType.FLOAT32).cast(DType.FLOAT64) : n));
  }

  private static Reduction skippingNan(Reduction reduction) {
    Kind kind = reduction.kind();
    DType type = reduction.accumulator();
    if ((kind != Kind.MIN && kind != Kind.MAX) || !type.isFloatingPoint()) {
      return reduction;
    }
    double worst = kind == Kind.MIN ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
    Expr element = reduction.before().output(0);
    return new Reduction(
        kind,
        Kernel.of(Expr.select(element.isnan(), Expr.literal(type, worst), element)),
        type,
        reduction.after());
  }

  private static final class ReadsFromTheStart extends ForwardingBackend {
    ReadsFromTheStart(Backend inner) {
      super(inner);
    }

    @Override
    public void reduce(
        CompiledReduction reduction,
        Operand[] inputs,
        boolean[] reduced,
        Operand output,
        Scalar[] scalars) {
      Operand[] moved = inputs.clone();
      for (int i = 0; i < moved.length; i++) {
        if (moved[i].isContiguous()) {
          moved[i] = new Operand(moved[i].buffer(), moved[i].shape(), moved[i].strides(), 0);
        }
      }
      inner.reduce(reduction, moved, reduced, output, scalars);
    }
  }

  private static final class EmptyFold extends ForwardingBackend {
    private final Kind kind;
    private final double value;

    EmptyFold(Backend inner, Kind kind, double value) {
      super(inner);
      this.kind = kind;
      this.value = value;
    }

    @Override
    public void reduce(
        CompiledReduction reduction,
        Operand[] inputs,
        boolean[] reduced,
        Operand output,
        Scalar[] scalars) {
      inner.reduce(reduction, inputs, reduced, output, scalars);
      if (inputs[0].numel() == 0 && reduction.reduction().kind() == kind) {
        inner.fill(output, Scalar.of(value));
      }
    }
  }

  private static final class LosesTheRest extends ForwardingBackend {
    LosesTheRest(Backend inner) {
      super(inner);
    }

    @Override
    public void reduce(
        CompiledReduction reduction,
        Operand[] inputs,
        boolean[] reduced,
        Operand output,
        Scalar[] scalars) {
      Operand[] cut = inputs.clone();
      for (int i = 0; i < cut.length; i++) {
        if (cut[i].shape().dim() == 1) {
          cut[i] = Windows.slice(cut[i], 0, 0, MANY);
        }
      }
      inner.reduce(reduction, cut, reduced, output, scalars);
    }
  }

  private static final class LastExtreme extends ForwardingBackend {
    LastExtreme(Backend inner) {
      super(inner);
    }

    @Override
    public void argReduce(
        boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
      inner.argReduce(max, Windows.reversed(input, dim), dim, values, indices);
      Expr last = Expr.literal(DType.INT64, input.shape().size(dim) - 1);
      inner.launch(
          inner.compile(Kernel.of(last.sub(Expr.input(0, DType.INT64)))),
          new Operand[] {indices},
          new Operand[] {indices},
          new Scalar[0]);
    }
  }

  private static final class SkipsNan extends ForwardingBackend {
    SkipsNan(Backend inner) {
      super(inner);
    }

    @Override
    public void argReduce(
        boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
      DType type = input.dtype();
      if (type != DType.FLOAT32) {
        inner.argReduce(max, input, dim, values, indices);
        return;
      }
      Operand numbers = Windows.copy(inner, input);
      Expr x = Expr.input(0, type);
      double worst = max ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
      inner.launch(
          inner.compile(Kernel.of(Expr.select(x.isnan(), Expr.literal(type, worst), x))),
          new Operand[] {numbers},
          new Operand[] {numbers},
          new Scalar[0]);
      inner.argReduce(max, numbers, dim, values, indices);
    }
  }

  private static final class DropsTheTail extends ForwardingBackend {
    DropsTheTail(Backend inner) {
      super(inner);
    }

    @Override
    public void argReduce(
        boolean max, Operand input, int dim, @Nullable Operand values, Operand indices) {
      long n = input.shape().size(dim);
      Operand seen = n > 16 && n % 8 != 0 ? Windows.slice(input, dim, 0, n - 1) : input;
      inner.argReduce(max, seen, dim, values, indices);
    }
  }

  private static final class MissesTheFirst extends ForwardingBackend {
    MissesTheFirst(Backend inner) {
      super(inner);
    }

    @Override
    public void scan(
        ScanKind kind,
        Operand input,
        int dim,
        boolean reversed,
        Operand output,
        @Nullable Operand indices) {
      Operand seen = input;
      if (kind == ScanKind.SUM && !Windows.isEmpty(input)) {
        seen = Windows.copy(inner, input);
        inner.fill(Windows.slice(seen, dim, 0, 1), Scalar.of(0));
      }
      inner.scan(kind, seen, dim, reversed, output, indices);
    }
  }

  private static final class IgnoresReversal extends ForwardingBackend {
    IgnoresReversal(Backend inner) {
      super(inner);
    }

    @Override
    public void scan(
        ScanKind kind,
        Operand input,
        int dim,
        boolean reversed,
        Operand output,
        @Nullable Operand indices) {
      inner.scan(kind, input, dim, false, output, indices);
    }
  }

  private static final class FirstTie extends ForwardingBackend {
    FirstTie(Backend inner) {
      super(inner);
    }

    @Override
    public void scan(
        ScanKind kind,
        Operand input,
        int dim,
        boolean reversed,
        Operand output,
        @Nullable Operand indices) {
      inner.scan(kind, input, dim, reversed, output, indices);
      if (indices != null && !reversed && input.shape().dim() == 1) {
        for (long n = 1; n <= input.numel(); n++) {
          inner.argReduce(
              kind == ScanKind.MAX,
              Windows.slice(input, 0, 0, n),
              0,
              null,
              Windows.slice(indices, 0, n - 1, n));
        }
      }
    }
  }

  private static final class NarrowScan extends ForwardingBackend {
    NarrowScan(Backend inner) {
      super(inner);
    }

    @Override
    public void scan(
        ScanKind kind,
        Operand input,
        int dim,
        boolean reversed,
        Operand output,
        @Nullable Operand indices) {
      if (kind == ScanKind.SUM && output.dtype() == DType.FLOAT32) {
        Operand narrow = Windows.fresh(inner, DType.BFLOAT16, output.shape());
        inner.scan(kind, input, dim, reversed, narrow, indices);
        inner.copy(narrow, output);
      } else {
        inner.scan(kind, input, dim, reversed, output, indices);
      }
    }
  }
}
