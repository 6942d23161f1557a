package fluxion.backend.gpu;

import fluxion.api.DType;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Native memory through which arrays of the heap go to the device and come back. What is on its way
 * to the device stays untouched until it has arrived; with two rings, one of small and one of large
 * pieces, a small upload seldom waits for a large one.
 */
final class Staging {
  private static final int SMALL_BYTES = 16 << 10;
  private static final int SMALL_PIECES = 64;
  private static final int LARGE_BYTES = 4 << 20;
  private static final int LARGE_PIECES = 4;

  private static final class Ring {
    private final Stream stream;
    private final MemorySegment[] pieces;
    private final long[] events;
    private final Arena arena;
    private final int bytes;
    private int next;

    Ring(Stream stream, Arena arena, int count, int bytes) {
      this.stream = stream;
      this.arena = arena;
      this.bytes = bytes;
      this.pieces = new MemorySegment[count];
      this.events = new long[count];
    }

    /** Copies elements and queues their write. */
    synchronized void write(Object array, int from, int count, GpuBuffer target, long offset) {
      int at = next;
      next = (next + 1) % pieces.length;
      if (pieces[at] == null) {
        pieces[at] = arena.allocate(bytes, 64);
      }
      long pending = events[at];
      if (pending != 0) {
        events[at] = 0;
        stream.pause(pending);
      }
      MemorySegment piece = pieces[at].asSlice(0, (long) count * target.dtype().bytes());
      MemorySegment.copy(
          heap(array), layout(array), bytesAt(array, from), piece, layout(array), 0, count);
      events[at] = stream.write(target, offset, piece);
    }

    synchronized void close() {
      for (int i = 0; i < events.length; i++) {
        if (events[i] != 0) {
          stream.await(events[i]);
          events[i] = 0;
        }
      }
    }
  }

  private final Stream stream;
  private final Arena arena = Arena.ofShared();
  private final Ring small;
  private final Ring large;
  private final Object reading = new Object();
  private MemorySegment back = MemorySegment.NULL;

  Staging(Stream stream) {
    this.stream = stream;
    this.small = new Ring(stream, arena, SMALL_PIECES, SMALL_BYTES);
    this.large = new Ring(stream, arena, LARGE_PIECES, LARGE_BYTES);
  }

  private static MemorySegment heap(Object array) {
    return switch (array) {
      case byte[] values -> MemorySegment.ofArray(values);
      case short[] values -> MemorySegment.ofArray(values);
      case int[] values -> MemorySegment.ofArray(values);
      case long[] values -> MemorySegment.ofArray(values);
      case float[] values -> MemorySegment.ofArray(values);
      case double[] values -> MemorySegment.ofArray(values);
      default -> throw new AssertionError(array.getClass());
    };
  }

  private static ValueLayout layout(Object array) {
    return switch (array) {
      case byte[] _ -> ValueLayout.JAVA_BYTE;
      case short[] _ -> ValueLayout.JAVA_SHORT;
      case int[] _ -> ValueLayout.JAVA_INT;
      case long[] _ -> ValueLayout.JAVA_LONG;
      case float[] _ -> ValueLayout.JAVA_FLOAT;
      default -> ValueLayout.JAVA_DOUBLE;
    };
  }

  private static long bytesAt(Object array, int element) {
    return layout(array).byteSize() * element;
  }

  /** Copies an array's elements to the device. */
  void upload(Object array, int from, GpuBuffer target, long to, int count) {
    DType dtype = target.dtype();
    int most = LARGE_BYTES / dtype.bytes();
    for (int done = 0; done < count; done += most) {
      int n = Math.min(most, count - done);
      Ring ring = n * dtype.bytes() <= SMALL_BYTES ? small : large;
      ring.write(array, from + done, n, target, (to + done) * dtype.bytes());
    }
  }

  /** Copies the device's elements to an array, after all that is queued. */
  void download(GpuBuffer source, long from, Object array, int to, int count) {
    DType dtype = source.dtype();
    int most = LARGE_BYTES / dtype.bytes();
    synchronized (reading) {
      if (back.byteSize() == 0) {
        back = arena.allocate(LARGE_BYTES, 64);
      }
      for (int done = 0; done < count; done += most) {
        int n = Math.min(most, count - done);
        MemorySegment piece = back.asSlice(0, (long) n * dtype.bytes());
        stream.read(source, (from + done) * dtype.bytes(), piece);
        MemorySegment.copy(
            piece, layout(array), 0, heap(array), layout(array), bytesAt(array, to + done), n);
      }
    }
  }

  /** Waits for what is on its way, and gives the native memory back. */
  void close() {
    small.close();
    large.close();
    arena.close();
  }
}
