package fluxion.examples.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class PicturesTest {
  private static final Images DIGITS =
      new Images(Images.Format.SMALL_DIGITS, new byte[4][64], new byte[] {3, 3, 3, 8});
  private static final int[] PREDICTED = {3, 8, 3, 8};

  @Test
  void pictures_say_what_they_were_taken_for() {
    String text = new Pictures(DIGITS, PREDICTED).draw(List.of(0, 1));
    assertEquals("3 read as 3         3 read as 8", text.lines().findFirst().get());
    assertEquals(9, text.lines().count());
    byte[] ink = new byte[64];
    ink[0] = 16;
    Images one = new Images(Images.Format.SMALL_DIGITS, new byte[][] {ink}, new byte[] {1});
    assertTrue(new Pictures(one, new int[] {1}).draw(List.of(0)).contains("\n@@\n"));
  }
}
