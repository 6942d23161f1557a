package fluxion.backend.gpu.opencl;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The OpenCL loader of the machine, looked for once.
 *
 * <p>{@code -Dfluxion.gpu.library=PATH} names another file than the usual ones.
 */
public final class Library {
  private static final String PROPERTY = "fluxion.gpu.library";

  private static final @Nullable SymbolLookup SYMBOLS;
  private static final String PROBLEM;

  static {
    SymbolLookup found = null;
    StringBuilder tried = new StringBuilder();
    String why = "";
    for (String name : names(System.getProperty(PROPERTY), System.getProperty("os.name"))) {
      try {
        found = open(name);
        break;
      } catch (IllegalArgumentException e) {
        tried.append(tried.isEmpty() ? "" : ", ").append(name);
      } catch (IllegalCallerException e) {
        why = "native access is denied: start with --enable-native-access=fluxion.backend.gpu";
        break;
      }
    }
    SYMBOLS = found;
    PROBLEM =
        found != null
            ? ""
            : why.isEmpty()
                ? "no OpenCL loader could be loaded (tried "
                    + tried
                    + "); install one, such as Debian's ocl-icd-libopencl1, or name it with -D"
                    + PROPERTY
                    + "=PATH"
                : why;
  }

  private Library() {}

  /** Where a loader may be. */
  static List<String> names(@Nullable String property, String os) {
    if (property != null && !property.isBlank()) {
      return List.of(property.strip());
    }
    String system = os.toLowerCase(Locale.ROOT);
    if (system.startsWith("windows")) {
      return List.of("OpenCL.dll");
    }
    if (system.startsWith("mac")) {
      return List.of("/System/Library/Frameworks/OpenCL.framework/OpenCL");
    }
    return List.of("libOpenCL.so.1", "libOpenCL.so");
  }

  @SuppressWarnings("restricted") // what this module is for
  private static SymbolLookup open(String name) {
    return SymbolLookup.libraryLookup(name, Arena.global());
  }

  /** {@return why there is no OpenCL, or the empty text} */
  public static String problem() {
    return PROBLEM;
  }

  /** A function of the loader, for {@code invokeExact}. */
  @SuppressWarnings("restricted") // what this module is for
  static MethodHandle function(String name, FunctionDescriptor type) {
    SymbolLookup symbols = SYMBOLS;
    if (symbols == null) {
      throw new IllegalStateException(PROBLEM);
    }
    MemorySegment address =
        symbols
            .find(name)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "the OpenCL loader has no " + name + "; version 1.2 is needed"));
    return Linker.nativeLinker().downcallHandle(address, type);
  }

  /** A call of a function that answers with a status; a method handle declares all exceptions. */
  @FunctionalInterface
  interface Call {
    /** Calls it and returns the status. */
    int status() throws Throwable;
  }

  /** A call of a function that makes something and writes its status to native memory. */
  @FunctionalInterface
  interface Making {
    /** Calls it and returns the handle of what it made. */
    long handle(MemorySegment error) throws Throwable;
  }

  /**
   * Calls a function.
   *
   * @throws OpenClException if its status is an error
   */
  static void call(String function, Call call) {
    Status.check(function, status(call));
  }

  /** {@return the status of a call, whichever it is} */
  static int status(Call call) {
    try {
      return call.status();
    } catch (RuntimeException e) {
      throw e;
    } catch (Throwable e) {
      throw unexpected(e);
    }
  }

  /**
   * {@return the handle of what a function makes}
   *
   * @throws OpenClException if its status is an error
   */
  static long make(String function, Making making) {
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment error = arena.allocate(ValueLayout.JAVA_INT);
      long[] handle = new long[1];
      int status =
          status(
              () -> {
                handle[0] = making.handle(error);
                return error.get(ValueLayout.JAVA_INT, 0);
              });
      Status.check(function, status);
      return handle[0];
    }
  }

  private static AssertionError unexpected(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    return new AssertionError(thrown);
  }
}
