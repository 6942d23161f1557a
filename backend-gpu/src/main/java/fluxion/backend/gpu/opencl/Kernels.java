package fluxion.backend.gpu.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Kernels: the functions of a program that can be launched. One kernel is for one thread. */
public final class Kernels {
  private static final int WORK_GROUP_SIZE = 0x11B0;

  private static final MethodHandle CREATE =
      Library.function(
          "clCreateKernel", FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle RELEASE =
      Library.function("clReleaseKernel", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));
  private static final MethodHandle SET_ARGUMENT =
      Library.function(
          "clSetKernelArg",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS));
  private static final MethodHandle GROUP_INFO =
      Library.function(
          "clGetKernelWorkGroupInfo",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle ENQUEUE =
      Library.function(
          "clEnqueueNDRangeKernel",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, JAVA_INT,
              ADDRESS, ADDRESS));

  private Kernels() {}

  /**
   * {@return a kernel}
   *
   * @param program a program that was built
   * @param name the function
   */
  public static long create(long program, String name) {
    try (Arena arena = Arena.ofConfined()) {
      return Library.make(
          "clCreateKernel",
          error -> (long) CREATE.invokeExact(program, arena.allocateFrom(name), error));
    }
  }

  /**
   * Gives a kernel back.
   *
   * @param kernel the kernel
   */
  public static void release(long kernel) {
    Library.call("clReleaseKernel", () -> (int) RELEASE.invokeExact(kernel));
  }

  /**
   * Sets an argument, which is copied.
   *
   * @param kernel the kernel
   * @param index the argument, from 0
   * @param value native memory with its bytes
   */
  public static void set(long kernel, int index, MemorySegment value) {
    int status =
        Library.status(
            () -> (int) SET_ARGUMENT.invokeExact(kernel, index, value.byteSize(), value));
    if (status != Status.SUCCESS) {
      throw new OpenClException("clSetKernelArg for argument " + index, status);
    }
  }

  /**
   * {@return the largest work-group that a kernel can run in on a device}
   *
   * @param kernel the kernel
   * @param device the device
   */
  public static long workGroupSize(long kernel, long device) {
    return Answers.number(
        "clGetKernelWorkGroupInfo",
        (what, size, value, out) ->
            (int) GROUP_INFO.invokeExact(kernel, device, what, size, value, out),
        WORK_GROUP_SIZE);
  }

  /**
   * Queues a launch.
   *
   * @param queue the queue
   * @param kernel the kernel, its arguments set
   * @param dims the number of dimensions of the range
   * @param global native memory with the number of work-items in each
   * @param local native memory with the size of a work-group in each
   */
  public static void launch(
      long queue, long kernel, int dims, MemorySegment global, MemorySegment local) {
    Library.call(
        "clEnqueueNDRangeKernel",
        () ->
            (int)
                ENQUEUE.invokeExact(
                    queue,
                    kernel,
                    dims,
                    MemorySegment.NULL,
                    global,
                    local,
                    0,
                    MemorySegment.NULL,
                    MemorySegment.NULL));
  }
}
