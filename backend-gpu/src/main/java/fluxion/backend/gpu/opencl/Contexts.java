package fluxion.backend.gpu.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Contexts, command queues and events. */
public final class Contexts {
  private static final long PLATFORM_PROPERTY = 0x1084;
  private static final int EXECUTION_STATUS = 0x11D3;
  private static final int COMPLETE = 0;

  private static final FunctionDescriptor OF_HANDLE = FunctionDescriptor.of(JAVA_INT, JAVA_LONG);
  private static final MethodHandle CREATE =
      Library.function(
          "clCreateContext",
          FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle RELEASE = Library.function("clReleaseContext", OF_HANDLE);
  private static final MethodHandle CREATE_QUEUE =
      Library.function(
          "clCreateCommandQueue",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, ADDRESS));
  private static final MethodHandle RELEASE_QUEUE =
      Library.function("clReleaseCommandQueue", OF_HANDLE);
  private static final MethodHandle FLUSH = Library.function("clFlush", OF_HANDLE);
  private static final MethodHandle FINISH = Library.function("clFinish", OF_HANDLE);
  private static final MethodHandle MARKER =
      Library.function(
          "clEnqueueMarkerWithWaitList",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle WAIT =
      Library.function("clWaitForEvents", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS));
  private static final MethodHandle EVENT_INFO =
      Library.function(
          "clGetEventInfo",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle RELEASE_EVENT = Library.function("clReleaseEvent", OF_HANDLE);

  private Contexts() {}

  /**
   * {@return a new context with one device}
   *
   * @param platform the platform
   * @param device the device
   */
  public static long create(long platform, long device) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment properties = arena.allocateFrom(JAVA_LONG, PLATFORM_PROPERTY, platform, 0);
      MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
      return Library.make(
          "clCreateContext",
          error ->
              (long)
                  CREATE.invokeExact(
                      properties, 1, devices, MemorySegment.NULL, MemorySegment.NULL, error));
    }
  }

  /**
   * Gives a context back.
   *
   * @param context the context
   */
  public static void release(long context) {
    handle("clReleaseContext", RELEASE, context);
  }

  /**
   * {@return a new queue that works in order}
   *
   * @param context the context
   * @param device its device
   */
  public static long createQueue(long context, long device) {
    return Library.make(
        "clCreateCommandQueue",
        error -> (long) CREATE_QUEUE.invokeExact(context, device, 0L, error));
  }

  /**
   * Gives a queue back.
   *
   * @param queue the queue
   */
  public static void releaseQueue(long queue) {
    handle("clReleaseCommandQueue", RELEASE_QUEUE, queue);
  }

  /**
   * Has a queue begin with what it holds.
   *
   * @param queue the queue
   */
  public static void flush(long queue) {
    handle("clFlush", FLUSH, queue);
  }

  /**
   * Waits until a queue is empty.
   *
   * @param queue the queue
   */
  public static void finish(long queue) {
    handle("clFinish", FINISH, queue);
  }

  /**
   * {@return an event that is done when all is that the queue holds}
   *
   * @param queue the queue
   */
  public static long marker(long queue) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment event = arena.allocate(JAVA_LONG);
      Library.call(
          "clEnqueueMarkerWithWaitList",
          () -> (int) MARKER.invokeExact(queue, 0, MemorySegment.NULL, event));
      return event.get(JAVA_LONG, 0);
    }
  }

  /**
   * Waits for an event.
   *
   * @param event the event
   */
  public static void await(long event) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment events = arena.allocateFrom(JAVA_LONG, event);
      Library.call("clWaitForEvents", () -> (int) WAIT.invokeExact(1, events));
    }
  }

  /**
   * {@return whether an event is done, well or with an error}
   *
   * @param event the event
   */
  public static boolean isDone(long event) {
    long status =
        Answers.number(
            "clGetEventInfo",
            (what, size, value, out) -> (int) EVENT_INFO.invokeExact(event, what, size, value, out),
            EXECUTION_STATUS);
    return (int) status <= COMPLETE;
  }

  /**
   * Gives an event back.
   *
   * @param event the event
   */
  public static void releaseEvent(long event) {
    handle("clReleaseEvent", RELEASE_EVENT, event);
  }

  private static void handle(String name, MethodHandle function, long handle) {
    Library.call(name, () -> (int) function.invokeExact(handle));
  }
}
