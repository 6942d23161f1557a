package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Operand;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Extreme elements along a dimension. */
final class Lines {
  /** So many elements a block of a line has at least. */
  private static final long BLOCK = 4096;

  /** With so many lines a device has enough to do without blocks. */
  private static final long ENOUGH_LINES = 1024;

  /** A work-item of a processor takes at least so many elements. */
  private static final long CHUNK = 4096;

  private Lines() {}

  /** Queues a search; see {@link fluxion.engine.spi.Backend#argReduce}. */
  static void argReduce(
      OpenDevice runtime,
      boolean max,
      Operand input,
      int dim,
      @Nullable Operand values,
      Operand indices) {
    runtime.require(input, indices);
    if (values != null) {
      runtime.require(values);
    }
    if (indices.numel() == 0) {
      return;
    }
    boolean wide = OpenDevice.isWide(input, indices);
    List<Object> key = List.of("lines", input.dtype(), max, wide);
    Supplier<String> source =
        () ->
            new Template("lines.cl", runtime.capabilities().dialect(), wide)
                .type("IN", input.dtype())
                .define("MAX", max ? "1" : "0")
                .text();
    Line line = Line.of(input, dim);
    long blocks =
        line.lines() >= ENOUGH_LINES ? 1 : Math.max(1, (line.length() + BLOCK - 1) / BLOCK);
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand in = temporaries.dense(input);
      Operand places = temporaries.denseTarget(indices);
      Operand bests =
          values == null
              ? temporaries.make(input.dtype(), Shape.of(1))
              : temporaries.denseTarget(values);
      boolean direct = blocks == 1;
      Shape many = Shape.of(line.lines() * blocks);
      Operand found = direct ? places : temporaries.make(DType.INT64, many);
      Operand best = direct ? bests : temporaries.make(input.dtype(), many);
      long work = line.lines() * blocks;
      long block = (line.length() + blocks - 1) / blocks;
      long chunk = Executable.chunk(runtime.capabilities(), work, Math.max(1, CHUNK / block));
      runtime
          .compiler()
          .compile(key, "arg_reduce", source)
          .launch(
              "argReduce",
              new Arguments()
                  .wide(wide)
                  .buffer(runtime.buffer(in))
                  .buffer(runtime.buffer(best))
                  .buffer(runtime.buffer(found))
                  .place(in.offset())
                  .place(best.offset())
                  .place(found.offset())
                  .place(line.lines())
                  .place(line.length())
                  .place(line.inner())
                  .place(blocks)
                  .place(block)
                  .number(!direct || values != null ? 1 : 0)
                  .place(chunk),
              work,
              chunk);
      if (!direct) {
        long lines = Executable.chunk(runtime.capabilities(), line.lines(), 64);
        runtime
            .compiler()
            .compile(key, "arg_choose", source)
            .launch(
                "argReduce",
                new Arguments()
                    .wide(wide)
                    .buffer(runtime.buffer(best))
                    .buffer(runtime.buffer(found))
                    .buffer(runtime.buffer(bests))
                    .buffer(runtime.buffer(places))
                    .place(bests.offset())
                    .place(places.offset())
                    .place(line.lines())
                    .place(blocks)
                    .number(values != null ? 1 : 0)
                    .place(lines),
                line.lines(),
                lines);
      }
      if (places != indices) {
        Copies.copy(runtime, places, indices);
      }
      if (values != null && bests != values) {
        Copies.copy(runtime, bests, values);
      }
    }
  }
}
