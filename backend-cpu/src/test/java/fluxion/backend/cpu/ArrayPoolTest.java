package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DeviceException;
import fluxion.api.MemoryException;
import fluxion.api.MemoryStatistics;
import fluxion.engine.spi.Buffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class ArrayPoolTest {
  private static final int N = 5000;

  @Test
  void an_array_that_was_given_is_taken_again() {
    ArrayPool pool = new ArrayPool(1 << 20);
    float[] array = new float[N];
    pool.give(DType.FLOAT32, array);
    assertEquals(4 * N, pool.bytes());
    assertNull(pool.take(DType.FLOAT32, N + 1));
    assertSame(array, pool.take(DType.FLOAT32, N));
    assertNull(pool.take(DType.FLOAT32, N));
    assertEquals(0, pool.bytes());
  }

  @Test
  void kinds_of_arrays_are_kept_apart_and_dtypes_of_one_kind_share() {
    ArrayPool pool = new ArrayPool(1 << 20);
    short[] array = new short[N];
    pool.give(DType.INT16, array);
    for (DType dtype : DType.values()) {
      if (dtype.bytes() != 2) {
        assertNull(pool.take(dtype, N), dtype.toString());
      }
    }
    assertSame(array, pool.take(DType.BFLOAT16, N));
  }

  @Test
  void an_array_taken_is_long_enough_and_not_longer_than_one_and_a_half() {
    Random random = new Random(1);
    ArrayPool pool = new ArrayPool(1L << 40);
    for (int i = 0; i < 2000; i++) {
      pool.give(DType.INT8, new byte[4096 + random.nextInt(20_000)]);
      int wanted = 4096 + random.nextInt(20_000);
      if (pool.take(DType.INT8, wanted) instanceof byte[] array) {
        assertTrue(array.length >= wanted, wanted + " wanted");
        assertTrue(array.length <= 1.5 * wanted, array.length + " for " + wanted);
      }
    }
  }

  @Test
  void the_shortest_that_fits_is_taken() {
    ArrayPool pool = new ArrayPool(1 << 20);
    byte[] shorter = new byte[N];
    byte[] longer = new byte[N + 100];
    pool.give(DType.INT8, shorter);
    pool.give(DType.INT8, longer);
    assertSame(shorter, pool.take(DType.INT8, N - 1));
    assertSame(longer, pool.take(DType.INT8, N - 1));
  }

  @Test
  void small_arrays_and_those_beyond_the_limit_are_not_kept() {
    ArrayPool pool = new ArrayPool(100_000);
    pool.give(DType.FLOAT32, new float[1023]);
    pool.give(DType.INT8, new byte[100_001]);
    assertEquals(0, pool.bytes());
    pool.give(DType.INT8, new byte[60_000]);
    pool.give(DType.INT8, new byte[50_000]);
    assertEquals(50_000, pool.bytes());
    assertNull(pool.take(DType.INT8, 60_000));
  }

  @Test
  void threads_never_get_one_array_twice() throws Exception {
    Memory memory = new Memory(1 << 22, false);
    try (ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Future<Void>> results = new ArrayList<>();
      for (int t = 0; t < 4; t++) {
        int seed = t;
        results.add(
            executor.submit(
                () -> {
                  Random random = new Random(seed);
                  List<CpuBuffer> held = new ArrayList<>();
                  for (int i = 0; i < 3000; i++) {
                    CpuBuffer buffer =
                        memory.allocateUnspecified(DType.INT64, 512 + random.nextInt(700));
                    long mark = (long) seed << 32 | i;
                    ((long[]) buffer.data().array())[0] = mark;
                    ((long[]) buffer.data().array())[(int) buffer.elements() - 1] = mark;
                    held.add(buffer);
                    if (held.size() > 5) {
                      CpuBuffer freed = held.remove(random.nextInt(held.size()));
                      long[] array = (long[]) freed.data().array();
                      assertEquals(array[0], array[(int) freed.elements() - 1]);
                      assertEquals(seed, array[0] >> 32);
                      memory.free(freed);
                    }
                  }
                  return null;
                }));
      }
      for (Future<Void> result : results) {
        result.get();
      }
    }
    MemoryStatistics statistics = memory.statistics();
    assertEquals(12_000, statistics.allocations());
    assertTrue(statistics.reused() > 6_000, statistics.toString());
  }

  // ---- the memory around it

  @Test
  void freed_memory_is_handed_out_again_zeroed_where_zeros_are_asked_for() {
    for (DType dtype : DType.values()) {
      Memory memory = new Memory(1 << 20, true);
      CpuBuffer first = memory.allocate(dtype, N);
      Object array = first.data().array();
      memory.free(first);
      CpuBuffer second = memory.allocate(dtype, N - 10);
      assertSame(array, second.data().array());
      assertEquals(N - 10, second.elements());
      for (int i = 0; i < N - 10; i++) {
        assertEquals(0.0, second.data().getDouble(i), dtype.toString());
      }
    }
  }

  @Test
  void a_freed_buffer_cannot_be_used() {
    CpuBackend backend = new CpuBackend();
    Buffer buffer = backend.allocate(DType.FLOAT32, N);
    backend.free(buffer);
    backend.free(buffer);
    MemoryException e =
        assertThrows(MemoryException.class, () -> backend.download(buffer, 0, new float[1], 0, 1));
    assertEquals("a buffer of 5000 float32 elements is used after it was freed", e.getMessage());
    assertEquals(N, buffer.elements());
    Buffer next = backend.allocate(DType.FLOAT32, N);
    assertNotSame(next, backend.allocate(DType.FLOAT32, N));
    assertEquals(1, backend.memory().reused());
  }

  @Test
  void elements_beyond_a_buffer_are_out_of_range_though_its_array_is_longer() {
    CpuBackend backend = new CpuBackend();
    backend.free(backend.allocate(DType.FLOAT32, N));
    Buffer buffer = backend.allocate(DType.FLOAT32, N - 10);
    assertThrows(
        fluxion.api.IndexException.class,
        () -> backend.download(buffer, N - 10, new float[1], 0, 1));
  }

  @Test
  void poisoned_memory_shows_that_it_was_freed_or_never_written() {
    Memory memory = new Memory(1 << 20, true);
    IdentityHashMap<Object, Boolean> arrays = new IdentityHashMap<>();
    for (DType dtype : DType.values()) {
      CpuBuffer buffer = memory.allocateUnspecified(dtype, 3);
      Elements data = buffer.data();
      arrays.put(data.array(), true);
      boolean poisoned =
          dtype.isFloatingPoint() ? Double.isNaN(data.getDouble(1)) : data.getLong(1) != 0;
      assertTrue(poisoned, dtype.toString());
      data.setLong(1, 1);
      memory.free(buffer);
      boolean again =
          dtype.isFloatingPoint() ? Double.isNaN(data.getDouble(1)) : data.getLong(1) != 1;
      assertTrue(again || dtype == DType.BOOL, dtype.toString());
    }
    assertEquals(DType.values().length, arrays.size());
  }

  @Test
  void trim_empties_the_pool() {
    CpuBackend backend = new CpuBackend();
    backend.free(backend.allocate(DType.FLOAT64, N));
    assertEquals(8 * N, backend.memory().cachedBytes());
    backend.trim();
    assertEquals(0, backend.memory().cachedBytes());
    backend.allocate(DType.FLOAT64, N);
    assertEquals(0, backend.memory().reused());
  }

  @Test
  void the_limit_is_a_number_of_bytes() {
    assertEquals(Runtime.getRuntime().maxMemory() / 4, Memory.poolBytes(null));
    assertEquals(0, Memory.poolBytes("0"));
    assertEquals(1_000_000, Memory.poolBytes(" 1000000 "));
    for (String wrong : List.of("-1", "1g", "", "many")) {
      ArgumentException e =
          assertThrows(ArgumentException.class, () -> Memory.poolBytes(wrong), wrong);
      assertEquals(
          "-Dfluxion.cpu.pool="
              + wrong
              + ": expected a number of bytes, 0 or more, such as 268435456 for 256 MiB",
          e.getMessage());
    }
    Memory none = new Memory(0, false);
    none.free(none.allocate(DType.FLOAT32, N));
    assertEquals(0, none.statistics().cachedBytes());
    assertThrows(DeviceException.class, () -> none.allocateUnspecified(DType.INT8, 1L << 40));
  }
}
