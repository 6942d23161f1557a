package fluxion.conformance.report;

import java.util.List;

/**
 * A plugin that a run judged.
 *
 * @param kind {@link #BACKEND} or {@link #OPERATORS}
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
  /** The kind of a plugin that offers devices. */
  public static final String BACKEND = "backend";

  /** The kind of a plugin that brings operators. */
  public static final String OPERATORS = "operators";

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

  /** {@return how many operators were judged, in words} */
  public String count() {
    return operators + (operators == 1 ? " operator" : " operators");
  }
}
