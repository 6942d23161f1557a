package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.DType;
import fluxion.api.Device;
import fluxion.api.DeviceException;
import fluxion.api.IndexException;
import fluxion.api.MemoryStatistics;
import fluxion.api.Scalar;
import fluxion.api.Shape;
import fluxion.backend.gpu.opencl.OpenClException;
import fluxion.backend.gpu.opencl.Status;
import fluxion.engine.spi.BackendProvider;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.CompiledKernel;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Layout;
import fluxion.engine.spi.Operand;
import fluxion.engine.spi.ScanKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class DeviceTest {
  private static Operand dense(Buffer buffer, long... sizes) {
    return Layout.contiguous(Shape.of(sizes)).operand(buffer);
  }

  private static Buffer uploaded(GpuBackend backend, float... values) {
    Buffer buffer = backend.allocateUnspecified(DType.FLOAT32, values.length);
    backend.upload(values, 0, buffer, 0, values.length);
    return buffer;
  }

  private static float[] downloaded(GpuBackend backend, Buffer buffer) {
    float[] values = new float[(int) buffer.elements()];
    backend.download(buffer, 0, values, 0, values.length);
    return values;
  }

  @Test
  void a_kernel_is_computed_with_the_scalars_of_each_launch() {
    try (GpuBackend backend = OpenCl.open()) {
      CompiledKernel kernel =
          backend.compile(
              Kernel.of(Expr.input(0, DType.FLOAT32).mul(Expr.scalar(0, DType.FLOAT32))));
      Buffer x = uploaded(backend, 1, 2, 3);
      Operand[] in = {dense(x, 3)};
      Buffer y = backend.allocate(DType.FLOAT32, 3);
      Operand[] out = {dense(y, 3)};
      backend.launch(kernel, out, in, new Scalar[] {Scalar.of(2)});
      assertArrayEquals(new float[] {2, 4, 6}, downloaded(backend, y));
      backend.launch(kernel, out, in, new Scalar[] {Scalar.of(-0.5)});
      assertArrayEquals(new float[] {-0.5f, -1, -1.5f}, downloaded(backend, y));
    }
  }

  @Test
  void a_large_upload_comes_back_whole() {
    try (GpuBackend backend = OpenCl.open()) {
      float[] values = new float[3_000_001];
      for (int i = 0; i < values.length; i++) {
        values[i] = i;
      }
      assertArrayEquals(values, downloaded(backend, uploaded(backend, values)));
    }
  }

  @Test
  void memory_that_was_freed_is_used_again() {
    try (GpuBackend backend = OpenCl.open()) {
      backend.free(backend.allocateUnspecified(DType.FLOAT32, 1000));
      MemoryStatistics before = backend.memory();
      assertTrue(before.cachedBytes() >= 4000);
      Buffer again = backend.allocateUnspecified(DType.FLOAT32, 990);
      MemoryStatistics after = backend.memory();
      assertEquals(1, after.reused() - before.reused());
      assertEquals(3960, after.liveBytes() - before.liveBytes());
      assertEquals(0, after.cachedBytes());
      backend.free(again);
      backend.trim();
      assertEquals(0, backend.memory().cachedBytes());
    }
  }

  @Test
  void memory_that_nobody_refers_to_comes_back() throws InterruptedException {
    try (GpuBackend backend = OpenCl.open()) {
      for (int i = 0; i < 100; i++) {
        assertNotNull(backend.allocateUnspecified(DType.FLOAT32, 1000));
      }
      for (int i = 0; i < 50 && backend.memory().liveBytes() > 0; i++) {
        System.gc();
        Thread.sleep(20);
      }
      assertEquals(0, backend.memory().liveBytes());
    }
  }

  @Test
  void more_memory_than_there_is_is_refused_with_the_figures() {
    try (GpuBackend backend = OpenCl.open()) {
      long elements = backend.properties().memoryBytes() / 8 + 1;
      DeviceException refusal =
          assertThrows(DeviceException.class, () -> backend.allocate(DType.INT64, elements));
      assertTrue(
          refusal
              .getMessage()
              .startsWith(
                  "cannot allocate %d bytes for %d elements of int64 on 'gpu': "
                      .formatted(8 * elements, elements)),
          refusal.getMessage());
    }
  }

  @Test
  void a_kernel_that_does_not_compile_is_shown_with_the_compilers_words() {
    try (GpuBackend backend = OpenCl.open()) {
      DeviceException refusal =
          assertThrows(
              DeviceException.class,
              () ->
                  backend
                      .runtime()
                      .compiler()
                      .compile("__kernel void f(__global int* x) {\n  *x = unheard;\n}\n", "f"));
      assertTrue(
          refusal.getMessage().startsWith("a kernel does not compile: clBuildProgram failed"),
          refusal.getMessage());
      assertTrue(refusal.getMessage().contains("unheard"), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("line 2: *x = unheard;"), refusal.getMessage());
    }
  }

  @Test
  void of_many_programs_few_are_held_and_the_others_come_back_for_whoever_has_them() {
    try (GpuBackend backend = OpenCl.open()) {
      Compiler compiler = new Compiler(backend.runtime().stream(), new ProgramCache(null, 0), 2);
      GpuBuffer memory = (GpuBuffer) backend.allocate(DType.INT32, 1);
      Executable[] made = new Executable[3];
      for (int i = 0; i < made.length; i++) {
        made[i] = compiler.compile(adding(i), "f");
      }
      assertEquals(2, compiler.held());
      assertSame(made[2], compiler.compile(adding(2), "f"));
      assertNotSame(made[0], compiler.compile(adding(0), "f"));
      for (Executable executable : made) {
        executable.launch("f", new Arguments().buffer(memory), 1, 1);
        assertEquals(2, compiler.held());
      }
      int[] values = new int[1];
      backend.download(memory, 0, values, 0, 1);
      assertEquals(111, values[0]);
      compiler.close();
    }
  }

  @Test
  void threads_launch_kernels_whose_programs_come_and_go() throws Exception {
    try (GpuBackend backend = OpenCl.open();
        ExecutorService pool = Executors.newFixedThreadPool(3)) {
      Compiler compiler = new Compiler(backend.runtime().stream(), new ProgramCache(null, 0), 2);
      GpuBuffer memory = (GpuBuffer) backend.allocate(DType.INT32, 1);
      List<Future<?>> threads = new ArrayList<>();
      for (int digit = 0; digit < 3; digit++) {
        Executable executable = compiler.compile(adding(digit), "f");
        threads.add(
            pool.submit(
                () -> {
                  for (int run = 0; run < 7; run++) {
                    executable.launch("f", new Arguments().buffer(memory), 1, 1);
                  }
                }));
      }
      for (Future<?> thread : threads) {
        thread.get();
      }
      int[] values = new int[1];
      backend.download(memory, 0, values, 0, 1);
      assertEquals(777, values[0]);
      assertEquals(2, compiler.held());
      compiler.close();
    }
  }

  @Test
  void programs_in_use_stay_where_others_come_and_go() {
    try (GpuBackend backend = OpenCl.open()) {
      Compiler compiler = new Compiler(backend.runtime().stream(), new ProgramCache(null, 0), 3);
      GpuBuffer memory = (GpuBuffer) backend.allocate(DType.INT32, 1);
      Executable often = compiler.compile(adding(0), "f");
      Executable once = compiler.compile(adding(1), "f");
      for (int i = 2; i < 8; i++) {
        compiler.compile(adding(i), "f");
        often.launch("f", new Arguments().buffer(memory), 1, 1);
      }
      assertTrue(often.isLoaded());
      assertFalse(once.isLoaded());
      compiler.close();
      assertFalse(often.isLoaded());
    }
  }

  private static String adding(int digit) {
    return "__kernel void f(__global int* x) { if (get_global_id(0) == 0) { x[0] += %d; } }\n"
        .formatted((int) Math.pow(10, digit));
  }

  @Test
  void a_running_sum_of_a_long_line_goes_through_its_blocks() {
    try (GpuBackend backend = OpenCl.open()) {
      int n = 3 * 4096 + 17;
      int[] values = new int[n];
      int[] sums = new int[n];
      int sum = 0;
      for (int i = 0; i < n; i++) {
        values[i] = i * 7 % 23 - 11;
        sum += values[i];
        sums[i] = sum;
      }
      Buffer x = backend.allocateUnspecified(DType.INT32, n);
      backend.upload(values, 0, x, 0, n);
      Buffer y = backend.allocateUnspecified(DType.INT32, n);
      int[] found = new int[n];
      backend.scan(ScanKind.SUM, dense(x, n), 0, false, dense(y, n), null);
      backend.download(y, 0, found, 0, n);
      assertArrayEquals(sums, found);
      backend.scan(ScanKind.SUM, dense(x, n), 0, true, dense(y, n), null);
      backend.download(y, 0, found, 0, n);
      for (int i = 0; i < n; i++) {
        assertEquals(sum - (i == 0 ? 0 : sums[i - 1]), found[i], "from the end at " + i);
      }
    }
  }

  @Test
  void the_greatest_so_far_of_a_long_line_is_named_across_blocks() {
    try (GpuBackend backend = OpenCl.open()) {
      int n = 2 * 4096 + 5;
      float[] values = new float[n];
      values[3] = 2;
      values[5000] = 2;
      values[8194] = Float.NaN;
      Buffer y = backend.allocateUnspecified(DType.FLOAT32, n);
      Buffer index = backend.allocateUnspecified(DType.INT64, n);
      backend.scan(
          ScanKind.MAX,
          dense(uploaded(backend, values), n),
          0,
          false,
          dense(y, n),
          dense(index, n));
      float[] best = downloaded(backend, y);
      long[] places = new long[n];
      backend.download(index, 0, places, 0, n);
      for (int i = 0; i < n; i++) {
        long place = i < 3 ? i : i < 5000 ? 3 : i < 8194 ? 5000 : 8194;
        assertEquals(place, places[i], "at " + i);
        assertEquals(values[(int) place], best[i], "at " + i);
      }
    }
  }

  @Test
  void an_index_out_of_range_surfaces_when_the_device_is_waited_for_and_once() {
    try (GpuBackend backend = OpenCl.open()) {
      Buffer x = uploaded(backend, 1, 2, 3);
      Buffer index = backend.allocateUnspecified(DType.INT64, 4);
      backend.upload(new long[] {0, 2, -5, 7}, 0, index, 0, 4);
      Buffer y = backend.allocate(DType.FLOAT32, 4);
      backend.gather(dense(x, 3), 0, dense(index, 4), dense(y, 4));
      IndexException error = assertThrows(IndexException.class, backend::synchronize);
      assertEquals(
          "gather: index -5 is out of bounds for dimension 0 with size 3", error.getMessage());
      assertArrayEquals(new float[4], downloaded(backend, y));
      backend.upload(new long[] {0, 2, 2, 1}, 0, index, 0, 4);
      backend.gather(dense(x, 3), 0, dense(index, 4), dense(y, 4));
      assertArrayEquals(new float[] {1, 3, 3, 2}, downloaded(backend, y));
    }
  }

  @Test
  void more_checks_than_there_are_slots_lose_no_error() {
    try (GpuBackend backend = OpenCl.open()) {
      Buffer x = uploaded(backend, 1, 2, 3);
      Buffer good = backend.allocate(DType.INT64, 2);
      Buffer bad = backend.allocateUnspecified(DType.INT64, 2);
      backend.upload(new long[] {1, 3}, 0, bad, 0, 2);
      Buffer y = backend.allocate(DType.FLOAT32, 2);
      for (int i = 0; i <= Checks.SLOTS + 10; i++) {
        backend.gather(dense(x, 3), 0, dense(i == 5 ? bad : good, 2), dense(y, 2));
      }
      IndexException error = assertThrows(IndexException.class, backend::synchronize);
      assertTrue(error.getMessage().contains("index 3 "), error.getMessage());
      backend.synchronize();
    }
  }

  @Test
  void a_lost_device_refuses_everything_and_says_why() {
    GpuBackend backend = OpenCl.open();
    Buffer x = uploaded(backend, 1, 2, 3);
    backend.runtime().stream().lose(new OpenClException("clFinish", Status.OUT_OF_RESOURCES));
    String message = "the device 'gpu' is lost: ";
    for (Runnable call :
        new Runnable[] {
          () -> backend.allocate(DType.FLOAT32, 1),
          () -> backend.fill(dense(x, 3), Scalar.of(1)),
          () -> backend.download(x, 0, new float[3], 0, 3),
          () -> backend.compile(Kernel.of(Expr.input(0, DType.FLOAT32).neg())),
          backend::synchronize,
          backend::record,
        }) {
      DeviceException refusal = assertThrows(DeviceException.class, call::run);
      assertTrue(refusal.getMessage().startsWith(message), refusal.getMessage());
      assertTrue(refusal.getMessage().contains("CL_OUT_OF_RESOURCES"), refusal.getMessage());
    }
    backend.close();
    try (GpuBackend again = OpenCl.open()) {
      assertArrayEquals(new float[] {4}, downloaded(again, uploaded(again, 4)));
    }
  }

  @Test
  void a_closed_device_refuses_everything() {
    GpuBackend backend = OpenCl.open();
    Buffer x = uploaded(backend, 1, 2, 3);
    backend.close();
    backend.close();
    for (Runnable call :
        new Runnable[] {
          () -> backend.allocate(DType.FLOAT32, 1),
          () -> backend.fill(dense(x, 3), Scalar.of(1)),
          () -> backend.download(x, 0, new float[3], 0, 3),
          backend::synchronize,
        }) {
      DeviceException refusal = assertThrows(DeviceException.class, call::run);
      assertEquals(
          "the device 'gpu' is used after it was closed; open it anew", refusal.getMessage());
    }
    backend.free(x);
  }

  @Test
  void memory_of_another_opening_is_refused() {
    try (GpuBackend one = OpenCl.open();
        GpuBackend other = OpenCl.open()) {
      Buffer x = uploaded(one, 1);
      DeviceException refusal =
          assertThrows(DeviceException.class, () -> other.fill(dense(x, 1), Scalar.of(1)));
      assertTrue(refusal.getMessage().contains("opened another time"), refusal.getMessage());
    }
  }

  @Test
  void a_device_that_is_not_there_is_refused_by_name() {
    BackendProvider provider = OpenCl.provider();
    DeviceException refusal =
        assertThrows(DeviceException.class, () -> provider.open(new Device("gpu", 99)));
    assertTrue(
        refusal.getMessage().startsWith("there is no device 'gpu:99' in fluxion.backend.gpu"),
        refusal.getMessage());
  }
}
