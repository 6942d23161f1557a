package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.IndexException;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScatterMode;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Rules about gather and scatter. */
final class IndexRules {
  private IndexRules() {}

  /** An input's shape, a dimension, and the shape of an index along it. */
  private record Along(Shape shape, int dim, Shape index) {}

  private static final List<Along> ALONG =
      List.of(
          new Along(Shape.of(7), 0, Shape.of(12)),
          new Along(Shape.of(4, 6), 0, Shape.of(9, 5)),
          new Along(Shape.of(4, 6), 1, Shape.of(3, 8)),
          new Along(Shape.of(3, 4, 5), 1, Shape.of(3, 7, 4)),
          new Along(Shape.of(2, 3, 1, 4), 3, Shape.of(2, 2, 1, 11)),
          new Along(Shape.of(40, 33), 0, Shape.of(70, 33)));

  /** An input's shape, how many of its dimensions are indexed, and the shape of the indices. */
  private record Tuples(Shape shape, int count, Shape index) {}

  private static final List<Tuples> TUPLES =
      List.of(
          new Tuples(Shape.of(7), 1, Shape.of(12)),
          new Tuples(Shape.of(5, 6), 1, Shape.of(3, 4)),
          new Tuples(Shape.of(5, 6), 2, Shape.of(9)),
          new Tuples(Shape.of(3, 4, 5), 2, Shape.of(2, 3)),
          new Tuples(Shape.of(3, 4, 5), 3, Shape.of(17)),
          new Tuples(Shape.of(30, 50), 1, Shape.of(40)));

  @TestOf("B-601")
  static void b601_gather_picks_along_a_dimension(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            for (Along a : ALONG) {
              Values given = placement.of(Samples.any(random, dtype, a.shape().toArray()));
              Values index = Picks.indices(random, a.shape().size(a.dim()), a.index());
              for (Placement result : List.of(Placement.CONTIGUOUS, Placement.STRIDED)) {
                Window output = bench.output(dtype, a.index(), result);
                Window input = bench.input(given, placement);
                bench
                    .backend()
                    .gather(
                        input.operand(),
                        a.dim(),
                        bench.input(index, result).operand(),
                        output.operand());
                Expect.same(
                    "gather from %s along dimension %d, %s"
                        .formatted(given, a.dim(), placement.words()),
                    Picks.gather(given, Picks.along(a.shape(), a.dim(), index), a.index()),
                    output.read(bench));
                input.requireUnchanged(bench, "gather");
              }
            }
          });
    }
  }

  @TestOf("B-602")
  static void b602_gather_refuses_an_index_out_of_range(BackendSubject subject, Cases cases) {
    for (long wrong : new long[] {5, -1, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 32}) {
      subject.add(
          cases,
          "index " + wrong,
          (bench, trial) -> {
            Window input = bench.input(Samples.small(trial.random(), DType.FLOAT32, 3, 5));
            Window output = bench.output(DType.FLOAT32, Shape.of(3, 40));
            Values index =
                Values.longs(DType.INT64, output.operand().shape(), i -> i == 97 ? wrong : i % 5);
            Operand indices = bench.input(index).operand();
            requireRefusal(
                bench,
                wrong,
                5,
                "gather",
                () -> bench.backend().gather(input.operand(), 1, indices, output.operand()));
            output.requireUnchanged(bench, "a gather that was refused");
          });
    }
  }

  private static void requireRefusal(
      Bench bench, long index, long size, String primitive, Runnable call) {
    IndexException refusal =
        bench.refusal(
            IndexException.class, primitive + " with index " + index + " for size " + size, call);
    Bench.requireWords(refusal, Long.toString(index), Long.toString(size));
  }

  private static Values[] tupleIndices(SplittableRandom random, Tuples t) {
    Values[] indices = new Values[t.count()];
    for (int d = 0; d < indices.length; d++) {
      indices[d] = Picks.indices(random, t.shape().size(d), t.index());
    }
    return indices;
  }

  private static Operand[] place(Bench bench, Values[] indices, Placement placement) {
    return Arrays.stream(indices)
        .map(index -> bench.input(index, placement).operand())
        .toArray(Operand[]::new);
  }

  @TestOf("B-603")
  static void b603_indexed_gather_picks_by_tuples(BackendSubject subject, Cases cases) {
    for (Placement placement : Placement.values()) {
      subject.each(
          cases,
          DTypes.ALL,
          ", " + placement.words(),
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            for (Tuples t : TUPLES) {
              Values given = placement.of(Samples.any(random, dtype, t.shape().toArray()));
              Values[] indices = tupleIndices(random, t);
              Shape shape = Picks.tupleShape(t.shape(), indices);
              for (Placement result : List.of(Placement.CONTIGUOUS, Placement.TRANSPOSED)) {
                Window output = bench.output(dtype, shape, result);
                bench
                    .backend()
                    .indexedGather(
                        bench.input(given, placement).operand(),
                        place(bench, indices, result),
                        output.operand());
                Expect.same(
                    "indexedGather from %s by %d indices of shape %s, %s"
                        .formatted(given, t.count(), t.index(), placement.words()),
                    Picks.gather(given, Picks.tuples(t.shape(), indices), shape),
                    output.read(bench));
              }
            }
          });
    }
  }

  @TestOf("B-604")
  static void b604_indexed_gather_refuses_an_index_out_of_range(
      BackendSubject subject, Cases cases) {
    for (long wrong : new long[] {6, -1, Long.MAX_VALUE, 1L << 32}) {
      subject.add(
          cases,
          "index " + wrong,
          (bench, trial) -> {
            Window input = bench.input(Samples.small(trial.random(), DType.FLOAT32, 4, 6));
            Window output = bench.output(DType.FLOAT32, Shape.of(50));
            Operand[] indices = {
              bench.input(Values.longs(DType.INT64, Shape.of(50), i -> i % 4)).operand(),
              bench
                  .input(Values.longs(DType.INT64, Shape.of(50), i -> i == 41 ? wrong : i % 6))
                  .operand()
            };
            requireRefusal(
                bench,
                wrong,
                6,
                "indexedGather",
                () -> bench.backend().indexedGather(input.operand(), indices, output.operand()));
            output.requireUnchanged(bench, "an indexedGather that was refused");
          });
    }
  }

  @TestOf("B-605")
  static void b605_scatter_writes_along_a_dimension(BackendSubject subject, Cases cases) {
    for (ScatterMode mode : ScatterMode.values()) {
      subject.each(
          cases,
          DTypes.NUMBERS,
          " " + mode,
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            for (Placement placement : Placement.WRITABLE) {
              for (Along a : ALONG) {
                Values index = Picks.indices(random, a.shape().size(a.dim()), a.index());
                requireScatter(
                    bench,
                    mode,
                    Samples.small(random, dtype, a.shape().toArray()),
                    a.dim(),
                    index,
                    Samples.small(random, dtype, a.index().toArray()),
                    placement);
              }
            }
          });
    }
  }

  private static void requireScatter(
      Bench bench,
      ScatterMode mode,
      Values given,
      int dim,
      Values index,
      Values source,
      Placement placement) {
    Window target = bench.input(given, placement);
    Window from = bench.input(source, placement);
    bench
        .backend()
        .scatter(
            mode, target.operand(), dim, bench.input(index, placement).operand(), from.operand());
    Expect.same(
        "scatter(%s) into %s along dimension %d, %s".formatted(mode, given, dim, placement.words()),
        Picks.scatter(mode, given, Picks.along(given.shape(), dim, index), source),
        target.read(bench));
    from.requireUnchanged(bench, "scatter");
  }

  @TestOf("B-606")
  static void b606_scattered_duplicates_combine_in_index_order(
      BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.NUMBERS,
        (bench, dtype, trial) -> {
          for (int n : new int[] {5, 33, 1000, 20_000}) {
            // few places: each takes many values, and floats show the order of addition
            Values index = Values.longs(DType.INT64, Shape.of(n), i -> i * 7L % 3);
            Values source =
                dtype.isFloatingPoint()
                    ? Values.floats(dtype, Shape.of(n), i -> (i * 37 % 101 - 50) / 32.0 + 0.01)
                    : Values.longs(dtype, Shape.of(n), i -> i);
            for (ScatterMode mode : List.of(ScatterMode.SET, ScatterMode.ADD)) {
              Values target = Values.whole(dtype, Shape.of(4), i -> i);
              requireScatter(bench, mode, target, 0, index, source, Placement.CONTIGUOUS);
              Window tuples = bench.input(target);
              bench
                  .backend()
                  .indexedScatter(
                      mode,
                      tuples.operand(),
                      Window.operands(bench.input(index)),
                      bench.input(source).operand());
              Expect.same(
                  "indexedScatter(" + mode + ") of " + n + " duplicates",
                  Picks.scatter(mode, target, Picks.tuples(target.shape(), index), source),
                  tuples.read(bench));
            }
          }
        });
  }

  @TestOf("B-607")
  static void b607_scatter_refuses_an_index_out_of_range(BackendSubject subject, Cases cases) {
    for (ScatterMode mode : ScatterMode.values()) {
      for (long wrong : new long[] {6, -1, 1L << 32}) {
        subject.add(
            cases,
            mode + ", index " + wrong,
            (bench, trial) -> {
              Backend backend = bench.backend();
              Window target = bench.input(Samples.small(trial.random(), DType.FLOAT32, 6, 7));
              Values index =
                  Values.longs(DType.INT64, Shape.of(9, 7), i -> i == 60 ? wrong : i % 6);
              Window source = bench.input(Values.floats(DType.FLOAT32, index.shape(), i -> 9));
              Operand indices = bench.input(index).operand();
              requireRefusal(
                  bench,
                  wrong,
                  6,
                  "scatter",
                  () -> backend.scatter(mode, target.operand(), 0, indices, source.operand()));
              target.requireUnchanged(bench, "a scatter that was refused");
            });
      }
    }
  }

  @TestOf("B-608")
  static void b608_indexed_scatter_writes_by_tuples(BackendSubject subject, Cases cases) {
    for (ScatterMode mode : ScatterMode.values()) {
      subject.each(
          cases,
          DTypes.NUMBERS,
          " " + mode,
          (bench, dtype, trial) -> {
            SplittableRandom random = trial.random();
            for (Placement placement : Placement.WRITABLE) {
              for (Tuples t : TUPLES) {
                Values[] indices = tupleIndices(random, t);
                Values given = Samples.small(random, dtype, t.shape().toArray());
                Shape shape = Picks.tupleShape(t.shape(), indices);
                Values source = Samples.small(random, dtype, shape.toArray());
                Window target = bench.input(given, placement);
                bench
                    .backend()
                    .indexedScatter(
                        mode,
                        target.operand(),
                        place(bench, indices, placement),
                        bench.input(source, placement).operand());
                Expect.same(
                    "indexedScatter(%s) into %s by %d indices of shape %s, %s"
                        .formatted(mode, given, t.count(), t.index(), placement.words()),
                    Picks.scatter(mode, given, Picks.tuples(t.shape(), indices), source),
                    target.read(bench));
              }
            }
          });
    }
  }

  @TestOf("B-609")
  static void b609_indexed_scatter_refuses_an_index_out_of_range(
      BackendSubject subject, Cases cases) {
    for (ScatterMode mode : ScatterMode.values()) {
      subject.add(
          cases,
          mode.toString(),
          (bench, trial) -> {
            Window target = bench.input(Samples.small(trial.random(), DType.FLOAT32, 6, 7));
            Operand[] indices = {
              bench.input(Values.longs(DType.INT64, Shape.of(30), i -> i % 6)).operand(),
              bench
                  .input(Values.longs(DType.INT64, Shape.of(30), i -> i == 29 ? 7 : i % 7))
                  .operand()
            };
            Window source = bench.input(Values.floats(DType.FLOAT32, Shape.of(30), i -> 9));
            requireRefusal(
                bench,
                7,
                7,
                "indexedScatter",
                () ->
                    bench
                        .backend()
                        .indexedScatter(mode, target.operand(), indices, source.operand()));
            target.requireUnchanged(bench, "an indexedScatter that was refused");
          });
    }
  }

  @TestOf("B-610")
  static void b610_scatter_min_and_max_let_nan_win(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        DTypes.ALL_FLOATS,
        (bench, dtype, trial) -> {
          double nan = Double.NaN;
          Values target = Values.floats(dtype, nan, 1, 2, -3, 0.5);
          Values source = Values.floats(dtype, 1, nan, 5, -7, 4, nan, 1, 0.25);
          Values index = Values.longs(DType.INT64, 0, 1, 2, 2, 3, 4, 4, 4);
          for (ScatterMode mode : List.of(ScatterMode.MIN, ScatterMode.MAX)) {
            requireScatter(bench, mode, target, 0, index, source, Placement.CONTIGUOUS);
          }
        });
  }
}
