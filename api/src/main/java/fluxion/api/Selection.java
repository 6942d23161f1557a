package fluxion.api;

import java.util.List;

/**
 * Who serves a name on offer, and why.
 *
 * @param kind operators, devices or accelerators; the engine's own operators are operators
 * @param name the name of the operator, of the device or of the accelerator on a device, as in
 *     {@code Softmax@cpu}
 * @param module the module that serves it, or the empty text where it is nobody's
 * @param candidates the modules that offer it
 * @param reason why it is served so
 */
public record Selection(
    Plugin.Kind kind, String name, String module, List<String> candidates, String reason) {
  /** Copies the list. */
  public Selection {
    candidates = List.copyOf(candidates);
  }
}
