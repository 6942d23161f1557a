package fluxion.nn;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What a state dict and a layer did not have in common: see {@link
 * Layer#loadStateDict(java.util.Map, boolean)}.
 *
 * @param missingKeys what the layer has and the state dict has not; these values are as before
 * @param unexpectedKeys what the state dict has and the layer has not
 */
public record LoadReport(List<String> missingKeys, List<String> unexpectedKeys) {
  /**
   * Takes the keys.
   *
   * @param missingKeys what the layer has and the state dict has not
   * @param unexpectedKeys what the state dict has and the layer has not
   */
  public LoadReport {
    missingKeys = List.copyOf(missingKeys);
    unexpectedKeys = List.copyOf(unexpectedKeys);
  }

  /** {@return the report as PyTorch prints it} */
  @Override
  public String toString() {
    if (missingKeys.isEmpty() && unexpectedKeys.isEmpty()) {
      return "<All keys matched successfully>";
    }
    return "_IncompatibleKeys(missing_keys="
        + quoted(missingKeys)
        + ", unexpected_keys="
        + quoted(unexpectedKeys)
        + ")";
  }

  private static String quoted(List<String> keys) {
    return keys.stream().map(key -> "'" + key + "'").collect(Collectors.joining(", ", "[", "]"));
  }
}
