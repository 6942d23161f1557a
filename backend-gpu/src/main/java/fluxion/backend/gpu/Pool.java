package fluxion.backend.gpu;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Memory of a device by classes of size, four a power of two; what comes back waits for the next
 * request of its class. Waiting and lent pieces together stay within a budget.
 */
final class Pool {
  private static final long LEAST = 256;

  private final LongFunction<Piece> maker;
  private final LongConsumer releaser;
  private final long budget;
  private final Map<Long, ArrayDeque<Piece>> waiting = new HashMap<>();
  private long waitingBytes;
  private long bytes;

  /**
   * Makes an empty pool.
   *
   * @param budget the most bytes
   * @param maker makes a piece of a size
   * @param releaser gives a handle back
   */
  Pool(long budget, LongFunction<Piece> maker, LongConsumer releaser) {
    this.budget = budget;
    this.maker = maker;
    this.releaser = releaser;
  }

  /** {@return the size of the class that a request is of} */
  static long sizeClass(long bytes) {
    if (bytes <= LEAST) {
      return LEAST;
    }
    long quarter = Long.highestOneBit(bytes - 1) >> 2;
    return (bytes + quarter - 1) / quarter * quarter;
  }

  /**
   * {@return a piece that waited, or null if there is none}
   *
   * @param size a class of size
   */
  synchronized @Nullable Piece reuse(long size) {
    ArrayDeque<Piece> pieces = waiting.get(size);
    if (pieces == null || pieces.isEmpty()) {
      return null;
    }
    waitingBytes -= size;
    return pieces.pop();
  }

  /**
   * {@return a new piece, or null if the budget has no room for it}
   *
   * @param size a class of size
   */
  @Nullable Piece make(long size) {
    synchronized (this) {
      if (size > budget - bytes) {
        trim();
      }
      if (size > budget - bytes) {
        return null;
      }
      bytes += size;
    }
    try {
      return maker.apply(size);
    } catch (RuntimeException e) {
      synchronized (this) {
        bytes -= size;
      }
      throw e;
    }
  }

  /** Takes a piece back, to be lent again. */
  synchronized void give(Piece piece) {
    waiting.computeIfAbsent(piece.size(), size -> new ArrayDeque<>()).push(piece);
    waitingBytes += piece.size();
    notifyAll();
  }

  /** Takes a piece back and releases it. */
  synchronized void release(Piece piece) {
    bytes -= piece.size();
    releaser.accept(piece.handle());
  }

  /** Releases all that waits. */
  synchronized void trim() {
    for (ArrayDeque<Piece> pieces : waiting.values()) {
      while (!pieces.isEmpty()) {
        release(pieces.pop());
      }
    }
    waitingBytes = 0;
  }

  /** Waits a while for a piece to come back. */
  synchronized void awaitReturn(long millis) {
    long before = waitingBytes;
    long end = System.nanoTime() + millis * 1_000_000;
    try {
      for (long rest = millis; waitingBytes == before && rest > 0; ) {
        wait(rest);
        rest = (end - System.nanoTime()) / 1_000_000;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** {@return the bytes that wait} */
  synchronized long waitingBytes() {
    return waitingBytes;
  }

  /** {@return all bytes that were made and not released} */
  synchronized long bytes() {
    return bytes;
  }

  /** {@return the most bytes} */
  long budget() {
    return budget;
  }
}
