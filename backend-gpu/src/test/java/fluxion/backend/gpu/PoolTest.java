package fluxion.backend.gpu;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PoolTest {
  private final List<Long> released = new ArrayList<>();
  private long handles;
  private final Pool pool = new Pool(4096, size -> new Piece(++handles, size), released::add);

  @Test
  void a_class_of_size_wastes_at_most_a_quarter() {
    assertEquals(256, Pool.sizeClass(0));
    assertEquals(256, Pool.sizeClass(256));
    assertEquals(320, Pool.sizeClass(257));
    assertEquals(512, Pool.sizeClass(512));
    assertEquals(640, Pool.sizeClass(513));
    for (long bytes = 256; bytes < 1L << 40; bytes = bytes * 9 / 8 + 1) {
      long size = Pool.sizeClass(bytes);
      assertTrue(size >= bytes && size <= bytes + bytes / 4 + 1, bytes + " became " + size);
      assertEquals(size, Pool.sizeClass(size));
    }
  }

  @Test
  void what_came_back_is_lent_again() {
    Piece piece = pool.make(512);
    assertNotNull(piece);
    assertNull(pool.reuse(512));
    pool.give(piece);
    assertEquals(512, pool.waitingBytes());
    assertNull(pool.reuse(256));
    assertSame(piece, pool.reuse(512));
    assertEquals(0, pool.waitingBytes());
    assertEquals(512, pool.bytes());
  }

  @Test
  void what_waits_makes_room_for_what_is_needed() {
    Piece waiting = pool.make(3072);
    assertNotNull(waiting);
    pool.give(waiting);
    assertNotNull(pool.make(2048));
    assertEquals(List.of(waiting.handle()), released);
    assertEquals(2048, pool.bytes());
  }

  @Test
  void the_budget_is_not_exceeded() {
    assertNotNull(pool.make(4096));
    assertNull(pool.make(256));
  }

  @Test
  void trim_releases_what_waits_and_nothing_else() {
    Piece lent = pool.make(1024);
    Piece waiting = pool.make(512);
    assertNotNull(lent);
    assertNotNull(waiting);
    pool.give(waiting);
    pool.trim();
    assertEquals(List.of(waiting.handle()), released);
    assertEquals(1024, pool.bytes());
    assertEquals(0, pool.waitingBytes());
  }

  @Test
  void a_piece_that_could_not_be_made_takes_nothing_of_the_budget() {
    Pool failing =
        new Pool(
            4096,
            size -> {
              throw new IllegalStateException("no more");
            },
            released::add);
    assertThrows(IllegalStateException.class, () -> failing.make(4096));
    assertEquals(0, failing.bytes());
  }
}
