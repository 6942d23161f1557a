package fluxion.backend.gpu;

import fluxion.api.Device;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * Oclgrind: a device that finds accesses out of bounds, data races and wrong calls of OpenCL. It
 * says so in its log and nowhere else. The build runs tests on it by the environment that Oclgrind
 * reads; elsewhere, and where it is not installed, they are skipped and say so plainly.
 */
final class Simulator {
  private static final @Nullable String LOG = System.getenv("OCLGRIND_LOG");
  private static final String PROBLEM = problem();

  private static final StringBuilder FOUND = new StringBuilder();
  private static int seen;

  static {
    System.out.println(
        PROBLEM.isEmpty()
            ? "some tests of backend-gpu run on " + Devices.all().get(0).description()
            : "THE TESTS OF backend-gpu ON OCLGRIND DID NOT RUN: " + PROBLEM);
  }

  private Simulator() {}

  private static String problem() {
    if (LOG == null) {
      return "OCLGRIND_LOG is not set; the build sets it";
    }
    Devices all = Devices.all();
    if (all.names().isEmpty()) {
      return all.problem() + "; install oclgrind, or say where it is with -Doclgrind.library=PATH";
    }
    String driver = all.get(0).driver();
    return driver.contains("Oclgrind") ? "" : "the device is another one, " + driver;
  }

  /** Skips the test unless it runs on Oclgrind. */
  static void require() {
    Assumptions.assumeTrue(PROBLEM.isEmpty(), PROBLEM);
  }

  /**
   * {@return a device, newly opened}
   *
   * <p>Oclgrind begins its log anew for each context, so what it has said is read before.
   *
   * @param device its name
   * @param capabilities what it is
   */
  static synchronized GpuBackend open(Device device, Capabilities capabilities) {
    read();
    try {
      Files.deleteIfExists(log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    seen = 0;
    return new GpuBackend(device, capabilities);
  }

  /** {@return what was found since this was asked last, or the empty text} */
  static synchronized String found() {
    read();
    String found = FOUND.toString();
    FOUND.setLength(0);
    return found;
  }

  private static void read() {
    try {
      String all = Files.exists(log()) ? Files.readString(log(), StandardCharsets.ISO_8859_1) : "";
      FOUND.append(all.substring(seen));
      seen = all.length();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path log() {
    return Path.of(String.valueOf(LOG));
  }
}
