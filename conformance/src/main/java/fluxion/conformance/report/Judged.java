package fluxion.conformance.report;

import java.util.List;

/**
 * A plugin that a run judged.
 *
 * @param kind {@code backend} or {@code operators}
 * @param name the plugin's name, or its class where it could not be asked
 * @param module its module, or its class on the class path
 * @param version its module's version, or the empty text
 * @param devices the devices that were judged, each with its description
 * @param operators how many operators were judged
 */
public record Judged(
    String kind,
    String name,
    String module,
    String version,
    List<JudgedDevice> devices,
    int operators) {
  /**
   * A device.
   *
   * @param name its name
   * @param description what it says that it is, or why that is not known
   */
  public record JudgedDevice(String name, String description) {}

  /** Copies the list. */
  public Judged {
    devices = List.copyOf(devices);
  }
}
