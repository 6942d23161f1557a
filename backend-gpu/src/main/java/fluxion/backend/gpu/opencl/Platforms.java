package fluxion.backend.gpu.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Platforms (drivers) and their devices. */
public final class Platforms {
  /** Asks a platform for its name. */
  public static final int NAME = 0x0902;

  /** Asks a platform for its version. */
  public static final int VERSION = 0x0901;

  private static final long ALL_DEVICES = 0xFFFFFFFFL;

  private static final FunctionDescriptor INFO =
      FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_INT, JAVA_LONG, ADDRESS, ADDRESS);
  private static final MethodHandle GET_PLATFORMS =
      Library.function(
          "clGetPlatformIDs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle PLATFORM_INFO = Library.function("clGetPlatformInfo", INFO);
  private static final MethodHandle GET_DEVICES =
      Library.function(
          "clGetDeviceIDs",
          FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT, ADDRESS, ADDRESS));
  private static final MethodHandle DEVICE_INFO = Library.function("clGetDeviceInfo", INFO);

  private Platforms() {}

  /** {@return the platforms, possibly none} */
  public static long[] platforms() {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_INT);
      int status =
          Library.status(() -> (int) GET_PLATFORMS.invokeExact(0, MemorySegment.NULL, count));
      if (status == Status.PLATFORM_NOT_FOUND) {
        return new long[0];
      }
      Status.check("clGetPlatformIDs", status);
      int n = count.get(JAVA_INT, 0);
      if (n == 0) {
        return new long[0];
      }
      MemorySegment ids = arena.allocate(JAVA_LONG, n);
      Library.call(
          "clGetPlatformIDs", () -> (int) GET_PLATFORMS.invokeExact(n, ids, MemorySegment.NULL));
      return ids.toArray(JAVA_LONG);
    }
  }

  /**
   * {@return a text about a platform}
   *
   * @param platform the platform
   * @param name what is asked for
   */
  public static String text(long platform, int name) {
    return Answers.text(
        "clGetPlatformInfo",
        (what, size, value, out) ->
            (int) PLATFORM_INFO.invokeExact(platform, what, size, value, out),
        name);
  }

  /**
   * {@return the devices of a platform, possibly none}
   *
   * @param platform the platform
   */
  public static long[] devices(long platform) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment count = arena.allocate(JAVA_INT);
      int status =
          Library.status(
              () ->
                  (int)
                      GET_DEVICES.invokeExact(platform, ALL_DEVICES, 0, MemorySegment.NULL, count));
      if (status == Status.DEVICE_NOT_FOUND) {
        return new long[0];
      }
      Status.check("clGetDeviceIDs", status);
      int n = count.get(JAVA_INT, 0);
      MemorySegment ids = arena.allocate(JAVA_LONG, Math.max(n, 1));
      Library.call(
          "clGetDeviceIDs",
          () -> (int) GET_DEVICES.invokeExact(platform, ALL_DEVICES, n, ids, MemorySegment.NULL));
      return ids.asSlice(0, 8L * n).toArray(JAVA_LONG);
    }
  }

  /**
   * {@return a text about a device}
   *
   * @param device the device
   * @param name what is asked for
   */
  public static String deviceText(long device, int name) {
    return Answers.text("clGetDeviceInfo", query(device), name);
  }

  /**
   * {@return a number about a device}
   *
   * @param device the device
   * @param name what is asked for
   */
  public static long deviceNumber(long device, int name) {
    return Answers.number("clGetDeviceInfo", query(device), name);
  }

  private static Answers.Query query(long device) {
    return (what, size, value, out) ->
        (int) DEVICE_INFO.invokeExact(device, what, size, value, out);
  }
}
