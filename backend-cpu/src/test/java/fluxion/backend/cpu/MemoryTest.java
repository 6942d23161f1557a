package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import fluxion.api.ArgumentException;
import fluxion.api.DType;
import fluxion.api.DTypeException;
import fluxion.api.DeviceException;
import fluxion.api.IndexException;
import fluxion.engine.spi.Buffer;
import fluxion.engine.spi.Expr;
import fluxion.engine.spi.Kernel;
import fluxion.engine.spi.Reduction;
import java.lang.reflect.Array;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class MemoryTest {
  private final CpuBackend backend = new CpuBackend();

  @Test
  void newMemoryIsZeroInEveryDtype() {
    for (DType dtype : DType.values()) {
      Buffer buffer = backend.allocate(dtype, 3);
      assertEquals(dtype, buffer.dtype());
      assertEquals(3, buffer.elements());
      for (int i = 0; i < 3; i++) {
        assertEquals(0.0, CpuBuffer.of(buffer).data().getDouble(i), dtype.toString());
      }
    }
  }

  @Test
  void whatIsUploadedIsDownloaded() {
    for (DType dtype : DType.values()) {
      Object array =
          switch (dtype) {
            case BOOL, UINT8, INT8 -> new byte[] {1, 0, 1};
            case INT16, FLOAT16, BFLOAT16 -> new short[] {1, -2, 3};
            case INT32 -> new int[] {1, -2, 3};
            case INT64 -> new long[] {1, -2, 3};
            case FLOAT32 -> new float[] {1, -2, 3};
            case FLOAT64 -> new double[] {1, -2, 3};
          };
      Buffer buffer = backend.allocate(dtype, 5);
      backend.upload(array, 1, buffer, 2, 2);
      Object back = Array.newInstance(array.getClass().getComponentType(), 4);
      backend.download(buffer, 1, back, 0, 4);
      assertEquals(Array.get(array, 1), Array.get(back, 1), dtype.toString());
      assertEquals(Array.get(array, 2), Array.get(back, 2), dtype.toString());
      assertEquals(0, ((Number) Array.get(back, 0)).intValue());
      assertEquals(0, ((Number) Array.get(back, 3)).intValue());
    }
  }

  @Test
  void aWrongKindOfArrayIsRefusedByName() {
    Buffer buffer = backend.allocate(DType.FLOAT32, 5);
    DTypeException e =
        assertThrows(DTypeException.class, () -> backend.upload(new double[3], 0, buffer, 0, 3));
    assertEquals("cannot upload float32 with a double[]; use a float[]", e.getMessage());
  }

  @Test
  void aRangeBeyondTheArrayOrTheBufferIsRefused() {
    Buffer buffer = backend.allocate(DType.INT32, 5);
    assertThrows(IndexException.class, () -> backend.upload(new int[3], 1, buffer, 0, 3));
    assertThrows(IndexException.class, () -> backend.upload(new int[3], 0, buffer, 3, 3));
    assertThrows(IndexException.class, () -> backend.download(buffer, -1, new int[3], 0, 3));
    IndexException e =
        assertThrows(IndexException.class, () -> backend.download(buffer, 4, new int[3], 0, 3));
    assertEquals(
        "cannot download 3 elements from element 4 of the buffer on: it has 5", e.getMessage());
  }

  @Test
  void moreElementsThanAnArrayHoldsAreRefusedWithTheNumbers() {
    DeviceException e =
        assertThrows(DeviceException.class, () -> backend.allocate(DType.FLOAT64, 1L << 40));
    Samples.assertMentions("8796093022208 bytes", e);
    Samples.assertMentions("1099511627776 elements", e);
    Samples.assertMentions("at most " + Memory.MOST_ELEMENTS, e);
    assertThrows(DeviceException.class, () -> backend.allocate(DType.FLOAT64, Long.MAX_VALUE));
    assertThrows(ArgumentException.class, () -> backend.allocate(DType.FLOAT64, -1));
  }

  @Test
  void moreBytesThanTheHeapHasAreRefusedWithTheNumbers() {
    if (Runtime.getRuntime().maxMemory() / 8 > Memory.MOST_ELEMENTS) {
      return; // a heap that could hold the largest array
    }
    DeviceException e =
        assertThrows(
            DeviceException.class, () -> backend.allocate(DType.FLOAT64, Memory.MOST_ELEMENTS));
    Samples.assertMentions("17179869112 bytes", e);
    Samples.assertMentions("-Xmx", e);
  }

  @Test
  void allocationsAreCounted() {
    Buffer buffer = backend.allocate(DType.FLOAT32, 10);
    backend.allocate(DType.INT8, 3);
    backend.free(buffer);
    assertEquals(2, backend.memory().allocations());
    assertEquals(43, backend.memory().allocatedBytes());
    assertEquals(-1, backend.memory().liveBytes());
    assertEquals(0, backend.memory().reused());
    assertEquals(0, backend.memory().cachedBytes());
  }

  @Test
  void aClosedDeviceAllocatesAndCompilesNothing() {
    Kernel kernel = Kernel.of(Expr.input(0, DType.FLOAT32).neg());
    Reduction reduction =
        Reduction.of(Reduction.Kind.SUM, DType.FLOAT32, DType.FLOAT32, DType.FLOAT32);
    backend.close();
    backend.close();
    for (Executable call :
        new Executable[] {
          () -> backend.allocate(DType.FLOAT32, 1),
          () -> backend.allocateUnspecified(DType.FLOAT32, 1),
          () -> backend.compile(kernel),
          () -> backend.compile(reduction)
        }) {
      Samples.assertMentions("closed; open it anew", assertThrows(DeviceException.class, call));
    }
  }

  @Test
  void aBufferOfAnotherBackendIsRefused() {
    Buffer foreign =
        new Buffer() {
          @Override
          public DType dtype() {
            return DType.FLOAT32;
          }

          @Override
          public long elements() {
            return 1;
          }
        };
    DeviceException e =
        assertThrows(DeviceException.class, () -> backend.upload(new float[1], 0, foreign, 0, 1));
    Samples.assertMentions("'cpu'", e);
  }

  @Test
  void anArrayOfTheWrongKindMakesNoElements() {
    assertThrows(DTypeException.class, () -> Elements.of(DType.BOOL, new short[1]));
    assertArrayEquals(new byte[1], (byte[]) Elements.of(DType.BOOL, new byte[1]).array());
  }
}
