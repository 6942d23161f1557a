package fluxion.backend.cpu.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class HalfFloatsTest {
  @Test
  void everyBinary16IsItsOwnNearest() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = HalfFloats.fromFloat16((short) bits);
      if (!Float.isNaN(value)) {
        assertEquals((short) bits, HalfFloats.toFloat16((double) value));
      } else {
        assertTrue(Float.isNaN(HalfFloats.fromFloat16(HalfFloats.toFloat16((double) value))));
      }
    }
  }

  @Test
  void everyBfloat16IsItsOwnNearest() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = HalfFloats.fromBfloat16((short) bits);
      if (!Float.isNaN(value)) {
        assertEquals((short) bits, HalfFloats.toBfloat16((double) value));
      } else {
        assertTrue(Float.isNaN(HalfFloats.fromBfloat16(HalfFloats.toBfloat16((double) value))));
      }
    }
  }

  @Test
  void valuesBesideATieGoToTheirOwnSide() {
    // 1 + 2^-11 lies in the middle between 1 and the next binary16; the tie goes to the even 1
    assertEquals(1f, half(1 + 0x1p-11));
    assertEquals(1 + 0x1p-10f, half(1 + 0x1p-11 + 0x1p-52));
    assertEquals(1f, half(1 + 0x1p-11 - 0x1p-52));
    assertEquals(1 + 0x1p-9f, half(1 + 3 * 0x1p-11));
    assertEquals(1f, brain(1 + 0x1p-8));
    assertEquals(1 + 0x1p-7f, brain(1 + 0x1p-8 + 0x1p-52));
    assertEquals(1f, brain(1 + 0x1p-8 - 0x1p-52));
  }

  @Test
  void overflowGoesToInfinityFromHalfAStepAboveTheLargest() {
    assertEquals(65504f, half(65519.999999999));
    assertEquals(Float.POSITIVE_INFINITY, half(65520));
    assertEquals(Float.NEGATIVE_INFINITY, half(-1e300));
    assertEquals(Float.POSITIVE_INFINITY, brain(1e300));
    assertEquals(Float.POSITIVE_INFINITY, brain(Float.MAX_VALUE));
  }

  @Test
  void tinyValuesBecomeSubnormalsOrZeroWithTheirSign() {
    assertEquals(0x1p-24f, half(0x1p-24));
    assertEquals(0f, half(0x1p-25));
    assertEquals(0x1p-24f, half(Math.nextUp(0x1p-25)));
    assertEquals(-0f, half(-1e-300));
    assertEquals(-0f, brain(-1e-300));
    assertEquals(0x1p-133f, brain(0x1p-133));
    assertEquals(0f, brain(0x1p-134));
    assertEquals(0x1p-133f, brain(Math.nextUp(0x1p-134)));
  }

  @Test
  void randomValuesGoToTheNearestNeighbour() {
    Random random = new Random(5);
    for (int i = 0; i < 100_000; i++) {
      double value = Math.scalb(random.nextDouble() - 0.5, random.nextInt(40) - 24);
      short bits = HalfFloats.toFloat16(value);
      double error = Math.abs(HalfFloats.fromFloat16(bits) - value);
      for (int step = -1; step <= 1; step += 2) {
        float neighbour = HalfFloats.fromFloat16((short) (bits + step));
        if (!Float.isNaN(neighbour)) {
          assertTrue(error <= Math.abs(neighbour - value), () -> "of " + value);
        }
      }
    }
  }

  @Test
  void largeIntegersRoundOnce() {
    // the nearest float32 of this number is a tie between two bfloat16
    long value = (1L << 60) + (1L << 52) + 1;
    assertEquals(
        (float) ((1L << 60) + (1L << 53)), HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value)));
    assertEquals(-0x1p63f, HalfFloats.fromBfloat16(HalfFloats.toBfloat16(Long.MIN_VALUE)));
    assertEquals(0x1p63f, HalfFloats.fromBfloat16(HalfFloats.toBfloat16(Long.MAX_VALUE)));
    assertEquals(2049 - 1f, HalfFloats.fromFloat16(HalfFloats.toFloat16(2049L)));
    assertEquals(Float.POSITIVE_INFINITY, HalfFloats.fromFloat16(HalfFloats.toFloat16(70000L)));
  }

  private static float half(double value) {
    return HalfFloats.fromFloat16(HalfFloats.toFloat16(value));
  }

  private static float brain(double value) {
    return HalfFloats.fromBfloat16(HalfFloats.toBfloat16(value));
  }
}
