package fluxion.backend.gpu.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Programs: source text or binaries, and what the compiler says of them. */
public final class Programs {
  private static final int BUILD_LOG = 0x1183;
  private static final int BINARY_SIZES = 0x1165;
  private static final int BINARIES = 0x1166;

  private static final MethodHandle WITH_SOURCE =
      Library.function(
          "clCreateProgramWithSource",
          FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle WITH_BINARY =
      Library.function(
          "clCreateProgramWithBinary",
          FunctionDescriptor.of(
              JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle BUILD =
      Library.function(
          "clBuildProgram",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS, ADDRESS, ADDRESS));
  private static final MethodHandle BUILD_INFO =
      Library.function(
          "clGetProgramBuildInfo",
          FunctionDescriptor.of(
              JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle INFO =
      Library.function(
          "clGetProgramInfo",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS));
  private static final MethodHandle RELEASE =
      Library.function("clReleaseProgram", FunctionDescriptor.of(JAVA_INT, JAVA_LONG));

  private Programs() {}

  /**
   * {@return a program that is to be built}
   *
   * @param context the context
   * @param source OpenCL C
   */
  public static long fromSource(long context, String source) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment strings = arena.allocateFrom(ADDRESS, arena.allocateFrom(source));
      return Library.make(
          "clCreateProgramWithSource",
          error -> (long) WITH_SOURCE.invokeExact(context, 1, strings, MemorySegment.NULL, error));
    }
  }

  /**
   * {@return a program that is to be built from what {@link #binary} gave}
   *
   * @param context the context
   * @param device its device
   * @param binary the bytes
   */
  public static long fromBinary(long context, long device, byte[] binary) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
      MemorySegment lengths = arena.allocateFrom(JAVA_LONG, binary.length);
      MemorySegment binaries = arena.allocateFrom(ADDRESS, arena.allocateFrom(JAVA_BYTE, binary));
      MemorySegment status = arena.allocate(JAVA_INT);
      return Library.make(
          "clCreateProgramWithBinary",
          error ->
              (long)
                  WITH_BINARY.invokeExact(context, 1, devices, lengths, binaries, status, error));
    }
  }

  /**
   * Compiles and links.
   *
   * @param program the program
   * @param device its device
   * @param options the compiler's options
   */
  public static void build(long program, long device, String options) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment devices = arena.allocateFrom(JAVA_LONG, device);
      Library.call(
          "clBuildProgram",
          () ->
              (int)
                  BUILD.invokeExact(
                      program,
                      1,
                      devices,
                      arena.allocateFrom(options),
                      MemorySegment.NULL,
                      MemorySegment.NULL));
    }
  }

  /**
   * {@return what the compiler printed}
   *
   * @param program the program
   * @param device its device
   */
  public static String log(long program, long device) {
    return Answers.text(
        "clGetProgramBuildInfo",
        (what, size, value, out) ->
            (int) BUILD_INFO.invokeExact(program, device, what, size, value, out),
        BUILD_LOG);
  }

  /**
   * {@return a built program as bytes, or none where the driver has none}
   *
   * @param program the program
   */
  public static byte[] binary(long program) {
    long size =
        Answers.number(
            "clGetProgramInfo",
            (what, length, value, out) -> (int) INFO.invokeExact(program, what, length, value, out),
            BINARY_SIZES);
    if (size == 0) {
      return new byte[0];
    }
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment bytes = arena.allocate(size);
      MemorySegment pointers = arena.allocateFrom(ADDRESS, bytes);
      Library.call(
          "clGetProgramInfo",
          () ->
              (int)
                  INFO.invokeExact(
                      program, BINARIES, ADDRESS.byteSize(), pointers, MemorySegment.NULL));
      return bytes.toArray(JAVA_BYTE);
    }
  }

  /**
   * Gives a program back.
   *
   * @param program the program
   */
  public static void release(long program) {
    Library.call("clReleaseProgram", () -> (int) RELEASE.invokeExact(program));
  }
}
