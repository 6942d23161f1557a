package fluxion.backend.gpu;

import fluxion.api.Shape;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import java.util.List;
import java.util.function.Supplier;

/** Picks elements by indices. */
final class Gather {
  private Gather() {}

  /** Queues a gather along a dimension; see {@link fluxion.engine.spi.Backend#gather}. */
  static void along(OpenDevice runtime, Operand input, int dim, Operand index, Operand output) {
    runtime.require(input, index, output);
    if (output.numel() == 0) {
      return;
    }
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand in = apart(temporaries, input, output);
      Operand at = apart(temporaries, index, output);
      int dims = index.shape().dim();
      long size = dims == 0 ? 1 : in.shape().size(dim);
      long step = dims == 0 ? 0 : in.layout().stride(dim);
      // the input as the index sees it, at index 0 along the dimension
      long[] steps = dims == 0 ? new long[0] : in.strides();
      if (dims > 0) {
        steps[dim] = 0;
      }
      Layout seen = Layout.of(index.shape(), steps, in.offset());
      runtime
          .checks()
          .queue(
              "gather",
              new int[] {dim},
              new long[] {size},
              (slots, first) -> {
                Indexed.check(runtime, "gather", at, size, slots, first);
                gather(runtime, output, at, at.layout(), in, seen, step, slots, first, 1);
              });
    }
  }

  /** Queues a gather by tuples; see {@link fluxion.engine.spi.Backend#indexedGather}. */
  static void tuples(OpenDevice runtime, Operand input, Operand[] indices, Operand output) {
    runtime.require(input, output);
    runtime.require(indices);
    if (output.numel() == 0) {
      return;
    }
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand in = apart(temporaries, input, output);
      Operand[] at = new Operand[indices.length];
      int[] dims = new int[indices.length];
      long[] sizes = new long[indices.length];
      for (int k = 0; k < at.length; k++) {
        at[k] = apart(temporaries, indices[k], output);
        dims[k] = k;
        sizes[k] = in.shape().size(k);
      }
      Operand places = Indexed.places(runtime, temporaries, at, in.layout());
      int looked = places.shape().dim();
      Shape shape = output.shape();
      long[] steps = new long[shape.dim()];
      long[] placeSteps = new long[shape.dim()];
      for (int d = 0; d < steps.length; d++) {
        steps[d] = d < looked ? 0 : in.layout().stride(d - looked + at.length);
        placeSteps[d] = d < looked ? places.layout().stride(d) : 0;
      }
      Layout seen = Layout.of(shape, steps, in.offset());
      Layout placed = Layout.of(shape, placeSteps, 0);
      runtime
          .checks()
          .queue(
              "indexedGather",
              dims,
              sizes,
              (slots, first) -> {
                for (int k = 0; k < at.length; k++) {
                  Indexed.check(runtime, "indexedGather", at[k], sizes[k], slots, first + k);
                }
                gather(runtime, output, places, placed, in, seen, 1, slots, first, at.length);
              });
    }
  }

  /** What is read, or a copy of it where the output lies in the same memory. */
  static Operand apart(OpenDevice.Temporaries temporaries, Operand read, Operand written) {
    return read.buffer() == written.buffer() ? temporaries.copy(read) : read;
  }

  private static void gather(
      OpenDevice runtime,
      Operand output,
      Operand index,
      Layout indexLayout,
      Operand input,
      Layout inputLayout,
      long step,
      GpuBuffer slots,
      int slot,
      int count) {
    boolean wide = OpenDevice.isWide(input, index, output);
    Layout[] layouts = {output.layout(), indexLayout, inputLayout};
    Axes axes = Indexed.axes(output.shape(), layouts);
    List<Object> key = List.of("gather", output.dtype(), axes.padded(), wide);
    Supplier<String> source =
        () ->
            Indexed.template(runtime, wide, axes, 3)
                .define("CHECK", "0")
                .type("X", output.dtype())
                .define("COMBINE(a, b)", "(b)")
                .text();
    long elements = output.numel();
    long chunk = Executable.chunk(runtime.capabilities(), elements, 1024);
    runtime
        .compiler()
        .compile(key, "gather", source)
        .launch(
            "gather",
            new Arguments()
                .wide(wide)
                .buffer(runtime.buffer(output))
                .buffer(runtime.buffer(index))
                .buffer(runtime.buffer(input))
                .buffer(slots)
                .places(Indexed.geometry(axes, layouts))
                .place(elements)
                .place(step)
                .number(slot)
                .number(count)
                .place(chunk),
            elements,
            chunk);
  }
}
