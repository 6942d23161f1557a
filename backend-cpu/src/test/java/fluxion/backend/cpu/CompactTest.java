package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CompactTest {
  private final CpuBackend backend = new CpuBackend();

  @Test
  void thePositionsOfTrueElementsComeInRowMajorOrderWhateverTheLayout() {
    double[] mask = new Random(1).ints(33 * 41, 0, 2).asDoubleStream().toArray();
    long[] expected =
        IntStream.range(0, mask.length).filter(i -> mask[i] != 0).asLongStream().toArray();
    for (Layout layout : Layout.values()) {
      Operand places = Samples.zeros(DType.INT64, Layout.CONTIGUOUS, mask.length);
      long count = backend.compact(Samples.of(DType.BOOL, layout, mask, 33, 41), places);
      assertEquals(expected.length, count, layout.toString());
      long[] found = Arrays.copyOf(Samples.integers(places), (int) count);
      assertArrayEquals(expected, found, layout.toString());
    }
  }

  @Test
  void theIndicesMayHaveJustEnoughRoom() {
    Operand mask = Samples.of(DType.BOOL, new double[] {0, 1, 0, 1}, 4);
    Operand places = Samples.longs(-1, -1);
    assertEquals(2, backend.compact(mask, places));
    assertArrayEquals(new long[] {1, 3}, Samples.integers(places));
  }

  @Test
  void theIndicesMayStartBehindOthers() {
    Operand all = Samples.longs(-1, -1, -1, -1);
    Operand places = Samples.view(all, 1, new long[] {2}, 1);
    assertEquals(2, backend.compact(Samples.of(DType.BOOL, new double[] {1, 1}, 2), places));
    assertArrayEquals(new long[] {-1, 0, 1, -1}, Samples.integers(all));
  }

  @Test
  void scalarsEmptyAndAllFalseMasksAreCounted() {
    Operand none = Samples.longs();
    assertEquals(0, backend.compact(Samples.zeros(DType.BOOL, Layout.SPACED, 300), none));
    assertEquals(0, backend.compact(Samples.zeros(DType.BOOL, Layout.SPACED, 3, 0), none));
    Operand one = Samples.longs(-1);
    assertEquals(1, backend.compact(Samples.of(DType.BOOL, new double[] {1}), one));
    assertArrayEquals(new long[] {0}, Samples.integers(one));
  }
}
