package fluxion.backend.gpu;

import fluxion.api.DType;
import fluxion.api.Shape;
import fluxion.backend.gpu.codegen.Template;
import fluxion.engine.spi.Operand;
import java.util.List;
import java.util.function.Supplier;

/** Sorts lines, stably. */
final class Sorter {
  /** So many elements are sorted by insertion. */
  private static final long RUN = 16;

  private Sorter() {}

  /** Queues a sort; see {@link fluxion.engine.spi.Backend#sort}. */
  static void run(
      OpenDevice runtime,
      Operand input,
      int dim,
      boolean descending,
      Operand values,
      Operand indices) {
    runtime.require(input, values, indices);
    if (input.numel() == 0) {
      return;
    }
    int last = Math.max(input.shape().dim() - 1, 0);
    Operand in = input.shape().dim() < 2 ? input : turned(input, dim, last);
    Operand sorted = input.shape().dim() < 2 ? values : turned(values, dim, last);
    Operand from = input.shape().dim() < 2 ? indices : turned(indices, dim, last);
    Line line = Line.of(in, last);
    try (OpenDevice.Temporaries temporaries = runtime.temporaries()) {
      sort(runtime, temporaries, temporaries.dense(in), line, descending, sorted, from);
    }
  }

  private static Operand turned(Operand operand, int dim, int last) {
    return operand.layout().transpose(dim, last).operand(operand.buffer());
  }

  /**
   * Queues a sort of rows.
   *
   * @param in what is read, contiguous
   * @param line its rows
   * @param values where the sorted values go
   * @param indices where their indices go
   */
  static void sort(
      OpenDevice runtime,
      OpenDevice.Temporaries temporaries,
      Operand in,
      Line line,
      boolean descending,
      Operand values,
      Operand indices) {
    boolean wide = OpenDevice.isWide(in);
    List<Object> key = List.of("sort", in.dtype(), descending, wide);
    Supplier<String> source =
        () ->
            new Template("sort.cl", runtime.capabilities().dialect(), wide)
                .type("IN", in.dtype())
                .define("DESCENDING", descending ? "1" : "0")
                .text();
    Shape shape = in.shape();
    Operand keys = temporaries.make(in.dtype(), shape);
    Operand places = temporaries.make(DType.INT64, shape);
    long runs = (line.length() + RUN - 1) / RUN;
    long work = line.lines() * runs;
    long chunk = Executable.chunk(runtime.capabilities(), work, 64);
    runtime
        .compiler()
        .compile(key, "sort_runs", source)
        .launch(
            "sort",
            new Arguments()
                .wide(wide)
                .buffer(runtime.buffer(in))
                .buffer(runtime.buffer(keys))
                .buffer(runtime.buffer(places))
                .place(in.offset())
                .place(line.lines())
                .place(line.length())
                .place(RUN)
                .place(runs)
                .place(chunk),
            work,
            chunk);
    Operand nextKeys = temporaries.make(in.dtype(), line.length() > RUN ? shape : Shape.of(1));
    Operand nextPlaces = temporaries.make(DType.INT64, line.length() > RUN ? shape : Shape.of(1));
    for (long run = RUN; run < line.length(); run *= 2) {
      merge(runtime, key, source, line, run, wide, keys, places, nextKeys, nextPlaces);
      Operand spare = keys;
      keys = nextKeys;
      nextKeys = spare;
      spare = places;
      places = nextPlaces;
      nextPlaces = spare;
    }
    Copies.copy(runtime, keys, values);
    Copies.copy(runtime, places, indices);
  }

  private static void merge(
      OpenDevice runtime,
      List<Object> key,
      Supplier<String> source,
      Line line,
      long run,
      boolean wide,
      Operand keys,
      Operand places,
      Operand nextKeys,
      Operand nextPlaces) {
    long work = line.lines() * line.length();
    long chunk = Executable.chunk(runtime.capabilities(), work, 1024);
    runtime
        .compiler()
        .compile(key, "merge_runs", source)
        .launch(
            "sort",
            new Arguments()
                .wide(wide)
                .buffer(runtime.buffer(keys))
                .buffer(runtime.buffer(places))
                .buffer(runtime.buffer(nextKeys))
                .buffer(runtime.buffer(nextPlaces))
                .place(nextKeys.offset())
                .place(nextPlaces.offset())
                .place(line.lines())
                .place(line.length())
                .place(run)
                .place(chunk),
            work,
            chunk);
  }
}
