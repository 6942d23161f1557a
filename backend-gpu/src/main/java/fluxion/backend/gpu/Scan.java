package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.Reduction;
import fluxion.engine.spi.ScanKind;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Running results along a dimension. */
final class Scan {
  /** So many elements a block of a line has. */
  private static final long BLOCK = 4096;

  /** With so many lines a device has enough to do without blocks. */
  private static final long ENOUGH_LINES = 64;

  /** A work-item of a processor takes at least so many elements. */
  private static final long CHUNK = 4096;

  private final OpenDevice runtime;
  private final boolean wide;
  private final List<Object> key;
  private final Supplier<String> source;

  private Scan(
      OpenDevice runtime, boolean wide, ScanKind kind, DType from, DType to, boolean withIndices) {
    boolean extreme = kind == ScanKind.MAX || kind == ScanKind.MIN;
    Reduction.Kind fold = kind == ScanKind.PROD ? Reduction.Kind.PROD : Reduction.Kind.SUM;
    this.runtime = runtime;
    this.wide = wide;
    this.key = List.of("scan", from, to, kind, withIndices, wide);
    this.source =
        () ->
            new Template("scan.cl", runtime.capabilities().dialect(), wide)
                .type("IN", from)
                .type("OUT", to)
                .cast("CONVERT", from, to)
                .combine("COMBINE", fold, to)
                .neutral("NEUTRAL", fold, to)
                .define("EXTREME", extreme ? "1" : "0")
                .define("MAX", kind == ScanKind.MAX ? "1" : "0")
                .define("WITH_INDICES", withIndices ? "1" : "0")
                .text();
  }

  /** Queues a scan; see {@link fluxion.engine.spi.Backend#scan}. */
  static void run(
      OpenDevice runtime,
      ScanKind kind,
      Operand input,
      int dim,
      boolean reversed,
      Operand output,
      @Nullable Operand indices) {
    runtime.require(input, output);
    if (indices != null) {
      runtime.require(indices);
    }
    if (output.numel() == 0) {
      return;
    }
    Line line = Line.of(output, dim);
    long blocks = line.lines() >= ENOUGH_LINES ? 1 : (line.length() + BLOCK - 1) / BLOCK;
    Scan scan =
        new Scan(
            runtime,
            OpenDevice.isWide(input, output),
            kind,
            input.dtype(),
            output.dtype(),
            indices != null);
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand in = temporaries.dense(input);
      Operand out = temporaries.denseTarget(output);
      Operand places =
          indices == null
              ? temporaries.make(DType.INT64, Shape.of(1))
              : temporaries.denseTarget(indices);
      Operand carries = temporaries.make(output.dtype(), Shape.of(line.lines() * blocks));
      Operand carried = temporaries.make(DType.INT64, Shape.of(line.lines() * blocks));
      if (blocks > 1) {
        scan.carry(in, carries, carried, line, blocks, reversed);
      }
      scan.blocks(in, out, places, carries, carried, line, blocks, reversed);
      if (out != output) {
        Copies.copy(runtime, out, output);
      }
      if (indices != null && places != indices) {
        Copies.copy(runtime, places, indices);
      }
    }
  }

  /** Queues the folds of all blocks, and what lies before each of them. */
  private void carry(
      Operand in, Operand carries, Operand carried, Line line, long blocks, boolean reversed) {
    long work = line.lines() * blocks;
    long chunk = Executable.chunk(runtime.capabilities(), work, 1);
    launch(
        "fold_blocks",
        arguments(in, carries, carried)
            .place(in.offset())
            .place(line.lines())
            .place(line.length())
            .place(line.inner())
            .place(blocks)
            .place(BLOCK)
            .number(reversed ? 1 : 0)
            .place(chunk),
        work,
        chunk);
    launch(
        "chain_blocks",
        arguments(carries, carried).place(line.lines()).place(blocks).place(1),
        line.lines(),
        1);
  }

  private void blocks(
      Operand in,
      Operand out,
      Operand places,
      Operand carries,
      Operand carried,
      Line line,
      long blocks,
      boolean reversed) {
    long work = line.lines() * blocks;
    long block = blocks == 1 ? line.length() : BLOCK;
    long chunk = Executable.chunk(runtime.capabilities(), work, Math.max(1, CHUNK / block));
    launch(
        "scan",
        arguments(in, out, places, carries, carried)
            .place(in.offset())
            .place(out.offset())
            .place(places.offset())
            .place(line.lines())
            .place(line.length())
            .place(line.inner())
            .place(blocks)
            .place(block)
            .number(reversed ? 1 : 0)
            .place(chunk),
        work,
        chunk);
  }

  private Arguments arguments(Operand... operands) {
    Arguments arguments = new Arguments().wide(wide);
    for (Operand operand : operands) {
      arguments.buffer(runtime.buffer(operand));
    }
    return arguments;
  }

  private void launch(String function, Arguments arguments, long work, long chunk) {
    runtime.compiler().compile(key, function, source).launch("scan", arguments, work, chunk);
  }
}
