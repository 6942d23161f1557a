package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.api.IndexException;
import fluxion.api.MemoryStatistics;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Event;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Rules about memory that runs out or comes back, about queues, and about errors. */
final class FailureRules {
  private static final int STEPS = 10_000;

  private FailureRules() {}

  @TestOf("B-711")
  static void b711_memory_that_is_not_there_is_refused_with_the_figures(
      BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "more than there can be",
        (bench, trial) -> requireTooLarge(bench, DType.FLOAT32, 1L << 60));
    subject.add(
        cases,
        "more than a long of bytes",
        (bench, trial) -> requireTooLarge(bench, DType.INT64, Long.MAX_VALUE));
    subject.add(
        cases,
        "more than the device has",
        (bench, trial) -> {
          long bytes = bench.properties().memoryBytes();
          if (bytes == 0) {
            throw NotRun.unsupported("the device does not say how much memory it has");
          }
          requireTooLarge(bench, DType.INT64, bytes / DType.INT64.bytes() + 1);
        });
  }

  private static void requireTooLarge(Bench bench, DType dtype, long elements) {
    Values values = Values.whole(DType.FLOAT32, Shape.of(1000), i -> i);
    Window live = bench.input(values);
    for (boolean unspecified : new boolean[] {false, true}) {
      String call = unspecified ? "allocateUnspecified" : "allocate";
      DeviceException refusal =
          bench.refusal(
              DeviceException.class,
              "%s(%s, %d)".formatted(call, dtype.shortName(), elements),
              () -> {
                if (unspecified) {
                  bench.backend().allocateUnspecified(dtype, elements);
                } else {
                  bench.backend().allocate(dtype, elements);
                }
              });
      Bench.requireWords(refusal, Long.toString(elements));
    }
    live.requireUnchanged(bench, "an allocation that failed");
    Expr x = Expr.input(0, DType.FLOAT32);
    Expect.same(
        "x0 + x0 after an allocation failed",
        Values.whole(DType.FLOAT32, values.shape(), i -> 2L * i),
        bench.pointwise(Kernel.of(x.add(x)), values));
  }

  @TestOf("B-712")
  static void b712_a_negative_size_is_refused(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "-1 elements",
        (bench, trial) -> {
          FluxionException refusal =
              bench.refusal(
                  FluxionException.class,
                  "to allocate -1 elements",
                  () -> bench.backend().allocate(DType.FLOAT32, -1));
          Bench.requireWords(refusal, "-1");
        });
  }

  @TestOf("B-713")
  static void b713_memory_comes_back_over_ten_thousand_steps(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "allocate, launch, free",
        (bench, trial) -> {
          int elements = 250;
          Backend backend = bench.backend();
          Expr x = Expr.input(0, DType.FLOAT32);
          CompiledKernel compiled = bench.compile(Kernel.of(x.add(x)));
          Operand input =
              bench.input(Values.whole(DType.FLOAT32, Shape.of(elements), i -> i)).operand();
          List<WeakReference<Buffer>> freed = new ArrayList<>();
          MemoryStatistics before = backend.memory();
          for (int step = 0; step < STEPS; step++) {
            Buffer buffer = backend.allocateUnspecified(DType.FLOAT32, elements);
            backend.launch(
                compiled,
                new Operand[] {Bench.dense(buffer, elements)},
                new Operand[] {input},
                new Scalar[0]);
            freed.add(new WeakReference<>(buffer));
            backend.free(buffer);
          }
          backend.synchronize();
          MemoryStatistics after = backend.memory();
          long step = (long) elements * DType.FLOAT32.bytes();
          requireNoGrowth("bytes in use", before.liveBytes(), after.liveBytes(), step);
          requireNoGrowth("bytes kept for reuse", before.cachedBytes(), after.cachedBytes(), step);
          requireCollected(freed);
        });
  }

  private static void requireNoGrowth(String what, long before, long after, long step) {
    // a pool may keep a few pieces, but not one a step
    if (after - before > STEPS / 10 * step) {
      throw new AssertionError(
          "after %d steps that free what they allocate the %s grew from %d to %d"
              .formatted(STEPS, what, before, after));
    }
  }

  private static void requireCollected(List<WeakReference<Buffer>> freed)
      throws InterruptedException {
    long held = STEPS;
    for (int attempt = 0; attempt < 5 && held > STEPS / 10; attempt++) {
      System.gc();
      Thread.sleep(20L * attempt);
      held = freed.stream().filter(reference -> reference.get() != null).count();
    }
    if (held > STEPS / 10) {
      throw new AssertionError(
          "of %d buffers that were freed %d are still held: each step leaks"
              .formatted(STEPS, held));
    }
  }

  @TestOf("B-714")
  static void b714_memory_statistics_count(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "statistics",
        (bench, trial) -> {
          try (Backend backend = subject.open()) {
            int pieces = 16;
            DType dtype = Collections.max(backend.properties().storageTypes());
            long elements = 1 << 20;
            long bytes = elements * dtype.bytes();
            MemoryStatistics before = backend.memory();
            List<Buffer> buffers = new ArrayList<>();
            for (int i = 0; i < pieces; i++) {
              buffers.add(backend.allocate(dtype, elements));
            }
            MemoryStatistics during = backend.memory();
            require("allocations", pieces, during.allocations() - before.allocations());
            require(
                "allocatedBytes",
                pieces * bytes,
                during.allocatedBytes() - before.allocatedBytes());
            boolean knows = before.liveBytes() >= 0;
            if (knows) {
              require("liveBytes", pieces * bytes, during.liveBytes() - before.liveBytes());
            }
            buffers.forEach(backend::free);
            backend.synchronize();
            MemoryStatistics after = backend.memory();
            require("allocations after free", 0, after.allocations() - during.allocations());
            if (knows) {
              require("liveBytes after free", 0, after.liveBytes() - before.liveBytes());
            }
          }
        });
  }

  private static void require(String what, long expected, long found) {
    if (expected != found) {
      throw new AssertionError(
          "16 buffers of 1048576 bytes: %s should have grown by %d, but did by %d"
              .formatted(what, expected, found));
    }
  }

  @TestOf("B-715")
  static void b715_freeing_twice_does_nothing(BackendSubject subject, Cases cases) {
    subject.each(
        cases,
        List.of(DType.FLOAT32, DType.UINT8),
        (bench, dtype, trial) -> {
          int elements = 5000;
          Backend backend = bench.backend();
          Buffer buffer = backend.allocate(dtype, elements);
          backend.free(buffer);
          try {
            backend.free(buffer);
          } catch (RuntimeException e) {
            throw new AssertionError("the second free threw " + e, e);
          }
          // memory that was handed out twice would show in both
          Buffer first = bench.keep(backend.allocate(dtype, elements));
          Buffer second = bench.keep(backend.allocate(dtype, elements));
          backend.fill(Bench.dense(first, elements), Scalar.of(1));
          backend.fill(Bench.dense(second, elements), Scalar.of(2));
          Object memory = Memories.array(dtype, elements);
          backend.download(first, 0, memory, 0, elements);
          for (int i = 0; i < elements; i++) {
            double found =
                dtype == DType.FLOAT32
                    ? Memories.real(memory, i, dtype)
                    : Memories.whole(memory, i, dtype);
            Expect.near(
                "element %d of memory that is another buffer's, too, after a double free"
                    .formatted(i),
                1,
                found,
                0);
          }
        });
  }

  @TestOf("B-716")
  static void b716_a_freed_buffer_is_refused(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "download, fill, launch",
        (bench, trial) -> {
          Backend backend = bench.backend();
          Buffer buffer = backend.allocate(DType.FLOAT32, 4000);
          backend.free(buffer);
          Operand freed = Bench.dense(buffer, 4000);
          Window other = bench.output(DType.FLOAT32, Shape.of(4000));
          CompiledKernel compiled = bench.compile(Kernel.of(Expr.input(0, DType.FLOAT32).neg()));
          requireFreed(
              bench, "download", () -> backend.download(buffer, 0, new float[4000], 0, 4000));
          requireFreed(bench, "upload", () -> backend.upload(new float[4000], 0, buffer, 0, 4000));
          requireFreed(bench, "fill", () -> backend.fill(freed, Scalar.of(1)));
          requireFreed(
              bench,
              "launch",
              () ->
                  backend.launch(
                      compiled,
                      new Operand[] {other.operand()},
                      new Operand[] {freed},
                      new Scalar[0]));
        });
  }

  private static void requireFreed(Bench bench, String call, Runnable run) {
    FluxionException refusal =
        bench.refusal(FluxionException.class, call + " of a buffer that was freed", run);
    Bench.requireWords(refusal, "freed");
  }

  @TestOf("B-731")
  static void b731_what_was_queued_is_done_when_it_is_waited_for(
      BackendSubject subject, Cases cases) {
    Expr x = Expr.input(0, DType.FLOAT32);
    Kernel more = Kernel.of(x.add(1.0));
    subject.add(cases, "download", (bench, trial) -> chain(bench, more, () -> {}));
    subject.add(
        cases,
        "synchronize",
        (bench, trial) -> chain(bench, more, () -> bench.backend().synchronize()));
    subject.add(
        cases,
        "event",
        (bench, trial) ->
            chain(
                bench,
                more,
                () -> {
                  Event event = bench.backend().record();
                  if (event == null) {
                    throw new AssertionError("record() gave null");
                  }
                  event.await();
                  if (!event.isDone()) {
                    throw new AssertionError("an event is not done after it was awaited");
                  }
                }));
  }

  private static void chain(Bench bench, Kernel more, Runnable wait) {
    Window window = bench.input(Values.whole(DType.FLOAT32, Shape.of(6000), i -> i % 100));
    CompiledKernel compiled = bench.compile(more);
    Operand[] operand = Window.operands(window);
    for (int i = 0; i < 200; i++) {
      bench.backend().launch(compiled, operand, operand, new Scalar[0]);
    }
    wait.run();
    Expect.same(
        "x0 + 1, 200 times in place,",
        Values.whole(DType.FLOAT32, Shape.of(6000), i -> i % 100 + 200),
        window.read(bench));
  }

  @TestOf("B-732")
  static void b732_an_error_surfaces_once(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "an index out of range",
        (bench, trial) -> {
          Backend backend = bench.backend();
          Window input = bench.input(Values.whole(DType.FLOAT32, Shape.of(5), i -> i));
          Window output = bench.output(DType.FLOAT32, Shape.of(3));
          Operand wrong = bench.input(Values.longs(DType.INT64, 0, 99, 1)).operand();
          IndexException first =
              bench.refusal(
                  IndexException.class,
                  "gather with index 99",
                  () -> backend.gather(input.operand(), 0, wrong, output.operand()));
          Bench.requireWords(first, "99");
          try {
            backend.synchronize();
            Operand right = bench.input(Values.longs(DType.INT64, 0, 4, 1)).operand();
            backend.gather(input.operand(), 0, right, output.operand());
            Expect.same(
                "gather after one that was refused",
                Values.whole(DType.FLOAT32, Shape.of(3), i -> i == 1 ? 4 : i / 2),
                output.read(bench));
            backend.synchronize();
          } catch (FluxionException e) {
            throw new AssertionError("the error surfaces again, at a call that is right: " + e, e);
          }
        });
  }

  @TestOf("B-733")
  static void b733_an_asynchronous_error_surfaces_at_the_next_synchronising_call(
      BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "gather, then synchronize",
        (bench, trial) -> {
          if (!bench.properties().asynchronous()) {
            throw NotRun.unsupported(
                "the device declares that every primitive is done when it returns");
          }
          Backend backend = bench.backend();
          Window input = bench.input(Values.whole(DType.FLOAT32, Shape.of(5), i -> i));
          Window output = bench.output(DType.FLOAT32, Shape.of(3));
          Operand wrong = bench.input(Values.longs(DType.INT64, 0, 99, 1)).operand();
          IndexException error = null;
          try {
            backend.gather(input.operand(), 0, wrong, output.operand());
            // what is only queued meets no error of what was queued before
            backend.allocate(DType.FLOAT32, 8);
            backend.synchronize();
          } catch (IndexException e) {
            error = e;
          }
          if (error == null) {
            throw new AssertionError("neither gather with index 99 nor synchronize() threw");
          }
          Bench.requireWords(error, "99", "5", "gather");
        });
  }
}
