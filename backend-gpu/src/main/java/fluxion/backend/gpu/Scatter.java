package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScatterMode;
import java.util.List;
import java.util.function.Supplier;

/**
 * Writes elements by indices. What can go to one place is done by one work-item, in order: the
 * result is the same at every run.
 */
final class Scatter {
  private Scatter() {}

  /**
   * What one work-item does.
   *
   * @param length how many elements, one after another
   * @param targetStep what an index is multiplied with
   * @param indexStep from one index to the next
   * @param sourceStep from one value to the next
   */
  private record Sequence(long length, long targetStep, long indexStep, long sourceStep) {}

  /** Queues a scatter along a dimension; see {@link fluxion.engine.spi.Backend#scatter}. */
  static void along(
      OpenDevice runtime,
      ScatterMode mode,
      Operand target,
      int dim,
      Operand index,
      Operand source) {
    runtime.require(target, index, source);
    if (index.numel() == 0) {
      return;
    }
    int dims = index.shape().dim();
    if (dims == 0) {
      along(runtime, mode, line(target), 0, line(index), line(source));
      return;
    }
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand values = Gather.apart(temporaries, source, target);
      Operand at = Gather.apart(temporaries, index, target);
      Shape lines = index.shape().with(dim, 1);
      long size = target.shape().size(dim);
      Layout[] layouts = {
        Layout.of(lines, target.strides(), target.offset()),
        Layout.of(lines, at.strides(), at.offset()),
        Layout.of(lines, values.strides(), values.offset())
      };
      Sequence sequence =
          new Sequence(
              index.shape().size(dim),
              target.layout().stride(dim),
              at.layout().stride(dim),
              values.layout().stride(dim));
      runtime
          .checks()
          .queue(
              "scatter",
              new int[] {dim},
              new long[] {size},
              (slots, first) -> {
                Indexed.check(runtime, "scatter", at, size, slots, first);
                scatter(runtime, mode, target, at, values, layouts, sequence, slots, first, 1);
              });
    }
  }

  private static Operand line(Operand operand) {
    return operand.layout().unsqueeze(0).operand(operand.buffer());
  }

  /** Queues a scatter by tuples; see {@link fluxion.engine.spi.Backend#indexedScatter}. */
  static void tuples(
      OpenDevice runtime, ScatterMode mode, Operand target, Operand[] indices, Operand source) {
    runtime.require(target, source);
    runtime.require(indices);
    if (source.numel() == 0) {
      return;
    }
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      // row-major: one row of values for each tuple
      Operand values = Gather.apart(temporaries, temporaries.dense(source), target);
      Operand[] at = new Operand[indices.length];
      int[] dims = new int[indices.length];
      long[] sizes = new long[indices.length];
      for (int k = 0; k < at.length; k++) {
        at[k] = Gather.apart(temporaries, indices[k], target);
        dims[k] = k;
        sizes[k] = target.shape().size(k);
      }
      Operand places = Indexed.places(runtime, temporaries, at, target.layout());
      long tuples = places.numel();
      long row = source.numel() / tuples;
      int rest = target.shape().dim() - at.length;
      long[] restSizes = new long[rest];
      long[] targetSteps = new long[rest];
      for (int d = 0; d < rest; d++) {
        restSizes[d] = target.shape().size(d + at.length);
        targetSteps[d] = target.layout().stride(d + at.length);
      }
      Shape shape = Shape.of(restSizes);
      Layout[] layouts = {
        Layout.of(shape, targetSteps, target.offset()),
        Layout.of(shape, new long[rest], 0),
        Layout.of(shape, shape.contiguousStrides(), values.offset())
      };
      Sequence sequence = new Sequence(tuples, 1, 1, row);
      runtime
          .checks()
          .queue(
              "indexedScatter",
              dims,
              sizes,
              (slots, first) -> {
                for (int k = 0; k < at.length; k++) {
                  Indexed.check(runtime, "indexedScatter", at[k], sizes[k], slots, first + k);
                }
                scatter(
                    runtime, mode, target, places, values, layouts, sequence, slots, first,
                    at.length);
              });
    }
  }

  private static void scatter(
      OpenDevice runtime,
      ScatterMode mode,
      Operand target,
      Operand index,
      Operand source,
      Layout[] layouts,
      Sequence sequence,
      GpuBuffer slots,
      int slot,
      int count) {
    boolean wide = OpenDevice.isWide(target, index, source);
    Axes axes = Indexed.axes(layouts[0].shape(), layouts);
    DType dtype = target.dtype();
    List<Object> key = List.of("scatter", dtype, mode, axes.padded(), wide);
    Supplier<String> code =
        () ->
            combine(
                    Indexed.template(runtime, wide, axes, 3).define("CHECK", "0").type("X", dtype),
                    mode,
                    dtype)
                .text();
    long lines = layouts[0].shape().numel();
    long chunk =
        Executable.chunk(runtime.capabilities(), lines, Math.max(1, 1024 / sequence.length()));
    runtime
        .compiler()
        .compile(key, "scatter", code)
        .launch(
            "scatter",
            new Arguments()
                .wide(wide)
                .buffer(runtime.buffer(target))
                .buffer(runtime.buffer(index))
                .buffer(runtime.buffer(source))
                .buffer(slots)
                .places(Indexed.geometry(axes, layouts))
                .place(lines)
                .place(sequence.length())
                .place(sequence.targetStep())
                .place(sequence.indexStep())
                .place(sequence.sourceStep())
                .number(slot)
                .number(count)
                .place(chunk),
            lines,
            chunk);
  }

  private static Template combine(Template template, ScatterMode mode, DType dtype) {
    return switch (mode) {
      case SET -> template.define("COMBINE(a, b)", "(b)");
      case ADD -> template.combine("COMBINE", Reduction.Kind.SUM, dtype);
      case MUL -> template.combine("COMBINE", Reduction.Kind.PROD, dtype);
      case MIN -> template.combine("COMBINE", Reduction.Kind.MIN, dtype);
      case MAX -> template.combine("COMBINE", Reduction.Kind.MAX, dtype);
    };
  }
}
