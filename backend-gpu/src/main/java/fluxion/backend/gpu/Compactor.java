package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Operand;
import java.util.List;
import java.util.function.Supplier;

/** Lists the true elements of a mask. */
final class Compactor {
  private static final long BLOCK = 4096;

  private Compactor() {}

  /** Runs; see {@link fluxion.engine.spi.Backend#compact}. */
  static long run(OpenDevice runtime, Operand mask, Operand indices) {
    runtime.require(mask, indices);
    long elements = mask.numel();
    if (elements == 0) {
      return 0;
    }
    boolean wide = OpenDevice.isWide(mask, indices);
    List<Object> key = List.of("compact", wide);
    Supplier<String> source =
        () -> new Template("compact.cl", runtime.capabilities().dialect(), wide).text();
    long blocks = (elements + BLOCK - 1) / BLOCK;
    long chunk = Executable.chunk(runtime.capabilities(), blocks, 1);
    long[] found = new long[1];
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      Operand dense = temporaries.dense(mask);
      Operand counts = temporaries.make(DType.INT64, Shape.of(blocks + 1));
      runtime
          .compiler()
          .compile(key, "count_true", source)
          .launch(
              "compact",
              new Arguments()
                  .wide(wide)
                  .buffer(runtime.buffer(dense))
                  .buffer(runtime.buffer(counts))
                  .place(dense.offset())
                  .place(elements)
                  .place(blocks)
                  .place(BLOCK)
                  .place(chunk),
              blocks,
              chunk);
      runtime
          .compiler()
          .compile(key, "sum_counts", source)
          .launch(
              "compact",
              new Arguments().wide(wide).buffer(runtime.buffer(counts)).place(blocks).place(1),
              1,
              1);
      runtime
          .compiler()
          .compile(key, "write_true", source)
          .launch(
              "compact",
              new Arguments()
                  .wide(wide)
                  .buffer(runtime.buffer(dense))
                  .buffer(runtime.buffer(counts))
                  .buffer(runtime.buffer(indices))
                  .place(dense.offset())
                  .place(indices.offset())
                  .place(elements)
                  .place(blocks)
                  .place(BLOCK)
                  .place(chunk),
              blocks,
              chunk);
      runtime.checks().collect();
      runtime.staging().download(runtime.buffer(counts), blocks, found, 0, 1);
    }
    return found[0];
  }
}
