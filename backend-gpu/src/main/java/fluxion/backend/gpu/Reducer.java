package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.ReduceSource;
import fluxion.engine.spi.Operand;
import java.util.List;

/**
 * Folds elements over dimensions.
 *
 * <p>Where there are few results of many elements, these are folded in blocks, and the blocks'
 * results are folded again. How elements are divided depends on the shape alone: so the bits are
 * the same wherever the elements lie.
 */
final class Reducer {
  /** So many elements a block of a processor has. */
  private static final long BLOCK = 65536;

  /** With so many results a processor has enough to do without blocks. */
  private static final long ENOUGH_RESULTS = 64;

  /** So many pieces of work keep a graphics card busy. */
  private static final long ENOUGH_WORK = 1 << 16;

  /** So many elements each of them has at least. */
  private static final long LEAST_ELEMENTS = 64;

  /** A work-item of a processor folds at least so many elements. */
  private static final long CHUNK = 4096;

  /** Neighbouring results are shared out so that each compute unit gets so many parts. */
  private static final long PARTS = 4;

  /** And so many of them at least are folded side by side. */
  private static final long LEAST_COLUMNS = 16;

  private Reducer() {}

  /** Queues a reduction; see {@link fluxion.engine.spi.Backend#reduce}. */
  static void run(
      OpenDevice runtime,
      GpuReduction reduction,
      Operand[] inputs,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    List<Integer> read = reduction.leaves(new GpuReduction.Pass(true, true)).inputs();
    Operand[] in = new Operand[read.size()];
    for (int k = 0; k < in.length; k++) {
      in[k] = inputs[read.get(k)];
    }
    runtime.require(in);
    runtime.require(output);
    if (output.numel() == 0) {
      return;
    }
    Shape shape = inputs.length == 0 ? output.shape() : inputs[0].shape();
    long elements = 1;
    for (int d = 0; d < reduced.length; d++) {
      elements *= reduced[d] ? shape.size(d) : 1;
    }
    long blocks = blocks(runtime.capabilities(), output.numel(), elements);
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      if (blocks == 1) {
        pass(
            runtime,
            reduction,
            new GpuReduction.Pass(true, true),
            in,
            shape,
            reduced,
            output,
            1,
            scalars);
        return;
      }
      Operand partial = partial(temporaries, reduction, output, blocks);
      pass(
          runtime,
          reduction,
          new GpuReduction.Pass(true, false),
          in,
          shape,
          reduced,
          partial,
          blocks,
          scalars);
      again(runtime, temporaries, reduction, partial, reduced, output, scalars);
    }
  }

  private static Operand partial(
      OpenDevice.Temporaries temporaries, GpuReduction reduction, Operand output, long blocks) {
    DType accumulator = reduction.reduction().accumulator();
    long[] sizes = java.util.Arrays.copyOf(output.shape().toArray(), output.shape().dim() + 1);
    sizes[sizes.length - 1] = blocks;
    return temporaries.make(accumulator, Shape.of(sizes));
  }

  /** Folds what blocks left, its last dimension, until there is one block. */
  private static void again(
      OpenDevice runtime,
      OpenDevice.Temporaries temporaries,
      GpuReduction reduction,
      Operand partial,
      boolean[] reduced,
      Operand output,
      Scalar[] scalars) {
    int dims = output.shape().dim();
    Operand[] in = {partial};
    // folded dimensions have size 1 here; their indices are 0 in the map of results
    boolean[] lastOnly = java.util.Arrays.copyOf(reduced, dims + 1);
    lastOnly[dims] = true;
    long elements = partial.shape().size(dims);
    long blocks = blocks(runtime.capabilities(), output.numel(), elements);
    if (blocks == 1) {
      Operand target = output.layout().unsqueeze(dims).operand(output.buffer());
      pass(
          runtime,
          reduction,
          new GpuReduction.Pass(false, true),
          in,
          partial.shape(),
          lastOnly,
          target,
          1,
          scalars);
      return;
    }
    Operand next = partial(temporaries, reduction, output, blocks);
    pass(
        runtime,
        reduction,
        new GpuReduction.Pass(false, false),
        in,
        partial.shape(),
        lastOnly,
        next,
        blocks,
        scalars);
    again(runtime, temporaries, reduction, next, reduced, output, scalars);
  }

  private static long blocks(Capabilities device, long results, long elements) {
    if (device.processor()) {
      return results >= ENOUGH_RESULTS ? 1 : Math.max(1, (elements + BLOCK - 1) / BLOCK);
    }
    return Math.clamp(ENOUGH_WORK / results, 1, Math.max(1, elements / LEAST_ELEMENTS));
  }

  private static void pass(
      OpenDevice runtime,
      GpuReduction reduction,
      GpuReduction.Pass pass,
      Operand[] inputs,
      Shape shape,
      boolean[] reduced,
      Operand output,
      long blocks,
      Scalar[] scalars) {
    Axes kept = new Axes(inputs.length + 1);
    Axes folded = new Axes(inputs.length);
    long results = 1;
    long elements = 1;
    for (int d = 0; d < reduced.length; d++) {
      long size = shape.size(d);
      long[] steps = new long[inputs.length];
      for (int k = 0; k < steps.length; k++) {
        steps[k] = inputs[k].layout().stride(d);
      }
      if (reduced[d]) {
        elements *= size;
        folded.add(size, steps);
      } else {
        results *= size;
        long[] all = new long[steps.length + 1];
        System.arraycopy(steps, 0, all, 1, steps.length);
        all[0] = pass.last() ? output.layout().stride(d) : 0;
        kept.add(size, all);
      }
    }
    boolean wide = OpenDevice.isWide(inputs) || OpenDevice.isWide(output);
    boolean columns =
        runtime.capabilities().processor() && results > 1 && isLastKept(shape, reduced);
    ReduceSource.Shape source =
        reduction.shape(
            pass,
            reduced,
            kept.padded(),
            columns || folded.rank() > 1 ? folded.padded() : 1,
            columns);
    Arguments arguments = new Arguments().wide(wide).buffer(runtime.buffer(output));
    for (Operand input : inputs) {
      arguments.buffer(runtime.buffer(input));
    }
    GpuKernel.addScalars(arguments, source.leaves().scalars(), scalars);
    long per = Math.max(1, elements / blocks);
    long work = results * blocks;
    long group = 1;
    if (columns) {
      long inner = kept.size(kept.count() - 1);
      long share = work / (PARTS * runtime.capabilities().units());
      group = Math.clamp(share, LEAST_COLUMNS, ReduceSource.COLUMNS);
      work = results / inner * ((inner + group - 1) / group) * blocks;
      per *= Math.min(inner, group);
    }
    long chunk =
        Executable.chunk(runtime.capabilities(), work, Math.max(1, CHUNK / Math.max(per, 1)));
    boolean lastFolded = reduced.length > 0 && reduced[reduced.length - 1];
    arguments
        .places(geometry(source, kept, folded, inputs, output, shape, reduced))
        .place(results)
        .place(elements)
        .place(blocks)
        .place((elements + blocks - 1) / blocks)
        .number(columns ? (int) group : lastFolded ? 1 : 0)
        .place(chunk);
    reduction.executable(pass, source, wide).launch("reduce", arguments, work, chunk);
  }

  /** Whether of the dimensions of more than one element the last one is kept. */
  private static boolean isLastKept(Shape shape, boolean[] reduced) {
    for (int d = reduced.length - 1; d >= 0; d--) {
      if (shape.size(d) != 1) {
        return !reduced[d];
      }
    }
    return false;
  }

  private static long[] geometry(
      ReduceSource.Shape source,
      Axes kept,
      Axes folded,
      Operand[] inputs,
      Operand output,
      Shape shape,
      boolean[] reduced) {
    long[] geometry = new long[source.geometrySize()];
    geometry[0] = kept.rank();
    geometry[1] = folded.rank();
    int at = kept.putSizes(geometry, ReduceSource.SIZES_AT, source.kept());
    at = folded.putSizes(geometry, at, source.reduced());
    geometry[at++] = output.offset();
    at = kept.putSteps(geometry, at, source.kept(), 0);
    for (int k = 0; k < inputs.length; k++) {
      geometry[at++] = inputs[k].offset();
      at = kept.putSteps(geometry, at, source.kept(), k + 1);
      at = folded.putSteps(geometry, at, source.reduced(), k);
    }
    for (int dim : source.leaves().indices()) {
      long behind = 1;
      for (int d = dim + 1; d < reduced.length; d++) {
        behind *= reduced[d] == reduced[dim] ? shape.size(d) : 1;
      }
      geometry[at++] = Math.max(behind, 1);
      geometry[at++] = Math.max(shape.size(dim), 1);
    }
    return geometry;
  }
}
