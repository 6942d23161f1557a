package fluxion.engine.spi;

import jdk.jfr.FlightRecorder;

/**
 * Whether events for the JDK's Flight Recorder are worth making.
 *
 * <p>Making the first event, even one that nobody records, costs a tenth of a second of start-up.
 * So a module that has events of its own asks here first, and touches their classes only then:
 *
 * <pre>{@code
 * if (Profiling.isOn()) {
 *   MyEvent event = new MyEvent();
 *   ...
 * }
 * }</pre>
 *
 * <p>In an image without the module {@code jdk.jfr} the answer is always no, and costs nothing.
 */
public final class Profiling {
  private static final boolean AVAILABLE = isAvailable();

  private Profiling() {}

  @SuppressWarnings("ReturnValueIgnored") // asked only to learn whether it can be asked
  private static boolean isAvailable() {
    try {
      FlightRecorder.isInitialized();
      return true;
    } catch (LinkageError e) {
      return false;
    }
  }

  /** {@return whether the Flight Recorder has been started in this process} */
  public static boolean isOn() {
    return AVAILABLE && FlightRecorder.isInitialized();
  }
}
