package fluxion.backend.gpu.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Buffers, and the commands that move bytes. */
public final class Memories {
  private static final long READ_WRITE = 1;
  private static final int BLOCKING = 1;
  private static final int NON_BLOCKING = 0;

  private static final FunctionDescriptor TRANSFER =
      FunctionDescriptor.of(
          JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_INT,
          ADDRESS, ADDRESS);
  private static final MethodHandle CREATE =
      Library.function(
          "clCreateBuffer",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle RELEASE =
      Library.function("clReleaseMemObject", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle READ = Library.function("clEnqueueReadBuffer", TRANSFER);
  private static final MethodHandle WRITE = Library.function("clEnqueueWriteBuffer", TRANSFER);
  private static final MethodHandle COPY =
      Library.function(
          "clEnqueueCopyBuffer",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT,
              ADDRESS, ADDRESS));
  private static final MethodHandle FILL =
      Library.function(
          "clEnqueueFillBuffer",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT,
              ADDRESS, ADDRESS));

  private Memories() {}

  /**
   * {@return a new buffer}
   *
   * @param context the context
   * @param bytes its size, at least 1
   */
  public static long create(long context, long bytes) {
    return Library.make(
        "clCreateBuffer",
        error -> (long) CREATE.invokeExact(context, READ_WRITE, bytes, MemorySegment.NULL, error));
  }

  /**
   * Gives a buffer back, which the queued commands still use.
   *
   * @param buffer the buffer
   */
  public static void release(long buffer) {
    Library.call("clReleaseMemObject", () -> (int) RELEASE.invokeExact(buffer));
  }

  /**
   * Reads bytes, and waits for them.
   *
   * @param queue the queue
   * @param buffer the buffer
   * @param offset where to begin in it, in bytes
   * @param target native memory, whose size says how much
   */
  public static void read(long queue, long buffer, long offset, MemorySegment target) {
    Library.call(
        "clEnqueueReadBuffer",
        () ->
            (int)
                READ.invokeExact(
                    queue,
                    buffer,
                    BLOCKING,
                    offset,
                    target.byteSize(),
                    target,
                    0,
                    MemorySegment.NULL,
                    MemorySegment.NULL));
  }

  /**
   * Queues a write of bytes, which must stay as they are until the event is done.
   *
   * @param queue the queue
   * @param buffer the buffer
   * @param offset where to begin in it, in bytes
   * @param source native memory, whose size says how much
   * @return the event
   */
  public static long write(long queue, long buffer, long offset, MemorySegment source) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(JAVA_LONG);
      Library.call(
          "clEnqueueWriteBuffer",
          () ->
              (int)
                  WRITE.invokeExact(
                      queue,
                      buffer,
                      NON_BLOCKING,
                      offset,
                      source.byteSize(),
                      source,
                      0,
                      MemorySegment.NULL,
                      event));
      return event.get(JAVA_LONG, 0);
    }
  }

  /**
   * Queues a copy of bytes.
   *
   * @param queue the queue
   * @param source what is read
   * @param sourceOffset where to begin in it, in bytes
   * @param target what is written
   * @param targetOffset where to begin in it, in bytes
   * @param bytes how many
   */
  public static void copy(
      long queue, long source, long sourceOffset, long target, long targetOffset, long bytes) {
    Library.call(
        "clEnqueueCopyBuffer",
        () ->
            (int)
                COPY.invokeExact(
                    queue,
                    source,
                    target,
                    sourceOffset,
                    targetOffset,
                    bytes,
                    0,
                    MemorySegment.NULL,
                    MemorySegment.NULL));
  }

  /**
   * Queues a fill with a repeated pattern.
   *
   * @param queue the queue
   * @param buffer what is written
   * @param pattern native memory of 1, 2, 4 or 8 bytes, copied at once
   * @param offset where to begin, in bytes
   * @param bytes how many
   */
  public static void fill(long queue, long buffer, MemorySegment pattern, long offset, long bytes) {
    Library.call(
        "clEnqueueFillBuffer",
        () ->
            (int)
                FILL.invokeExact(
                    queue,
                    buffer,
                    pattern,
                    pattern.byteSize(),
                    offset,
                    bytes,
                    0,
                    MemorySegment.NULL,
                    MemorySegment.NULL));
  }
}
