package fluxion.backend.cpu;

import fluxion.api.DType;
import fluxion.backend.cpu.attention.Attend;
import fluxion.backend.cpu.attention.AttendGradients;
import fluxion.backend.cpu.attention.Head;
import fluxion.backend.cpu.attention.Mask;
import fluxion.backend.cpu.attention.Problem;
import fluxion.backend.cpu.gemm.Arithmetic;
import fluxion.backend.cpu.gemm.Gemm;
import fluxion.backend.cpu.gemm.Matrix;
import fluxion.backend.cpu.lines.Scores;
import fluxion.backend.cpu.workers.Workers;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.accelerator.Attention;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Attention of float32, head by head; the queries of few heads are divided among the workers. */
final class AttentionHeads implements Attention {
  /** From how many multiplications on threads share the heads. */
  private static final long PARALLEL = 1 << 20;

  private static final int PARTS = 32;

  /** The fewest queries of a part. */
  private static final int QUERIES = 96;

  @Override
  public boolean takes(DType dtype, long depth, long width) {
    return dtype == DType.FLOAT32 && depth <= Problem.MOST && width <= Problem.MOST;
  }

  @Override
  public void attend(Form form, Heads heads, Operand y, Operand lse) {
    Call call = new Call(form, heads);
    int most = (call.queries + QUERIES - 1) / QUERIES;
    int parts = Math.clamp((PARTS + call.count - 1) / call.count, 1, most);
    call.run(
        call.count * parts,
        chunk -> {
          int head = chunk / parts;
          int part = chunk % parts;
          Attend.run(
              call.problem(),
              call.head(head),
              CpuBuffer.floats(y),
              (int) y.offset() + head * call.queries * call.width,
              CpuBuffer.floats(lse),
              (int) lse.offset() + head * call.queries,
              (int) ((long) call.queries * part / parts),
              (int) ((long) call.queries * (part + 1) / parts));
        });
  }

  @Override
  public void gradients(
      Form form,
      Heads heads,
      Operand y,
      Operand lse,
      Operand g,
      Operand ofQ,
      Operand ofK,
      Operand ofV) {
    Call call = new Call(form, heads);
    int[] cotangents = places(g, 2);
    float[][] targets = {CpuBuffer.floats(ofQ), CpuBuffer.floats(ofK), CpuBuffer.floats(ofV)};
    call.run(
        call.count,
        head ->
            AttendGradients.run(
                call.problem(),
                call.head(head),
                CpuBuffer.floats(y),
                (int) y.offset() + head * call.queries * call.width,
                CpuBuffer.floats(lse),
                (int) lse.offset() + head * call.queries,
                matrix(g, cotangents[head]),
                targets,
                new int[] {
                  (int) ofQ.offset() + head * call.queries * call.depth,
                  (int) ofK.offset() + head * call.keys * call.depth,
                  (int) ofV.offset() + head * call.keys * call.width
                }));
  }

  private static Matrix matrix(Operand operand, int place) {
    int dims = operand.shape().dim();
    return new Matrix(
        CpuBuffer.floats(operand),
        place,
        Dims.stride(operand, dims - 2),
        Dims.stride(operand, dims - 1));
  }

  /** Where the matrices of an operand begin, which are its last dimensions. */
  private static int[] places(Operand operand, int last) {
    int[] leading = Arrays.copyOf(Dims.all(operand), operand.shape().dim() - last);
    int[] places = new int[Math.toIntExact(Dims.numel(operand, leading))];
    new ElementStream(operand, leading).positions(places, places.length);
    return places;
  }

  /** What is read, head by head. */
  private static final class Call {
    private final Form form;
    private final Heads heads;
    private final int[] q;
    private final int[] k;
    private final int[] v;
    private final int @Nullable [] mask;
    private final boolean vectors = Scores.areFast();
    private final Arithmetic.Tile tile;
    private final int count;
    private final int queries;
    private final int keys;
    private final int depth;
    private final int width;

    Call(Form form, Heads heads) {
      this.form = form;
      this.heads = heads;
      this.q = places(heads.q(), 2);
      this.k = places(heads.k(), 2);
      this.v = places(heads.v(), 2);
      this.mask = heads.mask() == null ? null : places(heads.mask(), 2);
      Arithmetic arithmetic = Gemm.arithmetic(CpuBuffer.floats(heads.q()));
      this.tile = arithmetic.hasFastVectors() ? arithmetic.tile() : arithmetic.plainTile();
      int dims = heads.q().shape().dim();
      this.count = q.length;
      this.queries = (int) heads.q().shape().size(dims - 2);
      this.depth = (int) heads.q().shape().size(dims - 1);
      this.keys = (int) heads.v().shape().size(dims - 2);
      this.width = (int) heads.v().shape().size(dims - 1);
    }

    /** What heads share, with loops for one thread. */
    Problem problem() {
      return new Problem(
          queries,
          keys,
          depth,
          width,
          (float) form.scale(),
          form.causal(),
          tile,
          vectors ? Scores.vectors() : Scores.plain());
    }

    Head head(int head) {
      return new Head(
          matrix(heads.q(), q[head]),
          matrix(heads.k(), k[head]),
          matrix(heads.v(), v[head]),
          mask(head));
    }

    private @Nullable Mask mask(int head) {
      Operand operand = heads.mask();
      if (operand == null || mask == null) {
        return null;
      }
      int dims = operand.shape().dim();
      return new Mask(
          CpuBuffer.elements(operand).array(),
          mask[head],
          Dims.stride(operand, dims - 2),
          Dims.stride(operand, dims - 1));
    }

    void run(int chunks, Workers.Task task) {
      if ((long) count * queries * keys * (depth + width) >= PARALLEL) {
        Workers.run(chunks, task);
        return;
      }
      for (int chunk = 0; chunk < chunks; chunk++) {
        task.run(chunk);
      }
    }
  }
}
