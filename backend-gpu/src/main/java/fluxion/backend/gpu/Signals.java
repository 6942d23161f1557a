package fluxion.backend.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The compilers in PoCL's and AMD's drivers replace the JVM's signal handlers: without {@code
 * libjsig}, which chains them, a NullPointerException of another thread can end the process.
 */
final class Signals {
  private static final Path MAPS = Path.of("/proc/self/maps");
  private static final AtomicBoolean WARNED = new AtomicBoolean();

  private Signals() {}

  /** Says once what to do where the chaining library is missing. */
  static void warnOnce(Capabilities device) {
    if (replacesHandlers(device.driver())
        && Files.isReadable(MAPS)
        && !isChained(maps())
        && WARNED.compareAndSet(false, true)) {
      System.getLogger("fluxion.backend.gpu")
          .log(System.Logger.Level.WARNING, warning(device.driver(), javaHome()));
    }
  }

  private static String javaHome() {
    return System.getProperty("java.home");
  }

  private static String maps() {
    try {
      return new String(Files.readAllBytes(MAPS), StandardCharsets.UTF_8);
    } catch (IOException e) {
      return "libjsig"; // not known: no reason for a warning
    }
  }

  /** {@return whether a driver is one that installs handlers of its own} */
  static boolean replacesHandlers(String driver) {
    return driver.startsWith("Portable Computing Language") || driver.startsWith("AMD");
  }

  /** {@return whether the memory map of a process has the library in it} */
  static boolean isChained(String maps) {
    return maps.contains("libjsig");
  }

  /** {@return what is said} */
  static String warning(String driver, String javaHome) {
    int end = driver.indexOf(';');
    return "the driver '"
        + (end < 0 ? driver : driver.substring(0, end))
        + "' replaces the JVM's signal handlers, and libjsig is not loaded: a"
        + " NullPointerException elsewhere can end this process. Start it with LD_PRELOAD="
        + javaHome
        + "/lib/libjsig.so";
  }
}
