package fluxion.backend.cpu;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import fluxion.api.DType;
import fluxion.backend.cpu.Samples.Layout;
import fluxion.engine.spi.Operand;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ElementStreamTest {
  @Test
  void everyPositionCanBeSoughtFromEveryOther() {
    Random random = new Random(3);
    for (Layout layout : Layout.values()) {
      Operand operand = Samples.zeros(DType.INT32, layout, 3, 4, 1, 5);
      Operand window =
          Samples.view(
              operand,
              operand.offset(),
              new long[] {2, 3, 5, 2},
              operand.strides()[0],
              operand.strides()[1],
              operand.strides()[3],
              0);
      ElementStream stream = new ElementStream(window);
      for (int i = 0; i < 500; i++) {
        int position = random.nextInt(60);
        int n = random.nextInt(61 - position);
        int[] places = new int[n];
        stream.seek(position);
        stream.positions(places, n);
        for (int j = 0; j < n; j++) {
          assertEquals(Samples.place(window, position + j), places[j], layout.toString());
        }
      }
    }
  }

  @Test
  void permutedDimensionsAreWalkedInTheirOrder() {
    Operand operand = Samples.zeros(DType.INT32, Layout.CONTIGUOUS, 2, 3);
    ElementStream stream = new ElementStream(operand, new int[] {1, 0});
    int[] places = new int[6];
    stream.positions(places, 6);
    assertArrayEquals(new int[] {0, 3, 1, 4, 2, 5}, places);
    stream.restart(10);
    assertEquals(10, stream.next());
    assertEquals(13, stream.next());
  }

  @Test
  void aWindowOfMoreElementsThanIntsIsWalked() {
    Operand one = Samples.of(DType.INT32, new double[] {5, 6}, 2);
    Operand huge = Samples.view(one, 0, new long[] {1L << 20, 2, 1L << 20}, 0, 1, 0);
    ElementStream stream = new ElementStream(huge);
    stream.seek((1L << 40) + (1L << 20) - 1);
    assertEquals(0, stream.next());
    assertEquals(1, stream.next());
  }
}
