package fluxion.nn.checkpoint.zip;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.junit.jupiter.api.Test;

/** What only archives of more than 4 GiB have, after the zip64 fields of PKWARE's APPNOTE 4.5.3. */
final class ZipWriterTest {
  private static final long FIVE_GB = 5_000_000_000L;

  private static byte[] field(long... values) {
    byte[] bytes = new byte[4 + 8 * values.length];
    ByteBuffer field = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    field.putShort((short) 1).putShort((short) (8 * values.length));
    for (long value : values) {
      field.putLong(value);
    }
    return bytes;
  }

  @Test
  void what_fits_32_bits_needs_no_field() {
    assertEquals(0, ZipWriter.large(0xfffffffeL, 0xfffffffeL).length);
  }

  @Test
  void large_sizes_and_far_places_go_into_a_field() {
    assertArrayEquals(field(FIVE_GB, FIVE_GB), ZipWriter.large(FIVE_GB, 7));
    assertArrayEquals(field(FIVE_GB), ZipWriter.large(7, FIVE_GB));
    assertArrayEquals(field(FIVE_GB, FIVE_GB, FIVE_GB), ZipWriter.large(FIVE_GB, FIVE_GB));
  }

  @Test
  void content_begins_at_a_multiple_of_64_wherever_its_header_is() {
    for (int header = 0; header < 200; header++) {
      for (int large : new int[] {0, 12, 20, 28}) {
        byte[] padding = ZipWriter.padding(FIVE_GB + header, 11, large);
        assertEquals(0, (FIVE_GB + header + 30 + 11 + large + padding.length) % 64);
        assertTrue(padding.length >= 4 && padding.length < 68);
        assertEquals(padding.length - 4, padding[2]);
      }
    }
  }
}
