package fluxion.conformance.backend;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.FluxionException;
import fluxion.api.MemoryStatistics;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.conformance.suite.Cases;
import fluxion.conformance.suite.NotRun;
import fluxion.conformance.suite.TestOf;
import fluxion.engine.spi.Backend;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.DeviceProperties;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Operand;
import java.util.List;

/** Rules about a device's properties, its being opened and closed, and what it refuses. */
final class LifecycleRules {
  private LifecycleRules() {}

  /** A buffer that no backend has made. */
  private record Foreign(DType dtype, long elements) implements Buffer {}

  /** A kernel that no backend has compiled. */
  private record Uncompiled(Kernel kernel) implements CompiledKernel {}

  /** Fails unless a device computes. */
  private static void requireWorking(String when, Backend backend) {
    try (Bench bench = new Bench(backend)) {
      Values given = Values.whole(DType.FLOAT32, Shape.of(100), i -> i);
      Expect.same(
          "x0 + x0 " + when,
          Values.whole(DType.FLOAT32, given.shape(), i -> 2L * i),
          bench.pointwise(
              Kernel.of(Expr.input(0, DType.FLOAT32).add(Expr.input(0, DType.FLOAT32))), given));
    } catch (FluxionException e) {
      throw new AssertionError("the device does not work " + when + ": " + e, e);
    }
  }

  @TestOf("B-721")
  static void b721_properties_are_true_and_stay(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "properties",
        (bench, trial) -> {
          DeviceProperties first = bench.properties();
          if (!first.equals(bench.properties())) {
            throw new AssertionError("properties() gave " + first + ", then " + bench.properties());
          }
          if (!first.device().equals(subject.device())) {
            throw new AssertionError(
                "the device opened as '%s' calls itself '%s'"
                    .formatted(subject.device(), first.device()));
          }
          if (first.description().isBlank() || first.memoryBytes() < 0) {
            throw new AssertionError(
                "a device has a description and memory of at least 0 bytes: " + first);
          }
          for (DType dtype : first.computeTypes()) {
            if (!first.storageTypes().contains(dtype)) {
              throw new AssertionError(dtype.shortName() + " is computed but not stored: " + first);
            }
          }
          for (DType needed : List.of(DType.FLOAT32, DType.INT64, DType.BOOL)) {
            if (!first.computeTypes().contains(needed)) {
              throw new AssertionError(
                  "every device computes float32, int64 and bool, this one not "
                      + needed.shortName());
            }
          }
        });
  }

  @TestOf("B-722")
  static void b722_a_dtype_that_the_device_lacks_is_refused(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "allocate",
        (bench, trial) -> {
          List<DType> lacking =
              DTypes.ALL.stream()
                  .filter(dtype -> !bench.properties().storageTypes().contains(dtype))
                  .toList();
          if (lacking.isEmpty()) {
            throw NotRun.because("the device stores every dtype");
          }
          for (DType dtype : lacking) {
            FluxionException refusal =
                bench.refusal(
                    FluxionException.class,
                    "to allocate " + dtype.shortName(),
                    () -> bench.backend().allocate(dtype, 4));
            Bench.requireWords(refusal, dtype.shortName());
          }
        });
  }

  @TestOf("B-723")
  static void b723_devices_are_listed_and_opened_again_and_again(
      BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "devices and open",
        (bench, trial) -> {
          List<Device> devices = subject.provider().devices();
          for (int i = 0; i < 3; i++) {
            if (!devices.equals(subject.provider().devices())) {
              throw new AssertionError(
                  "devices() gave %s, then %s".formatted(devices, subject.provider().devices()));
            }
          }
          try (Backend first = subject.open();
              Backend second = subject.open()) {
            requireWorking("after it was opened twice", first);
            requireWorking("after it was opened twice", second);
          }
          requireWorking("after others of the same device were closed", bench.backend());
        });
  }

  @TestOf("B-724")
  static void b724_a_device_that_is_not_there_is_refused(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "another name",
        (bench, trial) -> {
          Device none = new Device("no_such_device", 7);
          DeviceException refusal =
              bench.refusal(
                  DeviceException.class,
                  "to open '" + none + "'",
                  () -> subject.provider().open(none));
          Bench.requireWords(refusal, "no_such_device");
        });
  }

  @TestOf("B-725")
  static void b725_close_may_be_called_again(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "close",
        (bench, trial) -> {
          Backend closed = subject.open();
          closed.close();
          try {
            closed.close();
          } catch (RuntimeException e) {
            throw new AssertionError("the second close threw " + e, e);
          }
          requireWorking("after another of the same device was closed", bench.backend());
        });
  }

  @TestOf("B-726")
  static void b726_a_closed_device_refuses_work(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "allocate",
        (bench, trial) -> {
          Backend closed = subject.open();
          requireWorking("before it is closed", closed);
          closed.close();
          Bench own = new Bench(closed);
          requireClosed(own, "allocate", () -> closed.allocate(DType.FLOAT32, 4));
          requireClosed(
              own, "allocateUnspecified", () -> closed.allocateUnspecified(DType.FLOAT32, 4));
          requireClosed(
              own,
              "compile",
              () -> closed.compile(Kernel.of(Expr.input(0, DType.FLOAT32).neg().exp())));
        });
  }

  private static void requireClosed(Bench bench, String call, Runnable run) {
    DeviceException refusal =
        bench.refusal(DeviceException.class, call + " on a device that was closed", run);
    Bench.requireWords(refusal, "closed");
  }

  @TestOf("B-727")
  static void b727_foreign_buffers_and_kernels_are_refused(BackendSubject subject, Cases cases) {
    Kernel kernel = Kernel.of(Expr.input(0, DType.FLOAT32).neg());
    Operand foreign = Bench.dense(new Foreign(DType.FLOAT32, 4), 4);
    subject.add(
        cases,
        "upload",
        (bench, trial) ->
            requireForeign(
                bench,
                "upload",
                () -> bench.backend().upload(new float[4], 0, foreign.buffer(), 0, 4)));
    subject.add(
        cases,
        "download",
        (bench, trial) ->
            requireForeign(
                bench,
                "download",
                () -> bench.backend().download(foreign.buffer(), 0, new float[4], 0, 4)));
    subject.add(
        cases,
        "fill",
        (bench, trial) ->
            requireForeign(bench, "fill", () -> bench.backend().fill(foreign, Scalar.of(1))));
    subject.add(
        cases,
        "copy",
        (bench, trial) -> {
          Window own = bench.output(DType.FLOAT32, Shape.of(4));
          requireForeign(bench, "copy", () -> bench.backend().copy(foreign, own.operand()));
          requireForeign(bench, "copy", () -> bench.backend().copy(own.operand(), foreign));
          own.requireUnchanged(bench, "a copy that was refused");
        });
    subject.add(
        cases,
        "launch",
        (bench, trial) -> {
          Window own = bench.output(DType.FLOAT32, Shape.of(4));
          CompiledKernel compiled = bench.compile(kernel);
          requireForeign(
              bench,
              "launch",
              () ->
                  bench
                      .backend()
                      .launch(
                          compiled,
                          new Operand[] {own.operand()},
                          new Operand[] {foreign},
                          new Scalar[0]));
          requireForeign(
              bench,
              "launch",
              () ->
                  bench
                      .backend()
                      .launch(
                          compiled,
                          new Operand[] {foreign},
                          new Operand[] {own.operand()},
                          new Scalar[0]));
          bench.refusal(
              FluxionException.class,
              "to launch a kernel that was not compiled here",
              () ->
                  bench
                      .backend()
                      .launch(
                          new Uncompiled(kernel),
                          new Operand[] {own.operand()},
                          new Operand[] {own.operand()},
                          new Scalar[0]));
          own.requireUnchanged(bench, "a launch that was refused");
        });
  }

  private static void requireForeign(Bench bench, String call, Runnable run) {
    bench.refusal(
        DeviceException.class, call + " with a buffer that another backend has made", run);
  }

  @TestOf("B-728")
  static void b728_the_number_of_threads_may_change_at_any_time(
      BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "threads",
        (bench, trial) -> {
          try {
            for (int n : new int[] {1, 1024, 2, 1, 5}) {
              bench.backend().threads(n);
              requireWorking("with threads(" + n + ")", bench.backend());
            }
          } finally {
            bench.backend().threads(BackendSubject.THREADS);
          }
        });
  }

  @TestOf("B-729")
  static void b729_trim_keeps_what_is_in_use(BackendSubject subject, Cases cases) {
    subject.add(
        cases,
        "trim",
        (bench, trial) -> {
          Backend backend = bench.backend();
          Values given = Values.whole(DType.FLOAT32, Shape.of(70_000), i -> i % 1000);
          Window live = bench.input(given);
          backend.free(backend.allocate(DType.FLOAT32, 70_000));
          backend.trim();
          live.requireUnchanged(bench, "trim");
          MemoryStatistics after = backend.memory();
          if (after.cachedBytes() != 0) {
            throw new AssertionError(
                "after trim() still " + after.cachedBytes() + " bytes are kept for reuse");
          }
          requireWorking("after trim()", backend);
        });
  }
}
